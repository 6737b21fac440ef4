"""What is lost in or after a handover, what it is worth, and who bears it (E-15, E-17, E-19, E-20)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import fen, to


class Loss(SQLModel, table=True):
    """One loss: reported, valued on a day, split by the tier of the day it was found, confirmed by a person."""

    __table_args__ = (
        CheckConstraint("state IN ('reported', 'valued', 'split', 'confirmed', 'dropped')", name="state_is_known"),
        CheckConstraint("amount IS NULL OR amount > 0", name="amount_is_positive"),
        CheckConstraint("gravity IN ('', 'half', 'full')", name="gravity_is_known"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # LS-3
    handover_id: int = to("handover", index=True)
    found_on: date  # the day the finding is reported with evidence (AMB-E-a)
    reported_at: datetime
    reported_by_id: int = to("person")
    text: str = Field(max_length=500)
    evidence: str = Field(max_length=500)
    about: str = Field(default="", max_length=60)  # the number of a receivable or an issue
    product: str = Field(default="", max_length=60)  # of missing samples
    units: int | None = None
    is_known: bool = Field(default=False)  # listed or known to the transferor before the signatures (AMB-E-n)
    is_finance_error: bool = Field(default=False)  # wrong statement, receivables or sample list (E-20)
    amount: int | None = fen(default=None)
    recovered: int = fen(default=0)
    valued_on: date | None = None  # the day whose price counts (E-19, AMB-E-f)
    valued_by_id: int | None = to("person", default=None)
    gravity: str = Field(default="", max_length=4)  # of the post wage (E-20a), by a named decision
    gravity_by_id: int | None = to("person", default=None)
    post_wage: int | None = fen(default=None)
    criticised_in: str = Field(default="", max_length=7)  # the month of the public criticism, such as 2013-05
    state: str = Field(default="reported", max_length=12)
    confirmed_on: date | None = None
    confirmed_by_id: int | None = to("person", default=None)
    remark: str = Field(default="", max_length=500)


class LossShare(SQLModel, table=True):
    """What one of those who bear a loss pays; together they are the whole of it (K-3)."""

    __tablename__ = "loss_share"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_is_not_negative"),
        Index("ix_loss_share_loss_id", "loss_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    loss_id: int = to("loss")
    place: int  # in the order of the table
    party: str = Field(max_length=24)  # transferor, receiver, handover_supervisor, finance, commerce, company …
    person_id: int | None = to("person", default=None)  # none: the company, or nobody named yet
    amount: int = fen()
    clause: str = Field(max_length=12)
    evidence: str = Field(default="", max_length=500)  # of their own fault (L-12)


class LossReversal(SQLModel, table=True):
    """That a confirmed loss was taken back by a second person, from a day on; once, and nothing of it is changed."""

    __tablename__ = "loss_reversal"

    id: int | None = Field(default=None, primary_key=True)
    loss_id: int = to("loss", unique=True)
    reversed_on: date
    reversed_at: datetime
    reversed_by_id: int = to("person")
    reason: str = Field(max_length=500)


class LossReversalShare(SQLModel, table=True):
    """The mirror of one recorded share: what it takes back, so that nothing of the loss is left to whoever bore it."""

    __tablename__ = "loss_reversal_share"
    __table_args__ = (CheckConstraint("amount <= 0", name="amount_takes_back"),)

    id: int | None = Field(default=None, primary_key=True)
    reversal_id: int = to("loss_reversal", index=True)
    share_id: int = to("loss_share", unique=True)
    amount: int = fen()
