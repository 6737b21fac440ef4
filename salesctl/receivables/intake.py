"""What the imports of receivables and receipts share: cells checked by hand, each distinct value once.

A row costs a few look-ups in memory; only a refused cell is explained by the rule that refuses it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from salesctl.console import names
from salesctl.console.intake import Sheet
from salesctl.customers.actions import NewCustomer, customer_named, take_in
from salesctl.errors import N_
from salesctl.ledger.lookup import NotExact
from salesctl.policy.units import parse_money, shown
from salesctl.receivables.actions import NothingToRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.console.intake import Field, Source
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.ledger.row import Row
    from salesctl.policy.units import Fen

BYTES = 80  # of a row, about
BATCH = 1_000  # rows checked together: one entry of the journal
LARGEST = 12  # digits of an amount that is read at once

Cells = tuple[int, list[str]]  # line number, cells in the order of the fields


class NotKnown(NotExact):
    """A customer of the file who is not in the register."""

    says = N_("{value!r} is no customer's code, name or alias; --create-customers takes it in")


class Intake:
    """One file on its way into the ledger: what its cells mean, each distinct one looked up once."""

    def __init__(
        self,
        tx: Transaction,
        desk: Desk,
        source: Source,
        fields: tuple[Field, ...],
        *,
        least: int = 0,
        is_creating: bool = False,
    ) -> None:
        self.tx, self._desk, self._path, self._is_creating = tx, desk, source.path, is_creating
        self.sheet = Sheet(source, fields, least)
        self.refuse, self.read = self.sheet.refuse, self.sheet.read
        self.customers: dict[str, int] = dict(tx.select("SELECT code, id FROM customer"))
        self.days: dict[str, str] = {}
        self.created = 0
        self.tx.about = self.sheet.about

    @property
    def size(self) -> int:
        """About how many rows the file has: its bytes tell, before it is read."""
        return self._path.stat().st_size // BYTES

    def batches(self) -> Iterator[list[Cells]]:
        """The file's rows, a thousand at a time."""
        rows = iter(self.sheet)
        while batch := list(islice(rows, BATCH)):
            yield batch

    @property
    def clock_day(self) -> str:
        """The day it is by the clock: nothing of a later day has happened."""
        return self._desk.present_day.isoformat()

    def name_of(self, customer_id: int) -> str:
        """A customer's name."""
        return str(self.tx.value("SELECT name FROM customer WHERE id = :id", id=customer_id))

    def day(self, text: str) -> str:
        """A day as the ledger keeps it; remembered, since days repeat."""
        self.days[text] = self.sheet.day(text).isoformat()
        return self.days[text]

    def customer(self, text: str) -> int:
        """The id of the customer of that very code, name or alias; beginnings do not count in a file.

        Raises:
            Ambiguous: several go by it.
            NotKnown: nobody goes by it, and nobody is to be taken in.
        """
        if text not in self.customers:
            try:
                self.customers[text] = customer_named(self.tx, text).key
            except NotExact:
                self.customers[text] = self._taken_in(text) if self._is_creating else 0
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
        query = f"SELECT number, {', '.join(kind.columns)} FROM {kind.table} WHERE number IN :these"
        rows = self.tx.among(query, sorted(numbers))  # in the order of the index
        return {row[0]: row[1:] for row in rows}

    def _taken_in(self, text: str) -> int:
        new = NewCustomer(text, code=text if names.is_code(text) else "", is_distinct=True)
        added = take_in(self.tx, new, self._desk.today)
        self.tx.about = self.sheet.about
        self.created += 1
        return added.key


def money(text: str) -> Fen:
    """An amount above zero; `9300` and `123.45` are read at once, every other form as everywhere."""
    whole, point, part = text.partition(".")
    digits = whole + part if point else f"{text}00"
    is_plain = 0 < len(whole) <= LARGEST and len(digits) == len(whole) + 2 and digits.isdecimal()
    fen = int(digits) if is_plain else parse_money(text)
    if fen <= 0:
        raise NothingToRecord(value=shown(text))
    return fen
