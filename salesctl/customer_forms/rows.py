"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class CustomerForm(Row, table="customer_form"):
    """One form of one customer; filled in anew, its signatures are void."""

    number: str
    customer_id: int
    content: str
    digest: str
    filled_on: date
    filled_at: datetime
    filled_by_id: int


class CustomerFormSignature(Row, table="customer_form_signature"):
    """One signature, after those before it in the order of the regulation."""

    form_id: int
    signer: str
    person_id: int
    typed_by_id: int | None = None
    digest: str
    signed_on: date
    signed_at: datetime
