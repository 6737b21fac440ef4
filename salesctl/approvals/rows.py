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
    contract_id: int
    amount: int
    asked_on: date
    asked_by_id: int
    asked_at: datetime
    typed_by_id: int | None = None
    granted_before: int
    received: int
    level: str
    state: str = "pending"
    decided_by_id: int | None = None
    decided_on: date | None = None
    decided_at: datetime | None = None
    reason: str = ""
