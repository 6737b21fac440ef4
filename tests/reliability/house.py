"""What every trial needs: a small department in a folder of its own, and a form for what was reached."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import pytest

from salesctl.errors import SalesctlError
from salesctl.ledger import migrate, sqlite
from salesctl.ledger.book import SCHEMA
from salesctl.ledger.reading import Reading
from salesctl.ledger.verify import Finding, verify
from tests.conftest import BY, CUSTOMERS, STAFF, Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.ledger.verify import Schema

NOW = "2012-05-08T09:00"
PROJECT = Path(__file__).parents[2]


class Reached(NamedTuple):
    """A promise, the figure it is to reach, and what a trial reached."""

    promise: str
    says: str
    wanted: str
    reached: str
    holds: bool


MEMORY = Path("/dev/shm")


@contextmanager
def office(*, on_disk: bool = False) -> Iterator[Office]:
    """The department of `tests.conftest`, for trials that run without pytest too.

    It lies in memory, where there is such a place, unless how long a disk takes is part of the trial.
    """
    is_quick = not on_disk and MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    place = str(MEMORY) if is_quick else None
    with tempfile.TemporaryDirectory(prefix="salesctl-", dir=place) as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        (folder / "ledger.db").write_bytes(staffed_ledger())
        (folder / "ledger.db").chmod(0o600)
        made = Office(folder, patch)
        patch.setenv("SALESCTL_AS", "gm")
        patch.setenv("SALESCTL_NOW", NOW)
        patch.setenv("PYTHONPATH", str(PROJECT))
        yield made


@cache
def empty_ledger() -> bytes:
    """A ledger with nothing in it; the same entries for every trial."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("salesctl.rulebook.ledgers.uuid4", lambda: UUID(int=1))  # a seed replays in any process
        made = Office(Path(name), patch)
        made.do("ledger init", now="2012-03-01T08:00")
        return made.ledger.read_bytes()


@cache
def staffed_ledger() -> bytes:
    """The department of `tests.conftest`."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        made = Office(Path(name), patch)
        made.ledger.write_bytes(empty_ledger())
        for line in STAFF:
            by = "" if line is STAFF[0] else BY
            made.do(f"{line} --regime A --regime E --from 2012-03-01{by}", now="2012-03-01T09:00")
        for line in CUSTOMERS:
            made.do(f"{line}{BY}", now="2012-03-01T09:00")
        return made.ledger.read_bytes()


@cache
def expected() -> Schema:
    """What a ledger made today consists of."""
    return migrate.fresh_schema()


def findings(path: Path) -> list[Finding]:
    """What is wrong with a ledger; a file that cannot be read is a finding too."""
    try:
        db = sqlite.connect(path)
    except SalesctlError as error:
        return [Finding("file", str(error))]
    try:
        with sqlite.translated(path):
            other = [] if sqlite.schema_of(db) == SCHEMA else [Finding("file", "is of another schema")]
            return [*other, *verify(Reading(db, sqlite), expected()).findings]
    except (SalesctlError, sqlite3.Error) as error:
        return [Finding("file", str(error))]
    finally:
        db.close()


def journal(path: Path) -> dict[int, str]:
    """The hash of every entry by its number."""
    db = sqlite.connect(path)
    try:
        return dict(db.execute("SELECT seq, hash FROM journal ORDER BY seq"))
    finally:
        db.close()


def salesctl(*words: str, **options: object) -> subprocess.Popen[str]:
    """A real process of the program."""
    return subprocess.Popen([sys.executable, "-m", "salesctl", *words], env={**os.environ}, text=True, **options)  # type: ignore[call-overload,no-any-return]


def lost(acknowledged: list[str], path: Path) -> list[str]:
    """Receipt lines of which the ledger knows nothing."""
    known = journal(path)
    pairs = (line.removeprefix("#").split() for line in acknowledged)
    return [f"#{seq} {head}" for seq, head in pairs if not known.get(int(seq), "").startswith(head)]


def held_by(promise: str, says: str, *paths: str) -> Reached:
    """A promise that tests elsewhere keep: they are run."""
    command = [sys.executable, "-m", "pytest", "--no-header", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    said = (done.stdout.strip().splitlines() or ["nothing"])[-1].strip("= ")
    return Reached(promise, says, "all pass", f"{said} ({', '.join(paths)})", done.returncode == 0)
