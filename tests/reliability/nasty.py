"""Nasty cases 1, 10, 21 and 28 with kill -9 at random moments: trying again comes to one effect."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.reliability.house import NOW, Reached, findings, journal, office, salesctl
from tests.reliability.trouble import CHILD, SETUP

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Office

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _killed(chance: random.Random, lines: list[str]) -> None:
    """These commands as processes at once, each killed after up to a third of a second, or done by then."""
    running = [salesctl(*line.split(), **QUIET) for line in lines]
    for one in sorted(running, key=lambda _one: chance.random()):
        time.sleep(chance.uniform(0, 0.35) / len(running))
        one.send_signal(signal.SIGKILL)
    for one in running:
        one.wait()


def _decided(desk: Office, chance: random.Random) -> list[str]:
    """Case 1: two decide at once and are killed; it is decided at most once, and can be."""
    _killed(chance, ["approve grant A-1 --as zhou", "approve grant A-1 --as gm"])
    again = desk.run("approve grant A-1 --as gm").status
    trail = [step for step in desk.ask("approve show A-1")["trail"] if " grant " in step]
    return [] if again in (0, 2) and len(trail) == 1 else [f"decided {trail}, {again}"]


def _retried(desk: Office, chance: random.Random) -> list[str]:
    """Case 10: five sendings of one request are killed; however often it is sent again, it is written once."""
    line = "receipt log 云帆 5 --overpayment --again --request-id net"
    before = len(journal(desk.ledger))
    _killed(chance, [line] * 5)
    again = [desk.run(line).status for _one in range(2)]
    grown = len(journal(desk.ledger)) - before
    return [] if (again, grown) == ([0, 0], 1) else [f"{again}, {grown} entries of one request"]


def _checked(desk: Office, chance: random.Random) -> list[str]:
    """Case 21: the nightly check is killed and runs again: each news is found once, each letter written once."""
    desk._patch.setenv("SALESCTL_NOW", "2012-05-31T17:00+00:00")  # 1 June in Shanghai
    _killed(chance, ["check --new --mail"])
    later = "2012-06-01T09:00"
    for _one in range(2):
        desk.do("check --new --mail", now=later)
    letters = [(str(one["to"]), one["subject"]) for one in desk.ask("mail list", now=later)]
    runs = [one for one in desk.ask("ledger history", now=later) if one["verb"] == "check.run"]
    news = len(desk.ask("check --new", now=later))
    is_once = len(letters) == len(set(letters)) and news == 0 and runs
    return [] if is_once else [f"letters {letters}, {len(runs)} runs, {news} news"]


def _full(desk: Office, chance: random.Random) -> list[str]:
    """Case 28: no room while importing or copying, and killed: sound, all of it or nothing, no half backup."""
    rows = "\n".join(f"云帆,{number + 1},2012-04-01,2012-04-30,N-{number}" for number in range(2000))
    (desk.folder / "debts.csv").write_text("customer,amount,issued,due,number\n" + rows, "utf-8")
    limit = str(desk.ledger.stat().st_size + chance.randrange(600_000))
    line = chance.choice(("receivable import debts.csv", "ledger backup b.db"))
    running = subprocess.Popen([sys.executable, "-c", CHILD, limit, *line.split()], **QUIET)  # type: ignore[call-overload]
    time.sleep(chance.uniform(0.05, 0.6))
    running.send_signal(signal.SIGKILL)
    running.wait()
    came_in = len(desk.ask("receivable list"))
    wrong = [] if came_in in (1, 2001) else [f"{came_in} debts"]
    if (desk.folder / "b.db").exists():
        wrong += [one.says for one in findings(desk.folder / "b.db")]
    return wrong


CASES: dict[int, Callable[[Office, random.Random], list[str]]] = {1: _decided, 10: _retried, 21: _checked, 28: _full}


def killed(rounds: int, seed: int = 1) -> Reached:
    """Each of the cases so many times, on a ledger of its own."""
    chance = random.Random(seed)
    wrong: list[str] = []
    with office() as desk:
        for line in SETUP:
            desk.do(line)
        shutil.copy(desk.ledger, desk.folder / "before")
        for _one in range(rounds):
            for number, case in CASES.items():
                for left in desk.folder.glob("*.db*"):
                    left.unlink()
                shutil.rmtree(desk.folder / "outgoing", ignore_errors=True)
                shutil.copy(desk.folder / "before", desk.ledger)
                desk._patch.setenv("SALESCTL_NOW", NOW)
                wrong += [f"case {number}: {said}" for said in case(desk, chance)]
                wrong += [f"case {number}: {one.says}" for one in findings(desk.ledger)]
    says = f"nasty cases 1, 10, 21, 28 with kill -9, {rounds} times each"
    return Reached("P1", says, "one effect, nothing half", f"{len(wrong)} wrong {wrong[:2]}", not wrong)
