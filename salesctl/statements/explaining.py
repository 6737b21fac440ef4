"""The figures of a customer's statement, taken apart: `customer statement` of a period, and one that was printed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.console.arguments import day
from salesctl.console.explain import figure_meant
from salesctl.console.inputs import parse_day
from salesctl.customers.actions import customer
from salesctl.errors import N_
from salesctl.ledger.lookup import Series, numbered
from salesctl.policy.figure import Figure
from salesctl.receivables import parts
from salesctl.receivables.as_of import DUE
from salesctl.statements.rows import Reminder, Statement
from salesctl.statements.stating import stated

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked, Part
    from salesctl.statements.figures import Account

STATEMENTS = Series(N_("statement"), "DZ", "salesctl customer statement")
REMINDERS = Series(N_("reminder"), "CK", "salesctl customer remind")
PAST_DUE = (
    f"r.customer_id = :customer AND {DUE} < :on AND NOT EXISTS (SELECT 1 FROM dispute x WHERE x.receivable_id = r.id "
    "AND x.from_on <= :on AND (x.until_on IS NULL OR x.until_on > :on))"
)
FIGURES = {
    "opening": N_("opening balance"),
    "charged": N_("charged"),
    "settled": N_("taken off"),
    "closing": N_("closing balance"),
    "credit": N_("credit held"),
    "bad": N_("written off"),
}
PRINTED = {name: FIGURES[name] for name in ("opening", "closing", "credit")}


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of a customer's account: over the days of `--from` and `--until`, or of a statement that was printed."""
    text = " ".join(asked.words)
    if text.strip().upper().startswith(f"{STATEMENTS.letter}-"):
        return _printed(view, numbered(view, Statement, STATEMENTS, text), asked)
    name = figure_meant(asked.figure, FIGURES)
    of = customer(view, text)
    last = day(asked.until, desk)
    first = parse_day(asked.since, desk.today) if asked.since else last.replace(day=1)
    found = stated(view, desk, of, first, last).account
    until = first - timedelta(days=1) if name == "opening" else last
    said = f"{of.code} {of.name} {first} - {last}"
    return Figure(name, said, until, _value(found, name), _parts(view, of.key, name, first, until))


def _printed(view: Reading, row: Statement, asked: Asked) -> Figure:
    """A figure of a statement that was printed, as it was printed."""
    name = figure_meant(asked.figure, PRINTED)
    until = row.from_on - timedelta(days=1) if name == "opening" else row.until_on
    value = {"opening": row.opening, "closing": row.closing, "credit": row.held}[name]
    of = _parts(view, row.customer_id, name, row.from_on, until)
    theirs = [part for part in of if part.what not in parts.BAD]  # what was written off is owed all the same (AMB-A8-k)
    return Figure(name, row.number, until, value, theirs, paper=(f"statement {row.key}", ""))


def _value(found: Account, name: str) -> int:
    """The figure as the statement has it."""
    return {
        "opening": found.opening.owed,
        "charged": found.charged,
        "settled": found.settled,
        "closing": found.closing.owed,
        "credit": found.closing.held,
        "bad": found.closing.bad,
    }[name]


def _parts(view: Reading, customer_id: int, name: str, first: date, until: date) -> list[Part]:
    """The rows a figure is added up from: all until a day, or those of the period."""
    if name == "credit":
        return parts.of_receipts(view, until, "m.customer_id = :customer", customer=customer_id)
    of = parts.of_debts(view, until, parts.OF_CUSTOMER, customer=customer_id)
    if name == "bad":
        return parts.turned(of, *parts.BAD)
    if name in ("opening", "closing"):
        return of
    within = [part for part in of if part.day >= first.isoformat()]
    sums: dict[tuple[str, str, str], int] = {}
    for part in within:
        sums[_line(part)] = sums.get(_line(part), 0) + part.amount
    if name == "charged":
        return [part for part in within if sums[_line(part)] > 0]
    return [part.but(amount=-part.amount) for part in within if sums[_line(part)] < 0]


def _line(part: Part) -> tuple[str, str, str]:
    """What stands in one line of a statement: all that a receipt paid or gave free on a day; every other row alone."""
    is_payment = part.what in parts.PAID
    return ("", part.about, part.day) if is_payment else (part.row, part.what, part.day)


def reminder(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """What a reminder asks for: what was past due on its day and not contested, as it was known when it went out."""
    name = figure_meant(asked.figure, {"amount": N_("past due")})
    row = numbered(view, Reminder, REMINDERS, " ".join(asked.words))
    of = parts.of_debts(view, row.reminded_on, PAST_DUE, customer=row.customer_id)
    return Figure(name, row.number, desk.today, row.amount, of, paper=(f"reminder {row.key}", ""))
