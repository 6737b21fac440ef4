"""The weekly quota as properties (D-1, D-4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, lists, tuples

from salesctl.policy.policy import Policy, shipped
from salesctl.quotas.rules import (
    Week,
    WeeksApart,
    first_week,
    missing_fine,
    outlook,
    payable_fine,
    payroll_month,
    sold_on,
    standing,
)

POLICY = Policy(shipped())
MONDAY = date(2010, 11, 8)
CHANGE = date(2011, 1, 3)
parties = integers(0, 6)
days = dates(date(2010, 11, 1), date(2012, 12, 31))
brought = lists(tuples(parties, parties, integers(0, 2)), max_size=9)


def changed() -> Policy:
    """The regulation, and a company that asks for more from a Monday on."""
    figures = {"visits": 4, "viewings": 1, "batch_fine": "50.00"}
    entries = {
        f"D.quotas.{name}": {
            "file": "quotas.toml",
            "version": [{"from": CHANGE.isoformat(), "origin": "company", "source": "D-1a", "value": value}],
        }
        for name, value in figures.items()
    }
    return Policy([*shipped(), {"code": "own", "extends": "D", "digest": "0" * 64, "entries": entries}])


OWN = changed()


def weeks_of(figures: list[tuple[int, int, int]], first: date = MONDAY) -> list[Week]:
    return [Week(first + timedelta(weeks=place), *figure) for place, figure in enumerate(figures)]


@given(visits=parties, viewings=parties)
def test_each_missing_party_costs_the_same_and_none_is_set_off(visits: int, viewings: int) -> None:
    """D-1a, D-1b, AMB-D-b: 3 visits, 2 viewings, 100.00 each; 500.00 at most."""
    lacking = len(range(visits, 3)) + len(range(viewings, 2))
    assert missing_fine(visits, viewings, on=MONDAY, policy=POLICY).value == lacking * 10000


@given(visits=parties, viewings=parties, more=parties)
def test_more_parties_never_cost_more(visits: int, viewings: int, more: int) -> None:
    fines = [
        int(str(missing_fine(*done, on=MONDAY, policy=POLICY).value))
        for done in ((visits, viewings), (visits + more, viewings), (visits, viewings + more))
    ]
    assert fines[0] >= max(fines[1:])


def test_a_companys_figures_hold_from_their_first_day() -> None:
    """The day before, on and after: what is wanted is what stood on the Sunday."""
    before, after = CHANGE - timedelta(days=1), CHANGE + timedelta(days=1)
    fines = [missing_fine(2, 1, on=day, policy=OWN).value for day in (before, CHANGE, after)]
    assert fines == [20000, 10000, 10000]


@given(figure=tuples(parties, parties, integers(0, 2)), is_lifted=booleans())
def test_a_sale_suspends_the_whole_fine_until_it_is_lifted(figure: tuple[int, int, int], is_lifted: bool) -> None:
    """D-1d: nothing or all of it, never a part."""
    [week] = weeks_of([figure])
    fine = missing_fine(week.visits, week.viewings, on=week.sunday, policy=POLICY).value
    found = payable_fine(week, is_suspension_lifted=is_lifted, policy=POLICY)
    assert found.value == (0 if week.sales and not is_lifted else fine)
    assert {step.name: step.value for step in found.steps}["fine of the week"] == fine


@given(figures=brought, sold=lists(integers(0, 2), min_size=9, max_size=9))
def test_the_flag_looks_at_targets_and_never_at_sales(figures: list[tuple[int, int, int]], sold: list[int]) -> None:
    """D-1c, AMB-D-c."""
    missed = "".join("x" if visits < 3 or viewings < 2 else "." for visits, viewings, _sales in figures)
    other = [(*figure[:2], sales) for figure, sales in zip(figures, sold, strict=False)]
    for told in (figures, other):
        found = standing(weeks_of(told), MONDAY, on=MONDAY + timedelta(weeks=9), policy=POLICY)
        assert found.value == ("dismissal_flag" if "xxx" in missed else "no_flag")


@given(figures=lists(tuples(parties, parties, integers(0, 2)), min_size=2, max_size=9), at=integers(0, 8))
def test_a_week_left_out_is_no_clean_week(figures: list[tuple[int, int, int]], at: int) -> None:
    weeks, on = weeks_of(figures), MONDAY + timedelta(weeks=9)
    assert (
        standing(weeks[::-1], MONDAY, on=on, policy=POLICY).value == standing(weeks, MONDAY, on=on, policy=POLICY).value
    )
    if at < len(weeks) - 1:
        with pytest.raises(WeeksApart):
            standing(weeks[:at] + weeks[at + 1 :], MONDAY, on=on, policy=POLICY)


@given(figures=brought, on=dates(MONDAY, MONDAY + timedelta(weeks=9)))
def test_a_week_counts_once_its_sunday_is_there(figures: list[tuple[int, int, int]], on: date) -> None:
    """T-26: what is still running has not been missed yet."""
    over = ["x" if visits < 3 or viewings < 2 else "." for visits, viewings, _sales in figures][
        : ((on - MONDAY).days + 1) // 7
    ]
    found = standing(weeks_of(figures), MONDAY, on=on, policy=POLICY)
    run = len(over) - len("".join(over).rstrip("x"))
    assert {step.name: step.value for step in found.steps}["broken in a row"] == run


@given(started=days)
def test_the_first_week_is_the_first_whole_one(started: date) -> None:
    """AMB-D-l."""
    first = first_week(started).value
    assert isinstance(first, date)
    assert (first.isoweekday(), 0 <= (first - started).days <= 6) == (1, True)


@given(day=days)
def test_all_days_of_a_week_have_one_payroll_month(day: date) -> None:
    """AMB-D-m: that of the day on which the week of the ISO calendar ends."""
    sunday = date.fromisocalendar(*day.isocalendar()[:2], 7)
    assert payroll_month(day).value == sunday.isoformat()[:7]


@given(signed=days, paid=days)
def test_a_home_is_sold_when_both_are_done(signed: date, paid: date) -> None:
    """AMB-D-p: whichever comes first."""
    assert sold_on(signed, paid).value == sold_on(paid, signed).value == sorted([signed, paid])[1]
    assert sold_on(signed, None).value is sold_on(None, paid).value is None


@given(visits=parties, arranged=parties)
def test_whoever_will_lack_visits_goes_out(visits: int, arranged: int) -> None:
    """D-4a: exactly three are enough; the places are named, and no sum."""
    found = outlook(visits, arranged, on=MONDAY, policy=POLICY)
    places = [step.value for step in found.steps if step.name == "where to promote"]
    assert (found.value == "on_target") == (visits + arranged >= 3) == (not places)
    assert all(step.unit != "fen" for step in found.steps)


@given(week=builds(Week, days, parties, parties))
def test_a_week_begins_on_monday(week: Week) -> None:
    """K-7."""
    if week.monday.isoweekday() != 1:
        with pytest.raises(WeeksApart):
            standing([week], week.monday - timedelta(days=6), on=week.sunday, policy=POLICY)
    else:
        assert week.sunday.isoweekday() == 7
