"""Job 8: a handover of many customers against the sqlite3 shell's own statements, start taken off as in job 2.

The shell writes the same rows, each with its line of the journal, in one durable transaction; it checks nothing.
Then it lists the same checklist, as text too.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from tests.bench.imports import apart
from tests.bench.pairs import SALESCTL, Figure, Measured, environment, once
from tests.bench.requests import SETUP, typed

NOW = "2012-07-02T10:00"
CUSTOMERS, DEBTS = 2_000, 20_000
MORE = ("people add 陈涛 --code chen --grade account_manager --superior zhou",)
BEGIN = "handover start --from lin --to chen --as zhou"
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
.mode csv
"""
LISTED = (
    "SELECT i.category, i.kind, i.about, c.name, (i.amount / 100) || '.' || substr('0' || (i.amount % 100), -2), "
    "i.dated, i.said, 'transferor; receiver; handover_supervisor' FROM handover_item i "
    "LEFT JOIN customer c ON c.id = i.customer_id WHERE i.handover_id = 1 ORDER BY i.category, i.id;"
)


def run(rounds: int = 5) -> list[Figure]:
    """The ratios of job 8 for one case; the start that is taken off is the same command on one customer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, full = folder / "one.db", folder / "full.db"
        apart(_ledger, one, 0)
        shutil.copy(one, full)
        apart(_fill, one, 1)
        apart(_fill, full, CUSTOMERS)
        (folder / "start.sql").write_text(START + LISTED)
        (folder / "show.sql").write_text(f".mode csv\n{LISTED}\n")
        figures = [_figure(folder, "start", BEGIN, (one, full), rounds)]
        for ledger in (one, full):
            typed(ledger, BEGIN, NOW)
        shown = {"show": "handover show H-1", "show --missing": "handover show H-1 --missing"}
        return [*figures, *(_figure(folder, job, line, (one, full), rounds) for job, line in shown.items())]


def _figure(folder: Path, job: str, line: str, ledgers: tuple[Path, Path], rounds: int) -> Figure:
    """Ours and the shell's in turn, each on a fresh copy of the ledger."""
    one, full = ledgers
    fresh, script = folder / "fresh.db", folder / f"{job.split(maxsplit=1)[0]}.sql"
    ours = [SALESCTL, *line.split(), *f"--format csv --ledger {fresh}".split()]
    jobs = {"ours": (full, ours), "start": (one, ours), "shell": (full, ["sqlite3", str(fresh), f".read {script}"])}
    took: dict[str, list[Measured]] = {who: [] for who in jobs}
    for number in range(rounds + 1):
        for who, (ledger, command) in jobs.items():
            shutil.copy(ledger, fresh)
            measured = once(command, environment(SALESCTL_NOW=NOW))
            if number:
                took[who].append(measured)
    mine, start, theirs = (sorted(each.wall for each in took[who])[rounds // 2] for who in jobs)
    memory = max(each.memory for each in took["ours"])
    note = f"{memory:.0f} MiB; {mine:.2f} s, start {start:.2f} s, shell {theirs:.3f} s"
    said = f"handover {job}, {CUSTOMERS:,} customers, {DEBTS:,} debts : shell"
    return Figure(said, 2.0, max(0.0, mine - start) / theirs, note)


def _ledger(path: Path, _rows: int) -> None:
    typed(path, "ledger init")
    for line in (*SETUP, *MORE):
        by = "" if line is SETUP[0] else " --as shen"
        typed(path, f"{line} --regime A --regime E --from 2012-03-01{by}")


def _fill(path: Path, customers: int) -> None:
    """Customers of one account manager and ten debts of each; written past the program."""
    rnd = random.Random(20120702)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF;")
    for key in range(1, customers + 1):
        name = f"客户{key:05d}有限公司"
        customer = (key, f"C{key:05d}", name, name, "platform", "peripheral", "2012-03-01")
        columns = "id, code, name, name_key, kind, channel, created_on"
        db.execute(f"INSERT INTO customer ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", customer)
        owner = (key, key, 4, "2012-03-01")
        db.execute("INSERT INTO ownership (id, customer_id, person_id, from_on) VALUES (?, ?, ?, ?)", owner)
    columns = "id, number, customer_id, amount, paid, open, issued_on, due_on, written_off, cancelled_why"
    for key in range(1, customers * DEBTS // CUSTOMERS + 1):
        amount, month = rnd.randrange(100, 10**7), rnd.randrange(3, 7)
        debt = (key, f"R-{key}", rnd.randrange(1, customers + 1), amount, 0, amount, f"2012-{month:02d}-01",
                f"2012-{month:02d}-{rnd.randrange(1, 29):02d}", 0, "")  # fmt: skip
        db.execute(f"INSERT INTO receivable ({columns}) VALUES ({', '.join('?' * 10)})", debt)
    db.commit()
    db.close()
