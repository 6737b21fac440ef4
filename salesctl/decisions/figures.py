"""Any figure of a report, found by the words that name it: the report, the line, the figure."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Invalid, Unknown
from salesctl.ledger.sources import key, sources
from salesctl.policy.figure import Asked, Part
from salesctl.policy.units import nfkc, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.ledger.sources import Source
    from salesctl.policy.figure import Figure

REPORTS = {  # the report -> whoever takes its figures apart, and a line and a figure of it
    "aging": ("salesctl.receivables.ageing_explaining:explain", "C001 total"),
    "receivable": ("salesctl.receivables.explaining:receivable", "R-12 open"),
    "receipt": ("salesctl.receivables.explaining:receipt", "M-3 credit"),
    "statement": ("salesctl.statements.explaining:explain", "C001 closing"),
}
LETTERS = {"R": "receivable", "M": "receipt", "DZ": "statement"}  # of the house's own numbers
OWN = (  # numbers of the office's own
    "SELECT 'receivable' FROM receivable WHERE number = :number "
    "UNION ALL SELECT 'receipt' FROM receipt WHERE number = :number LIMIT 1"
)


class Row(Record):
    """A part with the entry that vouches for it; what a rule answered has none."""

    part: Part
    source: Source | None


class Explained(Record):
    """A figure with every part's entry, and what was entered only after the paper that states it."""

    report: str
    figure: Figure
    rows: Sequence[Row]
    later: Sequence[Row]  # no part of a paper that was made before

    @property
    def added(self) -> int:
        """What the parts come to."""
        return sum(row.part.amount for row in self.rows)

    @property
    def adds_up(self) -> bool:
        """Whether they come to what the report says."""
        return self.added == (self.figure.value or 0)


def report_of(view: Reading, words: Sequence[str]) -> str:
    """The report that the words begin with, or the one a number belongs to; empty where there is none."""
    first = nfkc(words[0]).strip()
    if first.casefold() in REPORTS:
        return first.casefold()
    letter, dash, _number = first.upper().partition("-")
    if dash and letter in LETTERS:
        return LETTERS[letter]
    return view.value(OWN, number=words[0].strip()) or ""


def explain(desk: Desk, words: Sequence[str], by: str = "", since: str = "", until: str = "") -> Explained:
    """Take a figure apart.

    Args:
        desk: the desk; its business day is the day of the report.
        words: the report, the line and the figure; the report may be left out before a number that tells it.
        by, since, until: as the report takes them.

    Raises:
        Unknown: no such report, line or figure.
    """
    with desk.ledger.reading() as view:
        report = report_of(view, words)
        if not report:
            known = ", ".join(REPORTS)
            raise Unknown(what=N_("report"), value=shown(words[0]), candidates=known, listing="salesctl why --help")
        line = words[1:] if nfkc(words[0]).strip().casefold() == report else words
        if not line:
            raise Invalid(value=report, what=N_("a figure of a report"), example=f"why {report} {REPORTS[report][1]}")
        *named, figure = line
        module, _colon, name = REPORTS[report][0].partition(":")
        asked = Asked(tuple(named), figure, by, since, until)
        found: Figure = getattr(import_module(module), name)(view, desk, asked)
        return _sourced(view, report, found)


def _sourced(view: Reading, report: str, found: Figure) -> Explained:
    paper = [Part("", 0, about=found.of, row=found.paper[0], column=found.paper[1])] if found.paper[0] else []
    known: dict[Any, Source] = sources(view, [*found.parts, *paper])
    rows = [Row(part, known.get(key(part))) for part in found.parts]
    made = known[key(paper[0])].seq if paper else None
    later = [row for row in rows if made and row.source and row.source.seq > made]
    return Explained(report, found, [row for row in rows if row not in later] if later else rows, later)
