"""How a customer is won: targets, visits, means of contact, scripts (B-5 to B-9); pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, Invalid
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.schedule import nth_workday
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

CHAPTER, SCRIPTS = "B.development", "B.scripts"
PERSON = "personal_information"
WORDS = (
    *(N_("qualified"), N_("ruled out"), N_("allowed"), N_("refused"), N_("proposal"), N_("tracking")),
    *(N_("yes"), N_("no"), N_("unknown"), N_("fax without person"), N_("fax with person"), N_("answering")),
    *(N_("appointment"), N_("director"), N_("face to face"), N_("telephone manner"), N_("appointment manner")),
    *(N_("call notes"), N_("expert"), N_("fax"), N_("fax to person"), N_("call received")),
    *(N_("call for appointment"), N_("our company"), N_("our name"), N_("title"), N_("material subject")),
    *(N_("customer plan"), N_("day"), N_("customer project"), N_("corporate image"), N_("product packaging")),
    *(N_("company film"), N_("product commercial"), N_("corporate culture"), N_("visual identity")),
    *(N_("next workdays"), N_("film advertising"), N_("tomorrow morning"), N_("day after tomorrow")),
    *(N_("calendar days")),
)


class Question(Record):
    """A question of the customer's, and our answer where we know it."""

    text: str
    answer: str = ""


def qualification(yes: list[str], no: list[str], *, on: date, policy: Policy) -> Outcome:
    """Whether a company is a target customer (B-5.1): `qualified`, or `ruled_out` once one answer is no.

    Args:
        yes, no: the names of the criteria answered so; what is in neither is unknown and rules nobody out.
        on: the day of the analysis.
        policy: the packs; `B.development.target`.

    Raises:
        Unknown: there is no such criterion.
        Invalid: a criterion is answered both ways.
    """
    criteria = policy.on(on, CHAPTER).checklist("target")
    criteria.missing([*yes, *no])  # refuses names that are not on the list
    if both := sorted(set(yes) & set(no)):
        raise Invalid(value=both[0], what=N_("a criterion with one answer"), example=f"yes={both[0]}")
    outcome = Outcome("ruled_out" if no else "qualified", unit="word")
    for item in criteria.items:
        said = "yes" if item.name in yes else "no" if item.name in no else "unknown"
        note = N_("it stays an open question") if said == "unknown" else ""
        outcome = outcome.step(item.text["en"], said, "word", item.basis, note=note)
    return outcome


def visit(known: list[str], *, on: date, policy: Policy) -> Outcome:
    """Whether a face-to-face visit may be confirmed (B-5.3): `allowed`, or `refused` while a block is empty.

    Args:
        known: the names of the blocks that are filled.
        on: the day the visit is confirmed.
        policy: the packs; `B.development.information`.

    Raises:
        Unknown: there is no such block.
    """
    blocks = policy.on(on, CHAPTER).checklist("information").missing(known)
    outcome = Outcome("refused" if blocks.value else "allowed", unit="word", steps=blocks.steps)
    return _warned(outcome, "L-17") if PERSON in known else outcome


def means(is_urgent: bool, is_informed: bool) -> Outcome:  # noqa: FBT001 - two facts, not switches
    """By which means a customer is followed after a face-to-face talk (B-5.5a, B-5.5b, B-5.0).

    Args:
        is_urgent: whether they have an urgent need in the near term.
        is_informed: whether the talk gave the information we need, the person who decides among it.

    Returns:
        `proposal` for an urgent need, `tracking` where information is lacking; both may be called for. Where neither
        is, contact is kept: `tracking`.
    """
    found = ["proposal"] if is_urgent else []
    found += ["tracking"] if not (is_informed and is_urgent) else []
    outcome = Outcome(found, unit="word").step(N_("urgent need"), is_urgent, "word", Basis("", "B-5.5a"))
    outcome = outcome.step(N_("enough information"), is_informed, "word", Basis("", "B-5.5b"))
    if is_informed and not is_urgent:
        outcome = outcome.step(N_("contact is kept"), True, "word", Basis("", "B-5.0"), note=N_("until we cooperate"))
    return outcome


