"""The day at the sales office as properties (D-5 to D-9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from hypothesis import given
from hypothesis.strategies import booleans, dates, integers, lists, none, permutations, sampled_from, times, tuples

from salesctl.agenda.rules import due_moments
from salesctl.duties.facts import Call, Check, HandOff, RegisterDay
from salesctl.duties.rules import (
    arrival,
    computer_standing,
    duty_fine,
    empty_area_fine,
    empty_area_standing,
    first_receiver,
    held_calls_fine,
    hotline_taker,
    register_fine,
    register_standing,
)
from salesctl.policy.calendar import Calendar
from salesctl.policy.policy import Policy, shipped

POLICY = Policy(shipped())
DAY = date(2010, 11, 9)
HERE = timezone(timedelta(hours=8))
MORNING = datetime(2010, 11, 9, 9, 0, tzinfo=HERE)
QUEUE = ["li", "ma", "gu"]
OFFENCES = ("chat", "web_use", "video_computer", "own_computer")
seconds = integers(0, 24 * 3600 - 1)


def at(second: int) -> datetime:
    return datetime(2010, 11, 9, tzinfo=HERE) + timedelta(seconds=second)


def steps(found: object) -> dict[str, object]:
    return {step.name: step.value for step in found.steps}  # type: ignore[attr-defined]


@given(cleaned=none() | times(), placed=none() | times())
def test_both_are_done_before_eight_or_it_is_one_fine(cleaned: time | None, placed: time | None) -> None:
    """D-5a, AMB-D-r: by the hour alone."""
    is_ready = cleaned is not None and placed is not None and cleaned.hour < 8 and placed.hour < 8
    assert duty_fine(cleaned, placed, on=DAY, policy=POLICY).value == (0 if is_ready else 30000)


@given(told=lists(tuples(integers(0, 60), sampled_from([*QUEUE, "manager"])), max_size=5), minute=integers(0, 70))
def test_whoever_was_told_last_stands_first_and_pays(told: list[tuple[int, str]], minute: int) -> None:
    """D-6a to D-6c, AMB-D-h; whoever is told at the same minute is told later."""
    hand_offs = [HandOff(MORNING + timedelta(minutes=when), who, who == "manager") for when, who in told]
    counting = sorted((when, place) for place, (when, _who) in enumerate(told) if when <= minute)
    last = told[counting[-1][1]][1] if counting else "li"
    moment = MORNING + timedelta(minutes=minute)
    found = first_receiver(QUEUE, hand_offs, moment)
    stands = found.value
    assert (stands, found.unit) == (("nobody", "word") if last == "manager" else (last, "text"))
    fine = empty_area_fine(QUEUE, hand_offs, moment, on=DAY, policy=POLICY)
    assert (fine.value, steps(fine)["whom it concerns"]) == (0 if last == "manager" else 30000, stands)


@given(queue=permutations(QUEUE))
def test_the_rotation_comes_round(queue: list[str]) -> None:
    """D-6a: handing off to whoever is next, everybody stands once before the first does again."""
    hand_offs: list[HandOff] = []
    stood = []
    for place in range(4):
        moment = MORNING + timedelta(minutes=place)
        found = first_receiver(queue, hand_offs, moment)
        stood.append(found.value)
        hand_offs.append(HandOff(moment + timedelta(seconds=30), str(steps(found)["next in turn"])))
    assert stood == [*queue, queue[0]]


@given(found_on=lists(dates(date(2010, 11, 8), date(2012, 12, 31)), max_size=4))
def test_the_second_empty_area_in_all_raises_the_flag(found_on: list[date]) -> None:
    """D-6d, AMB-D-e, AMB-D-g: however far apart."""
    found = empty_area_standing(found_on, on=DAY, policy=POLICY)
    assert found.value == ("dismissal_flag" if len(found_on) >= 2 else "no_flag")
    assert steps(found)["fines together"] == len(found_on) * 30000


@given(second=seconds, is_on_duty=booleans())
def test_coming_late_never_costs_anything(second: int, is_on_duty: bool) -> None:
    """D-7a, AMB-D-i."""
    found = arrival(at(second).time(), is_on_duty=is_on_duty, on=DAY, policy=POLICY)
    begins = 8 * 3600 if is_on_duty else 8 * 3600 + 30 * 60
    assert found.value == ("on_time" if second <= begins else "came_late")
    assert steps(found)["fine"] == 0


@given(looks=lists(tuples(seconds, sampled_from(["", *OFFENCES])), max_size=10, unique_by=lambda look: look[0]))
def test_only_checks_during_work_count(looks: list[tuple[int, str]]) -> None:
    """D-7b, D-7c, AMB-D-f: from 08:30:00 through 17:39:59."""
    checks = [Check(at(second), found) for second, found in looks]
    line = "".join("x" if found else "." for second, found in sorted(looks) if 30600 <= second <= 63599)
    found = computer_standing(checks, on=DAY, policy=POLICY)
    assert found.value == ("dismissal_flag" if "xxx" in line else "no_flag")
    assert steps(found)["fines together"] == line.count("x") * 20000


@given(second=integers(-3 * 86400, 3 * 86400))
def test_the_register_is_written_that_very_day(second: int) -> None:
    """D-8a, AMB-D-j: neither before it nor after it, by the clock of Shanghai."""
    written = at(second).astimezone(UTC)
    found = register_fine(written, on=DAY, policy=POLICY)
    assert found.value == (0 if 0 <= second < 86400 else 50000)
    if not found.value:
        assert steps(found)["register of calls and visits"] == (
            "done_in_time" if second < 17 * 3600 + 40 * 60 else "done_late"
        )


@given(told=lists(tuples(integers(0, 5), booleans()), max_size=8))
def test_a_day_counts_once_and_one_entry_is_enough(told: list[tuple[int, bool]]) -> None:
    """D-8b: the flag comes with the second day."""
    days = [
        RegisterDay(DAY + timedelta(days=day), at(day * 86400 + 60000) if is_done else None) for day, is_done in told
    ]
    broken = {day for day, _is_done in told} - {day for day, is_done in told if is_done}
    found = register_standing(days, on=DAY, policy=POLICY)
    assert steps(found)["fines together"] == len(broken) * 50000
    assert found.value == ("dismissal_flag" if len(broken) >= 2 else "no_flag")


@given(waits=lists(none() | integers(0, 7200), max_size=6), looked=integers(0, 7200))
def test_each_call_held_up_costs_the_same(waits: list[int | None], looked: int) -> None:
    """D-9c, AMB-D-o: 1 800 seconds are in time, one more is not."""
    calls = [Call(MORNING, None if wait is None else MORNING + timedelta(seconds=wait)) for wait in waits]
    held = [wait for wait in waits if (looked if wait is None else wait) > 1800]
    found = held_calls_fine(calls, MORNING + timedelta(seconds=looked), on=DAY, policy=POLICY)
    assert found.value == len(held) * 50000


@given(rotation=permutations(QUEUE), busy=lists(sampled_from(QUEUE), unique=True))
def test_the_hotline_never_goes_to_somebody_busy(rotation: list[str], busy: list[str]) -> None:
    """D-9b: nor past somebody who is free and comes earlier."""
    taker = hotline_taker(rotation, busy).value
    free = [name for name in rotation if name not in busy]
    assert taker == (free[0] if free else "nobody")


def test_area_and_calls_are_looked_at_through_the_working_day() -> None:
    """T-29, T-31: from 08:30 until 17:40, every half hour and every five minutes."""
    for duty, minutes in (("T-29", 30), ("T-31", 5)):
        moments = due_moments(duty, DAY, DAY, policy=POLICY, calendar=Calendar()).value
        assert isinstance(moments, list)
        assert (moments[0], len(moments)) == ("2010-11-09 08:30", 550 // minutes + 1)
