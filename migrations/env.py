"""How Alembic reaches a ledger: one immediate transaction, so that a failing migration leaves nothing."""

from importlib import import_module
from pkgutil import iter_modules

from alembic import context
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import salesctl
from salesctl.ledger import columns  # noqa: F401 - names every constraint

for module in iter_modules(salesctl.__path__):
    if module.ispkg and (found := __import__("importlib.util").util.find_spec(f"salesctl.{module.name}.tables")):
        import_module(found.name)

path = context.config.attributes["ledger"]
engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)


@event.listens_for(engine, "connect")
def _connected(db, _record):  # type: ignore[no-untyped-def]
    db.isolation_level = None  # sqlite3 must not send BEGIN itself
    db.execute("PRAGMA foreign_keys=OFF")  # a rebuilt table would take its children with it
    db.execute("PRAGMA synchronous=EXTRA")


@event.listens_for(engine, "begin")
def _begun(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        transactional_ddl=True,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"the migration breaks references: {broken[:3]}")
