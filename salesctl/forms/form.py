"""A form as data: what stands on the page, in both languages, whatever it is printed as.

The labels are part of the form, not of the program's talk: both languages are always printed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unicodedata import category

from salesctl.console.caution import marked
from salesctl.console.values import width
from salesctl.policy.units import price, yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.policy.units import Fen

LEDGERS = "印出的姓名、日期取自账本，空白处手签。 Names and dates in print are the ledger's; blanks are signed by hand."
SHORT = 26  # columns; two values no longer than this share a line


class Field(Record):
    """One thing the form states. A value that is empty leaves room to write it in by hand."""

    zh: str
    en: str
    value: str | int | date | None = None
    kind: str = "text"  # text, count, day, money: an amount in fen, or price: of one unit

    @property
    def said(self) -> str:
        """The value as it is printed."""
        if self.value is None:
            return ""
        if isinstance(self.value, int):
            marks = {"money": yuan, "price": price}
            return f"¥{marks[self.kind](self.value)}" if self.kind in marks else f"{self.value:,}"
        return self.value.isoformat() if isinstance(self.value, date) else tidy(self.value)

    @property
    def is_short(self) -> bool:
        """Whether another field may stand beside it."""
        return width(self.said) <= SHORT and "\n" not in self.said


class Signature(Record):
    """One place to sign; named and dated where the ledger knows who decided, else left blank for the pen."""

    zh: str
    en: str
    name: str = ""
    on: date | None = None


class Form(Record):
    """One printed form."""

    zh: str  # its title as the regulation names it
    en: str
    number: str  # of the document: A-12
    clause: str  # what demands it
    printed_on: date
    receipt: str  # the journal's entry it rests on: #12 3408859c
    body: Sequence[Field]
    signatures: Sequence[Signature]
    amount: Fen | None = None  # in fen; printed in figures and in capitals
    remarks: str = ""
    office: str = ""  # the company, and the department
    asked_on: date | None = None  # the day the form is dated

    @property
    def foot(self) -> str:
        """The line at the foot of each page."""
        return marked(foot(self.clause, self.receipt, self.printed_on))


def foot(clause: str, receipt: str, printed_on: date) -> str:
    """A line at the foot of a page: why there is this form, what entry it rests on, when it was printed."""
    entry = f"账本凭据 Entry {tidy(receipt)}"
    return f"依据 Under {tidy(clause)} · {entry} · 打印 Printed {printed_on.isoformat()}"


def tidy(text: str) -> str:
    """A text of one or more lines without control or direction characters.

    Characters this Python does not know, as rare ones in names may be, stay: whatever prints them must say it cannot.
    """
    if text.isprintable():
        return text.strip()
    return "\n".join("".join(map(_tidy, line)).strip() for line in text.strip().splitlines())


def tidy_lines(text: str) -> str:
    """The same with its empty lines, which part its paragraphs."""
    return "\n".join(tidy(line) for line in text.replace("\r\n", "\n").strip().split("\n"))


def _tidy(character: str) -> str:
    if character.isprintable() or category(character) in ("Cn", "Co"):
        return character
    return " "


def lines(body: Sequence[Field]) -> list[tuple[Field, ...]]:
    """The fields of a form in their order, two short ones to a line, a long one alone."""
    placed: list[tuple[Field, ...]] = []
    for field in body:
        if placed and len(placed[-1]) == 1 and field.is_short and placed[-1][0].is_short:
            placed[-1] = (placed[-1][0], field)
        else:
            placed.append((field,))
    return placed
