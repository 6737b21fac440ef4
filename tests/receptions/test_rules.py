"""Receptions and the table before a negotiation as properties (D-2, D-3)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

from hypothesis import given
from hypothesis.strategies import booleans, lists, randoms, sampled_from, sets, tuples

from salesctl.policy.policy import Policy, shipped
from salesctl.receptions.rules import Reception, materials_fine, standing, unaided_fine

POLICY = Policy(shipped())
START = datetime(2010, 11, 9, 10, 0, tzinfo=timezone(timedelta(hours=8)))
DAY = START.date()
MATERIALS = ("floor_plans", "viewing_forms", "order_forms", "calculator", "rate_tables")
came_of_it = tuples(booleans(), booleans(), booleans())


def received(results: list[tuple[bool, bool, bool]]) -> list[Reception]:
    return [Reception(START + timedelta(hours=place), *result) for place, result in enumerate(results)]


@given(result=came_of_it)
def test_one_of_the_three_is_enough(result: tuple[bool, bool, bool]) -> None:
    """D-2b, AMB-D-d."""
    form, deposit, asked = result
    found = unaided_fine(has_form=form, has_deposit=deposit, asked_for_help=asked, on=DAY, policy=POLICY)
    assert found.value == (10000 if result.count(True) == 0 else 0)


@given(results=lists(came_of_it, max_size=10), shuffle=randoms())
def test_the_flag_comes_with_three_in_a_row_in_the_order_of_time(
    results: list[tuple[bool, bool, bool]], shuffle: Random
) -> None:
    """D-2c, AMB-D-f: the order in which they are told changes nothing."""
    told = received(results)
    shuffle.shuffle(told)
    found = standing(told, on=DAY, policy=POLICY)
    line = "".join("." if any(result) else "x" for result in results)
    assert found.value == ("dismissal_flag" if "xxx" in line else "no_flag")
    steps = {step.name: step.value for step in found.steps}
    assert steps["fines together"] == line.count("x") * 10000
    assert steps["broken in a row"] == len(line) - len(line.rstrip("x"))


@given(on_the_table=sets(sampled_from(MATERIALS)))
def test_a_negotiation_is_fined_once_for_whatever_is_missing(on_the_table: set[str]) -> None:
    """D-3, AMB-D-n: all five, or 200.00; never a flag."""
    found = materials_fine(sorted(on_the_table), on=DAY, policy=POLICY)
    assert found.value == (0 if len(on_the_table) == 5 else 20000)
    assert "dismissal" not in str(found.facts())
