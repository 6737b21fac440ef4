"""How workflows are made, followed, checked, revised and taught (C-3 to C-8, C-11); pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import add_months, shown
from salesctl.record import Record
from salesctl.workflows.spans import Span, day_of_year, kept, quarter

if TYPE_CHECKING:
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

WORDS = (
    *(N_("general manager"), N_("administrative meeting"), N_("administration")),
    *(N_("making"), N_("revision"), N_("abolition"), N_("yearly revision"), N_("special revision")),
    *(N_("interpretation"), N_("revision plan"), N_("yearly training")),
    *(N_("second quarter check"), N_("fourth quarter check")),
    *(N_("working days"), N_("all days"), N_("calendar week"), N_("seven days")),
    *(N_("must be followed"), N_("not yet in force"), N_("no longer in force"), N_("not yet")),
)
YEARLY = {  # what is done in a fixed part of every year: the chapter and the figure whose row says when
    "second_quarter_check": ("C.checks", "joint_windows"),
    "fourth_quarter_check": ("C.checks", "joint_windows"),
    "revision_plan": ("C.workflows", "plan_window"),
    "yearly_training": ("C.training", "training_window"),
}
WEEK = 7


class SpotCheck(Record):
    """A check of the administration department, and what was done for it: items of `C.checks.spot_check`."""

    day: date
    done: list[str]


class Training(Record):
    """Somebody trained in a workflow."""

    person: str
    day: date


def approver(matter: str, *, on: date, policy: Policy) -> Outcome:
    """Who approves what is to be done about a workflow (C-3.1a, C-4.3, C-7.1, C-7.2, C-11).

    Args:
        matter: `making`, `revision`, `abolition`, `yearly_revision`, `special_revision` or `interpretation`.
        on: the day of the decision.
        policy: the packs; `C.workflows.approval`.

    Returns:
        Grades or bodies in the order in which they approve. The meeting approves the plan of a yearly revision, the
        general manager the text that comes of it (AMB-C-j).

    Raises:
        Unknown: the table has no such matter.
    """
    bodies, basis = policy.on(on, "C.workflows").row("approval", matter)
    outcome = Outcome(bodies, unit="grade").step(N_("matter"), matter, "word", basis)
    for body in bodies:
        outcome = outcome.step(N_("decided by"), body, "grade", basis)
    return outcome


def effective_from(promulgated_on: date, concerned: list[str], trained: list[Training]) -> Outcome:
    """The first day on which a new or revised workflow may be carried out (C-8.2b, AMB-C-i).

    Args:
        promulgated_on: the day of promulgation.
        concerned: everybody the workflow concerns.
        trained: who was trained in it, and when; once is enough, and others do not count.

    Returns:
        The later of promulgation and the day the last of them was first trained. `not_yet` while anybody is missing,
        and where nobody is named: a workflow that concerns nobody is a mistake in the list.
    """
    first: dict[str, date] = {}
    for training in trained:
        first[training.person] = min(training.day, first.get(training.person, training.day))
    missing = [person for person in dict.fromkeys(concerned) if person not in first]
    basis = Basis("", "C-8.2b", "AMB-C-i")
    nobody = "" if concerned else N_("nobody is named")
    steps = [
        Step(N_("promulgated on"), promulgated_on, "day", (basis,)),
        Step(N_("people concerned"), len(set(concerned)), "count", (basis,), nobody),
        *(Step(N_("not trained yet"), person, "text", (basis,)) for person in missing),
    ]
    if missing or nobody:
        return Outcome("not_yet", unit="word", steps=steps)
    last = max(first[person] for person in concerned)
    outcome = Outcome(max(promulgated_on, last), unit="day", steps=steps)
    return outcome.step(N_("last one trained on"), last, "day", basis)


def must_follow(effective_on: date | None, ended_on: date | None, excuse: str = "", *, on: date) -> Outcome:
    """Whether a workflow must be followed on a day (C-5a).

    Args:
        effective_on: the day it took effect; none where it has not.
        ended_on: the day a formal revision or abolition of it took effect; none where there is none.
        excuse: a reason given for not following it, or for adapting it; it changes nothing.
        on: the day of the work.

    Returns:
        `must_be_followed` from the day it takes effect until the day before it ends; before, `not_yet_in_force`, and
        then `no_longer_in_force`.
    """
    basis = Basis("", "C-5a")
    is_begun, is_over = effective_on is not None and effective_on <= on, ended_on is not None and ended_on <= on
    answer = "no_longer_in_force" if is_over else "must_be_followed" if is_begun else "not_yet_in_force"
    outcome = Outcome(answer, unit="word").step(
        N_("takes effect on"), effective_on, "day", basis.but(reading="AMB-C-i")
    )
    outcome = outcome.step(N_("revised or abolished on"), ended_on, "day", basis)
    if not excuse:
        return outcome
    return outcome.step(N_("reason given"), excuse, "text", basis, note=N_("no reason lifts a workflow in force"))


def full_checks(promulgated_on: date, done: list[date], *, on: date, policy: Policy, calendar: Calendar) -> Outcome:
    """The days of the first month that went by without the daily full check (C-6.1, AMB-C-f).

    Args:
        promulgated_on: the day of promulgation; the month begins the day after it.
        done: the days on which everything was checked.
        on: the day it is asked; that day itself is not over.
        policy: the packs; `C.checks.full_check` and `C.checks.full_check_days`.
        calendar: the working days (K-6).

    Returns:
        The days missed, in order. The month ends on the day with the same number, or on that month's last day (K-5).

    Raises:
        NoCalendar: a year's working days are not known.
    """
    chapter = policy.on(promulgated_on, "C.checks")
    (months, basis), (which, days_basis) = chapter.figure("full_check"), chapter.text("full_check_days")
    first, last = promulgated_on + timedelta(days=1), add_months(promulgated_on, months)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    due = [day for day in days if which == "all_days" or calendar.is_workday(day)]
    missed = [day for day in due if day < on and day not in done]
    outcome = Outcome(missed, unit="day").step(N_("promulgated on"), promulgated_on, "day")
    outcome = outcome.step(N_("first month ends on"), last, "day", basis, note=calendar.note(last))
    outcome = outcome.step(N_("counted by"), which, "word", days_basis)
    outcome = outcome.step(N_("checks due in all"), len(due), "count", basis, days_basis)
    return outcome.step(N_("days missed"), len(missed), "count", basis)


def spot_checks(quarter_of: date, checks: list[SpotCheck], *, on: date, policy: Policy) -> Outcome:
    """Whether a quarter had its spot check with interview and record (C-6.2, AMB-C-n).

    Args:
        quarter_of: any day of the quarter.
        checks: what was done, in any order; a check that misses a hard item of `C.checks.spot_check` does not count.
        on: the day it is asked.
        policy: the packs.

    Returns:
        `kept`, `still_open` through the quarter's last day, or `breached` from the day after it.

    Raises:
        Unknown: something was done that is no item of a spot check.
    """
    chapter = policy.on(quarter_of, "C.checks")
    (wanted, basis), items = chapter.figure("spot_per_quarter"), chapter.checklist("spot_check")
    missing = [(check.day, items.missing(check.done)) for check in checks]
    whole = [day for day, found in missing if not found.value]
    outcome = kept(Span(*quarter(quarter_of), wanted, basis), whole, on=on)
    for day, found in missing:
        if found.value:
            rests = items.items[0].basis
            outcome = outcome.step(N_("not a whole check"), day, "day", rests, note=N_("it does not count"))
    return outcome


def yearly(duty: str, year: int, done: list[date], *, on: date, policy: Policy) -> Outcome:
    """Whether something was done in the part of the year set for it (C-6.3, C-7.1, C-8.2a).

    Args:
        duty: `second_quarter_check`, `fourth_quarter_check` (AMB-C-g), `revision_plan` or `yearly_training` (AMB-C-l).
        year: the calendar year.
        done: the days on which it was done; for a plan, the day it was put to the administrative meeting.
        on: the day it is asked.
        policy: the packs; the two ends of the window are its first and its last day.

    Returns:
        `kept`, `still_open` through the last day, or `breached` from the day after it. No money hangs on it.

    Raises:
        Unknown: there is no such yearly duty.
    """
    if duty not in YEARLY:
        raise Unknown(
            what=N_("duty"), value=shown(duty), candidates=", ".join(YEARLY), listing="salesctl policy show --figures"
        )
    chapter, figure = YEARLY[duty]
    (first, *_, last), basis = policy.on(min(on, day_of_year(year, "12-31")), chapter).row(figure, duty)
    return kept(Span(day_of_year(year, first), day_of_year(year, last), 1, basis), done, on=on)


def study_deadline(promulgated_on: date, *, policy: Policy) -> Outcome:
    """The last day on which a department can study what was promulgated, until 24:00 (C-8.1a, AMB-C-h).

    Args:
        promulgated_on: the day of promulgation.
        policy: the packs; `C.training.study_within`.

    Returns:
        The Sunday of that week, which may be the same day (K-7); or, where the company chose so, the seventh day
        after promulgation.
    """
    choice, basis = policy.on(promulgated_on, "C.training").text("study_within")
    days = WEEK if choice == "seven_days" else WEEK - promulgated_on.isoweekday()
    outcome = Outcome(promulgated_on + timedelta(days=days), unit="day")
    outcome = outcome.step(N_("promulgated on"), promulgated_on, "day")
    return outcome.step(N_("counted by"), choice, "word", basis)


def onboarding_tasks(joined_on: date, done: list[str], *, on: date, policy: Policy) -> Outcome:
    """What the head of a department still owes somebody who joins (C-8.1b, C-8.2c).

    Args:
        joined_on: the day they join; the tasks open that day.
        done: items of `C.training.onboarding` that are done.
        on: the day it is asked.
        policy: the packs.

    Returns:
        The names of the open tasks in the order of the list; none before the day they join.
    """
    items = policy.on(joined_on, "C.training").checklist("onboarding")
    open_tasks = items.missing(done)
    is_here = on >= joined_on
    joined = Step(N_("joined on"), joined_on, "day", note="" if is_here else N_("nothing is owed before that day"))
    return Outcome(open_tasks.value if is_here else [], unit="word", steps=(joined, *open_tasks.steps))
