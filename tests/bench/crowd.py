"""Job 4: 32 processes that write at once, against 32 that append a line and sync it under a lock.

Each keeps its ledger open, as a program that uses salesctl does; with the journal this SQLite should have, and with the
write-ahead log that a newer one gets. What a bare insert of one short row reaches behind the same lock is told beside
it: no ledger in that mode is quicker on that disk.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from pathlib import Path

from salesctl.ledger.sqlite import wal_is_safe
from tests.bench.pairs import PYTHON, SALESCTL, Figure, environment

PROCESSES, WRITES, ROUNDS = 32, 100, 5
COMMON = """
import json, os, sys, time
from pathlib import Path
path, count, waits = Path(sys.argv[1]), int(sys.argv[2]), []
def go(write):
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.time()
    for number in range(count):
        started = time.perf_counter()
        write(number)
        waits.append(time.perf_counter() - started)
    print(json.dumps([begun, time.time(), waits]))
"""
OURS = """
from datetime import UTC, datetime
from salesctl.agenda.rows import AgendaItem
from salesctl.ledger.book import Ledger
class Desk:
    clock, actor_code, login, request_id, asked, packs_digest, is_dry_run = "system", None, "bench", None, "", "", False
    other_day = ""
    now = property(lambda self: datetime.now(UTC))
    read_at = property(lambda self: time.monotonic())
    def keep_receipt(self, receipt): pass
    def expect_somebody(self, view): pass
    def before_writing(self, verb): pass
    def signature(self, view, facts): pass
desk, ledger = Desk(), Ledger(path)
def write(number):
    with ledger.transaction("bench", desk) as tx:
        subject = f"{os.getpid()}-{number}"
        tx.add(AgendaItem(rule="T-1", subject=subject, period="x", who="", opened_on=desk.now.date(), closed_on=None))
go(write)
"""
FLOOR = """
import fcntl
lock, out = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR), os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
def write(number):
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.write(out, b"x" * 600 + b"\\n")
    os.fdatasync(out)
    fcntl.flock(lock, fcntl.LOCK_UN)
go(write)
"""
BARE = """
import fcntl, sqlite3
lock = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR)
db = sqlite3.connect(path, isolation_level=None, timeout=30)
mode = db.execute("PRAGMA journal_mode").fetchone()[0]
db.execute(f"PRAGMA synchronous={'FULL' if mode == 'wal' else 'EXTRA'}")
def write(number):
    fcntl.flock(lock, fcntl.LOCK_EX)
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO bare VALUES (?)", ("x" * 600,))
    db.execute("COMMIT")
    fcntl.flock(lock, fcntl.LOCK_UN)
go(write)
"""


def run() -> list[Figure]:
    """The ratios of job 4; every write must have been done."""
    mode = "wal" if wal_is_safe() else "delete"
    return [figure for kept in dict.fromkeys((mode, "wal")) for figure in _kept_by(kept)]


def _kept_by(mode: str) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "ledger.db"
        env = environment(SALESCTL_LEDGER=str(file), PYTHONPATH=str(Path(__file__).parents[2]))
        subprocess.run([SALESCTL, "ledger", "init"], env=env, check=True, capture_output=True)
        for path, more in ((file, ""), (folder / "bare.db", "; CREATE TABLE bare (a)")):
            made = f"PRAGMA journal_mode={mode}{more}"
            subprocess.run(["sqlite3", str(path), made], check=True, capture_output=True)
        ours, floors, bare = [], [], []
        for _round in range(ROUNDS):
            floors.append(_together(FLOOR, folder / "floor", env))
            ours.append(_together(OURS, file, env))
            bare.append(_together(BARE, folder / "bare.db", env))
        subprocess.run([SALESCTL, "ledger", "verify"], env=env, check=True, capture_output=True)
    rate, floor, least = (statistics.median(one[0] for one in told) for told in (ours, floors, bare))
    longest, their = (statistics.median(one[1] for one in told) for told in (ours, floors))
    note = f"{rate:.0f} against {floor:.0f} a second; a bare insert {floor / least:.2f}x"
    wanted = 1.25 if mode == "wal" else 2.0
    return [
        Figure(f"4 append and sync : write, 32 processes at once, {mode}", wanted, floor / rate, note),
        Figure(f"4 longest wait : theirs, {mode}", 2.0, longest / their, f"{longest:.2f} s against {their:.2f} s"),
    ]


def _together(script: str, path: Path, env: dict[str, str]) -> tuple[float, float]:
    """Writes a second, and the longest anybody waited."""
    command = [PYTHON, "-c", COMMON + script, str(path), str(WRITES)]
    running = [subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
               for _one in range(PROCESSES)]  # fmt: skip
    for one in running:
        assert one.stdout
        one.stdout.readline()
    for one in running:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [json.loads(one.communicate()[0]) for one in running]
    begun, ended = min(one[0] for one in told), max(one[1] for one in told)
    return PROCESSES * WRITES / (ended - begun), max(wait for one in told for wait in one[2])
