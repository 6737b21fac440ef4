"""Print a view: a table for people, TSV in a pipe, JSON, CSV or XLSX for programs and offices.

Data goes to stdout, talk to stderr. JSON, CSV and TSV keep their English keys in every language.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from salesctl.console import explain
from salesctl.console.words import _
from salesctl.errors import N_, UNSHOWN, WRONG, SalesctlError
from salesctl.policy.units import plain_yuan, yuan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo
    from typing import TextIO

    from salesctl.console.view import Column, View

FORMATS = ("table", "json", "csv", "xlsx")
MOST_RICH_ROWS = 50  # beyond a screen, rich costs far more than it shows
RISKY = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # a spreadsheet may run these
BAR = 10


class Wanted(Protocol):
    """What the desk says about output."""

    @property
    def form(self) -> str: ...  # noqa: D102
    @property
    def output(self) -> str: ...  # noqa: D102
    @property
    def zone(self) -> tzinfo: ...  # noqa: D102


class NotShown(SalesctlError):
    """What was recorded stays recorded; only its printing failed."""

    code, status = "output.failed", UNSHOWN
    says = N_("The output could not be written: {trouble}.")
    hint = N_("What the receipt line names is recorded; ask for it again with the matching show or list command.")


class NeedsFile(SalesctlError):
    """A workbook cannot go to a terminal."""

    code, status = "output.needs-file", WRONG
    says = N_("An XLSX workbook needs a file to go to.")
    hint = N_("Add -o FILE.xlsx.")


def form_of(form: str, output: str) -> str:
    """The format asked for, or the one the output file's suffix names."""
    suffix = Path(output).suffix.lstrip(".")
    chosen = form or (suffix if suffix in FORMATS else "table")
    if chosen == "xlsx" and output in ("", "-"):
        raise NeedsFile
    return chosen


def show(view: View, desk: Wanted) -> None:
    """Print a view in the form the desk wants, and what is said about it."""
    try:
        _put(view, desk)
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error
    for note in view.notes:
        say(note)


def _put(view: View, desk: Wanted) -> None:
    chosen = form_of(desk.form, desk.output)
    if chosen == "xlsx":
        from salesctl.console.workbook import write

        write(view, Path(desk.output), desk.zone)
    elif desk.output in ("", "-"):
        _print(view, chosen, sys.stdout, desk.zone, is_terminal=sys.stdout.isatty())
        sys.stdout.flush()
    else:
        # A byte order mark, so that a Chinese Excel reads the CSV as it is.
        encoding = "utf-8-sig" if chosen == "csv" else "utf-8"
        with _private(Path(desk.output)).open("w", encoding=encoding, newline="") as file:
            _print(view, chosen, file, desk.zone, is_terminal=False)


def say(text: str) -> None:
    """Talk to the person: stderr, never mixed into data."""
    sys.stderr.write(text + "\n")


def _private(path: Path) -> Path:
    """The file, readable by its owner alone from its first byte."""
    path.touch(mode=0o600)
    return path


def _print(view: View, chosen: str, out: TextIO, zone: tzinfo, *, is_terminal: bool) -> None:
    if chosen == "json":
        _json(view, out, zone)
    elif chosen == "csv":
        _csv(view, out, zone)
    elif view.is_record:
        _record(view, out, zone)
    elif is_terminal:
        _table(view, out, zone)
    else:
        _tsv(view, out, zone)


