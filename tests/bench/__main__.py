"""`make bench`: every job, its ratio to reach, its ratio reached. `make bench ROWS=1000000` for the large ones."""

from __future__ import annotations

import os
import sys
from importlib import import_module

JOBS = (
    "startup",
    "journal",
    "crowd",
    "imports",
    "ageing",
    "policy",
    "requests",
    "deciding",
    "check",
    "handovers",
    "postgres",
)
SIZED = ("imports", "ageing", "policy", "requests", "check")  # those that take the number of rows


def main() -> None:
    """Run the jobs named, or all."""
    rows = int(os.environ.get("ROWS", "100000"))
    print(f"{'job':58} {'to reach':>9} {'reached':>9}")
    for name in sys.argv[1:] or JOBS:
        module = import_module(f"tests.bench.{name}")
        for figure in module.run(rows) if name in SIZED else module.run():
            wanted = f"{figure.wanted:.2f}{figure.unit}" if figure.wanted else "-"
            mark = " " if not figure.wanted or figure.reached <= figure.wanted else "*"
            print(f"{figure.job:58} {wanted:>9} {figure.reached:8.2f}{figure.unit} {mark} {figure.note}", flush=True)


main()
