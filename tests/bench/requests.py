"""Job 8: inbox, list and show over many requests against the sqlite3 shell's own query, start taken off as in job 2.

The start of `list` and `inbox` is a list of nothing; that of `show` is the same command where there is one request.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from tests.bench.imports import apart
from tests.bench.pairs import SALESCTL, Figure, alternated, environment

NOW = "2012-07-02T10:00"
WAITING = 200  # of all requests
CONTRACTS = 500
SETUP = (
    "people add 沈国栋 --code shen --grade general_manager --email shen@example.com",
    "people add 周岚 --code zhou --grade account_director --superior shen --email zhou@example.com",
    "people add 何洁 --code he --grade support_supervisor --superior shen --email he@example.com",
    "people add 林静 --code lin --grade account_manager --superior zhou",
)
LISTED = (
    "SELECT q.number, q.matter, k.number, c.code || ' ' || c.name, q.amount, q.asked_on, a.code || ' ' || a.name, "
    "q.level, q.state, d.code || ' ' || d.name, q.decided_on FROM request q "
    "LEFT JOIN contract k ON k.id = q.contract_id "
    "JOIN customer c ON c.id = coalesce(q.customer_id, k.customer_id) JOIN person a ON a.id = q.asked_by_id "
    "LEFT JOIN person d ON d.id = q.decided_by_id WHERE q.asked_on <= '2012-07-02'"
)


def run(rows: int, rounds: int = 5) -> list[Figure]:
    """The ratios of job 8 for so many requests, 200 of which wait."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty, full = folder / "empty.db", folder / "full.db"
        apart(_ledger, empty, 0)
        full.write_bytes(empty.read_bytes())
        apart(_fill, full, rows)
        single = folder / "single.db"
        single.write_bytes(empty.read_bytes())
        apart(_fill, single, 1)
        waiting = f"{LISTED} AND q.state IN ('pending', 'endorsed')"
        jobs = {
            "list": (["approve", "list", "--format", "csv"], LISTED),
            "inbox": (["approve", "inbox", "--as", "zhou", "--format", "csv"], waiting),
            "show": (["approve", "show", f"A-{rows // 2}"], f"{LISTED} AND q.number = 'A-{rows // 2}'"),
        }
        return [
            _figure(folder, (single if job == "show" else empty, full), job, *lines, rows, rounds)
            for job, lines in jobs.items()
        ]


def _figure(
    folder: Path, ledgers: tuple[Path, Path], job: str, words: list[str], query: str, rows: int, rounds: int
) -> Figure:
    empty, full = ledgers
    script = folder / f"{job}.sql"
    script.write_text(f".mode csv\n{query} ORDER BY q.id;\n")
    bare = ["approve", "show", "A-1"] if job == "show" else "approve list --format csv".split()
    commands = {
        "ours": [SALESCTL, *words, "--ledger", str(full)],
        "start": [SALESCTL, *bare, "--ledger", str(empty)],
        "shell": ["sqlite3", str(full), f".read {script}"],
    }
    took = alternated(commands, environment(SALESCTL_NOW=NOW), rounds)
    ours, start, shell = (took[name].wall for name in ("ours", "start", "shell"))
    note = f"{took['ours'].memory:.0f} MiB; {ours:.2f} s, start {start:.2f} s, shell {shell:.3f} s"
    return Figure(f"approve {job}, {rows:,} requests : shell", 2.0, max(0.0, ours - start) / shell, note)


def typed(path: Path, line: str, now: str = "2012-03-01T08:30") -> None:
    """Run one command on a ledger; it must succeed."""
    command = [SALESCTL, *line.split(), "--ledger", str(path)]
    subprocess.run(command, env=environment(SALESCTL_NOW=now), check=True, capture_output=True)


def _ledger(path: Path, _rows: int) -> None:
    typed(path, "ledger init")
    for line in SETUP:
        by = "" if line is SETUP[0] else " --as shen"
        typed(path, f"{line} --regime A --from 2012-03-01{by}")
    for number in range(20):
        typed(path, f"customer add 客户{number:03d}有限公司 --owner lin --on 2012-03-01 --as shen")


def _fill(path: Path, rows: int) -> None:
    """Requests and their steps, all decided but a few; written past the program."""
    rnd = random.Random(20120416)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF;")
    for number in range(1, CONTRACTS + 1):
        contract = (number, f"HT-{number}", f"HT-{number}", number % 20 + 1, 4, 10**9, "2012-04-16")
        columns = "id, number, number_key, customer_id, owner_id, amount, signed_on"
        db.execute(f"INSERT INTO contract ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", contract)
        receipt = (number, f"M-{number}", number % 20 + 1, number, 10**9, 10**9, "2012-04-20")
        columns = "id, number, customer_id, contract_id, amount, credit, received_on, returned"
        db.execute(f"INSERT INTO receipt ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 0)", receipt)
    columns = (
        "id, number, matter, contract_id, amount, asked_on, asked_by_id, asked_at, digest, granted_before, base, "
        "level, state, decided_by_id, decided_on, decided_at, reason"
    )
    every = rows // WAITING or 1
    for key in range(1, rows + 1):
        day = f"2012-{rnd.randrange(5, 7):02d}-{rnd.randrange(1, 29):02d}"
        is_waiting = key % every == 0
        decided = (None, None, None) if is_waiting else (2, day, f"{day} 03:00:00")
        state = "pending" if is_waiting else "granted"
        request = (key, f"A-{key}", "commission", key % CONTRACTS + 1, 10_000, day, 4, f"{day} 02:00:00", f"{key:064x}",
                   0, 10**9, "account_director", state, *decided, "")  # fmt: skip
        db.execute(f"INSERT INTO request ({columns}) VALUES ({', '.join('?' * 17)})", request)
        for what in ("file", "submit", *(() if is_waiting else ("grant",))):
            db.execute(
                "INSERT INTO request_step (request_id, round, what, by_id, is_alone, made_on, made_at, digest, reason) "
                "VALUES (?, 1, ?, 4, 0, ?, ?, '', '')",
                (key, what, day, f"{day} 02:00:00"),
            )
    db.commit()
    db.close()
