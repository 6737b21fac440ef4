"""Rows read at one moment and kept until they are printed: no transaction stays open meanwhile."""

from __future__ import annotations

import marshal
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST = 10_000  # rows in memory; what is beyond goes to a file of its own that nobody else can open
BATCH = 1_000


class Kept:
    """The rows of a query, as tuples of stored values; they can be gone through as often as one likes.

    Memory does not grow with their number.
    """

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._names: dict[int, Mapping[Any, str]] = {}
        self._pair: tuple[int, int] | None = None
        self._few = list(islice(rows, MOST))
        self._many = None
        self._sizes: list[int] = []  # how long each batch is
        if len(self._few) == MOST:
            self._many = TemporaryFile()  # noqa: SIM115 - closed with this object, after the last reader
            while batch := list(islice(rows, BATCH)):
                self._sizes.append(self._many.write(marshal.dumps(batch)))  # `dump` and `load` go byte by byte

    def __bool__(self) -> bool:
        return bool(self._few)

    def ids(self, place: int) -> set[Any] | None:
        """What stands in a column; None where the rows are too many for it to matter."""
        return {row[place] for row in self._few} if self._many is None else None

    def name(self, names: Mapping[int, Mapping[Any, str]]) -> None:
        """Show the ids that some columns hold as these names; what has none stays."""
        self._names.update(names)

    def put_behind(self, place: int, other: int) -> None:
        """Show what a named column says in brackets behind another, and no more by itself."""
        self._pair = place, other

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        yield from self._named(self._few)
        if self._many is None:
            return
        place = 0
        for size in self._sizes:
            self._many.seek(place)
            place += size
            yield from self._named(marshal.loads(self._many.read(size)))  # noqa: S302 - written by this process

    def _named(self, rows: list[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        if not self._names or not rows:
            return rows
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, names in self._names.items():
            columns[place] = map(names.get, columns[place], columns[place])
        if self._pair:
            place, other = self._pair
            behind = list(columns.pop(other))
            if any(behind):  # rare: it is asked once for a thousand rows
                pairs = zip(columns[place], behind, strict=True)
                columns[place] = [f"{one} ({more})" if more else one for one, more in pairs]
        return zip(*columns, strict=True)
