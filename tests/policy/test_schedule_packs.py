"""Schedules as a pack states them: hours that a figure gives, and what the reader says of a schedule with a fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salesctl.agenda.rules import due_moments
from salesctl.errors import Unknown
from salesctl.policy.calendar import Calendar
from salesctl.policy.policy import Policy
from salesctl.policy.timeline import NotInForce, Unset
from tests.policy.folders import BOTH, REGULATION, found, lines

CALENDAR = Calendar()
CLOCK = f'[closes]\nkind = "clock"\nlabel = {BOTH}\n'


def entry(text: str, name: str = "daily", duty: str = "T-8") -> str:
    head = f'[{name}]\nkind = "schedule"\nduty = "{duty}"\nlabel = {BOTH}\n'
    return f'{head}[[{name}.version]]\norigin = "seed"\nsource = "X-1"\n{text}\n'


def closing(*versions: str) -> str:
    """A clock figure whose versions are such as `17:30` and `18:00 from = 2012-06-01`."""
    text = CLOCK
    for version in versions:
        clock, _space, more = version.partition(" ")
        text += f'[[closes.version]]\norigin = "seed"\nsource = "X-1"\nvalue = "{clock}"\n{more}\n'
    return text


def due(folder: Path, files: dict[str, str], first: str, last: str) -> list[str]:
    pack, faults = found(folder, {**REGULATION, **files})
    assert lines(faults) == []
    span = (date.fromisoformat(first), date.fromisoformat(last))
    answer = due_moments("T-8", *span, policy=Policy([pack]), calendar=CALENDAR)
    assert isinstance(answer.value, list)
    return answer.value


AT = 'every = "day"\nat_figure = "X.hours.closes"'


@pytest.mark.parametrize(("more", "at"), [("", "17:30"), ("\nminus = 30", "17:00"), ("\nminus = 0", "17:30")])
def test_an_hour_may_be_a_figure_and_minutes_before_it(more: str, at: str, tmp_path: Path) -> None:
    files = {"agenda.toml": entry(AT + more), "hours.toml": closing("17:30")}
    assert due(tmp_path, files, "2012-05-08", "2012-05-08") == [f"2012-05-08 {at}"]


def test_each_day_has_the_hour_that_holds_on_it(tmp_path: Path) -> None:
    """The day before the change, the day itself and the day after; and days of one version alone."""
    files = {
        "agenda.toml": entry(f"{AT}\nminus = 15"),
        "hours.toml": closing("18:00 until = 2012-05-09", "17:30 from = 2012-05-09"),
    }
    assert due(tmp_path, files, "2012-05-08", "2012-05-10") == [
        "2012-05-08 17:45",
        "2012-05-09 17:15",
        "2012-05-10 17:15",
    ]
    assert due(tmp_path, files, "2012-05-08", "2012-05-08") == ["2012-05-08 17:45"]
    assert due(tmp_path, files, "2012-05-09", "2012-05-09") == ["2012-05-09 17:15"]


def test_no_hour_is_guessed_for_a_day_without_one(tmp_path: Path) -> None:
    """Not before the figure's first day, and not while nobody has set it."""
    files = {"agenda.toml": entry(AT), "hours.toml": closing("18:00 from = 2012-05-09")}
    assert due(tmp_path, files, "2012-05-09", "2012-05-09") == ["2012-05-09 18:00"]
    with pytest.raises(NotInForce):
        due(tmp_path, files, "2012-05-08", "2012-05-09")
    with pytest.raises(Unset):
        due(tmp_path, {**files, "hours.toml": f"{CLOCK}required = true"}, "2012-05-09", "2012-05-09")


def test_a_duty_falls_due_by_all_its_schedules_each_in_its_own_days(tmp_path: Path) -> None:
    """One moment that two of them name is one; what another duty names is none."""
    later = 'from = 2012-05-10\norigin = "seed"\nsource = "X-1"\nevery = "day"\nat = ["10:00", "12:00"]\n'
    first = entry('every = "day"\nat = ["09:00"]\nuntil = 2012-05-09') + f"[[daily.version]]\n{later}"
    second = entry('every = "week"\non = ["tuesday", "thursday"]\nat = ["09:00", "12:00"]', "weekly")
    other = entry('every = "day"\nat = ["07:00"]', "other", "T-9")
    assert due(tmp_path, {"agenda.toml": first + second + other}, "2012-05-07", "2012-05-10") == [
        "2012-05-07 09:00",
        "2012-05-08 09:00",
        "2012-05-08 12:00",
        "2012-05-10 09:00",
        "2012-05-10 10:00",
        "2012-05-10 12:00",
    ]


