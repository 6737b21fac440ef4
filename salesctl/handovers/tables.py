"""Handovers and what passes on in them (E)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Handover(SQLModel, table=True):
    """One portfolio passing from one person to another under a supervisor (E-4)."""

    __table_args__ = (
        CheckConstraint("transferor_id <> receiver_id", name="two_parties"),
        CheckConstraint(
            "supervisor_id <> transferor_id AND supervisor_id <> receiver_id", name="supervisor_is_neither"
        ),
        CheckConstraint("state IN ('open', 'complete', 'cancelled')", name="state_is_known"),
        Index("ix_handover_transferor_id", "transferor_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # H-3
    transferor_id: int = to("person")
    receiver_id: int = to("person", index=True)
    supervisor_id: int = to("person")
    is_deviation: bool  # the supervisor is not the direct superior of both (AMB-E-d)
    started_on: date
    started_at: datetime
    leaving_on: date | None = None  # the last day at work; none: a transfer without departure (AMB-E-j)
    state: str = Field(default="open", max_length=12)


class HandoverRole(SQLModel, table=True):
    """Somebody a channel wants at the handover (E-10): a role, to be filled by a person later."""

    __tablename__ = "handover_role"
    __table_args__ = (UniqueConstraint("handover_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    role: str = Field(max_length=40)
    clauses: str = Field(max_length=80)


class HandoverItem(SQLModel, table=True):
    """One thing that must be handed over, in one of the four categories (E-5)."""

    __tablename__ = "handover_item"
    __table_args__ = (Index("ix_handover_item_handover_id", "handover_id", "category"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    category: str = Field(max_length=24)  # customer_data, receivables_detail, sample_detail, work_papers
    kind: str = Field(max_length=16)  # customer, receivable, request, contract, outing, none
    about: str = Field(max_length=60)  # the number or code of what it is; empty where nothing is recorded
    customer_id: int | None = to("customer", default=None, index=True)
    amount: int | None = fen(default=None)  # what was open, asked or agreed when the handover started
    dated: date | None = None  # due, asked, signed, or the day of the outing
    said: str = Field(default="", max_length=500)  # names as they stood when the handover started
