"""What is claimed, and out of what: the facts the rules of article 9 ask for; pure."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - whoever asks a rule reads its compound values' kinds here
from typing import TYPE_CHECKING

from salesctl.policy.units import Fen, nfkc
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable


class Month(Record):
    """What a month brought on an account manager's customers, in fen."""

    received: Fen
    sales: Fen = 0  # before bad debts
    bad_debts: Fen = 0  # approved in the month
    contracts: Fen = 0  # signed in the month


class Booking(Record):
    """What came into one account of an account manager, or was claimed out of it, in fen."""

    booked_on: date
    allowed: Fen = 0
    claimed: Fen = 0


class Claim(Record):
    """What an account manager claims out of one account, in fen."""

    account: str
    amount: Fen
    is_customer_commission: bool = False  # a payment of article 6


class Invoices(Record):
    """Invoices of one kind that are claimed out of one account."""

    kind: str
    account: str
    pieces: int = 1


class ExecutiveClaim(Record):
    """What an account executive spent on a customer served together, in fen."""

    amount: Fen
    is_agreed: bool  # by the account manager
    is_handover_open: bool = False  # the executive is leaving, and the handover is not complete


def piles(invoices: Iterable[Invoices]) -> dict[tuple[str, str], int]:
    """How many invoices there are of each kind and account, in the order they come."""
    found: dict[tuple[str, str], int] = {}
    for one in invoices:
        if one.pieces > 0:
            which = (nfkc(one.kind).strip().casefold(), one.account)
            found[which] = found.get(which, 0) + one.pieces
    return found
