"""A figure of the ageing report, taken apart: every row of the debts that stand in its column (A-8.1 to A-8.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.errors import N_, Invalid
from salesctl.policy.figure import Figure, Part
from salesctl.policy.units import shown, yuan
from salesctl.receivables import ageing, as_of, parts
from salesctl.receivables.ageing_debts import Ages, Debt, debts
from salesctl.receivables.ageing_groups import GROUPS, SERVED, only

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked
    from salesctl.receivables.ageing import Report
    from salesctl.receivables.ageing_groups import Only

OF_LINE = (
    "r.id IN (SELECT r.id FROM ({debts}) r JOIN customer c ON c.id = r.customer_id "
    f"LEFT JOIN contract k ON k.id = r.contract_id {SERVED} WHERE {{where}})"
)
MOVED = (
    "SELECT r.number, d.request, d.changed_on, d.due_after, d.id FROM due_change d "
    "JOIN receivable r ON r.id = d.receivable_id WHERE d.changed_on <= :on AND {of} ORDER BY d.changed_on, d.id"
)
CHAPTER = "A.receivables.ageing"
ROUNDED = (N_("of a thousand"), N_("rounded"))


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `aging report`: of one line, or of the total where no line is named."""
    by, on = asked.by or "customer", desk.today
    if by not in GROUPS:
        raise Invalid(value=shown(by), what=N_("a way to group the report"), example=", ".join(GROUPS))
    report = ageing.report(view, on, by, desk.policy)
    headings = {name: name.replace("_", " ") for name in report.columns}
    name = figure_meant(asked.figure, {**headings, "total": N_("total"), "share": N_("share")})
    line = only(view, by, " ".join(asked.words)) if asked.words else None
    said = line.said if line else ""
    mine = [place for place, one in enumerate(report.lines) if line is None or one.names[0] == _first(by, line)]
    if name == "share":
        return _share(report, mine, said, on)
    sums = [one.total if name == "total" else one.amounts[report.columns.index(name)] for one in report.lines]
    value = sum(sums[place] for place in mine)
    return Figure(name, said, on, value, _parts(view, desk, name, line), chapter=CHAPTER)


def _first(by: str, line: Only) -> object:
    """What a line of the report begins with."""
    if by in ("manager", "contract") or line.value is None:
        return line.said
    return line.said.split()[0] if by == "customer" else line.value


def _share(report: Report, mine: Sequence[int], said: str, on: date) -> Figure:
    """The share of a line in thousandths of all; what is left over goes to the largest remainders (K-3)."""
    whole = sum(report.total)
    owed = sum(report.lines[place].total for place in mine)
    parts_of = ageing.shares([one.total for one in report.lines])
    value = sum(parts_of[place] for place in mine)
    exact = owed * 1000 // whole if whole else 0
    reckoned = f"1000 x {yuan(owed)} / {yuan(whole)}"
    found = [Part(ROUNDED[0], exact, reckoned=reckoned), Part(ROUNDED[1], value - exact, clause="K-3")]
    return Figure("share", said, on, value, found, unit="bar", chapter=CHAPTER)


def _parts(view: Reading, desk: Desk, name: str, line: Only | None) -> list[Part]:
    """The rows of the line's debts that stand in the column; a due day that was moved stands there with nothing."""
    on, ages = desk.today, Ages(desk.today, desk.policy)
    stand = {debt.number: debt for debt in (Debt(*row) for row in debts(view, on, line))}
    ages_of = {number: ages.of(debt.due_on) for number, debt in stand.items()}
    asked = {"of": line.value if line else None}
    where = line.where if line else ":of IS NULL"
    of = OF_LINE.format(debts=as_of.debts(view, on), where=where)
    moved = [
        Part(N_("due day moved"), 0, day, request, number, due=after, row=f"due_change {row}")
        for number, request, day, after, row in view.select(MOVED.format(of=of), on=on, **asked)
    ]
    found = [
        part.but(clause=ages_of[part.of].clause, due=part.due or stand[part.of].due_on)
        for part in (*parts.of_debts(view, on, of, **asked), *moved)
        if name in ("total", ages_of[part.of].name)
    ]
    return sorted(found, key=lambda part: (stand[part.of].due_on, part.of, part.day))
