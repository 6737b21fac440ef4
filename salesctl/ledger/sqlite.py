"""SQLite as the ledger's engine: how a file is opened, locked, and how its errors read."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from salesctl.ledger import turns
from salesctl.ledger.troubles import TROUBLE, WAIT, Busy, Conflict, Missing, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salesctl.ledger.reading import Reading

NAME = "sqlite"
BEGIN_READING = "BEGIN"
BODY = "CAST(body AS BLOB)"  # the stored text as its bytes
turn = turns.turn
UNCHECKED = ()  # of what `verify` looks at elsewhere


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this library has no WAL-reset bug (3.7.0 to 3.51.2, mended in two older lines; 3.52.0 was withdrawn)."""
    if version >= (3, 51, 3):
        return version[:3] != (3, 52, 0)
    return any(version[:2] == mended[:2] and version >= mended for mended in ((3, 50, 7), (3, 44, 6)))


_FORBIDDEN = {
    getattr(sqlite3, f"SQLITE_{name}")
    for name in [
        "ATTACH",
        "DETACH",
        "ALTER_TABLE",
        "DROP_TABLE",
        "DROP_TRIGGER",
        "DROP_VIEW",
        "CREATE_TABLE",
        "CREATE_TRIGGER",
        "CREATE_VIEW",
        "CREATE_TEMP_TRIGGER",
        "CREATE_TEMP_VIEW",
        "CREATE_VTABLE",
        "DELETE",
    ]
}
_SCHEMA_OF_INDEXES = ("sqlite_master", "sqlite_schema")  # an import may drop and build again a large index


def _guard(action: int, first: str | None, *_: object) -> int:
    """Refuse what no command does: it protects against our own mistakes, not against another program."""
    if action == sqlite3.SQLITE_DELETE and first in _SCHEMA_OF_INDEXES:
        return sqlite3.SQLITE_OK
    if action in _FORBIDDEN or (action == sqlite3.SQLITE_UPDATE and first == "journal"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def connect(path: Path, *, guarded: bool = True, wait: float | None = None) -> sqlite3.Connection:
    """Open a ledger that exists.

    Args:
        path: where it is.
        guarded: refuse whatever no command does.
        wait: seconds to wait for a lock somebody else holds; the usual ones where nothing is said.

    Raises:
        Missing: there is none.
        Unusable: it cannot be opened, or is no database.
    """
    expect_there(path)
    with translated(path):
        where, patience = f"{path.absolute().as_uri()}?mode=rw", WAIT if wait is None else wait
        db = sqlite3.connect(where, uri=True, timeout=patience, isolation_level=None)
        mode = db.execute("PRAGMA journal_mode").fetchone()[0]
        # DELETE + FULL may lose the last commit in a power cut: removing the journal is not synced. EXTRA does.
        db.executescript(
            f"PRAGMA synchronous={'FULL' if mode == 'wal' else 'EXTRA'};"
            "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF;"
            "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON"
        )
        if guarded:
            db.set_authorizer(_guard)
    return db


def schema_of(db: sqlite3.Connection) -> str:
    """The newest migration a file has seen; empty where it is no ledger."""
    try:
        newest, count = db.execute("SELECT max(version_num), count(*) FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":  # there is no such table
            raise
        return ""
    return str(newest) if newest and count == 1 else ""


def expect_there(path: Path) -> None:
    """Refuse to look for what is not there.

    Raises:
        Missing: there is no file.
        Unusable: nobody could say.
    """
    try:
        is_there = path.is_file()
    except OSError as error:
        raise Unusable(path=path, trouble=error.strerror, way_out=TROUBLE["SQLITE_CANTOPEN"][1]) from error
    if not is_there:
        raise Missing(path=path)


def expect_ledger(path: Path) -> None:
    """Refuse a database that was never a ledger: nothing of ours is put into it.

    Raises:
        Missing: there is no file.
        Unusable: it is another program's.
    """
    db = connect(path)
    with translated(path):
        is_ours = db.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'journal')"
        ).fetchone()
        db.close()
    if is_ours != (2,):
        trouble, way_out = TROUBLE["SQLITE_NOTADB"]
        raise Unusable(path=path, trouble=trouble, way_out=way_out)


