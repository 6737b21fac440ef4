"""Winning customers as properties: targets, visits, means of contact, scripts and offered days (B-5 to B-9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, dates, integers, lists, none, sampled_from, sets

from salesctl.errors import Invalid, Unknown
from salesctl.leads.rules import Question, means, offered_day, passed_on, qualification, script, tracking, visit
from salesctl.policy.calendar import PROVISIONAL, Calendar
from salesctl.policy.policy import Policy, shipped
from salesctl.rulebook.rules import missing

JULY = date(2012, 7, 2)
POLICY = Policy(shipped())
CALENDAR = Calendar()
CRITERIA = ("positioning", "potential_size", "belief_in_design")
BLOCKS = ("company_information", "project_information", "personal_information")
SCRIPTS = ("fax_without_person", "fax_with_person", "answering", "appointment", "face_to_face")


@given(yes=sets(sampled_from(CRITERIA)), no=sets(sampled_from(CRITERIA)))
def test_a_target_has_no_criterion_answered_no(yes: set[str], no: set[str]) -> None:
    """B-5.1: what is unknown rules nobody out; one criterion has one answer."""
    if yes & no:
        with pytest.raises(Invalid):
            qualification(sorted(yes), sorted(no), on=JULY, policy=POLICY)
        return
    outcome = qualification(sorted(yes), sorted(no), on=JULY, policy=POLICY)
    assert outcome.value == ("qualified" if len(no) == 0 else "ruled_out")
    answers = [step.value for step in outcome.steps]
    assert (answers.count("yes"), answers.count("no")) == (len(yes), len(no))
    assert answers.count("unknown") == len(CRITERIA) - len(yes) - len(no)


@given(known=sets(sampled_from(BLOCKS)))
def test_a_visit_waits_for_all_three_blocks(known: set[str]) -> None:
    """B-5.3; whoever keeps a person's data is warned (L-17)."""
    outcome = visit(sorted(known), on=JULY, policy=POLICY)
    assert outcome.value == ("allowed" if len(known) == 3 else "refused")
    assert ("L-17" in outcome.clauses) == ("personal_information" in known)


@pytest.mark.parametrize("is_informed", [True, False])
@pytest.mark.parametrize("is_urgent", [True, False])
def test_there_is_always_a_means(is_urgent: bool, is_informed: bool) -> None:
    """B-5.0, B-5.5a, B-5.5b: nobody is dropped after a talk."""
    outcome = means(is_urgent, is_informed)
    found = outcome.value
    assert isinstance(found, list)
    assert ("B-5.0" in outcome.clauses) == (is_informed and not is_urgent)
    assert found
    assert ("proposal" in found) == is_urgent
    assert is_informed or "tracking" in found


@given(days=none() | integers(-3, 3), is_known=booleans(), is_profiled=booleans())
def test_tracking_wants_a_next_contact_and_nothing_else(days: int | None, *, is_known: bool, is_profiled: bool) -> None:
    """B-5.5b, B-5.5c: a day that is past is no next contact."""
    day = None if days is None else JULY + timedelta(days=days)
    outcome = tracking(day, "Wei" if is_known else " ", is_profiled, on=JULY, policy=POLICY)
    assert outcome.value == ([] if days is not None and days >= 0 else ["next_contact"])
    assert ("L-14" in outcome.clauses, "L-17" in outcome.clauses) == (is_profiled, is_profiled)


@pytest.mark.parametrize("person", ["", " ", "Wei"])
@pytest.mark.parametrize("situation", ["fax", "call_received", "call_for_appointment", "face_to_face"])
def test_every_situation_has_one_script_of_its_own(situation: str, person: str) -> None:
    """B-6.1, B-6.2, B-7.0, B-8, B-9: its checklists can be asked, and its blanks are listed."""
    found = script(situation, person, on=JULY, policy=POLICY).value
    assert isinstance(found, list)
    assert [name for name in found if name in SCRIPTS] == found[:1]
    assert (found[0] == "fax_with_person") == (situation == "fax" and person == "Wei")
    for name in found:
        assert missing(f"B.scripts.{name}", [], on=JULY, policy=POLICY).steps
    assert POLICY.on(JULY, "B.scripts").items(f"{found[0]}_slots")[0]


def test_a_situation_without_a_script_is_an_error() -> None:
    with pytest.raises(Unknown):
        script("letter", on=JULY, policy=POLICY)


@given(answers=lists(sampled_from(["", " ", "third floor"])))
def test_exactly_what_nobody_answered_is_passed_on(answers: list[str]) -> None:
    """B-7.4: in the order in which it was asked."""
    questions = [Question(f"question {n}", answer) for n, answer in enumerate(answers)]
    outcome = passed_on(questions, on=JULY, policy=POLICY)
    assert outcome.value == [f"question {n}" for n, answer in enumerate(answers) if answer != "third floor"]
    to = {step.value for step in outcome.steps if step.name == "answered by"}
    assert to == ({"director", "expert"} if outcome.value else set())


@given(called=dates(date(2012, 1, 1), date(2015, 12, 31)))
def test_the_days_offered_are_the_next_two_workdays(called: date) -> None:
    """B-8: make-up days are offered, holidays are not."""
    coming = [called + timedelta(days=n) for n in range(1, 15)]
    worked = [day for day in coming if CALENDAR.is_workday(day)][:2]
    assert [offered(called, refused) for refused in range(4)] == [None, *worked, None]


def test_a_day_of_a_year_not_yet_announced_is_offered_provisionally() -> None:
    """K-6."""
    eve = date(CALENDAR.last_announced, 12, 31)
    last = offered_day(eve, 1, policy=POLICY, calendar=CALENDAR).steps[-1]
    assert last.note == PROVISIONAL


def test_nobody_refuses_less_than_never() -> None:
    with pytest.raises(Invalid):
        offered(JULY, -1)


def offered(called: date, refused: int) -> object:
    return offered_day(called, refused, policy=POLICY, calendar=CALENDAR).value
