"""When a duty falls due: every kind of schedule, day by day against the calendar (section iii)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, sampled_from, sets

from salesctl.policy.calendar import Calendar
from salesctl.policy.schedule import SHIFTS, WEEKDAYS, ZONE, moments, nth_workday, written
from salesctl.policy.units import add_months

CALENDAR = Calendar()
ONE_DAY = timedelta(days=1)
days = dates(date(2011, 12, 1), date(2013, 1, 31))
MAY_DAY = {"every": "year", "on": ["05-01", "06-21"], "shift": "next_workday"}
MONTHS_END = {"every": "month", "on": ["last"], "shift": "previous_workday"}
FRIDAY = {"every": "week", "on": ["friday"], "at": ["17:30"]}
FAR = (date(2011, 6, 1), date(2013, 6, 30))  # a span in which every event below has come to its day


def a_day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def asked(version: dict[str, Any], first: date | str, last: date | str, event: date | str | None = None) -> list[str]:
    found = moments(version, a_day(first), a_day(last), calendar=CALENDAR, event=a_day(event) if event else None)
    assert all(moment.utcoffset() == timedelta(hours=8) for moment in found)
    return [f"{moment:%Y-%m-%d %H:%M}" for moment in found]


def due_on(version: dict[str, Any], first: date, last: date, event: date | None = None) -> list[date]:
    """The days, of a schedule without hours: each begins at midnight."""
    found = moments(version, first, last, calendar=CALENDAR, event=event)
    assert all(moment.time() == time() for moment in found)
    return [moment.date() for moment in found]


def span(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


@given(first=days, length=integers(-2, 40), on=sets(sampled_from(WEEKDAYS), min_size=1))
def test_days_and_weekdays_are_those_of_the_calendar(first: date, length: int, on: set[str]) -> None:
    """From the first day through the last; a span that ends before it begins has none."""
    last = first + ONE_DAY * length
    assert due_on({"every": "day"}, first, last) == span(first, last)
    assert due_on({"every": "workday"}, first, last) == [day for day in span(first, last) if CALENDAR.is_workday(day)]
    wanted = [day for day in span(first, last) if f"{day:%A}".casefold() in on]
    assert due_on({"every": "week", "on": sorted(on)}, first, last) == wanted


@given(first=days, length=integers(0, 130), on=sets(sampled_from([1, 28, 29, 30, 31, "last"]), min_size=1))
def test_a_day_a_month_does_not_have_is_left_out_and_its_last_is_always_there(
    first: date, length: int, on: set[int | str]
) -> None:
    last = first + ONE_DAY * length
    wanted = [
        day
        for day in span(first, last)
        if day.day in on or ("last" in on and day.day == monthrange(day.year, day.month)[1])
    ]
    assert due_on({"every": "month", "on": sorted(on, key=str)}, first, last) == wanted


@given(day=days, weekday=sampled_from(WEEKDAYS), shift=sampled_from(SHIFTS))
def test_a_day_that_is_not_worked_moves_to_one_that_is(day: date, weekday: str, shift: str) -> None:
    """Each week has its moment once: next, previous, or its own last working day (AMB-A7-a)."""
    monday = day - ONE_DAY * day.weekday()
    stated = monday + ONE_DAY * WEEKDAYS.index(weekday)
    week = [day for day in span(monday, monday + ONE_DAY * 6) if CALENDAR.is_workday(day)]
    moved: date | None = stated
    if not CALENDAR.is_workday(stated):
        if shift == "last_workday_of_week":
            moved = week[-1] if week else None
        else:
            step = ONE_DAY if shift == "next_workday" else -ONE_DAY
            moved = next(day for n in range(1, 15) if CALENDAR.is_workday(day := stated + step * n))
    version = {"every": "week", "on": [weekday], "shift": shift}
    around = due_on(version, monday - ONE_DAY * 14, monday + ONE_DAY * 20)
    assert (moved in around) or moved is None
    if moved is not None:
        assert due_on(version, moved, moved) == [moved]
    assert all(CALENDAR.is_workday(day) for day in around)


@pytest.mark.parametrize(
    ("version", "first", "last", "expected"),
    [
        # the week of 1 October 2012 has no working day at all
        ({"on": ["friday"], "shift": "last_workday_of_week"}, "2012-09-24", "2012-10-14", "2012-09-28 2012-10-12"),
        ({"on": ["friday"], "shift": "next_workday"}, "2012-10-01", "2012-10-11", "2012-10-08"),
        ({"on": ["friday"], "shift": "previous_workday"}, "2012-09-29", "2012-10-11", "2012-09-29"),
        # Friday 22 June 2012 is off; Sunday 29 January 2012 is worked in a week that is off from Monday to Friday
        ({"on": ["friday"], "shift": "last_workday_of_week"}, "2012-06-18", "2012-06-24", "2012-06-21"),
        ({"on": ["friday"], "shift": "last_workday_of_week"}, "2012-01-23", "2012-01-29", "2012-01-29"),
        # a Friday that is worked stays, though the Saturday after it is worked as well
        ({"on": ["friday"], "shift": "last_workday_of_week"}, "2012-04-23", "2012-04-29", "2012-04-27"),
        # what moves into the span belongs to it, what moves out of it does not
        ({"on": ["monday"], "shift": "next_workday"}, "2012-04-05", "2012-04-08", "2012-04-05"),
        ({"on": ["monday"], "shift": "next_workday"}, "2012-04-02", "2012-04-04", ""),
        ({"on": ["monday", "tuesday"], "shift": "next_workday"}, "2012-04-02", "2012-04-08", "2012-04-05"),
        (MAY_DAY, "2012-01-01", "2012-12-31", "2012-05-02 2012-06-21"),
        (MONTHS_END, "2012-04-01", "2012-06-30", "2012-04-28 2012-05-31 2012-06-29"),
        ({"every": "year", "on": ["02-29"]}, "2011-01-01", "2016-12-31", "2012-02-29 2016-02-29"),
        ({"every": "month", "on": [31]}, "2012-01-01", "2012-05-31", "2012-01-31 2012-03-31 2012-05-31"),
        ({"every": "month", "on": ["last", 29]}, "2012-02-01", "2012-03-31", "2012-02-29 2012-03-29 2012-03-31"),
    ],
)
def test_weeks_months_and_years_as_they_were(version: dict[str, Any], first: str, last: str, expected: str) -> None:
    found = asked({"every": "week", **version}, first, last)
    assert found == [f"{day} 00:00" for day in expected.split()]


@pytest.mark.parametrize(
    ("after", "event", "due"),
    [
        ({}, "2012-05-04", "2012-05-04"),
        ({"days": 1}, "2012-04-27", "2012-04-28"),
        ({"days": 30}, "2012-02-01", "2012-03-02"),
        ({"workdays": 0}, "2012-05-01", "2012-05-01"),
        ({"workdays": 1}, "2012-04-27", "2012-04-28"),  # a Saturday that is worked
        ({"workdays": 2}, "2012-04-27", "2012-05-02"),
        ({"workdays": 5}, "2012-09-28", "2012-10-11"),
        ({"months": 1}, "2012-01-31", "2012-02-29"),
        ({"months": 1}, "2013-01-31", "2013-02-28"),
        ({"months": 12}, "2012-02-29", "2013-02-28"),
        ({"months": 1, "days": 1}, "2012-01-31", "2012-03-01"),
        ({"months": 3, "days": 1, "workdays": 1}, "2012-01-28", "2012-05-02"),
    ],
)
def test_what_counts_from_an_event_counts_months_then_days_then_working_days(
    after: dict[str, int], event: str, due: str
) -> None:
    """The event's own day is day 0 (AMB-C-e, K-5)."""
    version = {"every": "event", "after": after}
    assert asked(version, *FAR, event) == [f"{due} 00:00"]
    assert asked(version, due, due, event) == [f"{due} 00:00"]
    assert asked(version, a_day(due) + ONE_DAY, FAR[1], event) == []
    assert asked(version, FAR[0], a_day(due) - ONE_DAY, event) == []
    assert asked(version, *FAR) == []


