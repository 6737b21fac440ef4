"""Customers from a file: all of it or nothing; whoever is known already, as the file says it, is passed over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.intake import Field, Sheet, listed
from salesctl.console.sheets import unguarded
from salesctl.customers.actions import (
    NewCustomer,
    also_known,
    channel_of,
    customer_named,
    kind_of,
    owner_on,
    take_in,
)
from salesctl.customers.rows import Customer, CustomerAlias
from salesctl.errors import SalesctlError
from salesctl.people.actions import person_named, still_here

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction

FIELDS = (
    Field("name", ("customer", "公司", "客户", "客户名称", "客户公司", "公司名称")),
    Field("code", ("编号", "客户编号", "代码"), is_needed=False),
    Field("owner", ("客户经理", "负责人", "manager"), is_needed=False),
    Field("kind", ("类型", "客户类型"), is_needed=False),
    Field("channel", ("渠道",), is_needed=False),
    Field("alias", ("简称", "别名"), is_needed=False),
)


def customers(desk: Desk, source: Source) -> tuple[int, int]:
    """Take in every row, or none; how many were new and how many were known."""
    sheet = Sheet(source, FIELDS)
    with desk.ledger.transaction("customer.import", desk) as tx:
        rows = _Rows(tx, sheet, desk)
        for line, cells in sheet:
            rows.take(line, cells)
        sheet.expect_no_faults()
        tx.about = sheet.about
    return sheet.row_count - rows.known, rows.known


class _Rows:
    """The file's rows as customers of the ledger."""

    def __init__(self, tx: Transaction, sheet: Sheet, desk: Desk) -> None:
        self.tx, self.sheet, self.today = tx, sheet, desk.today
        self.known, self._first = 0, tx.next_id(Customer)

    def take(self, line: int, cells: list[str]) -> None:
        """Write one row, count it as known, or note what is wrong with it."""
        faults = self.sheet.fault_count
        new = self._read(line, cells)
        if self.sheet.fault_count > faults:
            return
        if self._is_known(new):
            self.known += 1
            return
        main = new.but(kind=new.kind or "platform", channel=new.channel or "peripheral", aliases=())
        column = "code" if new.code and self.tx.find(Customer, code=new.code) else "name"
        added = self.sheet.read(line, column, main, partial(take_in, self.tx, since=self.today))
        if added is not None:
            for alias in new.aliases:
                self.sheet.read(line, "alias", alias, partial(also_known, self.tx, added))

    def _read(self, line: int, cells: list[str]) -> NewCustomer:
        """What one line says; every cell that cannot be meant is noted."""
        name, code, owner, kind, channel, alias = cells
        return NewCustomer(
            self.sheet.read(line, "name", unguarded(name), names.checked) or "",
            self._cell(line, "code", code, partial(names.checked, longest=names.LONGEST_CODE)),
            self._cell(line, "owner", owner, lambda text: still_here(person_named(self.tx, text), self.today).code),
            self._cell(line, "kind", kind, kind_of),
            self._cell(line, "channel", channel, channel_of),
            tuple(map(unguarded, listed(alias))),
            is_distinct=True,
        )

    def _cell(self, line: int, column: str, text: str, reader: Callable[[str], str]) -> str:
        return (self.sheet.read(line, column, text, reader) or "") if text else ""

    def _is_known(self, new: NewCustomer) -> bool:
        """Whether the register said all that the row says before this file came."""
        try:
            one = customer_named(self.tx, new.name)
        except SalesctlError:
            return False
        if one.key >= self._first:
            return False
        owner = owner_on(self.tx, one.key, self.today) if new.owner else None
        served_by = self.tx.value("SELECT code FROM person WHERE id = :id", id=owner) if owner else ""
        held = ((new.code, one.code), (new.kind, one.kind), (new.channel, one.channel), (new.owner, served_by))
        aliases = self.tx.all(CustomerAlias, "customer_id = :id", id=one.key)
        also = {one.name_key, *(alias.alias_key for alias in aliases)}
        return all(said in ("", kept) for said, kept in held) and {*map(names.company_key, new.aliases)} <= also
