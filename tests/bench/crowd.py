"""Job 4: 32 processes that write at once, against 32 that append a line and sync it under a lock."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from pathlib import Path

from tests.bench.pairs import PYTHON, SALESCTL, Figure, environment

PROCESSES, WRITES, ROUNDS = 32, 40, 3
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
    now = property(lambda self: datetime.now(UTC))
    read_at = property(lambda self: time.monotonic())
    def keep_receipt(self, receipt): pass
    def expect_somebody(self, view): pass
    def before_writing(self, verb): pass
desk = Desk()
def write(number):
    ledger = Ledger(path)
    with ledger.transaction("bench", desk) as tx:
        subject = f"{os.getpid()}-{number}"
        tx.add(AgendaItem(rule="T-1", subject=subject, period="x", who="", opened_on=desk.now.date(), closed_on=None))
    ledger.close()
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


def run() -> list[Figure]:
    """The ratios of job 4; every write must have been done."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(SALESCTL_LEDGER=str(folder / "ledger.db"), PYTHONPATH=str(Path(__file__).parents[2]))
        subprocess.run([SALESCTL, "ledger", "init"], env=env, check=True, capture_output=True)
        ours, floors = [], []
        for _round in range(ROUNDS):
            floors.append(_together(FLOOR, folder / "floor", env))
            ours.append(_together(OURS, folder / "ledger.db", env))
        subprocess.run([SALESCTL, "ledger", "verify"], env=env, check=True, capture_output=True)
    rate, floor = (statistics.median(one[0] for one in told) for told in (ours, floors))
    longest, their = (statistics.median(one[1] for one in told) for told in (ours, floors))
    note = f"{rate:.0f} against {floor:.0f} a second"
    return [
        Figure("4 append and sync : write, 32 processes at once", 2.0, floor / rate, note),
        Figure("4 longest wait : theirs", 2.0, longest / their, f"{longest:.2f} s against {their:.2f} s"),
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
