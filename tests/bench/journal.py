"""Job 6: what the journal costs a transaction, and what verifying it costs against reading it.

The chain is read from a table of its own; the whole, with every row rebuilt, is of a ledger, its file aside.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from salesctl.agenda.rows import AgendaItem
from salesctl.desk import Desk, Wishes
from salesctl.ledger import journal, migrate, sqlite
from salesctl.ledger.reading import Reading
from salesctl.ledger.verify import verify
from tests.bench.pairs import Figure

ROW = "INSERT INTO t VALUES (?, ?, ?, ?)"


def run(rounds: int = 400, entries: int = 100_000) -> list[Figure]:
    """The ratios of job 6."""
    with tempfile.TemporaryDirectory() as name:
        return [_one_row(Path(name), rounds), _chain(Path(name), entries), _whole(Path(name), entries)]


def _ledger(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("CREATE TABLE t (a, b, c, d)")
    columns = ", ".join(f"{c} {'INTEGER PRIMARY KEY' if c == 'seq' else 'TEXT'}" for c in journal.COLUMNS)
    db.execute(f"CREATE TABLE journal ({columns})")
    return db


def _facts(number: int) -> dict[str, object]:
    rows = [["add", "visit", ["id", "entry", "customer_id", "is_clear"], [[number, "云帆", 1, 1]]]]
    told = {"actor": "lin", "clock": "system", "login": "lin", "verb": "visit.log", "rows": rows, "packs": ""}
    empty = {"asked": None, "decision": None, "request": None}
    return {**told, **empty, "about": f"V-{number}", "at": "2012-04-16 01:40:00.000000"}


def _one_row(folder: Path, rounds: int) -> Figure:
    db = _ledger(folder / "one.db")
    head = journal.Head(0, journal.BEGINNING, "")
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds):
        for with_entry in (False, True):
            started = time.perf_counter()
            db.execute("BEGIN IMMEDIATE")
            db.execute(ROW, (number, "云帆", 1, 1))
            if with_entry:
                db.execute(journal.HEAD).fetchone()
                entry = journal.entry(head, _facts(number))
                db.execute(journal.INSERT, entry)
                head = journal.Head(entry["seq"], entry["hash"], entry["recorded_at"])
            db.execute("COMMIT")
            times[with_entry].append(time.perf_counter() - started)
    db.close()
    return Figure(
        "6 one row with its entry : without", 1.3, statistics.median(times[True]) / statistics.median(times[False])
    )


def _chain(folder: Path, entries: int) -> Figure:
    db = _ledger(folder / "chain.db")
    db.execute("BEGIN")
    head = journal.Head(0, journal.BEGINNING, "")
    for number in range(entries):
        entry = journal.entry(head, _facts(number))
        db.execute(journal.INSERT, entry)
        head = journal.Head(entry["seq"], entry["hash"], entry["recorded_at"])
    db.execute("COMMIT")
    query = "SELECT prev, hash, CAST(body AS BLOB) FROM journal ORDER BY seq"
    reading, sealing = [], []
    for _round in range(5):
        started = time.perf_counter()
        rows = sum(1 for _row in db.execute(query))
        reading.append(time.perf_counter() - started)
        started = time.perf_counter()
        sound = sum(journal.seal(prev, body, sha256) == seal for prev, seal, body in db.execute(query))
        sealing.append(time.perf_counter() - started)
        if not rows == sound == entries:
            raise RuntimeError("the chain is broken")
    db.close()
    return Figure(
        "6 chain of 100,000 entries : reading them", 2.5, statistics.median(sealing) / statistics.median(reading)
    )


def _whole(folder: Path, entries: int) -> Figure:
    path = folder / "ledger.db"
    sqlite.create(path)
    migrate.upgrade(path)
    desk = Desk(Wishes(ledger=path), datetime.now(UTC), "system", "bench")
    db = desk.ledger.db
    db.executescript("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF")
    for number in range(entries):
        with desk.ledger.transaction("visit.log", desk) as tx:
            day = desk.now.date()
            tx.add(AgendaItem(rule="T-1", subject=f"V-{number}", period="x", who="", opened_on=day, closed_on=None))
    view, schema = Reading(db, sqlite), migrate.fresh_schema()
    reading, proving = [], []
    for _round in range(5):
        started = time.perf_counter()
        _rows = sum(1 for _row in db.execute("SELECT prev, hash, CAST(body AS BLOB) FROM journal ORDER BY seq"))
        reading.append(time.perf_counter() - started)
        started = time.perf_counter()
        sqlite.damage(view)
        looking = time.perf_counter() - started
        started = time.perf_counter()
        report = verify(view, schema)
        proving.append(time.perf_counter() - started - looking)
        if report.findings or report.entries != entries:
            raise RuntimeError(f"the ledger is broken: {report.findings[:3]}")
    desk.ledger.close()
    ratio = statistics.median(proving) / statistics.median(reading)
    note = f"{statistics.median(proving) / entries * 1e6:.1f} us an entry"
    return Figure("6 chain and rows rebuilt : reading the entries", 8.0, ratio, note)
