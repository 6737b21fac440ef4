"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date


class Customer(Row, table="customer"):
    """One customer company."""

    code: str
    name: str
    name_key: str
    kind: str = "platform"
    channel: str = "peripheral"
    created_on: date


class CustomerAlias(Row, table="customer_alias"):
    """Another name a customer goes by."""

    customer_id: int
    alias: str
    alias_key: str


class CustomerEmail(Row, table="customer_email"):
    """Where letters to a customer go from a day on; the newest row holds, an empty address ends it."""

    customer_id: int
    name: str = ""
    address: str
    since: date


class Ownership(Row, table="ownership"):
    """Who serves a customer from one day until another."""

    customer_id: int
    person_id: int
    from_on: date
    until_on: date | None = None


class MonthlyVolume(Row, table="monthly_volume"):
    """What was sent for a customer in one month on one line; the newest of a month holds."""

    customer_id: int
    line: str
    month: date
    units: int
