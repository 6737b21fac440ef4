"""The register over a period: what stands in it, what the rule says of each outing, and what is due (A-1)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.people.actions import person
from salesctl.record import Record
from salesctl.visits.outings import CAUSES, asked, companies, deadline, is_bound, state_of, stops_of
from salesctl.visits.rows import Incident, Outing, Visit
from salesctl.visits.rules import CHAPTER, closing_time, decider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

PERIOD = "outing_on >= :first AND outing_on <= :last AND (:person = 0 OR person_id = :person)"
FILE = N_("File {number} for {day} before {closing} of {due}: salesctl visit file {number}")
MISSING = N_("{number} for {day} was to be filed before {closing} of {due}: salesctl visit file {number}")
DECIDE = N_("{who}: absence proposed, {cause}; confirm or overrule {incident}")
STANDS = ("confirmed", "proposed")


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


def stands(view: Reading, desk: Desk, line: Line) -> str:
    """The rule's answer on an outing; a planned visit is not missing before its entry is due (A-1.4)."""
    outing = line.outing
    if outing.is_direct and state_of(outing) == "planned" and is_bound(view, outing.person_id, outing.outing_on):
        until = deadline(desk, outing.outing_on)
        if until:
            return "missing" if until.is_past(desk.now.astimezone(desk.zone)) else "planned"
    return str(asked(view, desk, outing, line.stops).value)


def by_cause(found: list[Line], answers: list[str]) -> dict[str, Counter[str]]:
    """How many absences are confirmed and how many proposed, by their cause; what never was filed is proposed too."""
    counted: dict[str, Counter[str]] = {state: Counter() for state in STANDS}
    for line, answer in zip(found, answers, strict=True):
        if line.incident is None:
            counted["proposed"].update(["missing"] if answer == "missing" else [])
        elif line.incident.state in STANDS:
            counted[line.incident.state][line.incident.cause] += 1
    return counted


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """What the register wants on a day: entries for the next visits from home (T-1), absences to decide on (T-2)."""
    return [*_unfiled(view, desk, day), *_undecided(view, desk, day)]


def _unfiled(view: Reading, desk: Desk, day: date) -> Iterator[Due]:
    """T-1: planned visits from home whose entry is due on the day, or was due before and was still missing.

    They stay until somebody files them late or decides on them. What was filed or begun after that day counts as
    missing; what was filed in one step with its plan never was.
    """
    chosen = (
        "is_direct = :yes AND (left_at IS NULL OR left_at >= :end) AND recorded_at < :end "
        "AND (filed_at IS NULL OR (filed_at >= :end AND filed_at > recorded_at)) "
        "AND NOT EXISTS (SELECT 1 FROM incident WHERE outing_id = outing.id AND decided_at < :end) "
        "ORDER BY outing_on, id"
    )
    for outing in view.all(Outing, chosen, yes=True, end=desk.end_of(day)):
        until = deadline(desk, outing.outing_on)
        if until is None or until.day > day or not is_bound(view, outing.person_id, outing.outing_on):
            continue
        is_over = until.day < day or until.is_past(desk.now.astimezone(desk.zone))
        facts = {"number": outing.number, "day": outing.outing_on, "closing": until.said, "due": until.day}
        state, says = ("overdue", MISSING) if is_over else ("due", FILE)
        yield Due("T-1", "A-1.4", outing.number, _who(view, outing), until.day, state, says, facts)


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
