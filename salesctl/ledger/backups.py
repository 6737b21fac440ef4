"""Whole copies of a ledger, made and put back by SQLite itself: the file is never opened in any other way."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from salesctl.ledger import sqlite
from salesctl.ledger.troubles import TROUBLE, WAIT, Busy, Unusable
from salesctl.ledger.turns import LOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator

UNFINISHED = 3600  # seconds after which nobody is still making a copy
BESIDES = ("", "-journal", "-wal", "-shm")  # what a ledger may consist of on the disk


def copy(source: Path, target: Path, called: Path | None = None) -> None:
    """Copy one moment of a ledger, whoever writes to it meanwhile, into a new file only its owner may read.

    Args:
        source: the ledger.
        target: the new file.
        called: the name it will have, for whoever is told that it cannot be made.

    Raises:
        Missing: there is no ledger.
        Unusable: it, or the disk of the copy, is in trouble.
    """
    with closing(sqlite.connect(source)) as db:
        _create(target, called or target)
        with sqlite.translated(called or target), closing(sqlite3.connect(target, isolation_level=None)) as out:
            _carry(db, out, source)
            out.execute("PRAGMA journal_mode=DELETE")  # one file, whole in itself
    synced(target)


def put_back(source: Path, ledger: Path) -> None:
    """Put a copy into the place of a ledger, in one transaction: whoever has it open sees the old one or the new one.

    The caller holds the turn to write.
    """
    opened = closing(sqlite.connect(source)), closing(sqlite.connect(ledger, guarded=False))
    with opened[0] as db, opened[1] as out, sqlite.translated(ledger):
        _carry(db, out, ledger)
        sqlite.choose_mode(out)


def move_in(source: Path, ledger: Path) -> None:
    """Give a copy the name of a ledger where there is none."""
    if os.geteuid() == 0:  # root restores, and others work in it
        folder = ledger.parent.stat()
        os.chown(source, folder.st_uid, folder.st_gid)
    source.rename(ledger)
    synced(ledger.parent)
    with sqlite.translated(ledger), closing(sqlite.connect(ledger, guarded=False)) as db:
        sqlite.choose_mode(db)


@contextmanager
def becoming(target: Path) -> Iterator[Path]:
    """A name beside `target` for a file that is being made: it takes the right name when all went well.

    Where something went wrong nothing of it stays.
    """
    _sweep(target)
    work = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        yield work
        if work.exists():
            work.rename(target)
            synced(target.parent)
    except OSError as error:
        trouble, way_out = TROUBLE["SQLITE_CANTOPEN"]
        raise Unusable(path=target, trouble=error.strerror or trouble, way_out=way_out) from error
    finally:
        for left in (*BESIDES, *LOCKS):
            with suppress(OSError):
                Path(f"{work}{left}").unlink()


def _sweep(target: Path) -> None:
    """Remove what a copy left that was killed: a hidden file of a whole ledger, night after night."""
    name = re.sub(r"\d+", r"\\d+", re.escape(target.name))  # that of another night too
    parts = "|".join(re.escape(part) for part in (*BESIDES, *LOCKS))
    killed = re.compile(rf"\.{name}\.[0-9a-f]{{8}}(?:{parts})")
    with suppress(OSError):
        for file in target.parent.iterdir():
            if killed.fullmatch(file.name) and file.stat().st_mtime < time.time() - UNFINISHED:
                file.unlink()


def put_aside(ledger: Path, name: str) -> Path:
    """Give a file no ledger can be read from another name, with all that belongs to it; nothing of it is lost."""
    aside = ledger.with_name(name)
    for part in reversed(BESIDES):
        with suppress(FileNotFoundError):
            Path(f"{ledger}{part}").rename(f"{aside}{part}")
    synced(ledger.parent)
    return aside


def synced(path: Path) -> None:
    """Wait until a finished copy, or the names in a folder, are on the disk. Never called with a ledger in use."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _create(target: Path, called: Path) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        trouble, way_out = TROUBLE["SQLITE_CANTOPEN"]
        raise Unusable(path=called, trouble=error.strerror or trouble, way_out=way_out) from error


def _carry(source: sqlite3.Connection, target: sqlite3.Connection, held: Path) -> None:
    """All pages in one step, so that they are of one moment; a lock somebody else holds is waited for."""
    until = time.monotonic() + WAIT

    def step(status: int, _left: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise Busy(path=held, seconds=WAIT)

    source.backup(target, pages=-1, progress=step, sleep=0.02)
