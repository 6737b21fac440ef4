"""Everything that is due in the order of a list, however much it is.

What is more than a little is put in order piece by piece, each piece goes to a file that nobody else can open, and the
pieces are read side by side: memory does not grow with their number.
"""

from __future__ import annotations

from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from salesctl.desk import Due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = 10_000  # put in order at a time
BATCH = 100  # of a piece read at a time


def place(one: Due) -> tuple[Any, ...]:
    """Where it stands: overdue first, then by day."""
    return (one.state != "overdue", one.due_on, one.rule, len(one.subject), one.subject)


class Ordered:
    """What is due, in order; it can be gone through as often as one likes, once at a time."""

    def __init__(self, found: Iterable[Due]) -> None:
        source = iter(found)
        self._few = sorted(islice(source, PIECE), key=place)
        self._pieces: list[_Piece] = []
        if len(self._few) == PIECE:
            file = TemporaryFile()  # noqa: SIM115 - closed with this object, after the last reader
            while piece := sorted(islice(source, PIECE), key=place):
                self._pieces.append(_Piece(file, piece))

    def __bool__(self) -> bool:
        return bool(self._few)

    def __iter__(self) -> Iterator[Due]:
        return merge(self._few, *self._pieces, key=place) if self._pieces else iter(self._few)


class _Piece:
    """What was put in order together, in a file."""

    def __init__(self, file: IO[bytes], ordered: list[Due]) -> None:
        from pickle import dumps

        self._file = file
        self._batches: list[tuple[int, int]] = []  # where each begins, and how long it is
        for at in range(0, len(ordered), BATCH):
            batch = dumps([tuple(one) for one in ordered[at : at + BATCH]])
            self._batches.append((file.tell(), file.write(batch)))

    def __iter__(self) -> Iterator[Due]:
        from pickle import loads

        for at, size in self._batches:
            self._file.seek(at)
            for values in loads(self._file.read(size)):  # noqa: S301 - this process wrote it
                yield Due(*values)
