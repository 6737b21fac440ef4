"""Requests, the steps taken on them, and their decisions (A-4 to A-6)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import to

STATES = "'draft', 'pending', 'endorsed', 'granted', 'rejected', 'returned', 'withdrawn', 'expired', 'executed'"
DECIDED = "'granted', 'rejected', 'executed'"


class Request(SQLModel, table=True):
    """Something somebody wants to grant a customer, and who decided on it."""

    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_is_not_negative"),
        CheckConstraint("(contract_id IS NULL) <> (customer_id IS NULL)", name="contract_or_customer"),
        CheckConstraint("granted_before >= 0 AND base >= 0", name="base_is_not_negative"),
        CheckConstraint(f"state IN ({STATES})", name="state_is_known"),
        CheckConstraint(f"(state IN ({DECIDED})) = (decided_at IS NOT NULL)", name="decided_at_some_time"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_by_someone"),
        Index(
            "ix_request_waiting",
            "state",
            "level",
            "asked_on",
            sqlite_where=text("state IN ('draft', 'pending', 'endorsed', 'returned')"),
            postgresql_where=text("state IN ('draft', 'pending', 'endorsed', 'returned')"),
        ),
        Index(
            "ix_request_about",
            "about",
            "matter",
            sqlite_where=text("about <> ''"),
            postgresql_where=text("about <> ''"),
        ),
        Index("ix_request_asked_by", "asked_by_id", "asked_at"),
        Index("ix_request_contract", "contract_id", "matter", "state"),
        Index("ix_request_customer", "customer_id", "matter", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)
    matter: str = Field(max_length=24)  # of
    contract_id: int | None = to("contract", default=None)
    customer_id: int | None = to("customer", default=None)  # where no contract names the customer
    about: str = Field(default="", max_length=60)  # the month of a make-good, the invoice of a mismatch
    line: str = Field(default="", max_length=12)  # of a make-good: platform or database
    amount: int = Field(sa_type=BigInteger)  # how much is asked for: fen, units or days, by the matter
    purpose: str = Field(default="", max_length=500)  # what is asked for in words, and why
    evidence: str = Field(default="", max_length=200)
    asked_on: date  # the business day
    asked_by_id: int = to("person")
    asked_at: datetime
    typed_by_id: int | None = to("person", default=None)  # whose login typed it, where that is known
    edited_by_id: int | None = to("person", default=None)  # who revised it last
    round: int = Field(default=1)  # a revision begins the next one, and voids what was decided
    digest: str = Field(default="", max_length=64)  # of what is asked for: decisions bind it
    # The facts the rule was last asked with, and the grade it named: on a decision they are its evidence.
    granted_before: int = Field(sa_type=BigInteger)
    base: int = Field(sa_type=BigInteger)  # what the amount is measured against: receipts, volume, list price, invoice
    level: str = Field(max_length=24)
    state: str = Field(default="pending", max_length=12)
    decided_by_id: int | None = to("person", default=None)
    decided_for_id: int | None = to("person", default=None)  # whose authority it was, where it was lent
    decided_on: date | None = None
    decided_at: datetime | None = None
    reason: str = Field(default="", max_length=500)


class RequestStep(SQLModel, table=True):
    """One step of a request's life: who took it, in whose authority, on which content."""

    __tablename__ = "request_step"
    __table_args__ = (
        Index("ix_request_step_request_id", "request_id", "what"),
        Index(
            "ix_request_step_alone",
            "made_on",
            sqlite_where=text("is_alone = 1"),
            postgresql_where=text("is_alone = 1"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = to("request")
    round: int
    what: str = Field(
        max_length=12
    )  # ask, submit, endorse, grant, … of the rows of A.approvals.step; attempt: too early
    by_id: int | None = to("person", default=None)  # none: the program, for what a company's figure says
    for_id: int | None = to("person", default=None)  # whose authority it was, where it was lent
    is_alone: bool = Field(default=False)  # decided without a second person
    made_on: date
    made_at: datetime
    digest: str = Field(max_length=64)
    reason: str = Field(default="", max_length=500)
