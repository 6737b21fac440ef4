"""Staff from a file: all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.sheets import Field, Sheet, mapping_of, unguarded
from salesctl.console.words import _
from salesctl.errors import SalesctlError
from salesctl.people.actions import Joining, take_in

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salesctl.desk import Desk

FIELDS = (
    Field("name", ("姓名", "员工")),
    Field("code", ("编号", "工号", "代码"), is_needed=False),
    Field("grade", ("级别", "职务", "岗位"), is_needed=False),
    Field("department", ("部门",), is_needed=False),
    Field("superior", ("直属上级", "上级"), is_needed=False),
    Field("alias", ("称呼", "别名"), is_needed=False),
    Field("regime", ("适用制度", "制度"), is_needed=False),
    Field("login", ("登录名",), is_needed=False),
)
GRADES = {
    "客户经理": "account_manager",
    "客户总监": "account_director",
    "总经理": "general_manager",
    "客户支持主管": "support_supervisor",
    "客户支持": "support_staff",
    "客户执行": "account_executive",
    "客户执行经理": "ae_manager",
    "财务": "finance",
    "商务": "commerce",
    "助理": "assistant",
    "人力资源": "hr",
}


def people(desk: Desk, file: Path, mapping: list[str], encoding: str, since: date) -> int:
    """Take in every row, superiors before those they lead, or none; the number taken in."""
    sheet = Sheet(file, FIELDS, mapping=mapping_of(mapping), encoding=encoding)
    with desk.ledger.transaction("people.import", desk) as tx:
        for line, (name, code, grade, department, superior, alias, regime, login) in sheet:
            new = Joining(
                unguarded(name),
                code,
                GRADES.get(grade, grade),
                department,
                superior,
                _listed(regime),
                _listed(alias),
                login,
            )
            try:
                take_in(tx, new, since)
            except SalesctlError as error:
                sheet.refuse(line, "name", _(error.says).format(**error.facts))
        sheet.expect_no_faults()
        tx.about = file.name[:40]
    return sheet.row_count


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.replace("、", ",").split(","))))
