"""Which version of a figure holds on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesctl.errors import Unknown
from salesctl.policy.policy import Policy, regulations, shipped
from salesctl.policy.timeline import NoLongerInForce, NotInForce, Unset, holding, overlay

DAY = date(2012, 4, 13)
POLICY = Policy(shipped())


def company(**entries: list[dict[str, Any]]) -> Policy:
    """The regulations with a company's own versions of figures of A-8."""
    own = {f"A.receivables.{name}": {"version": versions} for name, versions in entries.items()}
    pack = {"code": "own", "extends": "A", "clauses": {}, "readings": {}, "first_days": {}, "digest": "0" * 64}
    return Policy([*regulations(), {**pack, "entries": own}])


def own(value: int, **days: str) -> dict[str, Any]:
    return {
        "value": value,
        "origin": "company",
        "source": "A-8.1",
        **{name.strip("_"): day for name, day in days.items()},
    }


def months(policy: Policy, day: date) -> int:
    return policy.on(day, "A.receivables").figure("watch")[0]


def test_a_figure_holds_from_its_first_day_on() -> None:
    """A-8.5: 2012-04-13 itself is the first day; the day before is an error, never a zero."""
    with pytest.raises(NotInForce) as error:
        months(POLICY, DAY - timedelta(days=1))
    assert error.value.facts == {"key": "A.receivables.watch", "day": "2012-04-12", "first": "2012-04-13"}
    assert months(POLICY, DAY) == months(POLICY, DAY + timedelta(days=1)) == 2


def test_a_companys_figure_holds_from_its_own_first_day() -> None:
    policy = company(watch=[own(1, from_="2012-06-01")])
    assert [months(policy, date(2012, 5, 31)), months(policy, date(2012, 6, 1))] == [2, 1]
    assert policy.on(date(2012, 6, 1), "A.receivables").figure("watch")[1].origin == "company"
    assert policy.on(date(2012, 5, 31), "A.receivables").figure("watch")[1].origin == "seed"


def test_a_companys_figure_that_ends_gives_way_to_the_regulation() -> None:
    policy = company(watch=[own(1, from_="2012-06-01", until="2012-07-01")])
    assert [months(policy, date(2012, 6, 30)), months(policy, date(2012, 7, 1))] == [1, 2]


def test_a_figure_that_ended_says_when() -> None:
    pack = {
        **shipped()[0],
        "entries": {"A.receivables.watch": {"version": [own(2, from_="2012-04-13", until="2013-01-01")]}},
    }
    assert months(Policy([pack]), date(2012, 12, 31)) == 2
    with pytest.raises(NoLongerInForce) as error:
        months(Policy([pack]), date(2013, 1, 1))
    assert error.value.facts["last"] == "2013-01-01"


def test_a_figure_that_each_company_sets_is_named_while_it_is_unset() -> None:
    """AMB-A1-e: no closing time is ever assumed."""
    chapter = POLICY.on(DAY, "A.visits")
    assert not chapter.is_set("close_of_business")
    with pytest.raises(Unset) as error:
        chapter.text("close_of_business")
    assert error.value.facts["key"] == "A.visits.close_of_business"


def test_a_figure_set_from_a_later_day_is_not_set_before_it() -> None:
    """AMB-A5-a: until the company's limit begins, the question still goes up."""
    entry = {"A.approvals.director_price": {"version": [{"value": "0.1", "origin": "company", "from": "2012-06-01"}]}}
    pack = {
        "code": "own",
        "extends": "A",
        "clauses": {},
        "readings": {},
        "first_days": {},
        "digest": "",
        "entries": entry,
    }
    policy = Policy([*regulations(), pack])
    assert not policy.on(date(2012, 5, 31), "A.approvals").is_set("director_price")
    assert policy.on(date(2012, 6, 1), "A.approvals").is_set("director_price")


def test_a_misspelt_key_is_named_with_its_neighbours() -> None:
    with pytest.raises(Unknown) as error:
        POLICY.on(DAY, "A.commission").bands("authorty")
    assert "A.commission.authority" in str(error.value.facts["candidates"])


def test_a_name_that_leads_to_nothing_is_an_error() -> None:
    """A clause, a reading, a row of a table; what is there is answered as it is stated."""
    chapter = POLICY.on(DAY, "C.violations")
    assert chapter.row("ladder", "first_failure")[0] == ["20.00", "warning"]
    assert POLICY.clause("A-6.1") is POLICY.clauses["A-6.1"]
    assert POLICY.reading("AMB-A6-a") is POLICY.readings["AMB-A6-a"]
    for ask, name, near in (
        (POLICY.clause, "a-6.11", "A-6.1"),
        (POLICY.reading, "AMB-A6-x", "AMB-A6-d"),
        (lambda row: chapter.row("ladder", row), "fifth_failure", "first_failure"),
    ):
        with pytest.raises(Unknown) as error:
            ask(name)
        assert near in str(error.value.facts["candidates"])


def test_each_regulation_has_its_own_texts() -> None:
    for code in ("A", "E"):
        assert {clause.partition("-")[0] for clause in POLICY.texts_of(code)["clauses"]} == {code}


@pytest.mark.parametrize(
    ("clause", "first"),
    [("A-1.1", "2012-04-16"), ("A-5.3", "2012-04-09"), ("A-6.2", "2012-04-13"), ("A-7.3", "2012-03-01")],
)
def test_a_duty_before_its_first_day_does_not_exist(clause: str, first: str) -> None:
    """K-9."""
    day = date.fromisoformat(first)
    assert [POLICY.binds(clause, day + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize("clause", ["A-4.1", "E-5"])
def test_a_clause_without_a_first_day_always_binds(clause: str) -> None:
    """AMB-A4-e; E is in force from issue."""
    assert POLICY.binds(clause, date(2011, 1, 1))


def test_a_clause_nobody_wrote_binds_nobody() -> None:
    with pytest.raises(Unknown):
        POLICY.binds("A-99.1", DAY)


days = st.integers(0, 30).map(lambda n: (DAY + timedelta(days=n)).isoformat())


@st.composite
def timelines(draw: st.DrawFn, mark: str) -> list[dict[str, Any]]:
    """Versions that follow one another, the first and the last of them open-ended or not."""
    edges = sorted(draw(st.sets(days, min_size=2, max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    spans = [{"from": first, "until": until, "value": f"{mark}{first}"} for first, until in pairs]
    if draw(st.booleans()) and spans:
        del spans[-1]["until"]
    if draw(st.booleans()) and spans:
        del spans[0]["from"]
    return spans


@given(
    base=timelines("base "),
    mine=timelines("own "),
    day=st.integers(-3, 33).map(lambda n: (DAY + timedelta(days=n)).isoformat()),
)
def test_on_every_day_the_companys_version_holds_else_the_regulations(
    base: list[dict[str, Any]], mine: list[dict[str, Any]], day: str
) -> None:
    laid = overlay(base, mine)
    expected = holding(mine, day) or holding(base, day)
    assert (holding(laid, day) or {}).get("value") == (expected or {}).get("value")
    assert sum(v.get("from", "") <= day < v.get("until", "9999") for v in laid) <= 1
