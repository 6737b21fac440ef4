"""Breaches in a row and in all (AMB-D-e, AMB-D-f, X-10), against a count that looks at every stretch."""

from __future__ import annotations

from hypothesis import given
from hypothesis.strategies import booleans, integers, lists

from salesctl.policy.outcome import Basis
from salesctl.policy.streaks import in_all, running, standing

chances = lists(booleans(), max_size=12)
limits = integers(1, 5)
FINED, LIMITED = Basis("", "D-2b"), Basis("", "D-2c", "AMB-D-f")


@given(breaches=chances, limit=limits)
def test_running_is_a_stretch_without_a_clean_one(breaches: list[bool], limit: int) -> None:
    """AMB-D-f: the flag comes with the last breach of the first whole stretch."""
    ends = [place for place in range(limit, len(breaches) + 1) if all(breaches[place - limit : place])]
    assert running(breaches, limit).reached == next(iter(ends), None)


@given(breaches=chances, limit=limits)
def test_a_clean_one_begins_the_count_anew(breaches: list[bool], limit: int) -> None:
    assert running([*breaches, False], limit).times == 0
    assert running([*breaches, False, True], limit).times == 1
    assert running([*breaches, True], limit).times == running(breaches, limit).times + 1


@given(breaches=chances, limit=limits)
def test_once_reached_stays_known(breaches: list[bool], limit: int) -> None:
    """A flag is of what happened; what comes later does not undo it."""
    for count in (running, in_all):
        reached = count(breaches, limit).reached
        assert reached is None or count([*breaches, False, True], limit).reached == reached


@given(breaches=chances, limit=limits)
def test_in_all_a_clean_one_changes_nothing(breaches: list[bool], limit: int) -> None:
    """AMB-D-e: the limit itself is enough."""
    count = in_all(breaches, limit)
    assert count.times == sum(breaches)
    assert (count.reached is not None) == (sum(breaches) >= limit)
    if count.reached is not None:
        assert breaches[count.reached - 1]
        assert sum(breaches[: count.reached]) == limit


@given(breaches=chances, limit=limits)
def test_in_all_is_reached_no_later_than_running(breaches: list[bool], limit: int) -> None:
    run, whole = running(breaches, limit).reached, in_all(breaches, limit).reached
    assert run is None or (whole is not None and whole <= run)


@given(breaches=chances, limit=limits, fined=integers(0, 10**6))
def test_a_count_proposes_and_warns(breaches: list[bool], limit: int, fined: int) -> None:
    """L-3 stands beside every fine, L-5 and L-7 beside every flag, and nowhere else."""
    count = running(breaches, limit)
    found = standing(count, (fined, FINED), LIMITED)
    assert found.value == ("no_flag" if count.reached is None else "dismissal_flag")
    warned = [step.value for step in found.steps if step.name == "legal warning"]
    assert warned == ["L-3"] * (fined > 0) + ["L-5", "L-7"] * (count.reached is not None)


def test_a_limit_of_none_is_reached_by_the_first_breach_and_by_no_clean_one() -> None:
    for count in (running, in_all):
        assert count([False, False, True, False], 0).reached == 3
        assert count([False, False], 0).reached is None
