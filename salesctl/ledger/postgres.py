"""PostgreSQL as the ledger's engine: how a database is reached, locked, and how its errors read.

Days and instants are kept as the texts SQLite keeps, in the order of their code points: every query, image and hash is
the same on both engines.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.ledger.place import Address
from salesctl.ledger.troubles import TROUBLE, WAIT, Busy, Conflict, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import psycopg

    from salesctl.ledger.reading import Reading

NAME = "postgresql"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
BODY = "convert_to(body, 'UTF8')"  # the stored text as its bytes
UNCHECKED = (N_("The server's own files were not checked: data checksums and pg_amcheck do that."),)
TURN = 0x5A1E5C71  # the advisory lock every writer waits for; locks belong to one database
MAIL = 0x5A1E  # the class of the locks on letters
# A server may be set to answer before anything is on its disk: not to us. Waiting in line is limited as in a file.
BEGIN_WRITING = f"BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '{WAIT}s'"
PAGE = 2_000  # rows fetched at once of an answer that is gone through one by one

OURS = "c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
PARTS = {  # what a schema consists of: its name, and the statement or the words that tell how it is made
    "table": (
        "SELECT c.relname, concat('table', CASE WHEN c.relrowsecurity THEN ' of which some rows are hidden' END) "
        f"FROM pg_class c WHERE c.relkind = 'r' AND {OURS}"
    ),
    "view": f"SELECT c.relname, pg_get_viewdef(c.oid) FROM pg_class c WHERE c.relkind IN ('v', 'm') AND {OURS}",
    "column": (
        "SELECT c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), l.collname, "
        "CASE WHEN a.attnotnull THEN 'NOT NULL' END, pg_get_expr(d.adbin, d.adrelid)) FROM pg_class c "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "LEFT JOIN pg_collation l ON l.oid = a.attcollation "
        f"LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind = 'r' AND {OURS}"
    ),
    "constraint": (
        "SELECT c.relname || '.' || k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k "
        f"JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype <> 'n' AND {OURS}"
    ),
    "index": (
        "SELECT c.relname, pg_get_indexdef(c.oid) || CASE WHEN i.indisvalid THEN '' ELSE ' !' END FROM pg_class c "
        f"JOIN pg_index i ON i.indexrelid = c.oid WHERE {OURS}"
    ),
    "trigger": (
        "SELECT c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text FROM pg_trigger t "
        f"JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND {OURS}"
    ),
    "rule": (
        "SELECT c.relname || '.' || r.rulename, pg_get_ruledef(r.oid) FROM pg_rewrite r "
        f"JOIN pg_class c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN' AND {OURS}"
    ),
    "policy": (
        "SELECT c.relname || '.' || p.polname, concat_ws(' ', p.polcmd, pg_get_expr(p.polqual, p.polrelid), "
        f"pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE {OURS}"
    ),
    "function": "SELECT f.proname, f.prosrc FROM pg_proc f WHERE f.pronamespace = "
    "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
}  # fmt: skip

KNOWN = {  # by the server's codes: what it means and what to do
    "53100": TROUBLE["SQLITE_FULL"],
    "58030": TROUBLE["SQLITE_IOERR"],
    "25006": (
        N_("it is read-only"),
        N_("Name the server that is written to: this is a copy, or this login only reads."),
    ),
    "42501": (
        N_("this login has not the right to do this"),
        N_("Log in as whoever has it; the owner of the ledger grants it, also anew after each upgrade."),
    ),
}

_MARKS = re.compile(r"'(?:[^']|'')*'|::\w+|:([A-Za-z_]\w*)|%")


class Session:
    """A connection that is asked as SQLite is: values by name, rows as tuples of stored values."""

    def __init__(self, base: psycopg.Connection[Any]) -> None:
        self.base = base
        self._walks = 0

    @property
    def in_transaction(self) -> bool:
        """Whether something waits to be committed or undone."""
        return not self.base.closed and self.base.info.transaction_status != 0

    def execute(self, query: str, values: dict[str, Any] | None = None) -> psycopg.Cursor[Any]:
        """Run one statement."""
        return self.base.execute(_marked(query), values or {})

    def each(self, query: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query page by page: the server keeps them, not this process."""
        self._walks += 1
        walk = f"walk_{self._walks}"
        self.execute(f"DECLARE {walk} NO SCROLL CURSOR FOR {query}", values)
        while rows := self.execute(f"FETCH {PAGE} FROM {walk}").fetchall():
            yield from rows
        self.execute(f"CLOSE {walk}")

    def close(self) -> None:
        """Leave the server."""
        self.base.close()


def connect(place: Address) -> Session:
    """Reach a database.

    Raises:
        Unusable: the driver is not installed, or the server cannot be reached or refuses.
    """
    psycopg = _driver()
    with translated(place):
        base = psycopg.connect(
            place.url, autocommit=True, cursor_factory=psycopg.ClientCursor, prepare_threshold=None,
            client_encoding="utf-8", connect_timeout=10, application_name="salesctl",
        )  # fmt: skip
    _teach(base)
    return Session(base)


def schema_of(session: Session) -> str:
    """The newest migration a database has seen; empty where there is no ledger in it."""
    if session.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
        return ""
    newest, count = session.execute("SELECT max(version_num), count(*) FROM alembic_version").fetchone() or ("", 0)
    return str(newest) if newest and count == 1 else ""


