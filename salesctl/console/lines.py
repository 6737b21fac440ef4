"""A long list as the lines of a file: some hundred rows at a time, and of those a column at a time.

A column of text that can stand as it is is written as it is; of any other, each value is worked out once, however
often it stands there.
"""

from __future__ import annotations

import json
from itertools import islice
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, ClassVar

from salesctl.console.values import LISTS, clean, flat, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from typing import TextIO

    from salesctl.console.view import Column, View

RISKY = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # a spreadsheet may run these
DOUBTFUL = {*RISKY, "'"}
QUOTED = (",", '"', "\n", "\r")  # CSV puts a cell with one of these between quotes
# What a column, one cell to a line, has where a cell of it is quoted or may begin so that it is run.
SUSPICIOUS = (",", '"', "\n-", *(sign for sign in DOUBTFUL if sign != "-"))
MOST_KEPT = 4_000  # different values of a column that are kept
ROWS = 250  # at a time: what is written of more does not stay near the processor


class Cells(dict[Any, str]):
    """The cells of one column of a list, as one format writes them."""

    def __init__(self, column: Column, zone: tzinfo) -> None:
        super().__init__()
        self._column, self._zone = column, zone

    def of(self, values: tuple[Any, ...]) -> Iterable[str]:
        """The cells of these values."""
        if self._column.kind in LISTS:
            return map(self.one, values)
        try:
            return self.texts(values)
        except TypeError:  # not all of them are text
            return self.each(values)

    def each(self, values: tuple[Any, ...]) -> Iterable[str]:
        """The cells of these values, none of them worked out twice."""
        return map(self.__getitem__, values)

    def __missing__(self, value: Any) -> str:
        cell = self.one(value)
        if len(self) < MOST_KEPT:
            self[value] = cell
        return cell

    def texts(self, values: tuple[str, ...]) -> Iterable[str]:
        """The cells of texts; a TypeError where one of them is none."""
        raise NotImplementedError

    def one(self, value: Any) -> str:
        """The cell of a value."""
        raise NotImplementedError


class _Csv(Cells):
    empty: ClassVar[str] = ""

    def texts(self, values: tuple[str, ...]) -> Iterable[str]:
        text = "\n".join(values)
        is_plain = not any(sign in text for sign in SUSPICIOUS) and text[:1] != "-"
        return values if is_plain and text.count("\n") == len(values) - 1 else self.each(values)

    def one(self, value: Any) -> str:
        value = flat(self._column, value, self._zone)
        if not isinstance(value, str):
            return self.empty if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        text = harmless(value)
        if any(sign in text for sign in QUOTED):
            text = '"' + text.replace('"', '""') + '"'
        return text or self.empty


class _OnlyCsv(_Csv):
    """A column that is the only one: an empty line would be no row."""

    empty = '""'

    def texts(self, values: tuple[str, ...]) -> Iterable[str]:
        return super().texts(values) if all(values) else self.each(values)


class _Tsv(Cells):
    def texts(self, values: tuple[str, ...]) -> Iterable[str]:
        return values if "".join(values).isprintable() else map(clean, values)

    def one(self, value: Any) -> str:
        value = flat(self._column, value, self._zone)
        return "" if value is None else clean(str(value))


class _Json(Cells):
    def texts(self, values: tuple[str, ...]) -> Iterable[str]:
        return list(map(encode_basestring, values))

    def one(self, value: Any) -> str:
        return json.dumps(plain(self._column, value, self._zone), ensure_ascii=False)


def csv(view: View, out: TextIO, zone: tzinfo) -> None:
    """A row a line, as RFC 4180 wants it; nothing in it is run by a spreadsheet."""
    out.write(",".join(column.key for column in view.columns) + "\r\n")
    for rows in _batches(view, _Csv if len(view.columns) > 1 else _OnlyCsv, zone):
        out.write("\r\n".join(map(",".join, rows)) + "\r\n")


def tsv(view: View, out: TextIO, zone: tzinfo) -> None:
    """A row a line, its cells between tabs; no cell has a tab or a line end of its own."""
    out.write("\t".join(column.key for column in view.columns) + "\n")
    for rows in _batches(view, _Tsv, zone):
        out.write("\n".join(map("\t".join, rows)) + "\n")


def as_json(view: View, out: TextIO, zone: tzinfo) -> None:
    """An array of objects, one a line; a row that has a working carries it."""
    line = "{" + ", ".join(f"{json.dumps(column.key)}: %s" for column in view.columns) + "}"
    workings = iter(view.outcomes)
    before = "[\n "
    for rows in _batches(view, _Json, zone):
        lines: Iterable[str] = map(line.__mod__, rows)
        if view.outcomes:
            lines = [
                f'{one[:-1]}, "working": {json.dumps(next(workings).facts(), ensure_ascii=False)}}}' for one in lines
            ]
        out.write(before + ",\n ".join(lines))
        before = ",\n "
    out.write("[\n]\n" if before[0] == "[" else "\n]\n")


def _batches(view: View, kind: type[Cells], zone: tzinfo) -> Iterator[Iterator[tuple[str, ...]]]:
    """The rows as cells, so many at a time."""
    columns = [kind(column, zone) for column in view.columns]
    rows = iter(view.rows)
    while batch := list(islice(rows, ROWS)):
        values = zip(*batch, strict=True)
        yield zip(*[cells.of(of) for cells, of in zip(columns, values, strict=True)], strict=True)


def harmless(text: str) -> str:
    """Text that no spreadsheet runs; an import takes the one quote off again."""
    is_run = text[:1] in DOUBTFUL and text.removeprefix("'").startswith(RISKY) and not _is_number(text)
    return f"'{text}" if is_run else text


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
