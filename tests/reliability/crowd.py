"""P3, P4, P7, P9: many who write at once, who ask again, who read for long."""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from typing import Any

from tests.reliability.house import Reached, findings, journal, office, salesctl

WRITER = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from salesctl import app
told = []
print("ready", flush=True)
sys.stdin.readline()  # all begin at once
for number in range(int(sys.argv[2])):
    err = io.StringIO()
    with redirect_stderr(err), redirect_stdout(io.StringIO()):
        status = app.run(["receipt", "log", "云帆", "0.01", "--to", "R-1", "--again"])
    told.append((status, err.getvalue().strip().splitlines()[-1]))
print(json.dumps(told))
"""
HOLDER = """
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
from salesctl.desk import Desk, Wishes
from salesctl.ledger import turns
from salesctl.people.rows import Person
waits, inner, now = [], turns._wait_for, datetime(2012, 5, 8, 1, tzinfo=UTC)
def timed(handles, path):
    started = time.perf_counter()
    inner(handles, path)
    waits.append(time.perf_counter() - started)
turns._wait_for = timed
desk = Desk(Wishes(Path(sys.argv[1])), now, "declared", "crowd", "", lambda *_: None)
desk.expect_somebody = lambda _view: None
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    with desk.ledger.transaction("test.hold", desk) as tx:
        one = tx.one(Person, code="P001")
        tx.amend(one, name=str(int(one.name if one.name.isdecimal() else 0) + 1))
        time.sleep(0.003)  # the turn, and not the processor, is what all of them wait for
