"""Any figure of a report, found by the words that name it: the report, the line, the figure."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Invalid, Unknown
from salesctl.ledger.sources import key, known_by, sources
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
    "reminder": ("salesctl.statements.explaining:reminder", "CK-1 amount"),
    "sales": ("salesctl.sales.explaining:explain", "P003 2012-11 sales"),
    "baddebt": ("salesctl.bad_debts.explaining:explain", "B-1 amount"),
    "approve": ("salesctl.approvals.explaining:explain", "A-12 granted_before"),
    "commission": ("salesctl.commissions.explaining:explain", "P-3 owed"),
    "fine": ("salesctl.commissions.explaining:fined", "F-2 amount"),
    "negligence": ("salesctl.commissions.explaining:negligence", "G-2 amount"),
    "contract": ("salesctl.contracts.explaining:explain", "HT-18 amount"),
    "sample": ("salesctl.samples.explaining:explain", "C001 SJ-200 held"),
    "handover": ("salesctl.handovers.explaining:explain", "H-3/2 C001 open"),
    "loss": ("salesctl.losses.explaining:explain", "LS-3 transferor amount"),
    "departure": ("salesctl.departures.explaining:explain", "DP-1 payable"),
}
LETTERS = {  # of the house's own numbers
    "R": "receivable", "M": "receipt", "DZ": "statement", "CK": "reminder", "B": "baddebt", "A": "approve",
    "P": "commission", "F": "fine", "G": "negligence", "H": "handover", "LS": "loss", "DP": "departure",
}  # fmt: skip
OWN = (  # numbers of the office's own
    "SELECT 'receivable' FROM receivable WHERE number = :number "
    "UNION ALL SELECT 'receipt' FROM receipt WHERE number = :number "
    "UNION ALL SELECT 'contract' FROM contract WHERE number = :number LIMIT 1"
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
    later: int  # rows of these days that were entered after the paper

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
    if own := view.value(OWN, number=words[0].strip()):
        return str(own)
    letter, dash, _number = first.upper().partition("-")
    return LETTERS.get(letter, "") if dash else ""


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
    later: list[Part] = []
    if found.paper[0]:
        paper = Part("", 0, about=found.of, row=found.paper[0], column=found.paper[1])
        kept, later = known_by(view, found.parts, paper)
        found = found.but(parts=kept)
    known: dict[Any, Source] = sources(view, found.parts)
    return Explained(report, found, [Row(part, known.get(key(part))) for part in found.parts], len(later))
