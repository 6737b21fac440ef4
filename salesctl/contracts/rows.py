"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date


class Contract(Row, table="contract"):
    """A signed contract, as far as money and authority need it."""

    number: str
    number_key: str
    customer_id: int
    owner_id: int
    amount: int
    signed_on: date


class ContractOwnership(Row, table="contract_ownership"):
    """Who has a contract after it passed on in a handover (E-16); before the first, whoever it was signed for."""

    contract_id: int
    person_id: int
    from_on: date
    until_on: date | None = None
