"""Jobs 1, 4 and 6 on a PostgreSQL server: a whole command, 32 clients at once, an entry beside its row."""

from __future__ import annotations

import multiprocessing
import statistics
import subprocess
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from salesctl.agenda.rows import AgendaItem
from salesctl.desk import Desk, Wishes
from salesctl.ledger.place import Address
from tests import engines
from tests.bench.pairs import PYTHON, SALESCTL, Figure, alternated, environment
from tests.bench.startup import FLOOR, OFFICE

CLIENTS, WRITES = 32, 20
ITEM = "INSERT INTO plain (id, rule, subject, period, who, opened_on) VALUES (%s, 'T-1', %s, 'x', '', '2012-05-08')"


def run(rounds: int = 15) -> list[Figure]:
    """The ratios on a server of the bench's own."""
    with engines.database() as place:
        env = environment(SALESCTL_LEDGER=place.url)
        for line in OFFICE:
            subprocess.run([SALESCTL, *line.split()], env=env, check=True, capture_output=True)
        with psycopg.connect(place.url, autocommit=True) as base:
            for setting in ("fsync", "full_page_writes"):
                base.execute(f"ALTER SYSTEM RESET {setting}")
            base.execute("SELECT pg_reload_conf()")
            base.execute(
                "CREATE TABLE plain (id int PRIMARY KEY, rule text, subject text, period text, who text, "
                "opened_on text)"
            )
        return [_command(env, rounds), _one_row(place), _together(place)]


def _command(env: dict[str, str], rounds: int) -> Figure:
    with tempfile.TemporaryDirectory() as name:
        script, file = Path(name) / "floor.py", Path(name) / "floor.db"
        script.write_text(FLOOR)
        subprocess.run(["sqlite3", str(file), "create table t(a, b)"], check=True)
        jobs = {
            "floor": [PYTHON, str(script), str(file)],
            "ours": [SALESCTL, *"visit log 云帆 --as lin --again".split()],
        }
        took = alternated(jobs, env, rounds)
    return Figure(
        "1 visit log on a server : F", 2.4, took["ours"].wall / took["floor"].wall, f"{took['ours'].memory:.0f} MiB"
    )


def _desk(place: Address, login: str) -> Desk:
    from datetime import UTC, datetime

    desk = Desk(Wishes(place), datetime(2012, 5, 8, 1, tzinfo=UTC), "declared", login, "", lambda *_: None)
    desk.expect_somebody = lambda _view: None  # type: ignore[method-assign, assignment]
    return desk


def _write(desk: Desk, subject: str) -> None:
    with desk.ledger.transaction("bench", desk) as tx:
        tx.add(AgendaItem(rule="T-1", subject=subject, period="x", who="", opened_on=date(2012, 5, 8), closed_on=None))


def _one_row(place: Address, rounds: int = 300) -> Figure:
    desk = _desk(place, "bench")
    with psycopg.connect(place.url, autocommit=True) as base, closing(desk.ledger):
        plain, ours = [], []
        for number in range(rounds):
            started = time.perf_counter()
            base.execute(ITEM, (number, str(number)))
            plain.append(time.perf_counter() - started)
            started = time.perf_counter()
            _write(desk, f"a{number}")
            ours.append(time.perf_counter() - started)
    ratio = statistics.median(ours) / statistics.median(plain)
    return Figure(
        "6 one row with its entry on a server : plain row", 0, ratio, f"{statistics.median(ours) * 1000:.1f} ms"
    )


def _client(place: Address, number: int, gate: Any, waits: Any) -> None:
    desk, longest = _desk(place, f"c{number}"), 0.0
    desk.ledger.db  # noqa: B018 - connected before the start
    gate.wait()
    for write in range(WRITES):
        started = time.perf_counter()
        _write(desk, f"c{number}-{write}")
        longest = max(longest, time.perf_counter() - started)
    waits.put(longest)
    desk.ledger.close()


def _together(place: Address) -> Figure:
    context = multiprocessing.get_context("fork")
    gate, waits = context.Barrier(CLIENTS + 1), context.Queue()
    clients = [context.Process(target=_client, args=(place, number, gate, waits)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    gate.wait()
    started = time.perf_counter()
    longest = max(waits.get() for _client in clients)
    took = time.perf_counter() - started
    for client in clients:
        client.join()
    with psycopg.connect(place.url) as base:
        (kept,) = base.execute("SELECT count(*) FROM agenda_item WHERE subject LIKE 'c%'").fetchone() or (0,)
    note = f"{kept / took:.0f} a second, longest wait {longest:.2f} s"
    return Figure("4 lost of 640 writes of 32 clients", 0, CLIENTS * WRITES - kept, note, "")
