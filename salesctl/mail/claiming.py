"""One letter travels in one process: a lock of the operating system, which ends with the process."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from salesctl.ledger.troubles import TROUBLE, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk


@contextmanager
def claimed(desk: Desk, key: int) -> Iterator[bool]:
    """Keep every other process from a letter, or learn that one has it.

    The lock is one byte, at the letter's id, of a file beside the ledger. Time plays no part in it: a process that
    was suspended for an hour still holds it, and one that died does not.
    """
    if desk.ledger.file is None:
        with desk.ledger.engine.claimed(desk.ledger.db, key) as is_ours:
            yield is_ours
        return
    path = f"{desk.ledger.file.resolve()}.mail.lock"
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        trouble, way_out = TROUBLE["SQLITE_READONLY"]
        raise Unusable(path=path, trouble=trouble, way_out=way_out) from error
    try:
        yield _is_locked(handle, key)
    finally:
        os.close(handle)  # which frees it


def _is_locked(handle: int, key: int) -> bool:
    from fcntl import LOCK_EX, LOCK_NB, lockf

    try:
        lockf(handle, LOCK_EX | LOCK_NB, 1, key)
    except BlockingIOError:
        return False
    return True
