"""Reviews of a contract, and test data against live data, as properties (A-2, A-3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, integers, lists, sampled_from

from salesctl.contracts.campaign import Data
from salesctl.contracts.rules import Act, Draft, cpm, gap, handing_in, price_fit, reviews, standing
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.timeline import NotInForce

APRIL = date(2012, 4, 10)
POLICY = Policy(shipped())
NINE = datetime(2012, 4, 10, 9)
BOTH = ["account_director", "support_supervisor"]
drafts = builds(Draft, booleans(), booleans(), booleans(), booleans())
deeds = lists(sampled_from(["edited", *BOTH, "general_manager"]), max_size=8)
data = builds(
    Data,
    integers(1, 10**7),
    integers(0, 1000),
    integers(0, 10**6),
    integers(0, 10**9),
    sampled_from(["0", "0.075", "1"]),
)


def exact(one: Data) -> Fraction:
    income = one.actions * one.price + one.sales * Fraction(one.rate)
    return income * 1000 / one.sends


def acts(deeds: list[str]) -> list[Act]:
    return [
        Act(NINE + timedelta(minutes=n), "edited" if who == "edited" else "reviewed", who)
        for n, who in enumerate(deeds)
    ]


@given(draft=drafts)
def test_who_reviews_a_draft(draft: Draft) -> None:
    """A-2.1 to A-2.3, A-2.5: a change by both, a stamped copy by the supervisor, else nobody."""
    found = reviews(draft, on=APRIL, policy=POLICY).value
    if draft.is_edited or not draft.is_on_template or not draft.is_within_prices:
        assert found == BOTH
    else:
        assert found == (BOTH[1:] if draft.is_stamped_by_customer else [])


@given(deeds=deeds)
def test_an_edited_draft_is_final_after_director_then_supervisor_with_no_edit_since(deeds: list[str]) -> None:
    """A-2.3, AMB-A2-c: what is in between, and whoever else reviews, changes nothing."""
    edited = Draft(is_on_template=True, is_edited=True, is_within_prices=True)
    since = [who for who in "\n".join(deeds).rpartition("edited")[2].split("\n") if who]
    after_director = since[since.index(BOTH[0]) + 1 :] if BOTH[0] in since else None
    wanted = "in_review" if after_director is None else "final" if BOTH[1] in after_director else "director_ok"
    assert standing(edited, acts(deeds), on=APRIL, policy=POLICY).value == wanted


@given(deeds=deeds)
def test_the_order_in_which_acts_are_told_does_not_matter(deeds: list[str]) -> None:
    edited = Draft(is_on_template=True, is_edited=True, is_within_prices=True)
    told = [standing(edited, order, on=APRIL, policy=POLICY).value for order in (acts(deeds), acts(deeds)[::-1])]
    assert told[0] == told[1]


@given(contract=integers(0, 40), form=integers(0, 40), on=integers(0, 60))
def test_a_contract_is_handed_in_when_the_later_of_both_is_there(contract: int, form: int, on: int) -> None:
    """A-2.7: contract and form in either order."""
    first = date(2012, 3, 20)
    one, other, today = (first + timedelta(days=n) for n in (contract, form, on))
    found = handing_in(first, one, other, on=today, policy=POLICY).value
    assert found == handing_in(first, other, one, on=today, policy=POLICY).value
    assert found == ("handed_in" if on >= contract and on >= form else "open")
    assert handing_in(first, one, None, on=today, policy=POLICY).value == "open"


@given(one=data)
def test_the_price_of_a_thousand_is_the_exact_one_to_half_a_fen(one: Data) -> None:
    """A-3.2, AMB-A3-d."""
    apart = Fraction(int(str(cpm(one).value))) - exact(one)
    assert -Fraction(1, 2) < apart <= Fraction(1, 2)


@given(one=data, floor=integers(0, 10**6))
def test_a_price_fits_from_the_floor_on(one: Data, floor: int) -> None:
    """A-3.2: compared before anything is rounded."""
    version = {"origin": "company", "source": "A-3.2", "value": f"{floor // 100}.{floor % 100:02d}"}
    own = {"code": "own", "name": {}, "clauses": {}, "readings": {}, "digest": "0" * 64, "extends": "A"}
    set_up = Policy([*shipped(), {**own, "entries": {"A.tests.price_floor": {"version": [version]}}}])
    assert price_fit(one, on=APRIL, policy=set_up).value == ("fits" if exact(one) >= floor else "application")


@given(test=data, live=data)
def test_a_large_gap_is_more_than_a_fifth_of_the_test_either_way(test: Data, live: Data) -> None:
    """A-3.5, AMB-A3-a."""
    is_large = 5 * abs(exact(live) - exact(test)) > exact(test)
    assert gap(test, live, on=APRIL, policy=POLICY).value == ("suspend" if is_large else "keep_running")


@given(sends=integers(1, 10**6), price=integers(1, 10**6), more=integers(1, 10**6))
def test_the_boundary_of_a_gap_is_the_same_above_and_below(sends: int, price: int, more: int) -> None:
    """AMB-A3-a: exactly a fifth is near on both sides; any more is far."""
    test = Data(sends, 5, price)
    for near, far in (
        (Data(sends * 5, 20, price), 20 * price * more - 1),
        (Data(sends * 5, 30, price), 30 * price * more + 1),
    ):
        assert gap(test, near, on=APRIL, policy=POLICY).value == "keep_running"
        assert gap(test, Data(sends * 5 * more, 1, far), on=APRIL, policy=POLICY).value == "suspend"


def test_before_their_first_days_articles_2_and_3_answer_nothing() -> None:
    """A-2.8, A-3.6: in force from 2012-03-20 and 2012-04-09."""
    draft, one = Draft(is_on_template=True, is_edited=True, is_within_prices=True), Data(1)
    assert reviews(draft, on=date(2012, 3, 20), policy=POLICY).value == BOTH
    assert gap(one, one, on=date(2012, 4, 9), policy=POLICY).value == "keep_running"
    with pytest.raises(NotInForce):
        reviews(draft, on=date(2012, 3, 19), policy=POLICY)
    with pytest.raises(NotInForce):
        gap(one, one, on=date(2012, 4, 8), policy=POLICY)
