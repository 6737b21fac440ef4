"""Job 2: the ageing report of today and of a past day against the sqlite3 shell on the best SQL known.

What the program needs to start (the same report over an empty ledger) is taken off; job 1 measures it.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import tempfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from tests.bench.imports import apart, invoices, ledger
from tests.bench.pairs import SALESCTL, Figure, alternated, environment

TODAY, PAST = "2026-03-31", "2024-12-31"
CUTS = {TODAY: ("2026-01-31", "2025-12-01", "2025-10-01"), PAST: ("2024-10-31", "2024-08-31", "2024-07-01")}
SETTLED = 0.75  # of all receivables


def run(rows: int, rounds: int = 9) -> list[Figure]:
    """The ratios of job 2 for so many receivables and three times as many payments."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        empty = ledger(folder / "empty" / "ledger.db")
        full = folder / "ledger.db"
        full.write_bytes(empty.read_bytes())
        apart(_fill, full, rows)
        for day in (TODAY, PAST):
            _expect_equal(folder, full, day)
        return [
            _figure(folder, (empty, full), TODAY, f"aging report of {rows:,} today : shell, best SQL", 2.0, rounds),
            _figure(folder, (empty, full), PAST, f"aging report of {rows:,} on a past day : shell, join", 1.5, rounds),
        ]


def _figure(folder: Path, ledgers: tuple[Path, Path], day: str, job: str, wanted: float, rounds: int) -> Figure:
    empty, full = ledgers
    commands = {
        "ours": [SALESCTL, "aging", "report", "--as-of", day, "--ledger", str(full)],
        "start": [SALESCTL, "aging", "report", "--as-of", day, "--ledger", str(empty)],
        "shell": ["sqlite3", str(full), f".read {_script(folder, day)}"],
    }
    took = alternated(commands, environment(), rounds)
    ours, start, shell = (took[name].wall for name in ("ours", "start", "shell"))
    note = f"{took['ours'].memory:.0f} MiB; with its start {ours / shell:.2f}x"
    return Figure(job, wanted, max(0.0, ours - start) / shell, note)


def _script(folder: Path, day: str) -> Path:
    script = folder / f"{day}.sql"
    script.write_text(f"PRAGMA cache_size=-65536;\n{_today(day) if day == TODAY else _joined(day)};\n")
    return script


def _today(day: str) -> str:
    """Range sums on the covering index, as fast as SQL is known to be."""
    cuts = ("9999-12-31", day, *CUTS[day], "")
    sums = ", ".join(
        f"(SELECT coalesce(sum(open), 0) FROM receivable r INDEXED BY ix_receivable_open WHERE r.customer_id = c.id "
        f"AND open > 0 AND due_on >= '{low}' AND due_on < '{high}')"
        for high, low in pairwise(cuts)
    )
    return f"SELECT c.code, {sums} FROM customer c"


def _joined(day: str) -> str:
    """Every receivable with its allocations of the day or before, summed by customer and column."""
    cuts = ("9999-12-31", day, *CUTS[day], "")
    sums = ", ".join(
        f"sum(CASE WHEN due_on >= '{low}' AND due_on < '{high}' THEN left_over ELSE 0 END)"
        for high, low in pairwise(cuts)
    )
    return (
        f"SELECT c.code, {sums} FROM ("
        "SELECT r.customer_id, r.due_on, r.amount - coalesce(sum(a.amount), 0) AS left_over "
        f"FROM receivable r LEFT JOIN allocation a ON a.receivable_id = r.id AND a.allocated_on <= '{day}' "
        f"WHERE r.issued_on <= '{day}' GROUP BY r.id) t JOIN customer c ON c.id = t.customer_id GROUP BY c.code"
    )


def _expect_equal(folder: Path, full: Path, day: str) -> None:
    """Both must answer the same before their times are compared."""
    ours = subprocess.run(
        [SALESCTL, "aging", "report", "--as-of", day, "--format", "csv", "--ledger", str(full)],
        env=environment(), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    rows = [line.split(",") for line in ours.splitlines()[1:]]
    said = {row[0]: [int(cell.replace(".", "")) for cell in row[3:8]] for row in rows}
    db = sqlite3.connect(full)
    query = _today(day) if day == TODAY else _joined(day)
    wanted = {code: list(parts) for code, *parts in db.execute(query) if any(parts)}
    db.close()
    if said != wanted:
        raise RuntimeError(f"the two reports of {day} differ")


def _fill(path: Path, rows: int) -> None:
    """Receivables and their payments, three in four of them settled; written past the program."""
    rnd, last = random.Random(20250305), date(2026, 1, 5)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF;")
    payments = 0
    for place, (number, customer, amount, issued, due) in enumerate(invoices(rows), 1):
        fen = int(amount.replace(".", ""))
        left = fen if rnd.random() < SETTLED else int(fen * rnd.random() * 0.9)
        paid, who, first = left, int(customer[1:]), date.fromisoformat(issued)
        for part in _parts(rnd, left):
            payments += 1
            day = min(last, first + timedelta(days=rnd.randrange(200))).isoformat()
            db.execute(
                "INSERT INTO receipt VALUES (?, ?, ?, NULL, ?, 0, ?)", (payments, f"M-{payments}", who, part, day)
            )
            db.execute("INSERT INTO allocation VALUES (?, ?, ?, ?, ?)", (payments, payments, place, part, day))
        values = (place, number, who, fen, paid, fen - paid, issued, due)
        db.execute("INSERT INTO receivable VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?)", values)
    db.commit()
    db.close()


def _parts(rnd: random.Random, whole: int) -> list[int]:
    """An amount in two to four parts."""
    parts = []
    for _part in range(rnd.choice((1, 2, 3))):
        parts.append(rnd.randrange(whole + 1))
        whole -= parts[-1]
    return [part for part in (*parts, whole) if part]
