"""Customers from a file: all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.sheets import Field, Sheet, mapping_of, unguarded
from salesctl.console.words import _
from salesctl.customers.actions import NewCustomer, take_in
from salesctl.errors import SalesctlError

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.desk import Desk

FIELDS = (
    Field("name", ("customer", "公司", "客户", "客户名称", "客户公司", "公司名称")),
    Field("code", ("编号", "客户编号", "代码"), is_needed=False),
    Field("owner", ("客户经理", "负责人", "manager"), is_needed=False),
    Field("kind", ("类型", "客户类型"), is_needed=False),
    Field("channel", ("渠道",), is_needed=False),
    Field("alias", ("简称", "别名"), is_needed=False),
)
WORDS = {
    "平台": "platform",
    "数据库": "database",
    "外围": "peripheral",
    "网销": "web",
    "3c卖场": "stores",
    "卖场": "stores",
    "it渠道": "it",
    "": "",
}


def customers(desk: Desk, file: Path, mapping: list[str], encoding: str) -> int:
    """Take in every row, or none; the number taken in."""
    sheet = Sheet(file, FIELDS, mapping=mapping_of(mapping), encoding=encoding)
    with desk.ledger.transaction("customer.import", desk) as tx:
        for line, (name, code, owner, kind, channel, alias) in sheet:
            aliases = tuple(filter(None, (unguarded(part.strip()) for part in alias.replace("、", ",").split(","))))
            new = NewCustomer(
                unguarded(name),
                code,
                owner,
                _word(kind) or "platform",
                _word(channel) or "peripheral",
                aliases,
                is_distinct=True,
            )
            try:
                take_in(tx, new, desk.today)
            except SalesctlError as error:
                sheet.refuse(line, "name", _(error.says).format(**error.facts))
        sheet.expect_no_faults()
        tx.about = file.name[:40]
    return sheet.row_count


def _word(text: str) -> str:
    return WORDS.get(text.casefold(), text)
