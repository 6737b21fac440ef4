"""Who leaves: the report, the notice, the formalities, and what is decided on the last pay (E-8, E-18)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Departure(SQLModel, table=True):
    """One person's departure. The stage on a day follows from its days; the employment ends without the company."""

    __table_args__ = (
        CheckConstraint("(hold_by_id IS NULL) = (hold_reason = '')", name="held_for_a_reason"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_why = '')", name="withdrawn_for_a_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # DP-3
    person_id: int = to("person", index=True)
    filed_on: date  # the report, day 0 of the notice (E-8)
    filed_at: datetime
    filed_by_id: int = to("person")
    wished_on: date  # the last day at work that is wished for
    reason: str = Field(default="", max_length=500)
    is_on_probation: bool = Field(default=False)
    is_dismissed: bool = Field(default=False)
    approved_on: date | None = None
    approved_by_id: int | None = to("person", default=None)
    formalities_on: date | None = None
    formalities_by_id: int | None = to("person", default=None)
    wages: int | None = fen(default=None)  # not yet paid when the last pay was asked
    bonus: int | None = fen(default=None)
    severance: int | None = fen(default=None)
    hold_by_id: int | None = to("person", default=None)  # who decided that pay waits, against the warning (L-10)
    hold_reason: str = Field(default="", max_length=500)
    withdrawn_on: date | None = None
    withdrawn_why: str = Field(default="", max_length=500)
