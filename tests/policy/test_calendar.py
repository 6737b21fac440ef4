"""Working days: the State Council's calendar, make-up days included (K-6)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from salesctl.policy.calendar import Calendar, NoCalendar

CALENDAR = Calendar()
FIRST_YEAR = 2004  # of the State Council's tables

# The years of the worked examples, as announced: weekdays off, weekend days worked.
OFF = {
    2012: "01-02 01-03 01-23 01-24 01-25 01-26 01-27 04-02 04-03 04-04 04-30 05-01 06-22 10-01 10-02 10-03 10-04 10-05",
    2013: "01-01 01-02 01-03 02-11 02-12 02-13 02-14 02-15 04-04 04-05 04-29 04-30 05-01 06-10 06-11 06-12 09-19 09-20 "
    "10-01 10-02 10-03 10-04 10-07",
}
WORKED = {
    2012: "01-21 01-29 03-31 04-01 04-28 09-29",
    2013: "01-05 01-06 02-16 02-17 04-07 04-27 04-28 06-08 06-09 09-22 09-29 10-12",
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", OFF)
def test_the_years_of_the_examples_are_as_announced(year: int) -> None:
    """K-6: holidays are off and make-up days are worked; nothing else differs from Monday to Friday."""
    unusual = {day for day in days_of(year) if CALENDAR.is_workday(day) != (day.weekday() < 5)}
    announced = {date.fromisoformat(f"{year}-{day}") for day in f"{OFF[year]} {WORKED[year]}".split()}
    assert unusual == announced


@pytest.mark.parametrize(
    ("visit", "deadline"),
    [
        ("2012-05-02", "2012-04-28"),
        ("2012-04-17", "2012-04-16"),
        ("2012-04-16", "2012-04-13"),
        ("2012-04-05", "2012-04-01"),
    ],
)
def test_the_working_day_before_a_visit(visit: str, deadline: str) -> None:
    """AMB-A1-d, EX-A1-3: the last working day, which may be a Saturday or a Sunday."""
    assert CALENDAR.workday_before(date.fromisoformat(visit)) == date.fromisoformat(deadline)


@pytest.mark.parametrize(("monday", "meeting"), [("2012-04-02", "2012-04-05"), ("2012-05-07", "2012-05-07")])
def test_a_meeting_on_a_holiday_moves_to_the_next_working_day(monday: str, meeting: str) -> None:
    """AMB-A7-c, EX-A7-3."""
    assert CALENDAR.workday_from(date.fromisoformat(monday)) == date.fromisoformat(meeting)


def test_the_year_after_the_last_announced_one_answers_provisionally() -> None:
    """K-6: Monday to Friday, flagged; the year before it is certain."""
    last = CALENDAR.last_announced
    for day in days_of(last + 1):
        assert CALENDAR.day(day) == (day.weekday() < 5, True)
    assert not any(CALENDAR.day(day).provisional for day in days_of(last))


def test_any_other_year_is_an_error_that_names_the_years_known() -> None:
    """K-6: never a guess."""
    for year in (FIRST_YEAR - 1, CALENDAR.last_announced + 2):
        with pytest.raises(NoCalendar) as error:
            CALENDAR.day(date(year, 6, 1))
        assert error.value.facts == {"year": year, "first": FIRST_YEAR, "last": CALENDAR.last_announced}
    assert CALENDAR.day(date(FIRST_YEAR, 6, 1)) == (True, False)


def test_a_table_beside_the_program_announces_a_year(tmp_path: Path) -> None:
    """K-6: one table a year; it also moves the provisional year on."""
    year = CALENDAR.last_announced + 1
    monday = next(day for day in days_of(year) if day.weekday() == 0)
    (tmp_path / f"{year}.toml").write_text(f"off = [{monday}]\nworked = [{monday - timedelta(days=1)}]\n", "utf-8")
    calendar = Calendar(tmp_path)
    assert calendar.day(monday) == (False, False)
    assert calendar.day(monday - timedelta(days=1)) == (True, False)
    assert calendar.day(monday + timedelta(days=1)) == (True, False)
    assert calendar.last_announced == year
    assert calendar.day(date(year + 1, 6, 1)).provisional


def test_the_working_days_of_a_span_are_counted_with_both_its_ends() -> None:
    """K-6: over a holiday and its make-up day; a span that ends before it begins has none."""
    days = [date(2012, 4, day) for day in (27, 28)] + [date(2012, 5, 2)]
    assert CALENDAR.workdays(date(2012, 4, 27), date(2012, 5, 2)) == days
    assert CALENDAR.workdays(date(2012, 5, 2), date(2012, 5, 2)) == days[-1:]
    assert CALENDAR.workdays(date(2012, 5, 3), date(2012, 5, 2)) == []
