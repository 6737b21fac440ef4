"""P1, P24, P25: processes killed at any moment lose nothing that was acknowledged, and leave nothing half done."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.ledger import migrate
from tests.reliability.house import PROJECT, Reached, findings, journal, lost, office
from tests.reliability.tampering import changed_behind

if TYPE_CHECKING:
    from salesctl.ledger.verify import Schema

BEFORE = PROJECT / "tests/ledger/before"

NURSERY = """
import io, os, random, signal, sys, time
from contextlib import redirect_stderr, redirect_stdout
from salesctl import app
kills, seed = int(sys.argv[1]), int(sys.argv[2])
def write(number):
    err = io.StringIO()
    with redirect_stderr(err), redirect_stdout(io.StringIO()):
        status = app.run(["customer", "volume", "云帆", str(number), "--month", "2012-04-01"])
    return err.getvalue().strip().splitlines()[-1] if status == 0 else f"! {status} {err.getvalue()!r}"
write(1)  # everything is imported before the children are born
started = time.monotonic()
write(2), write(3)
longest = max(0.09, 6 * (time.monotonic() - started))  # a disk in demand takes longer than 90 ms for four writers
chance = random.Random(seed)
def born(number):
    child = os.fork()
    if child:
        return child
    dice = random.Random(seed * 1_000_003 + number)
    while True:
        os.write(1, (write(dice.randrange(1, 10**9)) + "\\n").encode())
living, killed, number = {}, 0, 0
while killed < kills:
    while len(living) < 4:
        number += 1
        living[born(number)] = time.monotonic() + chance.uniform(0.004, longest)
    child, due = min(living.items(), key=lambda one: one[1])
    time.sleep(max(0, due - time.monotonic()))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    del living[child]
    killed += 1
for child in living:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


