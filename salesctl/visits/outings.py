"""An outing as the ledger holds it, and the rules of A-1 asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.actions import is_enrolled, standing
from salesctl.policy.outcome import Outcome
from salesctl.policy.timeline import Unset
from salesctl.record import Record
from salesctl.visits import rules
from salesctl.visits.rows import Incident, Outing, Visit

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

OUTINGS = Series(N_("outing"), "V", "salesctl visit list")
CAUSES = ("unclear", "late", "missing")


class NotYours(SalesctlError):
    """Somebody else's outing."""

    code, status = "visit.not-yours", WRONG
    says = N_("{number} is the outing of {person}; everybody keeps their own entries.")
    hint = N_("Ask {person} to do it, or name an outing of your own.")


class Deadline(Record):
    """Until when the entry of a visit from home is due; no closing time where the company has set none (A-1.4)."""

    day: date
    closing: time | None

    def is_past(self, at: datetime) -> bool:
        """Whether an entry at a moment, told in the ledger's zone, is late (K-13)."""
        if self.closing is None or at.date() != self.day:
            return at.date() > self.day
        return at.time() >= self.closing

    @property
    def said(self) -> str:
        """The closing time, or why there is none."""
        return f"{self.closing:%H:%M}" if self.closing else N_("closing time (A.visits.close_of_business is not set)")


class Answer(Record):
    """An outing as it stands after a step."""

    outing: Outing
    stops: list[Visit]
    incident: Incident | None
    outcome: Outcome | None = None


def judge(tx: Transaction, desk: Desk, outing: Outing, stops: list[Visit]) -> Answer:
    """Ask the rule, and propose an absence where it says so: on departure, or once the entry is late (A-1.3)."""
    outcome = tx.record(asked(tx, desk, outing, stops), about=outing.number)
    cause = str(outcome.value)
    incident = tx.find(Incident, outing_id=outing.key)
    if cause not in CAUSES:
        if incident and incident.state == "proposed":
            tx.amend(incident, state="lapsed")
    elif incident is None and (outing.left_at or cause == "late" or _is_written_after(outing, desk)):
        incident = tx.add(propose(tx, outing, cause))
    elif incident and incident.state == "proposed" and incident.cause != cause:
        tx.amend(incident, cause=cause)
    return Answer(outing, stops, incident, outcome)


def _is_written_after(outing: Outing, desk: Desk) -> bool:
    """Whether the entry was only written when the day of the outing was over."""
    return outing.filed_at is not None and outing.filed_at.astimezone(desk.zone).date() > outing.outing_on


def propose(tx: Transaction, outing: Outing, cause: str) -> Incident:
    """An absence for a director to decide on; it carries no money (A-1.3)."""
    return Incident(
        number=f"I-{tx.next_id(Incident)}",
        outing_id=outing.key,
        person_id=outing.person_id,
        clause="A-1.3",
        cause=cause,
        occurred_on=outing.outing_on,
    )


def outing(view: Reading, number: str) -> Outing:
    """The outing of that number; `12` is `V-12`."""
    return numbered(view, Outing, OUTINGS, number)


def own(view: Reading, desk: Desk, number: str) -> Outing:
    """The acting person's outing of that number."""
    found = outing(view, number)
    if found.person_id != desk.somebody.id:
        person = view.value("SELECT name FROM person WHERE id = :id", id=found.person_id)
        raise NotYours(number=found.number, person=person)
    return found


def stops_of(view: Reading, outing: Outing) -> list[Visit]:
    """An outing's stops, in the order they were written."""
    return view.all(Visit, "outing_id = :outing", outing=outing.key)


def state_of(outing: Outing) -> str:
    """Where an outing stands (SM-1): planned, registered, out, returned."""
    if outing.returned_at:
        return "returned"
    if outing.left_at:
        return "out"
    return "registered" if outing.filed_at else "planned"


def companies(view: Reading, stops: list[Visit]) -> str:
    """The companies of an outing in one line: by their names in the register, else as written."""
    wanted = {stop.customer_id for stop in stops if stop.customer_id}
    known: dict[int | None, str] = {
        one: view.value("SELECT name FROM customer WHERE id = :id", id=one) for one in wanted
    }
    return "; ".join(known.get(stop.customer_id, stop.entry) for stop in stops)


def asked(view: Reading, desk: Desk, outing: Outing, stops: list[Visit]) -> Outcome:
    """How an outing stands, by the rule that binds it; the rule reaches account managers under A alone (AMB-A1-g)."""
    on, policy = outing.outing_on, desk.policy
    if not is_bound(view, outing.person_id, on):
        step = (N_("account manager under regulation A"), False, "word", rules.MANAGERS_ONLY)
        return Outcome("no_duty", unit="word").step(*step)
    written = [stop for stop in stops if not stop.is_added]
    filed = outing.filed_at.astimezone(desk.zone) if outing.filed_at else None
    named = min((stop.added_at for stop in written if stop.is_clear), default=None)
    named_at = max(named.astimezone(desk.zone), filed) if named and filed else None
    if outing.is_direct:
        stands = rules.direct_standing(filed, named_at, on=on, policy=policy, calendar=desk.calendar)
    else:
        left = outing.left_at.astimezone(desk.zone) if outing.left_at else None
        stands = rules.standing(filed, named_at, left, on=on, policy=policy)
    read = [rules.clarity(stop.entry, stop.customer_id is not None, on=on, policy=policy).steps for stop in written]
    return Outcome(stands.value, unit="word", steps=[*(step for steps in read for step in steps), *stands.steps])


def deadline(desk: Desk, on: date) -> Deadline | None:
    """Until when the entry of a visit from home is due; none where that lies before A-1.4 took effect (K-9)."""
    due = desk.calendar.workday_before(on)
    if not desk.policy.binds("A-1.4", due):
        return None
    try:
        return Deadline(due, rules.closing_time(due, policy=desk.policy)[0])
    except Unset:
        return Deadline(due, None)


def is_bound(view: Reading, person_id: int, on: date) -> bool:
    """Whether article A-1 binds a person on a day."""
    return standing(view, person_id, "grade", on) == "account_manager" and is_enrolled(view, person_id, "A", on)
