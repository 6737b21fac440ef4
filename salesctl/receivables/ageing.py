"""The ageing report: what is outstanding on a day, by calendar months past the due day (A-8).

Outstanding on a day is what is open now and what was paid after that day, put back. The first is a few range sums a
customer over a covering index; the second, nothing at all for a report of today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.receivables.rules import columns
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen
    from salesctl.receivables.rules import Column

GROUPS = ("customer", "manager", "department")
NOBODY = "-"
WORDS = (N_("customer"), N_("manager"), N_("department"))


class Line(Record):
    """One line of the report: who, and what is outstanding in each column."""

    names: tuple[str, ...]
    amounts: tuple[Fen, ...]

    @property
    def total(self) -> Fen:
        """All that is outstanding in this line."""
        return sum(self.amounts)


class Report(Record):
    """The ageing of all debts on a day; the lines with the oldest debts first."""

    columns: list[str]
    lines: list[Line]

    @property
    def total(self) -> tuple[Fen, ...]:
        """What is outstanding in each column, of all lines."""
        return tuple(sum(line.amounts[place] for line in self.lines) for place in range(len(self.columns)))


def report(view: Reading, on: date, by: str, policy: Policy) -> Report:
    """What is outstanding at the end of a day, by customer, manager or department."""
    edges = columns(on, policy)
    amounts = _outstanding(view, on, edges)
    groups: dict[tuple[str, ...], list[Fen]] = {}
    for names, customer_id in _groups(view, on, by, amounts):
        more = amounts[customer_id]
        groups[names] = [a + b for a, b in zip(groups[names], more, strict=True)] if names in groups else more
    lines = [Line(names, tuple(sums)) for names, sums in groups.items()]
    lines.sort(key=lambda line: (-line.amounts[-1], -line.total, line.names))
    return Report([edge.name for edge in edges], lines)


def share(part: Fen, whole: Fen) -> int:
    """A part in thousandths of the whole, rounded half up."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


def open_query(edges: Sequence[Column]) -> str:
    """What each customer owes now in each column: a range of the covering index `ix_receivable_open` a column."""
    sums = ", ".join(
        f"(SELECT sum(r.open) FROM receivable r WHERE r.customer_id = c.id AND r.open > 0 AND {within})"
        for within in _ranges(edges)
    )
    return f"SELECT c.id, {sums} FROM customer c"


def later_query(edges: Sequence[Column]) -> str:
    """What was paid after the day of debts issued by it: it was still owed. One pass over the allocations."""
    sums = ", ".join(f"sum(CASE WHEN {within} THEN a.later ELSE 0 END)" for within in _ranges(edges))
    return (
        f"SELECT r.customer_id, {sums} FROM (SELECT receivable_id, sum(amount) AS later FROM allocation "
        "WHERE allocated_on > :day GROUP BY receivable_id) a JOIN receivable r ON r.id = a.receivable_id "
        "WHERE r.issued_on <= :day GROUP BY r.customer_id"
    )


def _ranges(edges: Sequence[Column]) -> list[str]:
    """The due days of each column as a condition; what is due on the day or later may not have been issued yet."""
    later = [
        f"r.due_on < :since{place - 1}" + (f" AND r.due_on >= :since{place}" if edges[place].since else "")
        for place in range(1, len(edges))
    ]
    return ["r.due_on >= :since0 AND r.issued_on <= :day", *later]


def _outstanding(view: Reading, on: date, edges: Sequence[Column]) -> dict[int, list[Fen]]:
    """What each customer owed at the end of a day, in each column; only those who owed anything."""
    since = {f"since{place}": edge.since for place, edge in enumerate(edges) if edge.since}
    rows = view.select(open_query(edges), day=on, **since)
    owed = {customer_id: [part or 0 for part in parts] for customer_id, *parts in rows if any(parts)}
    if view.value("SELECT 1 FROM allocation WHERE allocated_on > :day LIMIT 1", day=on):
        for customer_id, *parts in view.select(later_query(edges), day=on, **since):
            now = owed.get(customer_id, [0] * len(edges))
            owed[customer_id] = [one + other for one, other in zip(now, parts, strict=True)]
    return owed


def _groups(view: Reading, on: date, by: str, owed: dict[int, list[Fen]]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The names each customer's debts stand under, as things were on the day."""
    rows = view.select(
        "SELECT c.id, c.code, c.name, coalesce(p.code || ' ' || p.name, :nobody), coalesce(d.value, :nobody) "
        "FROM customer c LEFT JOIN ownership o ON o.customer_id = c.id AND o.from_on <= :day "
        "AND (o.until_on IS NULL OR o.until_on > :day) LEFT JOIN person p ON p.id = o.person_id "
        "LEFT JOIN standing d ON d.person_id = p.id AND d.aspect = 'department' AND d.from_on <= :day "
        "AND (d.until_on IS NULL OR d.until_on > :day)",
        day=on,
        nobody=NOBODY,
    )
    for customer_id, code, name, manager, department in rows:
        if customer_id in owed:
            names = {"customer": (code, name, manager), "manager": (manager, department), "department": (department,)}
            yield names[by], customer_id
