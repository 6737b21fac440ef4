"""A paper as data: fields, paragraphs and tables, in both languages, whatever it is printed as."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salesctl.console.values import width
from salesctl.forms.form import Field, Signature, tidy
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Value = Any  # str, int (fen, or a count), date, None

PAGE = 174  # millimetres between the margins of an upright page
LETTER = 1.65  # millimetres of a letter in a table; a Chinese character is two
BESIDE = 3.5  # millimetres left and right of it
SHARE = 28  # millimetres a column wants that takes a share of what is left


class Head(Record):
    """One column of a table: its heading in both languages, what it holds, how much room it wants."""

    zh: str
    en: str
    kind: str = "text"  # text, money (fen), count, day
    room: int = 0  # millimetres, at most where it is text; 0: a share of what is left

    def said(self, value: Value) -> str:
        """A value as it is printed."""
        if value is None:
            return ""
        if isinstance(value, int):
            return yuan(value) if self.kind == "money" else f"{value:,}"
        return value.isoformat() if isinstance(value, date) else tidy(str(value))

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right, and may never be broken."""
        return self.kind in ("money", "count")

    def letters(self, texts: Iterable[str]) -> int:
        """How many letters the longest line of a column has; a Chinese character is two."""
        heading = (self.zh, *self.en.split())
        return max(width(line) for text in {*heading, *texts} for line in text.split("\n"))


class Grid(Record):
    """One table; where it has no rows, what is said instead."""

    zh: str  # above it; empty where the paper's title says enough
    en: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    empty: str = "（无） None"

    def said(self) -> list[list[str]]:
        """Its rows as they are printed, the total last."""
        every = [*self.rows, *([self.total] if self.total else [])]
        return [[head.said(value) for head, value in zip(self.heads, row, strict=True)] for row in every]


class Paper(Record):
    """One printed paper."""

    zh: str
    en: str
    number: str
    printed_on: date
    stated: Sequence[Field]  # above everything else
    parts: Sequence[Grid | str]  # a text is one or more paragraphs
    signatures: Sequence[Signature] = ()
    office: str = ""  # the company
    foot: str = ""
    note: str = ""  # small, below the signatures
    dated_on: date | None = None  # what stands beside its number

    @property
    def grids(self) -> list[Grid]:
        """Its tables."""
        return [part for part in self.parts if isinstance(part, Grid)]


def letters(heads: Sequence[Head], said: Sequence[Sequence[str]]) -> list[int]:
    """How many letters the longest line of each column has."""
    columns = zip(*said, strict=True) if said else [()] * len(heads)
    return [head.letters(column) for head, column in zip(heads, columns, strict=True)]


def rooms(heads: Sequence[Head], said: Sequence[Sequence[str]]) -> list[float]:
    """The width of each column in millimetres, 0 for a share: fixed before it is set, so that many rows set fast."""
    wanted = [round(BESIDE + LETTER * each, 1) for each in letters(heads, said)]
    return [
        0 if not head.room else max(head.room, room) if head.is_number else min(head.room, room)
        for head, room in zip(heads, wanted, strict=True)
    ]


def is_wide(rooms: Sequence[float]) -> bool:
    """Whether a table of such columns wants the page across."""
    return sum(room or SHARE for room in rooms) > PAGE


__all__ = ["Field", "Grid", "Head", "Paper", "Signature"]
