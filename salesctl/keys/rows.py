"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class SigningKey(Row, table="signing_key"):
    """One public key of a person: proposed, approved by a second person, revoked; never removed."""

    number: str
    person_id: int
    public: str
    fingerprint: str
    registered_on: date
    registered_at: datetime
    registered_by_id: int | None = None
    approved_on: date | None = None
    approved_at: datetime | None = None
    approved_by_id: int | None = None
    revoked_on: date | None = None
    revoked_at: datetime | None = None
    revoked_by_id: int | None = None
    reason: str = ""
