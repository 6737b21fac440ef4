"""Who writes next: a line beside the ledger, so that waiting is fair."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from salesctl.ledger.troubles import LOCK, WAIT, Busy, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCKS = (".line", ".lock")  # beside the ledger: who is first in line, and who writes


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait in line for the right to write: SQLite's own waiting is a poll, and unfair.

    Only whoever is first in line waits for the turn. With one lock alone, whoever has just written could have the next
    turn as well, before those who wait have woken up. The ledger file itself is only ever opened by SQLite, because
    closing it in any other way would drop SQLite's locks.
    """
    import fcntl

    with ExitStack() as opened:
        line, handle = (_opened(f"{path}{suffix}", path, opened) for suffix in LOCKS)
        _wait_for((line, handle), path)
        fcntl.flock(line, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


def _opened(name: str, path: Path, opened: ExitStack) -> int:
    try:
        handle = os.open(name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        trouble, way_out = LOCK
        raise Unusable(path=path, trouble=trouble, way_out=way_out) from error
    opened.callback(os.close, handle)
    with suppress(OSError):
        _belong(handle, path)
    return handle


def _belong(handle: int, ledger: Path) -> None:
    """What root made must not lock out those whose ledger it is."""
    if os.geteuid() == 0:
        mine, owner = os.fstat(handle), ledger.stat()
        if mine.st_uid == 0 != owner.st_uid:
            os.fchown(handle, owner.st_uid, owner.st_gid)


def _wait_for(handles: tuple[int, int], path: Path) -> None:
    """Until both are held, the place in line before the turn."""
    import fcntl

    try:
        for handle in handles:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass
    else:
        return
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        _poll_for(handles, path)
        return

    def too_long(*_: object) -> None:
        raise Busy(path=path, seconds=WAIT)

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, WAIT)
    try:
        for handle in handles:
            fcntl.flock(handle, fcntl.LOCK_EX)  # one that is held already is held
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _poll_for(handles: tuple[int, int], path: Path) -> None:
    """The same in a thread, where no alarm can be set."""
    import fcntl

    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        try:
            for handle in handles:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.002)
        else:
            return
    raise Busy(path=path, seconds=WAIT)
