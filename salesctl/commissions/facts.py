"""What the rules of this noun rest on, read from one moment of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.facts import COMMISSION
from salesctl.approvals.rows import Request
from salesctl.commissions.rows import CommissionConfirmation, CommissionPayment
from salesctl.commissions.rules import Acting, Decision, Grant
from salesctl.errors import N_
from salesctl.fines.proposing import typist
from salesctl.fines.rows import Fine
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.rules import rank
from salesctl.people.standings import standing
from salesctl.policy.units import nfkc
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

PAYMENTS = Series(N_("commission payment"), "P", "salesctl commission list")
GRANTED = "contract_id = :contract AND matter = :matter AND state = 'granted'"
APPLIED = "commission_payment"  # of the matters of: a payment that was applied for on its own


class Names(Record):
    """What the ids of a payment stand for."""

    request: str
    contract: str
    customer: str
    requester: str
    requester_id: int
    paid_by: str


class Covers(Record):
    """The granted requests that cover a payment."""

    request: Request  # the one it is paid on
    commissions: list[Request]  # all granted on the contract: they bound the sum and bring their grades
    applied: list[Request]  # payments that were applied for: they bring their grades


def payment(view: Reading, text: str) -> CommissionPayment:
    """The payment of that number; `3` is `P-3`."""
    return numbered(view, CommissionPayment, PAYMENTS, text)


def names(view: Reading, one: CommissionPayment) -> Names:
    """The request, the contract, the customer and the people of a payment."""
    row = view.select(
        "SELECT r.number, k.number, c.code || ' ' || c.name, a.code || ' ' || a.name, a.id, x.code || ' ' || x.name "
        "FROM request r JOIN contract k ON k.id = r.contract_id JOIN customer c ON c.id = k.customer_id "
        "JOIN person a ON a.id = r.asked_by_id JOIN person x ON x.id = :payer WHERE r.id = :request",
        payer=one.paid_by_id,
        request=one.request_id,
    )[0]
    return Names(*row)


def covers(view: Reading, one: Request) -> Covers:
    """The requests that cover payments on a granted one.

    The sum of the commissions bounds what is paid. A payment that was applied for raises no sum: its grade covers
    what its decision saw.
    """
    found = [view.all(Request, GRANTED, contract=one.contract_id, matter=matter) for matter in (COMMISSION, APPLIED)]
    return Covers(one, *found)


def grants(view: Reading, found: Covers, ladder: list[str]) -> list[Grant]:
    """The grades that decided, and up to how much commission on the contract each decision saw."""
    return [
        Grant(_authority(view, one, ladder), one.granted_before + one.amount)
        for one in (*found.commissions, *found.applied)
    ]


def _authority(view: Reading, one: Request, ladder: list[str]) -> str:
    """The grade a decision used: the requester's own discretion, or that of another who decided, if it is higher."""
    if is_own(one) or one.decided_by_id is None or one.decided_on is None:
        return one.level
    held = standing(view, one.decided_by_id, "grade", one.decided_on)
    return max(one.level, held, key=lambda grade: rank(grade, ladder))


def is_own(one: Request) -> bool:
    """Whether a request was granted at once, within the requester's own discretion."""
    return one.decided_by_id == one.asked_by_id


def decision(found: Covers) -> Decision:
    """Who decided that payments on a request may be made; one's own discretion takes nothing from the requester."""
    applied = [one.decided_by_id for one in found.applied if one.decided_by_id and not is_own(one)]
    return Decision(found.request.decided_by_id or 0, is_own(found.request), applied)


def decided_by(found: Covers, persons: tuple[int | None, ...]) -> list[Request]:
    """What these persons decided, of all that a payment on a request rests on, beside their own discretion."""
    behind = [found.request, *found.applied]
    return [one for one in behind if one.decided_by_id in persons and not is_own(one)]


def payable(view: Reading, contract_id: int | None) -> list[str]:
    """The numbers of the commissions granted on a contract: what payments are made on."""
    return [one.number for one in view.all(Request, GRANTED, contract=contract_id, matter=COMMISSION)]


def acting(view: Reading, desk: Desk) -> Acting:
    """Whoever acts, and whose login types."""
    return Acting(desk.somebody.id, typist(view, desk) or 0)


def paid(view: Reading, column: str, key: int) -> Fen:
    """What was paid on a contract (`contract_id`) or a request (`request_id`)."""
    query = f"SELECT coalesce(sum(amount), 0) FROM commission_payment WHERE {column} = :key"
    return int(view.value(query, key=key))


def form_key(form: str) -> str:
    """A form's number in any width and case of its letters."""
    return nfkc(form).strip().casefold()


def confirmations(view: Reading, one: CommissionPayment, on: date | None = None) -> list[CommissionConfirmation]:
    """What the customer said of a payment, the newest last; until a day, where one is named."""
    wanted = "payment_id = :payment AND (:day = '' OR confirmed_on <= :day)"
    return view.all(CommissionConfirmation, wanted, payment=one.key, day=on or "")


def fine_of(view: Reading, found: list[CommissionConfirmation]) -> Fine | None:
    """The newest fine that a confirmation of the payment proposed, or None."""
    keys = [one.fine_id for one in found if one.fine_id]
    return view.one(Fine, id=keys[-1]) if keys else None
