"""How much money came in on a contract (A-6: commission is measured against it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen


def received_on_contract(view: Reading, contract_id: int, on: date) -> Fen:
    """Receipts that name the contract, and what receipts that name none paid of its receivables, through a day."""
    named = view.value(
        "SELECT coalesce(sum(amount), 0) FROM receipt WHERE contract_id = :contract AND received_on <= :day",
        contract=contract_id,
        day=on,
    )
    allocated = view.value(
        "SELECT coalesce(sum(a.amount), 0) FROM receivable r JOIN allocation a ON a.receivable_id = r.id "
        "JOIN receipt m ON m.id = a.receipt_id "
        "WHERE r.contract_id = :contract AND a.allocated_on <= :day AND m.contract_id IS NULL",
        contract=contract_id,
        day=on,
    )
    return int(named) + int(allocated)
