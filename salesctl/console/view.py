"""What a command shows: columns that know what they hold, and rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salesctl.policy.outcome import Outcome


class Column(Record):
    """One column: its key in JSON and CSV, its heading, and what it holds."""

    key: str
    heading: str  # English, from the catalogue
    # text, code (text never folded), word (translated), lines (a list), words (a list), money, price (of one unit),
    # count, day, moment, clock (of a moment, its time), bar (a share of 1,000)
    kind: str = "text"
    said: tuple[tuple[str, str], ...] = ()  # words that people are told otherwise here: as kept, as told (English)


class View(Record):
    """A table, or one record, with what is said about it."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    title: str = ""
    total: Sequence[Any] | None = None
    is_record: bool = False  # one object, shown as a list of fields
    notes: Sequence[str] = ()  # said on stderr: warnings, next steps
    outcome: Outcome | None = None  # the working, shown below a record
    outcomes: Sequence[Outcome] = ()  # of each row of a list, for JSON
    parts: View | None = (
        None  # what a record is added up from: below it, in JSON its `parts`; CSV and XLSX have them alone
    )


def record(
    columns: Sequence[Column], row: Sequence[Any], *notes: str, title: str = "", outcome: Outcome | None = None
) -> View:
    """One object."""
    return View(columns, [row], title, is_record=True, notes=[note for note in notes if note], outcome=outcome)
