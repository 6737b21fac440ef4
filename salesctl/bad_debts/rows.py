"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class BadDebt(Row, table="bad_debt"):
    """One submission of one receivable, and the board's decision on it; the newest counts, the earlier ones stay."""

    number: str
    receivable_id: int
    amount: int
    reason: str
    submitted_on: date
    submitted_at: datetime
    submitted_by_id: int
    typed_by_id: int | None = None
    state: str = "submitted"
    decided_on: date | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    minutes: str = ""
    said: str = ""
