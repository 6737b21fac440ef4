"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Statement(Row, table="statement"):
    """One printed statement of account, with the sums it states."""

    number: str
    customer_id: int
    from_on: date
    until_on: date
    opening: int
    closing: int
    held: int = 0
    printed_on: date
    printed_at: datetime
    printed_by_id: int


class Reminder(Row, table="reminder"):
    """One letter that asked a customer to pay, with its text as it went out."""

    number: str
    customer_id: int
    tone: str
    amount: int
    text: str
    letter: str = ""
    reminded_on: date
    reminded_at: datetime
    reminded_by_id: int
