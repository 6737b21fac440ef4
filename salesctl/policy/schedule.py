"""When a duty falls due: moments between two days, by the calendar or from an event (section iii; T-1 to T-37)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from salesctl.policy.units import add_months

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.kinds import Version

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
EVERY = ("day", "workday", "week", "month", "year", "event")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHIFTS = ("next_workday", "previous_workday", "last_workday_of_week")  # where the day as stated is not worked
UNITS = ("days", "workdays", "months")
MIDNIGHT = "24:00"  # the end of the day
LONGEST = 10  # days between a day as stated and the working day it moves to


def moments(version: Version, first: date, last: date, *, calendar: Calendar, event: date | None) -> list[datetime]:
    """Every moment a schedule names from `first` through `last`, in order.

    Args:
        version: a version of kind `schedule`.
        first, last: both belong to the span.
        calendar: the working days; a day that is shifted moves to the nearest one in its direction, or to its week's
            last one: a week without a working day has no such moment.
        event: the day a schedule of `event`, or a schedule with a `window`, counts from.

    Returns:
        Moments of Shanghai; none where such a schedule is asked without its event. `24:00` is the end of its day.

    Raises:
        NoCalendar: a year's working days are needed and not known.
    """
    days = {day for day in _days(version, first, last, calendar, event) if day and first <= day <= last}
    return sorted({moment for day in days for moment in _times(version, day)})


def nth_workday(event: date, count: int, calendar: Calendar) -> date:
    """The last day of a window of working days that opens with an event; the event's day is day 0 (AMB-C-e)."""
    day = event
    for _workday in range(count):
        day = calendar.workday_from(day + timedelta(days=1))
    return day


def written(version: Version, word: Callable[[str], str] = str) -> str:
    """A schedule in one line, such as `week: friday 17:30, previous workday`."""
    on = [word(str(part)) for part in version.get("on", ())]
    after = [f"+{count} {word(unit)}" for unit, count in version.get("after", {}).items()]
    at = version.get("at", [])
    if each := version.get("each"):
        at = [f"{'-'.join(version['between'])} / {each} min"]
    elif "at_figure" in version and not at:
        at = [version["at_figure"], *([f"-{version['minus']} min"] if version.get("minus") else [])]
    where = " ".join([*on, *after, *at])
    tail = [word(version["shift"].replace("_", " "))] if "shift" in version else []
    tail += [f"{word('for')} {count} {word(unit)}" for unit, count in version.get("window", {}).items()]
    return ", ".join([f"{word(version['every'])}{': ' if where else ''}{where}", *tail])


def _days(version: Version, first: date, last: date, calendar: Calendar, event: date | None) -> Iterator[date | None]:
    every, shift = version["every"], version.get("shift")
    if every == "event":
        if event is not None:
            yield _moved(_after(version, event, calendar), shift, calendar)
        return
    if window := version.get("window"):
        if event is None:
            return
        first = max(first, event + timedelta(days=1))
        last = min(last, _counted(event, window, calendar))
    slack = timedelta(days=LONGEST if shift else 0)
    day = first - slack
    while day <= last + slack:
        if _is_meant(version, day, calendar):
            yield _moved(day, shift, calendar)
        day += timedelta(days=1)


def _is_meant(version: Version, day: date, calendar: Calendar) -> bool:
    every, on = version["every"], version.get("on", ())
    if every == "week":
        return WEEKDAYS[day.weekday()] in on
    if every == "month":
        return day.day in on or ("last" in on and day.day == monthrange(day.year, day.month)[1])
    if every == "year":
        return f"{day:%m-%d}" in on
    return every == "day" or calendar.is_workday(day)


def _after(version: Version, event: date, calendar: Calendar) -> date:
    if "on" in version:  # the week's day on or after the event: AMB-C-h
        return event + timedelta(days=(WEEKDAYS.index(version["on"][0]) - event.weekday()) % 7)
    return _counted(event, version.get("after", {}), calendar)


def _counted(event: date, span: dict[str, int], calendar: Calendar) -> date:
    day = add_months(event, span["months"]) if "months" in span else event
    day += timedelta(days=span.get("days", 0))
    return nth_workday(day, span["workdays"], calendar) if "workdays" in span else day


def _moved(day: date, shift: str | None, calendar: Calendar) -> date | None:
    if shift is None or calendar.is_workday(day):
        return day
    if shift == "last_workday_of_week":
        monday = day - timedelta(days=day.weekday())
        return max(calendar.workdays(monday, monday + timedelta(days=6)), default=None)
    return calendar.workday_from(day) if shift == "next_workday" else calendar.workday_before(day)


def _times(version: Version, day: date) -> Iterator[datetime]:
    if each := version.get("each"):
        begin, end = (datetime.combine(day, time.fromisoformat(text), ZONE) for text in version["between"])
        while begin <= end:
            yield begin
            begin += timedelta(minutes=each)
        return
    for text in version.get("at", ("00:00",)):
        if text == MIDNIGHT:
            yield datetime.combine(day + timedelta(days=1), time(), ZONE)
        else:
            yield datetime.combine(day, time.fromisoformat(text), ZONE)
