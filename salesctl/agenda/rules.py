"""When the duties of section iii fall due (T-1 to T-37); pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.kinds import basis_of
from salesctl.policy.outcome import Outcome
from salesctl.policy.schedule import ZONE, moments, written
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.kinds import Version
    from salesctl.policy.policy import Policy

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
        Unset: the schedule counts from a time the company has not set.
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
            until = min(last, _day(version.get("until"), last + timedelta(days=1)) - timedelta(days=1))
            timed = _timed(version, until, policy)
            found.update(moments(timed, since, until, calendar=calendar, event=event))
            outcome = outcome.step(key, written(timed), "text", basis_of(key, version), note=calendar.note(until))
    answer = [f"{moment:%Y-%m-%d %H:%M}" for moment in sorted(found)]
    return Outcome(answer, unit="text", steps=outcome.steps)


def _day(text: str | None, default: date) -> date:
    return date.fromisoformat(text) if text else default


def _timed(version: Version, day: date, policy: Policy) -> Version:
    """The schedule with its times; `at_figure` names a clock figure, `minus` the minutes before it."""
    if "at_figure" not in version:
        return version
    chapter, _dot, entry = version["at_figure"].rpartition(".")
    text, _basis = policy.on(day, chapter).text(entry)
    at = datetime.combine(day, datetime.min.time(), ZONE).replace(hour=int(text[:2]), minute=int(text[3:]))
    return {**version, "at": [f"{at - timedelta(minutes=version.get('minus', 0)):%H:%M}"]}
