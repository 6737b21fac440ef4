"""Rows read at one moment and kept until they are printed: no transaction stays open meanwhile."""

from __future__ import annotations

import marshal
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 10_000  # rows in memory; what is beyond goes to a file of its own that nobody else can open
BATCH = 1_000


class Kept:
    """The rows of a query, as tuples of stored values; they can be gone through as often as one likes.

    Memory does not grow with their number.
    """

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._few = list(islice(rows, MOST))
        self._many = None
        self._sizes: list[int] = []  # how long each batch is
        if len(self._few) == MOST:
            self._many = TemporaryFile()  # noqa: SIM115 - closed with this object, after the last reader
            while batch := list(islice(rows, BATCH)):
                self._sizes.append(self._many.write(marshal.dumps(batch)))  # `dump` and `load` go byte by byte

    def __bool__(self) -> bool:
        return bool(self._few)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        yield from self._few
        if self._many is None:
            return
        place = 0
        for size in self._sizes:
            self._many.seek(place)
            place += size
            yield from marshal.loads(self._many.read(size))  # noqa: S302 - written by this process a moment ago
