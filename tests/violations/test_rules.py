"""What failures cost, and how they are contested, as properties (C-9, C-10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, datetimes, integers, lists, none, sampled_from

from salesctl.agenda.rules import due_moments
from salesctl.errors import Invalid
from salesctl.policy.calendar import Calendar
from salesctl.policy.outcome import Outcome
from salesctl.policy.policy import Policy, regulations, shipped
from salesctl.policy.schedule import ZONE
from salesctl.policy.units import TooExact
from salesctl.violations.rules import (
    Notice,
    Violation,
    consequence,
    dispute,
    donations,
    hold,
    objection,
    ordinal,
    penalty,
    proposal,
)

POLICY, CALENDAR = Policy(shipped()), Calendar()
JUNE = date(2013, 6, 17)
DAY = timedelta(days=1)
OFFENDER, SUPERVISOR = {1: 2000, 2: 5000}, {2: 2000}  # article 10, in fen; every other number costs nothing
days = dates(date(2012, 1, 1), date(2014, 12, 31))
violations = lists(builds(Violation, days, booleans()), max_size=8)
moments = datetimes(datetime(2012, 1, 1), datetime(2014, 12, 31)).map(lambda moment: moment.replace(tzinfo=ZONE))


def companys(**more: list[str]) -> Policy:
    """The same regulation where the company counts by calendar year, and has other rows in the ladder from 2013."""
    (c,) = (pack for pack in regulations() if pack["code"] == "C")
    ladder, window = c["entries"]["C.violations.ladder"], c["entries"]["C.violations.count_window"]
    (rungs,), (choice,) = ladder["version"], window["version"]
    later = {**rungs, "rows": {**rungs["rows"], **more}, "from": "2013-01-01"}
    entries = {
        **c["entries"],
        "C.violations.ladder": {**ladder, "version": [{**rungs, "until": "2013-01-01"}, later]},
        "C.violations.count_window": {**window, "version": [{**choice, "value": "calendar_year"}]},
    }
    return Policy([{**c, "entries": entries}])


COMPANY = companys(third_failure=["80.05", "warning"], fourth_failure=["dismissal_flag", "30.00"])


def test_the_ladder_is_that_of_article_10() -> None:
    """C-10a to C-10c."""
    assert [penalty(n, False, on=JUNE, policy=POLICY).value for n in (1, 2, 3, 4)] == [
        [2000, 0],
        [5000, 2000],
        [0, 0],
        [0, 0],
    ]


@pytest.mark.parametrize(
    "row", [["20.00"], ["20.00", "warning", "nothing"], ["20.00", "warnings"], ["20.005", "nothing"]]
)
def test_a_row_that_cannot_be_read_is_an_error_and_costs_nobody_a_guess(row: list[str]) -> None:
    """C-10a."""
    policy = companys(first_failure=row)
    with pytest.raises((Invalid, TooExact)):
        penalty(1, False, on=JUNE, policy=policy)


@given(violations=violations, on=days)
def test_failures_are_numbered_without_those_annulled(violations: list[Violation], on: date) -> None:
    """AMB-C-a: annulling one lowers every later number by one, whatever the year."""
    before = [one for one in violations if one.day <= on]
    found = ordinal(violations, on=on, policy=POLICY).value
    assert found == 1 + len(before) - len([one for one in before if one.is_annulled])
    of_the_year = [one for one in before if one.day.year == on.year and not one.is_annulled]
    assert ordinal(violations, on=on, policy=COMPANY).value == 1 + len(of_the_year)


@given(violations=violations, on=days, is_supervisor=booleans())
def test_all_failures_cost_what_their_numbers_cost(violations: list[Violation], on: date, is_supervisor: bool) -> None:
    """C-10a to C-10c, EX-C-1: whatever the order they are told in; a supervisor's own cost nobody else (AMB-C-b)."""
    count = len([one for one in violations if one.day <= on and not one.is_annulled])
    offender = sum(OFFENDER.get(number, 0) for number in range(1, count + 1))
    supervisor = sum(SUPERVISOR.get(number, 0) for number in range(1, count + 1))
    expected = [offender, 0 if is_supervisor else supervisor]
    assert donations(violations, is_supervisor, on=on, policy=POLICY).value == expected
    assert donations(violations[::-1], is_supervisor, on=on, policy=POLICY).value == expected


