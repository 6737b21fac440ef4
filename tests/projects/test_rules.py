"""An agency's project as properties: people, reviews, promises, stages and the prepayment (B-1 to B-4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, dates, integers, lists, sampled_from, text, tuples

from salesctl.policy.calendar import PROVISIONAL, Calendar
from salesctl.policy.outcome import Outcome
from salesctl.policy.policy import Policy, shipped
from salesctl.projects.facts import Attendee, Consent, Contract, Member, Override, Receipt, Seat, Task
from salesctl.projects.rules import (
    open_stages,
    payment_terms,
    pitch_team,
    promised_day,
    recording,
    review,
    service_group,
    start_of_work,
    work_schedule,
)
from salesctl.rulebook.rules import missing

JULY = date(2012, 7, 2)
POLICY = Policy(shipped())
CALENDAR = Calendar()
ROLES = ("creative_director", "design_director", "account_director", "film_director")
NAMES = ("Lin", "He", "Xu", "Gao", "Wei")
fen = integers(0, 10**13)
NOTHING = Override()


def starts(contract: Contract, *receipts: Receipt, override: Override = NOTHING) -> Outcome:
    return start_of_work(contract, list(receipts), override, on=JULY, policy=POLICY)


@given(total=fen, received=fen)
def test_work_starts_from_exactly_half_on(total: int, received: int) -> None:
    """B-4.2d: what exact fractions say, no percentage rounded."""
    outcome = starts(Contract(total, JULY), Receipt(JULY, received))
    assert (outcome.value == "allowed") == (Fraction(received) >= Fraction(total, 2))
    assert not [step for step in outcome.steps if step.unit == "grade"], "an override nobody asked for"


@given(total=integers(1, 10**13), data=lists(integers(0, 10**6), max_size=5))
def test_one_fen_decides_however_the_money_comes(total: int, data: list[int]) -> None:
    """B-4.2d, K-3: half is rounded up; many receipts are as good as one."""
    needed = (total + 1) // 2
    parts = [min(part, needed // 6) for part in data]
    rest = needed - sum(parts)
    receipts = [Receipt(JULY, part) for part in parts]
    assert starts(Contract(total, JULY), *receipts, Receipt(JULY, rest)).value == "allowed"
    assert starts(Contract(total, JULY), *receipts, Receipt(JULY, rest - 1)).value == "blocked"


@given(signed=integers(-5, 5), received=integers(-5, 5), is_credited=booleans())
def test_money_counts_from_the_signature_to_today(signed: int, received: int, *, is_credited: bool) -> None:
    """AMB-B-b: days as plain numbers from the day of the start."""
    contract = Contract(200, JULY + timedelta(days=signed))
    outcome = starts(contract, Receipt(JULY + timedelta(days=received), 100, is_credited))
    counts = received <= 0 and (received >= signed or is_credited)
    assert (outcome.value == "allowed") == (signed <= 0 and counts)
    assert {step.name: step.value for step in outcome.steps}["received so far"] == (100 if counts else 0)


@given(grade=sampled_from(["", "account_manager", "account_director", "general_manager", "board"]), reason=text())
def test_only_two_grades_may_start_with_less_and_only_with_a_reason(grade: str, reason: str) -> None:
    """AMB-B-a, X-2; never where the contract is not signed (B-4.2b)."""
    override = Override(grade, reason)
    may = grade in ("account_director", "general_manager") and reason.strip() != ""
    outcome = starts(Contract(200, JULY), Receipt(JULY, 99), override=override)
    assert outcome.value == ("allowed" if may else "blocked")
    assert ("X-2" in outcome.clauses) == may
    assert starts(Contract(200), Receipt(JULY, 200), override=override).value == "blocked"
    assert "X-2" not in starts(Contract(200, JULY), Receipt(JULY, 100), override=override).clauses


@given(total=fen, prepaid=fen)
def test_terms_are_a_deviation_exactly_where_their_payment_would_not_open_the_work(total: int, prepaid: int) -> None:
    """X-2: one threshold for both."""
    papers = payment_terms(total, prepaid, on=JULY, policy=POLICY).value
    is_enough = starts(Contract(total, JULY), Receipt(JULY, prepaid)).value == "allowed"
    assert papers == ([] if is_enough else ["payment_term_application", "prepayment_override"])


@given(attendees=lists(tuples(sampled_from(NAMES), booleans())))
def test_a_team_is_counted_by_distinct_people_of_ours(attendees: list[tuple[str, bool]]) -> None:
    """B-2.7, AMB-B-d."""
    listed = [Attendee(person, is_ours) for person, is_ours in attendees]
    ours = [name for name in NAMES if (name, True) in attendees]
    assert (pitch_team(listed, on=JULY, policy=POLICY).value == "allowed") == (len(ours) >= 3)
    for name in NAMES:
        answer = pitch_team(listed, name, on=JULY, policy=POLICY).value
        assert (answer == "allowed") == (len(ours) >= 3 and name in ours)


@pytest.mark.parametrize("again", ["lin", " Lin ", "LIN"])
def test_one_person_written_in_two_ways_is_one_person(again: str) -> None:
    """AMB-B-d: a second spelling brings nobody."""
    listed = [Attendee("Lin", is_ours=True), Attendee("He", is_ours=True), Attendee(again, is_ours=True)]
    assert pitch_team(listed, on=JULY, policy=POLICY).value == "blocked"
    assert pitch_team([*listed, Attendee("Xu", is_ours=True)], again, on=JULY, policy=POLICY).value == "allowed"


@given(seats=lists(tuples(sampled_from([*ROLES, "designer"]), sampled_from(["", " ", "Lin", "He"]), booleans())))
@pytest.mark.parametrize("stage", ["pitch", "execution"])
def test_a_review_holds_when_every_role_is_there_or_excused(stage: str, seats: list[tuple[str, str, bool]]) -> None:
    """B-2.4, B-4.5, AMB-B-e: somebody comes, and nobody is missing without a word."""
    listed = [Seat(role, person, "ill" if is_excused else "") for role, person, is_excused in seats]
    answered = {role for role, person, is_excused in seats if person.strip() or is_excused}
    present = {role for role, person, _is_excused in seats if person.strip()}
    holds = answered >= set(ROLES) and bool(present & set(ROLES))
    assert review(stage, listed, on=JULY, policy=POLICY).value == ("allowed" if holds else "refused")


@given(members=lists(tuples(sampled_from(["", *NAMES]), sampled_from(["production", "creation", "sales"]))))
def test_a_group_has_somebody_of_each_department(members: list[tuple[str, str]]) -> None:
    """B-2.0."""
    outcome = service_group([Member(*member) for member in members], on=JULY, policy=POLICY)
    named = {department for person, department in members if person}
    assert outcome.value == ("allowed" if {"production", "creation"} <= named else "blocked")


@given(owners=lists(sampled_from(["", " ", "Lin"]), max_size=5), is_dated=booleans())
def test_a_schedule_holds_when_every_task_has_its_owner(owners: list[str], *, is_dated: bool) -> None:
    """B-2.3: the day of a task decides nothing."""
    tasks = [Task(f"task {n}", owner, JULY if is_dated else None) for n, owner in enumerate(owners)]
    holds = owners != [] and set(owners) == {"Lin"}
    assert work_schedule(tasks).value == ("allowed" if holds else "blocked")


@given(agreed=dates(date(2012, 1, 1), date(2015, 12, 31)), workdays=integers(1, 60))
def test_as_many_workdays_lie_after_the_promise_as_were_promised(agreed: date, workdays: int) -> None:
    """B-1.7, B-3.4, AMB-B-f: counted one by one from the day after."""
    due = promised_day(agreed, workdays, calendar=CALENDAR).value
    assert isinstance(due, date)
    after = [agreed + timedelta(days=n) for n in range(1, (due - agreed).days + 1)]
    assert [CALENDAR.is_workday(day) for day in after].count(True) == workdays
    assert CALENDAR.is_workday(due)


def test_a_promise_into_a_year_not_yet_announced_is_provisional() -> None:
    """K-6: the note goes with the day, not with the promise."""
    eve = date(CALENDAR.last_announced, 12, 31)
    assert promised_day(eve - timedelta(days=20), 1, calendar=CALENDAR).steps[-1].note == ""
    assert promised_day(eve, 1, calendar=CALENDAR).steps[-1].note == PROVISIONAL


@given(done=lists(sampled_from(["step_after_meeting", "final_draft", "pitch_appointment", "step_after_pitch"])))
def test_stages_open_one_after_the_other_and_never_close(done: list[str]) -> None:
    """AMB-B-h: the order of what is done does not matter, more of it closes nothing, nothing is skipped."""
    stages = ["first_meeting", "service_group", "pitch", "execution"]
    opened = open_stages(done, on=JULY, policy=POLICY).value
    assert isinstance(opened, list)
    assert opened == stages[: len(opened)]
    reached = 1
    for needs in ({"step_after_meeting"}, {"final_draft", "pitch_appointment"}, {"step_after_pitch"}):
        if not needs <= set(done):
            break
        reached += 1
    assert len(opened) == reached


@given(consent=integers(-3, 3), is_given=booleans(), by=sampled_from(["", " ", "Wei"]))
def test_nothing_is_recorded_without_a_consent_that_came_first(consent: int, by: str, *, is_given: bool) -> None:
    """B-1.2c: at the very moment is early enough (K-13)."""
    begins = datetime(2012, 7, 2, 10, tzinfo=timezone(timedelta(hours=8)))
    outcome = recording(Consent(is_given, by, begins + timedelta(seconds=consent)), begins)
    assert (outcome.value == "allowed") == (is_given and by == "Wei" and consent <= 0)
    assert "L-17" in outcome.clauses
    assert recording(Consent(is_given, by), begins).value == "refused"


@pytest.mark.parametrize("checklist", ["B.meeting.course", "B.pitch.course", "B.group.final_draft", "B.execution.work"])
def test_a_course_is_whole_in_one_order_only(checklist: str) -> None:
    """B-1.2b, B-2.5, B-3.1 to B-3.3, B-4.3a: of all orders the regulation's alone misses nothing."""
    version = POLICY.entry(checklist)["version"][0]
    names = [item["name"] for item in version["items"]]
    whole = [list(order) for order in permutations(names) if not asked(checklist, list(order))]
    assert whole == [names]


@pytest.mark.parametrize("checklist", ["B.execution.pitch", "B.execution.task_notice", "B.meeting.closing"])
def test_where_no_order_is_stated_none_counts(checklist: str) -> None:
    """B-1.7, B-4.2c, B-4.8."""
    names = [item["name"] for item in POLICY.entry(checklist)["version"][0]["items"]]
    assert asked(checklist, names[::-1]) == []
    hard = [item["name"] for item in POLICY.entry(checklist)["version"][0]["items"] if item.get("need") != "soft"]
    for name in names:
        assert asked(checklist, [other for other in names if other != name]) == ([name] if name in hard else [])


def asked(checklist: str, done: list[str]) -> object:
    return missing(checklist, done, on=JULY, policy=POLICY).value
