"""How an outing is shown: its fields, its incident, and what is to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.show import form_of, show
from salesctl.console.view import Column, record
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.policy.calendar import PROVISIONAL
from salesctl.visits import entries
from salesctl.visits.outings import CAUSES, companies, deadline, state_of
from salesctl.visits.rules import decider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.visits.outings import Answer
    from salesctl.visits.register import Line
    from salesctl.visits.rows import Incident, Outing, Visit

WORDS = (
    *(N_("planned"), N_("registered"), N_("out"), N_("returned"), N_("office"), N_("home")),
    *(N_("valid"), N_("unclear"), N_("late"), N_("missing"), N_("no duty")),
    *(N_("proposed"), N_("confirmed"), N_("overruled"), N_("lapsed"), N_("granted"), N_("refused")),
)
OUTING = (
    Column("number", N_("number")),
    Column("person", N_("person")),
    Column("date", N_("day"), "day"),
    Column("companies", N_("companies")),
    Column("from", N_("starts from"), "word"),
    Column("state", N_("state"), "word"),
    Column("filed_at", N_("filed"), "moment"),
    Column("left_at", N_("left"), "moment"),
    Column("returned_at", N_("returned"), "moment"),
)
INCIDENT = (
    Column("incident", N_("incident")),
    Column("cause", N_("cause"), "word"),
    Column("decision", N_("decision"), "word"),
    Column("reason", N_("reason")),
)
DECIDED = (INCIDENT[0], INCIDENT[2], Column("decided_by", N_("decided by")), INCIDENT[3])
STANDING = Column("standing", N_("standing"), "word")
FILED = Column("filed_at", N_("filed"), "clock")
STATE = OUTING[5]
LIST = (  # what fits a screen; `--format json` of one outing has everything
    Column("number", N_("number")),
    Column("person", N_("person")),
    Column("date", N_("day"), "day"),
    Column("companies", N_("companies")),
    FILED,
    Column("left_at", N_("left"), "clock"),
)
RETURNED = Column("returned_at", N_("returned"), "clock")
UNTIL = Column("absent_until", N_("absent until"), "clock")


def heads(found: list[Line], desk: Desk) -> tuple[Column, ...]:
    """The columns of `LIST`; where an entry is of another day than its outing, entries show their day."""
    filed = [(line.outing.filed_at, line.outing.outing_on) for line in found if line.outing.filed_at]
    is_of_the_day = all(at.astimezone(desk.zone).date() == on for at, on in filed if at)
    return LIST if is_of_the_day else tuple(column.but(kind="moment") if column == FILED else column for column in LIST)


def listed(line: Line) -> tuple[object, ...]:
    """An outing as the columns of `LIST`."""
    outing = line.outing
    return outing.number, line.person, outing.outing_on, line.companies, outing.filed_at, outing.left_at


def decided(line: Line) -> tuple[object, ...]:
    """An incident as the columns of `DECIDED`."""
    incident = line.incident
    return (incident.number, incident.state, line.decider, incident.reason) if incident else (None,) * len(DECIDED)


def answered(desk: Desk, answer: Answer) -> None:
    """Show one outing after a step; the working where something is wrong, or where a program asks."""
    standing = answer.outcome.value if answer.outcome else None
    with desk.ledger.reading() as view:
        person = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=answer.outing.person_id)
        row = (*facts(answer.outing, person, companies(view, answer.stops)), standing, *decision(answer.incident))
        notes = [*_notes(view, desk, answer)]
    outcome = answer.outcome if standing in CAUSES or form_of(desk.form, desk.output) == "json" else None
    show(record((*OUTING, STANDING, *INCIDENT), row, *notes, outcome=outcome), desk)


def facts(outing: Outing, person: str, names: str) -> tuple[object, ...]:
    """An outing as the columns of `OUTING`."""
    start = "home" if outing.is_direct else "office"
    times = (outing.filed_at, outing.left_at, outing.returned_at)
    return (outing.number, person, outing.outing_on, names, start, state_of(outing), *times)


def decision(incident: Incident | None) -> tuple[object, ...]:
    """An incident as the columns of `INCIDENT`."""
    return (incident.number, incident.cause, incident.state, incident.reason) if incident else (None,) * len(INCIDENT)


def _notes(view: Reading, desk: Desk, answer: Answer) -> Iterator[str]:
    incident, outcome = answer.incident, answer.outcome
    is_open = incident is None or incident.state == "proposed"  # nobody has decided
    counts = is_open and (outcome is None or outcome.value in ("unclear", "late"))  # an unclear entry matters
    for stop in answer.stops:
        if stop.is_clear and stop.customer_id is None:
            yield _unknown(view, stop)
        elif counts and not stop.is_clear and not stop.is_added:
            yield _("{entry!r} names no company: it counts as not filled in (A-1.3).").format(entry=stop.entry)
    yield from _ahead(desk, answer, counts=counts)
    if outcome and any(step.note == PROVISIONAL for step in outcome.steps):
        yield _(PROVISIONAL)
    if incident and incident.decided_by_id:
        who = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=incident.decided_by_id)
        yield _("{number}: {state} by {person} (A-1.3, AMB-A1-a).").format(
            number=incident.number, state=_(incident.state), person=who
        )
    if incident and incident.state == "proposed":
        yield _(
            "{number}: an absence is proposed ({cause}, A-1.3, 0.00 yuan); {grade} or a higher grade decides on it."
        ).format(number=incident.number, cause=_(incident.cause), grade=_(_grade(desk, incident)))


def _ahead(desk: Desk, answer: Answer, *, counts: bool) -> Iterator[str]:
    """What is still to be done before an outing that has not left."""
    outing = answer.outing
    if outing.left_at or outing.outing_on < desk.today:
        return
    if counts and not any(stop.is_clear for stop in answer.stops):
        text = _("Name the company: salesctl visit add-stop CUSTOMER --outing {number}")
        if not outing.is_direct:
            text = _("Before leaving, name the company: salesctl visit add-stop CUSTOMER --outing {number}")
        yield text.format(number=outing.number)
    until = deadline(desk, outing.outing_on) if outing.is_direct and not outing.filed_at else None
    if until and until.is_past(desk.now.astimezone(desk.zone)):
        yield _("{number} was to be filed before {closing} of {due}: an entry filed now is late (A-1.4).").format(
            number=outing.number, closing=_(until.said), due=until.day
        )


def _grade(desk: Desk, incident: Incident) -> str:
    needed = decider(on=max(desk.today, incident.occurred_on), policy=desk.policy)
    return str(needed.value).replace("_", " ")


def _unknown(view: Reading, stop: Visit) -> str:
    near = entries.near(view, stop.entry)
    says = _("{entry!r} is not in the customer register.").format(entry=stop.entry)
    return f"{says} {_('Did you mean: {candidates}?').format(candidates=near)}" if near else says