@pytest.mark.parametrize(
    ("shift", "due"), [("next_workday", "2012-05-02"), ("previous_workday", "2012-04-28"), (None, "2012-04-30")]
)
def test_the_day_after_an_event_moves_as_any_other(shift: str | None, due: str) -> None:
    version = {"every": "event", "after": {"days": 3}, **({"shift": shift} if shift else {})}
    assert asked(version, *FAR, "2012-04-27") == [f"{due} 00:00"]


@given(event=days, weekday=sampled_from(WEEKDAYS))
def test_a_weekday_of_an_event_is_its_own_or_the_next(event: date, weekday: str) -> None:
    """AMB-C-h."""
    [due] = due_on({"every": "event", "on": [weekday]}, *FAR, event)
    assert f"{due:%A}".casefold() == weekday
    assert event <= due < event + ONE_DAY * 7


@given(event=days, first=days, last=days, count=integers(0, 6))
def test_a_window_begins_the_day_after_its_event_and_ends_with_its_last_day(
    event: date, first: date, last: date, count: int
) -> None:
    for window, end in (
        ({"days": count}, event + ONE_DAY * count),
        ({"workdays": count}, nth_workday(event, count, CALENDAR)),
        ({"months": count}, add_months(event, count)),
    ):
        wanted = [day for day in span(event + ONE_DAY, end) if first <= day <= last]
        assert due_on({"every": "day", "window": window}, first, last, event) == wanted
        assert due_on({"every": "day", "window": window}, first, last) == []


