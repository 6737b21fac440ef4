"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Fine(Row, table="fine"):
    """Money that a regulation takes from somebody: proposed by a rule, decided by people, posted by nothing itself."""

    number: str
    clause: str
    matter: str
    person_id: int
    amount: int
    about: str
    occurred_on: date
    proposed_on: date
    proposed_at: datetime
    proposed_by_id: int | None = None
    typed_by_id: int | None = None
    state: str = "proposed"


class FineStep(Row, table="fine_step"):
    """One step of a fine, its proposal the first: who, when, why; for a posting, what the law let through of what."""

    fine_id: int
    state: str
    amount: int
    decided_on: date
    decided_at: datetime
    decided_by_id: int | None = None
    typed_by_id: int | None = None
    reason: str = ""
    booked_in: str = ""
    wage: int | None = None
    taken: int | None = None
    ceiling: int | None = None


class Negligence(Row, table="negligence"):
    """Gross negligence a regulation sees besides a fine: proposed by a rule, upheld or dropped by people."""

    number: str
    clause: str
    matter: str
    person_id: int
    amount: int
    about: str
    occurred_on: date
    proposed_on: date
    proposed_at: datetime
    proposed_by_id: int | None = None
    typed_by_id: int | None = None
    state: str = "proposed"
    decided_on: date | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    reason: str = ""
