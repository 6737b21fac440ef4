"""P5, P6: a disk that is full, and every call to the database failing once, with each of its errors."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Office
from tests.reliability.house import Reached, findings, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETUP = (
    "contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin",
    "receivable log 云帆 500 --issued 2012-01-01 --due 2012-01-31 --number R-1",
    "receipt log 云帆 100000 --contract HT-1 --overpayment --again",
    "approve commission --contract HT-1 --amount 5001 --as lin",
)
COMMANDS = (
    "customer add 广州新禾科技有限公司 --owner lin",
    "customer volume 云帆 1200000 --month 2012-04-01",
    "people add 王五 --department 客户部",
    "visit log 云帆 --as lin",
    "receivable log 云帆 700 --issued 2012-04-01 --due 2012-04-30",
    "receipt log 云帆 50 --to R-1",
    "approve grant A-1 --as zhou",
    "approve commission --contract HT-1 --amount 1 --as lin",
    "customer transfer 云帆 --to chen",
    "check --new",
    "ledger checkpoint",
)
NAMES = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_BUSY", "SQLITE_CORRUPT", "SQLITE_READONLY")


class Failing(sqlite3.Connection):
    """A connection whose n-th call fails, counted over the whole command."""

    left, name = 0, ""

    def _count(self) -> None:
        Failing.left -= 1
        if Failing.left == 0:
            error = sqlite3.OperationalError(f"{Failing.name} (on purpose)")
            error.sqlite_errorname = Failing.name
            raise error

    def execute(self, *words: Any) -> sqlite3.Cursor:
        self._count()
        return super().execute(*words)

    def executemany(self, *words: Any) -> sqlite3.Cursor:
        self._count()
        return super().executemany(*words)

    def executescript(self, *words: Any) -> sqlite3.Cursor:
        self._count()
        return super().executescript(*words)


@contextmanager
def failing(number: int, name: str) -> Iterator[Callable[[], bool]]:
    """The n-th call to the database fails with an error; what is given says whether there were so many."""
    inner = sqlite3.connect

    def connect(*words: Any, **named: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = inner(*words, **{**named, "factory": Failing})
        return made

    Failing.left, Failing.name = number, name
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        for place in ("salesctl.app", "salesctl.console.failing"):  # this process needs its own output afterwards
            patch.setattr(f"{place}.abandon_stdout", lambda: None)
        yield lambda: Failing.left <= 0


def _prepared(desk: Office) -> None:
    for line in SETUP:
        desk.do(line)
    shutil.copy(desk.ledger, desk.folder / "before.db")


def dump(desk: Office) -> list[str]:
    """The whole content of a ledger."""
    db = sqlite3.connect(desk.ledger)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def failing_calls(commands: int = len(COMMANDS), names: tuple[str, ...] = NAMES) -> Reached:
    """P6: the 1st, 2nd, ... n-th database call of a command fails, until the command succeeds."""
    tries, wrong = 0, []
    with office() as desk:
        _prepared(desk)
        before = dump(desk)

        for line in COMMANDS[:commands]:
            for name in names:
                shutil.copy(desk.folder / "before.db", desk.ledger)
                for number in range(1, 500):
                    with failing(number, name) as is_met:
                        answer = desk.run(line)
                    if not is_met():
                        break
                    tries += 1
                    wanted = (3,) if name == "SQLITE_BUSY" else (4,)
                    is_done = answer.status in (0, 6)  # passed over on purpose, or it came after the commit
                    if not is_done and (answer.status not in wanted or "  code" not in answer.err):
                        wrong.append(f"{line} {name} {number}: {answer}")
                    if not is_done and dump(desk) != before:
                        wrong.append(f"{line} {name} {number}: something was written")
                    if is_done and (answer.status == 0 or "#" in answer.err.splitlines()[-1]):
                        shutil.copy(desk.folder / "before.db", desk.ledger)
    says = f"{tries} failing database calls of {commands} commands x {len(names)} errors"
    return Reached(
        "P6", says, "exit 3 or 4, 0 half written", f"{len(wrong)} wrong {wrong[:1]}", not wrong and tries > 0
    )


CHILD = """
import sys, resource
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from salesctl.app import run
raise SystemExit(run(sys.argv[2:]))
"""


def full_disk(limits: int) -> Reached:
    """P5: no file may grow any more, at many sizes: while writing, importing, copying, upgrading, exporting."""
    wrong, refused, done = [], 0, 0
    with office() as desk:
        _prepared(desk)
        rows = "\n".join(f"云帆,{n + 1},2012-04-01,2012-04-30,N-{n}" for n in range(3000))
        (desk.folder / "debts.csv").write_text("customer,amount,issued,due,number\n" + rows, "utf-8")
        size = desk.ledger.stat().st_size
        before = dump(desk)
        for line in ("receivable import debts.csv", "ledger backup b.db", "ledger checkpoint",
                     "receivable list -o out.csv", "customer add 广州新禾科技有限公司 --owner lin"):  # fmt: skip
            for step in range(limits):
                shutil.copy(desk.folder / "before.db", desk.ledger)
                for left in ("b.db", "out.csv"):
                    (desk.folder / left).unlink(missing_ok=True)
                limit = step * (size + 600_000) // limits
                command = [sys.executable, "-c", CHILD, str(limit), *line.split()]
                answer = subprocess.run(command, capture_output=True, text=True, check=False)
                refused, done = refused + (answer.returncode == 4), done + (answer.returncode == 0)
                if answer.returncode not in (0, 4, 6) or "Traceback" in answer.stderr:
                    wrong.append(f"{line} at {limit}: {answer.returncode} {answer.stderr[-300:]}")
                if answer.returncode == 4 and dump(desk) != before:
                    wrong.append(f"{line} at {limit}: something was written")
                if answer.returncode == 4 and (desk.folder / "b.db").exists():
                    wrong.append(f"{line} at {limit}: half a backup")
                wrong += [f"{line} at {limit}: {one.says}" for one in findings(desk.ledger)]
                wrong += ["a file that was begun"] * len(list(desk.folder.glob(".b.db*")))
        if desk.run("customer volume 云帆 5 --month 2012-04-01").status:
            wrong.append("not writable afterwards")
    says = f"no room on the disk, {limits} sizes x 5 commands"
    reached = f"{refused} refused, {done} done, {len(wrong)} wrong {wrong[:1]}"
    return Reached("P5", says, "exit 4, sound, nothing written", reached, not wrong and refused > 0)


TMPFS = """
mount -t tmpfs -o size={size}k none {folder} && cd {folder} && cp {ledger} ledger.db
export SALESCTL_LEDGER={folder}/ledger.db
acknowledged=0
for try in $(seq 500); do
    {python} -m salesctl people add 王五$acknowledged --department {long} 2>/dev/null; status=$?
    [ $status -eq 0 ] || break
    acknowledged=$((acknowledged+1))
