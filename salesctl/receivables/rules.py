"""How old a debt is, from which day article 8 asks what of it, and which debts a payment pays (A-8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.kinds import basis_of
from salesctl.policy.outcome import Outcome
from salesctl.policy.timeline import FOREVER
from salesctl.policy.units import add_months, earliest_within
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.kinds import Band
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "A.receivables"
NOT_DUE = "not_due"
COLUMNS = (N_("not due"), N_("up to 2 months"), N_("over 2 months"), N_("over 4 months"), N_("over 6 months"))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


class NotWholeMonths(SalesctlError):
    """An edge of the ageing columns that no calendar can answer."""

    code, status = "aging.months", WRONG
    says = N_("The ageing column {name} reaches {months} months; only whole months can be counted.")
    hint = N_("Correct A.receivables.ageing in the company's pack.")


class Column(Record):
    """One column of the ageing report: the debts due on or after `since` that no column before it holds."""

    name: str
    since: date | None  # None: however old


class Open(Protocol):
    """A receivable as far as a payment needs it."""

    open: Fen


D = TypeVar("D", bound=Open)


def columns(on: date, policy: Policy) -> list[Column]:
    """The ageing columns on a day, youngest first, each with the earliest due day it holds.

    A debt is not due through its due day (K-5). The months are counted here, once a column and never once a debt.

    Args:
        on: the day of the report.
        policy: the packs; `A.receivables.ageing` names the columns and their months.

    Returns:
        `not_due`, then the bands of the pack; the last one has no earliest day.

    Raises:
        NotWholeMonths: a band that ends within a month.

    Source:
        A-8.1 to A-8.3, AMB-A8-a, AMB-A8-b.
    """
    bands = policy.on(on, CHAPTER).bands("ageing").rungs
    return [Column(NOT_DUE, on), *(Column(band.name, _since(band, on)) for band in bands)]


def bucket(due: date, *, on: date, policy: Policy) -> Outcome:
    """Which ageing column one debt stands in on a day.

    Args:
        due: the due day; the debt is not due through it.
        on: the day of the report.
        policy: the packs; `A.receivables.ageing`.

    Returns:
        The column's name. "Over n months" is strict: the corresponding day itself is not over (AMB-A8-a).

    Raises:
        NotWholeMonths: a band that ends within a month.

    Source:
        A-8.1 to A-8.3.
    """
    answer = Outcome(NOT_DUE, unit="word").step(N_("due"), due, "day").step(N_("looked at on"), on, "day")
    if on <= due:
        return answer
    bands = policy.on(on, CHAPTER).bands("ageing").rungs
    for band in bands:
        since = _since(band, on)
        if since is None or due >= since:
            return _placed(Outcome(band.name, unit="word", steps=answer.steps), band)
        answer = answer.step(N_("more than"), months_of(band), "months", band.basis)
        answer = answer.step(N_("the months end on"), add_months(due, months_of(band)), "day")
    raise ValueError("the last band has no end")


def watched_from(due: date, *, policy: Policy) -> Outcome:
    """The day on which an unpaid debt goes on the company's watch list.

    Raises:
        Unknown: no pack has `A.receivables.watch`.

    Source:
        A-8.1, AMB-A8-a.
    """
    return _over_since(due, "watch", policy)


def statement_from(due: date, *, policy: Policy) -> Outcome:
    """The first day on which an unpaid debt is old enough to be spoken of at every weekly meeting.

    Raises:
        Unknown: no pack has `A.receivables.statement`.

    Source:
        A-8.2, AMB-A8-b, X-22.
    """
    return _over_since(due, "statement", policy)


def may_be_submitted_from(due: date, *, policy: Policy) -> Outcome:
    """The first day on which an unpaid debt may be put to management as bad.

    Raises:
        Unknown: no pack has `A.receivables.submission`.

    Source:
        A-8.3, AMB-A8-b.
    """
    return _over_since(due, "submission", policy)


def first_statement(due: date, *, policy: Policy, calendar: Calendar) -> Outcome:
    """The first weekly meeting at which the progress of collecting must be stated.

    Args:
        due: the due day.
        policy: the packs; `statement` and `meeting_weekday`.
        calendar: the working days; a meeting on a holiday moves to the next one (AMB-A7-c).

    Returns:
        The first meeting whose own weekday is on or after the day the debt is over four months; a meeting of the
        week before that a holiday moved past that day does not count (EX-A8-3).

    Raises:
        NoCalendar: the working days of that year are not known.

    Source:
        A-8.2, A-7.3.
    """
    over = statement_from(due, policy=policy)
    since = over.day
    weekday, basis = policy.on(since, CHAPTER).text("meeting_weekday")
    meeting = since + timedelta(days=(WEEKDAYS.index(weekday) - since.weekday()) % 7)
    held = calendar.workday_from(meeting)
    answer = Outcome(held, unit="day", steps=over.steps).step(N_("over from"), since, "day")
    return answer.step(N_("weekly meeting"), weekday, "word", basis, note=calendar.note(held))


def next_meeting(on: date, *, policy: Policy, calendar: Calendar) -> Outcome:
    """The next weekly meeting on or after a day.

    Args:
        on: the day it is asked.
        policy: the packs; `meeting_weekday`.
        calendar: the working days; a meeting on a holiday moves to the next one (AMB-A7-c).

    Returns:
        This week's meeting while it is still ahead, or is today; otherwise the next week's. Last week's comes first
        where a holiday moved it into this week.

    Raises:
        NoCalendar: the working days of that year are not known.

    Source:
        A-7.3.
    """
    weekday, basis = policy.on(on, CHAPTER).text("meeting_weekday")
    this_weeks = on + timedelta(days=WEEKDAYS.index(weekday) - on.weekday())
    held = (calendar.workday_from(this_weeks + timedelta(days=days)) for days in (-7, 0, 7))
    meeting = next(day for day in held if day >= on)
    answer = Outcome(meeting, unit="day")
    return answer.step(N_("weekly meeting"), weekday, "word", basis, note=calendar.note(meeting))


def oldest_first(amount: Fen, debts: Iterable[D]) -> list[tuple[D, Fen]]:
    """What a payment pays of each debt, in the order given, until it is used up; balances only (AMB-A8-c)."""
    paid = []
    for debt in debts:
        part = min(amount, debt.open)
        if part > 0:
            paid.append((debt, part))
            amount -= part
        if not amount:
            break
    return paid


def _over_since(due: date, entry: str, policy: Policy) -> Outcome:
    """The first day on which a debt is over the months of a figure, which counts on the days of its version.

    It is the day after the corresponding day, the due day being day 0, but never before the figure's first day
    (AMB-A8-h, K-9).
    """
    key = f"{CHAPTER}.{entry}"
    for version in policy.entry(key)["version"]:
        months, first, basis = int(version["value"]), date.fromisoformat(version["from"]), basis_of(key, version)
        ends = add_months(due, months)
        day = max(first, ends + timedelta(days=1))
        if day.isoformat() < version.get("until", FOREVER):
            answer = Outcome(day, unit="day").step(N_("due"), due, "day").step(N_("more than"), months, "months", basis)
            answer = answer.step(N_("the months end on"), ends, "day")
            return answer if day > first else answer.step(N_("duties start on"), first, "day", basis)
    raise ValueError(f"the last version of {key} has an end")


def months_of(band: Band) -> int:
    """The months a band ends with.

    Raises:
        NotWholeMonths: it ends within a month, or nowhere.
    """
    if band.limit is None or band.limit.over % band.limit.under:
        raise NotWholeMonths(name=band.name, months=band.limit.text if band.limit else "-")
    return band.limit.over // band.limit.under


def _since(band: Band, on: date) -> date | None:
    """The earliest due day a band holds; `below` leaves the corresponding day itself out."""
    if band.limit is None:
        return None
    return earliest_within(months_of(band), on if band.inclusive else on + timedelta(days=1))


def _placed(answer: Outcome, band: Band) -> Outcome:
    if band.limit is None:
        return answer.step(N_("however old"), band.name, "word", band.basis)
    return answer.step(N_("at most"), months_of(band), "months", band.basis)
