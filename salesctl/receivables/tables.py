"""What customers owe, what they paid, and which payment went to which debt (A-8)."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Receivable(SQLModel, table=True):
    """One debt. `paid` and `open` are kept in the transaction of each receipt; the allocations prove them."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("open = amount - paid", name="open_is_what_is_left"),
        CheckConstraint("open >= 0", name="open_is_not_negative"),
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
        Index("ix_receivable_due", "due_on", sqlite_where=text("open > 0"), postgresql_where=text("open > 0")),
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


class Receipt(SQLModel, table=True):
    """Money received from a customer; what no receivable takes stays as the customer's credit."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("credit >= 0 AND credit <= amount", name="credit_is_part_of_it"),
        Index("ix_receipt_contract", "contract_id", "received_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=60)  # M-12, or the bank's own
    customer_id: int = to("customer", index=True)
    contract_id: int | None = to("contract", default=None)
    amount: int = fen()
    credit: int = fen(default=0)  # not allocated
    received_on: date


class Allocation(SQLModel, table=True):
    """Part of a receipt that pays part of a receivable, from the day the money came."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        Index("ix_allocation_receivable", "receivable_id", "allocated_on", "amount"),
        Index("ix_allocation_day", "allocated_on"),  # whether anything was paid after a day
    )

    id: int | None = Field(default=None, primary_key=True)
    receipt_id: int = to("receipt", index=True)
    receivable_id: int = to("receivable")
    amount: int = fen()
    allocated_on: date
