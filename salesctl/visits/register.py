"""The register over a period: what stands in it, what the rule says of each outing, and what is due (A-1)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.people.actions import person
from salesctl.policy.timeline import Unset
from salesctl.record import Record
from salesctl.visits.outings import CAUSES, asked, companies, is_bound, stops_of
from salesctl.visits.rows import Incident, Outing, Visit
from salesctl.visits.rules import CHAPTER, closing_time, decider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

PERIOD = "outing_on >= :first AND outing_on <= :last AND (:person = 0 OR person_id = :person)"
FILE = N_("File {number} for {day} before {closing}: salesctl visit file {number}")
DECIDE = N_("{who}: absence proposed, {cause}; confirm or overrule {incident}")
STANDS = ("proposed", "confirmed")


class Line(Record):
    """One outing with its person, its companies in one line, its stops and its incident."""

    outing: Outing
    person: str
    companies: str
    stops: list[Visit]
    incident: Incident | None
    decider: str


def week_of(day: date) -> tuple[date, date]:
    """Monday to Sunday (K-7)."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def lines(view: Reading, first: date, last: date, of: str = "") -> list[Line]:
    """The outings of a period, everybody's or one person's, by day."""
    values = {"first": first, "last": last, "person": person(view, of).key if of else 0}
    chosen = f"outing_id IN (SELECT id FROM outing WHERE {PERIOD})"
    stops: dict[int, list[Visit]] = {}
    for stop in view.all(Visit, chosen, **values):
        stops.setdefault(stop.outing_id, []).append(stop)
    incidents = {incident.outing_id: incident for incident in view.all(Incident, chosen, **values)}
    people: dict[int | None, str] = dict(view.select("SELECT id, name FROM person"))
    found = []
    for one in view.all(Outing, f"{PERIOD} ORDER BY outing_on, id", **values):
        its, incident = stops.get(one.key, []), incidents.get(one.key)
        decider = people.get(incident.decided_by_id, "") if incident else ""
        found.append(Line(one, people[one.person_id], companies(view, its), its, incident, decider))
    return found


def absent_until(line: Line, desk: Desk) -> datetime | None:
    """When an absence that stands is over: at the return, or else at close of business, where it is set (AMB-A1-c)."""
    outing, incident = line.outing, line.incident
    if incident is None or incident.state not in STANDS or outing.left_at is None:
        return None
    if outing.returned_at or not desk.policy.on(outing.outing_on, CHAPTER).is_set("close_of_business"):
        return outing.returned_at
    closing, _basis = closing_time(outing.outing_on, policy=desk.policy)
    return datetime.combine(outing.outing_on, closing, desk.zone)


def by_cause(found: list[Line]) -> Counter[str]:
    """How many absences stand, by their cause."""
    return Counter(line.incident.cause for line in found if line.incident and line.incident.state in STANDS)


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """What the register wants on a day: entries for the next visits from home (T-1), absences to decide on (T-2)."""
    return [*_unfiled(view, desk, day), *_undecided(view, desk, day)]


def _unfiled(view: Reading, desk: Desk, day: date) -> Iterator[Due]:
    """T-1: planned visits from home whose entry is due on the day, or was due before and was still missing.

    What was filed or begun after that day counts as missing; what was filed in one step with its plan never was.
    """
    chosen = (
        "is_direct = :yes AND outing_on >= :day AND (left_at IS NULL OR left_at >= :end) "
        "AND (filed_at IS NULL OR (filed_at >= :end AND filed_at > recorded_at)) ORDER BY outing_on, id"
    )
    for outing in view.all(Outing, chosen, yes=True, day=day, end=desk.end_of(day)):
        before = desk.calendar.workday_before(outing.outing_on)
        if before > day or not is_bound(view, outing.person_id, outing.outing_on):
            continue
        if not desk.policy.binds("A-1.4", before):
            continue  # K-9
        closing = _closing(desk, before)
        is_over = before < day or (closing is not None and desk.now >= datetime.combine(before, closing, desk.zone))
        state = "overdue" if is_over else "due"
        facts = {
            "number": outing.number,
            "day": outing.outing_on,
            "closing": f"{closing:%H:%M}" if closing else N_("closing time (A.visits.close_of_business is not set)"),
        }
        yield Due("T-1", "A-1.4", outing.number, _who(view, outing), before, state, FILE, facts)


def _closing(desk: Desk, day: date) -> time | None:
    """Closing time on a day; none where the company has not set it: a reminder is given all the same."""
    try:
        return closing_time(day, policy=desk.policy)[0]
    except Unset:
        return None


def _undecided(view: Reading, desk: Desk, day: date) -> Iterator[Due]:
    """T-2: absences of the day, and of days before, that nobody had decided on by the end of the day."""
    open_then = "occurred_on <= :day AND (state = 'proposed' OR decided_at >= :end) ORDER BY occurred_on, id"
    for incident in view.all(Incident, open_then, day=day, end=desk.end_of(day)):
        outing = view.one(Outing, id=incident.outing_id)
        if incident.decided_at and asked(view, desk, outing, stops_of(view, outing)).value not in CAUSES:
            continue  # the decision itself opened it: nothing was proposed before
        facts = {"who": _who(view, outing), "cause": incident.cause, "incident": incident.number}
        needed = str(decider(on=day, policy=desk.policy).value)
        yield Due("T-2", incident.clause, outing.number, needed, incident.occurred_on, "due", DECIDE, facts)


def _who(view: Reading, outing: Outing) -> str:
    said: str = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=outing.person_id)
    return said
