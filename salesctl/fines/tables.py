"""Fines and gross negligence that a regulation proposes, and what people made of them (K-10)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to

STATES = "('proposed', 'suspended', 'confirmed', 'waived', 'deduction_candidate', 'posted', 'blocked_by_law')"


class Fine(SQLModel, table=True):
    """Money that a regulation takes from somebody: proposed by a rule, decided by people, posted by nothing itself."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("matter IN ('fine', 'donation', 'shortfall', 'loss')", name="matter_is_known"),
        CheckConstraint(f"state IN {STATES}", name="state_is_known"),
        Index(
            "ix_fine_act",  # one act, one fine (L-15); what was waived may be proposed anew with another sum
            "clause",
            "about",
            "person_id",
            unique=True,
            sqlite_where=text("state <> 'waived'"),
            postgresql_where=text("state <> 'waived'"),
        ),
        Index("ix_fine_state", "state", "proposed_on"),
        Index("ix_fine_person_id", "person_id", "occurred_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # F-3
    clause: str = Field(max_length=12)
    matter: str = Field(max_length=12)  # a row of K.bookings
    person_id: int = to("person")
    amount: int = fen()  # what the regulation asks; the law changes it nowhere
    about: str = Field(max_length=60)  # the number or code of what it is for
    occurred_on: date
    proposed_on: date  # the business day
    proposed_at: datetime
    proposed_by_id: int | None = to("person", default=None)  # whoever reported it; none: a rule run by the clock
    typed_by_id: int | None = to("person", default=None)  # whose login typed the report, where that is known
    state: str = Field(default="proposed", max_length=20)


class FineStep(SQLModel, table=True):
    """One step of a fine, its proposal the first: who, when, why; for a posting, what the law let through of what."""

    __tablename__ = "fine_step"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_is_known"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("wage >= 0 AND taken >= 0 AND ceiling >= 0", name="sums_are_not_negative"),
    )

    id: int | None = Field(default=None, primary_key=True)
    fine_id: int = to("fine", index=True)
    state: str = Field(max_length=20)  # after the step; the same as before where only the sum was corrected
    amount: int = fen()  # after the step
    decided_on: date
    decided_at: datetime
    decided_by_id: int | None = to("person", default=None)
    typed_by_id: int | None = to("person", default=None)
    reason: str = Field(default="", max_length=500)
    booked_in: str = Field(default="", max_length=24)  # payroll, employee_receivable, donation_ledger
    wage: int | None = fen(default=None)  # of the month
    taken: int | None = fen(default=None)  # from that wage before
    ceiling: int | None = fen(default=None)  # none: the minimum wage is not set


class Negligence(SQLModel, table=True):
    """Gross negligence a regulation sees besides a fine: proposed by a rule, upheld or dropped by people."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("matter IN ('gross_negligence')", name="matter_is_known"),
        CheckConstraint("state IN ('proposed', 'upheld', 'dropped')", name="state_is_known"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_someone"),
        CheckConstraint("state <> 'dropped' OR reason <> ''", name="dropped_for_a_reason"),
        Index(
            "ix_negligence_act",  # one act, one record; what was dropped may be proposed anew with another sum
            "clause",
            "about",
            "person_id",
            unique=True,
            sqlite_where=text("state <> 'dropped'"),
            postgresql_where=text("state <> 'dropped'"),
        ),
        Index("ix_negligence_state", "state", "proposed_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # G-3
    clause: str = Field(max_length=12)
    matter: str = Field(max_length=24)  # gross_negligence
    person_id: int = to("person", index=True)
    amount: int = fen()  # what did not arrive, as it was last said before somebody decided
    about: str = Field(max_length=60)  # the number of what it is for
    occurred_on: date
    proposed_on: date  # the business day
    proposed_at: datetime
    proposed_by_id: int | None = to("person", default=None)
    typed_by_id: int | None = to("person", default=None)
    state: str = Field(default="proposed", max_length=12)
    decided_on: date | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = to("person", default=None)
    reason: str = Field(default="", max_length=500)
