"""`make soak`: every promise tried at length; one table. `python -m tests.soak P1 P20` tries some; SHARE=0.1 a tenth.

It takes about an hour on two cores. The exit status is 1 where a promise did not hold.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.reliability import (
    crashes,
    crowd,
    figures,
    invocations,
    output,
    power,
    surroundings,
    tampering,
    trouble,
    year,
)
from tests.reliability.house import Reached, held_by
from tests.reliability.machine import Department

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARE = float(os.environ.get("SHARE", "1"))
Trial = Callable[[], Reached | list[Reached] | None]


def _n(count: int) -> int:
    """So many, or the share of it that was asked for."""
    return max(1, round(count * SHARE))


def _machine(sequences: int, steps: int) -> Reached:
    wanted = settings(max_examples=sequences, stateful_step_count=steps, deadline=None, database=None,
                      suppress_health_check=list(HealthCheck))  # fmt: skip
    says = f"{sequences} sequences x {steps} steps against a model"
    try:
        run_state_machine_as_test(Department, settings=wanted)
    except Exception as error:
        return Reached("P12", says, "0 differences", f"{error!r}"[:2000], holds=False)
    return Reached("P12", says, "0 differences", "0", holds=True)


def _power(mode: str, sync: str, transactions: int) -> Trial:
    return lambda: power.cuts(mode, sync, transactions) if power.is_possible() else None


def trials() -> Iterator[tuple[str, Trial]]:
    """Every promise with its long form."""
    yield "P1", lambda: crashes.kills(_n(1000))
    for (mode, sync), _holds in power.SETTINGS.items():
        yield "P2", _power(mode, sync, _n(90 if mode == "wal" else 24))
    yield "P3 P4", lambda: crowd.writers(32, _n(100))
    yield "P3", lambda: crowd.deciders(32, _n(100))
    yield "P5", lambda: trouble.full_disk(_n(40))
    yield "P5", trouble.small_disk
    yield "P6", trouble.failing_calls
    yield "P7", lambda: crowd.replays(_n(1000))
    yield "P8", output.lost_words
    yield "P9", lambda: crowd.readers(100_000)
    yield "P10 P11", lambda: invocations.invoked(_n(10_000), seed=7)
    yield "P10", lambda: invocations.as_processes(_n(300), seed=7)
    yield "P12", lambda: _machine(_n(500), 50)
    yield "P13 P14", lambda: year.years(range(1, 1 + _n(20)), 170)
    yield "P15", lambda: figures.explained(_n(1000), 350)
    yield "P16", lambda: held_by("P16", "parts add up", "tests/policy/test_shares.py")
    yield "P17", lambda: held_by("P17", "months are one definition", "tests/policy/test_units.py")
    yield "P18", surroundings.time_zones
    yield (
        "P19",
        lambda: held_by("P19", "authority", "tests/approvals/test_separation.py", "tests/approvals/test_at_once.py"),
    )
    yield "P20", lambda: tampering.rows(_n(790))
    yield "P20", lambda: tampering.bits(_n(3000))
    yield "P21", lambda: tampering.anchors(_n(40))
    yield "P22", surroundings.only_sqlite
    yield "P23", lambda: held_by("P23", "doctor names dangers", "tests/ledger/test_doctor.py")
    yield "P24", lambda: crashes.copies(_n(50))
    yield "P25", lambda: crashes.migrations(_n(120))
    yield "P26", lambda: held_by("P26", "a newer ledger is refused", "tests/ledger/test_keeping.py::TestUpgrade")
    yield "P27", lambda: held_by("P27", "exports do not execute", "tests/console/test_sheets.py")
    yield "P28", lambda: held_by("P28", "forms carry nothing in", "tests/forms")
    yield (
        "P29",
        lambda: held_by(
            "P29", "imports stay inside", "tests/receivables/test_imports.py", "tests/visits/test_import.py"
        ),
    )
    yield "P30", surroundings.secrets
    yield "P31", surroundings.private_files
    yield "P32", surroundings.identity


def _tried(names: str, trial: Trial) -> Reached | list[Reached] | None:
    """What a trial reached; one that breaks has not held, and the others go on."""
    try:
        return trial()
    except Exception as error:
        return Reached(names, "the trial itself broke", "an answer", f"{error!r}"[:500], holds=False)


def main() -> int:
    """Try what is named, or all, and print a line for each figure."""
    wanted, failed = set(sys.argv[1:]), 0
    print(f"{'':4} {'promise':72} {'figure to reach':42} {'seconds':>7}  figure reached")
    for names, trial in trials():
        if wanted and not wanted & set(names.split()):
            continue
        started = time.monotonic()
        answered: Any = _tried(names, trial)
        took = time.monotonic() - started
        for one in answered if isinstance(answered, list) else [answered]:
            if one is None:
                print(f"{names:4} could not be tried here", flush=True)
                continue
            failed += not one.holds
            mark = " " if one.holds else "*"
            print(f"{one.promise:4} {one.says:72} {one.wanted:42} {took:7.1f} {mark}{one.reached}", flush=True)
    print(f"P33  PostgreSQL: open.\n{failed} not reached." if not wanted else f"{failed} not reached.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
