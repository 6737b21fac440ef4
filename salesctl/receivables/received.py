"""What money came in, as it stood on a day; on a contract, the base commission is measured against (A-6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.ledger.lookup import numbered
from salesctl.receivables.listing import RECEIPTS
from salesctl.receivables.rows import Receipt
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.policy.units import Fen

TAKEN = "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receipt_id = m.id AND a.allocated_on > :on)"
BACK = "(SELECT coalesce(sum(b.amount), 0) FROM receipt_return b WHERE b.receipt_id = m.id AND b.returned_on > :on)"
LATER = (
    "SELECT 1 FROM allocation WHERE allocated_on > :on UNION ALL "
    "SELECT 1 FROM receipt_return WHERE returned_on > :on LIMIT 1"
)


def received(view: Reading, on: date, customer_text: str = "", *, is_credit: bool = False) -> Kept:
    """The receipts through a day as they stood on it, in the order they came; `is_credit`: those with credit left."""
    of = customer(view, customer_text).key if customer_text else 0
    return view.kept(
        f"SELECT * FROM ({_rows(view, on)} WHERE m.received_on <= :on AND (:of = 0 OR m.customer_id = :of) "
        "ORDER BY m.received_on, m.id) AS listed WHERE :credit = 0 OR credit > 0",
        on=on,
        of=of,
        credit=is_credit,
    )


class Standing(Record):
    """One receipt as it stood on a day."""

    row: Sequence[object]
    paid: list[tuple[str, Fen]]  # of which debt how much
    taken_back: list[tuple[str, Fen, str, str]]  # off which debt, or refund or reversal; how much, when, why


def receipt(view: Reading, number: str, on: date) -> Standing:
    """One receipt as it stood on a day: its sums, what it pays, what was taken back."""
    found = numbered(view, Receipt, RECEIPTS, number)
    paid = view.select(
        "SELECT r.number, sum(a.amount) FROM allocation a JOIN receivable r ON r.id = a.receivable_id "
        "WHERE a.receipt_id = :id AND a.allocated_on <= :on GROUP BY r.id, r.number HAVING sum(a.amount) > 0 "
        "ORDER BY min(a.id)",
        id=found.key,
        on=on,
    )
    moved = view.select(
        "SELECT r.number, -a.amount, a.allocated_on, '' FROM allocation a JOIN receivable r ON r.id = a.receivable_id "
        "WHERE a.receipt_id = :id AND a.amount < 0 AND a.allocated_on <= :on UNION ALL "
        "SELECT b.kind, b.amount, b.returned_on, b.reason FROM receipt_return b "
        "WHERE b.receipt_id = :id AND b.returned_on <= :on ORDER BY 3",
        id=found.key,
        on=on,
    )
    return Standing(view.select(f"{_rows(view, on)} WHERE m.id = :id", id=found.key, on=on)[0], paid, moved)


def received_on_contract(view: Reading, contract_id: int, on: date) -> Fen:
    """What came in on a contract through a day, and was not given back by then.

    Receipts that name the contract, less what was returned of them, and what receipts that name none paid of its
    receivables.
    """
    return int(view.value(f"SELECT {received_sql(':contract')}", contract=contract_id, day=on))


def base_on_contract(view: Reading, contract_id: int, on: date) -> Fen:
    """What a decision of that day may be measured on: money that went back later is no base either (K-15).

    Else a request dated back would still be measured on it.
    """
    return min(received_on_contract(view, contract_id, day) for day in (on, date.max))


def received_sql(contract: str) -> str:
    """`received_on_contract` as an expression over a query's column of contracts; its day is `:day`."""
    return (
        "(SELECT coalesce(sum(m.amount), 0) FROM receipt m "
        f"WHERE m.contract_id = {contract} AND m.received_on <= :day) - "
        "(SELECT coalesce(sum(b.amount), 0) FROM receipt m JOIN receipt_return b ON b.receipt_id = m.id "
        f"WHERE m.contract_id = {contract} AND b.returned_on <= :day) + "
        "(SELECT coalesce(sum(a.amount), 0) FROM receivable r JOIN allocation a ON a.receivable_id = r.id "
        "JOIN receipt m ON m.id = a.receipt_id "
        f"WHERE r.contract_id = {contract} AND a.allocated_on <= :day AND m.contract_id IS NULL)"
    )


def _rows(view: Reading, on: date) -> str:
    """The columns of a receipt on a day; what happened after it is put back only where anything did."""
    is_past = view.value(LATER, on=on)
    taken, back = (TAKEN, BACK) if is_past else ("0", "0")
    return (
        "SELECT m.number, c.name, k.number AS contract, m.amount, "
        f"m.amount - m.credit - m.returned - {taken} AS allocated, m.credit + {taken} + {back} AS credit, "
        f"m.returned - {back} AS returned, m.received_on FROM receipt m "
        "JOIN customer c ON c.id = m.customer_id LEFT JOIN contract k ON k.id = m.contract_id"
    )
