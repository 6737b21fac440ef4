"""Job 1: one-record commands, and what people wait for before they typed anything.

`F` is what anybody pays for one durable row: import sqlite3, one insert, one commit.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.bench.pairs import PYTHON, SALESCTL, Figure, alternated, environment

FLOOR = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("pragma synchronous=extra")
db.execute("begin immediate")
db.execute("insert into t values(1, 'x')")
db.execute("commit")
db.close()
"""
OFFICE = (
    "ledger init",
    "people add 周岚 --code zhou --grade account_director --regime A",
    "people add 林静 --code lin --grade account_manager --superior zhou --regime A",
    "customer add 北京云帆网络科技有限公司 --owner lin --alias 云帆",
    "contract add HT-1 --customer 云帆 --amount 200000 --owner lin --signed 2012-03-26",
    "receivable log 云帆 186000 --due 2012-05-31 --issued 2012-04-01 --contract HT-1 --number FP1",
)


def office(folder: Path) -> dict[str, str]:
    """A small ledger, and the environment that leads to it."""
    env = environment(SALESCTL_LEDGER=str(folder / "ledger.db"))
    for line in OFFICE:
        subprocess.run([SALESCTL, *line.split()], env=env, check=True, capture_output=True)
    return env


def run(rounds: int = 15) -> list[Figure]:
    """The ratios of job 1."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = office(folder)
        (folder / "floor.py").write_text(FLOOR)
        subprocess.run(["sqlite3", str(folder / "floor.db"), "create table t(a, b)"], check=True)
        floor = [PYTHON, str(folder / "floor.py"), str(folder / "floor.db")]
        jobs: dict[str, tuple[list[str], float]] = {
            "visit log": ("visit log 云帆 --as lin --again".split(), 3.0),
            "receipt log": ("receipt log 云帆 1 --date 2012-05-08 --again".split(), 3.5),
            "customer volume": ("customer volume 云帆 1200000 --month 2012-04-01".split(), 3.5),
            "approve commission": ("approve commission --contract HT-1 --amount 0.01 --as lin --again".split(), 3.5),
            "--version": (["--version"], 2.0),
            "--help": (["--help"], 4.0),
        }
        figures = []
        for job, (words, wanted) in jobs.items():
            measured = alternated({"floor": floor, job: [SALESCTL, *words]}, env, rounds)
            figures.append(
                _figure(f"1 {job} : F", wanted, measured[job].wall / measured["floor"].wall, measured[job].memory)
            )
        env_tab = {
            **env,
            "_SALESCTL_COMPLETE": "complete_bash",
            "COMP_WORDS": "salesctl customer show C",
            "COMP_CWORD": "3",
        }
        measured = alternated({"floor": floor, "tab": [SALESCTL]}, env_tab, rounds)
        figures.append(
            _figure("1 completion : F", 3.5, measured["tab"].wall / measured["floor"].wall, measured["tab"].memory)
        )
        return figures


def _figure(job: str, wanted: float, reached: float, memory: float) -> Figure:
    return Figure(job, wanted, reached, f"{memory:.0f} MiB")
