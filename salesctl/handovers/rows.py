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


class HandoverRole(Row, table="handover_role"):
    """Somebody a channel wants at the handover (E-10): a role, to be filled by a person later."""

    handover_id: int
    role: str
    clauses: str


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
