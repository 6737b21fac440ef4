"""The database answers as the rules: who decides on commission and on make-good volume (A-4, A-6)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, lists, one_of, sampled_from, tuples

from salesctl.approvals.queries import approver_sql, make_good_sql
from salesctl.approvals.rules import approver, make_good_level
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.timeline import NotInForce
from tests.engines import ENGINES, asked

RUNGS = {"bands": [{"name": "account_manager", "below": "0.02"}, {"name": "general_manager"}]}
LATER = {  # a company that changes both ladders in the middle of 2013
    key: {"version": [{"from": "2013-07-01", "origin": "company", "source": source, **RUNGS}]}
    for key, source in (("A.commission.authority", "A-6.1"), ("A.make_good.database", "A-4.2b"))
}
OWN = {"code": "own", "name": {}, "clauses": {}, "readings": {}, "first_days": {}, "digest": "0" * 64, "extends": "A"}
POLICY = Policy([*shipped(), {**OWN, "entries": LATER}])
LARGEST = 10**14 - 1
EDGES = [date(2012, 4, 12), date(2012, 4, 13), date(2013, 6, 30), date(2013, 7, 1)]
days = one_of(sampled_from(EDGES), dates(date(2012, 1, 1), date(2015, 12, 31)))
both = pytest.mark.parametrize("engine", ENGINES)
whole = one_of(integers(0, 300), integers(0, LARGEST))


def scalar(commission: int, received: int, on: date) -> object:
    try:
        return approver(commission, received, on=on, policy=POLICY).value
    except NotInForce:
        return None


@both
@given(requests=lists(tuples(whole, whole, days), min_size=1))
def test_a_query_over_commissions_equals_each_asked_alone(engine: str, requests: list[tuple[int, int, date]]) -> None:
    """A-6.1 to A-6.3: each row on its own day, nothing before the first (A-6.6)."""
    columns = {"commission": "bigint", "received": "bigint", "decided_on": "date"}
    found = asked(engine, list(requests), columns, [approver_sql(POLICY, ENGINES[engine])])
    assert found == [(scalar(*request),) for request in requests]


@both
@given(received=integers(1, LARGEST), on=days)
def test_a_query_keeps_both_boundaries_of_a_commission(engine: str, received: int, on: date) -> None:
    """AMB-A6-a, AMB-A6-b: the last fen within, the first fen beyond, on either side of each figure."""
    edges = [edge + more for edge in (received // 20, received // 10) for more in (-1, 0, 1) if edge + more >= 0]
    rows = [(edge, received, on) for edge in edges]
    columns = {"commission": "bigint", "received": "bigint", "decided_on": "date"}
    found = asked(engine, list(rows), columns, [approver_sql(POLICY, ENGINES[engine])])
    assert found == [(scalar(*row),) for row in rows]


@both
@given(requests=lists(tuples(sampled_from(["platform", "database"]), whole, whole, days), min_size=1))
def test_a_query_over_make_good_equals_each_alone(engine: str, requests: list[tuple[str, int, int, date]]) -> None:
    """A-4.2a to A-4.4, AMB-A4-e: each line by its own ladder, without a first day."""
    columns = {"line": "text", "units": "bigint", "volume": "bigint", "day": "date"}
    found = asked(engine, list(requests), columns, [make_good_sql(POLICY, ENGINES[engine])])
    assert found == [
        (make_good_level(line, 0, units, volume, on=on, policy=POLICY).value,) for line, units, volume, on in requests
    ]


@both
def test_a_line_that_does_not_exist_has_no_grade(engine: str) -> None:
    """A-4.2a, A-4.2b: two lines, no third; and the two differ between 1 % and 2 %."""
    rows = [(line, 15, 1000, date(2012, 5, 8)) for line in ("platform", "database", "telephone")]
    columns = {"line": "text", "units": "bigint", "volume": "bigint", "day": "date"}
    found = asked(engine, list(rows), columns, [make_good_sql(POLICY, ENGINES[engine])])
    assert found == [("account_director",), ("account_manager",), (None,)]
