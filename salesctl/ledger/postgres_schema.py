"""The ledger's schema on PostgreSQL: made whole from the tables, with the guards that a file has as triggers."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, DateTime, Integer, MetaData, String, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

import salesctl
import salesctl.ledger.columns  # names every constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.ledger.place import Address
    from salesctl.ledger.verify import Schema

REFUSING = """CREATE FUNCTION refuse_this() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'P0001'; END $$"""
FOLLOWING = """CREATE FUNCTION follow_the_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head record;
BEGIN
    SELECT seq, hash INTO head FROM journal ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(head.seq, 0) + 1 OR NEW.prev <> coalesce(head.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'a journal entry must follow the newest one';
    END IF;
    RETURN NEW;
END $$"""
NOT_DELETED = "nothing is deleted from a ledger; reverse it"
NOT_CHANGED = "the journal is append-only"


def statements(version: str, defaults: dict[tuple[str, str], str]) -> Iterator[str]:
    """What makes every table of today's schema.

    Args:
        version: the newest migration, which this schema equals.
        defaults: by table and column, the value rows have that were written before the column was.
    """
    tables = _tables().sorted_tables
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for made in tables:
        yield str(CreateTable(made).compile(dialect=dialect))
        for index in sorted(made.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
    for (table, column), value in defaults.items():
        yield f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}"
    yield 'CREATE TABLE alembic_version (version_num text COLLATE "C" PRIMARY KEY)'
    yield f"INSERT INTO alembic_version VALUES ('{version}')"
    yield from _guards([table.name for table in tables])


def tables() -> list[str]:
    """All tables of a ledger; whoever is referred to comes first."""
    return [table.name for table in _tables().sorted_tables]


def fresh(place: Address) -> Schema | None:
    """What a ledger made today in this database consists of: one is made beside it, read, and undone.

    None where this login may not do that.
    """
    from salesctl.ledger import migrate, postgres
    from salesctl.ledger.reading import Reading

    session = postgres.connect(place)
    is_allowed = "SELECT has_database_privilege(current_database(), 'CREATE') AND NOT pg_is_in_recovery()"
    try:
        if session.execute(is_allowed).fetchone() == (0,):
            return None
        with postgres.translated(place):
            session.base.execute("BEGIN; CREATE SCHEMA salesctl_fresh; SET LOCAL search_path TO salesctl_fresh")
            migrate.make(session)
            return postgres.schema(Reading(session, postgres))
    finally:
        session.close()


def _guards(tables: list[str]) -> Iterator[str]:
    yield REFUSING
    yield FOLLOWING
    follows = "BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION follow_the_head()"
    yield f"CREATE TRIGGER journal_follows_its_head {follows}"
    yield _refuse("journal", "is_never_changed", "UPDATE", NOT_CHANGED)
    for table in tables:
        said = NOT_CHANGED if table == "journal" else NOT_DELETED
        yield _refuse(table, "is_never_deleted", "DELETE", said)
        yield _refuse(table, "is_never_emptied", "TRUNCATE", said)


def _refuse(table: str, name: str, step: str, said: str) -> str:
    each = "STATEMENT" if step == "TRUNCATE" else "ROW"
    does = f"FOR EACH {each} EXECUTE FUNCTION refuse_this('{said}')"
    return f"CREATE TRIGGER {table}_{name} BEFORE {step} ON {table} {does}"


def _tables() -> MetaData:
    """All tables, whose rows get their ids from the ledger and not from the server."""
    for module in iter_modules(salesctl.__path__):
        if module.ispkg and (found := find_spec(f"salesctl.{module.name}.tables")):
            import_module(found.name)
    copy = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.sorted_tables:
        for key in table.to_metadata(copy).primary_key:
            key.autoincrement = False
    return copy


@compiles(Date, "postgresql")
@compiles(DateTime, "postgresql")
@compiles(String, "postgresql")
@compiles(Text, "postgresql")
def _text(*_: Any, **__: Any) -> str:
    """Texts in the order of their code points, as in a file; so are days and instants."""
    return 'text COLLATE "C"'


@compiles(Integer, "postgresql")
def _number(*_: Any, **__: Any) -> str:
    return "bigint"


@compiles(Boolean, "postgresql")
def _truth(*_: Any, **__: Any) -> str:
    return "smallint"
