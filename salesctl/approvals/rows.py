"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Request(Row, table="request"):
    """Something somebody wants to grant a customer, and who decided on it."""

    number: str
    matter: str
    contract_id: int | None = None
    customer_id: int | None = None
    about: str = ""
    line: str = ""
    amount: int
    purpose: str = ""
    evidence: str = ""
    asked_on: date
    asked_by_id: int
    asked_at: datetime
    typed_by_id: int | None = None
    edited_by_id: int | None = None
    round: int = 1
    digest: str = ""
    granted_before: int
    base: int
    level: str
    state: str = "pending"
    decided_by_id: int | None = None
    decided_for_id: int | None = None
    decided_on: date | None = None
    decided_at: datetime | None = None
    reason: str = ""


class RequestStep(Row, table="request_step"):
    """One step of a request's life: who took it, in whose authority, on which content."""

    request_id: int
    round: int
    what: str
    by_id: int | None = None
    for_id: int | None = None
    is_alone: bool = False
    made_on: date
    made_at: datetime
    digest: str
    reason: str = ""
