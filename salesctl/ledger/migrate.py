"""Bring a ledger's schema to this program's: Alembic, from the scripts that ship with it."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.ledger import sqlite

if TYPE_CHECKING:
    from alembic.config import Config

    from salesctl.ledger.verify import Schema


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


@cache
def fresh_schema(revision: str = "head") -> Schema:
    """What a ledger made today by these scripts, as far as a revision, consists of."""
    from tempfile import TemporaryDirectory

    from salesctl.ledger.reading import Reading
    from salesctl.ledger.verify import schema

    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        sqlite.create(path)
        upgrade(path, revision)
        with closing(sqlite.connect(path)) as db:
            return schema(Reading(db))


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
            trouble, way_out = sqlite.TROUBLE["SQLITE_NOTADB"]
            raise sqlite.Unusable(path=path, trouble=trouble, way_out=way_out) from error