@given(number=integers(1, 50), is_supervisor=booleans())
def test_a_flag_never_costs_money_and_money_never_goes_unwarned(number: int, is_supervisor: bool) -> None:
    """C-10c, K-10, L-3, L-5, L-18: from the third on a flag, before it a fine; each with the law beside it."""
    money, words = (rule(number, is_supervisor, on=JUNE, policy=POLICY) for rule in (penalty, proposal))
    assert (words.value[0] == "dismissal_flag") == (number >= 3)  # type: ignore[index]
    assert [(word == "donation_fine") for word in words.value] == [bool(fen) for fen in money.value]  # type: ignore[attr-defined]
    laws = {step.value for step in words.steps if step.name == "legal warning"}
    assert laws == ({"L-5", "L-7"} if number >= 3 else {"L-3", "L-15", "L-18"})


def naive_last(day: date, count: int) -> date:
    """The last day of a window: the day itself is day 0, then every working day counts one."""
    while count:
        day += DAY
        count -= CALENDAR.is_workday(day)
    return day


@given(opened=days, submitted=moments | none(), on=days)
@pytest.mark.parametrize(("rule", "count"), [(dispute, 5), (objection, 2)], ids=["dispute", "objection"])
def test_a_window_takes_what_comes_from_its_day_0_through_its_last_working_day(
    rule: Callable[..., Outcome],
    count: int,
    opened: date,
    submitted: datetime | None,
    on: date,
) -> None:
    """C-9.1, C-9.2, AMB-C-e."""
    last = naive_last(opened, count)
    found = rule(opened, submitted, on=on, policy=POLICY, calendar=CALENDAR).value
    if submitted is None or submitted.date() > on:
        assert found == ("still_open" if on <= last else "lapsed")
    else:
        assert found == ("admitted" if opened <= submitted.date() <= last else "not_admitted")


@given(opened=days)
@pytest.mark.parametrize(("rule", "count"), [(dispute, 5), (objection, 2)], ids=["dispute", "objection"])
def test_the_last_second_is_in_time_and_the_next_is_not(rule: Callable[..., Outcome], count: int, opened: date) -> None:
    """AMB-C-e: 24:00 of the last working day, and the agenda says so (T-25)."""
    last = naive_last(opened, count)
    midnight = datetime.combine(last + DAY, time(), ZONE)
    for moment, expected in ((midnight - timedelta(seconds=1), "admitted"), (midnight, "not_admitted")):
        assert rule(opened, moment, on=last + DAY, policy=POLICY, calendar=CALENDAR).value == expected
    agenda = due_moments("T-25", opened, last, opened, policy=POLICY, calendar=CALENDAR).value
    assert f"{midnight:%Y-%m-%d %H:%M}" in agenda  # type: ignore[operator]


@given(
    received=days, submitted=moments | none(), on=days, decision=sampled_from(["", "sustained", "annulled"]), after=days
)
def test_nothing_is_payable_before_the_window_is_over_or_the_meeting_has_decided(
    received: date, submitted: datetime | None, on: date, decision: str, after: date
) -> None:
    """C-9.2, AMB-C-d, and an annulled notice is never payable."""
    notice = Notice(received, submitted, decision, after)
    found = hold(notice, on=on, policy=POLICY, calendar=CALENDAR).value
    last = naive_last(received, 2)
    is_decided = decision != "" and after <= on
    is_in_time = submitted is not None and submitted.date() <= on and received <= submitted.date() <= last
    if on < received or (not is_decided and (is_in_time or on <= last)):
        assert found == "on_hold"
    elif is_decided and decision == "annulled":
        assert found == "annulled"
    elif is_in_time or on > last:
        assert found == "payable"
    else:
        assert found == "on_hold"


@given(specific=sampled_from([None, "A-1.3", "D-8b"]), is_ladder_chosen=booleans())
def test_one_act_has_one_consequence(specific: str | None, is_ladder_chosen: bool) -> None:
    """X-9, AMB-C-c, L-15: the other regulation's, unless a human chose the ladder; never both."""
    found = consequence(specific, is_ladder_chosen)
    assert found.value == (specific if specific and not is_ladder_chosen else "C-10")
    assert {"C-5b", "L-15"} <= set(found.clauses)


def test_a_row_that_says_no_money_costs_none() -> None:
    """C-10a: nothing in figures is nothing in words."""
    free = companys(first_failure=["0.00", "0.00"])
    assert penalty(1, False, on=JUNE, policy=free).value == [0, 0]
    assert proposal(1, False, on=JUNE, policy=free).value == ["nothing", "nothing"]
