"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Departure(Row, table="departure"):
    """One person's departure. The stage on a day follows from its days; the employment ends without the company."""

    number: str
    person_id: int
    filed_on: date
    filed_at: datetime
    filed_by_id: int
    wished_on: date
    reason: str = ""
    is_on_probation: bool = False
    is_dismissed: bool = False
    approved_on: date | None = None
    approved_by_id: int | None = None
    formalities_on: date | None = None
    formalities_by_id: int | None = None
    wages: int | None = None
    bonus: int | None = None
    severance: int | None = None
    hold_by_id: int | None = None
    hold_reason: str = ""
    withdrawn_on: date | None = None
    withdrawn_why: str = ""
