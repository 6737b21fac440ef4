"""Many who decide at once: 32 processes over the same 100 requests; each is decided once, and every loser is told."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.pairs import PYTHON, SALESCTL, Figure, environment
from tests.bench.requests import NOW, SETUP

PROCESSES, REQUESTS = 32, 100
WORKER = """
import io, json, random, sys, time
from contextlib import redirect_stderr, redirect_stdout
from salesctl.app import run
numbers, told = list(range(1, int(sys.argv[1]) + 1)), []
random.Random(sys.argv[2]).shuffle(numbers)
for number in numbers:
    out, err = io.StringIO(), io.StringIO()
    started = time.perf_counter()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(["approve", "grant", f"A-{number}", "--as", sys.argv[3], "--ledger", sys.argv[4]])
    told.append((number, status, time.perf_counter() - started, "already granted by" in err.getvalue()))
print(json.dumps(told))
"""


def run() -> list[Figure]:
    """The longest anybody waited, in seconds; it stops where one request was decided twice, or a loser not told."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ledger.db"
        _fill(path)
        env = environment(SALESCTL_NOW=NOW, SALESCTL_LEDGER=str(path))
        workers = [
            subprocess.Popen(
                [PYTHON, "-c", WORKER, str(REQUESTS), str(number), ("zhou", "han", "shen")[number % 3], str(path)],
                env=env,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(PROCESSES)
        ]
        told = [entry for worker in workers for entry in json.loads(worker.communicate()[0])]
        verified = subprocess.run([SALESCTL, "ledger", "verify"], env=env, check=False, capture_output=True).returncode
    granted = sorted(number for number, status, _took, _said in told if status == 0)
    untold = [entry for entry in told if entry[1] != 0 and not (entry[1] == 2 and entry[3])]
    if granted != list(range(1, REQUESTS + 1)) or untold or verified:
        sys.exit(f"decided {len(granted)}, losers not told {untold[:3]}, verify {verified}")
    longest = max(took for _number, _status, took, _said in told)
    tried = f"{PROCESSES} processes, {REQUESTS} requests, {len(told)} attempts"
    note = f"{tried}: each decided once, {len(told) - REQUESTS} told"
    return [Figure("longest wait of whoever decides", 5.0, longest, note, "s")]


def _fill(path: Path) -> None:
    env = environment(SALESCTL_NOW="2012-04-20T08:30", SALESCTL_LEDGER=str(path))

    def typed(line: str) -> None:
        subprocess.run([SALESCTL, *line.split()], env=env, check=True, capture_output=True)

    typed("ledger init")
    for line in (*SETUP, "people add 韩松 --code han --grade account_director --superior shen --email han@example.com"):
        by = "" if line is SETUP[0] else " --as shen"
        typed(f"{line} --regime A --from 2012-03-01{by}")
    typed("customer add 北京云帆网络科技有限公司 --owner lin --on 2012-03-01 --as shen")
    for number in range(1, REQUESTS + 1):
        typed(f"contract add HT-{number} --customer 北京云帆 --amount 200000 --signed 2012-04-16 --owner lin --as shen")
        typed(f"receipt log 北京云帆 100000 --contract HT-{number} --overpayment --again --as shen")
        typed(f"approve commission --contract HT-{number} --amount {5001 + number} --as lin")
