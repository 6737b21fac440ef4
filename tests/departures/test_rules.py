"""A departure goes forward, ends by the law, and pays in full (E-8, E-18, L-9, L-10)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, none

from salesctl.departures.rules import STAGES, Departure, final_pay, formalities, last_day, may_leave_on, stage
from salesctl.policy.policy import Policy, shipped

POLICY = Policy(shipped())
FILED = date(2013, 5, 1)
fen = integers(0, 10**12)
days = dates(FILED, date(2013, 8, 1))
departures = builds(Departure, days, days | none(), days | none(), days | none(), days | none())


@given(departure=departures, on=days)
def test_a_departure_never_goes_back(departure: Departure, on: date) -> None:
    """SM-25: except that the employment ends with the notice, whatever is missing (L-9)."""
    order = list(STAGES)
    earlier, later = (
        order.index(str(stage(departure, on=day, policy=POLICY).value)) for day in (on, on + timedelta(days=1))
    )
    assert earlier <= later or (STAGES[earlier], STAGES[later]) == ("left_open", "left")


@given(departure=departures, on=days)
def test_thirty_days_after_the_report_the_employment_has_ended(departure: Departure, on: date) -> None:
    """E-8, L-9: neither consent nor handover holds it up, and nothing ends it sooner."""
    has_ended = stage(departure, on=on, policy=POLICY).value in ("left", "left_open")
    assert has_ended == (on > departure.filed_on + timedelta(days=30))


@given(wished=days, probation=booleans(), dismissed=booleans())
def test_a_report_that_is_taken_ends_the_employment_on_the_day_it_names(
    wished: date, probation: bool, dismissed: bool
) -> None:
    """E-8, L-9, X-15: and one that is refused names a day before the one it would end on."""
    said = Departure(FILED, wished_on=wished, is_on_probation=probation, is_dismissed=dismissed)
    ends, is_taken = last_day(said, policy=POLICY).day, may_leave_on(said, policy=POLICY).value == "granted"
    assert is_taken == (ends == wished)
    assert is_taken or wished < ends
    assert stage(said, on=ends, policy=POLICY).value not in ("left", "left_open")
    assert stage(said, on=ends + timedelta(days=1), policy=POLICY).value in ("left", "left_open")


@given(completed=days | none(), on=days)
def test_formalities_wait_for_the_handover_alone(completed: date | None, on: date) -> None:
    """E-4g, E-18."""
    assert formalities(completed, on=on).value == ("granted" if completed and completed <= on else "refused")


@given(wages=fen, bonus=fen, severance=fen, completed=days | none(), on=days)
def test_wages_and_bonus_are_always_payable(
    wages: int, bonus: int, severance: int, completed: date | None, on: date
) -> None:
    """L-10: at most the severance waits, and nothing is lost."""
    sums = final_pay(wages, bonus, severance, completed, on=on).value
    assert isinstance(sums, list)
    now, waits = sums
    assert now + waits == wages + bonus + severance
    assert now >= wages + bonus
    assert waits == (0 if completed and completed <= on else severance)
