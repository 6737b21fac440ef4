"""When a debt moves to the next column of the ageing report, and how far each column reaches (A-8.1 to A-8.3); pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.units import add_months
from salesctl.receivables.rules import CHAPTER, NOT_DUE, bucket, months_of
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.kinds import Band
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.policy import Policy

ONE_DAY = timedelta(days=1)


class Age(Record):
    """Where a debt stands on a day, the clause that counts its months, and where it stands next."""

    name: str
    clause: str  # of the months it passed last, or will pass first; empty before the clause binds anybody
    next_name: str  # empty: it stands in the last column
    next_on: date | None
    working: Outcome


class Reach(Record):
    """The months past the due day that a column holds: more than the column before it, and at most its own."""

    name: str
    after: int  # 0: the first one past the due day
    is_after_inclusive: bool  # the corresponding day of `after` is in this column
    until: int | None
    is_until_inclusive: bool


def age(due: date, *, on: date, policy: Policy) -> Age:
    """Where one debt stands on a day and from which day on it stands in the next column.

    Args:
        due: the due day as it was on that day.
        on: the day of the report.
        policy: the packs; `A.receivables.ageing` as it is on the day of the report.

    Returns:
        The column with its working; the next day comes by the calendar alone: a payment or another due day moves it.

    Raises:
        NotWholeMonths: a band that ends within a month.

    Source:
        A-8.1 to A-8.3, AMB-A8-a, K-9.
    """
    working = bucket(due, on=on, policy=policy)
    bands = policy.on(on, CHAPTER).bands("ageing").rungs
    names = [NOT_DUE, *(band.name for band in bands)]
    place = names.index(str(working.value))
    basis = bands[max(place - 2, 0)].basis
    clause = basis.source if basis.source and policy.binds(basis.source, on) else ""
    if place == len(bands):
        return Age(names[place], clause, "", None, working)
    leaves = due + ONE_DAY if not place else _leaves(due, bands[place - 1])
    told = working.step(N_("next column"), names[place + 1], "word").step(N_("from"), leaves, "day")
    return Age(names[place], clause, names[place + 1], leaves, told)


def reaches(on: date, *, policy: Policy) -> list[Reach]:
    """How far each column past the due day reaches on a day, the youngest first.

    Raises:
        NotWholeMonths: a band that ends within a month.

    Source:
        A-8.1 to A-8.3.
    """
    found: list[Reach] = []
    after, is_inclusive = 0, False
    for band in policy.on(on, CHAPTER).bands("ageing").rungs:
        until = None if band.limit is None else months_of(band)
        found.append(Reach(band.name, after, is_inclusive, until, band.inclusive))
        after, is_inclusive = until or 0, not band.inclusive
    return found


def _leaves(due: date, band: Band) -> date:
    """The first day a band does not hold a debt any more; `below` leaves the corresponding day itself out."""
    ends = add_months(due, months_of(band))
    return ends + ONE_DAY if band.inclusive else ends
