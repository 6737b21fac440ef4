"""Ladders and the other kinds of figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesctl.policy.kinds import bands_of, basis_of
from salesctl.policy.stated import cited, said, stated

LIMITS = st.lists(
    st.tuples(st.sampled_from(["through", "below"]), st.integers(0, 9_999)), max_size=5, unique_by=lambda x: x[1]
)
fen = st.integers(0, 10**10)


def ladder(limits: list[tuple[str, int]]) -> dict[str, Any]:
    """A ladder whose rungs end at so many ten-thousandths of the base; the last has no end."""
    rungs = [
        {"name": f"rung {n}", end: f"0.{limit:04d}"}
        for n, (end, limit) in enumerate(sorted(limits, key=lambda x: x[1]))
    ]
    return {"bands": [*rungs, {"name": "top"}], "source": "A-6.1", "origin": "seed"}


def place(version: dict[str, Any], part: int, base: int) -> str:
    """The oracle: the first rung whose exact end holds the part."""
    for band in version["bands"]:
        if "through" in band and part <= Fraction(band["through"]) * base:
            break
        if "below" in band and part < Fraction(band["below"]) * base:
            break
        if not {"through", "below"} & band.keys():
            break
    return str(band["name"])


@given(limits=LIMITS, part=fen, base=fen)
def test_a_ladder_answers_with_the_first_rung_that_holds_the_figure(limits: list[Any], part: int, base: int) -> None:
    """K-2, K-4: exactly, `through` with its figure and `below` without."""
    version = ladder(limits)
    assert bands_of("A.x", version).place(part, of=base).name == place(version, part, base)


@given(limits=LIMITS, base=st.integers(1, 10**10))
def test_the_boundary_of_every_rung_is_exact(limits: list[Any], base: int) -> None:
    """The largest figure a rung reaches lies on it or below; one fen more lies above."""
    version = ladder(limits)
    bands = bands_of("A.x", version)
    names = [rung.name for rung in bands.rungs]
    for rung in bands.rungs[:-1]:
        reach = rung.reach(base)
        assert reach is not None
        if reach >= 0:
            assert names.index(place(version, reach, base)) <= names.index(rung.name)
        assert names.index(place(version, reach + 1, base)) > names.index(rung.name)
    assert bands.rungs[-1].reach(base) is None


@given(limits=LIMITS, base=st.integers(0, 300))
def test_the_reach_of_a_rung_equals_counting(limits: list[Any], base: int) -> None:
    for rung in bands_of("A.x", ladder(limits)).rungs[:-1]:
        assert rung.reach(base) == max([-1, *(n for n in range(base + 1) if rung.holds(n, base))])


@given(limits=LIMITS, part=fen, more=fen, base=fen)
def test_more_never_goes_to_a_lower_rung(limits: list[Any], part: int, more: int, base: int) -> None:
    bands = bands_of("A.x", ladder(limits))
    names = [rung.name for rung in bands.rungs]
    assert names.index(bands.place(part, of=base).name) <= names.index(bands.place(part + more, of=base).name)


def test_a_rung_rests_on_its_own_clause_else_on_its_versions() -> None:
    version = {"source": "A-6.1", "reading": "AMB-A6-a", "origin": "company"}
    assert basis_of("k", version)[1:] == ("A-6.1", "AMB-A6-a", "company")
    assert basis_of("k", version, {"source": "A-6.2"})[1:] == ("A-6.2", "AMB-A6-a", "company")


@pytest.mark.parametrize(
    ("kind", "version", "lines"),
    [
        ("amount", {"value": "1500.5"}, ["1,500.50"]),
        ("amount", {"value": 20}, ["20.00"]),
        ("rate", {"value": "0.075"}, ["7.5 %"]),
        ("months", {"value": 2}, ["2"]),
        ("clock", {"value": "18:00"}, ["18:00"]),
        ("choice", {"value": "monday", "options": ["monday"]}, ["monday"]),
        ("checklist", {"items": ["a", "b"]}, ["a, b"]),
        ("grid", {"rows": {"it": ["sales", "finance"], "web": ["sales"]}}, ["it: sales, finance", "web: sales"]),
        ("bands", ladder([("through", 500), ("below", 1000)]), ["rung 0 <= 0.0500", "rung 1 < 0.1000", "top"]),
    ],
)
def test_a_figure_is_said_in_lines(kind: str, version: dict[str, Any], lines: list[str]) -> None:
    assert said(kind, version) == lines


def test_a_version_cites_what_its_parts_cite() -> None:
    version = {
        "source": "E-10.1",
        "sources": {"it": "E-10.1", "web": "E-10.3"},
        "bands": [{"source": "A-6.2", "reading": "AMB-A6-b"}],
    }
    assert cited(version, "source") == ["E-10.1", "A-6.2", "E-10.3"]
    assert cited(version, "reading") == ["AMB-A6-b"]


RESTS = {"source": "X-1", "reading": "AMB-X-a", "origin": "seed"}


@pytest.mark.parametrize(
    ("kind", "version", "lines"),
    [
        ("count", {"value": 5}, [("5", "X-1")]),
        ("checklist", {"items": ["a", "b"]}, [("a, b", "X-1")]),
        (
            "checklist",
            {"items": [{"name": "a", "en": "one", "source": "X-2"}, {"name": "b", "en": "two"}]},
            [("one", "X-2"), ("two", "X-1")],
        ),
        (
            "grid",
            {"rows": {"it": ["a"], "web": ["b"]}, "sources": {"web": "X-2"}},
            [("it: a", "X-1"), ("web: b", "X-2")],
        ),
        ("grid", {"rows": {"it": ["a"]}}, [("it: a", "X-1")]),
        (
            "split",
            {"shares": [{"name": "a", "share": "0.7", "source": "X-2"}, {"name": "b", "share": "0.3"}]},
            [("a 70 %", "X-2"), ("b 30 %", "X-1")],
        ),
        (
            "bands",
            {"bands": [{"name": "a", "below": "0.1", "source": "X-2"}, {"name": "b"}]},
            [("a < 0.1", "X-2"), ("b", "X-1")],
        ),
        ("schedule", {"every": "day", "at": ["09:00"]}, [("day: 09:00", "X-1")]),
    ],
)
def test_each_line_of_a_figure_rests_on_its_own_clause_else_on_its_versions(
    kind: str, version: dict[str, Any], lines: list[tuple[str, str]]
) -> None:
    found = stated("X.money.it", kind, {**RESTS, **version})
    assert [(line, basis.source) for line, basis in found] == lines
    assert {(basis.key, basis.reading, basis.origin) for _line, basis in found} == {("X.money.it", "AMB-X-a", "seed")}


def test_a_version_with_bare_items_cites_its_own_clause_alone() -> None:
    assert cited({**RESTS, "items": ["a", "b"]}, "source") == ["X-1"]
