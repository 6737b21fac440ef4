"""The rows of a ledger as its journal has written them so far; of most tables they lie in a file, however many."""

from __future__ import annotations

import marshal
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOM = 32_000  # KiB in memory; what is beyond goes to a file that nobody else can open and that ends with the process
AT_HAND = ("setting", "person", "signing_key", "standing")  # short, and looked at for every signature
UNFIT = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError, OverflowError)  # no id of a row

Values = dict[str, Any]


class Rebuilt:
    """The tables by their names."""

    def __init__(self) -> None:
        self.at_hand: dict[str, dict[Any, Values]] = {}
        self.tables: dict[str, int] = {}
        self._shapes: dict[tuple[str, ...], int] = {}  # sets of columns, so that no row repeats their names
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -{ROOM}; "
            "CREATE TABLE rebuilt (of, id, image, PRIMARY KEY (of, id)) WITHOUT ROWID; BEGIN"
        )

    def add(self, table: str, columns: list[str], images: Sequence[Sequence[Any]]) -> None:
        """Write new rows; a row of that id is written over.

        Raises:
            KeyError, TypeError, ValueError: these are no rows.
        """
        if any(len(image) != len(columns) for image in images):
            raise ValueError(columns)
        place, shape = columns.index("id"), self._shape(columns)
        if table in AT_HAND:
            rows = {image[place]: dict(zip(columns, image, strict=True)) for image in images}
            self.at_hand.setdefault(table, {}).update(rows)
        self._keep(table, ((image[place], (shape, *image)) for image in images))

    def amend(self, table: str, columns: list[str], images: Sequence[Sequence[Any]]) -> None:
        """Change these columns of rows.

        Raises:
            KeyError, TypeError, ValueError: these are no rows.
        """
        for image in images:
            changed = dict(zip(columns, image, strict=True))
            row = {**self._row(table, changed["id"]), **changed}
            self.add(table, list(row), [list(row.values())])

    def in_order(self, table: str) -> Iterator[tuple[Any, Values]]:
        """The ids and rows of a table in the order of the ids, numbers first."""
        shapes = list(self._shapes)
        of = self.tables.get(table)
        for key, image in self._db.execute("SELECT id, image FROM rebuilt WHERE of = ? ORDER BY id", (of,)):
            yield key, _read(shapes, image)

    def _keep(self, table: str, images: Iterable[tuple[Any, tuple[Any, ...]]]) -> None:
        of = self.tables.setdefault(table, len(self.tables))
        stored = ((of, key, marshal.dumps(image)) for key, image in images)
        try:
            self._db.executemany("INSERT OR REPLACE INTO rebuilt VALUES (?, ?, ?)", stored)
        except UNFIT as error:
            raise ValueError(str(error)) from error

    def _shape(self, columns: Sequence[str]) -> int:
        return self._shapes.setdefault(tuple(columns), len(self._shapes))

    def _row(self, table: str, key: Any) -> Values:
        """A row as it is so far; nothing where there is none."""
        if table in AT_HAND:
            return self.at_hand.get(table, {}).get(key, {})
        query = "SELECT image FROM rebuilt WHERE of = ? AND id = ?"
        try:
            found = self._db.execute(query, (self.tables.get(table), key)).fetchone()
        except UNFIT as error:
            raise ValueError(str(error)) from error
        return _read(list(self._shapes), found[0]) if found else {}


def _read(shapes: list[tuple[str, ...]], image: bytes) -> Values:
    shape, *values = marshal.loads(image)  # noqa: S302 - this process wrote it
    return dict(zip(shapes[shape], values, strict=True))
