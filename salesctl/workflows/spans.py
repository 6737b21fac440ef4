"""Whether something was done within the days a regulation sets for it; pure (C-6.2, C-6.3, C-7.1, C-8.2a)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, Invalid
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import add_months, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salesctl.policy.outcome import Basis

WORDS = (N_("kept"), N_("breached"), N_("still open"))
MONTHS = 3  # of a quarter


class Span(Record):
    """From the first through the last day, something is to be done so many times."""

    first: date
    last: date
    wanted: int
    basis: Basis


def kept(span: Span, done: Iterable[date], *, on: date) -> Outcome:
    """Whether it was done often enough within the span, as far as is known on a day.

    Args:
        span: both its days belong to it.
        done: the days on which it was done; those outside the span do not count, those after `on` are not known yet.
        on: the day it is asked.

    Returns:
        `kept`, or `still_open` through the last day, or `breached` from the day after it. What is made up for later
        stays breached.
    """
    known = sorted(day for day in done if day <= on)
    counted = [day for day in known if span.first <= day <= span.last]
    answer = "kept" if len(counted) >= span.wanted else "breached" if on > span.last else "still_open"
    outcome = Outcome(answer, unit="word").step(N_("window begins on"), span.first, "day", span.basis)
    outcome = outcome.step(N_("window ends on"), span.last, "day", span.basis)
    outcome = outcome.step(N_("times needed"), span.wanted, "count", span.basis)
    for day in known:
        outcome = outcome.step(N_("done on"), day, "day", note="" if day in counted else N_("outside the window"))
    if answer != "breached":
        return outcome
    return outcome.step(N_("breached from"), span.last + timedelta(days=1), "day", span.basis)


def quarter(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter a day lies in."""
    first = date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)
    return first, add_months(first, MONTHS) - timedelta(days=1)


def day_of_year(year: int, text: str) -> date:
    """The day a figure such as `06-21` names in a year.

    Raises:
        Invalid: that year has no such day.
    """
    try:
        return date.fromisoformat(f"{year:04d}-{text}")
    except ValueError:
        raise Invalid(value=shown(f"{year}-{text}"), what=N_("a day"), example="2012-06-21") from None