def create(path: Path) -> None:
    """Make an empty file only its owner may read, with the journal mode that is safe on this SQLite."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with translated(path):
        db = sqlite3.connect(path, isolation_level=None)
        choose_mode(db)
        db.close()


def choose_mode(db: sqlite3.Connection) -> None:
    """The journal mode that is safe on this SQLite."""
    db.execute(f"PRAGMA journal_mode={'wal' if wal_is_safe() else 'delete'}")


def begin_writing(db: sqlite3.Connection) -> None:
    """Begin as the only writer: whatever is read from here on is what the write rests on."""
    db.execute("BEGIN IMMEDIATE")


def run(db: sqlite3.Connection, query: str, values: dict[str, Any]) -> sqlite3.Cursor:
    """Execute a statement; a value no column can hold is the person's, not ours."""
    try:
        return db.execute(query, values)
    except (OverflowError, UnicodeEncodeError) as error:
        raise Conflict(trouble=str(error)) from error


def each(db: sqlite3.Connection, query: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query one by one."""
    return iter(run(db, query, values))


def among(query: str, these: list[str | int]) -> tuple[str, str]:
    """A query about `:these` and how they are bound: as one text, which is quicker than a mark for each."""
    return query.replace(" :these", " (SELECT value FROM json_each(:these))"), json.dumps(these)


def insert_many(db: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Write many rows at once."""
    marks = ", ".join("?" for _ in columns)
    db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def update_many(db: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Change columns of many rows, given as `(id, value, ...)`."""
    marks = ", ".join(f"{column} = ?{place}" for place, column in enumerate(columns, 2))
    db.executemany(f"UPDATE {table} SET {marks} WHERE id = ?1", rows)


@contextmanager
def rebuilding(db: sqlite3.Connection, indexes: tuple[str, ...]) -> Iterator[None]:
    """Build these indexes once, after the rows: quicker by far where more rows come in than there were."""
    statement = "SELECT sql FROM sqlite_master WHERE name = ?"
    made = [db.execute(statement, (index,)).fetchone()[0] for index in indexes]
    if indexes:
        db.execute("PRAGMA cache_size = -65536")  # KiB: rows in any order still find their pages in memory
    for index in indexes:
        db.execute(f"DROP INDEX {index}")
    yield
    for again in made:
        db.execute(again)


def damage(view: Reading) -> list[str]:
    """What the file's own check finds."""
    return [said for (said,) in view.select("PRAGMA integrity_check(20)") if said != "ok"]


def schema(view: Reading) -> dict[tuple[str, str], str | None]:
    """Every table, index, trigger and view, by kind and name, with the statement that made it."""
    made = view.select("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'")
    return {(kind, name): sql for kind, name, sql in made}


def columns(view: Reading, table: str) -> list[tuple[str, str | None]]:
    """The columns of a table, each with the expression of its default."""
    found = view.select(f"PRAGMA table_info({table})")
    return [(column, default) for _place, column, _kind, _needed, default, _key in found]


def described(view: Reading) -> str:
    """How this file keeps its commits."""
    return str(view.value("PRAGMA journal_mode"))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, told apart by their names."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(trouble=str(error)) from error
    except UnicodeDecodeError as error:  # a message that quotes what is damaged
        trouble, way_out = TROUBLE["SQLITE_CORRUPT"]
        raise Unusable(path=path, trouble=trouble, way_out=way_out) from error
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "SQLITE_ERROR") or "SQLITE_ERROR"
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy(path=path, seconds=WAIT) from error
        for known, (trouble, way_out) in TROUBLE.items():
            if name.startswith(known):
                raise Unusable(path=path, trouble=trouble, way_out=way_out) from error
        raise
