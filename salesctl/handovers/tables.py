"""Handovers and what passes on in them (E)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, long_text, to


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
    planned_on: date | None = (
        None  # the planned completion: what can be settled by then is the current period's (AMB-E-e)
    )
    signed_on: date | None = None  # the last of all signatures: day 0 of the four months (AMB-E-a)
    ended_on: date | None = None  # complete: the customers are the receiver's from this day on; cancelled: since then
    ended_why: str = Field(default="", max_length=500)  # of a cancelled one


class HandoverRole(SQLModel, table=True):
    """Somebody a channel wants at the handover (E-10): a role, to be filled by a person later."""

    __tablename__ = "handover_role"
    __table_args__ = (UniqueConstraint("handover_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    role: str = Field(max_length=40)
    clauses: str = Field(max_length=80)


class HandoverParticipant(SQLModel, table=True):
    """Who took part in a handover in a role that a channel wants (E-10), or as an observer (E-9)."""

    __tablename__ = "handover_participant"
    __table_args__ = (UniqueConstraint("handover_id", "role", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    role: str = Field(max_length=40)
    person_id: int = to("person")
    joined_on: date
    joined_at: datetime
    recorded_by_id: int = to("person")


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


class HandoverPaper(SQLModel, table=True):
    """A paper of a handover: made from the ledger as of a day, one from outside, or one that says there is nothing.

    Issued anew it has another digest, and the signatures on the earlier one are void (E-4e).
    """

    __tablename__ = "handover_paper"
    __table_args__ = (
        UniqueConstraint("handover_id", "place"),
        CheckConstraint("kind IN ('made', 'outside', 'none')", name="kind_is_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    place: int  # 1, 2, 3 of its handover: H-3/2
    category: str = Field(max_length=24)  # of E-5
    kind: str = Field(max_length=8)
    title: str = Field(max_length=200)
    as_of: date  # the day whose state it shows
    content: str = Field(sa_type=long_text)  # canonical JSON: columns and rows, or what an outside paper is
    digest: str = Field(max_length=64)  # of all it says: signatures bind it
    version: int = Field(default=1)
    issued_on: date
    issued_at: datetime
    issued_by_id: int = to("person")


class HandoverSignature(SQLModel, table=True):
    """One party signed a paper, or the receiver refused to, with what is unclear (E-4c, E-4e)."""

    __tablename__ = "handover_signature"
    __table_args__ = (
        CheckConstraint("party IN ('transferor', 'receiver', 'handover_supervisor')", name="party_is_known"),
        Index("ix_handover_signature_paper_id", "paper_id", "party"),
    )

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = to("handover_paper")
    party: str = Field(max_length=24)
    person_id: int = to("person")
    typed_by_id: int | None = to("person", default=None)
    digest: str = Field(max_length=64)  # what the paper said when it was signed
    refusal: str = Field(default="", max_length=500)  # empty: signed
    signed_on: date
    signed_at: datetime


class HandoverCheck(SQLModel, table=True):
    """What the receiver found of one item: whether it is complete, and whether it is true (E-4b, E-12)."""

    __tablename__ = "handover_check"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = to("handover_item", unique=True)
    is_complete: bool
    is_true: bool
    remark: str = Field(default="", max_length=500)
    checked_on: date
    checked_at: datetime
    checked_by_id: int = to("person")


class HandoverVisit(SQLModel, table=True):
    """A customer was visited in a handover, or the department manager waived it with evidence (E-6, AMB-E-i)."""

    __tablename__ = "handover_visit"
    __table_args__ = (Index("ix_handover_visit_handover_id", "handover_id", "customer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    customer_id: int = to("customer")
    visited_on: date
    is_waived: bool = Field(default=False)
    transferor_id: int | None = to("person", default=None)  # who was there; none: that party was not
    receiver_id: int | None = to("person", default=None)
    supervisor_id: int | None = to("person", default=None)
    customer_signer: str = Field(default="", max_length=200)  # who signed for the customer (E-6b)
    evidence: str = Field(default="", max_length=500)
    recorded_at: datetime
    recorded_by_id: int = to("person")


class HandoverIssue(SQLModel, table=True):
    """A problem found in a handover: settled in its period, carried on, or the transferor's loss (E-13 to E-16)."""

    __tablename__ = "handover_issue"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover", index=True)
    number: str = Field(unique=True, max_length=16)  # HI-3
    text: str = Field(max_length=500)
    about: str = Field(default="", max_length=60)  # the number of what it is about, such as R-12
    amount: int | None = fen(default=None)  # what is at stake
    due_on: date | None = None  # when it can be settled; none: now
    found_on: date
    found_by_id: int = to("person")
    plan: str = Field(default="", max_length=500)
    planned_on: date | None = None
    reported_to: str = Field(default="", max_length=200)  # the responsible department (E-13)
    reported_on: date | None = None
    settled_on: date | None = None
    settlement: str = Field(default="", max_length=500)
    carried_on: date | None = None  # accepted by the receiver as running on (E-16)


class HandoverDelivery(SQLModel, table=True):
    """The signed papers were delivered, and whoever got them acknowledged it (E-4f)."""

    __tablename__ = "handover_delivery"
    __table_args__ = (
        UniqueConstraint("handover_id", "receiver"),
        CheckConstraint("receiver IN ('finance_commerce', 'department_manager')", name="receiver_is_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = to("handover")
    receiver: str = Field(max_length=20)
    digest: str = Field(max_length=64)  # of all the papers that were delivered: one changed since is not delivered
    delivered_on: date
    delivered_by_id: int = to("person")
    acknowledged_on: date | None = None
    acknowledged_by_id: int | None = to("person", default=None)
