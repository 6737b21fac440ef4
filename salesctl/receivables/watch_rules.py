"""At which weekly meetings the progress of collecting a debt was to be stated, and where it was not (A-8.2); pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Outcome
from salesctl.receivables.rules import first_statement, next_meeting

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

ONE_DAY = timedelta(days=1)


def meetings(first: date, last: date, *, policy: Policy, calendar: Calendar) -> list[date]:
    """The weekly meetings held between two days, both counted (A-7.3).

    Raises:
        NoCalendar: the working days of a year are not known.
    """
    held = []
    while (meeting := next_meeting(first, policy=policy, calendar=calendar).day) <= last:
        held.append(meeting)
        first = meeting + ONE_DAY
    return held


def missed_statements(
    due: date, stated_on: list[date], settled_on: date | None = None, *, on: date, policy: Policy, calendar: Calendar
) -> Outcome:
    """How many weekly meetings passed without a statement on a debt (A-8.2).

    Args:
        due: the debt's due day.
        stated_on: the days of the meetings a statement was made for.
        settled_on: the day it was paid, or the board decided; none while it is open (AMB-A8-i).
        on: the day it is asked; a meeting of that day can still be prepared and is not missed yet.
        policy: the packs; `A.receivables.statement` and `meeting_weekday`.
        calendar: the working days.

    Returns:
        The count of meetings from the first one on, before `on` and before the debt was settled, that have none. A
        debt settled on the day of a meeting, before or after it, is not spoken of any more.

    Raises:
        NoCalendar: the working days of a year are not known.
    """
    first = first_statement(due, policy=policy, calendar=calendar)
    last = min(on, settled_on or on) - ONE_DAY
    held = meetings(first.day, last, policy=policy, calendar=calendar) if first.day <= last else []
    made = [day for day in held if day in stated_on]
    outcome = Outcome(len(held) - len(made), unit="count", steps=first.steps)
    outcome = outcome.step(N_("first meeting"), first.value, "day").step(N_("meetings held"), len(held), "count")
    if settled_on and settled_on <= on:
        outcome = outcome.step(N_("settled on"), settled_on, "day")
    return outcome.step(N_("stated at"), len(made), "count")
