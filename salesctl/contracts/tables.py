"""Contracts."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Contract(SQLModel, table=True):
    """A signed contract, as far as money and authority need it."""

    __table_args__ = (CheckConstraint("amount >= 0", name="amount_is_not_negative"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=40)
    number_key: str = Field(unique=True, max_length=40)  # the number in any case of its letters
    customer_id: int = to("customer", index=True)
    owner_id: int = to("person", index=True)  # the account manager concerned
    amount: int = fen()  # the price, in fen
    signed_on: date
