"""The day at the sales office: duty, reception area, computers, register, calls (D-5a, D-6a to D-9c); pure."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from salesctl.duties.facts import NOBODY, Call, Check, HandOff, RegisterDay, day_of, is_at_work, unit_of
from salesctl.errors import N_
from salesctl.policy.cautions import FINE, caution
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.schedule import ZONE
from salesctl.policy.streaks import in_all, running, standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from salesctl.policy.policy import Policy

CHAPTER = "D.duties"
WORDS = (N_("nobody"), N_("on time"), N_("came late"), N_("done in time"), N_("done late"), N_("not done"))


def duty_fine(cleaned_at: time | None = None, placed_at: time | None = None, *, on: date, policy: Policy) -> Outcome:
    """The fine of the day's duty person (D-5a).

    Args:
        cleaned_at: when the sales office was clean; none where it was not.
        placed_at: when the promotional material was in place.
        on: the day.
        policy: the packs; `D.duties.ready_before`.

    Returns:
        The fine in fen, a proposal: one, whether one of the two is wanting or both. The very hour is too late
        (AMB-D-r, K-13).
    """
    text, basis = policy.on(on, CHAPTER).text("ready_before")
    limit = time.fromisoformat(text)
    is_ready = all(at is not None and at < limit for at in (cleaned_at, placed_at))
    steps = (
        Step(N_("office clean at"), cleaned_at, "time", (basis,)),
        Step(N_("material in place at"), placed_at, "time", (basis,)),
        Step(N_("to be ready before"), limit, "time", (basis,)),
    )
    return _fined(steps, "duty_fine", not is_ready, on, policy)


def first_receiver(queue: list[str], hand_offs: list[HandOff], at: datetime) -> Outcome:
    """Who is first receiver at a moment (D-6a, D-6b).

    Args:
        queue: the consultants of the day in their rotation; the first of them stands first.
        hand_offs: who was told, in any order; one made at that very moment counts (K-13).
        at: the moment.

    Returns:
        The consultant told last (AMB-D-h); `nobody` from the time the sales manager was told until one is named.

    Raises:
        Unknown: somebody was told who is not in the rotation.
    """
    stands = queue[0] if queue else NOBODY
    outcome = Outcome(None).step(N_("stands first"), stands, "text", Basis("", "D-6a"))
    for hand_off in sorted((one for one in hand_offs if one.at <= at), key=lambda one: one.at):
        stands = hand_off.stands(queue)
        note = N_("the sales manager was told; nobody stands until one is named") if hand_off.is_manager else ""
        outcome = outcome.step(N_("handed off to"), hand_off.told, "text", Basis("", "D-6b", "AMB-D-h"), note=note)
    if stands in queue:
        after = queue[(queue.index(stands) + 1) % len(queue)]
        outcome = outcome.step(N_("next in turn"), after, "text", Basis("", "D-6a"))
    return Outcome(stands, unit=unit_of(stands), steps=outcome.steps)


def empty_area_fine(
    queue: list[str], hand_offs: list[HandOff], found_at: datetime, *, on: date, policy: Policy
) -> Outcome:
    """The fine for a reception area found empty, and whom it concerns (D-6c).

    Args:
        queue, hand_offs: as in `first_receiver`.
        found_at: when it was found empty.
        on: that day.
        policy: the packs; `D.duties.area_fine`.

    Returns:
        The fine in fen, a proposal for the first receiver of that moment; nothing where nobody was (AMB-D-h).
    """
    receiver = first_receiver(queue, hand_offs, found_at)
    _amount, basis = policy.on(on, CHAPTER).amount("area_fine")
    concerned = Step(N_("whom it concerns"), receiver.value, receiver.unit, (basis,))
    return _fined((*receiver.steps, concerned), "area_fine", receiver.value != NOBODY, on, policy)


def empty_area_standing(found_on: list[date], *, on: date, policy: Policy) -> Outcome:
    """Whether a first receiver left the area empty so often that a dismissal is looked at (D-6d).

    Args:
        found_on: the day of each time it was found empty and concerned this consultant, since they signed.
        on: the day it is asked.
        policy: the packs; `D.duties.area_count`.

    Returns:
        `dismissal_flag` from the second time in all (AMB-D-e), otherwise `no_flag`.
    """
    return _in_all(found_on, "area", on, policy)


def arrival(arrived_at: time, *, is_on_duty: bool = False, on: date, policy: Policy) -> Outcome:
    """Whether somebody came late for work (D-7a).

    Args:
        arrived_at: when they came.
        is_on_duty: whether they are the day's duty person, who begins earlier.
        on: the day.
        policy: the packs; `D.duties.work_begins` and `duty_begins`.

    Returns:
        `on_time`, at the very minute too, or `came_late`, which is recorded and costs nothing (AMB-D-i).
    """
    text, basis = policy.on(on, CHAPTER).text("duty_begins" if is_on_duty else "work_begins")
    begins = time.fromisoformat(text)
    steps = (
        Step(N_("came at"), arrived_at, "time"),
        Step(N_("work begins"), begins, "time", (basis,)),
        Step(N_("fine"), 0, "fen", (Basis("", "D-7a", "AMB-D-i"),)),
        caution("L-16", N_("the hours from beginning to end are within the legal day only with breaks")),
    )
    return Outcome("on_time" if arrived_at <= begins else "came_late", unit="word", steps=steps)


def computer_standing(checks: list[Check], *, on: date, policy: Policy) -> Outcome:
    """The fines for computer offences, and whether so many checks running found one (D-7b, D-7c).

    Args:
        checks: every recorded check of one consultant since they signed, clean ones too, in any order.
        on: the day it is asked.
        policy: the packs; `D.duties.offences`. The manager's notebook is none of them.

    Returns:
        `dismissal_flag` or `no_flag`; the fines together are a step. A clean check begins the count anew (AMB-D-f),
        and one outside working hours is no check.

    Raises:
        Unknown: an offence that is not on the list.
    """
    chapter = policy.on(on, CHAPTER)
    limit, basis = chapter.figure("computer_running")
    _amount, fined = chapter.amount("computer_fine")
    chapter.checklist("offences").missing([check.found for check in checks if check.found])
    during = [check for check in sorted(checks, key=lambda one: one.at) if is_at_work(check.at, policy)]
    amounts = [policy.on(day_of(check.at), CHAPTER).amount("computer_fine")[0] for check in during if check.found]
    count = running([bool(check.found) for check in during], limit)
    return standing(count, (sum(amounts), fined), basis, Basis("", "D-7c", "AMB-D-g"))


def register_fine(done_at: datetime | None = None, *, on: date, policy: Policy) -> Outcome:
    """The fine for a day whose register of calls and visits was not written that day (D-8a).

    Args:
        done_at: when it was written, by the time of the entry (K-8); none where it was not.
        on: the day, which is over.
        policy: the packs; `D.duties.register_fine` and `work_ends`.

    Returns:
        The fine in fen, a proposal. Written from the end of work on it is late, and costs nothing (AMB-D-j).
    """
    text, ends = policy.on(on, CHAPTER).text("work_ends")
    is_done = RegisterDay(on, done_at).is_done
    is_early = done_at is not None and done_at.astimezone(ZONE).time() < time.fromisoformat(text)
    word = "not_done" if not is_done else "done_in_time" if is_early else "done_late"
    steps = (
        Step(N_("written at"), done_at, "time", (Basis("", "D-8a"),)),
        Step(N_("work ends"), time.fromisoformat(text), "time", (ends,)),
        Step(N_("register of calls and visits"), word, "word", (Basis("", "D-8a", "AMB-D-j"),)),
    )
    return _fined(steps, "register_fine", not is_done, on, policy)


def register_standing(days: list[RegisterDay], *, on: date, policy: Policy) -> Outcome:
    """Whether the register was not written on so many days that a dismissal is looked at (D-8b).

    Args:
        days: the days of one consultant since they signed that are over; several entries of a day are one day.
        on: the day it is asked.
        policy: the packs; `D.duties.register_count`.

    Returns:
        `dismissal_flag` from the second day in all (AMB-D-e), otherwise `no_flag`; the fines together are a step.
    """
    done = {one.day for one in days if one.is_done}
    return _in_all(sorted({one.day for one in days} - done), "register", on, policy)


def held_calls_fine(calls: list[Call], looked_at: datetime, *, on: date, policy: Policy) -> Outcome:
    """The fine for calls that were not called back at once (D-9a, D-9c).

    Args:
        calls: the calls of one consultant.
        looked_at: the moment of the check; a call nobody called back has waited until then.
        on: the day of the check.
        policy: the packs; `D.duties.callback_minutes` and `call_fine`, each of the call's own day.

    Returns:
        The fine in fen, a proposal: one for each call held up. Exactly the minutes allowed are in time (AMB-D-o).
    """
    minutes, allowed = policy.on(on, CHAPTER).figure("callback_minutes")
    total, steps = 0, [Step(N_("minutes allowed"), minutes, "count", (allowed,))]
    for call in calls:
        chapter = policy.on(day_of(call.rang_at), CHAPTER)
        if call.waited(looked_at) > timedelta(minutes=chapter.figure("callback_minutes")[0]):
            amount, basis = chapter.amount("call_fine")
            total += amount
            steps.append(Step(N_("held up since"), call.rang_at, "time", (basis,)))
    steps.append(Step(N_("fines together"), total, "fen", (Basis("", "D-9c"),)))
    return Outcome(total, unit="fen", steps=(*steps, *([FINE] if total else [])))


def hotline_taker(rotation: list[str], busy: list[str]) -> Outcome:
    """Who takes a customer of the hotline, and calls back at once (D-9b).

    Args:
        rotation: the consultants at work, in their turn.
        busy: those who are not free at the time.

    Returns:
        The first who is free; `nobody` where none is: the customer waits for the sales manager and is nobody's.
    """
    taker = next((name for name in rotation if name not in busy), NOBODY)
    outcome = Outcome(taker, unit=unit_of(taker)).step(
        N_("not free"), ", ".join(busy) or "-", "text", Basis("", "D-9b")
    )
    return outcome.step(N_("free first"), taker, "text", Basis("", "D-9b"))


def _fined(steps: Sequence[Step], entry: str, is_due: bool, on: date, policy: Policy) -> Outcome:  # noqa: FBT001
    """A fine that is due or not, after the steps that say why."""
    amount, basis = policy.on(on, CHAPTER).amount(entry)
    due = amount if is_due else 0
    return Outcome(due, unit="fen", steps=(*steps, Step(N_("fine"), due, "fen", (basis,)), *([FINE] if due else [])))


def _in_all(broken_on: list[date], what: str, on: date, policy: Policy) -> Outcome:
    """What breaches in all propose: each is fined by the figure of its own day."""
    limit, basis = policy.on(on, CHAPTER).figure(f"{what}_count")
    _amount, fined = policy.on(on, CHAPTER).amount(f"{what}_fine")
    total = sum(policy.on(day, CHAPTER).amount(f"{what}_fine")[0] for day in broken_on)
    count = in_all([True] * len(broken_on), limit)
    return standing(count, (total, fined), basis, basis.but(reading="AMB-D-g"))
