"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Person(Row, table="person"):
    """One member of staff; closed when they leave, never removed."""

    code: str
    name: str
    name_key: str
    closed_on: date | None = None


class PersonAlias(Row, table="person_alias"):
    """Another name a person goes by."""

    person_id: int
    alias: str
    alias_key: str


class PersonLogin(Row, table="person_login"):
    """A login of the operating system that is this person."""

    person_id: int
    login: str


class PersonEmail(Row, table="person_email"):
    """Where letters to a person go from a day on; the newest holds, an empty one says nowhere."""

    person_id: int
    address: str
    since: date


class Standing(Row, table="standing"):
    """What holds of a person from one day until another: half-open, closed by its successor, never overwritten."""

    person_id: int
    aspect: str
    value: str
    superior_id: int | None = None
    from_on: date
    until_on: date | None = None
    entered_at: datetime | None = None


class Delegation(Row, table="delegation"):
    """Somebody's authority, lent to a deputy for a time: half-open days; it may end sooner, never later."""

    giver_id: int
    deputy_id: int
    from_on: date
    until_on: date
    lent_at: datetime
