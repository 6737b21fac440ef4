"""When a weekly report is due and what belongs to it, and when the meeting after it begins (A-7.1 to A-7.3); pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.schedule import WEEKDAYS, ZONE
from salesctl.receivables.rules import next_meeting
from salesctl.visits.rules import closing_time

if TYPE_CHECKING:
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

CHAPTER = "A.reports"
WORDS = (
    *(N_("no report due"), N_("awaited"), N_("submitted"), N_("submitted late"), N_("not submitted")),
    *(N_("saturday"), N_("sunday"), N_("last workday of week")),
)
ON_TIME = Basis("", "A-7.1", "AMB-A7-a")


def due(week: date, *, policy: Policy, calendar: Calendar) -> Outcome:
    """When the report of a week is due (A-7.1).

    Args:
        week: any day of it; a week runs from Monday to Sunday (K-7).
        policy: the packs; `A.reports.report_weekday` and `A.visits.close_of_business`.
        calendar: the working days.

    Returns:
        The moment business closes, in Shanghai, on the report day, or where nobody works on it on the week's last
        working day (AMB-A7-a). None in a week without a working day (AMB-A7-f), and where the day comes before A-7.1
        took effect (K-9).

    Raises:
        NotInForce: the whole week comes before article 7 took effect.
        Unset: the company has not set its close of business.
        NoCalendar: the working days of that year are not known.
    """
    monday, sunday = _span(week)
    weekday, basis = policy.on(sunday, CHAPTER).text("report_weekday")
    meant, worked = _day(monday, weekday), calendar.workdays(monday, sunday)
    steps = Outcome(None).step(N_("report day"), weekday, "word", basis)
    if not worked:
        note = N_("nobody works that week, so no report is due")
        return steps.step(N_("last working day of the week"), None, "day", basis.but(reading="AMB-A7-f"), note=note)
    day = meant if meant in worked else worked[-1]
    if not policy.binds("A-7.1", day):
        return steps.step(N_("due on"), day, "day", basis, Basis("", "A-7.6"), note=N_("before the first day"))
    steps = steps.step(N_("due on"), day, "day", basis, note=calendar.note(day))
    closing, rests_on = closing_time(day, policy=policy)
    steps = steps.step(N_("close of business"), f"{closing:%H:%M}", "text", rests_on)
    return Outcome(datetime.combine(day, closing, ZONE), unit="time", steps=steps.steps)


def log_month(week: date, *, policy: Policy) -> Outcome:
    """Of which month the customer log comes with the report of a week (A-7.2).

    Args:
        week: any day of it.
        policy: the packs; `A.reports.month_weekday` names the day whose month a week belongs to (AMB-A7-b).

    Returns:
        The month, such as `2012-04`, where the week is its last; none in every other week.

    Raises:
        NotInForce: the whole week comes before article 7 took effect.
    """
    monday, sunday = _span(week)
    weekday, basis = policy.on(sunday, CHAPTER).text("month_weekday")
    belongs = _day(monday, weekday)
    following = belongs + timedelta(days=7)
    is_last = belongs.month != following.month
    outcome = Outcome(f"{belongs:%Y-%m}" if is_last else None)
    outcome = outcome.step(N_("belongs to the month of its"), weekday, "word", basis)
    outcome = outcome.step(N_("that day"), belongs, "day", basis).step(N_("a week later"), following, "day", basis)
    return outcome.step(N_("last week of the month"), is_last, "word", basis)


def lacking(week: date, filled: list[str], *, policy: Policy) -> Outcome:
    """What a weekly report still lacks (A-7.1, A-7.2).

    Args:
        week: any day of the week it reports.
        filled: which parts are there and not empty: `funnel_sheet`, `work_sheet`, `customer_log`.
        policy: the packs; the checklists `A.reports.weekly` and `A.reports.last_of_month`.

    Returns:
        The parts that are missing. The log is asked in a month's last week alone; in another week it may be there.

    Raises:
        Unknown: a part that no report has.
        NotInForce: the whole week comes before article 7 took effect.
    """
    month = log_month(week, policy=policy)
    chapter = policy.on(_span(week)[1], CHAPTER)
    answer = chapter.checklist("last_of_month").missing(filled)
    if month.value is None:
        weekly = chapter.checklist("weekly")
        names = [item.name for item in weekly.items]
        answer = weekly.missing([part for part in filled if part in names])
    return Outcome(answer.value, unit="word", steps=(*month.steps, *answer.steps))


def meeting(*, on: date, policy: Policy, calendar: Calendar) -> Outcome:
    """When the next weekly meeting begins (A-7.3).

    Args:
        on: the day it is asked; a meeting of that very day counts.
        policy: the packs; `A.receivables.meeting_weekday` and `A.reports.meeting_time`.
        calendar: the working days; a meeting on a holiday moves to the next one (AMB-A7-c).

    Returns:
        A moment of Shanghai.

    Raises:
        NotInForce: `on` comes before article 7 took effect.
        NoCalendar: the working days of that year are not known.
    """
    held = next_meeting(on, policy=policy, calendar=calendar)
    text, basis = policy.on(held.day, CHAPTER).text("meeting_time")
    begins = datetime.combine(held.day, time.fromisoformat(text), ZONE)
    outcome = Outcome(begins, unit="time", steps=held.steps).step(N_("meeting on"), held.day, "day", basis)
    return outcome.step(N_("meeting begins at"), text, "text", basis)


def standing(
    week: date, now: datetime, submitted_at: datetime | None = None, *, policy: Policy, calendar: Calendar
) -> Outcome:
    """Whether the report of a week came in time (A-7.1).

    Args:
        week: any day of the week it reports.
        now: the moment it is asked.
        submitted_at: when a report that lacks nothing was handed in; none if it was not, or not by now.
        policy: the packs.
        calendar: the working days.

    Returns:
        `no_report_due`, `awaited`, `submitted`, `submitted_late` or `not_submitted`. The instant it is due is in
        time. A report that was not there when the meeting after it began was missed; no penalty follows (AMB-A7-a).

    Raises:
        NotInForce, Unset, NoCalendar: as `due` and `meeting`.
    """
    deadline = due(week, policy=policy, calendar=calendar)
    if not isinstance(deadline.value, datetime):
        return Outcome("no_report_due", unit="word", steps=deadline.steps)
    after = _span(week)[1] + timedelta(days=1)
    gathers = meeting(on=after, policy=policy, calendar=calendar)
    handed_in = submitted_at if submitted_at and submitted_at <= now else None
    if handed_in is None:
        answer = "awaited" if now <= deadline.value else "not_submitted"
    else:
        answer = "submitted" if handed_in <= deadline.value else "submitted_late"
    was_missed = (handed_in or now) >= datetime.fromisoformat(str(gathers.value))
    note = N_("missed at the meeting") if was_missed else ""
    outcome = Outcome(answer, unit="word", steps=(*deadline.steps, *gathers.steps))
    outcome = outcome.step(N_("asked at"), now, "time")
    return outcome.step(N_("handed in at"), handed_in, "time", ON_TIME, note=note)


def _span(week: date) -> tuple[date, date]:
    """The Monday and the Sunday of the week a day lies in (K-7)."""
    monday = week - timedelta(days=week.weekday())
    return monday, monday + timedelta(days=6)


def _day(monday: date, weekday: str) -> date:
    return monday + timedelta(days=WEEKDAYS.index(weekday))
