"""Recorded decisions asked again, each on the ledger as it stood when it was made.

The journal is written into an empty ledger entry by entry. Where a decision comes that can be asked again, the action
that made it is taken on what is there at that moment, in the same name, with the packs this program and this ledger
bring, and undone; what it would record is compared with what was recorded: the answer, and every line of the working.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from salesctl.approvals import facts
from salesctl.approvals.deciding_rules import assess
from salesctl.approvals.rows import Request, RequestStep
from salesctl.decisions.again import AGAIN, day_of, why_not
from salesctl.decisions.entry import Entry
from salesctl.decisions.rehearsing import Then
from salesctl.errors import SalesctlError
from salesctl.ledger import journal, migrate, sqlite
from salesctl.ledger.journal import COLUMNS, Head
from salesctl.ledger.reading import Reading
from salesctl.ledger.verify import RENAMED, named
from salesctl.record import Record
from salesctl.visits import outings
from salesctl.visits.rows import Outing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.desk import Desk
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.policy import Policy

MATTERS = ("commission", "commission-payment", "make-good", "free-test", "price", "terms", "mismatch", "other")
OUTINGS = ("visit.log", "visit.file", "visit.add-stop", "visit.leave")
ENTRIES = f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY seq"


class Replayed(Record):
    """One decision, asked again or left with the reason."""

    receipt: str
    verb: str
    about: str
    recorded: str  # the answer then
    again: str  # the answer now; empty where it was not asked
    differs: tuple[str, ...]  # the lines of the working that are others; the answer counts as one
    packs: tuple[str, ...]  # digests of packs it was made under that are not here
    left: str = ""  # why it was not asked again: English, from the catalogue


def replay(desk: Desk, number: str = "") -> list[Replayed]:
    """Ask the decisions of the whole journal again, or those about one number.

    Args:
        desk: where the ledger is.
        number: such as `A-12`; empty: all.
    """
    found: list[Replayed] = []
    with desk.ledger.reading() as view, _empty() as db:
        for row in view.each(ENTRIES):
            named = dict(zip(COLUMNS, row, strict=True))
            content = json.loads(named["body"])
            decision = content["decision"] or {}
            is_kept_only = named["verb"].startswith("ledger.")  # about the file: no rule was asked
            if decision.get("steps") and number in ("", named["about"]) and not is_kept_only:
                found.append(_asked(desk, db, named, content))
            _write(db, content["rows"])
            db.execute(journal.INSERT, named)
    return found


def _asked(desk: Desk, db: sqlite3.Connection, named: dict[str, Any], content: dict[str, Any]) -> Replayed:
    """One decision, asked on what is there before its entry is written."""
    verb, decision = named["verb"], content["decision"]
    rows = [
        (what, table, _named(table, columns, image))
        for what, table, columns, images in content["rows"]
        for image in images
    ]
    entry = Entry(verb, named["about"], rows, decision)
    receipt = Head(named["seq"], named["hash"], named["recorded_at"]).receipt
    whole = Replayed(receipt, verb, named["about"], str(decision["answer"]), "", (), ())
    ask = _asking(verb)
    if ask is None and (why := why_not(entry)):
        return whole.but(left=why, packs=_missing(Then(desk, db, content, "").policy, content))
    then = Then(desk, db, content, day_of(entry) if ask is None else "")
    again: dict[str, Any] | None
    if ask is not None:
        db.execute("SAVEPOINT asking")
        again = json.loads(json.dumps(ask(then, db, content["rows"]).facts()))
        db.execute("ROLLBACK TO asking")
    else:
        again = _rehearsed(then, entry)
    return _compared(whole, decision, again).but(packs=_missing(then.policy, content))


def _rehearsed(then: Then, entry: Entry) -> dict[str, Any]:
    """What the action that made a decision records now; where it records nothing, the error is the answer."""
    error = "-"
    try:
        AGAIN[entry.verb].ask(then, entry)
    except SalesctlError as refused:
        error = refused.code
    except (LookupError, TypeError, ValueError) as broken:  # an entry that was not written by this action
        error = type(broken).__name__
    found = then.rehearsal.decision
    return {"answer": error, "steps": []} if found is None else json.loads(json.dumps(found))


def _asking(verb: str) -> Callable[[Then, sqlite3.Connection, list[Any]], Outcome] | None:
    noun, _dot, what = verb.partition(".")
    if noun == "approve" and what in (*MATTERS, "revise"):
        return _filed
    return _gone_out if verb in OUTINGS else None


def _filed(then: Then, db: sqlite3.Connection, rows: list[Any]) -> Outcome:
    """A request as it was filed or revised: what was granted before and its base are added up anew."""
    view = Reading(db, sqlite)
    table, columns, images = next(row[1:] for row in rows if row[1] == Request.table)
    image = _named(table, columns, images[0])
    is_new = "number" in image
    if not is_new:
        _write(db, rows)
        one = view.one(Request, id=image["id"])
        made = [
            _named(table, columns, images[-1]) for _what, table, columns, images in rows if table == RequestStep.table
        ]
        on = date.fromisoformat(made[-1]["made_on"])
        return assess(facts.asked(view, one, on, then.policy), on=on, policy=then.policy)
    undecided = {"decided_on": None, "decided_at": None, "decided_by_id": None, "state": "draft"}
    one = Request.read(tuple({**image, **undecided}[column] for column in Request.columns))
    known = facts.asked(view, one, one.asked_on, then.policy).but(is_new=True)
    return assess(known, on=one.asked_on, policy=then.policy)


def _gone_out(then: Then, db: sqlite3.Connection, rows: list[Any]) -> Outcome:
    """An outing as it stood after the step."""
    _write(db, rows)
    view = Reading(db, sqlite)
    written = [(table, _named(table, columns, images[0])) for _what, table, columns, images in rows]
    key = next((row["id"] for table, row in written if table == Outing.table), None)
    key = key or next(row["outing_id"] for _table, row in written if "outing_id" in row)
    one = view.one(Outing, id=key)
    return outings.asked(view, then, one, outings.stops_of(view, one))


def _named(table: str, columns: list[str], image: list[Any]) -> dict[str, Any]:
    return dict(zip(named(table, columns, RENAMED), image, strict=True))


def _missing(policy: Policy, content: dict[str, Any]) -> tuple[str, ...]:
    """The packs an entry was made under that neither this program nor the ledger brings."""
    known = {pack["digest"][:12] for pack in policy.packs}
    return tuple(sorted(set(filter(None, content["packs"].split("+"))) - known))


def _compared(whole: Replayed, decision: dict[str, Any], again: dict[str, Any]) -> Replayed:
    pairs = list(zip(decision["steps"], again["steps"], strict=False))
    differs = [one["name"] for one, other in pairs if one != other]
    longer = max(decision["steps"], again["steps"], key=len)
    differs += [one["name"] for one in longer[len(pairs) :]]
    if decision["answer"] != again["answer"]:
        differs.insert(0, "answer")
    return whole.but(again=str(again["answer"]), differs=tuple(differs))


@contextmanager
def _empty() -> Iterator[sqlite3.Connection]:
    """A ledger with nothing in it, gone afterwards; its rows are not counted on by anybody."""
    with TemporaryDirectory(prefix="salesctl-") as folder:
        path = Path(folder) / "ledger.db"
        sqlite.create(path)
        migrate.upgrade(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA foreign_keys=OFF")
            guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
            for (name,) in db.execute(guards).fetchall():  # a chain that is broken is for `ledger verify` to find
                db.execute(f"DROP TRIGGER {name}")
            db.execute("PRAGMA synchronous=OFF")
            db.execute("BEGIN")
            yield db


def _write(db: sqlite3.Connection, rows: list[Any]) -> None:
    """Write the rows of an entry, as the journal keeps them."""
    for what, table, columns, images in rows:
        names = named(table, columns, RENAMED)
        if what == "add":
            query = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _name in names)})"
            db.executemany(query, images)
            continue
        marks = ", ".join(f"{name} = ?{place}" for place, name in enumerate(names, 1) if name != "id")
        db.executemany(f"UPDATE {table} SET {marks} WHERE id = ?{names.index('id') + 1}", images)
