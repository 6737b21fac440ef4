"""How workflows are followed, checked and taught, as properties (C-5a to C-8.2c)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import builds, dates, integers, lists, none, sampled_from, sets, text

from salesctl.agenda.rules import due_moments
from salesctl.errors import Invalid
from salesctl.policy.calendar import Calendar
from salesctl.policy.outcome import Outcome
from salesctl.policy.policy import Policy, shipped
from salesctl.workflows.rules import (
    YEARLY,
    SpotCheck,
    Training,
    effective_from,
    full_checks,
    must_follow,
    onboarding_tasks,
    spot_checks,
    study_deadline,
    yearly,
)
from salesctl.workflows.spans import day_of_year
from tests.policy.folders import BOTH
from tests.policy.folders import found as company

POLICY, CALENDAR = Policy(shipped()), Calendar()
FAR = date(2030, 1, 1)
DAY = timedelta(days=1)
WHOLE = ["unannounced_check", "interview_with_heads", "check_record"]
ENDS = {  # month and day of both ends, as the regulation is read
    "second_quarter_check": ((6, 21), (6, 30)),
    "fourth_quarter_check": ((12, 21), (12, 31)),
    "revision_plan": ((1, 1), (12, 31)),
    "yearly_training": ((1, 1), (1, 31)),
}
days = dates(date(2012, 1, 1), date(2014, 12, 31))
people = sampled_from(["lin", "chen", "wu", "zhao"])


def step(outcome: Outcome, name: str) -> object:
    return {step.name: step.value for step in outcome.steps}.get(name)


def quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


@given(promulgated=days, on=days, done=sets(days))
def test_the_daily_checks_are_the_working_days_of_the_month_after_promulgation(
    promulgated: date, on: date, done: set[date]
) -> None:
    """C-6.1, AMB-C-f: counted day by day; the last one has the promulgation's number, or ends its month."""
    due, day = [], promulgated + DAY
    following = (promulgated.year * 12 + promulgated.month) // 12, promulgated.month % 12 + 1
    while (day.year, day.month) <= following and ((day.year, day.month) < following or day.day <= promulgated.day):
        due += [day] if CALENDAR.is_workday(day) else []
        day += DAY
    found = full_checks(promulgated, sorted(done), on=on, policy=POLICY, calendar=CALENDAR)
    assert found.value == [one for one in due if one < on and one not in done]
    assert step(found, "checks due in all") == len(due)


@given(promulgated=days)
def test_the_agenda_names_the_days_the_rule_counts(promulgated: date) -> None:
    """T-18: the schedule states the month once more, and says the same."""
    missed = full_checks(promulgated, [], on=FAR, policy=POLICY, calendar=CALENDAR).value
    agenda = due_moments("T-18", promulgated, FAR - DAY, promulgated, policy=POLICY, calendar=CALENDAR).value
    assert agenda == [f"{day} 00:00" for day in missed]  # type: ignore[attr-defined]


@given(checks=lists(builds(SpotCheck, days, lists(sampled_from(WHOLE), unique=True)), max_size=8), of=days, on=days)
def test_a_quarter_is_kept_by_a_whole_check_and_breached_when_it_is_over(
    checks: list[SpotCheck], of: date, on: date
) -> None:
    """C-6.2, AMB-C-n."""
    whole = [one for one in checks if len(one.done) == 3 and quarter(one.day) == quarter(of) and one.day <= on]
    is_over = quarter(on) > quarter(of)
    expected = "kept" if whole else "breached" if is_over else "still_open"
    assert spot_checks(of, checks, on=on, policy=POLICY).value == expected


@given(of=days)
def test_a_quarter_is_breached_from_its_next_ones_first_day(of: date) -> None:
    """C-6.2, T-19: the breach is looked at on the very day it begins."""
    found = spot_checks(of, [], on=FAR, policy=POLICY)
    begins = step(found, "breached from")
    assert isinstance(begins, date)
    assert (begins.day, quarter(begins - DAY)) == (1, quarter(of))
    assert begins.month in (1, 4, 7, 10)
    assert due_moments("T-19", begins, begins, policy=POLICY, calendar=CALENDAR).value == [f"{begins} 00:00"]


