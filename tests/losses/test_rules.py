"""A loss is shared to the fen, by the right table, and the same in both databases (E-15b, E-17, E-20)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, dates, integers, lists, none, one_of, sampled_from, tuples

from salesctl.losses.bearers import TIERS
from salesctl.losses.queries import shares_sql, tier_sql
from salesctl.losses.rules import Price, finance_error, net, shares, tier, value
from salesctl.policy.outcome import Outcome
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.units import add_months
from tests.engines import ENGINES, asked

LARGEST = 10**14 - 1
MONTHS = {"from": "2013-07-01", "origin": "company", "source": "E-17a", "value": 6}
TABLE = {
    "from": "2013-07-01", "origin": "company", "source": "E-17a",
    "shares": [{"name": "receiver", "share": "0.1"}, {"name": "handover_supervisor", "share": "0.2"},
               {"name": "finance_or_commerce", "share": "0.05"},
               {"name": "the_company", "share": "0.65", "balance": True}],
}  # fmt: skip
OWN = {"code": "own", "name": {}, "clauses": {}, "readings": {}, "first_days": {}, "digest": "0" * 64, "extends": "E"}
CHANGED = {"E.losses.months": {"version": [MONTHS]}, "E.losses.within": {"version": [TABLE]}}
POLICY = Policy([*shipped(), {**OWN, "entries": CHANGED}])  # a company that changes both in the middle of 2013
MAY = date(2013, 5, 15)
FINANCE = ["finance"]
TWO = ["head_office_finance", "head_office_commerce"]
fen = one_of(integers(0, 300), integers(0, LARGEST))
days = one_of(
    sampled_from([date(2012, 2, 29), date(2013, 6, 30), date(2013, 7, 1)]), dates(date(2012, 1, 1), date(2014, 12, 31))
)
tiers = sampled_from(TIERS)
both = pytest.mark.parametrize("engine", ENGINES)


def parts(outcome: Outcome) -> list[int]:
    assert isinstance(outcome.value, list)
    return outcome.value


def by_bearer(outcome: Outcome) -> dict[str, object]:
    return {step.name.replace(" ", "_"): step.value for step in outcome.steps}


@given(loss=fen, tier=tiers, is_wrong=booleans(), handling=sampled_from([FINANCE, TWO, []]), on=days)
def test_the_parts_of_a_loss_are_the_loss(loss: int, tier: str, is_wrong: bool, handling: list[str], on: date) -> None:
    """E-17, AMB-E-o: whatever the table, the reading and the number of payers."""
    found = parts(shares(loss, tier, handling, is_wrong, on=on, policy=POLICY))
    assert sum(found) == loss
    assert min(found) >= 0


@given(loss=fen, tier=sampled_from(["within", "after"]))
def test_two_payers_bear_what_one_would_and_the_first_never_less(loss: int, tier: str) -> None:
    """AMB-E-g."""
    one = parts(shares(loss, tier, FINANCE, on=MAY, policy=POLICY))
    two = parts(shares(loss, tier, TWO, on=MAY, policy=POLICY))
    assert two[2] + two[3] == one[2]
    assert 0 <= two[2] - two[3] <= 1
    assert [*two[:2], *two[4:]] == [*one[:2], *one[3:]]


@given(loss=integers(1_000, LARGEST), tier=sampled_from(["within", "after"]))
def test_wrong_figures_cost_the_supervisor_more_and_the_company_less(loss: int, tier: str) -> None:
    """E-20b."""
    plain = by_bearer(shares(loss, tier, FINANCE, on=MAY, policy=POLICY))
    wrong = by_bearer(shares(loss, tier, FINANCE, True, on=MAY, policy=POLICY))
    assert (3 * loss * 2 + 10) // 20 == wrong["handover_supervisor"]
    assert int(str(wrong["handover_supervisor"])) > int(str(plain.get("handover_supervisor", 0)))
    assert int(str(wrong["the_company"])) < int(str(plain["the_company"]))
    assert [wrong[name] for name in ("receiver", "finance")] == [plain[name] for name in ("receiver", "finance")]


@given(completed=days, on=days, months=sampled_from([4]))
def test_four_months_are_counted_by_the_number_of_the_day(completed: date, on: date, months: int) -> None:
    """E-17a, X-22: the corresponding day belongs to them."""
    policy = Policy(shipped())
    wanted = "unsettled" if on < completed else "within" if on <= add_months(completed, months) else "after"
    assert tier(completed, False, on=on, policy=policy).value == wanted
    assert tier(completed, True, on=on, policy=policy).value == "unsettled"


@both
@given(losses=lists(tuples(none() | days, booleans(), days), min_size=1))
def test_a_query_over_findings_equals_each_asked_alone(
    engine: str, losses: list[tuple[date | None, bool, date]]
) -> None:
    """E-15b, E-17a, E-17b: each finding by the months in force on its own day."""
    columns = {"completed_on": "date", "is_known": "boolean", "found_on": "date"}
    found = asked(engine, list(losses), columns, [tier_sql(POLICY, ENGINES[engine])])
    assert found == [(tier(completed, known, on=on, policy=POLICY).value,) for completed, known, on in losses]


@both
@given(losses=lists(tuples(fen, tiers, days), min_size=1))
def test_a_query_over_losses_equals_each_asked_alone(engine: str, losses: list[tuple[int, str, date]]) -> None:
    """E-15b, E-17a, E-17b: each loss by the table in force on its own day, to the fen."""
    bearers = shares_sql(POLICY, ENGINES[engine])
    columns = {"loss": "bigint", "tier": "text", "found_on": "date"}
    found = asked(engine, list(losses), columns, list(bearers.values()))
    assert [sum(row) for row in found] == [loss for loss, _tier, _on in losses]
    for row, (loss, name, on) in zip(found, losses, strict=True):
        alone = by_bearer(shares(loss, name, [], on=on, policy=POLICY))
        assert dict(zip(bearers, row, strict=True)) == {bearer: alone.get(bearer, 0) for bearer in bearers}


@both
def test_a_query_knows_no_other_table(engine: str) -> None:
    columns = {"loss": "bigint", "tier": "text", "found_on": "date"}
    found = asked(engine, [(100, "late", MAY)], columns, list(shares_sql(POLICY, ENGINES[engine]).values()))
    assert set(found[0]) == {None}


@given(loss=fen, back=fen, more=fen)
def test_what_comes_back_never_raises_a_loss(loss: int, back: int, more: int) -> None:
    """X-5."""
    first, second = (net(loss, sum_, False).value for sum_ in (back, back + more))
    assert 0 <= int(str(second)) <= int(str(first)) <= loss


@given(post_wage=fen)
def test_half_and_half_are_the_whole_post_wage_or_a_fen_more(post_wage: int) -> None:
    """E-20a: half a fen is rounded up."""
    half = finance_error(post_wage, "half", "within", on=MAY, policy=POLICY).value
    whole = finance_error(post_wage, "full", "within", on=MAY, policy=POLICY).value
    assert whole == post_wage
    assert 0 <= 2 * int(str(half)) - post_wage <= 1


@given(units=integers(0, 1_000), prices=lists(tuples(days, integers(0, 10**9)), min_size=1), on=days)
def test_goods_are_worth_the_price_of_the_day(units: int, prices: list[tuple[date, int]], on: date) -> None:
    """E-19, AMB-E-f: the latest price that had begun, and never one of a later day."""
    dated = dict(prices)
    listed = [Price(since, each) for since, each in dated.items()]
    begun = {since: each for since, each in dated.items() if since <= on}
    if begun:
        assert value(units, listed, on=on).value == units * begun[max(begun)]
        later = [*listed, Price(on + timedelta(days=1), 7)]
        assert value(units, later, on=on).value == units * begun[max(begun)]
