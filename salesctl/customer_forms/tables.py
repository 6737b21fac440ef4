"""The information form of a new customer and its signatures (E-7)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import long_text, to


class CustomerForm(SQLModel, table=True):
    """One form of one customer; filled in anew, its signatures are void."""

    __tablename__ = "customer_form"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # CF-3
    customer_id: int = to("customer", unique=True)
    content: str = Field(sa_type=long_text)  # canonical JSON: what each field says
    digest: str = Field(max_length=64)  # of the content: signatures bind it
    filled_on: date
    filled_at: datetime
    filled_by_id: int = to("person")


class CustomerFormSignature(SQLModel, table=True):
    """One signature, after those before it in the order of the regulation."""

    __tablename__ = "customer_form_signature"
    __table_args__ = (
        UniqueConstraint("form_id", "signer", "digest"),
        CheckConstraint("signer IN ('salesperson', 'superior', 'manager')", name="signer_is_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    form_id: int = to("customer_form")
    signer: str = Field(max_length=12)
    person_id: int = to("person")
    typed_by_id: int | None = to("person", default=None)
    digest: str = Field(max_length=64)
    signed_on: date
    signed_at: datetime
