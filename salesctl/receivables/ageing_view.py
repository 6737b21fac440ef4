"""The ageing report as it is shown: its headings, its lines with their shares, the debts behind a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.console.show import form_of
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.receivables.ageing import shares
from salesctl.receivables.ageing_debts import Ages, Debt
from salesctl.receivables.ageing_rules import reaches
from salesctl.receivables.rules import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk
    from salesctl.ledger.kept import Kept
    from salesctl.receivables.ageing import Report
    from salesctl.receivables.ageing_rules import Reach

MANAGER = Column("manager", N_("account manager"))
NAMES = {
    "customer": (Column("code", N_("code")), Column("customer", N_("customer")), Column("manager", N_("served by"))),
    "manager": (MANAGER, Column("department", N_("department")), Column("grade", N_("grade"), "word")),
    "department": (Column("department", N_("department")),),
    "contract": (Column("contract", N_("contract"), "code"), Column("customer", N_("customer")), MANAGER),
    "channel": (Column("channel", N_("channel"), "word"),),
}
FROM = (N_("from {months} month"), N_("from {months} months"))  # one month, and more
OVER = (N_("over {months} month"), N_("over {months} months"))
UP_TO = (N_("up to {months} month"), N_("up to {months} months"))
UNDER = (N_("under {months} month"), N_("under {months} months"))
DEBTS = (
    Column("number", N_("number"), "code"),
    Column("customer", N_("customer")),
    Column("contract", N_("contract"), "code"),
    MANAGER,
    Column("issued_on", N_("issued on"), "day"),
    Column("due_on", N_("due on"), "day"),
    Column("amount", N_("amount"), "money"),
    Column("open", N_("open"), "money"),
    Column("age", N_("age"), "word"),
    Column("clause", N_("clause"), "code"),
    Column("next", N_("next"), "word"),
    Column("next_on", N_("from"), "day"),
    Column("contested", N_("contested"), "word"),
)


def lines(desk: Desk, found: Report, by: str) -> View:
    """The lines of the report, their totals, and the share of each in thousandths of all."""
    columns = (*NAMES[by], *_columns(desk, found), Column("total", N_("total"), "money"))
    parts = shares([line.total for line in found.lines])
    rows = [(*line.names, *line.amounts, line.total, part) for line, part in zip(found.lines, parts, strict=True)]
    whole = found.total
    last = (_("total"), *[""] * (len(NAMES[by]) - 1), *whole, sum(whole), sum(parts))
    notes = [] if rows else [_("Nothing is outstanding.")]
    return View((*columns, Column("share", N_("share"), "bar")), rows, title(desk), last, notes=notes)


def debts(desk: Desk, rows: Kept, said: str) -> View:
    """The debts behind a line; in JSON, each with its working."""
    ages = Ages(desk.today, desk.policy)
    amount = left = 0
    for one in map(_debt, rows):
        amount, left = amount + one.amount, left + one.open
    total = [_("total"), *[""] * 5, amount, left, *[""] * 5]
    is_worked = form_of(desk.form, desk.output) == "json"
    outcomes = [ages.of(one.due_on).working for one in map(_debt, rows)] if is_worked else []
    heading = f"{title(desk)}: {said}" if said else title(desk)
    notes = [] if rows else [_("Nothing is outstanding.")]
    return View(DEBTS, Shown(rows, ages), heading, total if rows else None, notes=notes, outcomes=outcomes)


class Shown:
    """The rows of the debts with their ages, made while they are gone through."""

    def __init__(self, rows: Kept, ages: Ages) -> None:
        self._rows, self._ages = rows, ages

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for one in map(_debt, self._rows):
            age = self._ages.of(one.due_on)
            named = (one.number, one.customer, one.contract, one.manager, one.issued_on, one.due_on)
            contested = "yes" if one.is_contested else ""
            yield (*named, one.amount, one.open, age.name, age.clause, age.next_name, age.next_on, contested)


def _debt(row: tuple[Any, ...]) -> Debt:
    return Debt(*row)


def title(desk: Desk) -> str:
    """What is shown, of which day, by which regulation."""
    packs = [f"{pack['code']} {pack['digest'][:8]}" for pack in desk.policy.stating("A.receivables.ageing")]
    return _("Ageing on {day}, in {currency}, by regulation {packs}").format(
        day=desk.today, currency=desk.settings.get("currency", "CNY"), packs=", ".join(packs)
    )


def _columns(desk: Desk, found: Report) -> list[Column]:
    """The money columns; a company's own carry the months they reach in their headings."""
    headings = [COLUMNS[0], *map(_heading, reaches(desk.today, policy=desk.policy))]
    return [Column(name, heading, "money") for name, heading in zip(found.columns, headings, strict=True)]


def _heading(reach: Reach) -> str:
    """`over 2 months`, where the column is called so and is so; else its name, and the months it holds."""
    name = reach.name.replace("_", " ")
    is_shipped = not reach.is_after_inclusive and (reach.is_until_inclusive or reach.until is None)
    plain = f"over {reach.after} months" if reach.after else f"up to {reach.until} months"
    return name if is_shipped and name == plain and name in COLUMNS else f"{_(name)} ({_span(reach)})"


def _span(reach: Reach) -> str:
    parts = []
    if reach.after:
        single, many = FROM if reach.is_after_inclusive else OVER
        parts.append(_(single if reach.after == 1 else many).format(months=reach.after))
    if reach.until is not None:
        single, many = UP_TO if reach.is_until_inclusive else UNDER
        parts.append(_(single if reach.until == 1 else many).format(months=reach.until))
    return _(", ").join(parts)
