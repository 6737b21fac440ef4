"""What a departure waits for: consent, handover, formalities, and what the law wants at its end (T-34, L-11)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.departures import facts
from salesctl.departures.actions import handing
from salesctl.departures.rows import Departure
from salesctl.desk import Due
from salesctl.errors import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salesctl.departures.facts import Facts
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

APPROVE = N_("{person} leaves on {last}: agree to it, or say why not; leaving does not wait for that (L-9)")
HAND_OVER = N_("{person} leaves on {last}; not handed over yet: {customers} customers, handovers open: {handovers}")
TAKES_PART = N_("{person} is {role} of {handover} and leaves on {last}: somebody else must be found")
FORMALITIES = N_("{person} leaves on {last}, everything is handed over: go through the formalities")
CLOSE = N_("the employment of {person} ended on {last}: salesctl departure close {number}")
CERTIFICATE = N_("{person} left on {last}: certificate at once, file and social insurance by {until}, handover or not")
LINE = """SELECT s.person_id, p.code || ' ' || p.name FROM standing s JOIN person p ON p.id = s.superior_id
    WHERE s.aspect = 'superior' AND s.person_id IN (SELECT person_id FROM departure)
    AND s.from_on <= :on AND (s.until_on IS NULL OR s.until_on >= :on) ORDER BY s.from_on"""
HR = "hr"


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """What the departures under way wait for on a day, whoever must act (T-34); L-11 counts from the last day."""
    rows = view.all(Departure, "filed_on <= :day AND (withdrawn_on IS NULL OR withdrawn_on > :day)", day=day)
    if not rows:
        return []
    superiors = dict(view.select(LINE, on=day))
    found: list[Due] = []
    for known in facts.gathered(view, rows, day):
        last = known.last_day(desk.policy)
        found += _steps(known, last, day, superiors.get(known.departure.person_id, "-"))
        found += _owed(known, last, day, desk)
    return found


def _steps(known: Facts, last: date, day: date, superior: str) -> Iterator[Due]:
    """What the regulation wants until the formalities are gone through."""
    one, is_complete = known.departure, known.completed_on is not None
    if (one.approved_on is None or one.approved_on > day) and day <= last:
        yield _due(known, last, day, superior, "approval", "E-8", APPROVE)
    if not is_complete:
        supervisors = dict.fromkeys(handed.supervisor for handed in known.giving if handed.state == "open")
        who = ", ".join((known.person, *(supervisors or (superior,))))
        yield _due(
            known, last, day, who, "handover", "E-18", HAND_OVER, customers=known.served, handovers=handing(known)
        )
    for role, handed in known.taking:
        who = superior if role != "receiver" else handed.supervisor
        more = {"role": role, "handover": handed.number}
        yield _due(known, last, day, who, f"{handed.number} {role}", "E-4b", TAKES_PART, **more)
    if is_complete and (one.formalities_on is None or one.formalities_on > day):
        yield _due(known, last, day, HR, "formalities", "E-4g", FORMALITIES)


def _owed(known: Facts, last: date, day: date, desk: Desk) -> Iterator[Due]:
    """What the end of the employment wants, whatever the handover (L-9, L-11)."""
    if day > last and (known.closed_on is None or known.closed_on > last + timedelta(days=1)):
        yield _due(known, last, day, HR, "end", "L-9", CLOSE, number=known.departure.number)
    papers, _basis = desk.policy.on(last, "L.leaving").schedule("papers")
    until = last + timedelta(days=papers["after"]["days"])
    if last <= day <= until:
        facts_of = {"person": known.person, "last": last, "until": until}
        yield Due("L-11", "L-11", known.departure.number, HR, until, "due", CERTIFICATE, facts_of)


def _due(  # noqa: PLR0913, PLR0917 - one line of the list
    known: Facts, last: date, day: date, who: str, period: str, clause: str, says: str, **more: object
) -> Due:
    said = {"person": known.person, "last": last, **more}
    state = "overdue" if day > last else "due"
    return Due("T-34", clause, known.departure.number, who, last, state, says, said, f"{last} {period}")
