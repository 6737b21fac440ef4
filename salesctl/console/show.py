"""Print a view: a table for people, TSV in a pipe, JSON, CSV or XLSX for programs and offices.

Data goes to stdout, talk to stderr. JSON, CSV and TSV keep their English keys in every language.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from salesctl.console import table
from salesctl.console.values import LISTS, clean, flat, plain, private
from salesctl.errors import N_, STORAGE, UNSHOWN, WRONG, SalesctlError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo
    from typing import TextIO

    from salesctl.console.view import Column, View

FORMATS = ("table", "json", "csv", "xlsx")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # a spreadsheet may run these
DOUBTFUL = {*RISKY, "'"}
# What a file has where a cell of it may begin with one of these; the common ones only where a cell begins.
SUSPICIOUS = (*(sign for sign in DOUBTFUL if sign not in "-\r"), ",-", "\n-", '"-', '"\r')
MOST_KEPT = 4_000  # different values of a column that are kept


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


class NotWritten(SalesctlError):
    """An answer to a question that could not be written; there was nothing to record."""

    code, status = "output.not-written", STORAGE
    says = N_("The answer could not be written: {trouble}.")
    hint = N_("Look at the path, the permissions and the room on the disk.")


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


def is_for_people(desk: Wanted) -> bool:
    """Whether a list goes to a person, on a terminal or in a workbook, and not to a program."""
    chosen = form_of(desk.form, desk.output)
    return chosen == "xlsx" or (chosen == "table" and desk.output in ("", "-") and sys.stdout.isatty())


def show(view: View, desk: Wanted) -> None:
    """Print a view in the form the desk wants, and what is said about it."""
    try:
        _put(view, desk)
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error
    for note in view.notes:
        say(note)


def put(text: str, output: str) -> None:
    """Write an answer that is one text, as it is."""
    try:
        if output in ("", "-"):
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            private(Path(output)).write_bytes(text.encode())
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error


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
        with private(Path(desk.output)).open("w", encoding=encoding, newline="") as file:
            _print(view, chosen, file, desk.zone, is_terminal=False)


def say(text: str) -> None:
    """Talk to the person: stderr, never mixed into data; nobody listening is no fault of the command."""
    with suppress(OSError):
        sys.stderr.write(text + "\n")


def _print(view: View, chosen: str, out: TextIO, zone: tzinfo, *, is_terminal: bool) -> None:
    if chosen == "json":
        _json(view, out, zone)
    elif chosen == "csv":
        _csv(view, out, zone)
    elif view.is_record:
        table.record(view, out, zone, is_terminal=is_terminal)
    elif is_terminal:
        table.table(view, out, zone)
    else:
        _tsv(view, out, zone)


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
        one = encoded(row)
        if view.outcomes:
            one["working"] = view.outcomes[number].facts()
        out.write((",\n " if number else "\n ") + json.dumps(one, ensure_ascii=False))
    out.write("\n]\n")


def _csv(view: View, out: TextIO, zone: tzinfo) -> None:
    import csv

    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c.key for c in view.columns])
    cells = [(_Lists if c.kind in LISTS else _Cells)(c, zone) for c in view.columns]
    if view.is_text:
        _texts(view, out, cells)
    else:
        writer.writerows(map(getitem, cells, row) for row in view.rows)


def _texts(view: View, out: TextIO, cells: Sequence[Any]) -> None:
    """Rows of text, a thousand at a time; only where one of them looks as if it could be run is each cell looked at."""
    import csv
    from io import StringIO
    from itertools import islice

    rows = iter(view.rows)
    while batch := list(islice(rows, 1000)):
        said = StringIO(newline="")
        writer = csv.writer(said, lineterminator="\r\n")
        writer.writerows(batch)
        text = said.getvalue()
        if text[:1] in DOUBTFUL or any(sign in text for sign in SUSPICIOUS):
            said.seek(0)
            said.truncate()
            writer.writerows(map(getitem, cells, row) for row in batch)
            text = said.getvalue()
        out.write(text)


class _Cells(dict[Any, Any]):
    """A column's values as they stand in a file: each is worked out once, however often it stands in a long list."""

    def __init__(self, column: Column, zone: tzinfo) -> None:
        super().__init__()
        self._column, self._zone = column, zone

    def __missing__(self, value: Any) -> Any:
        is_plain = type(value) is str and value[:1] not in DOUBTFUL
        cell = value if is_plain else _harmless(flat(self._column, value, self._zone))
        if len(self) < MOST_KEPT:
            self[value] = cell
        return cell


class _Lists:
    """A column of lists, which are worked out each time."""

    def __init__(self, column: Column, zone: tzinfo) -> None:
        self._column, self._zone = column, zone

    def __getitem__(self, value: Any) -> Any:
        return _harmless(flat(self._column, value, self._zone))


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else value
    if value[:1] not in DOUBTFUL or not value.removeprefix("'").startswith(RISKY) or _is_number(value):
        return value
    return f"'{value}"  # an import takes one quote off again


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _tsv(view: View, out: TextIO, zone: tzinfo) -> None:
    out.write("\t".join(c.key for c in view.columns) + "\n")
    for row in view.rows:
        if view.is_text:
            line = "\t".join([cell or "" for cell in row])
            if line.replace("\t", " ", len(view.columns) - 1).isprintable():
                out.write(f"{line}\n")
                continue
        cells = (flat(c, value, zone) for c, value in zip(view.columns, row, strict=True))
        out.write("\t".join("" if cell is None else clean(str(cell)) for cell in cells) + "\n")
