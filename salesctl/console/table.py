"""A record and a table as a person reads them on a terminal; Chinese takes two columns a character."""

from __future__ import annotations

from shutil import get_terminal_size
from sys import maxsize
from typing import TYPE_CHECKING

from salesctl.console import explain
from salesctl.console.values import folded, human, pad, width
from salesctl.console.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from typing import TextIO

    from salesctl.console.view import Column, View

LEAST_ROOM = 20  # columns for a text, however narrow the screen
MOST_RICH_ROWS = 50  # beyond a screen, rich costs far more than it shows
RIGHT = ("money", "price", "count")
FOLDS = {"text": 12, "lines": 18, "words": 12}  # a column of these kinds is folded down to so much, never further


def record(view: View, out: TextIO, zone: tzinfo, *, is_terminal: bool) -> None:
    """One object: its fields, then its working; what is wider than the screen goes on below itself."""
    row = next(iter(view.rows))
    fields = [(_(c.heading), human(c, value, zone)) for c, value in zip(view.columns, row, strict=True)]
    fields = [(name, value) for name, value in fields if value]
    if view.title:
        out.write(view.title + "\n")
    widest = max((width(name) for name, _value in fields), default=0)
    screen = get_terminal_size().columns if is_terminal else maxsize
    working = explain.lines(view.outcome, zone) if view.outcome and view.outcome.steps else ()
    for head, text in (*((f"  {pad(name, widest)}  ", value) for name, value in fields), *working):
        indent = width(head)
        lines = (line for part in text.split("\n") for line in folded(part, max(screen - indent, LEAST_ROOM)))
        out.write((head + ("\n" + " " * indent).join(lines)).rstrip() + "\n")


def table(view: View, out: TextIO, zone: tzinfo) -> None:
    """Many objects, one line each; figures are never cut."""
    headings = [_(column.heading) for column in view.columns]
    rows = [[human(c, value, zone) for c, value in zip(view.columns, row, strict=True)] for row in view.rows]
    total = [human(c, value, zone) for c, value in zip(view.columns, view.total, strict=True)] if view.total else None
    everything = [headings, *rows, *([total] if total else [])]
    if view.title:
        out.write(view.title + "\n")
    screen = get_terminal_size().columns
    columns = view.columns
    if _least(columns, _widths(everything)) > screen:
        columns, everything = _unadorned(columns, everything)
    if len(rows) > MOST_RICH_ROWS or _least(columns, _widths(everything)) > screen:
        out.writelines(line + "\n" for line in aligned(columns, everything, screen))
    else:
        _drawn(columns, everything, _widths(everything), has_total=total is not None, out=out)


def _unadorned(columns: Sequence[Column], rows: list[list[str]]) -> tuple[list[Column], list[list[str]]]:
    """The table without its bars: what adorns gives way to what tells, where there is no room for both."""
    kept = [place for place, column in enumerate(columns) if column.kind != "bar"]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]


def aligned(columns: Sequence[Column], rows: list[list[str]], screen: int) -> Iterator[str]:
    """The table without lines: for more rows than a screen holds, and for a screen too narrow for its figures.

    A row that is wider than the screen goes on in the next line between two columns, never inside a figure; a cell
    of several lines becomes one.
    """
    flat = [[cell.replace("\n", "; ") for cell in row] for row in rows]
    widths = _widths(flat)
    for row in flat:
        line = ""
        for cell, natural, column in zip(row, widths, columns, strict=True):
            shown = pad(cell, natural, right=column.kind in RIGHT)
            if line.strip() and width(line) + width(shown.rstrip()) > screen:
                yield line.rstrip()
                line = "    "
            line += shown + "  "
        yield line.rstrip()


def _widths(rows: list[list[str]]) -> list[int]:
    """How wide each column is: its widest line."""
    return [max(width(line) for row in rows for line in row[place].split("\n")) for place in range(len(rows[0]))]


def _least(columns: Sequence[Column], widths: list[int]) -> int:
    """How wide a screen must be: text may be folded, everything else stays whole; rich puts three columns between."""
    return sum(map(_folded, columns, widths)) + 3 * len(widths)


def _folded(column: Column, natural: int) -> int:
    """How narrow a column may become."""
    return min(natural, FOLDS.get(column.kind, natural))


def _drawn(
    columns: Sequence[Column], rows: list[list[str]], widths: list[int], *, has_total: bool, out: TextIO
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, show_footer=has_total, pad_edge=False)
    footers = rows[-1] if has_total else [""] * len(columns)
    for column, heading, footer, natural in zip(columns, rows[0], footers, widths, strict=True):
        drawn.add_column(
            Text(heading),
            Text(footer),
            justify="right" if column.kind in RIGHT else "left",
            min_width=_folded(column, natural),
            no_wrap=column.kind not in FOLDS,
            overflow="fold",
        )
    for row in rows[1 : len(rows) - has_total]:
        drawn.add_row(*(Text(cell) for cell in row))
    Console(file=out, highlight=False, markup=False).print(drawn)
