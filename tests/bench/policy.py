"""Job 5: four rules over every row inside the database, written back, against writing constants; and one asked alone.

Every row carries a commission to be decided, one to be split, a failure's number, and a loss, each with a day of its
own. What the database writes must equal what the rules answer one by one before any time counts.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from salesctl.approvals.queries import approver_sql
from salesctl.approvals.rules import approver
from salesctl.losses.queries import tier_sql
from salesctl.losses.rules import tier
from salesctl.pairings.queries import split_sql
from salesctl.pairings.rules import split
from salesctl.policy import policy as packs
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.sql import Engine
from salesctl.violations.queries import penalty_sql
from salesctl.violations.rules import penalty
from tests.bench.pairs import Figure
from tests.engines import ENGINES, server

COLUMNS = {
    "commission": "bigint", "received": "bigint", "decided_on": "date",
    "earned": "bigint", "paired_on": "date", "received_on": "date",
    "ordinal": "bigint", "violated_on": "date",
    "completed_on": "date", "is_known": "boolean", "found_on": "date",
}  # fmt: skip
WRITTEN = {  # what is written, and a constant of that kind
    "level text": "'general_manager'", "manager bigint": "123456", "executive bigint": "65432",
    "offender bigint": "2000", "supervisor bigint": "0", "tier text": "'within'",
}  # fmt: skip
RULES = {  # and which of the columns it writes
    "level of authority": (0, 1), "split 7:3": (1, 3), "fine ladder": (3, 5), "liability tier": (5, 6),
    "all four": (0, 6),
}  # fmt: skip
FIRST, DAYS = date(2012, 5, 1), 5_000
Row = tuple[Any, ...]


def run(rows: int, rounds: int = 7) -> list[Figure]:
    """The ratios on both engines, what one call costs, and what loading a pack costs."""
    policy = Policy(shipped())
    asked = list(_rows(rows))
    answers = [_alone(row, policy) for row in asked]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        for engine, base in (("sqlite", _sqlite(Path(name) / "rows.db", asked)), ("postgresql", _postgresql(asked))):
            with closing(base) as database:
                figures += _written_back(engine, database, policy, answers, rounds)
    return [*figures, _called(asked, policy), *_loaded()]


def _rows(count: int) -> Iterator[Row]:
    rnd = random.Random(20250305)

    def day() -> date:
        return FIRST + timedelta(days=rnd.randrange(DAYS))

    for _row in range(count):
        received, completed = rnd.randrange(1, 10**9), day()
        found = completed + timedelta(days=rnd.randrange(-10, 300))
        yield (
            *(received * rnd.randrange(150) // 1000, received, day()),
            *(rnd.randrange(10**8), day() if rnd.random() < 0.8 else None, day()),
            *(rnd.randrange(1, 5), day()),
            *(completed, rnd.random() < 0.1, found),
        )


def _alone(row: Row, policy: Policy) -> Row:
    """What the rules answer for one row."""
    commission, received, decided, earned, paired, on, ordinal, violated, completed, is_known, found = row
    return (
        approver(commission, received, on=decided, policy=policy).value,
        *_list(split(earned, paired, on=on, policy=policy).value),
        *_list(penalty(ordinal, False, on=violated, policy=policy).value),
        tier(completed, is_known, on=found, policy=policy).value,
    )


def _list(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


def _expressions(policy: Policy, engine: Engine) -> list[str]:
    return [
        approver_sql(policy, engine),
        *split_sql(policy, engine, commission="earned"),
        *penalty_sql(policy, engine),
        tier_sql(policy, engine),
    ]


def _written_back(engine: str, base: Any, policy: Policy, answers: list[Row], rounds: int) -> Iterator[Figure]:
    """For each rule, and for all in one statement: the median time of writing its answers over that of constants."""
    ours, constants, columns = _expressions(policy, ENGINES[engine]), list(WRITTEN.values()), list(WRITTEN)
    for rule, (first, end) in RULES.items():
        forms = {"ours": ours[first:end], "constants": constants[first:end]}
        took: dict[str, list[float]] = {name: [] for name in forms}
        for number in range(rounds + 1):
            for name, expressions in forms.items():
                spent = _write(base, columns[first:end], expressions)
                if number:
                    took[name].append(spent)
                elif name == "ours":
                    _expect_equal(base, [row[first:end] for row in answers])
        mine, fixed = (statistics.median(took[name]) for name in ("ours", "constants"))
        note = f"{mine:.2f} s against {fixed:.2f} s; every row equal"
        yield Figure(f"{rule}, {len(answers):,} rows in {engine} : constants", 2.0, mine / fixed, note)


def _write(base: Any, columns: list[str], expressions: list[str]) -> float:
    """Write one row for each row, durably; how long it took."""
    base.execute("DROP TABLE IF EXISTS written")
    base.execute(f"CREATE TABLE written (place integer PRIMARY KEY, {', '.join(columns)})")
    base.commit()
    started = time.perf_counter()
    base.execute(f"INSERT INTO written SELECT place, {', '.join(expressions)} FROM asked")
    base.commit()
    return time.perf_counter() - started


def _expect_equal(base: Any, answers: list[Row]) -> None:
    found = base.execute("SELECT * FROM written ORDER BY place").fetchall()
    wrong = sum(1 for row, answer in zip(found, answers, strict=True) if tuple(row[1:]) != answer)
    if wrong:
        raise RuntimeError(f"{wrong} rows differ from the rules")


def _called(asked: list[Row], policy: Policy) -> Figure:
    """One rule asked once, the slowest of the four by its median."""
    calls: dict[str, Callable[[Row], object]] = {
        "commission": lambda row: approver(row[0], row[1], on=row[2], policy=policy),
        "split": lambda row: split(row[3], row[4], on=row[5], policy=policy),
        "fine": lambda row: penalty(row[6], False, on=row[7], policy=policy),
        "tier": lambda row: tier(row[8], row[9], on=row[10], policy=policy),
    }
    medians = {name: _median(call, asked[:2_000]) for name, call in calls.items()}
    slowest = max(medians, key=lambda name: medians[name])
    note = ", ".join(f"{name} {took * 1e6:.0f} us" for name, took in medians.items())
    return Figure("one call, the slowest rule", 100.0, medians[slowest] * 1e6, note, "us")


def _median(call: Callable[[Row], object], rows: list[Row]) -> float:
    times = []
    for row in rows:
        started = time.perf_counter()
        call(row)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _loaded() -> Iterator[Figure]:
    """A command's own packs, from nothing to the first figure."""
    for name, key in (("regulation A", "A.commission"), ("regulation E", "E.handover")):
        times = []
        for _round in range(200):
            packs._compiled.cache_clear()
            started = time.perf_counter()
            Policy(shipped()).on(FIRST, key).policy.packs_of(key[0])
            times.append((time.perf_counter() - started) * 1e3)
        yield Figure(f"loading {name}", 3.0, statistics.median(times), "", "ms")


def _sqlite(path: Path, rows: list[Row]) -> Any:
    base = sqlite3.connect(path)
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;")
    typed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    base.execute(f"CREATE TABLE asked (place integer PRIMARY KEY, {typed})")
    marks = ", ".join("?" for _column in range(len(COLUMNS) + 1))
    plain = ((place, *(v.isoformat() if isinstance(v, date) else v for v in row)) for place, row in enumerate(rows))
    base.executemany(f"INSERT INTO asked VALUES ({marks})", plain)
    base.commit()
    return base


def _postgresql(rows: list[Row]) -> Any:
    import psycopg

    base = psycopg.connect(server())
    typed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    base.execute(f"CREATE TABLE asked (place bigint PRIMARY KEY, {typed})")
    with base.cursor() as cursor, cursor.copy("COPY asked FROM STDIN") as copy:
        for place, row in enumerate(rows):
            copy.write_row((place, *row))
    base.commit()
    base.execute("ANALYZE asked")
    base.commit()
    return base
