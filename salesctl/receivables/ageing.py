"""The ageing report: what is outstanding on a day, by calendar months past the due day (A-8).

By customer, and what follows from the customer, it is a few range sums a customer over a covering index; what happened
after the day is put back from the dated rows, and is nothing at all for a report of today. By contract it goes
through the debts themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.units import Rate, apportion
from salesctl.receivables import as_of
from salesctl.receivables.ageing_groups import NAMES, SERVED
from salesctl.receivables.rules import columns
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from typing import Any

    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen
    from salesctl.receivables.rules import Column

FEW = 20_000  # payments after the day: below this their own rows are read, beyond it all of them in one pass


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
        return tuple(map(sum, zip(*(line.amounts for line in self.lines), strict=True))) or (0,) * len(self.columns)


def report(view: Reading, on: date, by: str, policy: Policy) -> Report:
    """What is outstanding at the end of a day, by one of `ageing_groups.GROUPS`."""
    edges = columns(on, policy)
    parts = _by_contract(view, on, edges) if by == "contract" else _by_customer(view, on, by, edges)
    groups: dict[tuple[str, ...], list[Fen]] = {}
    for names, more in parts:
        groups[names] = [a + b for a, b in zip(groups[names], more, strict=True)] if names in groups else more
    lines = [Line(names, tuple(sums)) for names, sums in groups.items()]
    lines.sort(key=lambda line: (-line.amounts[-1], -line.total, line.names))
    return Report([edge.name for edge in edges], lines)


def shares(parts: Sequence[Fen]) -> list[int]:
    """Each part in thousandths of all; together they are exactly 1,000 (K-3: largest remainder)."""
    whole = sum(parts)
    return apportion(1000, [Rate(part, whole, "") for part in parts]) if whole else [0] * len(parts)


def open_query(edges: Sequence[Column]) -> str:
    """What each customer owes now in each column: a range of the covering index `ix_receivable_open` a column."""
    sums = ", ".join(
        f"(SELECT sum(r.open) FROM receivable r WHERE r.customer_id = c.id AND r.open > 0 AND {within})"
        for within in _ranges(edges)
    )
    return f"SELECT c.id, {sums} FROM customer c"


def later_query(edges: Sequence[Column], *, is_few: bool = False) -> str:
    """What was paid after the day of debts issued by it: it was still owed. One pass over the allocations.

    Where they are few, only those after the day are read, by the index on it.
    """
    sums = ", ".join(f"sum(CASE WHEN {within} THEN a.later ELSE 0 END)" for within in _ranges(edges))
    later = "SELECT receivable_id, sum(amount) AS later FROM allocation WHERE allocated_on > :on GROUP BY receivable_id"
    if is_few:
        later = "SELECT receivable_id, amount AS later FROM allocation WHERE allocated_on > :on"
    return (
        f"SELECT r.customer_id, {sums} FROM ({later}) a JOIN receivable r ON r.id = a.receivable_id "
        "WHERE r.issued_on <= :on GROUP BY r.customer_id"
    )


def undone_query(edges: Sequence[Column]) -> str:
    """What was written off or cancelled after the day, put back; recovered, taken off again."""
    sums = ", ".join(f"sum(CASE WHEN {within} THEN a.later ELSE 0 END)" for within in _ranges(edges))
    return (
        f"SELECT r.customer_id, {sums} FROM ("
        "SELECT receivable_id, amount AS later FROM write_off WHERE booked_on > :on "
        "UNION ALL SELECT id, amount FROM receivable WHERE cancelled_on > :on) a "
        "JOIN receivable r ON r.id = a.receivable_id WHERE r.issued_on <= :on GROUP BY r.customer_id"
    )


def moved_query(edges: Sequence[Column]) -> str:
    """Debts whose due day was moved after the day: out of the column of the new day, into that of the old one."""
    was = ", ".join(f"sum(CASE WHEN {within} THEN r.open ELSE 0 END)" for within in _ranges(edges, "r.due_was"))
    now = ", ".join(f"sum(CASE WHEN {within} THEN r.open ELSE 0 END)" for within in _ranges(edges))
    return (
        f"SELECT r.customer_id, {was}, {now} FROM ("
        f"SELECT r.customer_id, r.issued_on, r.due_on, {as_of.DUE} AS due_was, {as_of.OUTSTANDING} AS open "
        "FROM receivable r WHERE r.id IN (SELECT receivable_id FROM due_change WHERE changed_on > :on)) r "
        "WHERE r.issued_on <= :on GROUP BY r.customer_id"
    )


def _ranges(edges: Sequence[Column], due: str = "r.due_on") -> list[str]:
    """The due days of each column as a condition; what is due on the day or later may not have been issued yet."""
    later = [
        f"{due} < :since{place - 1}" + (f" AND {due} >= :since{place}" if edges[place].since else "")
        for place in range(1, len(edges))
    ]
    return [f"{due} >= :since0 AND r.issued_on <= :on", *later]


def _bound(on: date, edges: Sequence[Column]) -> dict[str, Any]:
    return {"on": on, **{f"since{place}": edge.since for place, edge in enumerate(edges) if edge.since}}


def _by_customer(
    view: Reading, on: date, by: str, edges: Sequence[Column]
) -> Iterator[tuple[tuple[str, ...], list[Fen]]]:
    """What each customer owed at the end of a day, under the names it stands under; only those who owed anything."""
    bound = _bound(on, edges)
    owed = {
        customer_id: [part or 0 for part in parts] for customer_id, *parts in view.select(open_query(edges), **bound)
    }
    if as_of.is_changed_since(view, on):
        for customer_id, parts in _undone(view, bound, edges):
            owed[customer_id] = [now + part for now, part in zip(owed[customer_id], parts, strict=True)]
    for customer_id, *names in view.select(f"SELECT c.id, {', '.join(NAMES[by])} FROM customer c {SERVED}", on=on):
        if any(owed[customer_id]):
            yield tuple(names), owed[customer_id]


def _undone(view: Reading, bound: dict[str, Any], edges: Sequence[Column]) -> Iterator[tuple[int, list[Fen]]]:
    """What has to be added to each customer's columns of now to have those of the day."""
    few = "SELECT count(*) FROM (SELECT 1 FROM allocation WHERE allocated_on > :on LIMIT :most) AS newest"
    is_few = view.value(few, on=bound["on"], most=FEW) < FEW
    for query in (later_query(edges, is_few=is_few), undone_query(edges)):
        for customer_id, *parts in view.select(query, **bound):
            yield customer_id, parts
    for customer_id, *parts in view.select(moved_query(edges), **bound):
        was, now = parts[: len(edges)], parts[len(edges) :]
        yield customer_id, [back - away for back, away in zip(was, now, strict=True)]


def _by_contract(view: Reading, on: date, edges: Sequence[Column]) -> Iterable[tuple[tuple[str, ...], list[Fen]]]:
    """The same of each contract, and of each customer's debts without one."""
    sums = ", ".join(f"sum(CASE WHEN {within} THEN r.open ELSE 0 END)" for within in _ranges(edges))
    rows = view.select(
        f"SELECT {', '.join(NAMES['contract'])}, {sums} FROM ({as_of.debts(view, on)}) r "
        f"JOIN customer c ON c.id = r.customer_id LEFT JOIN contract k ON k.id = r.contract_id {SERVED} "
        f"GROUP BY r.customer_id, r.contract_id, {', '.join(NAMES['contract'])}",
        **_bound(on, edges),
    )
    width = len(NAMES["contract"])
    return ((tuple(row[:width]), list(row[width:])) for row in rows)
