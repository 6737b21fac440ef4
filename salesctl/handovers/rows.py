"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Handover(Row, table="handover"):
    """One portfolio passing from one person to another under a supervisor (E-4)."""

    number: str
    transferor_id: int
    receiver_id: int
    supervisor_id: int
    is_deviation: bool
    started_on: date
    started_at: datetime
    leaving_on: date | None = None
    state: str = "open"
    planned_on: date | None = None
    signed_on: date | None = None
    ended_on: date | None = None
    ended_why: str = ""


class HandoverRole(Row, table="handover_role"):
    """Somebody a channel wants at the handover (E-10): a role, to be filled by a person later."""

    handover_id: int
    role: str
    clauses: str


class HandoverParticipant(Row, table="handover_participant"):
    """Who took part in a handover in a role that a channel wants (E-10), or as an observer (E-9)."""

    handover_id: int
    role: str
    person_id: int
    joined_on: date
    joined_at: datetime
    recorded_by_id: int


class HandoverItem(Row, table="handover_item"):
    """One thing that must be handed over, in one of the four categories (E-5)."""

    handover_id: int
    category: str
    kind: str
    about: str
    customer_id: int | None = None
    amount: int | None = None
    dated: date | None = None
    said: str = ""


class HandoverPaper(Row, table="handover_paper"):
    """A paper of a handover: made from the ledger as of a day, one from outside, or one that says there is nothing."""

    handover_id: int
    place: int
    category: str
    kind: str
    title: str
    as_of: date
    content: str
    digest: str
    version: int = 1
    issued_on: date
    issued_at: datetime
    issued_by_id: int


class HandoverSignature(Row, table="handover_signature"):
    """One party signed a paper, or the receiver refused to, with what is unclear (E-4c, E-4e)."""

    paper_id: int
    party: str
    person_id: int
    typed_by_id: int | None = None
    digest: str
    refusal: str = ""
    signed_on: date
    signed_at: datetime


class HandoverCheck(Row, table="handover_check"):
    """What the receiver found of one item: whether it is complete, and whether it is true (E-4b, E-12)."""

    item_id: int
    is_complete: bool
    is_true: bool
    remark: str = ""
    checked_on: date
    checked_at: datetime
    checked_by_id: int


class HandoverVisit(Row, table="handover_visit"):
    """A customer was visited in a handover, or the department manager waived it with evidence (E-6, AMB-E-i)."""

    handover_id: int
    customer_id: int
    visited_on: date
    is_waived: bool = False
    transferor_id: int | None = None
    receiver_id: int | None = None
    supervisor_id: int | None = None
    customer_signer: str = ""
    evidence: str = ""
    recorded_at: datetime
    recorded_by_id: int


class HandoverIssue(Row, table="handover_issue"):
    """A problem found in a handover: settled in its period, carried on, or the transferor's loss (E-13 to E-16)."""

    handover_id: int
    number: str
    text: str
    about: str = ""
    amount: int | None = None
    due_on: date | None = None
    found_on: date
    found_by_id: int
    plan: str = ""
    planned_on: date | None = None
    reported_to: str = ""
    reported_on: date | None = None
    settled_on: date | None = None
    settlement: str = ""
    carried_on: date | None = None


class HandoverDelivery(Row, table="handover_delivery"):
    """The signed papers were delivered, and whoever got them acknowledged it (E-4f)."""

    handover_id: int
    receiver: str
    digest: str
    delivered_on: date
    delivered_by_id: int
    acknowledged_on: date | None = None
    acknowledged_by_id: int | None = None
