"""Open a ledger: to read one moment of it, or to write to it in a transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from salesctl.errors import N_, STORAGE, SalesctlError
from salesctl.ledger import sqlite
from salesctl.ledger.reading import Reading
from salesctl.ledger.transaction import Transaction, Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = "0010"  # the newest migration this program knows


class OtherSchema(SalesctlError):
    """A ledger of another version of the program."""

    code, status = "ledger.schema", STORAGE
    says = N_("The ledger {path} has schema {found}, and this salesctl works with {wanted}. Nothing was written.")
    hint = N_("{way_out}")


class Ledger:
    """The ledger of one department, as far as one command needs it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None

    @property
    def db(self) -> sqlite3.Connection:
        """The open connection; its schema has been compared with the program's."""
        if self._db is None:
            self._db = sqlite.connect(self.path)
            with sqlite.translated(self.path):
                expect_schema(schema_of(self._db), self.path)
        return self._db

    def close(self) -> None:
        """Close the file; what was only rehearsed is undone."""
        if self._db is not None:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._db.close()
            self._db = None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One moment; fetch completely, then leave it, then print. Inside a transaction, that moment."""
        with sqlite.translated(self.path):
            db = self.db
            if db.in_transaction:
                yield Reading(db)
                return
            db.execute("BEGIN")
            try:
                yield Reading(db)
            finally:
                db.execute("ROLLBACK")

    @contextmanager
    def transaction(self, verb: str, desk: Writer) -> Iterator[Transaction]:
        """All or nothing: whatever the decision depends on is read inside, one journal entry seals it.

        Raises:
            Busy: nobody else may write for more than 30 seconds.
            Repeated: the desk's request id was carried out before.
        """
        with sqlite.turn(self.path), sqlite.translated(self.path):
            db = self.db
            if not db.in_transaction:
                db.execute("BEGIN IMMEDIATE")
            try:
                tx = Transaction(db, verb, desk)
                yield tx
                head = tx.finish()
                if not desk.is_dry_run:  # a rehearsal stays open, so that its answer can be read; closing undoes it
                    db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            if head and not desk.is_dry_run:
                desk.keep_receipt(head.receipt)


def schema_of(db: sqlite3.Connection) -> str:
    """The newest migration a file has seen; empty where it is no ledger."""
    import sqlite3

    try:
        newest, count = db.execute("SELECT max(version_num), count(*) FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":  # there is no such table
            raise
        return ""
    return str(newest) if newest and count == 1 else ""


def expect_schema(found: str, path: Path, *, or_older: bool = False) -> None:
    """Refuse a ledger of another schema than the program's.

    Raises:
        OtherSchema: with the way out.
    """
    if found == SCHEMA or (or_older and "" < found < SCHEMA):
        return
    if not found:
        raise OtherSchema(path=path, found="-", wanted=SCHEMA, way_out=N_("Name the right file with --ledger."))
    way_out = N_("Upgrade salesctl.") if found > SCHEMA else N_("Run `salesctl ledger upgrade`.")
    raise OtherSchema(path=path, found=found, wanted=SCHEMA, way_out=way_out)


__all__ = ["SCHEMA", "Ledger", "Reading", "Transaction", "Writer"]