def test_a_duty_without_a_schedule_is_an_error_that_names_the_others(tmp_path: Path) -> None:
    pack, _faults = found(tmp_path, {**REGULATION, "agenda.toml": entry('every = "day"', duty="T-9")})
    with pytest.raises(Unknown) as error:
        due(tmp_path, {}, "2012-05-08", "2012-05-08")
    assert error.value.facts["candidates"] == "T-9"
    assert pack["entries"]["X.agenda.daily"]["duty"] == "T-9"


WEEKDAY = 'on does not fit every week; say ["friday"]'
YEAR = 'on does not fit every year; say ["06-21"]'
MONTH = 'on does not fit every month; say [25, "last"]'
EVENT = 'on does not fit every event; say ["sunday"]'
TOGETHER = "each (minutes) and between (two times of day) belong together"
MINUS = "minus must be minutes before at_figure, a whole number from 0 to 1439"
AT_LIST = 'at must be a list of times of day, such as ["17:30", "24:00"]'
NO_CLOCK = "at_figure must name a figure of kind clock;"
FAULTS = {
    'every = "fortnight"': "every must be one of: day, workday, week, month, year, event",
    'on = ["friday"]': "every must be one of: day, workday, week, month, year, event",
    'every = "day"\nhour = 9': "has a field nobody reads: hour; the fields are after, at, at_figure, between,",
    'every = "day"\non = ["friday"]': "on is not read where every is day; leave it out",
    'every = "workday"\nafter = { days = 1 }': "after is not read where every is workday; leave it out",
    'every = "event"\nwindow = { days = 1 }': "window is not read where every is event; leave it out",
    'every = "week"': WEEKDAY,
    'every = "week"\non = []': WEEKDAY,
    'every = "week"\non = "friday"': WEEKDAY,
    'every = "week"\non = 5': WEEKDAY,
    'every = "week"\non = ["friday"]\nafter = { days = 1 }': "after is not read where every is week; leave it out",
    'every = "week"\non = ["friday", "fryday"]': WEEKDAY,
    'every = "month"\non = [0]': MONTH,
    'every = "month"\non = [32]': MONTH,
    'every = "month"\non = [true]': MONTH,
    'every = "month"\non = ["first"]': MONTH,
    'every = "year"\non = ["13-01"]': YEAR,
    'every = "year"\non = ["02-30"]': YEAR,
    'every = "year"\non = ["6-21"]': YEAR,
    'every = "year"\non = [621]': YEAR,
    'every = "year"\non = ["W01-1"]': YEAR,
    'every = "event"\non = ["sunday", "monday"]': EVENT,
    'every = "event"\non = [1]': EVENT,
    'every = "event"\non = ["sunday"]\nafter = { days = 1 }': "on, after exclude one another; keep one",
    'every = "event"\nafter = { weeks = 1 }': "after must count days, workdays, months, such as { workdays = 5 }",
    'every = "event"\nafter = { days = -1 }': "after must count days, workdays, months, such as { workdays = 5 }",
    'every = "event"\nafter = 5': "after must count days, workdays, months, such as { workdays = 5 }",
    'every = "day"\nwindow = {}': "window must count days, workdays, months, such as { workdays = 5 }",
    'every = "day"\nwindow = { months = 1201 }': "window must count days, workdays, months, such as { workdays = 5 }",
    'every = "day"\nshift = "next_day"': "shift must be one of: next_workday, previous_workday, last_workday_of_week",
    'every = "day"\nat = []': AT_LIST,
    'every = "day"\nat = "17:30"': AT_LIST,
    'every = "day"\nat = 1730': AT_LIST,
    'every = "day"\nat = ["17:30", "17.30"]': AT_LIST,
    'every = "day"\nat = ["24:01"]': AT_LIST,
    'every = "day"\nat = ["１７:３０"]': AT_LIST,
    'every = "day"\nat = ["17:30"]\nat_figure = "X.hours.closes"': "at, at_figure exclude one another; keep one",
    'every = "day"\nat = ["17:30"]\neach = 30\nbetween = ["09:00", "10:00"]': "at, each exclude one another; keep one",
    'every = "day"\neach = 30': TOGETHER,
    'every = "day"\nbetween = ["09:00", "10:00"]': TOGETHER,
    'every = "day"\neach = 0\nbetween = ["09:00", "10:00"]': TOGETHER,
    'every = "day"\neach = 1441\nbetween = ["09:00", "10:00"]': TOGETHER,
    'every = "day"\neach = true\nbetween = ["09:00", "10:00"]': TOGETHER,
    'every = "day"\neach = 30\nbetween = ["09:00"]': TOGETHER,
    'every = "day"\neach = 30\nbetween = ["09:00", "24:00"]': TOGETHER,
    'every = "day"\neach = 30\nbetween = [10:00:00, 09:00:00]': "between ends at 09:00, before it begins at 10:00",
    'every = "day"\nminus = 30': MINUS,
    'every = "day"\nat = ["17:30"]\nminus = 30': MINUS,
    f"{AT}\nminus = -1": MINUS,
    f"{AT}\nminus = 1440": MINUS,
    f"{AT}\nminus = true": MINUS,
    f'{AT}\nminus = "30"': MINUS,
    'every = "day"\nat_figure = "X.hours.close"': f"{NO_CLOCK} X.hours.close is none (X.hours.closes ?)",
    'every = "day"\nat_figure = "X.money.fine"': f"{NO_CLOCK} X.money.fine is none",
    'every = "day"\nat_figure = ["X.hours.closes"]': NO_CLOCK,
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_of_a_schedule_is_said_once(text: str, tmp_path: Path) -> None:
    files = {**REGULATION, "agenda.toml": entry(text), "hours.toml": closing("17:30")}
    [said] = lines(found(tmp_path, files)[1])
    assert said.startswith(f"agenda.toml [daily] {FAULTS[text]}")


@pytest.mark.parametrize(
    "text",
    [
        'every = "month"\non = [1, 31, "last"]',
        'every = "year"\non = ["02-29", "12-31"]',
        'every = "event"\non = ["sunday"]',
        'every = "event"\nafter = {}',
        'every = "event"\nafter = { months = 1200, days = 0 }\nshift = "previous_workday"',
        'every = "workday"\nwindow = { workdays = 1 }\nat = ["00:00", "23:59", "24:00"]',
        'every = "day"\neach = 1440\nbetween = ["00:00", "23:59"]',
        'every = "day"\neach = 1\nbetween = [09:00:00, 09:00:00]',
        f"{AT}\nminus = 1439",
    ],
)
def test_a_schedule_at_the_edge_of_what_may_be_said_has_no_fault(text: str, tmp_path: Path) -> None:
    files = {**REGULATION, "agenda.toml": entry(text), "hours.toml": closing("17:30")}
    assert lines(found(tmp_path, files)[1]) == []


def test_a_clock_that_is_no_figure_at_all_is_a_fault_of_its_own(tmp_path: Path) -> None:
    said = lines(found(tmp_path, {**REGULATION, "agenda.toml": entry(AT), "hours.toml": "closes = 3"})[1])
    assert said == [
        f"agenda.toml [daily] {NO_CLOCK} X.hours.closes is none",
        "hours.toml [closes] must be a table with kind, label and versions",
    ]


@pytest.mark.parametrize("duty", ["8", "T8", "T-0", "T-08", "T-123", "t-8", "T-8 and T-9"])
def test_a_duty_is_one_of_the_timed_duties(duty: str, tmp_path: Path) -> None:
    [said] = lines(found(tmp_path, {**REGULATION, "agenda.toml": entry('every = "day"', duty=duty)})[1])
    assert said == "agenda.toml [daily] duty must be the number of a timed duty, such as T-8, and belongs to a schedule"


def test_only_a_schedule_has_a_duty(tmp_path: Path) -> None:
    text = REGULATION["money.toml"].replace('kind = "count"', 'kind = "count"\nduty = "T-8"')
    [said] = lines(found(tmp_path, {**REGULATION, "money.toml": text})[1])
    assert said == "money.toml [fine] duty must be the number of a timed duty, such as T-8, and belongs to a schedule"
