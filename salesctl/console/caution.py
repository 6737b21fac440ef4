"""What every answer and paper of a run carries besides, such as that the ledger was restored and not confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable


class Caution(Record):
    """One caution: in the language of this run, and in both on paper."""

    says: str
    printed: str


def _none() -> Caution | None:
    return None


_ask: Callable[[], Caution | None] = _none


def ask(how: Callable[[], Caution | None]) -> None:
    """Say how this run finds out whether there is one; it is asked when something is shown."""
    global _ask  # noqa: PLW0603 - one run looks at one ledger
    _ask = how


def said() -> str:
    """The caution for the screen; empty where there is none, or no ledger that could tell."""
    found = _found()
    return found.says if found else ""


def marked(foot: str) -> str:
    """The foot of a printed page, after the caution where there is one."""
    found = _found()
    return " · ".join(filter(None, (found.printed if found else "", foot)))


def _found() -> Caution | None:
    try:
        return _ask()
    except Exception:  # noqa: BLE001 - a ledger that cannot be asked is for whatever has to read it to say
        return None
