"""Consent, supervision, wages and the bar as properties (D-10, D-11)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, lists, none, permutations, sampled_from, text

from salesctl.consultants.rules import (
    Consultant,
    Fine,
    Ruling,
    bound_from,
    full_pay,
    may_decide,
    may_join,
    may_pay_less,
    month_fines,
    regime_start,
)
from salesctl.policy.policy import Policy, shipped

POLICY = Policy(shipped())
FIRST, LAST = date(2010, 11, 1), date(2010, 11, 30)
days = dates(FIRST, LAST)
sums = integers(0, 10**8)
near = dates(FIRST, FIRST + timedelta(days=4))  # so that signatures, joining and leaving often meet on one day
people = lists(
    builds(Consultant, sampled_from(["li", "ma", "gu"]), none() | near, none() | near, none() | near), max_size=4
)
STATES = ("confirmed", "proposed", "suspended", "waived")


def is_agreed(consultants: list[Consultant], day: date) -> bool:
    """Everybody who is there on the day has signed by then, and somebody has signed at all."""
    here = [
        one
        for one in consultants
        if (one.joined_on is None or one.joined_on <= day) and (one.left_on is None or day <= one.left_on)
    ]
    signatures = [one.signed_on for one in consultants if one.signed_on is not None and one.signed_on <= day]
    return bool(signatures) and all(one.signed_on is not None and one.signed_on <= day for one in here)


@given(consultants=people)
def test_it_begins_on_the_first_day_on_which_all_there_have_signed(consultants: list[Consultant]) -> None:
    """D-10c, AMB-D-k: found by looking at every day."""
    span = [FIRST + timedelta(days=n) for n in range(40)]
    agreed = [day for day in span if is_agreed(consultants, day)]
    found = regime_start(consultants)
    assert (found.value, found.unit) == ((agreed[0], "day") if agreed else ("inactive", "word"))


@given(signed=lists(days, min_size=1, max_size=5), again=permutations(range(5)))
def test_the_last_signature_begins_it_whoever_gives_it(signed: list[date], again: list[int]) -> None:
    told = [Consultant(str(n), day) for n, day in enumerate(signed)]
    other = [told[place] for place in again if place < len(told)]
    assert regime_start(told).value == regime_start(other).value == sorted(signed)[-1]
    assert regime_start([*told, Consultant("gu")]).value == "inactive"


@given(signed=none() | days, started=none() | days)
def test_nobody_is_bound_before_both_days(signed: date | None, started: date | None) -> None:
    """AMB-D-k."""
    bound = bound_from(signed, started)
    known = sorted(day for day in (signed, started) if day is not None)
    assert (bound.value, bound.unit) == ((known[1], "day") if len(known) == 2 else ("inactive", "word"))


@given(
    grade=sampled_from(["sales_manager", "sales_supervisor", "property_consultant", "general_manager", ""]),
    is_own=booleans(),
    decision=sampled_from(["confirm", "waive", "post"]),
    reason=sampled_from(["", "  ", "on leave"]),
)
def test_only_a_supervisor_decides_and_never_on_their_own(grade: str, is_own: bool, decision: str, reason: str) -> None:
    """D-10b, K-10, K-12."""
    found = may_decide(Ruling(grade, is_own, decision, reason), on=LAST, policy=POLICY)
    is_sound = decision == "confirm" or (decision == "waive" and reason == "on leave")
    may = grade in ("sales_manager", "sales_supervisor") and not is_own and is_sound
    assert found.value == ("granted" if may else "refused")
    assert bool(found.steps[-1].note) == (not may)


fines = lists(builds(Fine, dates(date(2010, 10, 25), date(2011, 1, 5)), sums, sampled_from(STATES)), max_size=8)


@given(told=fines, wages=none() | sums, on=days)
def test_every_fine_of_the_month_is_in_one_sum(told: list[Fine], wages: int | None, on: date) -> None:
    """D-10a, AMB-D-q: no other month, nothing carried over, and no wage lowers the sum."""
    found = month_fines(told, wages, on=on)
    steps = {step.name: step.value for step in found.steps}
    here = [one for one in told if f"{one.day:%Y-%m}" == "2010-11"]
    for state in STATES:
        assert steps[state.replace("suspended", "fine suspended")] == sum(
            one.amount for one in here if one.state == state
        )
    assert found.value == steps["confirmed"]
    if wages is not None:
        assert steps["more than the wages"] == max(int(str(found.value)) - wages, 0)


@given(wages=sums, commission=sums)
def test_all_is_owed_and_the_warnings_stand_beside_it(wages: int, commission: int) -> None:
    """D-10d, L-4, L-10, L-21."""
    found = full_pay(wages, commission)
    assert found.value == wages + commission
    assert {"L-4", "L-10", "L-21"} <= set(found.clauses)


@given(owed=sums, paid=sums, who=sampled_from(["", " ", "zhao"]), why=sampled_from(["", " ", "gravity"]))
def test_less_is_never_recorded_namelessly(owed: int, paid: int, who: str, why: str) -> None:
    """X-8: and the full sum asks for nothing."""
    found = may_pay_less(owed, paid, who, why)
    assert (found.value == "granted") == (paid >= owed or (who, why) == ("zhao", "gravity"))
    assert ("L-4" in found.clauses) == (paid < owed)


@given(department=sampled_from(["beijing_sales", "北京销售部", "Beijing sales department"]) | text(max_size=5))
def test_only_the_dismissed_are_barred_and_only_from_beijing(department: str) -> None:
    """D-11, X-25."""
    is_beijing = department in ("beijing_sales", "北京销售部", "Beijing sales department")
    answers = [
        may_join(department, ended, on=LAST, policy=POLICY).value
        for ended in ("dismissed", "resigned", "contract_ended")
    ]
    assert answers == ["refused" if is_beijing else "granted", "granted", "granted"]
