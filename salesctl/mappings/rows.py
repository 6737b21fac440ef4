"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class ImportMap(Row, table="import_map"):
    """One saved mapping; the newest of a noun and name holds, and a dropped one ends it."""

    noun: str
    name: str
    headings: str
    date_format: str = ""
    encoding: str = ""
    is_dropped: bool = False
    saved_on: date
    saved_at: datetime
    saved_by_id: int | None = None
