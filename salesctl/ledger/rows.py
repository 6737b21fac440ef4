"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Setting(Row, table="setting"):
    """What was fixed when the ledger was made: its id, how people identify themselves."""

    name: str
    value: str


class AdoptedPack(Row, table="adopted_pack"):
    """A company's own pack, as it stood when it was adopted; the newest of each name holds."""

    name: str
    digest: str
    content: str
    adopted_at: datetime
    adopted_on: date
