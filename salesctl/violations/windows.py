"""How long something may be put to the administrative meeting, and whether it came in time; pure (C-9, AMB-C-e)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.schedule import MIDNIGHT, ZONE, nth_workday
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

CHAPTER = "C.violations"
WORDS = (N_("admitted"), N_("not admitted"), N_("still open"), N_("lapsed"))


class Window(Record):
    """From day 0 through the last working day, which ends at 24:00 or when the company says."""

    opened: date
    last: date
    closes: time | None
    basis: Basis
    steps: tuple[Step, ...]


def window(days: str, opened: date, policy: Policy, calendar: Calendar) -> Window:
    """The window of so many working days that opens on a day; `days` names the figure."""
    chapter = policy.on(opened, CHAPTER)
    count, basis = chapter.figure(days)
    last = nth_workday(opened, count, calendar)
    closes, closes_basis = chapter.text("window_closes") if chapter.is_set("window_closes") else ("", basis)
    steps = (
        Step(N_("day 0"), opened, "day", (basis,)),
        Step(N_("working days"), count, "count", (basis,)),
        Step(N_("window ends on"), last, "day", (basis,), calendar.note(last)),
        Step(N_("window ends at"), closes or MIDNIGHT, "text", (closes_basis,)),
    )
    return Window(opened, last, time.fromisoformat(closes) if closes else None, basis, steps)


def submission(span: Window, submitted_at: datetime | None, on: date) -> Outcome:
    """What became of a submission by a day: admitted, not admitted, still open or lapsed."""
    moment = submitted_at.astimezone(ZONE) if submitted_at else None
    if moment is None or moment.date() > on:
        answer = "still_open" if on <= span.last else "lapsed"
        outcome = Outcome(answer, unit="word", steps=span.steps)
        return outcome.step(N_("submitted at"), None, "text", span.basis)
    why = N_("the window was not open yet") if moment.date() < span.opened else ""
    if _is_late(moment, span):
        why = N_("too late: the window had closed")
    outcome = Outcome("not_admitted" if why else "admitted", unit="word", steps=span.steps)
    return outcome.step(N_("submitted at"), moment, "time", span.basis, note=why)


def _is_late(moment: datetime, span: Window) -> bool:
    if moment.date() != span.last or span.closes is None:
        return moment.date() > span.last
    return moment.time() > span.closes
