"""Debts put to management as bad or dead, and what the board decided (A-8.3, A-8.4)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class BadDebt(SQLModel, table=True):
    """One submission of one receivable, and the board's decision on it; the newest counts, the earlier ones stay."""

    __tablename__ = "bad_debt"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("state IN ('submitted', 'approved', 'declined')", name="state_is_known"),
        CheckConstraint("(state = 'submitted') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_by_someone"),
        CheckConstraint("(minutes = '') = (decided_at IS NULL)", name="decided_in_a_meeting"),
        Index(
            "ix_bad_debt_waiting",
            "receivable_id",
            unique=True,
            sqlite_where=text("state = 'submitted'"),
            postgresql_where=text("state = 'submitted'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # B-3
    receivable_id: int = to("receivable", index=True)
    amount: int = fen()  # what was outstanding when it was submitted; once decided, when it was decided
    reason: str = Field(max_length=1000)  # why it will not come in, and what was tried
    submitted_on: date
    submitted_at: datetime
    submitted_by_id: int = to("person")
    typed_by_id: int | None = to("person", default=None)
    state: str = Field(default="submitted", max_length=12)
    decided_on: date | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = to("person", default=None)
    minutes: str = Field(default="", max_length=60)  # the number of the board's minutes
    said: str = Field(default="", max_length=1000)
