"""The database answers as the rule: what a failure of each number costs (C-10a to C-10c)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, lists, one_of, sampled_from, tuples

from salesctl.errors import Invalid
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.units import TooExact
from salesctl.violations.queries import penalty_sql
from salesctl.violations.rules import penalty
from tests.engines import ENGINES, asked

JUNE = date(2013, 6, 17)
CHANGE = date(2013, 1, 1)
EDGES = [date(2012, 12, 31), CHANGE, date(2013, 1, 2)]
days = one_of(sampled_from(EDGES), dates(date(2012, 1, 1), date(2014, 12, 31)))


def companys(**rows: list[str]) -> Policy:
    """A company that has these rows instead of the ladder's from 2013 on."""
    version = {"from": CHANGE.isoformat(), "origin": "company", "source": "C-10a", "rows": rows}
    entries = {"C.violations.ladder": {"version": [version]}}
    return Policy([*shipped(), {"code": "own", "extends": "C", "digest": "0" * 64, "entries": entries}])


POLICIES = {
    "the regulation": Policy(shipped()),
    "four rungs": companys(
        first=["10.00", "nothing"], second=["0.00", "5.5"], third=["80.05", "warning"], more=["dismissal_flag", "30.00"]
    ),
    "one rung": companys(every=["20.00", "warning"]),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("which", POLICIES)
@given(rows=lists(tuples(integers(-2, 7), days), min_size=1))
def test_a_query_over_failures_equals_each_asked_alone(engine: str, which: str, rows: list[tuple[int, date]]) -> None:
    """C-10a to C-10c: a number below 1 is no failure, and no zero is answered for it."""
    policy = POLICIES[which]
    told = [*rows, *((number, day) for number in range(6) for day in EDGES)]
    found = asked(
        engine, list(told), {"ordinal": "bigint", "violated_on": "date"}, penalty_sql(policy, ENGINES[engine])
    )
    assert [list(row) for row in found] == [
        penalty(number, False, on=day, policy=policy).value if number > 0 else [None, None] for number, day in told
    ]


@pytest.mark.parametrize(
    "row", [["20.00"], ["20.00", "warning", "nothing"], ["20.00", "warnings"], ["20.005", "nothing"]]
)
def test_a_row_that_cannot_be_read_is_an_error_before_any_row_is_asked(row: list[str]) -> None:
    """C-10a."""
    with pytest.raises((Invalid, TooExact)):
        penalty_sql(companys(first=row, second=["20.00", "warning"]), ENGINES["sqlite"])
