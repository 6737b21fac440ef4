"""Contracts and who has them."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
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


class ContractOwnership(SQLModel, table=True):
    """Who has a contract after it passed on in a handover (E-16); before the first, whoever it was signed for."""

    __tablename__ = "contract_ownership"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="until_comes_after_from"),
        Index(
            "uq_contract_ownership_open",
            "contract_id",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
            postgresql_where=text("until_on IS NULL"),
        ),
        UniqueConstraint("contract_id", "from_on"),
        Index("ix_contract_ownership_person", "person_id", "from_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = to("contract")
    person_id: int = to("person")
    from_on: date
    until_on: date | None = None
