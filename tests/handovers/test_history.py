"""History stays: a portfolio passes through three people, and nothing but ownership changes (E-16, X-3, X-4)."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from typing import Any

import pytest

from salesctl.pairings.rules import Handover, Pair, parties
from salesctl.policy.policy import Policy, shipped
from tests.agenda.test_runs import traced
from tests.conftest import Office
from tests.handovers.conftest import PARTIES, finish
from tests.handovers.test_completing import tables

MOVED = {"ownership", "contract_ownership"}
CASE = {
    "handover",
    *(f"handover_{name}" for name in "item role participant paper signature check visit delivery".split()),
}


def handed(office: Office, number: str, who: tuple[str, str], day: str) -> None:
    """One whole case, from start to completion, on two days."""
    first, last = f"{day}-08T09:00", f"{day}-09T09:00"
    transferor, receiver = who
    office.do(f"handover start --from {transferor} --to {receiver} --customers 云帆,远大 --as zhou", now=first)
    office.do(f"handover paper {number} all --as ma", now=first)
    office.do(f"handover check {number} all --complete --true --as {receiver}", now=first)
    office.do(f"handover visit {number} 云帆 远大 --signer 王总 --as zhou", now=first)
    for name, role in (("ma", "finance"), ("he", "commerce"), ("wu", "assistant")):
        office.do(f"handover join {number} {name} --role {role} --as zhou", now=first)
    for signer in (transferor, receiver, "zhou"):
        office.do(f"handover sign {number} all --as {signer}", now=last)
    office.do(f"handover deliver {number} --as zhou", now=last)
    for name in ("ma", "zhou"):
        office.do(f"handover acknowledge {number} --as {name}", now=last)
    office.do(f"handover complete {number} --as zhou", now=last)


def without_dates_of_owners(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: rows for name, rows in found.items() if name not in MOVED | CASE}


@pytest.fixture
def busy(office: Office) -> Office:
    """林静's customers with debts, payments, requests, outings and stages; nobody hands over yet."""
    for line in (
        "people add 马丽 --grade finance --superior gm --alias ma --regime E --from 2012-03-01 --as gm",
        "people add 何静 --grade commerce --superior gm --alias he --regime E --from 2012-03-01 --as gm",
        "people add 吴敏 --grade assistant --superior zhou --alias wu --regime E --from 2012-03-01 --as gm",
        "people add 赵敏 --grade account_manager --superior zhou --alias zhao --regime A --regime E "
        "--from 2012-03-01 --as gm",
        "contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin",
        "contract add HT-2 --customer 远大 --amount 50000 --signed 2012-04-20 --as lin",
        "receipt log 云帆 186000 --contract HT-1 --date 2012-05-02 --overpayment --as gm",
        "receivable log 云帆 1000.50 --due 2012-03-20 --issued 2012-03-10 --number R-A --as lin",
        "receivable log 远大 2000 --due 2012-05-01 --issued 2012-04-01 --number R-B --as lin",
        "receipt log 远大 500 --to R-B --date 2012-05-02 --as xiang",
        "receivable dispute R-B --reason 数量不符 --as lin",
        "approve commission --contract HT-1 --amount 9000 --as lin",
        "approve commission --contract HT-2 --amount 40000 --as lin",
        "visit log 云帆 --as lin",
    ):
        office.do(line)
    return office


def test_three_people_and_nothing_but_ownership(busy: Office) -> None:
    """林静, 陈涛, 赵敏: every table beside the cases is byte for byte what it was; ownership has three intervals."""
    before = tables(busy)
    handed(busy, "H-1", ("lin", "chen"), "2012-06")
    first = tables(busy)
    handed(busy, "H-2", ("chen", "zhao"), "2012-07")
    after = tables(busy)
    assert without_dates_of_owners(after) == without_dates_of_owners(before)
    for name in MOVED:  # what was before stays; only an end is set where there was none
        for old, new in ((before, first), (first, after)):
            kept = {row[0]: row for row in new[name]}
            for row in old[name]:
                assert kept[row[0]][:-1] == row[:-1]
                assert kept[row[0]][-1] == row[-1] or row[-1] is None
    with sqlite3.connect(busy.ledger) as db:
        held = db.execute(
            "SELECT p.name, o.from_on, o.until_on FROM ownership o JOIN customer c ON c.id = o.customer_id "
            "JOIN person p ON p.id = o.person_id WHERE c.code = 'C001' ORDER BY o.from_on"
        ).fetchall()
    assert held == [
        ("林静", "2012-03-01", "2012-06-09"),
        ("陈涛", "2012-06-09", "2012-07-09"),
        ("赵敏", "2012-07-09", None),
    ]
    assert busy.run("ledger verify").status == 0


