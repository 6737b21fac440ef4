"""The database answers as the rule: what a sales commission leaves each of the two (A-10.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, lists, none, one_of, sampled_from, tuples

from salesctl.pairings.queries import split_sql
from salesctl.pairings.rules import split
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.timeline import NotInForce
from tests.engines import ENGINES, asked

FIRST = date(2012, 3, 1)
LATER = {  # a company that shares half and half from the middle of 2012 on
    "from": "2012-07-01",
    "origin": "company",
    "source": "A-10.2",
    "shares": [
        {"name": "account_manager", "share": "0.5"},
        {"name": "account_executive", "share": "0.5", "balance": True},
    ],
}
OWN = {"code": "own", "extends": "A", "digest": "0" * 64, "entries": {"A.pairings.split": {"version": [LATER]}}}
POLICIES = {"the regulation": Policy(shipped()), "the company": Policy([*shipped(), OWN])}
EDGES = [FIRST + timedelta(days=n) for n in (-1, 0, 1)] + [date(2012, 6, 30), date(2012, 7, 1)]
days = one_of(sampled_from(EDGES), dates(date(2012, 2, 1), date(2012, 9, 30)))
fen = one_of(integers(0, 300), integers(0, 10**14 - 1))
COLUMNS = {"commission": "bigint", "paired_on": "date", "received_on": "date"}
Row = tuple[int, date | None, date]


def alone(row: Row, policy: Policy) -> object:
    commission, paired, received = row
    try:
        return split(commission, paired, on=received, policy=policy).value
    except NotInForce:
        return [None, None]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("which", POLICIES)
@given(rows=lists(tuples(fen, days | none(), days), min_size=1))
def test_a_query_over_commissions_equals_each_asked_alone(engine: str, which: str, rows: list[Row]) -> None:
    """A-10.2, A-10.5, AMB-A10-b: paired or not yet, by the shares of the row's own day; no sum before the first."""
    policy = POLICIES[which]
    told = [
        *rows,
        *((sum_, paired, day) for sum_ in (0, 1, 5) for paired in (None, FIRST, date(2012, 6, 30)) for day in EDGES),
    ]
    found = asked(engine, list(told), COLUMNS, split_sql(policy, ENGINES[engine]))
    assert [list(parts) for parts in found] == [alone(row, policy) for row in told]
