"""Print a view: a table for people, TSV in a pipe, JSON, CSV or XLSX for programs and offices.

Data goes to stdout, talk to stderr. JSON, CSV and TSV keep their English keys in every language.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from salesctl.console import table
from salesctl.console.caution import said
from salesctl.console.values import plain, private
from salesctl.console.words import _
from salesctl.errors import N_, STORAGE, UNSHOWN, WRONG, Invalid, SalesctlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo
    from typing import Any, TextIO

    from salesctl.console.view import View

OTHERS = ("pdf", "doc", "docx", "xls", "ods", "odt", "zip")  # what opens such a file expects something else in it
FORMATS = ("table", "json", "csv", "xlsx")


class Wanted(Protocol):
    """What the desk says about output."""

    @property
    def form(self) -> str: ...  # noqa: D102
    @property
    def output(self) -> str: ...  # noqa: D102
    @property
    def zone(self) -> tzinfo: ...  # noqa: D102
    @property
    def caution(self) -> str: ...  # noqa: D102


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
    if not form and suffix.lower() in OTHERS:
        raise Invalid(value=output, what=N_("a file for this answer"), example="answer.xlsx, answer.csv, answer.txt")
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
    counted = Counted(view.rows)
    try:
        _put(view.but(rows=counted), desk)
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error
    for note in view.notes:
        say(note)
    wrote(desk.output, None if view.is_record else counted.count)
    if caution := desk.caution:
        say(caution)


class Counted:
    """Rows that know, once they have been gone through, how many they were."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        self.count = 0
        for row in self._rows:
            self.count += 1
            yield row


def wrote(output: str, rows: int | None) -> None:
    """Say that a file was written, and how many rows it has where it is a list."""
    if output in ("", "-"):
        return
    text = _("Written: {file}") if rows is None else _("Written: {file}; rows: {count}")
    say(text.format(file=output, count=rows))


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
    if caution := said():
        say(caution)


def _put(view: View, desk: Wanted) -> None:
    chosen = form_of(desk.form, desk.output)
    if view.parts and chosen in ("csv", "xlsx"):
        view = view.parts
    if chosen == "xlsx":
        from salesctl.console.workbook import write

        write(view, Path(desk.output), desk.zone, desk.caution)
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
    if view.is_record and chosen == "json":
        _object(view, out, zone)
    elif view.is_record and chosen != "csv":
        table.record(view, out, zone, is_terminal=is_terminal)
        if view.parts:
            _print(view.parts, chosen, out, zone, is_terminal=is_terminal)
    elif is_terminal and chosen not in ("json", "csv"):
        table.table(view, out, zone)
    else:
        from salesctl.console import lines

        {"json": lines.as_json, "csv": lines.csv}.get(chosen, lines.tsv)(view, out, zone)


def _object(view: View, out: TextIO, zone: tzinfo) -> None:
    """One object, with its working."""
    import json

    row = zip(view.columns, next(iter(view.rows)), strict=True)
    one = {column.key: plain(column, value, zone) for column, value in row}
    if view.outcome:
        one["working"] = view.outcome.facts()
    whole = json.dumps(one, ensure_ascii=False, indent=2)
    if view.parts is None:
        out.write(whole + "\n")
        return
    columns = view.parts.columns
    dump = json.JSONEncoder(ensure_ascii=False).encode  # a part a line: there may be very many
    parts = (
        dump({column.key: plain(column, value, zone) for column, value in zip(columns, part, strict=True)})
        for part in view.parts.rows
    )
    lines = ",\n    ".join(parts)
    out.write(whole.removesuffix("\n}") + ',\n  "parts": [' + (f"\n    {lines}\n  " if lines else "") + "]\n}\n")
