"""Samples placed at customers, and dated prices to value what is missing (E-19)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Product(SQLModel, table=True):
    """Something the company sells and places as a sample."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=200)


class ProductPrice(SQLModel, table=True):
    """What a product sells for from a day on, until the next price (AMB-E-f)."""

    __tablename__ = "product_price"
    __table_args__ = (
        UniqueConstraint("product_id", "from_on"),
        CheckConstraint("price > 0", name="price_is_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    product_id: int = to("product")
    from_on: date
    price: int = fen()


class SampleMove(SQLModel, table=True):
    """Units placed at a customer; below zero, units that came back, were sold there, or are missing."""

    __tablename__ = "sample_move"
    __table_args__ = (
        CheckConstraint("units <> 0", name="units_are_something"),
        CheckConstraint("kind IN ('placed', 'returned', 'sold', 'missing')", name="kind_is_known"),
        CheckConstraint("(units > 0) = (kind = 'placed')", name="only_placing_adds"),
        Index("ix_sample_move_customer_id", "customer_id", "product_id", "moved_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = to("customer")
    product_id: int = to("product")
    kind: str = Field(max_length=8)
    units: int
    moved_on: date
    recorded_at: datetime
    recorded_by_id: int = to("person")
    note: str = Field(default="", max_length=200)
