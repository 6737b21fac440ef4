"""Contracts from a file: all of it or nothing; a contract is known by its number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from salesctl.console.inputs import parse_day, parse_day_as
from salesctl.console.sheets import Field, Sheet, mapping_of
from salesctl.console.words import _
from salesctl.contracts.actions import NewContract, check, checked_number, numbered, present_day, signed, taken_by
from salesctl.contracts.rows import Contract
from salesctl.customers.actions import customer
from salesctl.errors import SalesctlError
from salesctl.ledger.row import stored
from salesctl.people.actions import person
from salesctl.policy.units import parse_money
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

T = TypeVar("T")

FIELDS = (
    Field("number", ("contract", "合同编号", "合同号", "编号")),
    Field("customer", ("客户", "客户名称", "客户公司")),
    Field("owner", ("manager", "客户经理", "负责人"), is_needed=False),
    Field("amount", ("金额", "合同金额", "金额(元)", "合同金额(元)")),
    Field("date", ("signed_on", "signed", "签订日期", "签约日期", "日期")),
)
KEYS = tuple(field.key for field in FIELDS)


class Manner(Record):
    """How a file is written."""

    columns: list[str]
    date_format: str = ""
    encoding: str = ""


class Intake:
    """One file on its way in: good rows come out, bad ones are noted, known ones are counted."""

    def __init__(self, view: Reading, sheet: Sheet, today: date, date_format: str) -> None:
        self.view, self.sheet, self.today, self.form = view, sheet, today, date_format
        self.known = 0
        self._seen: dict[str, Contract] = {}  # rows of this file, which may not be in the ledger yet

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The new rows as stored values, for as long as the file has any."""
        for line, cells in self.sheet:
            row = self._read(line, cells)
            if row is None:
                continue
            before = self._seen.get(row.number_key) or numbered(self.view, row.number)
            if before is None:
                self._seen[row.number_key] = row
                yield tuple(stored(getattr(row, column)) for column in Contract.columns[1:])
            elif _content(before) == _content(row):
                self.known += 1
            else:
                self.sheet.refuse(line, "number", _said(taken_by(self.view, before)))

    def _read(self, line: int, cells: list[str]) -> Contract | None:
        """The row of one line; every cell that cannot be meant is noted."""
        number, bought_by, owner, amount, day = cells
        faults = self.sheet.fault_count
        self._try(line, "number", checked_number, number)
        self._try(line, "customer", partial(customer, self.view), bought_by)
        if owner:
            self._try(line, "owner", partial(person, self.view), owner)
        price = self._try(line, "amount", parse_money, amount)
        signed_on = self._try(line, "date", self._day, day)
        if price is None or signed_on is None or self.sheet.fault_count > faults:
            return None
        new = NewContract(number, bought_by, price, signed_on, owner)
        return self._try(line, "owner", partial(check, self.view), new)  # nobody named, and nobody serves the customer

    def _try(self, line: int, column: str, read: Callable[[Any], T], cell: Any) -> T | None:
        try:
            return read(cell)
        except SalesctlError as error:
            self.sheet.refuse(line, column, _said(error))
            return None

    def _day(self, text: str) -> date:
        return signed(parse_day_as(text, self.form) if self.form else parse_day(text, self.today), self.today)


def contracts(desk: Desk, file: Path, manner: Manner) -> tuple[int, int]:
    """Take in every row, or none; how many were new and how many were known."""
    sheet = Sheet(file, FIELDS, mapping=mapping_of(manner.columns), encoding=manner.encoding)
    with desk.ledger.transaction("contract.import", desk) as tx:
        intake = Intake(tx, sheet, present_day(desk), manner.date_format)
        tx.about = file.name[:40]
        taken = tx.add_many(Contract, intake.rows())
        sheet.expect_no_faults()
    return taken, intake.known


def _content(row: Contract) -> tuple[object, ...]:
    return (row.customer_id, row.owner_id, row.amount, row.signed_on)


def _said(error: SalesctlError) -> str:
    facts = {name: _(value) if isinstance(value, str) else value for name, value in error.facts.items()}
    return _(error.says).format(**facts)
