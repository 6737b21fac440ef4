"""A figure of a report taken apart: the rows it is added up from, each with its sign, day and clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.policy.outcome import Outcome


class Part(Record):
    """One addend of a figure: a row of the ledger, or a step of a rule."""

    what: str  # English, from the catalogue: issued, paid, written off …
    amount: int  # in the unit of the figure, with its sign
    day: str = ""
    about: str = ""  # the number of what it is about
    of: str = ""  # the number of the debt, contract or person it counts for, where that is another
    due: str = ""  # the due day it counts by
    clause: str = ""
    reckoned: str = ""  # how the amount itself comes about: `3 x 120.00`
    row: str = ""  # the row it is written in, such as `allocation 17`; empty where a rule answered it
    column: str = ""  # whatever entry wrote this column last vouches for it; else the one that added the row


class Figure(Record):
    """A figure as its report answers it, and what it is added up from, asked apart from the report."""

    name: str  # its key in the report
    of: str  # the line it stands in, as people name it
    on: date
    value: int | None  # what the report says; none: nothing
    parts: Sequence[Part]
    unit: str = "fen"  # fen, count, bar (thousandths)
    chapter: str = ""  # the figure of the packs that its report rests on, such as A.receivables.ageing
    outcome: Outcome | None = None  # the working of the rule that decides what counts
    paper: tuple[str, str] = (
        "",
        "",
    )  # the row of a paper that states it, and its column: what was entered later is no part

    @property
    def added(self) -> int:
        """What the parts come to."""
        return sum(part.amount for part in self.parts)


class Asked(Record):
    """Which figure is meant, as it was typed."""

    words: tuple[str, ...]  # what names the line, in the order of the report
    figure: str
    by: str = ""
    since: str = ""
    until: str = ""
