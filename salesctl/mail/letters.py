"""Letters as they stand: found by their number, listed, and those that did not go (`check`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.ledger.lookup import Series, numbered
from salesctl.mail.rows import Letter, LetterAddress, LetterFile
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

LETTERS = Series(N_("letter"), "M", "salesctl mail list")
WAITS = "sent_at IS NULL AND dropped_at IS NULL"
STATES = (N_("waiting"), N_("failed"), N_("unclear"), N_("sent"), N_("written"), N_("dropped"))
SAYS = {
    "waiting": N_("The letter to {to} is not sent yet: salesctl mail send {number}"),
    "failed": N_("The letter to {to} was not sent ({why}): salesctl mail send {number}"),
    "unclear": N_("Whether the letter to {to} was sent is not recorded; it goes again: salesctl mail send {number}"),
}


class Whole(Record):
    """A letter with its addresses and files."""

    letter: Letter
    addresses: list[LetterAddress]
    files: list[LetterFile]

    def of_kind(self, kind: str) -> list[str]:
        """Names and addresses of those it goes to, or of those who get a copy."""
        return [named(one) for one in self.addresses if one.kind == kind]

    @property
    def left(self) -> list[LetterAddress]:
        """Who did not get it yet."""
        return [one for one in self.addresses if one.accepted_at is None]


def letter(view: Reading, text: str) -> Letter:
    """The letter of that number; `3` is `M-3`."""
    return numbered(view, Letter, LETTERS, text)


def whole(view: Reading, one: Letter) -> Whole:
    """A letter with all that belongs to it."""
    by_letter = {"letter": one.key}
    addresses = view.all(LetterAddress, "letter_id = :letter", **by_letter)
    return Whole(one, addresses, view.all(LetterFile, "letter_id = :letter", **by_letter))


def listed(view: Reading, *, is_waiting: bool) -> list[Whole]:
    """All letters without their files, or those that wait, in their order."""
    found = view.all(Letter, WAITS if is_waiting else "1 = 1")
    return [Whole(one, view.all(LetterAddress, "letter_id = :letter", letter=one.key), []) for one in found]


def waiting(view: Reading) -> list[int]:
    """The ids of the letters that wait, the oldest first."""
    return [key for (key,) in view.select(f"SELECT id FROM letter WHERE {WAITS} ORDER BY id")]


def state(one: Letter) -> str:
    """What became of a letter."""
    if one.sent_at is not None:
        return "sent" if one.sent_how == "smtp" else "written"
    if one.dropped_at is not None:
        return "dropped"
    if one.tries == 0:
        return "waiting"
    return "failed" if one.last_error else "unclear"


def is_settled(one: Letter) -> bool:
    """Whether a letter waits no more."""
    return one.sent_at is not None or one.dropped_at is not None


def named(one: LetterAddress) -> str:
    """Somebody a letter goes to, as people write it."""
    return f"{one.name} <{one.address}>" if one.name else one.address


def size(file: LetterFile) -> int:
    """How many bytes a file has."""
    return len(file.content) * 3 // 4 - file.content[-2:].count("=")


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Letters that were written until a day and had not gone at its end (A-5.3)."""
    end = desk.end_of(day)
    where = "created_at < :end AND coalesce(sent_at, :end) >= :end AND coalesce(dropped_at, :end) >= :end"
    return [_due(view, desk, one) for one in view.all(Letter, where, end=end)]


def _due(view: Reading, desk: Desk, one: Letter) -> Due:
    to = ", ".join(name or address for name, address in view.select(
        "SELECT name, address FROM letter_address WHERE letter_id = :letter AND kind = 'to' ORDER BY id", letter=one.key
    ))  # fmt: skip
    says = SAYS.get(state(one), SAYS["waiting"])
    facts = {"to": to, "number": one.number, "why": one.last_error}
    return Due("mail", "A-5.3", one.number, "", one.created_at.astimezone(desk.zone).date(), "due", says, facts)
