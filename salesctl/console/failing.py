"""What a person is told when a command did not end as it should: the one place that prints errors."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any

from salesctl.console import choices, words
from salesctl.console.show import NotShown, NotWritten
from salesctl.console.values import escaped
from salesctl.console.words import _
from salesctl.errors import BUSY, DONE, N_, STORAGE, SalesctlError
from salesctl.policy.units import shown


class Closed(io.StringIO):
    """A standard output that was closed before we began: what is written to it is not shown."""

    def write(self, _text: str) -> int:
        """Fail as the closed file would."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def print_error(error: SalesctlError) -> None:
    """What is wrong, with the value; what to do; the code."""
    facts = {name: value if name == "value" else _in_words(value) for name, value in error.facts.items()}
    lines = facts.pop("lines", ())

    def say(text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(escaped(text[:-1]) + "\n")

    say(f"salesctl: {_(error.says).format(**facts)}\n" if error.status else f"{_(error.says).format(**facts)}\n")
    for line in lines if isinstance(lines, (list, tuple)) else ():
        say(f"  -     {line}\n")
    if error.status:
        if error.hint:
            say(_("  try   {hint}").format(hint=_(error.hint).format(**facts)) + "\n")
        say(_("  code  {code}").format(code=error.code) + "\n")


def sentence(error: SalesctlError) -> str:
    """What is wrong, in one line: where a command goes on in spite of it."""
    facts: dict[str, Any] = {n: value if n == "value" else _in_words(value) for n, value in error.facts.items()}
    lines: list[str] = facts.pop("lines", [])
    return escaped(" ".join((_(error.says).format(**facts), "; ".join(lines))).strip())


def _in_words(fact: object) -> Any:
    if isinstance(fact, dict):
        return words.of(fact)
    if isinstance(fact, tuple):  # the words of a list
        return choices.offered(fact)
    return _(fact) if isinstance(fact, str) else fact


class Unreachable(SalesctlError):
    """A path the system refuses: too long, not there any more, not allowed, full."""

    code, status = "path.unreachable", STORAGE
    says = N_("{path} cannot be used: {trouble}.")
    hint = N_("Look at the path, the permissions and the room on the disk.")


def unreachable(error: OSError, temporary: str) -> Unreachable | None:
    """What the system says of a path, as an error of ours; None where it says nothing of one.

    A temporary file has no name: that there is no room for it, or no place, is said of the folder it would be in.
    """
    is_temporary = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.ENOENT)
    path = error.filename or (temporary if is_temporary else "")
    return Unreachable(path=shown(path), trouble=error.strerror or type(error).__name__) if path else None


def after_all(error: SalesctlError, *, is_recorded: bool) -> SalesctlError:
    """The error, unless something was recorded before the ledger failed: then it was only the answer that failed."""
    if is_recorded and error.code.startswith(("ledger.", "path.")) and error.status in (BUSY, STORAGE):
        unseen = NotShown(trouble=sentence(error).rstrip(".。"))
        unseen.__cause__ = error
        return unseen
    return error


def unshown(error: SalesctlError, *, is_recorded: bool) -> int:
    """The answer could not be printed; a closed pipe on a question is nobody's fault."""
    abandon_stdout()
    if isinstance(error.__cause__, BrokenPipeError) and not is_recorded:
        return DONE
    if is_recorded:
        print_error(error)
        return error.status
    print_error(NotWritten(**error.facts))
    return NotWritten.status


def unprinted(error: OSError) -> SalesctlError | None:
    """An answer the parser could not print, such as its help: stdout is closed, or cannot be rid of what is left of it.

    The error itself has no name, and neither has that of a temporary file.
    """
    if error.filename is not None:
        return None
    with suppress(OSError):
        sys.stdout.flush()
        if not isinstance(sys.stdout, Closed):
            return None
    return NotShown(trouble=error.strerror)


def abandon_stdout() -> None:
    """Keep the interpreter from flushing a broken stdout again at its end."""
    _abandon(1)


def abandon_stderr() -> None:
    """The same for stderr: what nobody hears must not change the status."""
    _abandon(2)


def _abandon(stream: int) -> None:
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def say_again(error: SalesctlError) -> None:
    """A program that retries learns from its JSON that the request was carried out before, and by which entry."""
    import json

    told = {"repeated": True, "about": error.facts["about"], "receipt": error.facts["receipt"]}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
