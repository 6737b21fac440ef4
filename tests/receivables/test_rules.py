"""Debts as properties: what a payment pays, and which months count when a company changes them (A-8.1, AMB-A8-c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis.strategies import builds, integers, lists

from salesctl.policy.policy import Policy, shipped
from salesctl.receivables.rules import oldest_first, watched_from
from tests.policy.folders import BOTH, found

sums = integers(0, 3) | integers(0, 10**14)


@dataclass
class Debt:
    open: int


@given(amount=sums, debts=lists(builds(Debt, sums), max_size=6))
def test_a_payment_pays_debt_after_debt_until_it_is_used_up(amount: int, debts: list[Debt]) -> None:
    """AMB-A8-c: none is left half paid before the next gets a fen, and nothing is paid of nothing."""
    paid = oldest_first(amount, debts)
    assert sum(part for _debt, part in paid) == min(amount, sum(debt.open for debt in debts))
    assert all(0 < part <= debt.open for debt, part in paid)
    assert all(part == debt.open for debt, part in paid[:-1])
    assert [debt for debt, _part in paid] == [debt for debt in debts if debt.open][: len(paid)]


def test_from_its_first_day_another_number_of_months_counts(tmp_path: Path) -> None:
    """A-8.1, K-9: what was over two months the day before stays watched; on the day itself three are wanted."""
    files = {
        "pack.toml": f'code = "own"\nextends = "A"\nname = {BOTH}',
        "receivables.toml": "[[watch.version]]\nfrom = 2012-06-01\nvalue = 3\n",
    }
    pack, faults = found(tmp_path, files)
    assert not faults
    policy = Policy([*shipped(), pack])
    assert watched_from(date(2012, 3, 30), policy=policy).value == date(2012, 5, 31)
    assert watched_from(date(2012, 3, 31), policy=policy).value == date(2012, 7, 1)
