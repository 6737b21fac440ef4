"""Papers with a table: a set of them is printed as one document, each with its own number and signatures.

The labels are part of the paper, not of the program's talk: both languages are always printed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salesctl.console.caution import marked
from salesctl.forms.form import tidy
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salesctl.forms.form import Field, Signature

RIGHT = ("money", "count")  # kinds of columns that stand at the right


class Heading(Record):
    """One column: its heading in both languages, and what it holds: text, count, day, or money in fen."""

    zh: str
    en: str
    kind: str = "text"

    def said(self, value: Any) -> str:
        """A value as it is printed."""
        if value is None or value == "":
            return ""
        if self.kind == "money":
            return yuan(value)
        if isinstance(value, int):
            return f"{value:,}"
        return value.isoformat() if isinstance(value, date) else tidy(str(value))


class Listing(Record):
    """One paper: what it states, a table, and who signs it."""

    zh: str
    en: str
    number: str  # H-3/2
    facts: Sequence[Field]
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Any]]
    signatures: Sequence[Signature]
    note: str = ""  # below the signatures: the fingerprint they bind
    is_summed: bool = False  # whether its money adds up to something

    @property
    def totals(self) -> list[int | None]:
        """The sum of each column of money; none where it means nothing."""
        places = [place for place, heading in enumerate(self.headings) if heading.kind == "money"]
        if not self.is_summed or len(self.rows) < 2:
            return []
        return [
            sum(row[place] or 0 for row in self.rows) if place in places else None
            for place in range(len(self.headings))
        ]


class Bundle(Record):
    """Papers printed together."""

    zh: str
    en: str
    number: str  # H-3
    clause: str  # what demands them: E-4e
    printed_on: date
    receipt: str  # the journal's entry they rest on
    listings: Sequence[Listing]

    @property
    def foot(self) -> str:
        """The line at the foot of each page."""
        entry = f"台账凭据 Entry {tidy(self.receipt)}"
        return marked(f"依据 Under {tidy(self.clause)} · {entry} · 打印 Printed {self.printed_on.isoformat()}")


def cells(listing: Listing) -> Iterable[list[str]]:
    """The rows as texts."""
    for row in listing.rows:
        yield [heading.said(value) for heading, value in zip(listing.headings, row, strict=True)]
