"""Recorded decisions asked again, each on the ledger as it stood when it was made.

The journal is written into an empty ledger entry by entry. Where a decision comes that can be asked again, the rule is
asked on what is there at that moment, with the packs this program and this ledger bring, and compared with what was
recorded: the answer, and every line of the working.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from salesctl.approvals import facts
from salesctl.approvals.deciding_rules import assess
from salesctl.approvals.rows import Request
from salesctl.ledger import migrate, sqlite
from salesctl.ledger.book import Reading
from salesctl.ledger.journal import Head
from salesctl.ledger.verify import RENAMED
from salesctl.policy.policy import Policy, shipped
from salesctl.record import Record
from salesctl.visits import outings
from salesctl.visits.rows import Outing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from salesctl.desk import Desk
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.outcome import Outcome

MATTERS = ("commission", "commission-payment", "make-good", "free-test", "price", "terms", "mismatch", "other")
OUTINGS = ("visit.log", "visit.file", "visit.add-stop", "visit.leave")
ADOPTED = "SELECT content FROM adopted_pack WHERE id IN (SELECT max(id) FROM adopted_pack GROUP BY name) ORDER BY id"
ENTRIES = "SELECT seq, hash, recorded_at, verb, about, body FROM journal ORDER BY seq"


class Replayed(Record):
    """One decision, asked again."""

    receipt: str
    verb: str
    about: str
    recorded: str  # the answer then
    again: str  # the answer now
    differs: tuple[str, ...]  # the lines of the working that are others; the answer counts as one
    packs: tuple[str, ...]  # digests of packs it was made under that are not here


class Replay(Record):
    """What could be asked again, and how many decisions of which verbs could not."""

    replayed: list[Replayed]
    left: dict[str, int]


class Then:
    """The desk as a rule sees it, at the moment of a decision."""

    def __init__(self, desk: Desk, view: Reading) -> None:
        self.zone: tzinfo = desk.zone
        self.calendar: Calendar = desk.calendar
        self.policy = Policy([*shipped(), *(json.loads(content) for (content,) in view.select(ADOPTED))])


def replay(desk: Desk, number: str = "") -> Replay:
    """Ask the decisions of the whole journal again, or those about one number.

    Args:
        desk: where the ledger is.
        number: such as `A-12`; empty: all.
    """
    found: list[Replayed] = []
    left: dict[str, int] = {}
    with desk.ledger.reading() as view, _empty() as db:
        for seq, digest, at, verb, about, body in view.each(ENTRIES):
            content = json.loads(body)
            decision = content["decision"] or {}
            is_kept_only = verb.startswith("ledger.")  # about the file: no rule was asked
            is_wanted = bool(decision.get("steps")) and number in ("", about) and not is_kept_only
            ask = _asking(verb) if is_wanted else None
            if ask is None:
                _write(db, content["rows"])
                if is_wanted:
                    left[verb] = left.get(verb, 0) + 1
                continue
            outcome, policy = ask(desk, db, content["rows"])
            receipt = Head(seq, digest, at).receipt
            missing = tuple(sorted(set(filter(None, content["packs"].split("+"))) - _known(policy)))
            found.append(_compared(receipt, verb, about, decision, outcome).but(packs=missing))
    return Replay(found, left)


def _asking(verb: str) -> Callable[[Desk, sqlite3.Connection, list[Any]], tuple[Outcome, Policy]] | None:
    noun, _dot, what = verb.partition(".")
    if noun == "approve" and what in MATTERS:
        return _filed
    return _gone_out if verb in OUTINGS else None


def _filed(desk: Desk, db: sqlite3.Connection, rows: list[Any]) -> tuple[Outcome, Policy]:
    """A request as it was filed: what was granted before and what it is measured against are added up anew."""
    view = Reading(db, sqlite)
    then = Then(desk, view)
    image = next(_named(columns, images[0]) for _what, table, columns, images in rows if table == Request.table)
    undecided = {"decided_on": None, "decided_at": None, "decided_by_id": None, "state": "draft"}
    one = Request.read(tuple({**image, **undecided}[column] for column in Request.columns))
    known = facts.asked(view, one, one.asked_on, then.policy).but(is_new=True)
    outcome = assess(known, on=one.asked_on, policy=then.policy)
    _write(db, rows)
    return outcome, then.policy


def _gone_out(desk: Desk, db: sqlite3.Connection, rows: list[Any]) -> tuple[Outcome, Policy]:
    """An outing as it stood after the step."""
    _write(db, rows)
    view = Reading(db, sqlite)
    then = Then(desk, view)
    written = [(table, _named(columns, images[0])) for _what, table, columns, images in rows]
    key = next((row["id"] for table, row in written if table == Outing.table), None)
    key = key or next(row["outing_id"] for _table, row in written if "outing_id" in row)
    one = view.one(Outing, id=key)
    return outings.asked(view, then, one, outings.stops_of(view, one)), then.policy  # type: ignore[arg-type]


def _named(columns: list[str], image: list[Any]) -> dict[str, Any]:
    return {RENAMED.get((Request.table, name), name): value for name, value in zip(columns, image, strict=True)}


def _known(policy: Policy) -> set[str]:
    return {pack["digest"][:12] for pack in policy.packs}


def _compared(receipt: str, verb: str, about: str, decision: dict[str, Any], outcome: Outcome) -> Replayed:
    again = json.loads(json.dumps(outcome.facts()))
    pairs = list(zip(decision["steps"], again["steps"], strict=False))
    differs = [one["name"] for one, other in pairs if one != other]
    longer = max(decision["steps"], again["steps"], key=len)
    differs += [one["name"] for one in longer[len(pairs) :]]
    if decision["answer"] != again["answer"]:
        differs.insert(0, "answer")
    return Replayed(receipt, verb, about, str(decision["answer"]), str(again["answer"]), tuple(differs), ())


@contextmanager
def _empty() -> Iterator[sqlite3.Connection]:
    """A ledger with nothing in it, gone afterwards; its rows are not counted on by anybody."""
    with TemporaryDirectory(prefix="salesctl-") as folder:
        path = Path(folder) / "ledger.db"
        sqlite.create(path)
        migrate.upgrade(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA foreign_keys=OFF")
            db.execute("PRAGMA synchronous=OFF")
            db.execute("BEGIN")
            yield db


def _write(db: sqlite3.Connection, rows: list[Any]) -> None:
    """Write the rows of an entry, as the journal keeps them."""
    for what, table, columns, images in rows:
        names = [RENAMED.get((table, name), name) for name in columns]
        if what == "add":
            query = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _name in names)})"
            db.executemany(query, images)
            continue
        marks = ", ".join(f"{name} = ?{place}" for place, name in enumerate(names, 1) if name != "id")
        db.executemany(f"UPDATE {table} SET {marks} WHERE id = ?{names.index('id') + 1}", images)
