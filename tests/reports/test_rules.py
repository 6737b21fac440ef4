"""Weekly reports over many years: each week, each month and each meeting once (A-7.1 to A-7.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, lists, sampled_from

from salesctl.agenda.rules import due_moments
from salesctl.policy.calendar import Calendar
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.schedule import ZONE
from salesctl.reports.rules import due, lacking, log_month, meeting, standing

CALENDAR = Calendar()
SHIPPED = Policy(shipped())
FIRST = date(2012, 3, 1)
days = dates(FIRST, date(2025, 11, 30))
minutes = integers(-7 * 24 * 60, 7 * 24 * 60)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The regulations, and a company that closes at 18:00."""
    from salesctl.policy.pack import read
    from salesctl.policy.policy import regulations

    folder = tmp_path_factory.mktemp("own")
    about = 'code = "own"\nextends = "A"\nname = { en = "Own", zh_CN = "自定" }\n'
    (folder / "pack.toml").write_text(about, "utf-8")
    (folder / "visits.toml").write_text('[[close_of_business.version]]\norigin = "company"\nvalue = "18:00"\n', "utf-8")
    pack, faults = read(folder, regulations())
    assert not faults
    return Policy([*shipped(), pack])


def worked(day: date) -> list[date]:
    """The working days of the week of a day, counted one by one."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return [one for n in range(7) if CALENDAR.is_workday(one := monday + timedelta(days=n))]


@given(day=days)
def test_a_report_is_due_on_a_working_day_of_its_own_week(day: date, policy: Policy) -> None:
    """A-7.1, AMB-A7-a, AMB-A7-f: Friday where it is worked, else the last working day, at closing; else never."""
    moment = due(day, policy=policy, calendar=CALENDAR).value
    week = worked(day)
    friday = next((one for one in week if one.isoweekday() == 5), week[-1] if week else None)
    assert moment == (friday and datetime(friday.year, friday.month, friday.day, 18, tzinfo=ZONE))


@given(day=days)
def test_every_day_of_a_week_leads_to_the_same_report(day: date, policy: Policy) -> None:
    """K-7: from Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    asked = [monday + timedelta(days=n) for n in range(7)]
    assert len({due(one, policy=policy, calendar=CALENDAR).value for one in asked}) == 1
    assert len({log_month(one, policy=policy).value for one in asked}) == 1


@given(year=integers(2012, 2030), month=integers(1, 12))
def test_every_month_has_one_log(year: int, month: int) -> None:
    """A-7.2, AMB-A7-b: it comes with the report of the month's last Friday."""
    fridays = [
        date(year, month, n) for n in range(1, 29) if date(year, month, n).isoweekday() == 5
    ]  # the first four; a fifth comes after the 28th
    last = fridays[-1]
    while (last + timedelta(days=7)).month == month:
        last += timedelta(days=7)
    if last < FIRST:
        return
    assert log_month(last, policy=SHIPPED).value == f"{year:04d}-{month:02d}"
    if last - timedelta(days=7) > FIRST:
        assert log_month(last - timedelta(days=7), policy=SHIPPED).value is None


@given(day=days, filled=lists(sampled_from(["funnel_sheet", "work_sheet", "customer_log"])))
def test_a_report_lacks_what_is_asked_and_not_there(day: date, filled: list[str]) -> None:
    """A-7.1, A-7.2: both sheets always, the log in a month's last week."""
    asked = ["funnel_sheet", "work_sheet"]
    if log_month(day, policy=SHIPPED).value is not None:
        asked.append("customer_log")
    assert lacking(day, filled, policy=SHIPPED).value == [part for part in asked if part not in filled]


@given(day=days)
def test_the_meeting_is_the_first_working_day_from_its_monday(day: date) -> None:
    """A-7.3, AMB-A7-c: on the day asked or later, and no other meeting lies between."""
    held = meeting(on=day, policy=SHIPPED, calendar=CALENDAR).value
    assert isinstance(held, datetime)
    monday = day - timedelta(days=day.weekday())
    meetings = [CALENDAR.workday_from(monday + timedelta(days=7 * n)) for n in (-1, 0, 1, 2)]
    assert held.date() == next(one for one in sorted(meetings) if one >= day)
    assert (held.hour, held.minute) == (9, 0)


@given(day=days, now=minutes, submitted=minutes)
def test_a_report_is_late_from_the_minute_after_it_was_due(day: date, now: int, submitted: int, policy: Policy) -> None:
    """A-7.1: its state follows from three moments; what is handed in later than now is not there yet."""
    deadline = due(day, policy=policy, calendar=CALENDAR).value
    if not isinstance(deadline, datetime):
        return
    asked, given_in = deadline + timedelta(minutes=now), deadline + timedelta(minutes=submitted)
    state = standing(day, asked, given_in, policy=policy, calendar=CALENDAR)
    if submitted <= now:
        assert state.value == ("submitted" if submitted <= 0 else "submitted_late")
    else:
        assert state.value == ("awaited" if now <= 0 else "not_submitted")


@given(day=days)
def test_cron_looks_at_the_moment_a_report_is_due_and_before_the_meeting(day: date, policy: Policy) -> None:
    """T-8: both schedules name the moments the rules name, in every week."""
    monday = day - timedelta(days=day.weekday())
    span = (max(FIRST, monday), monday + timedelta(days=6))
    moments = due_moments("T-8", *span, policy=policy, calendar=CALENDAR).value
    deadline = due(day, policy=policy, calendar=CALENDAR).value
    expected = {f"{deadline:%Y-%m-%d %H:%M}"} if deadline else set()
    for start in (monday - timedelta(days=7), monday):
        held = CALENDAR.workday_from(start)
        if span[0] <= held <= span[1]:
            expected.add(f"{held:%Y-%m-%d} 08:30")
    assert isinstance(moments, list)
    assert set(moments) == expected