def test_what_was_asked_of_a_day_is_answered_as_before(busy: Office) -> None:
    """Lists as of an earlier day say what they said then; the working of a decision is the same."""
    lines = (
        "customer list --as-of 2012-06-01",
        "contract list --as-of 2012-06-01",
        "aging report --by manager --as-of 2012-06-01",
        "sales report --year 2012 --by manager --as-of 2012-06-01",
        "approve show A-1",
        "why A-1",
    )
    known = [line for line in lines if busy.run(f"{line} --format json", now="2012-06-05T09:00").status == 0]
    assert len(known) >= 4
    said = [busy.ask(line, now="2012-06-05T09:00") for line in known]
    handed(busy, "H-1", ("lin", "chen"), "2012-06")
    handed(busy, "H-2", ("chen", "zhao"), "2012-07")
    assert [busy.ask(line, now="2012-08-05T09:00") for line in known] == said


def test_a_pairing_survives_with_the_receiver_in_the_leavers_place(busy: Office) -> None:
    """X-3: the commission of a day is shared by whoever stood in the pairing then; the cases are its evidence."""
    handed(busy, "H-1", ("lin", "chen"), "2012-06")
    handed(busy, "H-2", ("chen", "zhao"), "2012-07")
    from datetime import date

    passed = [
        Handover(one["transferor"], one["receiver"], date.fromisoformat(one["ended_on"]))
        for one in busy.ask("handover list", now="2012-08-01T09:00")
    ]
    pair, policy = Pair("P003 林静", "AE", date(2012, 4, 1)), Policy(shipped())
    for day, manager in (
        (date(2012, 6, 8), "P003 林静"),
        (date(2012, 6, 9), "P004 陈涛"),
        (date(2012, 7, 9), "P009 赵敏"),
    ):
        assert parties(pair, passed, on=day, policy=policy).value == [manager, "AE"]


STEPS = (
    "handover paper H-1 all --as ma",
    "handover check H-1 all --complete --true --as chen",
    "handover sign H-1 all --as lin",
    "handover deliver H-1 --as zhou",
    "handover complete H-1 --as zhou",
)


@pytest.mark.parametrize("place", range(len(STEPS)))
def test_a_kill_leaves_the_case_before_the_step_or_after_it(case: Office, place: int) -> None:
    """Killed at any moment of a step, the ledger verifies and holds the whole of it or nothing."""
    if place:
        case.do(STEPS[0])
    if place > 1:
        case.do(STEPS[1])
    if place == 3:
        for who in PARTIES:
            case.do(f"handover sign H-1 all --as {who}")
    if place == 4:
        finish(case)
    before = tables(case)
    spare = case.folder / "spare.db"
    shutil.copy(case.ledger, spare)
    case.do(STEPS[place])
    after = tables(case)
    assert after != before
    seen = set()
    for delay in (0.05, 0.15, 0.25, 0.3, 0.35, 0.4, 0.5):
        shutil.copy(spare, case.ledger)
        for leftover in case.folder.glob("ledger.db-*"):
            leftover.unlink()
        _killed(STEPS[place], delay)
        found = without_times(tables(case))
        assert found in (without_times(before), without_times(after))
        seen.add(found == without_times(after))
        assert case.run("ledger verify").status == 0
    assert seen  # on a slow machine all may be one of the two


def without_times(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: [tuple(v for v in row if not _is_moment(v)) for row in rows] for name, rows in found.items()}


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", value))


def _killed(line: str, delay: float) -> None:
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-08T09:00"}
    command = [sys.executable, "-m", "salesctl", *line.split()]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_statements_do_not_grow_with_the_portfolio(office: Office) -> None:
    """Thirty customers more with a debt each: the same statements for start, show, its gaps, papers and completion."""
    counts = []
    for line in (
        "people add 马丽 --grade finance --superior gm --alias ma --regime E --from 2012-03-01 --as gm",
        "people add 何静 --grade commerce --superior gm --alias he --regime E --from 2012-03-01 --as gm",
        "people add 吴敏 --grade assistant --superior zhou --alias wu --regime E --from 2012-03-01 --as gm",
    ):
        office.do(line)
    spare = office.folder / "spare.db"
    shutil.copy(office.ledger, spare)
    for more in (1, 30):
        shutil.copy(spare, office.ledger)
        with (office.folder / "c.csv").open("w", encoding="utf-8") as file:
            file.write("code,name,owner\n")
            file.writelines(f"K{n},客户{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}号商行,林静\n" for n in range(more))
        office.do("customer import c.csv --as gm", now="2012-04-01T09:00")
        for number in range(more):
            office.do(f"receivable log K{number} 100 --due 2012-06-01 --issued 2012-05-01 --again --as gm")
        counts.append([len(_asked(traced(office, line, "2012-05-08T09:00"))) for line in WHOLE])
    assert counts[0] == counts[1], list(zip(WHOLE, *counts, strict=True))


WHOLE = (
    "handover start --from lin --to chen --as zhou",
    "handover show H-1",
    "handover show H-1 --missing",
    "handover list",
    "handover paper H-1 all --as ma",
    "handover check H-1 all --complete --true --as chen",
    "handover sign H-1 all --as chen",
    "handover sign H-1 all --as lin",
    "handover print H-1 H-1.xlsx --as lin",
    "handover show H-1 --missing",
    "check",
)


def _asked(statements: list[str]) -> list[str]:
    """The statements that ask; rows that are written are as many as they are."""
    return [one for one in statements if one.startswith(("SELECT", "WITH"))]
