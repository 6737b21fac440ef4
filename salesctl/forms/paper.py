"""A paper as data: fields, paragraphs and tables, in both languages, whatever it is printed as."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salesctl.forms.form import Field, Signature, tidy
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = Any  # str, int (fen, or a count), date, None


class Head(Record):
    """One column of a table: its heading in both languages, what it holds, how much room it wants."""

    zh: str
    en: str
    kind: str = "text"  # text, money (fen), count, day
    room: int = 0  # millimetres; 0: a share of what is left

    def said(self, value: Value) -> str:
        """A value as it is printed."""
        if value is None:
            return ""
        if isinstance(value, int):
            return yuan(value) if self.kind == "money" else f"{value:,}"
        return value.isoformat() if isinstance(value, date) else tidy(str(value))

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right."""
        return self.kind in ("money", "count")


class Grid(Record):
    """One table; where it has no rows, what is said instead."""

    zh: str
    en: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    empty: str = "（无） None"


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


__all__ = ["Field", "Grid", "Head", "Paper", "Signature"]
