"""The days on which an expense may be claimed (A-9.1); pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Step
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.policy import Chapter


class Window(Record):
    """The first and the last day, and how they were found."""

    first: date
    last: date
    steps: tuple[Step, ...]


def window_of(spent: date, chapter: Chapter) -> Window:
    """The window of an expense; one of a day after its month's window goes into the next month's (AMB-A9-a)."""
    (opens, first_basis), (closes, last_basis) = chapter.figure("window_opens"), chapter.figure("window_closes")
    month, note = spent.replace(day=1), ""
    if spent > _in_month(spent, closes):
        month, note = (month + timedelta(days=31)).replace(day=1), N_("a late cost, claimed in the next month's window")
    first, last = _in_month(month, opens), _in_month(month, closes)
    steps = (
        Step(N_("spent on"), spent, "day", (last_basis,), note),
        Step(N_("window opens"), first, "day", (first_basis,)),
        Step(N_("window closes"), last, "day", (last_basis,)),
    )
    return Window(first, last, steps)


def _in_month(day: date, number: int) -> date:
    """The day of that number in the month, or the month's last one."""
    return day.replace(day=min(number, monthrange(day.year, day.month)[1]))