def kills(count: int, seed: int = 1) -> Reached:
    """P1: four writers at a time through the program itself, each killed after 4 to 90 ms, or longer on a slow disk."""
    acknowledged: list[str] = []
    wrong: list[str] = []
    with office(on_disk=True) as desk:
        for part in range(0, count, 50):
            words = [sys.executable, "-c", NURSERY, str(min(50, count - part)), str(seed + part)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            lines = done.stdout.splitlines()
            acknowledged += [line for line in lines if line.startswith("#")]
            wrong += [line for line in lines if not line.startswith("#")]
            wrong += [f"{one.where}: {one.says}" for one in findings(desk.ledger)]
        gone = lost(acknowledged, desk.ledger)
        entries = len(journal(desk.ledger))
    says = f"kill -9, {count} times: nothing acknowledged is lost, nothing half done"
    reached = f"0 of {len(acknowledged)} lost" if not gone else f"{len(gone)} of {len(acknowledged)} lost"
    return Reached("P1", says, "0 lost, 0 half", f"{reached}, {len(wrong)} wrong, {entries} entries",
                   not gone and not wrong and bool(acknowledged))  # fmt: skip


def released() -> list[str]:
    """Every schema there has been before today's."""
    return sorted(file.name[:4] for file in (PROJECT / "migrations/versions").glob("0*.py"))[:-1]


def migrations(count: int, seed: int = 1) -> Reached:
    """P25: an upgrade killed at any moment leaves the old schema or the new one, the chain and the triggers whole.

    From every schema there has been, with rows in it, and at moments spread evenly over the time it takes.
    """
    chance = random.Random(seed)
    schemas = released()
    each = -(-count // len(schemas))
    old, new, wrong = 0, 0, []
    with office() as desk:
        head = migrate.fresh_schema()
        wrong += unguarded(head)
        for schema in schemas:
            raw, longest = _ledger_of(schema, desk.ledger)
            before, was = journal(desk.ledger), _schema(desk.ledger)
            for number in range(each):
                _put(raw, desk.ledger)
                _killed_upgrade(desk.ledger, (number + chance.random()) / each * longest * 1.2)
                found = _schema(desk.ledger)
                old, new = old + (found == was), new + (found == head)
                if found not in (was, head) or journal(desk.ledger) != before:
                    wrong.append(f"{schema}: half")
                if found == was:
                    migrate.upgrade(desk.ledger)  # whoever comes next goes on as if nothing had been
                wrong += [f"{schema}: {one.says}" for one in findings(desk.ledger)]
    says = f"an upgrade killed {each * len(schemas)} times, from {len(schemas)} schemas, at moments spread evenly"
    reached = f"{old} old, {new} new, {len(wrong)} wrong {wrong[:1]}"
    holds = not wrong and old + new == each * len(schemas) and (old > 0 < new or count < 50)
    return Reached("P25", says, "0 half, chain and triggers whole", reached, holds)


def unguarded(schema: Schema) -> list[str]:
    """What the triggers of a schema do not refuse and those of every release do: to delete, to change the journal."""
    made = [
        " ".join((sql or "").replace('"', "").split()) for (kind, _name), sql in schema.items() if kind == "trigger"
    ]
    wanted = [
        f"BEFORE DELETE ON {name} BEGIN" for kind, name in schema if kind == "table" and name != "alembic_version"
    ]
    wanted += ["BEFORE UPDATE ON journal BEGIN", "BEFORE INSERT ON journal WHEN NEW.seq <>"]
    return [f"no trigger {one}" for one in wanted if not any(one in text and "RAISE(ABORT" in text for text in made)]


def _put(raw: bytes, path: Path) -> None:
    for file in path.parent.glob("ledger.db*"):
        file.unlink()
    path.write_bytes(raw)


def _ledger_of(schema: str, path: Path) -> tuple[bytes, float]:
    """A ledger of a schema with rows in it, and how long its upgrade takes in a process such as is killed."""
    _put(gzip.decompress((BEFORE / "0001.db.gz").read_bytes()), path)
    if schema != "0001":
        migrate.upgrade(path, schema)
    raw = path.read_bytes()
    migrate.upgrade(path)  # the first pays for the imports
    _put(raw, path)
    started = time.monotonic()
    _killed_upgrade(path, None)
    took = time.monotonic() - started
    _put(raw, path)
    return raw, took


def _schema(path: Path) -> object:
    from salesctl.ledger import sqlite
    from salesctl.ledger.reading import Reading

    db = sqlite.connect(path)
    try:
        return sqlite.schema(Reading(db, sqlite))
    finally:
        db.close()


def _killed_upgrade(path: Path, after: float | None) -> None:
    """Upgrade in a process of its own, killed after so many seconds, or never."""
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            migrate.upgrade(path)
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


WRITER = """
import io, sys
from contextlib import redirect_stderr, redirect_stdout
from salesctl import app
for number in range(1, 100_000):
    with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
        app.run(["customer", "volume", "云帆", str(number), "--month", "2012-04-01"])
"""


def copies(count: int) -> Reached:
    """P24: backups while four processes write; none damaged, none without what was acknowledged before."""
    damaged, missing, checked = 0, 0, 0
    with office() as desk:
        writers = [subprocess.Popen([sys.executable, "-c", WRITER]) for _one in range(4)]
        begun = len(journal(desk.ledger))
        try:
            for number in range(count):
                known = _grown(desk.ledger, begun + 10 + 2 * number)
                target = desk.folder / f"b{number}.db"
                desk.do(f"ledger backup {target}")
                damaged += bool(findings(target))
                missing += journal(target).get(known[0]) != known[1]
                checked += 1
                target.unlink()
        finally:
            for writer in writers:
                writer.kill()
                writer.wait()
        wrong = findings(desk.ledger)
        written = len(journal(desk.ledger)) - begun
    says = f"{count} backups while four processes wrote {written} entries"
    reached = f"{damaged} damaged, {missing} missing an entry, of {checked}"
    return Reached("P24", says, "0 damaged, 0 missing", reached, not (damaged or missing or wrong))


def drill() -> Reached:
    """P24: a copy has its name once it is proved, and is recorded; nothing goes back behind a checkpoint unsaid."""
    wrong = []
    with office() as desk:
        desk.do("ledger backup old.db")
        desk.do("customer volume 云帆 5 --month 2012-04-01")
        desk.do("ledger checkpoint")
        old, before = journal(desk.folder / "old.db"), journal(desk.ledger)
        verbs = [one["verb"] for one in desk.ask("ledger history")]
        wrong += ["the backup is in no entry"] * ("ledger.backup" not in verbs or len(before) != len(old) + 3)
        refused = desk.run("ledger restore old.db --yes")
        wrong += [f"went back: {refused}"] * (refused.status != 5 or journal(desk.ledger) != before)
        desk.do("ledger restore old.db --yes --force --why drill")
        after = journal(desk.ledger)
        said = desk.ask("ledger history --last 1")[0]
        is_told = (said["verb"], said["answer"], len(after)) == ("ledger.restore", "forced", len(old) + 1)
        wrong += [f"the restore is in no entry: {said}"] * (not is_told or not old.items() <= after.items())
        kept = next(desk.folder.glob("*.before-restore-*"))
        wrong += ["what was given up is lost"] * (journal(kept) != before)
        wrong += [one.says for one in findings(desk.ledger)]
        changed_behind(desk.ledger, [("UPDATE person SET name = 'x' WHERE id = 1", ())])
        refused = desk.run("ledger backup bad.db")
        left = [file.name for file in desk.folder.iterdir() if "bad.db" in file.name]
        wrong += [f"a changed ledger has a backup: {refused} {left}"] * (refused.status != 5 or bool(left))
    return Reached("P24", "backed up, restored, forced, and of a changed ledger", "proved, recorded, nothing lost",
                   f"{len(wrong)} wrong {wrong[:1]}", not wrong)  # fmt: skip


def _grown(path: Path, to: int) -> tuple[int, str]:
    """The newest entry once there are so many: the writers are at work, and have been since the copy before."""
    while max(known := journal(path)) < to:
        time.sleep(0.002)
    return list(known.items())[-1]