done
{python} -m salesctl people list > /dev/null; read=$?
{python} -m salesctl ledger verify > /dev/null; sound=$?
mount -o remount,size=16m {folder}
{python} -m salesctl people add 赵六 2>/dev/null; again=$?
echo "result $acknowledged $status $read $sound $again $({python} -m salesctl people list | grep -c 王五)"
"""


def small_disk(spare: int = 100) -> Reached | None:
    """P5: a real disk (tmpfs in a mount namespace of its own) that fills up; None where that is not allowed."""
    with office() as desk:
        (desk.folder / "small").mkdir()
        size = desk.ledger.stat().st_size // 1024 + spare
        script = TMPFS.format(size=size, folder=desk.folder / "small", ledger=desk.ledger, python=sys.executable,
                              long="长" * 60)  # fmt: skip
        done = subprocess.run(["unshare", "-rm", "bash", "-c", script], capture_output=True, text=True, check=False)
    said = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("result ")]
    if not said:
        return None
    acknowledged, status, read, sound, again, there = map(int, said[0])
    holds = (status, read, sound, again) == (4, 0, 0, 0) and acknowledged == there
    reached = (
        f"{acknowledged} acknowledged, {there} there, then exit {status}; read {read}, verify {sound}, after {again}"
    )
    return Reached(
        "P5", f"a disk of {size} KiB fills up", "exit 4, 0 lost, reads work, writes work again", reached, holds
    )
