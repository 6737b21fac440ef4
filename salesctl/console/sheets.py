"""The rows of the tables offices keep: CSV in whatever encoding, XLSX and XLS."""

from __future__ import annotations

import csv
import re
import zlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from salesctl.console.lines import RISKY
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_CELL = 10_000
LARGEST_UNPACKED = 1 << 30  # bytes; a million rows of six columns are a quarter of it
MOST_CELLS = 100_000_000
DAMAGED = N_("it is no workbook, or one that is damaged or locked by a password")


class Unreadable(SalesctlError):
    """A file that is no table."""

    code, status = "import.unreadable", WRONG
    says = N_("{file} cannot be read as a table: {trouble}.")
    hint = N_("Save it as CSV (UTF-8 or GBK) or XLSX and try again.")

    def __init__(self, path: Path, trouble: str) -> None:
        super().__init__(file=shown(path.name), trouble=shown(trouble, 200))


class NotOpened(Unreadable):
    """A file that the system does not give out."""

    code = "import.not-opened"
    says = N_("{file} cannot be opened: {trouble}.")
    hint = N_("Correct the path, or make the file readable for you.")


class OtherEncoding(Unreadable):
    """A file whose text is in another encoding than was said or recognised."""

    code = "import.encoding"
    hint = N_("Name the encoding it is in with --encoding, such as utf-8, gb18030 or big5.")


def read_rows(path: Path, encoding: str = "") -> Iterator[list[Any]]:
    """The rows of a file, the heading first, told by what the file is, not what it is called."""
    if _is_workbook(path):
        return _workbook_rows(path)
    if _start(path).lstrip().startswith(b"<"):
        raise Unreadable(path, N_("it is a web page (HTML)"))
    return _csv_rows(path, encoding or _encoding(path))


def _is_workbook(path: Path) -> bool:
    return _start(path).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except FileNotFoundError as error:
        raise NotOpened(path, N_("there is no such file")) from error
    except IsADirectoryError as error:
        raise NotOpened(path, N_("it is a folder")) from error
    except PermissionError as error:
        raise NotOpened(path, N_("you may not read it")) from error
    except (OSError, ValueError) as error:  # a path with a zero byte in it is a ValueError
        raise NotOpened(path, str(error)) from error


def _workbook_rows(path: Path) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if _start(path).startswith(b"PK"):
        _expect_room(path)
    try:
        return iter(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())
    except (CalamineError, OSError, IndexError) as error:
        raise Unreadable(path, DAMAGED) from error


def _expect_room(path: Path) -> None:
    """Refuse a workbook before it is unpacked if no memory would hold it: the reader keeps whole sheets.

    Raises:
        Unreadable: it unpacks to more than a table can be, or a sheet says that it is larger than any table.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as book:
            if sum(part.file_size for part in book.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(path, N_("it is too large when it is unpacked"))
            for name in book.namelist():
                if name.startswith("xl/worksheets/"):
                    with book.open(name) as sheet:
                        _expect_size(path, sheet.read(4096))
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise Unreadable(path, DAMAGED) from error


def _expect_size(path: Path, beginning: bytes) -> None:
    """A stray cell at the far end of a sheet makes a table of billions of cells."""
    if said := re.search(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"', beginning):
        width = 0
        for letter in said[1]:
            width = width * 26 + letter - 64
        if width * int(said[2]) > MOST_CELLS:
            trouble = N_(
                "a cell far outside the table makes it larger than any table; delete the empty rows and columns"
            )
            raise Unreadable(path, trouble)


def _csv_rows(path: Path, encoding: str) -> Iterator[list[Any]]:
    csv.field_size_limit(LARGEST_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(",\t;", key=first.count)
            yield from csv.reader(file, delimiter=delimiter)
    except UnicodeError as error:
        raise OtherEncoding(path, N_("its text is in another encoding")) from error
    except LookupError as error:
        raise OtherEncoding(path, N_("there is no such encoding")) from error
    except csv.Error as error:
        raise Unreadable(path, N_("a cell is too long, or a quotation mark is not closed")) from error


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
    if isinstance(cell, float):  # what the program that wrote it shows; `%` takes two thirds of an f-string's time
        return str(int(cell)) if cell.is_integer() else "%.15g" % cell  # noqa: UP031
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.isoformat("minutes") if isinstance(cell, time) else str(cell)


def unguarded(text: str) -> str:
    """A name without the quote that our own CSV export puts before what a spreadsheet might run."""
    guarded = text.startswith("'") and text[1:].removeprefix("'").startswith(RISKY)
    return text[1:] if guarded else text
