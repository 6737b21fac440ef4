"""A departure is reported 30 days ahead (E-8, AMB-E-h)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.departures import rules
from salesctl.departures.actions import MayNot, not_theirs
from salesctl.departures.rows import Departure
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.actions import REGIME, NotBound
from salesctl.handovers.rows import Handover
from salesctl.people.actions import is_enrolled, person, still_here
from salesctl.policy.outcome import Basis, Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.people.rows import Person


class TooSoon(Refused):
    """A last day before the notice is over; the report was not taken, and that was recorded."""

    code = "departure.too-soon"
    says = N_("{person} cannot leave on {day}: a report filed on {filed} makes {earliest} the earliest last day (E-8).")
    hint = N_("File it with --last-day {earliest}; the company's approval is no condition of leaving (L-9).")


class AlreadyFiled(SalesctlError):
    """One departure of a person runs at a time."""

    code, status = "departure.filed", WRONG
    says = N_("{person} has filed {number} already; the last day is {day}.")
    hint = N_("Should it be another day: salesctl departure cancel {number} --reason TEXT, then file it anew.")


class NotYet(SalesctlError):
    """A report of a day to come."""

    code, status = "departure.not-today", WRONG
    says = N_("A report is filed on the day it is handed in; {day} is still to come.")
    hint = N_("File it on that day; --last-day takes the last day at work.")


class Report(Record):
    """What is said of a departure when it is reported."""

    person: str
    last_day: date
    reason: str = ""
    is_on_probation: bool = False
    is_dismissed: bool = False


def file(desk: Desk, said: Report) -> Departure:
    """Take a departure report; one with a last day before the notice is over is refused, and that is recorded (E-8).

    Raises:
        TooSoon: the notice is not over by the day named.
        AlreadyFiled, NotBound, NotYet: there is nothing to file.
        MayNot: it is a colleague's; recorded.
    """
    day, answers_for_it = desk.today, desk.somebody
    if day > desk.present_day:
        raise NotYet(day=day)
    with desk.ledger.transaction("departure.file", desk) as tx:
        leaver = still_here(person(tx, said.person), day)
        _refuse_second(tx, leaver)
        if not is_enrolled(tx, leaver.key, REGIME, day):
            raise NotBound(person=leaver.name, person_code=leaver.code, day=day)
        steps = rules.Departure(
            filed_on=day,
            is_on_probation=said.is_on_probation,
            is_dismissed=said.is_dismissed,
            wished_on=said.last_day,
        )
        verdict = rules.may_leave_on(steps, policy=desk.policy)
        foreign = _foreign(tx, desk, leaver, said)
        if not foreign and verdict.value == "refused":
            tx.record(verdict, about=leaver.code)
            earliest = rules.last_day(steps, policy=desk.policy).day
        elif not foreign:
            added = _add(tx, desk, leaver, said, answers_for_it.id)
            _plan_handovers(tx, leaver, said.last_day)
            tx.record(verdict, about=added.number)
    if foreign:
        raise MayNot(person=answers_for_it.name, number=leaver.name, why=foreign)
    if verdict.value == "refused":
        raise TooSoon(person=leaver.name, day=said.last_day, filed=day, earliest=earliest)
    return added


def _foreign(tx: Transaction, desk: Desk, leaver: Person, said: Report) -> str:
    """Why whoever acts may not file it, which is recorded; empty where they may."""
    last = max(desk.today, said.last_day)
    why = not_theirs(tx, desk, leaver.key, last, is_dismissed=said.is_dismissed)
    if why:
        answer = Outcome("refused", unit="word")
        tx.record(answer.step(N_("may file it"), False, "word", Basis("", "E-8"), note=why), about=leaver.code)
    return why


def _plan_handovers(tx: Transaction, leaver: Person, last: date) -> None:
    """A transfer under way becomes a leaver's handover."""
    for handed in tx.all(Handover, "transferor_id = :person AND state = 'open'", person=leaver.key):
        if handed.leaving_on != last:
            tx.amend(handed, leaving_on=last)


def _refuse_second(tx: Transaction, leaver: Person) -> None:
    for before in tx.all(Departure, "person_id = :person AND withdrawn_on IS NULL", person=leaver.key):
        raise AlreadyFiled(person=leaver.name, number=before.number, day=before.wished_on)


def _add(tx: Transaction, desk: Desk, leaver: Person, said: Report, by: int) -> Departure:
    return tx.add(
        Departure(
            number=f"DP-{tx.next_id(Departure)}",
            person_id=leaver.key,
            filed_on=desk.today,
            filed_at=tx.now,
            filed_by_id=by,
            wished_on=said.last_day,
            reason=said.reason,
            is_on_probation=said.is_on_probation,
            is_dismissed=said.is_dismissed,
        )
    )
