"""A command whose decisions are signed: rehearsed, signed, run; under the lock it must come out as it was signed."""

from __future__ import annotations

import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salesctl.errors import SalesctlError
from salesctl.keys.passphrase import asking
from salesctl.ledger.keyfile import opened
from salesctl.ledger.pens import Changed, Rehearsal, Signed, expect_theirs
from salesctl.ledger.sshsig import APPROVAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesctl.desk import Desk
    from salesctl.ledger.keyfile import Signer

ATTEMPTS = 5  # with a key that an agent holds: others may write while it signs
IN_SILENCE = {"dry_run": True, "form": "json", "output": ""}


def presigned(first: Desk, another: Callable[[dict[str, Any]], Desk], work: Callable[[Desk], Any]) -> Any:
    """Run a command at a desk whose decisions are signed.

    Args:
        first: the desk that found that something has to be signed; nothing was written at it.
        another: a desk for the same command at the present moment, with some wishes changed.
        work: the command.

    Raises:
        Changed: what is decided, or what it rests on, changed while it was signed.
        NotYours: the key is no approved one of whoever acts.
    """
    signer: Signer | None = None
    gist: list[str] | None = None
    for _attempt in range(ATTEMPTS):
        rehearsed = another(IN_SILENCE)
        rehearsal = _rehearsal(rehearsed, work)
        if gist not in (None, rehearsal.gist):
            raise Changed
        gist = rehearsal.gist
        if rehearsal.wanted and signer is None:
            signer = _ready(first, rehearsal)
            if signer.was_asked:
                continue  # typing took its time: rehearse what is so now
        signed = {one.digest: signer.sign(one.text, APPROVAL) for one in rehearsal.wanted} if signer else {}
        desk = another({"yes": first.has_agreed or first.wishes.is_sure})
        desk.pen = Signed(signed, rehearsal, signer)
        desk.now, desk.clock, desk.read_at = rehearsed.now, rehearsed.clock, rehearsed.read_at  # the moment signed
        try:
            return work(desk)
        except Changed:
            first.has_agreed = first.has_agreed or desk.has_agreed
            if desk.receipts:
                raise
    raise Changed


def _rehearsal(desk: Desk, work: Callable[[Desk], Any]) -> Rehearsal:
    """What the command would write; it says and keeps nothing.

    Raises:
        SalesctlError: it fails before anything would be written.
    """
    desk.pen = rehearsal = Rehearsal()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        try:
            work(desk)
        except (SalesctlError, typer.Exit):
            if not rehearsal.wanted:
                raise
        finally:
            desk.ledger.close()
    return rehearsal


def _ready(desk: Desk, rehearsal: Rehearsal) -> Signer:
    """The key of whoever acts, opened before anybody waits for the right to write; its passphrase asked for."""
    signer = opened(desk.wishes.key, asking(desk))
    with desk.ledger.reading() as view:
        for one in rehearsal.wanted:
            expect_theirs(view, signer.key, one.code, desk.wishes.key)
    desk.ledger.close()
    return signer
