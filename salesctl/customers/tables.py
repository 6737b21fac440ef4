"""Customers and who serves them over time."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import to


class Customer(SQLModel, table=True):
    """One customer company."""

    __table_args__ = (
        CheckConstraint("kind IN ('platform', 'database')", name="kind_is_known"),
        CheckConstraint("channel IN ('it', 'peripheral', 'web', 'stores')", name="channel_is_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)  # C001, or the company's own
    name: str = Field(max_length=200)
    name_key: str = Field(unique=True, max_length=200)  # width, case, spaces, brackets and suffixes removed
    kind: str = Field(default="platform", max_length=12)  # which make-good limit
    channel: str = Field(default="peripheral", max_length=12)  # E-10: who takes part in a handover
    created_on: date


class CustomerAlias(SQLModel, table=True):
    """Another name a customer goes by."""

    __tablename__ = "customer_alias"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = to("customer", index=True)
    alias: str = Field(max_length=200)
    alias_key: str = Field(unique=True, max_length=200)


class CustomerEmail(SQLModel, table=True):
    """Where letters to a customer go from a day on; the newest row holds, an empty address ends it."""

    __tablename__ = "customer_email"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = to("customer", index=True)
    name: str = Field(default="", max_length=200)  # whom they are addressed to there
    address: str = Field(max_length=254)
    since: date


class Ownership(SQLModel, table=True):
    """Who serves a customer from one day until another."""

    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="until_comes_after_from"),
        Index(
            "uq_ownership_open",
            "customer_id",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
            postgresql_where=text("until_on IS NULL"),
        ),
        Index("ix_ownership_customer", "customer_id", "from_on"),
        Index("ix_ownership_person", "person_id", "from_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = to("customer")
    person_id: int = to("person")
    from_on: date
    until_on: date | None = None


class MonthlyVolume(SQLModel, table=True):
    """What was sent for a customer in one month on one line; the newest of a month holds."""

    __tablename__ = "monthly_volume"
    __table_args__ = (
        CheckConstraint("line IN ('platform', 'database')", name="line_is_known"),
        CheckConstraint("units >= 0", name="units_are_not_negative"),
        Index("ix_monthly_volume_month", "customer_id", "line", "month"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = to("customer")
    line: str = Field(max_length=12)
    month: date  # its first day
    units: int
