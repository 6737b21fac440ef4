"""The desk as it was when a decision was made: the same person, moment, login and packs, on the ledger of that moment.

Whatever an action writes at it is undone; what it would have recorded is kept.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from salesctl.desk import Actor, Desk
from salesctl.ledger import adopted, sqlite
from salesctl.ledger.reading import Reading
from salesctl.ledger.transaction import Transaction
from salesctl.policy.policy import Policy, shipped

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


class Rehearsal:
    """A ledger in which everything is undone; the newest decision that was recorded in it is kept."""

    file: Path | None = None
    is_there = True

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.decision: dict[str, Any] | None = None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """What is there."""
        yield Reading(self._db, sqlite)

    @contextmanager
    def transaction(self, verb: str, desk: Desk) -> Iterator[Transaction]:
        """As `Ledger.transaction`, but nothing stays."""
        self._db.execute("SAVEPOINT rehearsal")
        try:
            tx = Transaction(self._db, sqlite, verb, desk)
            yield tx
            self.decision = tx.decision
        finally:
            self._db.execute("ROLLBACK TO rehearsal")
            self._db.execute("RELEASE rehearsal")


class Then(Desk):
    """The desk at which an entry was made.

    Args:
        desk: the one of now.
        db: the ledger as it stood.
        entry: the body of the entry.
        on: the business day, where the entry says another than its own.
    """

    def __init__(self, desk: Desk, db: sqlite3.Connection, entry: dict[str, Any], on: str) -> None:
        wishes = desk.wishes.but(on="", request_id="", is_dry_run=False, is_sure=True, form="", output="")
        at = datetime.fromisoformat(entry["at"]).replace(tzinfo=UTC)
        super().__init__(wishes, at, entry["clock"], entry["login"])
        self.rehearsal = Rehearsal(db)
        self.ledger = self.rehearsal  # type: ignore[assignment]  # as far as an action needs it
        view = Reading(db, sqlite)
        own = adopted.packs(view, adopted.holding(view))
        known = view.select("SELECT id, code, name FROM person WHERE code = :code", code=entry["actor"] or "")
        self.__dict__.update(
            settings=dict(view.select("SELECT name, value FROM setting")),
            policy=Policy([*shipped(), *own]),
            calendar=desk.calendar,
            actor=Actor(*known[0]) if known else None,
            login=entry["login"],
        )
        if on:
            self.__dict__["today"] = date.fromisoformat(on)

    def before_writing(self, verb: str) -> None:
        """Nothing is signed at a rehearsal."""
