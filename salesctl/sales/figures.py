"""Sales by whoever made them and by period, with what bad debts take off them (A-8.4); never by hand, always asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.bad_debts.rules import CHAPTER, Change, revenue
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

GROUPS = ("manager", "department")
NOBODY = "-"
# Whoever served the customer on the day of `d`, and the department they were in on that day.
SERVED = (
    "LEFT JOIN ownership o ON o.customer_id = d.customer_id AND o.from_on <= d.happened_on "
    "AND (o.until_on IS NULL OR o.until_on > d.happened_on)"
)
NAMED = (
    "LEFT JOIN person p ON p.id = {who} LEFT JOIN standing s ON s.person_id = p.id AND s.aspect = 'department' "
    "AND s.from_on <= d.happened_on AND (s.until_on IS NULL OR s.until_on > d.happened_on)"
)
WHO = "coalesce(p.code || ' ' || p.name, :nobody), coalesce(s.value, :nobody), substr(d.happened_on, 1, 7)"
SIGNED = (
    f"SELECT {WHO}, count(*), sum(d.amount) FROM (SELECT owner_id, amount, signed_on AS happened_on FROM contract "
    f"WHERE signed_on >= :first AND signed_on <= :last) d {NAMED.format(who='d.owner_id')} GROUP BY 1, 2, 3"
)
CAME = (
    "SELECT customer_id, amount, received_on AS happened_on FROM receipt "
    "WHERE received_on >= :first AND received_on <= :last UNION ALL "
    "SELECT m.customer_id, -b.amount, b.returned_on FROM receipt_return b JOIN receipt m ON m.id = b.receipt_id "
    "WHERE b.returned_on >= :first AND b.returned_on <= :last"
)
RECEIVED = f"SELECT {WHO}, 0, sum(d.amount) FROM ({CAME}) d {SERVED} {NAMED.format(who='o.person_id')} GROUP BY 1, 2, 3"
BAD = (
    "SELECT coalesce(p.code || ' ' || p.name, :nobody), coalesce(nullif(w.department, ''), :nobody), "
    "w.booked_on, w.amount, w.receipt_id FROM write_off w LEFT JOIN person p ON p.id = w.manager_id "
    "WHERE w.booked_on >= :first AND w.booked_on <= :last ORDER BY w.id"
)


class Line(Record):
    """Sales of somebody in one period, in fen."""

    who: str
    department: str
    period: str  # 2012-11, 2012-Q4, 2012
    contracts: int
    signed: Fen
    received: Fen  # what came in, less what was paid back
    bad: Fen  # approved as bad debt, below zero
    recovered: Fen  # came in later of such debts
    counted: Fen  # what of the two counts in this period, under the version in force
    sales: Fen  # the company's figure, after that


class Sum:
    """What one line adds up."""

    def __init__(self) -> None:
        self.contracts = self.signed = self.received = 0
        self.changes: list[Change] = []


def report(view: Reading, on: date, by: str, period: str, *, policy: Policy) -> list[Line]:
    """Sales of the year of a day until that day, by account manager or department and by month, quarter or year.

    A contract counts for its account manager on the day it was signed, money for whoever served the customer on the
    day it came; the department is the one they were in on that day. What the board approved as bad lowers the
    figures of whoever served the customer then (AMB-A8-d to AMB-A8-f), and what counts in which period is asked of
    `bad_debts.revenue`.

    Args:
        view: one moment of the ledger.
        on: the last day that counts.
        by: `manager` or `department`.
        period: `month`, `quarter` or `year`.
        policy: the packs; `A.bad_debts.base` says whether sales are contracts signed or money received.
    """
    first = date(on.year, 1, 1)
    sums: dict[tuple[str, str, str], Sum] = {}
    asked = {"first": first, "last": on, "nobody": NOBODY}

    def of(manager: str, department: str, month: str) -> Sum:
        who = (manager, department) if by == "manager" else (department, "")
        return sums.setdefault((*who, label(month, period)), Sum())

    for manager, department, month, count, amount in view.select(SIGNED, **asked):
        line = of(manager, department, month)
        line.contracts += count
        line.signed += amount
    for manager, department, month, _count, amount in view.select(RECEIVED, **asked):
        of(manager, department, month).received += amount
    for manager, department, booked_on, amount, receipt_id in view.select(BAD, **asked):
        day = date.fromisoformat(booked_on)
        change = Change(day, amount if receipt_id is None else -amount, manager, receipt_id is not None)
        of(manager, department, booked_on[:7]).changes.append(change)
    return [_line(key, one, period, base_of(policy, on), policy) for key, one in sorted(sums.items())]


def base_of(policy: Policy, on: date) -> str:
    """What the company calls sales: `contracts` signed or `receipts`; before article 8, contracts."""
    return policy.on(max(on, date(2012, 4, 13)), CHAPTER).text("base")[0]


def label(month: str, period: str) -> str:
    """`2012-11` as the period it lies in."""
    year, number = month.split("-")
    return {"month": month, "quarter": f"{year}-Q{(int(number) + 2) // 3}", "year": year}[period]


def _line(key: tuple[str, str, str], one: Sum, period: str, base: str, policy: Policy) -> Line:
    sales = one.signed if base == "contracts" else one.received
    after = revenue(sales, one.changes, period, on=_day(key[2]), policy=policy).value
    bad, recovered = (_total(one.changes, is_recovery=recovery) for recovery in (False, True))
    return Line(
        *key, one.contracts, one.signed, one.received, -bad, recovered, int(str(after)) - sales, int(str(after))
    )


def _day(period: str) -> date:
    """A day of the period a label names."""
    year, _dash, part = period.partition("-")
    month = int(part[1:]) * 3 if part.startswith("Q") else int(part or 12)
    return date(int(year), month, 1)


def _total(changes: Iterable[Change], *, is_recovery: bool) -> Fen:
    return sum(change.amount for change in changes if change.is_recovery == is_recovery)