@given(duty=sampled_from(sorted(YEARLY)), year=integers(2011, 2015), done=lists(days, max_size=6), on=days)
def test_a_yearly_duty_is_kept_within_its_window_alone(duty: str, year: int, done: list[date], on: date) -> None:
    """C-6.3, C-7.1, C-8.2a: before it and after it nothing counts, and what is to come is not known."""
    first, last = (date(year, month, day) for month, day in ENDS[duty])
    within = [day for day in done if first <= day <= last and day <= on]
    expected = "kept" if within else "breached" if on > last else "still_open"
    assert yearly(duty, year, done, on=on, policy=POLICY).value == expected


def test_a_window_set_for_a_later_year_leaves_the_years_before(tmp_path: Path) -> None:
    """C-8.2a, K-9: a year that is over keeps the window it had."""
    rows = 'from = 2014-01-01\nrows = { yearly_training = ["01-01", "02-15"] }'
    files = {
        "pack.toml": f'code = "own"\nextends = "C"\nname = {BOTH}',
        "training.toml": f"[[training_window.version]]\n{rows}",
    }
    pack, faults = company(tmp_path, files)
    assert not faults
    for year, expected in ((2013, "breached"), (2014, "kept")):
        done = [date(year, 2, 10)]
        assert yearly("yearly_training", year, done, on=FAR, policy=Policy([*shipped(), pack])).value == expected


def test_a_day_no_year_has_is_an_error() -> None:
    assert day_of_year(2012, "02-29") == date(2012, 2, 29)
    with pytest.raises(Invalid):
        day_of_year(2013, "02-29")


@pytest.mark.parametrize(("duty", "number"), [("second_quarter_check", "T-20"), ("fourth_quarter_check", "T-20")])
def test_the_agenda_looks_at_a_joint_check_when_its_window_opens_and_when_it_is_over(duty: str, number: str) -> None:
    """T-20: the schedule states the window once more, and says the same."""
    found = yearly(duty, 2013, [], on=FAR, policy=POLICY)
    asked = due_moments(number, date(2013, 1, 2), date(2014, 1, 1), policy=POLICY, calendar=CALENDAR).value
    assert isinstance(asked, list)
    assert f"{step(found, 'window begins on')} 00:00" in asked
    assert f"{step(found, 'breached from')} 00:00" in asked


@given(promulgated=days)
def test_study_ends_with_the_sunday_of_the_week(promulgated: date) -> None:
    """C-8.1a, AMB-C-h: a Sunday, never before the promulgation and less than a week after it; T-22 says the same."""
    last = study_deadline(promulgated, policy=POLICY).value
    assert isinstance(last, date)
    assert last.isoweekday() == 7
    assert timedelta(0) <= last - promulgated < timedelta(days=7)
    agenda = due_moments("T-22", promulgated, last, promulgated, policy=POLICY, calendar=CALENDAR).value
    assert agenda == [f"{promulgated} 00:00", f"{last + DAY} 00:00"]


@given(promulgated=days, concerned=sets(people), trained=lists(builds(Training, people, days), max_size=8))
def test_a_workflow_waits_for_the_last_of_those_it_concerns(
    promulgated: date, concerned: set[str], trained: list[Training]
) -> None:
    """C-8.2b, AMB-C-i: counted by asking every day whether everybody has been trained by then."""
    found = effective_from(promulgated, sorted(concerned), trained).value
    candidates = sorted({promulgated, *(one.day for one in trained if one.day > promulgated)})
    ready = [day for day in candidates if concerned and concerned <= {one.person for one in trained if one.day <= day}]
    assert found == (ready[0] if ready else "not_yet")


@given(effective=days | none(), ended=days | none(), on=days, excuse=text(max_size=20))
def test_no_excuse_changes_whether_a_workflow_must_be_followed(
    effective: date | None, ended: date | None, on: date, excuse: str
) -> None:
    """C-5a: it holds from its first day until the day of its formal revision."""
    excused = must_follow(effective, ended, excuse, on=on).value
    assert excused == must_follow(effective, ended, on=on).value
    holds = effective is not None and effective <= on and (ended is None or on < ended)
    assert (excused == "must_be_followed") == holds


@given(joined=days, on=days, done=sets(sampled_from(["study_of_rules", "rules_in_practice", "workflow_training"])))
def test_a_new_employee_is_owed_study_and_training_from_the_first_day(joined: date, on: date, done: set[str]) -> None:
    """C-8.1b, C-8.2c, EX-C-8: two tasks, neither in place of the other."""
    found = onboarding_tasks(joined, sorted(done), on=on, policy=POLICY).value
    owed = [task for task in ("study_of_rules", "workflow_training") if task not in done]
    assert found == (owed if on >= joined else [])
