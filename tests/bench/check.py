"""Job 7: what is due over many receivables: a check in full, and the second one of a day against a one-record command.

One in four of the receivables is open and long overdue: a check in full has to name them all.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.bench.imports import apart, ledger
from tests.bench.owing import fill
from tests.bench.pairs import SALESCTL, Figure, alternated, environment, once

NOW = "2026-03-31T17:30"
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
        apart(fill, full, rows, ["lin"])
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
