"""A passphrase is asked for at a terminal, never taken from a variable or an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.words import _
from salesctl.errors import N_, WRONG, SalesctlError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from salesctl.desk import Desk

SHORTEST = 8


class NobodyThere(SalesctlError):
    """A passphrase can only be typed."""

    code, status = "key.nobody-there", WRONG
    says = N_("The key has a passphrase, and there is no terminal to type it at.")
    hint = N_("Put the key into ssh-agent and name its .pub file, or use one made with --no-passphrase.")


class NoPassphrase(SalesctlError):
    """A key without a passphrase is made only where somebody says so."""

    code, status = "key.no-passphrase", WRONG
    says = N_("A new key needs a passphrase, and there is no terminal to type it at.")
    hint = N_("Run it in a terminal; --no-passphrase is for machines that sign unattended.")


class TooShort(SalesctlError):
    """A passphrase that is guessed quickly."""

    code, status = "key.too-short", WRONG
    says = N_("The passphrase needs at least {shortest} characters; no key was made.")
    hint = N_("A few words are easy to remember and hard to guess.")


def asking(desk: Desk) -> Callable[[Path], str]:
    """Asks for the passphrase of a key that has one."""

    def ask(path: Path) -> str:
        if not desk.is_attended:
            raise NobodyThere
        return _typed(_("Passphrase of {path}").format(path=path))

    return ask


def chosen(desk: Desk) -> str:
    """A new passphrase, typed twice.

    Raises:
        NoPassphrase: nobody is there to type it.
        TooShort: it is.
    """
    if not desk.is_attended:
        raise NoPassphrase
    text = _typed(_("New passphrase"), is_new=True)
    if len(text) < SHORTEST:
        raise TooShort(shortest=SHORTEST)
    return text


def _typed(question: str, *, is_new: bool = False) -> str:
    import typer

    again = _("The same again") if is_new else False
    return str(typer.prompt(question, hide_input=True, confirmation_prompt=again, err=True))
