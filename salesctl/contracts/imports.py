"""Contracts from a file: all of it or nothing; a contract is known by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.intake import Field, Sheet
from salesctl.contracts.actions import (
    NewContract,
    check,
    checked_number,
    contract_numbered,
    signed,
    taken_by,
)
from salesctl.contracts.rows import Contract
from salesctl.customers.actions import customer_named
from salesctl.ledger.row import stored
from salesctl.people.actions import person_named
from salesctl.policy.units import parse_money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

FIELDS = (
    Field("number", ("contract", "合同编号", "合同号", "编号")),
    Field("customer", ("客户", "客户名称", "客户公司")),
    Field("owner", ("manager", "客户经理", "负责人"), is_needed=False),
    Field("amount", ("金额", "合同金额", "金额(元)", "合同金额(元)")),
    Field("date", ("signed_on", "signed", "签订日期", "签约日期", "日期")),
)


def contracts(desk: Desk, source: Source) -> tuple[int, int]:
    """Take in every row, or none; how many were new and how many were known."""
    sheet = Sheet(source, FIELDS)
    with desk.ledger.transaction("contract.import", desk) as tx:
        rows = _Rows(tx, sheet, desk.present_day)
        tx.about = sheet.about
        taken = tx.add_many(Contract, rows.fresh())
        sheet.expect_no_faults()
    return taken, rows.known


class _Rows:
    """The file's rows as contracts of the ledger."""

    def __init__(self, view: Reading, sheet: Sheet, today: date) -> None:
        self.view, self.sheet, self.today = view, sheet, today
        self.known = 0
        self._seen: dict[str, Contract] = {}  # rows of this file, which may not be in the ledger yet

    def fresh(self) -> Iterator[tuple[object, ...]]:
        """The new rows as stored values, for as long as the file has any."""
        for line, cells in self.sheet:
            row = self._read(line, cells)
            if row is None:
                continue
            before = self._seen.get(row.number_key) or contract_numbered(self.view, row.number)
            if before is None:
                self._seen[row.number_key] = row
                yield tuple(stored(getattr(row, column)) for column in Contract.columns[1:])
            elif _content(before) == _content(row):
                self.known += 1
            else:
                self.sheet.refuse(line, "number", taken_by(self.view, before))

    def _read(self, line: int, cells: list[str]) -> Contract | None:
        """The row of one line; every cell that cannot be meant is noted."""
        number, customer, owner, amount, day = cells
        read, view = self.sheet.read, self.view
        kept = read(line, "number", number, checked_number)
        buyer = read(line, "customer", customer, lambda text: customer_named(view, text).code)
        manager = read(line, "owner", owner, lambda text: person_named(view, text).code) if owner else ""
        price = read(line, "amount", amount, parse_money)
        signed_on = read(line, "date", day, lambda text: signed(self.sheet.day(text), self.today))
        if kept is None or buyer is None or manager is None or price is None or signed_on is None:
            return None
        new = NewContract(kept, buyer, price, signed_on, manager)
        return read(line, "owner", new, lambda said: check(view, said))  # nobody named, and nobody serves the customer


def _content(row: Contract) -> tuple[object, ...]:
    return (row.customer_id, row.owner_id, row.amount, row.signed_on)
