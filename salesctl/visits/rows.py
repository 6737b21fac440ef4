"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Outing(Row, table="outing"):
    """One way out and back; its stops are visits. `filed_at` is when the register was filled in (A-1.1)."""

    number: str
    person_id: int
    outing_on: date
    is_direct: bool = False
    filed_at: datetime | None = None
    left_at: datetime | None = None
    returned_at: datetime | None = None
    origin: str = "desk"
    recorded_at: datetime


class Visit(Row, table="visit"):
    """One stop of an outing: the text as written, and the company it names."""

    outing_id: int
    entry: str
    customer_id: int | None = None
    is_clear: bool
    is_added: bool = False
    added_at: datetime


class Incident(Row, table="incident"):
    """An absence that the rule proposes and a director confirms or overrules; never money (A-1.3)."""

    number: str
    outing_id: int
    person_id: int
    clause: str
    cause: str
    occurred_on: date
    state: str = "proposed"
    decided_by_id: int | None = None
    decided_at: datetime | None = None
    reason: str = ""
