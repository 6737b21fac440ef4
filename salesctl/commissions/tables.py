"""Customer commission that was paid, and what the customer says it got (A-6.4, A-6.5a)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class CommissionPayment(SQLModel, table=True):
    """One payment on a granted request, with the facts the rules let it through on."""

    __tablename__ = "commission_payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("paid_before >= 0 AND received >= 0", name="base_is_not_negative"),
        CheckConstraint("paid_before + amount <= granted", name="within_what_was_granted"),
        CheckConstraint(
            "payee_kind IN ('customer_company', 'intermediary', 'person_at_the_customer')", name="payee_kind_is_known"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # P-3
    request_id: int = to("request", index=True)
    contract_id: int = to("contract", index=True)
    amount: int = fen()
    payee: str = Field(max_length=200)
    payee_kind: str = Field(max_length=24)  # L-14
    form: str = Field(max_length=40)  # the number of its 《劳务费申请单》
    form_key: str = Field(unique=True, max_length=40)  # in any width and case of its letters
    paid_on: date  # the business day
    paid_at: datetime  # when it was recorded
    paid_by_id: int = to("person")
    typed_by_id: int | None = to("person", default=None)
    # What the rules were asked with: on the contract, before this payment, on that day.
    granted: int = fen()
    paid_before: int = fen()
    received: int = fen()


class CommissionConfirmation(SQLModel, table=True):
    """What a customer says it got of a payment; the newest counts, the earlier ones stay."""

    __tablename__ = "commission_confirmation"
    __table_args__ = (CheckConstraint("received >= 0", name="received_is_not_negative"),)

    id: int | None = Field(default=None, primary_key=True)
    payment_id: int = to("commission_payment", index=True)
    received: int = fen()
    evidence: str = Field(max_length=500)
    confirmed_on: date  # the business day
    recorded_at: datetime
    recorded_by_id: int = to("person")
    typed_by_id: int | None = to("person", default=None)
    fine_id: int | None = to("fine", default=None)  # proposed for what is short, or standing already
