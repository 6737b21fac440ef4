"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date


class AgendaItem(Row, table="agenda_item"):
    """Something that was due: from the check that found it first, until the first one that found it no more."""

    rule: str
    subject: str
    period: str
    who: str
    opened_on: date
    closed_on: date | None = None


class AgendaRun(Row, table="agenda_run"):
    """One check that kept what it found. The next one sees which days were missed, and whether anything happened."""

    checked_on: date
    seen: int
    asked: str
    is_mailed: bool
    opened: int
    closed: int
