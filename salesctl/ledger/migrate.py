"""Bring a ledger's schema to this program's: Alembic, from the scripts that ship with it."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.ledger import sqlite
from salesctl.ledger.place import Address
from salesctl.ledger.troubles import TROUBLE, Unusable

if TYPE_CHECKING:
    from alembic.config import Config

    from salesctl.ledger.book import Ledger
    from salesctl.ledger.verify import Schema


Defaults = dict[tuple[str, str], str]  # by table and column


def scripts() -> Path:
    """The folder of migrations: inside the wheel, or at the top of a checkout."""
    inside = Path(str(files("salesctl"))) / "migrations"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "migrations"


def config(path: Path) -> Config:
    """Alembic's settings for one ledger."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    settings.attributes["ledger"] = path
    return settings


def fresh_schema(revision: str = "head") -> Schema:
    """What a file made today by these scripts, as far as a revision, consists of."""
    return _fresh_file(revision)[0]


def schema_like(ledger: Ledger) -> Schema | None:
    """What a ledger made today on the same engine consists of; None where whoever asks may not make one there."""
    if isinstance(ledger.path, Address):
        from salesctl.ledger import postgres_schema

        return postgres_schema.fresh(ledger.path)
    return fresh_schema()


@cache
def _fresh_file(revision: str = "head") -> tuple[Schema, Defaults]:
    """What a file made today by these scripts consists of, and the defaults of its columns."""
    from tempfile import TemporaryDirectory

    from salesctl.ledger.reading import Reading

    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        sqlite.create(path)
        upgrade(path, revision)
        with closing(sqlite.connect(path)) as db:
            view = Reading(db, sqlite)
            made = sqlite.schema(view)
            tables = [name for kind, name in made if kind == "table"]
            found = {(table, column): default for table in tables for column, default in sqlite.columns(view, table)}
    return made, {place: default for place, default in found.items() if default is not None}


def tables() -> list[str]:
    """All tables of a ledger; whoever is referred to comes first."""
    from salesctl.ledger import postgres_schema

    return postgres_schema.tables()


def make(session: Any) -> None:
    """Make today's schema in a database, inside the transaction that is open there."""
    from salesctl.ledger import postgres_schema
    from salesctl.ledger.book import SCHEMA

    for statement in postgres_schema.statements(SCHEMA, _fresh_file()[1]):
        session.base.execute(statement)


def upgrade(path: Path, revision: str = "head") -> None:
    """Run every migration this ledger has not seen, in one transaction."""
    from alembic import command
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    with sqlite.turn(path), sqlite.translated(path):
        try:
            command.upgrade(config(path), revision)
        except DBAPIError as error:
            raise (error.orig or error) from error
        except CommandError as error:  # a revision these scripts do not know
            trouble, way_out = TROUBLE["SQLITE_NOTADB"]
            raise Unusable(path=path, trouble=trouble, way_out=way_out) from error
