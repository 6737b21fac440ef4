"""What a handover misses: every signature, every customer, every problem (E-4e, E-6, E-7, E-15, E-16)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, lists, none, sampled_from, sets

from salesctl.handovers.completion_rules import Paper, Visit, issue, may_sign_form, unsigned, unverified
from salesctl.policy.policy import Policy, shipped

POLICY = Policy(shipped())
MAY = date(2013, 5, 6)
PARTIES = ("transferor", "receiver", "handover_supervisor")
CATEGORIES = ("customer_data", "receivables_detail", "sample_detail", "work_papers")
FORM = ("salesperson", "superior", "manager")
parties = sets(sampled_from(PARTIES)).map(sorted)
papers = lists(builds(Paper, sampled_from("abc"), sampled_from(CATEGORIES), parties))
customers = sampled_from(["ming", "hua", "lan"])
days = dates(MAY - timedelta(days=3), MAY + timedelta(days=3))
visits = lists(builds(Visit, customers, days, parties, booleans()))


def listed(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


@given(handed=papers)
def test_nothing_is_missing_only_with_three_signatures_on_papers_of_every_category(handed: list[Paper]) -> None:
    """E-4e, E-5, EX-E-7."""
    left = listed(unsigned(handed, on=MAY, policy=POLICY).value)
    empty = set(CATEGORIES) - {paper.category for paper in handed}
    assert len(left) == len(empty) + sum(3 - len(paper.signed_by) for paper in handed)


@given(visits=visits, waived=sets(customers).map(sorted))
def test_a_customer_is_done_when_all_three_came_at_once_and_the_customer_signed(
    visits: list[Visit], waived: list[str]
) -> None:
    """E-6a, E-6b, AMB-E-i."""
    named = ["ming", "hua", "lan"]
    left = listed(unverified(named, visits, waived, on=MAY, policy=POLICY).value)
    for customer in named:
        made = [visit for visit in visits if visit.customer == customer and visit.day <= MAY]
        is_done = any(len(visit.parties) == 3 for visit in made) and any(visit.has_signed for visit in made)
        assert (customer in left) == (not is_done and customer not in waived)


@pytest.mark.parametrize("order", list(permutations(FORM)))
def test_a_form_is_signed_in_one_order_alone(order: tuple[str, ...]) -> None:
    """E-7, EX-E-12."""
    granted: list[str] = []
    for signer in order:
        if may_sign_form(signer, granted, True, on=MAY, policy=POLICY).value != "granted":
            break
        granted.append(signer)
    assert (tuple(granted) == FORM) == (order == FORM)
    assert granted == list(FORM[: len(granted)])


@given(due=none() | days, settled=none() | days, planned=days, on=days)
def test_a_problem_is_somebodys(due: date | None, settled: date | None, planned: date, on: date) -> None:
    """E-15a, E-15b, E-16: settled, the receiver's, or the transferor's; open only through the planned day."""
    answer = issue(due, [], settled, planned, on=on, policy=POLICY).value
    if settled and settled <= on:
        assert answer == "settled"
    elif due and due > planned:
        assert answer == "carried"
    else:
        assert answer == ("open" if on <= planned else "unsettled")
