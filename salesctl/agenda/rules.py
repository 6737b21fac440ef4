"""When the duties of section iii fall due (T-1 to T-37); pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.kinds import basis_of
from salesctl.policy.outcome import Outcome
from salesctl.policy.schedule import ZONE, moments, written
from salesctl.policy.timeline import holding
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.kinds import Version
    from salesctl.policy.policy import Policy

ONE_DAY = timedelta(days=1)
LISTING = "salesctl policy show --figures"


def due_moments(
    duty: str, first: date, last: date, event: date | None = None, *, policy: Policy, calendar: Calendar
) -> Outcome:
    """When a timed duty falls due between two days.

    Args:
        duty: its number among the timed duties, such as `T-8`; one number may have several schedules.
        first, last: the span; both days belong to it.
        event: the day the duty counts from, where it counts from one: a promulgation, a hiring, a notice.
        policy: the packs; the entries of kind `schedule` that name the duty.
        calendar: the working days.

    Returns:
        Moments of Shanghai, in order, as texts such as `2012-04-16 17:30`. A schedule says nothing of days before
        its own first day (K-9).

    Raises:
        Unknown: no pack has such a duty.
        Unset, NotInForce: the schedule counts from a time the company has not set, or not yet.
        NoCalendar: a year's working days are not known.
    """
    keys = [key for key in policy.keys if policy.entry(key).get("duty") == duty]
    if not keys:
        duties = dict.fromkeys(str(policy.entry(key).get("duty", "")) for key in policy.keys)
        raise Unknown(what=N_("duty"), value=shown(duty), candidates=", ".join(filter(None, duties)), listing=LISTING)
    found: set[datetime] = set()
    outcome = Outcome(None)
    for key in keys:
        for version in policy.entry(key)["version"]:
            since = max(first, _day(version.get("from"), first))
            until = min(last, _day(version.get("until"), last + ONE_DAY) - ONE_DAY)
            for timed, begin, end in _timed(version, since, until, policy):
                found.update(moments(timed, begin, end, calendar=calendar, event=event))
                outcome = outcome.step(key, written(timed), "text", basis_of(key, version), note=calendar.note(end))
    answer = [f"{moment:%Y-%m-%d %H:%M}" for moment in sorted(found)]
    return Outcome(answer, unit="text", steps=outcome.steps)


def _day(text: str | None, default: date) -> date:
    return date.fromisoformat(text) if text else default


def _timed(version: Version, since: date, until: date, policy: Policy) -> Iterator[tuple[Version, date, date]]:
    """The schedule with its times and the days they hold; a day that `at_figure` counts from has its own version."""
    if "at_figure" not in version:
        yield version, since, until
        return
    key = version["at_figure"]
    chapter, _dot, entry = key.rpartition(".")
    begin = min(since, until)
    while begin <= until:
        text, _basis = policy.on(begin, chapter).text(entry)
        clock = holding(policy.entry(key)["version"], begin.isoformat()) or {}
        end = min(until, _day(clock.get("until"), until + ONE_DAY) - ONE_DAY)
        at = datetime.combine(begin, time.fromisoformat(text), ZONE) - timedelta(minutes=version.get("minus", 0))
        yield {**version, "at": [f"{at:%H:%M}"]}, max(since, begin), end
        begin = end + ONE_DAY
