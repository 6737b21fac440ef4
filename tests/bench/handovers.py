"""Job 8: a handover of many customers against the sqlite3 shell's own statements, start taken off as in job 2.

The shell writes the same rows, each with its line of the journal, in one durable transaction; it checks nothing.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from tests.bench.imports import apart
from tests.bench.pairs import SALESCTL, Figure, environment, once
from tests.bench.requests import SETUP, typed

NOW = "2012-07-02T10:00"
CUSTOMERS, DEBTS = 2_000, 20_000
MORE = ("people add 陈涛 --code chen --grade account_manager --superior zhou",)
ITEM = "handover_id, category, kind, about, customer_id, amount, dated, said"
START = f"""PRAGMA synchronous=FULL;
BEGIN IMMEDIATE;
INSERT INTO handover (id, number, transferor_id, receiver_id, supervisor_id, is_deviation, started_on, started_at,
  state, ended_why) VALUES (1, 'H-1', 4, 5, 2, 0, '2012-07-02', '2012-07-02 02:00:00', 'open', '');
INSERT INTO handover_item ({ITEM}) SELECT 1, 'customer_data', 'customer', c.code, c.id, NULL, NULL, c.name
  FROM customer c JOIN ownership o ON o.customer_id = c.id WHERE o.person_id = 4 AND o.until_on IS NULL ORDER BY c.code;
INSERT INTO handover_item ({ITEM}) SELECT 1, 'receivables_detail', 'receivable', number, customer_id, open, due_on, ''
  FROM receivable WHERE open > 0 AND customer_id IN
  (SELECT customer_id FROM handover_item WHERE handover_id = 1 AND kind = 'customer') ORDER BY customer_id, due_on, id;
DROP TRIGGER journal_follows_its_head;
INSERT INTO journal (seq, prev, hash, recorded_at, clock, actor, verb, about, request_id, body)
  SELECT (SELECT max(seq) FROM journal) + 1 + place, (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1),
  printf('%064x', place), '2012-07-02 02:00:00', 'system', 'zhou', 'handover.start', 'H-1', NULL, body FROM (
    SELECT (id - 1) / 1000 AS place, json_group_array(json_array(id, handover_id, category, kind, about, customer_id,
    amount, dated, said)) AS body FROM handover_item GROUP BY 1);
COMMIT;
"""
LISTED = (
    "SELECT i.category, i.kind, i.about, c.name, i.amount, i.dated, i.said FROM handover_item i "
    "LEFT JOIN customer c ON c.id = i.customer_id WHERE i.handover_id = 1 ORDER BY i.id;"
)


def run(rounds: int = 5) -> list[Figure]:
    """The ratios of job 8 for one case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty, full = folder / "empty.db", folder / "full.db"
        apart(_ledger, empty, 0)
        shutil.copy(empty, full)
        apart(_fill, full, DEBTS)
        started = folder / "started.db"
        shutil.copy(full, started)
        typed(started, "handover start --from lin --to chen --as zhou", NOW)
        (folder / "start.sql").write_text(START)
        (folder / "show.sql").write_text(f".mode csv\n{LISTED}\n")
        begin = [SALESCTL, *"handover start --from lin --to chen --as zhou --format csv".split()]
        show = [SALESCTL, *"handover show H-1 --format csv".split()]
        missing = [SALESCTL, *"handover show H-1 --missing --format csv".split()]
        listing = [SALESCTL, *"handover list --format csv".split()]
        jobs = {
            "start": (begin, full, ["sqlite3", "LEDGER", f".read {folder / 'start.sql'}"]),
            "show": (show, started, ["sqlite3", "LEDGER", f".read {folder / 'show.sql'}"]),
            "show --missing": (missing, started, ["sqlite3", "LEDGER", f".read {folder / 'show.sql'}"]),
        }
        return [_figure(folder, job, *lines, listing, empty, rounds) for job, lines in jobs.items()]


def _figure(
    folder: Path,
    job: str,
    ours: list[str],
    ledger: Path,
    shell: list[str],
    listing: list[str],
    empty: Path,
    rounds: int,
) -> Figure:
    """Ours and the shell's in turn, each on a fresh copy of the ledger."""
    took: dict[str, list[float]] = {"ours": [], "shell": [], "bare": []}
    memory = 0.0
    environ = environment(SALESCTL_NOW=NOW)
    for number in range(rounds + 1):
        for who, walls in took.items():
            fresh = folder / "fresh.db"
            shutil.copy(empty if who == "bare" else ledger, fresh)
            at = ["--ledger", str(fresh)]
            command = {
                "ours": [*ours, *at],
                "bare": [*listing, *at],
                "shell": [w.replace("LEDGER", str(fresh)) for w in shell],
            }
            measured = once(command[who], environ)
            if number:
                walls.append(measured.wall)
                memory = max(memory, measured.memory if who == "ours" else 0)
    mine, theirs, bare = (sorted(took[who])[rounds // 2] for who in ("ours", "shell", "bare"))
    note = f"{memory:.0f} MiB; {mine:.2f} s, start {bare:.2f} s, shell {theirs:.3f} s"
    said = f"handover {job}, {CUSTOMERS:,} customers, {DEBTS:,} debts : shell"
    return Figure(said, 2.0, max(0.0, mine - bare) / theirs, note)


def _ledger(path: Path, _rows: int) -> None:
    typed(path, "ledger init")
    for line in (*SETUP, *MORE):
        by = "" if line is SETUP[0] else " --as shen"
        typed(path, f"{line} --regime A --regime E --from 2012-03-01{by}")


def _fill(path: Path, rows: int) -> None:
    """Customers of one account manager and what they owe; written past the program."""
    rnd = random.Random(20120702)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF;")
    for key in range(1, CUSTOMERS + 1):
        name = f"客户{key:05d}有限公司"
        customer = (key, f"C{key:05d}", name, name, "platform", "peripheral", "2012-03-01")
        columns = "id, code, name, name_key, kind, channel, created_on"
        db.execute(f"INSERT INTO customer ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", customer)
        owner = (key, key, 4, "2012-03-01")
        db.execute("INSERT INTO ownership (id, customer_id, person_id, from_on) VALUES (?, ?, ?, ?)", owner)
    columns = "id, number, customer_id, amount, paid, open, issued_on, due_on, written_off, cancelled_why"
    for key in range(1, rows + 1):
        amount, month = rnd.randrange(100, 10**7), rnd.randrange(3, 7)
        debt = (key, f"R-{key}", rnd.randrange(1, CUSTOMERS + 1), amount, 0, amount, f"2012-{month:02d}-01",
                f"2012-{month:02d}-{rnd.randrange(1, 29):02d}", 0, "")  # fmt: skip
        db.execute(f"INSERT INTO receivable ({columns}) VALUES ({', '.join('?' * 10)})", debt)
    db.commit()
    db.close()