@given(event=days, count=integers(0, 12))
def test_the_nth_working_day_has_so_many_since_the_event(event: date, count: int) -> None:
    found = nth_workday(event, count, CALENDAR)
    assert len(CALENDAR.workdays(event + ONE_DAY, found)) == count
    assert found == event or CALENDAR.is_workday(found)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({}, "08 00:00"),
        ({"at": ["17:30"]}, "08 17:30"),
        ({"at": ["17:30", "09:00", "17:30"]}, "08 09:00, 08 17:30"),  # in order, each once
        ({"at": ["24:00", "00:00"]}, "08 00:00, 09 00:00"),  # the end of the day, and its beginning
        ({"each": 60, "between": ["09:00", "11:00"]}, "08 09:00, 08 10:00, 08 11:00"),
        ({"each": 45, "between": ["09:00", "11:00"]}, "08 09:00, 08 09:45, 08 10:30"),
        ({"each": 1440, "between": ["00:00", "23:59"]}, "08 00:00"),
        ({"each": 10, "between": ["09:00", "09:00"]}, "08 09:00"),
    ],
)
def test_the_times_of_a_day(times: dict[str, Any], expected: str) -> None:
    found = asked({"every": "day", **times}, "2012-05-08", "2012-05-08")
    assert found == [f"2012-05-{moment}" for moment in expected.split(", ")]


def test_the_end_of_the_last_day_belongs_to_the_span_and_that_of_the_day_before_does_not() -> None:
    version = {"every": "day", "at": ["24:00"]}
    assert asked(version, "2012-02-28", "2012-02-29") == ["2012-02-29 00:00", "2012-03-01 00:00"]
    assert moments(version, date(2012, 12, 31), date(2012, 12, 31), calendar=CALENDAR, event=None) == [
        datetime(2013, 1, 1, tzinfo=ZONE)
    ]


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ({"every": "day"}, "day"),
        ({**FRIDAY, "shift": "previous_workday"}, "week: friday 17:30, previous workday"),
        ({"every": "month", "on": [25, "last"]}, "month: 25 last"),
        ({"every": "event", "after": {"workdays": 5}}, "event: +5 workdays"),
        ({"every": "workday", "each": 60, "between": ["09:00", "18:00"]}, "workday: 09:00-18:00 / 60 min"),
        ({"every": "workday", "window": {"months": 3}}, "workday, for 3 months"),
        ({"every": "day", "at_figure": "X.money.closes", "minus": 30}, "day: X.money.closes -30 min"),
        ({"every": "day", "at_figure": "X.money.closes"}, "day: X.money.closes"),
        ({"every": "day", "at_figure": "X.money.closes", "minus": 30, "at": ["17:30"]}, "day: 17:30"),
    ],
)
def test_a_schedule_is_said_in_one_line(version: dict[str, Any], line: str) -> None:
    assert written(version) == line
    if "shift" in version:
        assert written(version, str.upper) == "WEEK: FRIDAY 17:30, PREVIOUS WORKDAY"
