"""Rows of `tables.py`, derived from it by `make derive`; never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.ledger.row import Row

if TYPE_CHECKING:
    from datetime import date, datetime


class Loss(Row, table="loss"):
    """One loss: reported, valued on a day, split by the tier of the day it was found, confirmed by a person."""

    number: str
    handover_id: int
    found_on: date
    reported_at: datetime
    reported_by_id: int
    text: str
    evidence: str
    about: str = ""
    product: str = ""
    units: int | None = None
    is_known: bool = False
    is_finance_error: bool = False
    amount: int | None = None
    recovered: int = 0
    valued_on: date | None = None
    valued_by_id: int | None = None
    gravity: str = ""
    gravity_by_id: int | None = None
    post_wage: int | None = None
    criticised_in: str = ""
    state: str = "reported"
    confirmed_on: date | None = None
    confirmed_by_id: int | None = None
    remark: str = ""


class LossShare(Row, table="loss_share"):
    """What one of those who bear a loss pays; together they are the whole of it (K-3)."""

    loss_id: int
    place: int
    party: str
    person_id: int | None = None
    amount: int
    clause: str
    evidence: str = ""


class LossReversal(Row, table="loss_reversal"):
    """That a confirmed loss was taken back by a second person, from a day on; once, and nothing of it is changed."""

    loss_id: int
    reversed_on: date
    reversed_at: datetime
    reversed_by_id: int
    reason: str


class LossReversalShare(Row, table="loss_reversal_share"):
    """The mirror of one recorded share: what it takes back, so that nothing of the loss is left to whoever bore it."""

    reversal_id: int
    share_id: int
    amount: int
