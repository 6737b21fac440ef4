"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Product(Row, table="product"):
    """Something the company sells and places as a sample."""

    code: str
    name: str


class ProductPrice(Row, table="product_price"):
    """What a product sells for from a day on, until the next price (AMB-E-f)."""

    product_id: int
    from_on: date
    price: int


class SampleMove(Row, table="sample_move"):
    """Units placed at a customer; below zero, units that came back, were sold there, or are missing."""

    customer_id: int
    product_id: int
    kind: str
    units: int
    moved_on: date
    recorded_at: datetime
    recorded_by_id: int
    note: str = ""
