"""Run whole processes in turn (A B A B ...) and compare their medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

PYTHON = sys.executable
SALESCTL = str(Path(PYTHON).with_name("salesctl"))
ROUNDS = 9


class Figure(NamedTuple):
    """One line of the report: the job, the ratio to reach, the ratio reached, and what else was measured."""

    job: str
    wanted: float | None
    reached: float
    note: str = ""
    unit: str = "x"  # a ratio, unless said otherwise


class Measured(NamedTuple):
    """The median wall time of a command in seconds, and the median of its largest memory in MiB."""

    wall: float
    memory: float


def environment(**more: str) -> dict[str, str]:
    """What the measured processes see: byte code allowed, nothing of the caller's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SALESCTL_", "PYTHONDONT"))}
    return {**kept, "SALESCTL_LANG": "en", **more}


def once(command: list[str], env: dict[str, str]) -> Measured:
    """Run a command to its end; it must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read() if process.stderr else b""
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {errors.decode()[-400:]}")
    return Measured(wall, usage.ru_maxrss / 1024)


def alternated(commands: dict[str, list[str]], env: dict[str, str], rounds: int = ROUNDS) -> dict[str, Measured]:
    """The medians of several commands, run in turn; the first round warms up and does not count."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            measured = once(command, env)
            if number:
                runs[name].append(measured)
    return {
        name: Measured(statistics.median(m.wall for m in many), statistics.median(m.memory for m in many))
        for name, many in runs.items()
    }
