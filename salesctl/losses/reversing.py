"""A confirmed loss that was none is taken back by a second person, share by share, and stays visible (E-17, K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.losses import facts
from salesctl.losses.deciding import NotTheirs, not_theirs, verdict_on
from salesctl.losses.reversing_rules import Recorded, mirror
from salesctl.losses.rows import LossReversal, LossReversalShare
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.losses.rows import Loss
    from salesctl.policy.units import Fen


class NotReversed(NotTheirs):
    """Somebody who may not reverse this loss; the attempt is recorded."""

    says = N_("{person} may not reverse {number}: {why} ({clauses}).")
    hint = N_("It takes somebody who neither reported nor confirmed it and bears nothing of it, one of: {grades}.")


class NotConfirmed(SalesctlError):
    """A loss that nobody confirmed yet: there is nothing to take back."""

    code, status = "loss.not-confirmed", WRONG
    says = N_("{number} is not confirmed, so nobody bears anything of it yet.")
    hint = N_("If it is none, drop it: salesctl loss drop {number} --reason TEXT")


class ReversedAlready(SalesctlError):
    """A loss is taken back once."""

    code, status = "loss.reversed", WRONG
    says = N_("{number} was reversed on {day} by {person}; nobody bears anything of it any more.")
    hint = N_("If it is a loss after all, report it anew: salesctl loss report")


def reverse(desk: Desk, number: str, reason: str) -> tuple[Loss, Outcome]:
    """Take back a confirmed loss: each share by the mirror of what was recorded; nothing is changed or deleted.

    Raises:
        ReversedAlready: it was.
        NotConfirmed: its shares do not count yet.
        NotNext: it was dropped.
        WrongDay: before the day it was confirmed, or on a day to come.
        NotReversed: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("loss.reverse", desk) as tx:
        one = facts.loss(tx, number)
        _expect_confirmed(tx, one)
        facts.expect_day(desk, one.confirmed_on or one.found_on)
        verdict = verdict_on(tx, desk, one, one.confirmed_by_id or 0)
        if is_theirs := verdict.value == "granted":
            shares = facts.shares_of(tx, one)
            taken = mirror([Recorded(share.party, share.amount, share.clause) for share in shares])
            made = tx.add(
                LossReversal(
                    loss_id=one.key,
                    reversed_on=desk.today,
                    reversed_at=tx.now,
                    reversed_by_id=desk.somebody.id,
                    reason=reason,
                )
            )
            back: list[Fen] = taken.value  # type: ignore[assignment] # sums in the order of the shares
            for share, amount in zip(shares, back, strict=True):
                tx.add(LossReversalShare(reversal_id=made.key, share_id=share.key, amount=amount))
            verdict = Outcome("reversed", unit="word", steps=(*verdict.steps, *taken.steps))
            verdict = verdict.step(N_("reason"), reason)
        tx.record(verdict, one.number)
    if not is_theirs:
        raise not_theirs(desk, one, verdict, NotReversed)
    return one, verdict


def _expect_confirmed(view: Reading, one: Loss) -> None:
    made = view.find(LossReversal, loss_id=one.key)
    if made:
        raise ReversedAlready(number=one.number, day=made.reversed_on, person=facts.said(view, made.reversed_by_id))
    facts.expect_open(view, one, "dropped")
    if one.state != "confirmed":
        raise NotConfirmed(number=one.number)
