"""Read the tables offices keep: CSV in whatever encoding, XLSX and XLS; every bad row is named by line and column."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from salesctl.console.show import RISKY
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LARGEST_CELL = 10_000
MOST_TITLES = 5  # rows above the headings
MOST_FAULTS = 1_000  # listed; beyond, only counted


class Field(Record):
    """A column a file should have: its key, the headings it may go by, whether it must be there."""

    key: str
    headings: tuple[str, ...]
    is_needed: bool = True


class RowFault(Record):
    """One thing wrong in a file."""

    line: int
    column: str
    says: str


class Unreadable(SalesctlError):
    """A file that is no table."""

    code, status = "import.unreadable", WRONG
    says = N_("{file} cannot be read as a table: {trouble}.")
    hint = N_("Save it as CSV (UTF-8 or GBK) or XLSX and try again.")


class NoColumn(SalesctlError):
    """A file without a column that is needed."""

    code, status = "import.no-column", WRONG
    says = N_("{file} has no column for {missing}; it has: {found}.")
    hint = N_("Name it with --map {example}.")

    def __init__(self, width: int = 0, **facts: object) -> None:
        self.width = width  # how many different cells the row has: the likeliest row of headings is shown
        super().__init__(**facts)


class BadRows(SalesctlError):
    """Rows that cannot be taken in; nothing was."""

    code, status = "import.bad-rows", WRONG
    says = N_("{file}: {count} faults in {rows} rows; nothing was taken in.")
    hint = N_("Correct these lines in the file and import it again.")


class Sheet:
    """A file's rows under our own keys. Lines are numbered as the office sees them: the heading is line 1."""

    def __init__(self, path: Path, fields: Sequence[Field], *, mapping: dict[str, str], encoding: str = "") -> None:
        self.path, self.fields = path, fields
        self._rows = read_rows(path, encoding)
        self._first_line, self._places = self._headings(mapping)
        self.faults: list[RowFault] = []
        self.fault_count = 0
        self.row_count = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Line number and the cells in the order of the fields; a field the file lacks is empty."""
        places, size = self._places, max(self._places) + 1
        for line, row in enumerate(self._rows, self._first_line):
            if not any(row) and not any(cell not in ("", None) for cell in row):
                continue
            self.row_count += 1
            if len(row) < size:
                row += [""] * (size - len(row))  # noqa: PLW2901 - the row as it should be
            row.append("")  # the last cell, -1: where a field stands that the file lacks
            wanted = map(row.__getitem__, places)
            yield line, [cell.strip() if cell.__class__ is str else text_of(cell) for cell in wanted]

    def refuse(self, line: int, column: str, says: str) -> None:
        """Note that a row cannot be taken in; go on looking for more."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(RowFault(line, column, says))

    def expect_no_faults(self) -> None:
        """Stop the import when any row was refused.

        Raises:
            BadRows: with every line and column.
        """
        if self.fault_count:
            from salesctl.console.words import _

            lines = [_("line {line}, {column}: {says}").format(**fault.by_name()) for fault in self.faults]
            raise BadRows(file=self.path.name, count=self.fault_count, rows=self.row_count, lines=lines)

    def _headings(self, mapping: dict[str, str]) -> tuple[int, list[int]]:
        """The line of the first row and where each field stands: offices put a title above the headings."""
        missing: NoColumn | None = None
        for line, row in enumerate(islice(self._rows, MOST_TITLES), 2):
            headings = [text_of(cell) for cell in row]
            try:
                return line, self._find(headings, mapping)
            except NoColumn as error:
                missing = missing if missing and len(set(headings)) <= missing.width else error
        raise missing or NoColumn(file=self.path.name, missing=self.fields[0].key, found="-", example="...")

    def _find(self, headings: list[str], mapping: dict[str, str]) -> list[int]:
        folded = {heading.casefold(): place for place, heading in enumerate(headings) if heading}
        places = []
        for field in self.fields:
            wanted = [mapping[field.key]] if field.key in mapping else [field.key, *field.headings]
            place = next((folded[name.casefold()] for name in wanted if name.casefold() in folded), -1)
            if place < 0 and (field.is_needed or field.key in mapping):
                raise NoColumn(
                    len(set(headings)),
                    file=self.path.name,
                    missing=" / ".join(wanted),
                    found=", ".join(headings) or "-",
                    example=f"{field.key}={headings[0] if headings else '...'}",
                )
            if place >= 0 and headings.count(headings[place]) > 1:
                twice = headings[place]
                raise Unreadable(file=self.path.name, trouble=f"{twice!r} x {headings.count(twice)}")
            places.append(place)
        return places


def read_rows(path: Path, encoding: str = "") -> Iterator[list[Any]]:
    """The rows of a file, the heading first, told by what the file is, not what it is called."""
    if _is_workbook(path):
        return _workbook_rows(path)
    if _start(path).lstrip().startswith(b"<"):
        raise Unreadable(file=path.name, trouble="HTML")
    return _csv_rows(path, encoding or _encoding(path))


def _is_workbook(path: Path) -> bool:
    return _start(path).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise Unreadable(file=path.name, trouble=error.strerror) from error


def _workbook_rows(path: Path) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return iter(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())
    except (CalamineError, OSError, IndexError) as error:
        raise Unreadable(file=path.name, trouble=error) from error


def _csv_rows(path: Path, encoding: str) -> Iterator[list[Any]]:
    csv.field_size_limit(LARGEST_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(",\t;", key=first.count)
            yield from csv.reader(file, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error, LookupError) as error:
        raise Unreadable(file=path.name, trouble=error) from error


def _encoding(path: Path) -> str:
    """By its mark, else UTF-8 if all of it is, else GB 18030: guessing by letters reads GBK as Big5."""
    with path.open("rb") as file:
        mark = file.read(3)
    if mark == b"\xef\xbb\xbf":
        return "utf-8-sig"
    if mark[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def text_of(cell: Any) -> str:
    """A cell as the text a person sees: a workbook keeps 20261122 as 20261122.0, and days as days."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"  # what the program that wrote it shows
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.isoformat("minutes") if isinstance(cell, time) else str(cell)


def unguarded(text: str) -> str:
    """A name without the quote that our own CSV export puts before what a spreadsheet might run."""
    guarded = text.startswith("'") and text[1:].removeprefix("'").startswith(RISKY)
    return text[1:] if guarded else text


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """`--map number=invoiceNumber` pairs."""
    from salesctl.errors import Invalid

    mapping = {}
    for pair in pairs:
        key, sign, heading = pair.partition("=")
        if not (sign and key.strip() and heading.strip()):
            raise Invalid(value=pair, what=N_("a column mapping"), example="number=invoiceNumber")
        mapping[key.strip()] = heading.strip()
    return mapping