def tracking(
    next_contact: date | None, decision_maker: str, is_profiled: bool, *, on: date, policy: Policy  # noqa: FBT001
) -> Outcome:  # fmt: skip
    """What the tracking of a customer lacks (B-5.5b, B-5.5c).

    Args:
        next_contact: the day of the next contact; a day that is past does not count, `on` itself does.
        decision_maker: who decides on the project, as far as it is known.
        is_profiled: whether a profile of the person in charge is kept; L-14 and L-17 are named with it.
        on: the day asked about.
        policy: the packs; `B.development.tracking`.

    Returns:
        The names of the hard items that are missing.
    """
    there = {
        "next_contact": next_contact is not None and next_contact >= on,
        "decision_maker": bool(decision_maker.strip()),
        "profile": is_profiled,
    }
    kept = [name for name, is_there in there.items() if is_there]
    outcome = policy.on(on, CHAPTER).checklist("tracking").missing(kept)
    return _warned(outcome, "L-14", "L-17") if is_profiled else outcome


def script(situation: str, person: str = "", *, on: date, policy: Policy) -> Outcome:
    """Which script fits a situation (B-6.0 to B-6.2, B-7.0, B-8, B-9).

    Args:
        situation: `fax`, `call_received`, `call_for_appointment` or `face_to_face`.
        person: whom we know to be in charge, if anybody; a fax to them reads differently.
        on: the day.
        policy: the packs; `B.scripts.situations`.

    Returns:
        Names of checklists of `B.scripts`: what the text carries, the manner, what is to be noted.

    Raises:
        Unknown: there is no script for that situation.
    """
    row = "fax_to_person" if situation == "fax" and person.strip() else situation
    chapter = policy.on(on, SCRIPTS)
    found, basis = chapter.row("situations", row)
    steps = [Step(N_("situation"), row, "word", (basis,))]
    for name in found:
        items = chapter.checklist(name).items
        steps.append(Step(name.replace("_", " "), len(items), "count", tuple(item.basis for item in items[:1])))
    return Outcome(found, unit="word", steps=steps)


def passed_on(questions: list[Question], *, on: date, policy: Policy) -> Outcome:
    """Which of a caller's questions go to a director or an expert (B-7.4).

    Args:
        questions: all that were written down; one without our answer is passed on.
        on: the day of the call.
        policy: the packs; `B.scripts.answerers`.

    Returns:
        The texts of these questions, in the order they were asked.
    """
    answerers, basis = policy.on(on, SCRIPTS).items("answerers")
    asked = [question.text for question in questions if not question.answer.strip()]
    outcome = Outcome(asked).step(N_("questions"), len(questions), "count", basis)
    for who in answerers if asked else ():
        outcome = outcome.step(N_("answered by"), who, "word", basis)
    return outcome


def offered_day(called_on: date, refused: int, *, policy: Policy, calendar: Calendar) -> Outcome:
    """Which day we offer on the telephone after so many refusals (B-8).

    Args:
        called_on: the day of the call.
        refused: how often the customer has put us off in this call; before that we only ask for a time.
        policy: the packs; `B.scripts.offers`, and `B.scripts.offered_days`: the next workdays, make-up days included.
        calendar: the working days.

    Returns:
        A day; none before the first refusal, and none after the last offer, when the customer names one.

    Raises:
        Invalid: fewer than no refusals.
        NoCalendar: a year's working days are not known.
    """
    if refused < 0:
        raise Invalid(value=refused, what=N_("a number of refusals"), example="1")
    chapter = policy.on(called_on, SCRIPTS)
    (offers, basis), (counted, days) = chapter.items("offers"), chapter.text("offered_days")
    asked = Step(N_("called on"), called_on, "day"), Step(N_("refused so far"), refused, "count", (basis,))
    if not 0 < refused <= len(offers):
        note = N_("the customer names a day") if refused else N_("ask for a time first")
        return Outcome(None, unit="day", steps=(*asked, Step(N_("offered"), None, "day", (basis,), note)))
    is_worked = counted == "next_workdays"
    day = nth_workday(called_on, refused, calendar) if is_worked else called_on + timedelta(days=refused)
    steps = (
        *asked,
        Step(N_("offer"), offers[refused - 1], "word", (basis,)),
        Step(N_("days counted"), counted, "word", (days,)),
    )
    note = calendar.note(day) if is_worked else ""
    return Outcome(day, unit="day", steps=(*steps, Step(N_("offered"), day, "day", (basis, days), note)))


def _warned(outcome: Outcome, *warnings: str) -> Outcome:
    """The same answer with what the law has to say about a person's data."""
    notes = {
        "L-14": N_("a gift or commission to a person at the customer can be commercial bribery"),
        "L-17": N_("data about a person need a purpose and consent; keep few"),
    }
    for warning in warnings:
        outcome = outcome.step(N_("legal warning"), warning, "text", Basis("", warning), note=notes[warning])
    return outcome
