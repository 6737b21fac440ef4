"""The kinds of figures as expressions over rows: on both engines what each row alone answers, or a refusal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import composite, dates, integers, lists, one_of, sampled_from, tuples

from salesctl.errors import Unknown
from salesctl.policy.kinds import Bands, bands_of
from salesctl.policy.policy import Policy
from salesctl.policy.shares import Split, split_of
from salesctl.policy.sql import bands, by_day, ladder_by_day, parts, split_by_day
from salesctl.policy.timeline import holding
from salesctl.policy.units import LARGEST, add_months
from tests.engines import ENGINES, asked

both = pytest.mark.parametrize("engine", ENGINES)
whole = one_of(integers(0, 300), integers(0, LARGEST))
EDGES = [
    date(2012, 4, 12),
    date(2012, 4, 13),
    date(2012, 12, 31),
    date(2013, 1, 1),
    date(2013, 6, 30),
    date(2013, 7, 1),
]
days = one_of(sampled_from(EDGES), dates(date(2012, 1, 1), date(2014, 12, 31)))
SPANS: list[dict[str, Any]] = [  # three versions, and half a year without one
    {"from": "2012-04-13", "until": "2013-01-01"},
    {"from": "2013-01-01", "until": "2013-07-01"},
    {"from": "2014-01-01"},
]


def policy(*versions: dict[str, Any]) -> Policy:
    """A regulation whose one figure has these versions."""
    pack = {"code": "X", "extends": "", "digest": "0" * 64, "clauses": {}, "readings": {}, "first_days": {}}
    return Policy([{**pack, "entries": {"X.money.it": {"version": list(versions)}}}])


def shares(*named: tuple[str, str], balance: str = "") -> dict[str, Any]:
    return {"shares": [{"name": name, "share": share, "balance": name == balance} for name, share in named]}


def rungs(*ends: tuple[str, str]) -> dict[str, Any]:
    """Rungs that end `through` or `below` so much of the base, and one above them."""
    return {"bands": [*({"name": f"r{n}", word: end} for n, (word, end) in enumerate(ends)), {"name": "top"}]}


@composite
def ladders(draw: Any) -> Bands:
    limits = sorted(draw(lists(integers(0, 20_000), max_size=4, unique=True)))
    return bands_of(
        "X.money.it", rungs(*((draw(sampled_from(["through", "below"])), f"{n / 10_000:.4f}") for n in limits))
    )


@both
@given(ladder=ladders(), rows=lists(tuples(whole, whole), min_size=1))
def test_a_ladder_over_rows_places_each_as_it_would_alone(
    engine: str, ladder: Bands, rows: list[tuple[int, int]]
) -> None:
    """K-2, K-4: and at both sides of every end."""
    edges = [
        (base * rung.limit.over // rung.limit.under + n, base)
        for _part, base in rows
        for rung in ladder.rungs[:-1]
        if rung.limit
        for n in (-1, 0, 1)
    ]
    told = [*rows, *((part, base) for part, base in edges if part >= 0)]
    found = asked(engine, list(told), {"part": "bigint", "base": "bigint"}, [bands(ladder, "part", "base")])
    assert found == [(ladder.place(part, of=base).name,) for part, base in told]


SPLITS = [
    split_of("X.money.it", version)
    for version in (
        shares(("a", "0.70"), ("b", "0.30"), balance="a"),
        shares(("a", "0.70"), ("b", "0.30"), balance="b"),
        shares(("a", "0.40"), ("b", "0.25"), ("c", "0.15"), ("d", "0.15"), ("e", "0.05"), balance="a"),
        shares(("a", "0.3333"), ("b", "0.6667"), balance="a"),
        shares(("a", "1"), ("b", "0"), balance="b"),
        shares(("a", "1"), balance="a"),
        shares(("a", "0.999975"), ("b", "0.000025"), balance="a"),  # the finest that 64 bits hold
    )
]


@both
@pytest.mark.parametrize("split", SPLITS, ids=lambda split: "-".join(share.rate.text for share in split.shares))
@given(totals=lists(whole, min_size=1))
def test_the_parts_over_rows_are_those_of_each_sum_alone(engine: str, split: Split, totals: list[int]) -> None:
    """K-3: the largest sum and the smallest ones too."""
    told = [*totals, *range(25), LARGEST - 1, LARGEST]
    found = asked(engine, [(total,) for total in told], {"total": "bigint"}, parts(split, "total"))
    assert [list(row) for row in found] == [split.parts(total) for total in told]


@pytest.mark.parametrize(
    "version",
    [
        shares(("a", "0.70"), ("b", "0.30")),  # nobody takes the remainder
        shares(("a", "0.5"), ("b", "0.5"), ("c", "0"), balance="c"),  # two round up and leave less than nothing
        shares(("a", "0.05"), ("b", "0.3"), ("c", "0.3"), ("d", "0.35"), balance="a"),  # of 2: three ones
    ],
)
def test_a_split_that_no_single_row_can_answer_is_refused(version: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"X\.money\.it: no party takes the remainder of every sum"):
        parts(split_of("X.money.it", version), "total")


@pytest.mark.parametrize("share", ["0.00002", "0.000001", "0.333333"])
def test_a_share_whose_products_would_leave_64_bits_is_refused(share: str) -> None:
    """Nothing is rounded in silence."""
    with pytest.raises(ValueError, match=f"{share} is too fine"):
        bands(bands_of("X.money.it", rungs(("through", share))), "part", "base")
    rest = f"{1 - Decimal(share)}"
    with pytest.raises(ValueError, match="is too fine"):
        parts(split_of("X.money.it", shares(("a", rest), ("b", share), balance="a")), "total")


def test_a_ladder_whose_end_is_not_its_last_rung_is_refused() -> None:
    rule = bands_of("X.money.it", {"bands": [{"name": "a"}, {"name": "b"}]})
    with pytest.raises(ValueError, match=r"X\.money\.it: only the last rung has no end"):
        bands(rule, "part", "base")


@both
@given(rows=lists(tuples(days), min_size=1))
def test_each_row_is_answered_by_the_version_of_its_own_day(engine: str, rows: list[tuple[date]]) -> None:
    """NULL before the first version and where none holds, never a zero; and no bounds where a version has none."""
    choices: list[list[dict[str, Any]]] = [SPANS, SPANS[1:], [{"until": "2013-01-01"}, {"from": "2013-01-01"}], [{}]]
    for versions in choices:
        numbered = [{**version, "value": number} for number, version in enumerate(versions)]
        one = by_day(policy(*numbered), "X.money.it", "day", ENGINES[engine], lambda version: str(version["value"]))
        expected = [((holding(numbered, day.isoformat()) or {}).get("value"),) for (day,) in rows]
        assert asked(engine, list(rows), {"day": "date"}, [one]) == expected


def test_a_figure_that_no_pack_has_is_an_error() -> None:
    with pytest.raises(Unknown):
        by_day(policy({}), "X.money.its", "day", ENGINES["sqlite"], str)


LADDERS = policy(
    {**SPANS[0], **rungs(("through", "0.05"), ("below", "0.10"))},
    {**SPANS[1], **rungs(("below", "0.05"))},
    {**SPANS[2], **rungs()},
)


@both
@given(rows=lists(tuples(whole, whole, days), min_size=1))
def test_a_ladder_by_day_is_the_one_of_the_rows_own_day(engine: str, rows: list[tuple[int, int, date]]) -> None:
    told = [*rows, *((edge, 2000, day) for edge in (99, 100, 101, 199, 200) for day in EDGES)]
    columns = {"part": "bigint", "base": "bigint", "day": "date"}
    one = ladder_by_day(LADDERS, "X.money.it", ("part", "base", "day"), ENGINES[engine])
    versions = LADDERS.entry("X.money.it")["version"]
    expected = []
    for part, base, day in told:
        version = holding(versions, day.isoformat())
        expected.append((bands_of("X.money.it", version).place(part, of=base).name if version else None,))
    assert asked(engine, list(told), columns, [one]) == expected


SPLIT_NOW = shares(("a", "0.70"), ("b", "0.30"), balance="a")
HALVES = policy(
    {**SPANS[0], **SPLIT_NOW},
    {**SPANS[1], **shares(("a", "0.55"), ("b", "0.45"), balance="b")},
)


@both
@given(rows=lists(tuples(whole, days), min_size=1))
def test_the_parts_by_day_are_those_of_the_rows_own_day(engine: str, rows: list[tuple[int, date]]) -> None:
    told = [*rows, *((total, day) for total in (0, 1, 5, 10) for day in EDGES)]
    both_parts = split_by_day(HALVES, "X.money.it", ("total", "day"), ENGINES[engine])
    versions = HALVES.entry("X.money.it")["version"]
    expected: list[tuple[int | None, ...]] = []
    for total, day in told:
        version = holding(versions, day.isoformat())
        expected.append(tuple(split_of("X.money.it", version).parts(total)) if version else (None, None))
    assert asked(engine, list(told), {"total": "bigint", "day": "date"}, both_parts) == expected


def test_parties_that_change_are_no_columns_of_one_table() -> None:
    other = shares(("a", "0.55"), ("c", "0.45"), balance="a")
    more = shares(("a", "0.55"), ("b", "0.40"), ("c", "0.05"), balance="a")
    for later in (other, more):
        rule = policy({**SPANS[0], **SPLIT_NOW}, {**SPANS[1], **later})
        with pytest.raises(ValueError, match=r"X\.money\.it: the parties change between versions"):
            split_by_day(rule, "X.money.it", ("total", "day"), ENGINES["sqlite"])


@both
def test_adding_months_is_one_definition(engine: str) -> None:
    """K-5: every day of six years, two of them leap years, 0 to 24 months."""
    every = [date(2011, 1, 1) + timedelta(days=n) for n in range((date(2017, 1, 1) - date(2011, 1, 1)).days)]
    counts = (0, 1, 2, 3, 6, 11, 12, 13, 24)
    around = [(day, months, step) for day in every for months in counts for step in (-1, 0, 1)]
    rows = [(day, months, add_months(day, months) + timedelta(days=step)) for day, months, step in around]
    cases = " ".join(f"WHEN {m} THEN {ENGINES[engine].within_months('since', m, 'reached')}" for m in counts)
    columns = {"since": "date", "months": "bigint", "reached": "date"}
    found = asked(engine, rows, columns, [f"CASE months {cases} END"])
    wrong = [row for row, (within,), (*_row, step) in zip(rows, found, around, strict=True) if within != (step <= 0)]
    assert wrong == []
