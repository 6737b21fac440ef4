"""Requests and their decisions (A-5, A-6)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Request(SQLModel, table=True):
    """Something somebody wants to grant a customer, and who decided on it."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("granted_before >= 0 AND received >= 0", name="base_is_not_negative"),
        CheckConstraint("state IN ('pending', 'granted', 'rejected')", name="state_is_known"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_by_someone"),
        Index(
            "ix_request_pending",
            "level",
            "asked_on",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_request_contract", "contract_id", "matter", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)
    matter: str = Field(max_length=24)  # commission; the other matters of come with their rules
    contract_id: int = to("contract")
    amount: int = fen()
    asked_on: date  # the business day
    asked_by_id: int = to("person")
    asked_at: datetime
    typed_by_id: int | None = to("person", default=None)  # whose login typed it, where that is known
    # The facts the rule was last asked with, and the grade it named: on a decision they are its evidence.
    granted_before: int = fen()
    received: int = fen()
    level: str = Field(max_length=24)
    state: str = Field(default="pending", max_length=12)
    decided_by_id: int | None = to("person", default=None)
    decided_on: date | None = None
    decided_at: datetime | None = None
    reason: str = Field(default="", max_length=500)
