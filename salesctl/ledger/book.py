"""Open a ledger: to read one moment of it, or to write to it in a transaction."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, STORAGE, WRONG, SalesctlError
from salesctl.ledger.place import Address, Place
from salesctl.ledger.reading import Reading
from salesctl.ledger.transaction import Transaction, Writer
from salesctl.ledger.troubles import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = "0013"  # the newest migration this program knows


class OtherSchema(SalesctlError):
    """A ledger of another version of the program."""

    code, status = "ledger.schema", STORAGE
    says = N_("The ledger {path} has schema {found}, and this salesctl works with {wanted}. Nothing was written.")
    hint = N_("{way_out}")


class NoFile(SalesctlError):
    """What can only be done to a file."""

    code, status = "ledger.no-file", WRONG
    says = N_("The ledger {path} is kept by a server, and this is done to files.")
    hint = N_("The server's own tools do it: pg_dump, pg_restore; see `salesctl manual postgres`.")


class Ledger:
    """The ledger of one department, as far as one command needs it."""

    def __init__(self, path: Place) -> None:
        self.path = path
        self.takes_older = False  # True only to be proved: what is older is upgraded before anything else is done
        self._db: Any = None

    @cached_property
    def engine(self) -> Any:
        """The module that knows how this ledger is kept."""
        return engine_of(self.path)

    @property
    def file(self) -> Path | None:
        """Its file, where it is one."""
        return None if isinstance(self.path, Address) else self.path

    def expect_file(self) -> Path:
        """Its file.

        Raises:
            NoFile: a server keeps it.
        """
        if self.file is None:
            raise NoFile(path=self.path)
        return self.file

    @property
    def is_there(self) -> bool:
        """Whether there is something to ask; of a server only the first question tells."""
        return self.file is None or self.file.is_file()

    @property
    def db(self) -> Any:
        """The open connection; its schema has been compared with the program's."""
        if self._db is None:
            self._db = self.engine.connect(self.path)
            with self.engine.translated(self.path):
                expect_schema(self.engine.schema_of(self._db), self.path, or_older=self.takes_older)
        return self._db

    @contextmanager
    def making(self) -> Iterator[Any]:
        """The open connection to a database with no ledger in it, about to get one; None where it has one."""
        with self.engine.translated(self.path):
            session = self.engine.connect(self.path)
            self.engine.begin_writing(session)
            if self.engine.schema_of(session):
                session.close()
                yield None
                return
            self._db = session
            yield session

    def close(self) -> None:
        """Close the connection; what was only rehearsed is undone."""
        if self._db is not None:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._db.close()
            self._db = None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One moment; fetch completely, then leave it, then print. Inside a transaction, that moment."""
        with self.engine.translated(self.path):
            db = self.db
            if db.in_transaction:
                yield Reading(db, self.engine)
                return
            db.execute(self.engine.BEGIN_READING)
            try:
                yield Reading(db, self.engine)
            finally:
                db.execute("ROLLBACK")

    @contextmanager
    def transaction(self, verb: str, desk: Writer) -> Iterator[Transaction]:
        """All or nothing: whatever the decision depends on is read inside, one journal entry seals it.

        Raises:
            Busy: nobody else may write for more than 30 seconds.
            Repeated: the desk's request id was carried out before.
            SignFirst: whoever acts has to sign what is written here, and has not yet.
        """
        desk.before_writing(verb)
        with self.engine.turn(self.path), self.engine.translated(self.path):
            db = self.db
            try:
                if not db.in_transaction:
                    self.engine.begin_writing(db)
                tx = Transaction(db, self.engine, verb, desk)
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


def engine_of(path: Place) -> Any:
    """The engine that keeps a place."""
    if isinstance(path, Address):
        from salesctl.ledger import postgres

        return postgres
    from salesctl.ledger import sqlite

    return sqlite


def expect_schema(found: str, path: Place, *, or_older: bool = False) -> None:
    """Refuse a ledger of another schema than the program's.

    Raises:
        OtherSchema: with the way out.
    """
    if found == SCHEMA or (or_older and "" < found < SCHEMA):
        return
    if not found:
        raise OtherSchema(path=path, found="-", wanted=SCHEMA, way_out=TROUBLE["SQLITE_NOTADB"][1])
    way_out = N_("Upgrade salesctl.") if found > SCHEMA else N_("Run `salesctl ledger upgrade`.")
    raise OtherSchema(path=path, found=found, wanted=SCHEMA, way_out=way_out)


__all__ = ["SCHEMA", "Ledger", "Reading", "Transaction", "Writer"]
