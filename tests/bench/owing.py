"""A ledger of many receivables with three receipts each, three in four of them settled; written past the program."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.imports import CUSTOMERS, invoices

SETTLED = 4  # of so many, one is not
PARTS = 3  # receipts each
LAST = date(2026, 1, 5)
FAST = "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY;"
RECEIVABLE = (
    "INSERT INTO receivable (id, number, customer_id, amount, paid, open, issued_on, due_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
RECEIPT = "INSERT INTO receipt (id, number, customer_id, amount, credit, received_on) VALUES (?, ?, ?, ?, 0, ?)"
ALLOCATION = "INSERT INTO allocation (id, receipt_id, receivable_id, amount, allocated_on) VALUES (?, ?, ?, ?, ?)"


def fill(path: Path, rows: int, managers: list[str]) -> None:
    """The receivables, their receipts, and who serves the customers, in turn."""
    db = sqlite3.connect(path)
    db.executescript(FAST)
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        "AND tbl_name IN ('receivable', 'receipt', 'allocation')"
    ).fetchall()
    for name, _sql in indexes:
        db.execute(f"DROP INDEX {name}")
    for name in managers:
        _owner(db, name)
    of = "SELECT c.id, p.id, '2020-01-01' FROM customer c JOIN person p ON p.id = (c.id % :n) + :first WHERE c.id <= :c"
    first = db.execute("SELECT min(id) FROM person WHERE code = ?", (managers[0],)).fetchone()[0]
    bound = {"n": len(managers), "first": first, "c": CUSTOMERS}
    db.execute(f"INSERT INTO ownership (customer_id, person_id, from_on) {of}", bound)
    db.executemany(RECEIVABLE, (row for row, _paid in _debts(rows)))
    db.executemany(RECEIPT, (row for row, _allocation in _payments(rows)))
    db.executemany(ALLOCATION, (row for _receipt, row in _payments(rows)))
    for _name, sql in indexes:
        db.execute(sql)
    db.commit()
    db.close()


def _owner(db: sqlite3.Connection, code: str) -> None:
    """A manager, unless the ledger has them."""
    if not db.execute("SELECT 1 FROM person WHERE code = ?", (code,)).fetchone():
        db.execute("INSERT INTO person (code, name, name_key) VALUES (?, ?, ?)", (code, f"Manager {code}", code))


def _debts(rows: int) -> Iterator[tuple[tuple[object, ...], list[int]]]:
    """The receivables, each with the three parts that were paid of it."""
    rnd = random.Random(20250305)
    for place, (number, customer, amount, issued, due) in enumerate(invoices(rows), 1):
        fen = int(amount.replace(".", ""))
        paid = fen if place % SETTLED else fen * rnd.randrange(10, 90) // 100
        cuts = sorted(rnd.sample(range(1, paid), PARTS - 1))
        parts = [end - begin for begin, end in zip((0, *cuts), (*cuts, paid), strict=True)]
        yield (place, number, int(customer[1:]), fen, paid, fen - paid, issued, due), parts


def _payments(rows: int) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    """The receipts with their allocations: in the months after the issue."""
    rnd, payment = random.Random(20250306), 0
    for (place, _number, who, _fen, _paid, _open, issued, _due), parts in _debts(rows):
        for part in parts:
            payment += 1
            day = min(LAST, date.fromisoformat(str(issued)) + timedelta(days=rnd.randrange(200))).isoformat()
            yield (payment, f"M-{payment}", who, part, day), (payment, payment, place, part, day)
