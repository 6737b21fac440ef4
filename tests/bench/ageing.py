"""Job 2: the ageing report by manager, of today and two years back, against the sqlite3 shell on the best SQL known.

What the program needs to start (the same report over an empty ledger) is taken off; job 1 measures it.
"""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

from tests.bench.imports import apart, ledger
from tests.bench.owing import fill
from tests.bench.pairs import SALESCTL, Figure, alternated, environment

TODAY, PAST = "2026-03-31", "2024-03-31"
CUTS = {TODAY: ("2026-01-31", "2025-12-01", "2025-10-01"), PAST: ("2024-01-31", "2023-12-01", "2023-10-01")}
MANAGERS = [f"m{number:02}" for number in range(20)]


def run(rows: int, rounds: int = 9) -> list[Figure]:
    """The ratios of job 2 for so many receivables and three times as many payments."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        empty = ledger(folder / "empty" / "ledger.db")
        full = folder / "ledger.db"
        full.write_bytes(empty.read_bytes())
        apart(fill, full, rows, MANAGERS)
        for day in (TODAY, PAST):
            _expect_equal(folder, full, day)
        return [
            _figure(folder, (empty, full), TODAY, f"aging report of {rows:,} today : shell, best SQL", 2.0, rounds),
            _figure(folder, (empty, full), PAST, f"aging report of {rows:,} on a past day : shell, join", 1.5, rounds),
        ]


def _figure(folder: Path, ledgers: tuple[Path, Path], day: str, job: str, wanted: float, rounds: int) -> Figure:
    empty, full = ledgers
    commands = {
        "ours": [SALESCTL, "aging", "report", "--by", "manager", "--as-of", day, "--ledger", str(full)],
        "start": [SALESCTL, "aging", "report", "--by", "manager", "--as-of", day, "--ledger", str(empty)],
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
        f"AND open > 0 AND due_on >= '{low}' AND due_on < '{high}') AS s{place}"
        for place, (high, low) in enumerate(pairwise(cuts))
    )
    return _by_manager(f"SELECT c.id AS customer_id, {sums} FROM customer c")


def _joined(day: str) -> str:
    """Every receivable with its allocations of the day or before, summed by customer and column."""
    cuts = ("9999-12-31", day, *CUTS[day], "")
    sums = ", ".join(
        f"sum(CASE WHEN due_on >= '{low}' AND due_on < '{high}' THEN left_over ELSE 0 END) AS s{place}"
        for place, (high, low) in enumerate(pairwise(cuts))
    )
    return _by_manager(
        f"SELECT customer_id, {sums} FROM ("
        "SELECT r.customer_id, r.due_on, r.amount - coalesce(sum(a.amount), 0) AS left_over "
        f"FROM receivable r LEFT JOIN allocation a ON a.receivable_id = r.id AND a.allocated_on <= '{day}' "
        f"WHERE r.issued_on <= '{day}' GROUP BY r.id) t GROUP BY customer_id"
    )


def _by_manager(sums: str) -> str:
    parts = ", ".join(f"sum(s{place})" for place in range(5))
    return (
        f"SELECT p.code || ' ' || p.name, {parts} FROM ({sums}) s "
        "JOIN ownership o ON o.customer_id = s.customer_id AND o.until_on IS NULL "
        "JOIN person p ON p.id = o.person_id GROUP BY p.id"
    )


def _expect_equal(folder: Path, full: Path, day: str) -> None:
    """Both must answer the same before their times are compared."""
    ours = subprocess.run(
        [SALESCTL, "aging", "report", "--by", "manager", "--as-of", day, "--format", "csv", "--ledger", str(full)],
        env=environment(), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    rows = [line.split(",") for line in ours.splitlines()[1:]]
    said = {row[0]: [int(cell.replace(".", "")) for cell in row[3:8]] for row in rows}
    db = sqlite3.connect(full)
    query = _today(day) if day == TODAY else _joined(day)
    wanted = {who: list(parts) for who, *parts in db.execute(query) if any(parts)}
    db.close()
    if said != wanted:
        raise RuntimeError(f"the two reports of {day} differ")
