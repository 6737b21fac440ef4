"""A director confirms an absence, or overrules the rule either way, with a reason (A-1.3, AMB-A1-a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.names import checked
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.deciding import decider
from salesctl.people.rules import Filed, may_decide
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import nfkc
from salesctl.visits import rules
from salesctl.visits.outings import CAUSES, Answer, asked, outing, propose, stops_of
from salesctl.visits.rows import Incident, Outing

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

INCIDENTS = Series(N_("incident"), "I", "salesctl visit list --incidents")

LONGEST_REASON = 500


class NoDuty(SalesctlError):
    """An absence where nothing had to be filed (K-9)."""

    code, status = "visit.no-duty", WRONG
    says = N_("{number} of {day} had no duty to be filed, so there is no absence to decide on (K-9).")
    hint = N_("`salesctl visit audit` shows which outings the article binds.")


class NoReason(SalesctlError):
    """A decision must say why."""

    code, status = "visit.no-reason", WRONG
    says = N_("A decision on an absence needs a reason.")
    hint = N_("Add --reason TEXT.")


class Decided(SalesctlError):
    """The decision stands already."""

    code, status = "visit.decided", WRONG
    says = N_("{number} is {state} already.")
    hint = N_("`salesctl visit overrule {number}` with --clear or --unclear changes a decision.")


class MayNotDecide(Refused):
    """Somebody who may not decide on this absence; the attempt is recorded."""

    code = "visit.may-not-decide"
    says = N_("{person} may not decide on {number}: {why} ({clauses}).")
    hint = N_("It takes the grade {grade} or a higher one, bound by regulation A, and not the person concerned.")


def confirm(desk: Desk, number: str, reason: str) -> Answer:
    """Confirm a proposed absence; it carries no money."""
    return _decide(desk, number, "confirmed", reason)


def overrule(desk: Desk, number: str, reason: str, *, is_clear: bool) -> Answer:
    """Call an entry clear that the rule calls unclear, or the other way; the outing's or the incident's number."""
    return _decide(desk, number, "overruled" if is_clear else "confirmed", reason, may_open=True)


def _decide(desk: Desk, number: str, state: str, reason: str, *, may_open: bool = False) -> Answer:
    who = desk.somebody
    if not reason.strip():
        raise NoReason
    reason = checked(reason, LONGEST_REASON)
    with desk.ledger.transaction(f"visit.{state}", desk) as tx:
        found, incident = _case(tx, number)
        stops = stops_of(tx, found)
        stands = asked(tx, desk, found, stops)
        if stands.value == "no_duty" and incident is None:
            raise NoDuty(number=found.number, day=found.outing_on)
        about = incident.number if incident else found.number
        needed, verdict = _verdict(tx, desk, found)
        if verdict.value == "granted":
            incident = _opened(tx, found, incident, state, str(stands.value), may_open=may_open)
            tx.amend(incident, state=state, decided_by_id=who.id, decided_at=tx.now, reason=reason.strip())
            about = incident.number
        tx.record(Outcome(verdict.value, unit="word", steps=(*needed.steps, *verdict.steps)), about=about)
    if verdict.value == "refused":
        why, clauses, grade = verdict.steps[-1].note, ", ".join(verdict.clauses), str(needed.value).replace("_", " ")
        raise MayNotDecide(person=who.name, number=about, why=why, clauses=clauses, grade=grade)
    return Answer(found, stops, incident, stands)


def _verdict(tx: Transaction, desk: Desk, found: Outing) -> tuple[Outcome, Outcome]:
    """The grade it takes, and whether whoever acts may decide on an outing."""
    needed = rules.decider(on=desk.today, policy=desk.policy)
    of, grade = Filed(found.person_id, None, is_new=False), str(needed.value)
    who = decider(tx, desk)
    return needed, may_decide(who, of, grade, clause="A-1.3", on=desk.today, policy=desk.policy)


def _opened(
    tx: Transaction, found: Outing, incident: Incident | None, state: str, stands: str, *, may_open: bool
) -> Incident:
    """The incident to decide on; an overruling may have to open one."""
    held = incident.state if incident else "overruled" if stands not in CAUSES else "proposed"
    if held == state or (not may_open and held != "proposed"):
        raise Decided(number=incident.number if incident else found.number, state=held if incident else N_("clear"))
    return incident or tx.add(propose(tx, found, stands if stands in CAUSES else "unclear"))


def _case(view: Reading, number: str) -> tuple[Outing, Incident | None]:
    """The outing and its incident, by the number of either."""
    wanted = nfkc(number).strip().upper()
    if not wanted.startswith("I-"):
        found = outing(view, wanted)
        return found, view.find(Incident, outing_id=found.key)
    incident = numbered(view, Incident, INCIDENTS, wanted)
    return view.one(Outing, id=incident.outing_id), incident
