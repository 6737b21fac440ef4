"""The one way to write: rows and the decision behind them, sealed by the journal."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from salesctl.errors import N_, REFUSED, WRONG, SalesctlError
from salesctl.ledger import journal
from salesctl.ledger.reading import Reading
from salesctl.ledger.row import Row, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from salesctl.policy.outcome import Outcome

MOST_ROWS = 1_000  # of one journal entry; a larger import is one transaction of many entries

R = TypeVar("R", bound=Row)


class Writer(Protocol):
    """What a transaction must know of the desk: who writes, and when."""

    @property
    def now(self) -> datetime: ...  # noqa: D102
    @property
    def read_at(self) -> float: ...  # noqa: D102
    @property
    def clock(self) -> str: ...  # noqa: D102
    @property
    def actor_code(self) -> str | None: ...  # noqa: D102
    @property
    def login(self) -> str: ...  # noqa: D102
    @property
    def request_id(self) -> str | None: ...  # noqa: D102
    @property
    def asked(self) -> str: ...  # noqa: D102
    @property
    def packs_digest(self) -> str: ...  # noqa: D102
    @property
    def other_day(self) -> str: ...  # noqa: D102
    @property
    def is_dry_run(self) -> bool: ...  # noqa: D102
    def keep_receipt(self, receipt: str) -> None: ...  # noqa: D102
    def expect_somebody(self, view: Reading) -> None: ...  # noqa: D102
    def before_writing(self, verb: str) -> None: ...  # noqa: D102
    def signature(self, view: Reading, facts: Mapping[str, Any]) -> dict[str, Any] | None: ...  # noqa: D102


class OtherContent(SalesctlError):
    """A request id that was used for something else."""

    code, status = "ledger.request-id", WRONG
    says = N_("The request id {value!r} was used before, for another command: {first}.")
    hint = N_("Give every new request an id of its own.")


class Repeated(SalesctlError):
    """The same request came again: it was carried out once, and the first receipt is shown."""

    code, status = "ledger.repeated", 0
    says = N_("This request was recorded before: {about} {receipt}. Nothing was written again.")


class RefusedBefore(Repeated):
    """The same request came again, and a rule had refused it."""

    code, status = "ledger.refused-before", REFUSED
    says = N_("This request was refused before: {about} {receipt}. Nothing was written again.")
    hint = N_("`salesctl ledger history {about}` shows the entry.")


class Transaction(Reading):
    """The one way to write: rows are added or amended, never deleted; the outcome is recorded beside them."""

    def __init__(self, db: Any, engine: Any, verb: str, desk: Writer) -> None:
        super().__init__(db, engine)
        self.verb, self._desk = verb, desk
        self.about = ""
        self._decision: Any = None
        self._written: list[list[Any]] = []
        self._rows = 0  # of what is written and not sealed yet
        self._next_ids: dict[str, int] = {}
        head = db.execute(journal.HEAD).fetchone()
        self._head = journal.Head(*head) if head else journal.Head(0, journal.BEGINNING, "")
        self._at = stored(desk.now)
        self._clock = desk.clock
        newest = self.value(journal.NEWEST_TIME) if desk.clock == "system" else None
        if newest and self._at < newest:  # others wrote while this one waited in line, or the clock went back
            self._at = stored(desk.now + timedelta(seconds=monotonic() - desk.read_at))
        if newest and self._at < newest:
            self._at, self._clock = newest, "held"  # the machine's clock went back: time does not
        self._refuse_repetition()
        desk.expect_somebody(self)

    @property
    def now(self) -> datetime:
        """When this is recorded: entry times come from here and nowhere else (K-8)."""
        from datetime import UTC, datetime

        return datetime.fromisoformat(self._at).replace(tzinfo=UTC)

    def next_id(self, kind: type[Row]) -> int:
        """The id the next row of this table will have; ids have no gaps and are never used again."""
        table = kind.table
        if table not in self._next_ids:
            self._next_ids[table] = self.value(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
        return self._next_ids[table]

    def add(self, row: R) -> R:
        """Write a new row."""
        row.id = self.next_id(type(row))
        self._next_ids[row.table] = row.id + 1
        image = row.image()
        marks = ", ".join(f":{column}" for column in image)
        self._make_room(1)
        self.engine.run(self._db, f"INSERT INTO {row.table} ({', '.join(image)}) VALUES ({marks})", image)
        self._written.append(["add", row.table, list(image), [list(image.values())]])
        return row

    def amend(self, row: R, **changes: Any) -> R:
        """Change columns of a row that exists; the entry keeps what they became."""
        image = {"id": row.key, **{name: stored(value) for name, value in changes.items()}}
        marks = ", ".join(f"{column} = :{column}" for column in changes)
        self._make_room(1)
        self.engine.run(self._db, f"UPDATE {row.table} SET {marks} WHERE id = :id", image)
        self._written.append(["amend", row.table, list(image), [list(image.values())]])
        row.__dict__.update(changes)
        return row

    def add_many(self, kind: type[Row], rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...] = ()) -> int:
        """Write many new rows, given as stored values in the order of the columns after `id`, or of those named.

        What is not named is as the table has it of every new row. Every thousand rows become one entry of the journal;
        memory does not grow with their number.
        """
        named = ("id", *columns) if columns else kind.columns
        number = first = self.next_id(kind)
        source = iter(rows)
        while batch := list(islice(source, MOST_ROWS)):
            images = [(number + offset, *row) for offset, row in enumerate(batch)]
            number += len(images)
            self._make_room(len(images))
            self.engine.insert_many(self._db, kind.table, named, images)
            self._written.append(["add", kind.table, list(named), images])
        self._next_ids[kind.table] = number
        return number - first

    def rebuilding(self, *indexes: str) -> AbstractContextManager[None]:
        """Build these indexes once, after the rows that are added meanwhile, where the engine can."""
        made: AbstractContextManager[None] = self.engine.rebuilding(self._db, indexes)
        return made

    def amend_many(self, kind: type[Row], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
        """Change these columns of many rows, given as `(id, value, ...)`."""
        source = iter(rows)
        while batch := list(islice(source, MOST_ROWS)):
            self._make_room(len(batch))
            self.engine.update_many(self._db, kind.table, columns, batch)
            self._written.append(["amend", kind.table, ["id", *columns], batch])

    def record(self, outcome: Outcome, about: str = "", **details: Any) -> Outcome:
        """Keep the decision with its working in this transaction's entry, and the business day it was asked for.

        That of the entry itself is not said again.
        """
        self.about = about or self.about
        on = {"on": self._desk.other_day} if self._desk.other_day else {}
        self._decision = {**outcome.facts(), **on, **details}
        return outcome

    @property
    def decision(self) -> dict[str, Any] | None:
        """What was recorded so far, as the journal will keep it."""
        found: dict[str, Any] | None = self._decision
        return found

    def finish(self) -> journal.Head | None:
        """Seal what was written; nothing written and nothing decided leaves no entry."""
        if self._written or self._decision is not None:
            self._seal(self._decision, self._desk.request_id)
        return self._head if self._head.seq > self._first else None

    def _make_room(self, rows: int) -> None:
        """Seal an entry before it grows too large; what it is about, and its request, stand in the last one."""
        if self._rows + rows > MOST_ROWS and self._written:
            self._seal(None, None)
        self._rows += rows

    def _seal(self, decision: Any, request_id: str | None) -> None:
        desk = self._desk
        facts: dict[str, Any] = {
            "about": self.about,
            "actor": desk.actor_code,
            "asked": desk.asked if request_id else None,
            "at": self._at,
            "clock": self._clock,
            "decision": decision,
            "login": desk.login,
            "packs": desk.packs_digest,
            "request": request_id,
            "rows": self._written,
            "verb": self.verb,
        }
        if signature := desk.signature(self, facts):
            facts["signature"] = signature
        row = journal.entry(self._head, facts)
        self._db.execute(journal.INSERT, row)
        self._head = journal.Head(row["seq"], row["hash"], row["recorded_at"])
        self._written, self._rows = [], 0

    def _refuse_repetition(self) -> None:
        self._first = self._head.seq
        wanted = self._desk.request_id
        if not wanted:
            return
        import json

        found = self.select("SELECT seq, hash, recorded_at, about, body FROM journal WHERE request_id = :id", id=wanted)
        if not found:
            return
        head, about, body = journal.Head(*found[0][:3]), found[0][3], json.loads(found[0][4])
        if (body["asked"], body["actor"]) != (self._desk.asked, self._desk.actor_code):
            raise OtherContent(value=wanted, first=f"{body['verb']} {about} {head.receipt}")
        was_refused = (body["decision"] or {}).get("answer") == "refused"
        raise (RefusedBefore if was_refused else Repeated)(about=about, receipt=head.receipt)
