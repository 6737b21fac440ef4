"""The database answers as the rule: what a week costs in which parties are missing (D-1a, D-1b)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, lists, one_of, sampled_from, tuples

from salesctl.policy.policy import Policy, shipped
from salesctl.quotas.queries import missing_fine_sql
from salesctl.quotas.rules import missing_fine
from tests.engines import ENGINES, asked

CHANGE = date(2011, 1, 3)
FIGURES: dict[str, Any] = {"visits": 4, "viewings": 1, "batch_fine": 50}  # of a company, from a Monday on
ENTRIES = {
    f"D.quotas.{name}": {
        "version": [{"from": CHANGE.isoformat(), "origin": "company", "source": "D-1a", "value": value}]
    }
    for name, value in FIGURES.items()
}
OWN = {"code": "own", "extends": "D", "digest": "0" * 64, "entries": ENTRIES}
POLICIES = {"the regulation": Policy(shipped()), "the company": Policy([*shipped(), OWN])}
EDGES = [CHANGE + timedelta(days=n) for n in (-1, 0, 1)]
parties = integers(0, 6)
days = one_of(sampled_from(EDGES), dates(date(2010, 11, 1), date(2012, 12, 31)))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("which", POLICIES)
@given(rows=lists(tuples(parties, parties, days), min_size=1))
def test_a_query_over_weeks_equals_each_asked_alone(engine: str, which: str, rows: list[tuple[int, int, date]]) -> None:
    """D-1a, D-1b, AMB-D-b: each row by the figures of its own Sunday."""
    policy = POLICIES[which]
    told = [*rows, *((visits, 2, day) for visits in range(6) for day in EDGES)]
    columns = {"visits": "bigint", "viewings": "bigint", "sunday": "date"}
    found = asked(engine, list(told), columns, [missing_fine_sql(policy, ENGINES[engine])])
    assert found == [(missing_fine(visits, viewings, on=day, policy=policy).value,) for visits, viewings, day in told]
