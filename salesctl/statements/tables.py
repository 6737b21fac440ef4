"""What customers were told: statements that were printed, reminders that went out."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, long_text, to


class Statement(SQLModel, table=True):
    """One printed statement of account, with the sums it states."""

    __table_args__ = (CheckConstraint("until_on >= from_on", name="until_is_not_before_from"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # DZ-12
    customer_id: int = to("customer", index=True)
    from_on: date
    until_on: date
    opening: int = fen()  # owed at the end of the day before
    closing: int = fen()  # owed at the end of the last day
    held: int = fen(default=0)  # received and paying no debt at the end of the last day
    printed_on: date
    printed_at: datetime
    printed_by_id: int = to("person")


class Reminder(SQLModel, table=True):
    """One letter that asked a customer to pay, with its text as it went out."""

    __table_args__ = (
        CheckConstraint("tone IN ('friendly', 'firm', 'final')", name="tone_is_known"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # CK-12
    customer_id: int = to("customer", index=True)
    tone: str = Field(max_length=8)
    amount: int = fen()  # overdue and not contested
    text: str = Field(sa_type=long_text)
    letter: str = Field(default="", max_length=16)  # of the outbox; empty where it was printed
    reminded_on: date
    reminded_at: datetime
    reminded_by_id: int = to("person")
