"""What the imports of receivables and receipts share: cells checked by hand, each distinct value once.

A row costs a few look-ups in memory; only a refused cell is explained by the rule that refuses it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from salesctl.console import names
from salesctl.console.inputs import parse_day, parse_day_as
from salesctl.console.sheets import Sheet, mapping_of
from salesctl.console.words import _
from salesctl.customers.actions import NewCustomer, take_in
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.policy.units import parse_money, shown
from salesctl.receivables.actions import NothingToRecord
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from salesctl.console.sheets import Field
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.ledger.row import Row
    from salesctl.policy.units import Fen

BYTES = 80  # of a row, about
BATCH = 1_000  # rows checked together: one entry of the journal
EXAMPLE = "2026-11-22, 2026年11月22日"

Cells = tuple[int, list[str]]  # line number, cells in the order of the fields


class NotKnown(SalesctlError):
    """A customer of the file who is not in the register."""

    code, status = "import.customer", WRONG
    says = N_("{value!r} is no customer's code, name or alias; --create-customers takes it in")
    hint = N_("Add the customer or the alias, or take in all of them with --create-customers.")


class Asked(Record):
    """What was said of a file."""

    file: Path
    columns: list[str]
    date_format: str = ""
    encoding: str = ""
    is_creating: bool = False  # unknown customers are taken in


class Intake:
    """One file on its way into the ledger: what its cells mean, and what is wrong with them."""

    def __init__(self, tx: Transaction, desk: Desk, asked: Asked, fields: tuple[Field, ...]) -> None:
        self.tx, self._desk, self._asked = tx, desk, asked
        self.sheet = Sheet(asked.file, fields, mapping=mapping_of(asked.columns), encoding=asked.encoding)
        self.customers: dict[str, int] = dict(tx.select("SELECT code, id FROM customer"))
        self.days: dict[str, str] = {}
        self.created = 0
        self.tx.about = asked.file.name[:40]

    @property
    def size(self) -> int:
        """About how many rows the file has: its bytes tell, before it is read."""
        return self._asked.file.stat().st_size // BYTES

    def batches(self) -> Iterator[list[Cells]]:
        """The file's rows, a thousand at a time."""
        from salesctl.console.progress import watched

        rows = iter(watched(self.sheet, self._asked.file, _("Reading {file}").format(file=self._asked.file.name)))
        while batch := list(islice(rows, BATCH)):
            yield batch

    @property
    def clock_day(self) -> str:
        """The day it is by the clock: nothing of a later day has happened."""
        return self._desk.present_day.isoformat()

    def name_of(self, customer_id: int) -> str:
        """A customer's name."""
        return str(self.tx.value("SELECT name FROM customer WHERE id = :id", id=customer_id))

    def refuse(self, line: int, column: str, error: SalesctlError) -> None:
        """Note what is wrong with a cell, in the words of the rule that refuses it."""
        facts = {name: _(value) if isinstance(value, str) else value for name, value in error.facts.items()}
        self.sheet.refuse(line, column, _(error.says).format(**facts).rstrip("."))

    def read(self, line: int, column: str, cell: str, reader: Callable[[str], Any]) -> Any:
        """What a cell means, or None where that is noted as a fault."""
        try:
            return reader(cell)
        except SalesctlError as error:
            self.refuse(line, column, error)
            return None

    def day(self, text: str) -> str:
        """A day as the ledger keeps it; remembered, since days repeat."""
        form = self._asked.date_format
        if not text[:1].isdigit():
            raise Invalid(value=shown(text), what=N_("a day"), example=form or EXAMPLE)  # "today" is no day of a file
        try:
            day = parse_day_as(text, form) if form else parse_day(text, self._desk.today)
        except Invalid:
            if not form or len(text) != 10 or text[4] != "-":
                raise
            day = parse_day(text, self._desk.today)  # a workbook's own day has no written form
        self.days[text] = day.isoformat()
        return self.days[text]

    def customer(self, text: str) -> int:
        """The id of the customer of that very code, name or alias; beginnings do not count in a file.

        Raises:
            NotKnown: nobody goes by it, and nobody is to be taken in.
        """
        if text not in self.customers:
            self.customers[text] = self._found(text) or (self._taken_in(text) if self._asked.is_creating else 0)
        if not self.customers[text]:
            raise NotKnown(value=shown(text))
        return self.customers[text]

    def numbered(self, kind: type[Row], numbers: list[str]) -> dict[str, tuple[Any, ...]]:
        """The rows of a table that have one of these numbers, by number: all columns in their order.

        Numbers mostly rise; where none is in the range of these, none of these is there, and one look is enough.
        """
        between = f"SELECT 1 FROM {kind.table} WHERE number >= :first AND number <= :last LIMIT 1"
        if not numbers or not self.tx.select(between, first=min(numbers), last=max(numbers)):
            return {}
        marks = ", ".join(f":n{place}" for place in range(len(numbers)))
        rows = self.tx.select(
            f"SELECT number, {', '.join(kind.columns)} FROM {kind.table} WHERE number IN ({marks})",
            **{f"n{place}": number for place, number in enumerate(numbers)},
        )
        return {row[0]: row[1:] for row in rows}

    def _found(self, text: str) -> int | None:
        """A bare code must be spelt exactly; a name is the same in other width, case and punctuation."""
        if is_code(text):
            query = "SELECT id FROM customer WHERE code = :text OR name = :text"
            alias = "SELECT customer_id FROM customer_alias WHERE alias = :text"
        else:
            query = "SELECT id FROM customer WHERE code = :text OR name_key = :key"
            alias = "SELECT customer_id FROM customer_alias WHERE alias_key = :key"
        rows = self.tx.select(f"{query} UNION {alias} ORDER BY 1", text=text, key=names.company_key(text) or "-")
        return rows[0][0] if len(rows) == 1 else None

    def _taken_in(self, text: str) -> int:
        new = NewCustomer(text, code=text if is_code(text) else "", is_distinct=True)
        added = take_in(self.tx, new, self._desk.today)
        self.tx.about = self._asked.file.name[:40]
        self.created += 1
        return added.key


def is_code(text: str) -> bool:
    """Whether a customer is given as a bare code, such as 0379-NEVHP."""
    return text.isascii() and " " not in text and any(map(str.isdigit, text)) and len(text) <= 40


def money(text: str) -> Fen:
    """An amount above zero; `9300` and `123.45` are read at once, every other form as everywhere."""
    digits = text[:-3] + text[-2:] if text[-3:-2] == "." else f"{text}00"
    plain = 3 <= len(digits) <= 14 and digits.isdecimal()
    fen = int(digits) if plain else parse_money(text)
    if fen <= 0:
        raise NothingToRecord(value=shown(text))
    return fen
