"""Everything that is wrong in a file: line, column, value and why; with `--dry-run`, as a list of its own."""

from __future__ import annotations

import marshal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from typing import IO

MOST_SAID = 1_000  # lines on stderr; a dry run lists them all
MOST_KEPT = 10_000  # in memory; what is beyond goes to a file of its own
LONGEST_FAULT = 300
LONGEST_VALUE = 60
COLUMNS = (
    Column("line", N_("line in the file"), "count"),
    Column("column", N_("column")),
    Column("heading", N_("heading in the file")),
    Column("value", N_("value")),
    Column("why", N_("why")),
)


class Checking(Protocol):
    """What the desk says about a check, and about output."""

    @property
    def is_dry_run(self) -> bool: ...  # noqa: D102
    @property
    def form(self) -> str: ...  # noqa: D102
    @property
    def output(self) -> str: ...  # noqa: D102
    @property
    def zone(self) -> tzinfo: ...  # noqa: D102
    @property
    def caution(self) -> str: ...  # noqa: D102


class RowFault(Record):
    """One thing wrong in a file."""

    line: int
    column: str  # our key
    heading: str  # the file's own
    value: str
    says: str

    def said(self) -> str:
        """The fault in one line."""
        return _("line {line}, {column}: {says}").format(line=self.line, column=self.column, says=self.says)


class BadRows(SalesctlError):
    """Rows that cannot be taken in; nothing was."""

    code, status = "import.bad-rows", WRONG
    says = N_("{file}: {count} faults in {rows} rows; nothing was taken in.")
    hint = N_("Correct these lines in the file and import it again.")

    def __init__(self, faults: Faults, **facts: object) -> None:
        self.faults = faults
        if len(faults) > MOST_SAID:
            self.hint = N_(
                "Correct them and import it again; the whole list: the same command with --dry-run -o FILE.csv"
            )
        super().__init__(**facts, count=len(faults), lines=faults.first())


class Faults:
    """The faults of a file in the order they were found; memory does not grow with their number."""

    def __init__(self) -> None:
        self._kept: list[RowFault] = []
        self._many: IO[bytes] | None = None
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def note(self, fault: RowFault) -> None:
        """Keep one more."""
        self._count += 1
        if self._count <= MOST_KEPT:
            self._kept.append(fault)
            return
        if self._many is None:
            from tempfile import TemporaryFile

            self._many = TemporaryFile()  # noqa: SIM115 - gone with this object
        marshal.dump(tuple(fault), self._many)

    def __iter__(self) -> Iterator[RowFault]:
        yield from self._kept
        if self._many is not None:
            self._many.seek(0)
            for _place in range(self._count - MOST_KEPT):
                yield RowFault(*marshal.load(self._many))  # noqa: S302 - written by this process a moment ago

    def first(self) -> list[str]:
        """The first of them as lines."""
        return [fault.said() for fault in self._kept[:MOST_SAID]]


def fault(line: int, column: tuple[str, str], value: str, error: SalesctlError) -> RowFault:
    """What is wrong with a cell, in the words of the rule that refuses it."""
    facts = error.facts.items()
    said = {name: _(fact) if isinstance(fact, str) and name != "value" else fact for name, fact in facts}
    text = _(error.says).format(**said).rstrip(".。")
    return RowFault(line, *column, shown(value, LONGEST_VALUE), shown(text, LONGEST_FAULT))


@contextmanager
def listed(desk: Checking) -> Iterator[None]:
    """A dry run whose file cannot be taken in answers with the list of all faults; the error follows on stderr."""
    try:
        yield
    except BadRows as error:
        if desk.is_dry_run:
            rows = sorted(error.faults, key=lambda one: one[0]) if len(error.faults) <= MOST_KEPT else error.faults
            show(View(COLUMNS, rows), desk)
            error.facts.pop("lines", None)
            error.hint = BadRows.hint
        raise
