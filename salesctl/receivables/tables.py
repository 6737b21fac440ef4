"""What customers owe, what they paid, which payment went to which debt, and what is done about old ones (A-8)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Receivable(SQLModel, table=True):
    """One debt. Its sums are kept in the transaction of each movement; allocations and write-offs prove them."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint(
            "open = CASE WHEN cancelled_on IS NULL THEN amount - paid - written_off ELSE 0 END",
            name="open_is_what_is_left",
        ),
        CheckConstraint("cancelled_on IS NULL OR paid + written_off = 0", name="nothing_of_it_was_paid"),
        CheckConstraint("(cancelled_on IS NULL) = (cancelled_why = '')", name="cancelled_for_a_reason"),
        CheckConstraint("paid >= 0 AND written_off >= 0 AND open >= 0", name="open_is_not_negative"),
        CheckConstraint("due_on >= issued_on", name="due_is_not_before_issue"),
        # Ordinary columns: an index on a generated one is never covering in SQLite.
        Index(
            "ix_receivable_open",
            "customer_id",
            "due_on",
            "open",
            "issued_on",
            sqlite_where=text("open > 0"),
            postgresql_where=text("open > 0"),
        ),
        Index(
            "ix_receivable_contract_id",
            "contract_id",
            sqlite_where=text("contract_id IS NOT NULL"),
            postgresql_where=text("contract_id IS NOT NULL"),
        ),
        Index(
            "ix_receivable_cancelled",
            "cancelled_on",
            sqlite_where=text("cancelled_on IS NOT NULL"),
            postgresql_where=text("cancelled_on IS NOT NULL"),
        ),
        Index("ix_receivable_due", "due_on", sqlite_where=text("open > 0"), postgresql_where=text("open > 0")),
        Index(
            "ix_receivable_partly_paid",  # few of many: whether what was paid is what was invoiced
            "due_on",
            sqlite_where=text("open > 0 AND paid > 0"),
            postgresql_where=text("open > 0 AND paid > 0"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=60)  # R-12, or the invoice's own
    customer_id: int = to("customer")
    contract_id: int | None = to("contract", default=None)
    amount: int = fen()
    paid: int = fen(default=0)
    open: int = fen()
    issued_on: date
    due_on: date
    written_off: int = fen(default=0)  # approved as bad debt and not recovered since; never counted as paid
    not_before: date | None = None  # the last day on which money was taken off it, or it was written off
    cancelled_on: date | None = None  # from this day on it was never owed: recorded by mistake, or credited
    cancelled_why: str = Field(default="", max_length=500)


class Receipt(SQLModel, table=True):
    """Money received from a customer; what no receivable takes stays as the customer's credit until it is returned."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("credit >= 0 AND returned >= 0 AND credit + returned <= amount", name="credit_is_part_of_it"),
        Index("ix_receipt_contract", "contract_id", "received_on"),
        Index("ix_receipt_customer", "customer_id", "received_on"),  # whether an import has seen it before
        Index(
            "ix_receipt_credit",  # what customers have paid too much
            "received_on",
            sqlite_where=text("credit > 0"),
            postgresql_where=text("credit > 0"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=60)  # M-12, or the bank's own
    customer_id: int = to("customer")
    contract_id: int | None = to("contract", default=None)
    amount: int = fen()
    credit: int = fen(default=0)  # not allocated
    received_on: date
    returned: int = fen(default=0)  # paid back, or never there: the receipt was wrong


class Allocation(SQLModel, table=True):
    """Part of a receipt that pays part of a receivable from a day on; below zero, what is taken off it again."""

    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_is_something"),
        Index("ix_allocation_receivable", "receivable_id", "allocated_on", "amount"),
        Index("ix_allocation_day", "allocated_on"),  # whether anything was paid after a day
    )

    id: int | None = Field(default=None, primary_key=True)
    receipt_id: int = to("receipt", index=True)
    receivable_id: int = to("receivable")
    amount: int = fen()
    allocated_on: date


class Return(SQLModel, table=True):
    """Money of a receipt that went back to the customer, or that never came: a receipt recorded by mistake."""

    __tablename__ = "receipt_return"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("kind IN ('refund', 'reversal')", name="kind_is_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    receipt_id: int = to("receipt", index=True)
    kind: str = Field(max_length=8)
    amount: int = fen()
    returned_on: date
    reason: str = Field(max_length=500)


class WriteOff(SQLModel, table=True):
    """What was approved as bad debt of a receivable; with a receipt, what came in of it later (A-8.4, AMB-A8-g)."""

    __tablename__ = "write_off"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_is_something"),
        CheckConstraint("amount > 0 OR receipt_id IS NOT NULL", name="recovered_by_a_receipt"),
        Index("ix_write_off_day", "booked_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    receivable_id: int = to("receivable", index=True)
    amount: int = fen()
    booked_on: date
    manager_id: int | None = to("person", default=None)  # whose sales it lowers (AMB-A8-f); none: nobody served it
    department: str = Field(default="", max_length=60)  # as it was on the day of the decision
    receipt_id: int | None = to("receipt", default=None)


class DueChange(SQLModel, table=True):
    """A due day that was moved by a granted request for other terms (A-5.2)."""

    __tablename__ = "due_change"
    __table_args__ = (CheckConstraint("due_after <> due_before", name="due_day_changes"),)

    id: int | None = Field(default=None, primary_key=True)
    receivable_id: int = to("receivable", index=True)
    request: str = Field(max_length=16)  # the number of the request, A-12
    due_before: date
    due_after: date
    changed_on: date = Field(index=True)


class Dispute(SQLModel, table=True):
    """A customer contests a debt, from a day until another; its duties stay as they are."""

    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="until_is_not_before_from"),)

    id: int | None = Field(default=None, primary_key=True)
    receivable_id: int = to("receivable", index=True)
    from_on: date
    until_on: date | None = None  # the first day on which it is not contested any more
    reason: str = Field(max_length=500)
    outcome: str = Field(default="", max_length=500)  # how it ended


class WatchReport(SQLModel, table=True):
    """An account manager reported an old debt for the watch list (A-8.1)."""

    __tablename__ = "watch_report"

    id: int | None = Field(default=None, primary_key=True)
    receivable_id: int = to("receivable", unique=True)
    text: str = Field(max_length=1000)
    reported_on: date
    reported_at: datetime
    reported_by_id: int = to("person")


class ProgressStatement(SQLModel, table=True):
    """What was said of the collecting of a debt for one weekly meeting (A-8.2)."""

    __tablename__ = "progress_statement"
    __table_args__ = (Index("ix_progress_statement_meeting", "receivable_id", "meeting_on", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    receivable_id: int = to("receivable")
    meeting_on: date
    text: str = Field(max_length=1000)
    stated_on: date
    stated_at: datetime
    stated_by_id: int = to("person")