def session_user(view: Reading) -> str:
    """Who the server says has logged in."""
    return str(view.value("SELECT session_user"))


@contextmanager
def turn(_place: Address) -> Iterator[None]:
    """The line of the writers is kept by the server: see `begin_writing`."""
    yield


def begin_writing(session: Session) -> None:
    """Begin, and wait for the right to write: whatever is read from here on is what the write rests on."""
    session.base.execute(BEGIN_WRITING)
    session.base.execute(f"SELECT pg_advisory_xact_lock({TURN})")


def each(session: Session, query: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query one by one."""
    return session.each(query, values)


def run(session: Session, query: str, values: dict[str, Any]) -> psycopg.Cursor[Any]:
    """Execute a statement; a value no column can hold is the person's, not ours."""
    try:
        return session.execute(query, values)
    except (OverflowError, UnicodeEncodeError) as error:
        raise Conflict(trouble=str(error)) from error


def among(query: str, these: list[str | int]) -> tuple[str, list[str | int]]:
    """A query about `:these` and how they are bound: as one array."""
    return query.replace(" IN :these", " = ANY(:these)"), these


def insert_many(session: Session, table: str, columns: Iterable[str], rows: list[tuple[Any, ...]]) -> None:
    """Write many rows at once."""
    with session.base.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def update_many(session: Session, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Change columns of many rows, given as `(id, value, ...)`."""
    marks = ", ".join(f"{column} = %s" for column in columns)
    with session.base.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {marks} WHERE id = %s", [(*row[1:], row[0]) for row in rows])


@contextmanager
def rebuilding(_session: Session, _indexes: tuple[str, ...]) -> Iterator[None]:
    """Indexes stay: only the owner of a table could take them away, and a writer is not that."""
    yield


def damage(_view: Reading) -> list[str]:
    """The files are the server's, and so is the proof that they are sound."""
    return []


def schema(view: Reading) -> dict[tuple[str, str], str | None]:
    """Every part of the schema that holds the ledger, by kind and name, with what makes it."""
    here = view.value("SELECT current_schema()")
    found: dict[tuple[str, str], str | None] = {}
    for kind, query in PARTS.items():
        for name, made in view.select(f"{query} ORDER BY 1"):
            found[kind, name] = str(made).replace(f"{here}.", "")
    return found


def columns(view: Reading, table: str) -> list[tuple[str, str | None]]:
    """The columns of a table, each with the expression of its default."""
    return [(name, default) for name, default in view.select(
        "SELECT column_name, column_default FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = :table ORDER BY ordinal_position", table=table,
    )]  # fmt: skip


def described(view: Reading) -> str:
    """Which server keeps this ledger."""
    return f"PostgreSQL {view.value('SHOW server_version')}"


@contextmanager
def claimed(session: Session, key: int) -> Iterator[bool]:
    """Keep every other process from a letter, or learn that one has it; a process that died keeps nothing."""
    got = session.execute("SELECT pg_try_advisory_lock(:mail, :key)", {"mail": MAIL, "key": key}).fetchone()
    try:
        yield bool(got and got[0])
    finally:
        if got and got[0]:
            session.execute("SELECT pg_advisory_unlock(:mail, :key)", {"mail": MAIL, "key": key})


@contextmanager
def translated(place: object) -> Iterator[None]:
    """The server's errors as ours, told apart by their codes."""
    psycopg = _driver()
    try:
        yield
    except psycopg.errors.RaiseException as error:
        raise Conflict(trouble=_first_line(error)) from error
    except psycopg.Error as error:
        raise _ours(error, place) from error


def _ours(error: psycopg.Error, place: object) -> Exception:
    code = error.sqlstate or ""
    if code in {"55P03", "40001", "40P01"}:
        return Busy(path=place, seconds=WAIT)
    if code.startswith(("23", "22")):
        return Conflict(trouble=_first_line(error))
    if code in KNOWN:
        trouble, way_out = KNOWN[code]
        return Unusable(path=place, trouble=trouble, way_out=way_out)
    if not code or code.startswith(("08", "28", "53", "57")):
        return Unusable(
            path=place,
            trouble=_spared(_first_line(error), place),
            way_out=N_("Look at the address, the login, and the server."),
        )
    return error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _spared(text: str, place: object) -> str:
    return place.without_password(text) if isinstance(place, Address) else text


@cache
def _driver() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise Unusable(
            path="postgresql://…", trouble=N_("the driver is not installed"), way_out=N_("Install salesctl[pg].")
        ) from error
    return psycopg


def _teach(base: psycopg.Connection[Any]) -> None:
    """Sums are whole numbers here, and what is true is 1, as in a file."""
    from psycopg.adapt import Loader

    class Whole(Loader):
        def load(self, data: Any) -> int:
            return int(bytes(data))

    class Truth(Loader):
        def load(self, data: Any) -> int:
            return int(bytes(data) == b"t")

    base.adapters.register_loader("numeric", Whole)
    base.adapters.register_loader("bool", Truth)


@cache
def _marked(query: str) -> str:
    """The same query with the driver's marks for its values."""

    def mark(found: re.Match[str]) -> str:
        if found[1]:
            return f"%({found[1]})s"
        return found[0].replace("%", "%%")

    return _MARKS.sub(mark, query)
