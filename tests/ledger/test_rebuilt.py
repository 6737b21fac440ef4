"""The rows a journal writes are rebuilt as it wrote them, most of them outside of memory."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesctl.ledger.rebuilt import Rebuilt
from salesctl.ledger.verify import _replay

VALUES = st.one_of(st.none(), st.text(max_size=4), st.integers(-(2**70), 2**70), st.booleans())
TABLES = ("person", "visit")  # one that is at hand, one that is not
WRITES = st.lists(
    st.tuples(
        st.sampled_from(("add", "amend")),
        st.sampled_from(TABLES),
        st.dictionaries(st.sampled_from(("name", "day", "open")), VALUES, max_size=3),
        st.lists(st.integers(1, 9), min_size=1, max_size=4),
    ),
    max_size=20,
)


@given(WRITES)
def test_it_holds_what_was_written_last(writes: list[tuple[str, str, dict[str, Any], list[int]]]) -> None:
    rebuilt = Rebuilt()
    wanted: dict[str, dict[int, dict[str, Any]]] = {table: {} for table in TABLES}
    for what, table, values, ids in writes:
        images = [[key, *values.values()] for key in ids]
        there = {*ids} <= {*wanted[table]} if what == "amend" else True
        assert _replay([[what, table, ["id", *values], images]], rebuilt, {}) is there
        for key in ids:
            if what == "amend" and key not in wanted[table]:
                break  # what was never added is not changed, nor what comes after it
            before = wanted[table][key] if what == "amend" else {}
            wanted[table][key] = {**before, "id": key, **values}
    for table in TABLES:
        rows = [(key, dict(zip(names, values, strict=True))) for key, names, values in rebuilt.in_order(table)]
        assert rows == sorted(wanted[table].items())
    assert rebuilt.at_hand.get("person", {}) == wanted["person"]


@pytest.mark.parametrize("what", ["add", "amend"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("key", [None, [1], {"a": 1}, 2**80, float("nan")])
def test_what_is_no_row_is_said_to_be_none(what: str, table: str, key: Any) -> None:
    assert not _replay([[what, table, ["id", "name"], [[key, "x"]]]], Rebuilt(), {})


@pytest.mark.parametrize("what", ["put", "", None, ["add"]])
def test_a_way_of_writing_that_there_is_not_is_none(what: Any) -> None:
    assert not _replay([[what, "visit", ["id", "name"], [[1, "x"]]]], Rebuilt(), {})


@pytest.mark.parametrize("columns", [["name"], ["id"], ["id", "name", "day"], "id", None, [["id"], "name"]])
def test_columns_that_do_not_fit_are_none_either(columns: Any) -> None:
    assert not _replay([["add", "visit", columns, [[1, "x"]]]], Rebuilt(), {})
