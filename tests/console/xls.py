"""A genuine XLS workbook (BIFF8 in a compound file) of one sheet, as Excel 97 to 2003 kept them; for tests alone."""

from __future__ import annotations

import struct
from datetime import date
from typing import TypeAlias

Cell: TypeAlias = "str | float | date"
SECTOR = 512
FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BOF, EOF, DIMENSIONS, SHEET, XF, NUMBER, LABEL = 0x0809, 0x000A, 0x0200, 0x0085, 0x00E0, 0x0203, 0x0204


def workbook(rows: list[list[Cell]]) -> bytes:
    """The file: texts are texts, days are numbers with the form of a day."""
    return _compound(_stream(rows))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _stream(rows: list[list[Cell]]) -> bytes:
    def bof(what: int) -> bytes:
        return _record(BOF, struct.pack("<HHHHII", 0x0600, what, 0x0DBB, 0x07CC, 0, 6))

    def form(number: int) -> bytes:
        return _record(XF, struct.pack("<HHHBBBBIIH", 0, number, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0))

    name = "Sheet1".encode("latin-1")
    before = bof(5) + form(0) + form(14)
    start = len(before) + 4 + 8 + len(name) + len(_record(EOF))
    sheet = _record(SHEET, struct.pack("<IHBB", start, 0, len(name), 0) + name)
    width = max(map(len, rows))
    cells = b"".join(_cell(y, x, cell) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell != "")
    size = _record(DIMENSIONS, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return before + sheet + _record(EOF) + bof(16) + size + cells + _record(EOF)


def _cell(row: int, column: int, cell: Cell) -> bytes:
    if isinstance(cell, date):
        return _record(NUMBER, struct.pack("<HHHd", row, column, 1, (cell - date(1899, 12, 30)).days))
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(LABEL, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    return _record(NUMBER, struct.pack("<HHHd", row, column, 0, cell))


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream: its sectors, then the directory, then the table of sectors."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would stand among the small sectors
    stream += b"\0" * (-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    assert count + 2 <= SECTOR // 4, "one table of sectors holds 128"
    table = [*range(1, count), LAST, LAST, TABLE]
    fat = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    directory = _entry("Root Entry", 5, 1, LAST, 0) + _entry("Workbook", 2, FREE, 0, len(stream))
    directory += _entry("", 0, FREE, 0, 0) * 2
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, count, 0,
        4096, LAST, 0, LAST, 0,
    )  # fmt: skip
    return header + struct.pack("<109I", count + 1, *[FREE] * 108) + stream + directory + fat


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII16sI8s8sIQ", text, length, kind, 1, FREE, FREE, child, b"", 0, b"", b"", start, size)
