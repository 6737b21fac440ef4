"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import datetime


class Letter(Row, table="letter"):
    """A letter that was put into the outbox, and what became of it; the journal says who put it there."""

    number: str
    about: str = ""
    subject: str
    body: str
    message_id: str
    created_at: datetime
    tries: int = 0
    tried_at: datetime | None = None
    last_error: str = ""
    sent_at: datetime | None = None
    sent_how: str = ""
    dropped_at: datetime | None = None
    dropped_why: str = ""


class LetterAddress(Row, table="letter_address"):
    """One address a letter goes to, as it was when the letter was written."""

    letter_id: int
    kind: str
    person_id: int | None = None
    name: str
    address: str
    accepted_at: datetime | None = None


class LetterFile(Row, table="letter_file"):
    """A file that goes with a letter."""

    letter_id: int
    name: str
    media_type: str
    content: str
