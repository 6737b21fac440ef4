"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class CommissionPayment(Row, table="commission_payment"):
    """One payment on a granted request, with the facts the rules let it through on."""

    number: str
    request_id: int
    contract_id: int
    amount: int
    payee: str
    payee_kind: str
    form: str
    form_key: str
    paid_on: date
    paid_at: datetime
    paid_by_id: int
    typed_by_id: int | None = None
    granted: int
    paid_before: int
    received: int


class CommissionConfirmation(Row, table="commission_confirmation"):
    """What a customer says it got of a payment; the newest counts, the earlier ones stay."""

    payment_id: int
    received: int
    evidence: str
    confirmed_on: date
    recorded_at: datetime
    recorded_by_id: int
    typed_by_id: int | None = None
    fine_id: int | None = None
