"""The last pay of somebody who leaves: due in full, and held only in a named person's name (E-18, L-4, L-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.departures import facts, rules
from salesctl.departures.actions import MayNot, acting_for_company, running
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from salesctl.departures.facts import Facts
    from salesctl.departures.rows import Departure
    from salesctl.desk import Desk
    from salesctl.policy.units import Fen


class NothingHeld(SalesctlError):
    """No hold to be lifted."""

    code, status = "departure.not-held", WRONG
    says = N_("Nothing is held for {number}.")


class NoGround(SalesctlError):
    """Once the handover is complete, not even the regulation wants anything held."""

    code, status = "departure.no-ground", WRONG
    says = N_("Everything is handed over since {day}: even the regulation wants nothing held (E-18).")
    hint = N_("What is payable: salesctl departure pay {number}")


def payable(known: Facts, desk: Desk) -> Outcome | None:
    """What is payable now and what may wait; none where no sums were recorded (E-18, L-10)."""
    row = known.departure
    if row.wages is None:
        return None
    return rules.final_pay(row.wages, row.bonus or 0, row.severance or 0, known.completed_on, on=desk.today)


def pay(desk: Desk, number: str, wages: Fen, bonus: Fen, severance: Fen) -> tuple[Departure, Outcome]:
    """Record what somebody who leaves is still owed, and answer what is payable; nothing is held by that.

    Raises:
        MayNot: it is their own, or they do not act for the company.
    """
    with desk.ledger.transaction("departure.pay", desk) as tx:
        one = running(tx, desk, number)
        why, known = acting_for_company(tx, desk, one), facts.of(tx, one, desk.today)
        answer = rules.final_pay(wages, bonus, severance, known.completed_on, on=desk.today)
        if why:
            tx.record(Outcome("refused", unit="word").step(N_("may decide"), False, "word", note=why), one.number)
        else:
            tx.amend(one, wages=wages, bonus=bonus, severance=severance)
            tx.record(answer, one.number)
    if why:
        raise MayNot(person=desk.somebody.name, number=one.number, why=why)
    return one, answer


def hold(desk: Desk, number: str, reason: str) -> tuple[Departure, Outcome]:
    """Hold pay until the handover is complete: somebody's own decision, recorded with what the law says against it.

    Raises:
        NoGround: the handover is complete.
        MayNot: it is their own, or they do not act for the company; the attempt is recorded.
    """
    with desk.ledger.transaction("departure.hold", desk) as tx:
        one = running(tx, desk, number)
        why, known = acting_for_company(tx, desk, one), facts.of(tx, one, desk.today)
        if known.completed_on is not None:
            raise NoGround(day=known.completed_on, number=one.number)
        said = rules.may_hold(desk.somebody.name, reason)
        answer = Outcome("refused" if why else said.value, unit="word", steps=said.steps)
        tx.record(answer, one.number)
        if not why:
            tx.amend(one, hold_by_id=desk.somebody.id, hold_reason=reason)
    if why:
        raise MayNot(person=desk.somebody.name, number=one.number, why=why)
    return one, answer


def lift(desk: Desk, number: str) -> Departure:
    """End a hold.

    Raises:
        NothingHeld: there is none.
    """
    with desk.ledger.transaction("departure.hold", desk) as tx:
        one = running(tx, desk, number)
        if one.hold_by_id is None:
            raise NothingHeld(number=one.number)
        tx.record(Outcome("lifted", unit="word").step(N_("reason"), one.hold_reason), one.number)
        return tx.amend(one, hold_by_id=None, hold_reason="")


WORDS = (N_("lifted"), N_("withdrawn"))
