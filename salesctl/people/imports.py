"""Staff from a file: all of it or nothing; whoever is known already, as the file says them, is passed over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.intake import Field, Sheet, listed
from salesctl.console.sheets import unguarded
from salesctl.mail import addresses
from salesctl.people.actions import Joining, become, person_named, standings, take_in
from salesctl.people.administering import expect_administrator
from salesctl.people.emails import email_of
from salesctl.people.rows import Person, PersonAlias, PersonLogin
from salesctl.people.standings import checked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction

FIELDS = (
    Field("name", ("姓名", "员工")),
    Field("code", ("编号", "工号", "代码"), is_needed=False),
    Field("grade", ("级别", "职务", "岗位"), is_needed=False),
    Field("department", ("部门",), is_needed=False),
    Field("superior", ("直属上级", "上级"), is_needed=False),
    Field("alias", ("称呼", "别名"), is_needed=False),
    Field("regime", ("适用制度", "制度"), is_needed=False),
    Field("login", ("登录名",), is_needed=False),
    Field("email", ("邮箱", "电子邮箱", "电子邮件", "邮件地址"), is_needed=False),
)
ASIDE = {  # columns: what they say
    "superior": "superior",
    "regime": "regimes",
    "alias": "aliases",
    "login": "login",
    "email": "email",
}


def people(desk: Desk, source: Source, since: date) -> tuple[int, int]:
    """Take in every row, superiors before those they lead, or none; how many were new and how many were known."""
    sheet = Sheet(source, FIELDS)
    with desk.ledger.transaction("people.import", desk) as tx:
        expect_administrator(tx, desk)
        rows = _Rows(tx, sheet, since)
        for line, cells in sheet:
            rows.take(line, cells)
        sheet.expect_no_faults()
        tx.about = sheet.about
    return sheet.row_count - rows.known, rows.known


class _Rows:
    """The file's rows as people of the ledger."""

    def __init__(self, tx: Transaction, sheet: Sheet, since: date) -> None:
        self.tx, self.sheet, self.since = tx, sheet, since
        self.known, self._first = 0, tx.next_id(Person)

    def take(self, line: int, cells: list[str]) -> None:
        """Write one row, count it as known, or note what is wrong with it."""
        faults = self.sheet.fault_count
        new = self._read(line, cells)
        if self.sheet.fault_count > faults:
            return
        if self._is_known(new):
            self.known += 1
            return
        main = new.but(superior="", aliases=(), regimes=(), login="", email="")
        added = self.sheet.read(line, "code" if new.code else "name", main, partial(take_in, self.tx, since=self.since))
        if added is None:
            return
        for column, field in ASIDE.items():
            one = Joining("", **{field: getattr(new, field)})
            self.sheet.read(line, column, one, partial(become, self.tx, added, since=self.since))

    def _read(self, line: int, cells: list[str]) -> Joining:
        """What one line says; every cell that cannot be meant is noted."""
        name, code, grade, department, superior, alias, regime, login, email = cells
        regimes = self.sheet.read(
            line, "regime", regime, lambda text: tuple(map(partial(checked, "regime"), listed(text)))
        )
        return Joining(
            self.sheet.read(line, "name", unguarded(name), names.checked) or "",
            self._cell(line, "code", code, partial(names.checked, longest=names.LONGEST_CODE)),
            self._cell(line, "grade", grade, partial(checked, "grade")),
            self._cell(line, "department", department, partial(checked, "department")),
            self._cell(line, "superior", superior, lambda text: person_named(self.tx, text).code),
            regimes or (),
            listed(alias),
            login,
            self._cell(line, "email", email, addresses.checked),
        )

    def _cell(self, line: int, column: str, text: str, reader: Callable[[str], str]) -> str:
        return (self.sheet.read(line, column, text, reader) or "") if text else ""

    def _is_known(self, new: Joining) -> bool:
        """Whether all that the row says held of somebody before this file came."""
        same = {"code": new.code} if new.code else {"name_key": names.key(new.name)}
        who = self.tx.find(Person, **same)
        if who is None or who.key >= self._first or who.name_key != names.key(new.name):
            return False
        held = standings(self.tx, who.key, self.since)
        also = {who.name_key, *(one.alias_key for one in self.tx.all(PersonAlias, "person_id = :id", id=who.key))}
        return (
            all(
                kept == said
                for kept, said in zip(held, (new.grade, new.department, new.superior), strict=False)
                if said
            )
            and {*new.regimes} <= {*held.regimes.split(", ")}
            and {*map(names.key, new.aliases)} <= also
            and new.email in ("", email_of(self.tx, who.key))
            and (not new.login or self.tx.find(PersonLogin, login=new.login, person_id=who.key) is not None)
        )
