"""What the law lets be taken from a wage, beside what the regulation asks of somebody (L-1, L-2, X-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.fines.rules import CHAPTER as DEDUCTIONS
from salesctl.fines.rules import deduction_ceiling, deduction_share
from salesctl.losses import facts
from salesctl.losses.rows import LossShare
from salesctl.losses.rules import finance_error
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.losses.rows import Loss
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.units import Fen

MATTER = "loss"


class Ceiling(Record):
    """What is asked of one person in a month, and what of it the law lets be taken from their wage."""

    demanded: Fen  # the shares and the post wage of this loss, and what other losses ask in that month
    allowed: Fen
    is_known: bool  # the minimum wage is set; else only the share of the wage was asked
    outcome: Outcome


def post_wage(desk: Desk, one: Loss, share: LossShare) -> Fen:
    """What of the post wage is proposed for whoever bears a share: nothing but for wrong figures of theirs (E-20a)."""
    if not (one.gravity and "E-20a" in share.clause):
        return 0
    found = finance_error(one.post_wage or 0, one.gravity, "within", on=one.found_on, policy=desk.policy)
    return int(str(found.value))


def ceiling(view: Reading, desk: Desk, one: Loss, shares: Sequence[LossShare], wage: Fen) -> Ceiling:
    """What may be taken from a wage for the shares of one person (L-1, L-2, L-21, X-14).

    Args:
        view: the ledger.
        desk: the desk.
        one: the loss.
        shares: the person's, at least one.
        wage: the wage of the month in fen, sales commission with it.
    """
    day = one.confirmed_on or desk.today
    is_back = facts.reversal_of(view, one, desk.today)
    own = 0 if is_back else sum(share.amount + post_wage(desk, one, share) for share in shares)
    demanded = own + _other(view, desk, one, shares[0].person_id or 0)
    if desk.policy.on(day, DEDUCTIONS).is_set("floor"):
        found = deduction_ceiling(wage, demanded, MATTER, on=day, policy=desk.policy)
        return Ceiling(demanded, int(str(found.value)), is_known=True, outcome=found)
    found = deduction_share(wage, on=day, policy=desk.policy)
    return Ceiling(demanded, min(int(str(found.value)), demanded), is_known=False, outcome=found)


def _other(view: Reading, desk: Desk, one: Loss, person_id: int) -> Fen:
    """What other losses confirmed in the same month ask of a person: all of it is held against one wage (X-14).

    Those taken back by the business day ask nothing.
    """
    from salesctl.losses.rows import Loss

    month = f"{one.confirmed_on or desk.today:%Y-%m}"
    found = view.all(
        Loss,
        "state = 'confirmed' AND id <> :id AND substr(confirmed_on, 1, 7) = :month "
        f"AND id NOT IN ({facts.REVERSED}) AND id IN (SELECT loss_id FROM loss_share WHERE person_id = :person)",
        id=one.key,
        on=desk.today,
        month=month,
        person=person_id,
    )
    theirs = view.all(LossShare, "person_id = :person AND party <> ''", person=person_id)
    return sum(
        share.amount + post_wage(desk, other, share)
        for other in found
        for share in theirs
        if share.loss_id == other.key
    )
