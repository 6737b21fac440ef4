"""Long lists as files: column by column, and the same as if each cell had been looked at alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesctl.console import lines
from salesctl.console.values import clean, flat, plain
from salesctl.console.view import Column, View
from salesctl.desk import SHANGHAI, zone_of
from salesctl.policy.outcome import Outcome

ZONE = zone_of(SHANGHAI)
TEXTS = st.text(st.sampled_from("ab云-+=@'\"＝,\t\r\n\0 1.%\u202e"), max_size=4)
COLUMNS = (
    (Column("name", "name"), TEXTS),
    (Column("note", "note"), st.none() | TEXTS),
    (Column("amount", "amount", "money"), st.none() | st.integers(-300, 300)),
    (Column("count", "count", "count"), st.integers(-3, 3)),
    (Column("day", "day", "day"), st.none() | st.dates(date(2012, 1, 1), date(2012, 1, 3))),
    (Column("is_it", "is it", "word"), st.booleans()),
    (Column("words", "words", "lines"), st.lists(TEXTS, max_size=2)),
)


@st.composite
def views(draw: st.DrawFn) -> tuple[View, list[Sequence[Any]]]:
    """A list of some of these columns, with rows enough that a column is kept in part and written in several goes."""
    chosen = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique_by=lambda one: one[0].key))
    rows: list[Sequence[Any]] = draw(st.lists(st.tuples(*(values for _column, values in chosen)), max_size=12))
    return View([column for column, _values in chosen], rows), rows


@pytest.fixture(autouse=True)
def _few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "ROWS", 3)
    monkeypatch.setattr(lines, "MOST_KEPT", 2)


def written(view: View, how: Callable[..., None]) -> str:
    """What stands in the file."""
    out = io.StringIO(newline="")
    how(view, out, ZONE)
    return out.getvalue()


class TestFiles:
    @given(views())
    def test_csv_is_what_the_library_writes_of_harmless_cells(self, given: tuple[View, list[Sequence[Any]]]) -> None:
        view, rows = given
        expected = io.StringIO(newline="")
        writer = csv.writer(expected, lineterminator="\r\n")
        writer.writerow([column.key for column in view.columns])
        for row in rows:
            cells = [flat(column, value, ZONE) for column, value in zip(view.columns, row, strict=True)]
            writer.writerow(
                lines.harmless(cell) if isinstance(cell, str) else str(cell).lower() if isinstance(cell, bool) else cell
                for cell in cells
            )
        assert written(view, lines.csv) == expected.getvalue()

    @given(views())
    def test_no_cell_of_csv_is_run_by_a_spreadsheet(self, given: tuple[View, list[Sequence[Any]]]) -> None:
        text = written(given[0], lines.csv)
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                assert not cell.startswith(lines.RISKY) or cell.lstrip("-").replace(".", "", 1).isdigit(), cell

    @given(views())
    def test_json_holds_what_the_view_holds(self, given: tuple[View, list[Sequence[Any]]]) -> None:
        view, rows = given
        told = [
            {column.key: plain(column, value, ZONE) for column, value in zip(view.columns, row, strict=True)}
            for row in rows
        ]
        assert json.loads(written(view, lines.as_json)) == told

    @given(views())
    def test_tsv_has_a_line_for_each_row_and_a_cell_for_each_column(
        self, given: tuple[View, list[Sequence[Any]]]
    ) -> None:
        view, rows = given
        told = [
            [
                "" if (cell := flat(column, value, ZONE)) is None else clean(str(cell))
                for column, value in zip(view.columns, row, strict=True)
            ]
            for row in rows
        ]
        assert [line.split("\t") for line in written(view, lines.tsv).split("\n")[1:-1]] == told

    def test_the_working_of_a_row_stays_with_it(self) -> None:
        outcomes = [Outcome(number, unit="fen") for number in range(7)]
        view = View([Column("n", "n", "count")], [(number,) for number in range(7)], outcomes=outcomes)
        assert [(one["n"], one["working"]) for one in json.loads(written(view, lines.as_json))] == [
            (number, outcome.facts()) for number, outcome in enumerate(outcomes)
        ]

    def test_a_value_is_worked_out_once_where_it_stands_often(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Any] = []

        def told(column: Column, value: Any, zone: tzinfo) -> Any:
            asked.append(value)
            return flat(column, value, zone)

        monkeypatch.setattr(lines, "flat", told)
        view = View(
            [Column("amount", "amount", "money"), Column("name", "name")], [(5, "a"), (None, "b"), (5, "c")] * 9
        )
        assert written(view, lines.csv).count("0.05,") == 18
        assert asked == [5, None], "and text that can stand as it is, never"

    def test_a_row_of_another_length_is_an_error_and_not_a_shifted_column(self) -> None:
        for rows in ([("a",), ("b", "c")], [("a", "b")]):
            with pytest.raises(ValueError, match="argument"):
                written(View([Column("n", "n")], rows), lines.csv)
