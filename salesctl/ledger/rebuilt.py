"""The rows of a ledger as its journal has written them so far; most of many lie in a file, however many."""

from __future__ import annotations

import marshal
import sqlite3
from typing import TYPE_CHECKING, Any

from salesctl.ledger.powers import CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOM = 32_000  # KiB in memory; what is beyond goes to a file that nobody else can open and that ends with the process
MOST = 20_000  # rows that were written last, kept as they are
AT_HAND = tuple(CHANGES)  # short, and looked at for every signature
KEYS = range(-(2**63), 2**63)

Values = dict[str, Any]
Image = tuple[Any, ...]  # the number of its shape, then the values


class Rebuilt:
    """The tables by their names."""

    def __init__(self) -> None:
        self.at_hand: dict[str, dict[int, Values]] = {}
        self.tables: dict[str, dict[int, Image]] = {}  # what was written last of each
        self._count = 0  # of rows written since the others went to the file
        self._numbers: dict[tuple[str, ...], int] = {}  # of the sets of columns, so that no row repeats their names
        self._shapes: list[tuple[str, ...]] = []
        self._db: sqlite3.Connection | None = None  # the file, once it is needed

    def add(self, table: str, columns: Sequence[str], images: Sequence[Sequence[Any]]) -> None:
        """Write new rows; a row of that id is written over.

        Raises:
            KeyError, TypeError, ValueError: these are no rows.
        """
        named = tuple(columns)
        place, shape, width = named.index("id"), self._shape(named), len(named)
        rows = self.tables.setdefault(table, {})
        for image in images:
            if len(image) != width or type(key := image[place]) is not int or key not in KEYS:
                raise ValueError(named)
            rows[key] = (shape, *image)
            if table in AT_HAND:
                self.at_hand.setdefault(table, {})[key] = dict(zip(columns, image, strict=True))
        self._count += len(images)
        if self._count > MOST:
            self._to_file()

    def amend(self, table: str, columns: Sequence[str], images: Sequence[Sequence[Any]]) -> None:
        """Change these columns of rows that were added.

        Raises:
            KeyError, TypeError, ValueError: these are no rows.
        """
        for image in images:
            changed = dict(zip(columns, image, strict=True))
            if (before := self.row(table, changed["id"])) is None:
                raise KeyError(changed["id"])
            row = {**before, **changed}
            self.add(table, tuple(row), [tuple(row.values())])

    def row(self, table: str, key: Any) -> Values | None:
        """A row as it is so far; None where none was added."""
        image = self.tables.get(table, {}).get(key)
        if image is None and self._db is not None and type(key) is int and key in KEYS:
            query = "SELECT image FROM rebuilt WHERE of = ? AND id = ?"
            if found := self._db.execute(query, (table, key)).fetchone():
                image = marshal.loads(found[0])  # noqa: S302 - this process wrote it
        return dict(zip(self._shapes[image[0]], image[1:], strict=True)) if image else None

    def in_order(self, table: str) -> Iterator[tuple[int, tuple[str, ...], Image]]:
        """The ids, columns and values of the rows of a table, in the order of the ids."""
        for key, image in self._images(table):
            yield key, self._shapes[image[0]], image[1:]

    def _images(self, table: str) -> Iterator[tuple[int, Image]]:
        if self._db is None:
            yield from sorted(self.tables.get(table, {}).items())
            return
        self._to_file()
        for key, kept in self._db.execute("SELECT id, image FROM rebuilt WHERE of = ? ORDER BY id", (table,)):
            yield key, marshal.loads(kept)  # noqa: S302 - this process wrote it

    def _to_file(self) -> None:
        """Put what was written last to the file."""
        if self._db is None:
            self._db = sqlite3.connect("", isolation_level=None)
            self._db.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -{ROOM}; "
                "CREATE TABLE rebuilt (of, id, image, PRIMARY KEY (of, id)) WITHOUT ROWID; BEGIN"
            )
        for table, rows in self.tables.items():
            stored = ((table, key, marshal.dumps(image)) for key, image in sorted(rows.items()))
            self._db.executemany("INSERT OR REPLACE INTO rebuilt VALUES (?, ?, ?)", stored)
            rows.clear()
        self._count = 0

    def _shape(self, named: tuple[str, ...]) -> int:
        if (number := self._numbers.get(named)) is None:
            number = self._numbers[named] = len(self._shapes)
            self._shapes.append(named)
        return number
