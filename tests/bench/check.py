"""Job 7: what is due over many receivables: a check in full, and the second one of a day against a one-record command.

One in four of the receivables is open and long overdue: a check in full has to name them all.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from tests.bench.imports import apart, invoices, ledger
from tests.bench.pairs import SALESCTL, Figure, alternated, environment, once

NOW = "2026-03-31T17:30"
OPEN_EACH = 4  # every fourth is not paid
STAFF = (
    "people add 周岚 --code zhou --grade account_director --regime A",
    "people add 林静 --code lin --grade account_manager --superior zhou --regime A",
    "customer add 北京云帆网络科技有限公司 --owner lin --alias 云帆",
)


def run(rows: int, rounds: int = 9) -> list[Figure]:
    """The ratios of job 7 for so many receivables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full = ledger(folder / "ledger.db")
        env = environment(SALESCTL_LEDGER=str(full), SALESCTL_NOW=NOW)
        for line in STAFF:
            subprocess.run([SALESCTL, *line.split()], env=env, check=True, capture_output=True)
        small = folder / "small.db"
        shutil.copyfile(full, small)
        apart(_fill, full, rows)
        return [*_in_full(folder, full, small, env), *_second(full, env, rows, rounds)]


def _in_full(folder: Path, full: Path, small: Path, env: dict[str, str]) -> list[Figure]:
    """The list of everything, and the first check that is kept, against the same with nothing due."""
    listing = [SALESCTL, "check", "--as-of", NOW[:10], "-o"]
    out = str(folder / "full.csv")
    commands = {"full": [*listing, out], "small": [*listing, str(folder / "small.csv"), "--ledger", str(small)]}
    took = alternated(commands, env, 3)
    with Path(out).open("rb") as file:  # never read whole: what is measured later would start with that memory
        lines = sum(1 for _line in file) - 1
    first = once([SALESCTL, "check", "--new", "--format", "csv"], env)
    size = full.stat().st_size >> 20
    ratio = took["full"].wall / took["small"].wall
    note = f"{took['full'].wall:.2f} s, {took['full'].memory:.0f} MiB, {lines:,} lines"
    return [
        Figure("check, all that is due : the same, nothing due", None, ratio, note),
        Figure("check --new, the first one", None, first.wall, f"{first.memory:.0f} MiB; ledger {size} MiB", "s"),
    ]


def _second(full: Path, env: dict[str, str], rows: int, rounds: int) -> list[Figure]:
    """Nothing happened since the last check of the day; both commands work on copies that stay as they are."""
    used = full.with_name("used.db")
    shutil.copyfile(full, used)
    commands = {
        "second": [SALESCTL, "check", "--new"],
        "visit": [SALESCTL, *"visit log 云帆 --as lin --again --ledger".split(), str(used)],
    }
    took = alternated(commands, env, rounds)
    ratio = took["second"].wall / took["visit"].wall
    job = f"7 check --new of {rows:,}, second one of the day : visit log"
    return [Figure(job, 1.3, ratio, f"{took['second'].memory:.0f} MiB")]


def _fill(path: Path, rows: int) -> None:
    """Receivables, most of them paid, and who serves the customers; written past the program."""
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF;")
    theirs = "SELECT id, 2, '2020-01-01' FROM customer WHERE code LIKE 'C0%'"
    db.execute(f"INSERT INTO ownership (customer_id, person_id, from_on) {theirs}")
    query = (
        "INSERT INTO receivable (id, number, customer_id, amount, paid, open, issued_on, due_on) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    for place, (number, customer, amount, issued, due) in enumerate(invoices(rows), 1):
        fen = int(amount.replace(".", ""))
        paid = 0 if place % OPEN_EACH == 0 else fen
        db.execute(query, (place, number, int(customer[1:]), fen, paid, fen - paid, issued, due))
    db.commit()
    db.close()
