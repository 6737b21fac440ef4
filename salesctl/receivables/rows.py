"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date


class Receivable(Row, table="receivable"):
    """One debt. `paid` and `open` are kept in the transaction of each receipt; the allocations prove them."""

    number: str
    customer_id: int
    contract_id: int | None = None
    amount: int
    paid: int = 0
    open: int
    issued_on: date
    due_on: date


class Receipt(Row, table="receipt"):
    """Money received from a customer; what no receivable takes stays as the customer's credit."""

    number: str
    customer_id: int
    contract_id: int | None = None
    amount: int
    credit: int = 0
    received_on: date


class Allocation(Row, table="allocation"):
    """Part of a receipt that pays part of a receivable, from the day the money came."""

    receipt_id: int
    receivable_id: int
    amount: int
    allocated_on: date