def plain(column: Column, value: Any, zone: tzinfo) -> Any:
    """A value for programs: money as a decimal string, days and moments in ISO form."""
    if value is None:
        return None
    if column.kind == "money":
        return plain_yuan(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def flat(column: Column, value: Any, zone: tzinfo) -> Any:
    """A value for programs that know no lists: lines become one."""
    return "; ".join(value) if column.kind == "lines" else plain(column, value, zone)


def human(column: Column, value: Any, zone: tzinfo) -> str:
    """A value for people."""
    if value is None or value == "":
        return ""
    if column.kind == "money":
        return yuan(value)
    if column.kind == "word":
        return _(str(value).replace("_", " "))
    if column.kind == "lines":
        return "\n".join(clean(line) for line in value)
    if column.kind == "bar":
        filled = (int(value) * BAR + 500) // 1000
        return f"{'█' * filled}{' ' * (BAR - filled)} {value // 10:3d}.{value % 10}%"
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{local:%H:%M}" if column.kind == "clock" else f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return clean(f"{value:,}" if isinstance(value, int) else str(value))


def clean(text: str) -> str:
    """Text without control and direction characters: a name must not move the cursor."""
    return "".join(c if c.isprintable() else " " for c in text)


def _json(view: View, out: TextIO, zone: tzinfo) -> None:
    import json

    def encoded(row: Sequence[Any]) -> dict[str, Any]:
        return {c.key: plain(c, value, zone) for c, value in zip(view.columns, row, strict=True)}

    if view.is_record:
        one = encoded(next(iter(view.rows)))
        if view.outcome:
            one["working"] = view.outcome.facts()
        out.write(json.dumps(one, ensure_ascii=False, indent=2) + "\n")
        return
    out.write("[")
    for number, row in enumerate(view.rows):
        out.write((",\n " if number else "\n ") + json.dumps(encoded(row), ensure_ascii=False))
    out.write("\n]\n")


def _csv(view: View, out: TextIO, zone: tzinfo) -> None:
    import csv

    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c.key for c in view.columns])
    for row in view.rows:
        writer.writerow([_harmless(flat(c, value, zone)) for c, value in zip(view.columns, row, strict=True)])


def _harmless(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str) or _is_number(value):
        return value
    return f"'{value}" if value.removeprefix("'").startswith(RISKY) else value  # an import takes one quote off again


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _tsv(view: View, out: TextIO, zone: tzinfo) -> None:
    out.write("\t".join(c.key for c in view.columns) + "\n")
    for row in view.rows:
        cells = (flat(c, value, zone) for c, value in zip(view.columns, row, strict=True))
        out.write("\t".join("" if cell is None else clean(str(cell)) for cell in cells) + "\n")


def _record(view: View, out: TextIO, zone: tzinfo) -> None:
    row = next(iter(view.rows))
    fields = [(_(c.heading), human(c, value, zone)) for c, value in zip(view.columns, row, strict=True)]
    fields = [(name, value) for name, value in fields if value]
    if view.title:
        out.write(view.title + "\n")
    widest = max((width(name) for name, _value in fields), default=0)
    for name, value in fields:
        lines = value.replace("\n", "\n" + " " * (widest + 4))
        out.write(f"  {pad(name, widest)}  {lines}\n")
    if view.outcome and view.outcome.steps:
        for line in explain.lines(view.outcome, zone):
            out.write(line + "\n")


def _table(view: View, out: TextIO, zone: tzinfo) -> None:
    rows = [[human(c, value, zone) for c, value in zip(view.columns, row, strict=True)] for row in view.rows]
    total = [human(c, value, zone) for c, value in zip(view.columns, view.total, strict=True)] if view.total else None
    if view.title:
        out.write(view.title + "\n")
    if len(rows) > MOST_RICH_ROWS:
        out.writelines(line + "\n" for line in _aligned(view.columns, rows, total))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SQUARE, show_footer=total is not None)
    for number, column in enumerate(view.columns):
        right = column.kind in ("money", "count")
        table.add_column(
            _(column.heading),
            Text(total[number]) if total else "",
            justify="right" if right else "left",
            no_wrap=column.kind != "text",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(file=out, highlight=False, markup=False).print(table)


def _aligned(columns: Sequence[Column], rows: list[list[str]], total: list[str] | None) -> Iterator[str]:
    """The same table without lines, for more rows than a screen holds."""
    headings = [_(column.heading) for column in columns]
    everything = [headings, *rows, *([total] if total else [])]
    widths = [max(width(row[number]) for row in everything) for number in range(len(columns))]
    for row in everything:
        cells = (
            pad(cell, w, right=c.kind in ("money", "count")) for cell, w, c in zip(row, widths, columns, strict=True)
        )
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces to this many columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def listed(items: Iterable[str]) -> str:
    """Several names in one line."""
    return _(", ").join(items)
