"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Receivable(Row, table="receivable"):
    """One debt. Its sums are kept in the transaction of each movement; allocations and write-offs prove them."""

    number: str
    customer_id: int
    contract_id: int | None = None
    amount: int
    paid: int = 0
    open: int
    issued_on: date
    due_on: date
    written_off: int = 0
    not_before: date | None = None
    cancelled_on: date | None = None
    cancelled_why: str = ""


class Receipt(Row, table="receipt"):
    """Money received from a customer; what no receivable takes stays as the customer's credit until it is returned."""

    number: str
    customer_id: int
    contract_id: int | None = None
    amount: int
    credit: int = 0
    received_on: date
    returned: int = 0


class Allocation(Row, table="allocation"):
    """Part of a receipt that pays part of a receivable from a day on; below zero, what is taken off it again."""

    receipt_id: int
    receivable_id: int
    amount: int
    allocated_on: date


class Return(Row, table="receipt_return"):
    """Money of a receipt that went back to the customer, or that never came: a receipt recorded by mistake."""

    receipt_id: int
    kind: str
    amount: int
    returned_on: date
    reason: str


class WriteOff(Row, table="write_off"):
    """What was approved as bad debt of a receivable; with a receipt, what came in of it later (A-8.4, AMB-A8-g)."""

    receivable_id: int
    amount: int
    booked_on: date
    manager_id: int | None = None
    department: str = ""
    receipt_id: int | None = None


class DueChange(Row, table="due_change"):
    """A due day that was moved by a granted request for other terms (A-5.2)."""

    receivable_id: int
    request: str
    due_before: date
    due_after: date
    changed_on: date


class Dispute(Row, table="dispute"):
    """A customer contests a debt, from a day until another; its duties stay as they are."""

    receivable_id: int
    from_on: date
    until_on: date | None = None
    reason: str
    outcome: str = ""


class WatchReport(Row, table="watch_report"):
    """An account manager reported an old debt for the watch list (A-8.1)."""

    receivable_id: int
    text: str
    reported_on: date
    reported_at: datetime
    reported_by_id: int


class ProgressStatement(Row, table="progress_statement"):
    """What was said of the collecting of a debt for one weekly meeting (A-8.2)."""

    receivable_id: int
    meeting_on: date
    text: str
    stated_on: date
    stated_at: datetime
    stated_by_id: int
