"""Files on their way in: what their cells mean, and every fault by line and column."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from salesctl.console.faults import BadRows, Faults, fault
from salesctl.console.inputs import parse_date, parse_day_as
from salesctl.console.progress import watched
from salesctl.console.sheets import read_rows, text_of
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

T = TypeVar("T")
MOST_TITLES = 5  # rows above the headings
ALIKE = 0.4  # of 1: how much a heading must be like one that is wanted to be suggested
LONGEST_ABOUT = 40  # of a file's name in the journal


class Source(Record):
    """A file and how it is written."""

    path: Path
    mapping: Sequence[str] = ()  # KEY=HEADING
    date_format: str = ""
    encoding: str = ""


class Field(Record):
    """A column a file should have: its key, the headings it may go by, whether it must be there."""

    key: str
    headings: tuple[str, ...]
    is_needed: bool = True


class NoColumn(SalesctlError):
    """A file without a column that is needed."""

    code, status = "import.no-column", WRONG
    says = N_("{file} has no column for {missing}; it has: {found}.")
    hint = N_("Name it with --map {example}.")

    def __init__(self, width: int = 0, **facts: object) -> None:
        self.width = width  # how many different cells the row has: the likeliest row of headings is shown
        super().__init__(**facts)


class TwoColumns(SalesctlError):
    """A heading that stands over several columns: nobody knows which is meant."""

    code, status = "import.two-columns", WRONG
    says = N_("{file} has {count} columns named {heading}.")
    hint = N_("Rename all of them but one.")


class NoField(SalesctlError):
    """A mapping of a column that files of this kind do not have."""

    code, status = "import.no-field", WRONG
    says = N_("Files of this kind have no column {value!r}.")
    hint = N_("They have: {keys}. Write it like --map {example}.")


class Sheet:
    """A file's rows under our own keys. Lines are numbered as the office sees them: the heading is line 1."""

    def __init__(self, source: Source, fields: Sequence[Field], least: int = 0) -> None:
        """`least`: how many cells each row has at least, where the fields after them may be left off."""
        self._least = least or len(fields)
        self.fields, self._date_format = fields, source.date_format
        self.name = shown(source.path.name)
        self.about = self.name[:LONGEST_ABOUT]
        mapping = mapping_of(source.mapping)
        fields_named(mapping, fields)
        self._path, self._rows = source.path, read_rows(source.path, source.encoding)
        self._named: dict[str, str] = {}  # key -> heading
        self._first_line, self._places = self._headings(mapping)
        self.faults = Faults()
        self.row_count = 0

    @property
    def fault_count(self) -> int:
        """How many things are wrong so far."""
        return len(self.faults)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Line number and the cells in the order of the fields; a field the file lacks is empty."""
        places, size = self._places, max(self._places) + 1
        if max(places[self._least :], default=-1) < 0:
            places = places[: self._least]
        rows = watched(self._rows, self._path, _("Reading {file}").format(file=self.name))
        for line, row in enumerate(rows, self._first_line):
            if not any(row) and not any(cell not in ("", None) for cell in row):
                continue
            self.row_count += 1
            if len(row) < size:
                row += [""] * (size - len(row))  # noqa: PLW2901 - the row as it should be
            row.append("")  # the last cell, -1: where a field stands that the file lacks
            wanted = map(row.__getitem__, places)
            yield line, [cell.strip() if cell.__class__ is str else text_of(cell) for cell in wanted]

    def read(self, line: int, column: str, cell: Any, reader: Callable[[Any], T]) -> T | None:
        """What a cell means, or None where that is noted as a fault."""
        try:
            return reader(cell)
        except SalesctlError as error:
            self.refuse(line, column, error, cell if isinstance(cell, str) else "")
            return None

    def refuse(self, line: int, column: str, error: SalesctlError, value: str = "") -> None:
        """Note what is wrong with a cell, in the words of the rule that refuses it; go on looking for more."""
        value = value or str(error.facts.get("value", ""))
        self.faults.note(fault(line, (column, self._named.get(column, "")), value, error))

    def day(self, text: str) -> date:
        """The day of a cell, in the file's own form; never one that depends on the day it is read.

        Raises:
            Invalid: anything else.
        """
        try:
            return parse_day_as(text, self._date_format) if self._date_format else parse_date(text)
        except Invalid:
            if not self._date_format:
                raise
            return parse_date(text)  # a workbook's own day has no written form

    def expect_no_faults(self) -> None:
        """Stop the import when any row was refused.

        Raises:
            BadRows: with every line and column.
        """
        if self.fault_count:
            raise BadRows(self.faults, file=self.name, rows=self.row_count)

    def _headings(self, mapping: dict[str, str]) -> tuple[int, list[int]]:
        """The line of the first row and where each field stands: offices put a title above the headings."""
        missing: NoColumn | None = None
        for line, row in enumerate(islice(self._rows, MOST_TITLES), 2):
            headings = [text_of(cell) for cell in row]
            try:
                return line, self._find(headings, mapping)
            except NoColumn as error:
                missing = missing if missing and len(set(headings)) <= missing.width else error
        raise missing or NoColumn(file=self.name, missing=self.fields[0].key, found="-", example="...")

    def _find(self, headings: list[str], mapping: dict[str, str]) -> list[int]:
        folded = {heading.casefold(): place for place, heading in enumerate(headings) if heading}
        places = []
        for field in self.fields:
            wanted = [mapping[field.key]] if field.key in mapping else [field.key, *field.headings]
            place = next((folded[name.casefold()] for name in wanted if name.casefold() in folded), -1)
            if place < 0 and (field.is_needed or field.key in mapping):
                raise NoColumn(
                    len(set(headings)),
                    file=self.name,
                    missing=" / ".join(map(shown, wanted)),
                    found=", ".join(map(shown, headings)) or "-",
                    example=f"{field.key}={_near(wanted, headings)}",
                )
            if place >= 0 and headings.count(headings[place]) > 1:
                count = headings.count(headings[place])
                raise TwoColumns(file=self.name, heading=shown(headings[place]), count=count)
            self._named[field.key] = shown(headings[place]) if place >= 0 else ""
            places.append(place)
        return places


def _near(wanted: Sequence[str], headings: Sequence[str]) -> str:
    """The heading that is most like one that is wanted; a word to be replaced where none is like any."""
    from difflib import SequenceMatcher

    def likeness(heading: str) -> float:
        return max(SequenceMatcher(None, heading.casefold(), name.casefold()).ratio() for name in wanted)

    best = max(filter(None, headings), key=likeness, default="")
    return shown(best) if best and likeness(best) >= ALIKE else "HEADING"


def fields_named(mapping: dict[str, str], fields: Sequence[Field]) -> None:
    """Refuse a mapping of what no file of this kind has: a slip would silently map nothing.

    Raises:
        NoField: with the columns there are.
    """
    keys = [field.key for field in fields]
    for key, heading in mapping.items():
        if key not in keys:
            raise NoField(value=shown(key), keys=", ".join(keys), example=f"{keys[0]}={shown(heading)}")


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """`--map number=invoiceNumber` pairs."""
    mapping = {}
    for pair in pairs:
        key, sign, heading = pair.partition("=")
        if not (sign and key.strip() and heading.strip()):
            raise Invalid(value=pair, what=N_("a column mapping"), example="number=invoiceNumber")
        mapping[key.strip()] = heading.strip()
    return mapping


def listed(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several names: `星河、星`."""
    return tuple(filter(None, (part.strip() for part in text.replace("、", ",").split(","))))
