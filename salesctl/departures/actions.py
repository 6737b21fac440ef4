"""A departure goes on: approved, its formalities behind the handover, its end, or taken back (E-8, E-18, L-9)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.departures import facts, rules
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.rows import Handover
from salesctl.people.actions import end
from salesctl.people.administering import expect_administrator
from salesctl.people.rows import Person
from salesctl.people.standings import standing, superiors_of
from salesctl.policy.kinds import ADMINISTRATORS
from salesctl.policy.outcome import Basis, Outcome

if TYPE_CHECKING:
    from datetime import date

    from salesctl.departures.facts import Facts
    from salesctl.departures.rows import Departure
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

OWN = N_("nobody decides in their own case")
OUTSIDE = N_("a superior, HR, administration or the general manager decides")
DISMISSED = N_("nobody dismisses themselves: the company records a dismissal")
NOT_THEIRS = N_("whoever leaves does it, or a superior, HR, administration or the general manager records it for them")


class OtherDay(SalesctlError):
    """A step on a day on which it cannot have been made."""

    code, status = "departure.day", WRONG
    says = N_("{number} was filed on {filed}; nothing can be recorded of it for {day}.")
    hint = N_("Correct the day: --on, from {filed} to today.")


class Withdrawn(SalesctlError):
    """Nothing more happens to a departure that was taken back."""

    code, status = "departure.withdrawn", WRONG
    says = N_("{number} was withdrawn on {day}: {why}.")


class Done(SalesctlError):
    """A step that was made before."""

    code, status = "departure.done", WRONG
    says = N_("{number}: this was done on {day}.")


class Lasts(SalesctlError):
    """An employment that has not ended yet."""

    code, status = "departure.lasts", WRONG
    says = N_("The employment lasts until {last}; {number} is closed on that day or after it.")
    hint = N_("Close it then; what is due until then: salesctl departure show {number}")


class HasLeft(SalesctlError):
    """A departure that can no longer be taken back."""

    code, status = "departure.has-left", WRONG
    says = N_("{person} has left: {last} was their last day.")
    hint = N_("Should they come back, take them in anew: salesctl people add.")


class MayNot(Refused):
    """Somebody who does not act for the company in this departure; the attempt is recorded."""

    code = "departure.refused"
    says = N_("{person} may not do this for {number}: {why} (E-8).")
    hint = N_("Let somebody else of the company do it: --as PERSON.")


class HandoverOpen(Refused):
    """Formalities before the handover is complete; the attempt is recorded."""

    code = "departure.handover-open"
    says = N_(
        "No departure formalities yet: {person} still serves {customers} customers, handovers open: {handovers} "
        "(E-4g, E-18)."
    )
    hint = N_("The employment ends on {last} all the same (L-9), and wages are due in full (L-10).")


def approve(desk: Desk, number: str) -> Departure:
    """The company agrees to a departure; whoever leaves does not agree to it themselves (E-8).

    Raises:
        MayNot: somebody outside the line, HR and administration; the attempt is recorded.
    """
    with desk.ledger.transaction("departure.approve", desk) as tx:
        one = running(tx, desk, number)
        if one.approved_on:
            raise Done(number=one.number, day=one.approved_on)
        why = acting_for_company(tx, desk, one)
        verdict = Outcome("refused" if why else "approved", unit="word")
        tx.record(verdict.step(N_("may decide"), not why, "word", Basis("", "E-8"), note=why), one.number)
        if not why:
            tx.amend(one, approved_on=desk.today, approved_by_id=desk.somebody.id)
    return _or_refused(desk, one, why)


def formalities(desk: Desk, number: str) -> Departure:
    """Go through the company's departure formalities, once everything is handed over (E-4g, E-18).

    Raises:
        HandoverOpen: the handover is not complete; the attempt is recorded, and the employment ends all the same.
        MayNot: as `approve`.
    """
    with desk.ledger.transaction("departure.formalities", desk) as tx:
        one = running(tx, desk, number)
        if one.formalities_on:
            raise Done(number=one.number, day=one.formalities_on)
        why, known = acting_for_company(tx, desk, one), facts.of(tx, one, desk.today)
        gate = rules.formalities(known.completed_on, on=desk.today)
        is_open = gate.value == "refused"
        verdict = Outcome("refused" if why else gate.value, unit="word", steps=gate.steps)
        tx.record(verdict.step(N_("may decide"), not why, "word", Basis("", "E-8"), note=why), one.number)
        if not (why or is_open):
            tx.amend(one, formalities_on=desk.today, formalities_by_id=desk.somebody.id)
    if is_open and not why:
        of = {"customers": known.served, "handovers": handing(known)}
        raise HandoverOpen(person=known.person, last=known.last_day(desk.policy), **of)
    return _or_refused(desk, one, why)


def close(desk: Desk, number: str) -> Departure:
    """Record that the employment has ended; an unfinished handover does not hold that up (L-9).

    Raises:
        Lasts: it has not yet.
    """
    with desk.ledger.transaction("departure.close", desk) as tx:
        one = running(tx, desk, number)
        expect_administrator(tx, desk, one.person_id)
        known = facts.of(tx, one, desk.today)
        last = known.last_day(desk.policy)
        if known.closed_on and known.closed_on <= last + timedelta(days=1):
            raise Done(number=one.number, day=_before(known.closed_on))
        if desk.today < last:
            raise Lasts(number=one.number, last=last)
        end(tx, tx.one(Person, id=one.person_id), last)
        tx.record(known.state(last + timedelta(days=1), desk.policy), one.number)
        return one


def cancel(desk: Desk, number: str, why: str) -> list[str]:
    """Take a departure back before the last day is over; handovers under way go on as transfers (AMB-E-j).

    Returns:
        The numbers of those handovers: each goes on, or is cancelled for itself.

    Raises:
        HasLeft: the employment has ended.
        MayNot: neither whoever leaves nor the company takes it back; the attempt is recorded.
    """
    with desk.ledger.transaction("departure.cancel", desk) as tx:
        one = running(tx, desk, number)
        known = facts.of(tx, one, desk.today)
        last = _before(known.closed_on) if known.closed_on else known.last_day(desk.policy)
        if desk.today > last or known.closed_on:
            raise HasLeft(person=known.person, last=last)
        foreign = not_theirs(tx, desk, one.person_id, one.wished_on, is_dismissed=one.is_dismissed)
        own = [] if foreign else _withdrawn(tx, desk, one, why)
        verdict = Outcome("refused" if foreign else "withdrawn", unit="word").step(N_("reason"), why)
        tx.record(verdict.step(N_("may decide"), not foreign, "word", Basis("", "E-8"), note=foreign), one.number)
    _or_refused(desk, one, foreign)
    return [handed.number for handed in own]


def _withdrawn(tx: Transaction, desk: Desk, one: Departure, why: str) -> list[Handover]:
    """Take it back; the handovers under way, which go on without a last day."""
    tx.amend(one, withdrawn_on=desk.today, withdrawn_why=why)
    own = tx.all(Handover, "transferor_id = :person AND state = 'open'", person=one.person_id)
    for handed in own:
        if handed.leaving_on is not None:
            tx.amend(handed, leaving_on=None)
    return own


def running(tx: Transaction, desk: Desk, number: str) -> Departure:
    """The departure of that number, which the transaction is about from here on.

    Raises:
        Withdrawn: it was taken back.
        OtherDay: the business day comes before the report, or is still to come.
    """
    one = facts.departure(tx, number)
    tx.about = one.number
    if one.withdrawn_on is not None:
        raise Withdrawn(number=one.number, day=one.withdrawn_on, why=one.withdrawn_why)
    if not one.filed_on <= desk.today <= desk.present_day:
        raise OtherDay(number=one.number, filed=one.filed_on, day=desk.today)
    return one


def acting_for_company(view: Reading, desk: Desk, one: Departure) -> str:
    """Why whoever acts may not decide for the company in a departure; empty where they may."""
    if desk.somebody.id == one.person_id:
        return OWN
    return "" if _is_company(view, desk, one.person_id, one.wished_on) else OUTSIDE


def not_theirs(view: Reading, desk: Desk, leaver_id: int, last: date, *, is_dismissed: bool = False) -> str:
    """Why whoever acts may neither file somebody's report nor take it back: nobody is made to leave by a colleague.

    That somebody is dismissed, and waits for no notice, is said by the company alone (X-15).
    """
    is_own = desk.somebody.id == leaver_id
    if is_own and is_dismissed:
        return DISMISSED
    return "" if is_own or _is_company(view, desk, leaver_id, last) else NOT_THEIRS


def _is_company(view: Reading, desk: Desk, leaver_id: int, last: date) -> bool:
    """Whether whoever acts stands for the company towards somebody: a superior, HR, administration."""
    who = desk.somebody.id
    grade = standing(view, who, "grade", desk.present_day)
    days = {min(day, last) for day in (desk.today, desk.present_day)}  # a former superior is none any more
    return grade in ADMINISTRATORS or all(who in superiors_of(view, leaver_id, day) for day in days)


def handing(known: Facts) -> str:
    """The handovers of a departure that are not complete."""
    return ", ".join(one.number for one in known.giving if one.state == "open") or N_("none")


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _or_refused(desk: Desk, one: Departure, why: str) -> Departure:
    if why:
        raise MayNot(person=desk.somebody.name, number=one.number, why=why)
    return one