desk.ledger.close()
print(json.dumps(waits[len(waits) // 5 : -len(waits) // 5]))  # while all of them write
"""
DECIDER = """
import io, json, random, sys
from contextlib import redirect_stderr, redirect_stdout
from salesctl import app
numbers = list(range(1, int(sys.argv[1]) + 1))
random.Random(int(sys.argv[2])).shuffle(numbers)
told = []
print("ready", flush=True)
sys.stdin.readline()
for number in numbers:
    with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
        told.append((number, app.run(["approve", "grant", f"A-{number}", "--as", "zhou"])))
print(json.dumps(told))
"""


def all_at_once(scripts: list[list[str]]) -> list[str]:
    """What these processes say at their end; those that say they are ready begin together."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([sys.executable, "-c", *words], **pipes) for words in scripts]
    for one in running:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in running:  # all are told before anybody is waited for
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    return [one.communicate()[0] for one in running]


def writers(processes: int, writes: int) -> Reached:
    """P3: every one of these reads what is open of one debt and pays a fen of it."""
    total = processes * writes
    with office(on_disk=True) as desk:
        desk.do(f"receivable log 云帆 {total / 100 + 1:.2f} --issued 2012-04-01 --due 2012-04-30 --number R-1")
        before = len(journal(desk.ledger))
        answers = [
            json.loads(one) for one in all_at_once([[WRITER, str(one), str(writes)] for one in range(processes)])
        ]
        told = [one for said in answers for one in said]
        paid = next(one for one in desk.ask("receivable list") if one["number"] == "R-1")
        lost = total - (total * 1 + 100 - round(float(paid["open"]) * 100))
        gone = [one for status, one in told if status == 0 and not _is_there(one, journal(desk.ledger))]
        entries = len(journal(desk.ledger)) - before
        wrong = findings(desk.ledger)
    errors = sum(status != 0 for status, _said in told)
    says = f"{processes} processes x {writes} writes that read first"
    reached = f"{len(told) - errors} of {total}, {lost} updates lost, {errors} errors, {len(gone)} receipts false"
    holds = not (errors or lost or gone or wrong) and len(told) == total and entries >= total
    return Reached("P3", says, f"{total} of {total}, 0 lost, 0 errors", reached, holds)


def fairness(processes: int, writes: int) -> Reached:
    """P4: all of them want the one turn all the time; how long they wait for it, and nothing is lost."""
    total = processes * writes
    with office() as desk:
        answers = all_at_once([[HOLDER, str(desk.ledger), str(writes)] for _one in range(processes)])
        waits = [one for said in answers for one in json.loads(said)]
        with closing(sqlite3.connect(desk.ledger)) as db:
            (count,) = db.execute("SELECT name FROM person WHERE code = 'P001'").fetchone()
        wrong = findings(desk.ledger)
    middle, longest = statistics.median(waits), max(waits)
    says = f"{processes} processes x {writes} turns all want at once: the longest wait"
    times = longest / max(middle, 1e-9)
    fair = f"median {middle:.3f} s, longest {longest:.3f} s = {times:.1f} x; {count} of {total} turns"
    return Reached("P4", says, "<= 3 x median, < 5 s", fair,
                   longest < 5 and longest <= 3 * middle and int(count) == total and not wrong)  # fmt: skip


def _is_there(receipt: str, known: dict[int, str]) -> bool:
    seq, head = receipt.removeprefix("#").split()
    return known.get(int(seq), "").startswith(head)


def deciders(processes: int, requests: int) -> Reached:
    """P3: the same requests are granted by everybody at once; each is decided once."""
    with office() as desk:
        for number in range(1, requests + 1):
            desk.do(f"contract add HT-{number} --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin")
            desk.do(f"receipt log 云帆 100000 --contract HT-{number} --overpayment --again")
            desk.do(f"approve commission --contract HT-{number} --amount {5001 + number} --as lin")
        told = [tuple(one) for said in all_at_once([[DECIDER, str(requests), str(one)] for one in range(processes)])
                for one in json.loads(said)]  # fmt: skip
        wrong = findings(desk.ledger)
    granted = sorted(number for number, status in told if status == 0)
    others = {status for _number, status in told if status}
    holds = granted == list(range(1, requests + 1)) and others <= {2} and not wrong
    says = f"{processes} processes decide the same {requests} requests"
    twice = len(granted) - len(set(granted))
    return Reached("P3", says, "each once", f"{len(set(granted))} decided, {twice} twice, {len(told)} attempts", holds)


def replays(count: int, seed: int = 1) -> Reached:
    """P7: the same request again and again, in a row and at once: one effect, and the first answer every time."""
    chance = random.Random(seed)
    wrong = []
    lines = ("customer volume 云帆 {n} --month 2012-04-01", "receipt log 云帆 {n} --again --overpayment",
             "receivable log 云帆 {n} --issued 2012-04-01 --due 2012-04-30")  # fmt: skip
    with office() as desk:
        known: dict[str, tuple[str, str]] = {}
        for number in range(count):
            request = f"r{chance.randrange(max(2, count // 5))}"
            line = known[request][0] if request in known else chance.choice(lines).format(n=number + 1)
            before = len(journal(desk.ledger))
            answer = desk.run(f"{line} --request-id {request}")
            grown = len(journal(desk.ledger)) - before
            receipt = next((word for word in answer.err.split("\n") if "#" in word), "")
            if request in known and (grown or answer.status or known[request][1] not in answer.err):
                wrong.append(f"again: {answer}")
            if request not in known:
                known[request] = (line, receipt)
                if not grown or answer.status:
                    wrong.append(f"first: {answer}")
            other = desk.run(f"customer volume 远大 {number + 1} --month 2012-04-01 --request-id {request}")
            if other.status != 2:
                wrong.append(f"other content: {other}")
        before = len(journal(desk.ledger))
        words = "receipt log 云帆 5 --again --overpayment --request-id at-once".split()
        running = [salesctl(*words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _one in range(5)]
        told = [(one.communicate()[1], one.returncode) for one in running]
        at_once = len(journal(desk.ledger)) - before
        wrong += [said for said, status in told if status]
        wrong += [one.says for one in findings(desk.ledger)]
    says = f"{count} random replays of a request id, 5 at once"
    reached = f"{len(wrong)} wrong; at once: {at_once} entry"
    return Reached("P7", says, "each effect once", reached, not wrong and at_once == 1)


def readers(rows: int) -> Reached:
    """P9: a long list whose reader has stopped reading; whoever writes meanwhile does not wait for it."""
    with office() as desk:
        file = desk.folder / "debts.csv"
        lines = (f"云帆,100,2012-04-01,2012-04-30,N-{n}" for n in range(rows))
        file.write_text("customer,amount,issued,due,number\n" + "\n".join(lines), "utf-8")
        desk.do(f"receivable import {file}")
        reader = salesctl("receivable", "list", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        first = reader.stdout.readline() if reader.stdout else ""
        started = time.monotonic()
        status = desk.run("customer volume 云帆 5 --month 2012-04-01").status
        took = time.monotonic() - started
        is_paging = reader.poll() is None
        size = len(first) + (len(reader.stdout.read()) if reader.stdout else 0)
        reader.wait()
    says = f"a list of {rows} rows nobody reads on: how long a writer waits"
    return Reached("P9", says, "< 1 s", f"{took:.2f} s; the list ({size} characters) was waiting: {is_paging}",
                   status == 0 and took < 1 and is_paging)  # fmt: skip
