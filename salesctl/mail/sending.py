"""Send what waits in the outbox, after the transaction that put it there (A-5.3).

A try is recorded before it begins and its result after it ended, each in a transaction of its own; the message
travels between the two, outside of any. While a letter travels, a lock keeps every other process from it.

What a crash means: where a process ends after the server took the message and before that was recorded, the letter
stands as tried without a result, and the next try sends it a second time. It is the same message to the byte, with
the same Message-ID, so whoever receives it can tell; nothing on this side could. A ledger that cannot be written to
sends nothing, because the try cannot be recorded.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.failing import sentence
from salesctl.console.show import say
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.mail import letters
from salesctl.mail.claiming import claimed
from salesctl.mail.posting import Post
from salesctl.mail.rows import Letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk
    from salesctl.mail.posting import Result

LONGEST_REASON = 500


class Settled(SalesctlError):
    """A letter that does not wait any more."""

    code, status = "mail.settled", WRONG
    says = N_("{number} does not wait: it is {state}.")
    hint = N_("Look at it with `salesctl mail show {number}`.")


class Travelling(SalesctlError):
    """A letter another process is sending at this moment."""

    code, status = "mail.travelling", WRONG
    says = N_("Another process is sending {number} at this moment.")
    hint = N_("Look in a minute: salesctl mail show {number}.")


class NoReason(SalesctlError):
    """A letter somebody should have got is not given up without a word."""

    code, status = "mail.no-reason", WRONG
    says = N_("Giving up a letter needs a reason.")
    hint = N_("Add --reason TEXT.")


def deliver(desk: Desk) -> None:
    """Send what waits and say in a line each what became of it; call it after the caller's transaction has ended.

    It never fails: whatever keeps a letter here is said on stderr, the letter waits, and the next command that sends,
    `salesctl check` or `salesctl mail send` takes it up.
    """
    if desk.is_dry_run:
        return
    try:
        for result in send(desk):
            say(result.said())
    except SalesctlError as error:
        say(_("Letters wait: {why} Again: salesctl mail send").format(why=sentence(error)))


def send(desk: Desk, number: str = "", *, is_asked: bool = False) -> Iterator[Result]:
    """Send the letters that wait, or that one; a server that cannot be reached is tried once.

    Args:
        desk: where; no transaction is open on it.
        number: the one letter; all that wait where it is empty.
        is_asked: whether a person wants it now; else what was tried within the last minutes is left for later.

    Raises:
        Settled: that letter does not wait.
        Travelling: that letter is being sent by another process.
        Faulty: the settings; nothing was tried.
        Unrecorded: a letter has left, and the ledger could not be written to.
    """
    with desk.ledger.reading() as view:
        one = _waiting(letters.letter(view, number)) if number else None
        keys = [one.key] if one else letters.waiting(view)
    if not keys:
        return
    from salesctl.mail.settings import settings_of

    settings, post = settings_of(desk), Post(desk)
    pause = timedelta(minutes=0 if is_asked else settings.retry_minutes)
    for key in keys:
        with claimed(desk, key) as is_ours:
            if not is_ours and one:
                raise Travelling(number=one.number)
            whole = post.begin(key, pause) if is_ours else None
            result = post.carry(whole, settings) if whole else None
        if result is None:
            continue
        yield result
        if result.is_for_all:
            return


def drop(desk: Desk, number: str, reason: str) -> Letter:
    """Give a letter up: it waits no more. It stays, with the reason.

    Raises:
        NoReason: nothing is said.
        Settled: it does not wait.
        Travelling: it is being sent.
    """
    if not reason.strip():
        raise NoReason
    why = names.checked(reason, LONGEST_REASON)
    with desk.ledger.reading() as view:
        dropped = _waiting(letters.letter(view, number))
    with claimed(desk, dropped.key) as is_ours:
        if not is_ours:
            raise Travelling(number=dropped.number)
        with desk.ledger.transaction("mail.drop", desk) as tx:
            one = _waiting(tx.one(Letter, id=dropped.key))
            tx.about = one.number
            return tx.amend(one, dropped_at=tx.now, dropped_why=why)


def _waiting(one: Letter) -> Letter:
    """The letter, which neither went nor was dropped."""
    if letters.is_settled(one):
        raise Settled(number=one.number, state=letters.state(one))
    return one
