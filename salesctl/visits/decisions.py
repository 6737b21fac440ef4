"""A director confirms an absence, or overrules the rule either way, with a reason (A-1.3, AMB-A1-a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Refused, SalesctlError, Unknown
from salesctl.people.actions import standing
from salesctl.visits import rules
from salesctl.visits.outings import CAUSES, Answer, asked, outing, propose, stops_of
from salesctl.visits.rows import Incident, Outing

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction


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
    """The acting person's grade is too low, or the case is their own."""

    code = "visit.may-not-decide"
    says = N_("Refused: {person} may not decide on {number}; nobody decides on their own outing (A-1.3, K-12).")
    hint = N_("An account director or the general manager decides, if it is not their own outing.")


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
    with desk.ledger.transaction(f"visit.{state}", desk) as tx:
        found, incident = _case(tx, number)
        stops = stops_of(tx, found)
        stands = asked(tx, desk, found, stops)
        about = incident.number if incident else found.number
        verdict = rules.may_decide(standing(tx, who.id, "grade", desk.today), found.person_id == who.id)
        if verdict.value == "granted":
            incident = _opened(tx, found, incident, state, str(stands.value), may_open=may_open)
            tx.amend(incident, state=state, decided_by_id=who.id, decided_at=tx.now, reason=reason.strip())
            about = incident.number
        tx.record(verdict, about=about)
    if verdict.value == "refused":
        raise MayNotDecide(person=who.name, number=about)
    return Answer(found, stops, incident, stands)


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
    wanted = number.strip().upper()
    if not wanted.startswith("I-"):
        found = outing(view, wanted)
        return found, view.find(Incident, outing_id=found.key)
    incident = view.find(Incident, number=wanted)
    if incident is None:
        newest = ", ".join(one for (one,) in view.select("SELECT number FROM incident ORDER BY id DESC LIMIT 5"))
        raise Unknown(what=N_("incident"), value=number, candidates=newest, listing="salesctl visit list --incidents")
    return view.one(Outing, id=incident.outing_id), incident
