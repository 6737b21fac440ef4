"""One row of a paper register, as the office's spreadsheet keeps it."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from salesctl.console.inputs import parse_moment
from salesctl.console.intake import Field, Sheet
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.people.actions import person_named
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction

FIELDS = (
    Field("person", ("姓名", "客户经理", "登记人", "name"), is_needed=False),
    Field("company", ("公司", "客户", "客户公司", "客户名称", "公司名称", "拜访单位", "customer", "去向")),
    Field("filed", ("登记时间", "填写时间", "filed_at"), is_needed=False),
    Field("departed", ("外出时间", "离开时间", "出发时间", "left", "left_at"), is_needed=False),
    Field("returned", ("返回时间", "回来时间", "returned_at"), is_needed=False),
    Field("date", ("日期", "外出日期", "day")),
    Field("direct", ("直接拜访", "直接去", "是否直接拜访"), is_needed=False),
)
SEVERAL = re.compile("[、,,;;/\n]+")  # several companies in one cell are several stops
YES = ("是", "y", "yes", "√", "✓", "✔", "1", "true", "对")
NO = ("", "否", "n", "no", "×", "0", "false", "-")


class Impossible(SalesctlError):
    """Times that cannot all be true."""

    code, status = "visit.paper", WRONG
    says = N_("{trouble}.")


class Paper(Record):
    """One row of the paper register, as claimed there."""

    person_id: int
    on: date
    is_direct: bool
    filed: datetime | None
    left: datetime | None
    returned: datetime | None
    companies: tuple[str, ...]


class Reader:
    """Reads rows; whatever cannot be meant is noted on the sheet, and the row is none."""

    def __init__(self, tx: Transaction, desk: Desk, sheet: Sheet, of: str) -> None:
        self.tx, self.desk, self.sheet, self._of = tx, desk, sheet, of
        self._person = cache(lambda text: person_named(tx, text).key)

    def read(self, line: int, cells: dict[str, str]) -> Paper | None:
        """The row of one line; every cell that cannot be meant is noted."""
        faults, read = self.sheet.fault_count, self.sheet.read
        who = read(line, "person", cells["person"] or self._of, self._person)
        is_direct = bool(read(line, "direct", cells["direct"], _is_yes))
        on = read(line, "date", cells["date"], self.sheet.day)
        if on is None:
            return None
        at = partial(self._moment, on=on)
        filed = read(line, "filed", cells["filed"], partial(at, is_direct=is_direct))
        left, returned = (read(line, column, cells[column], at) for column in ("departed", "returned"))
        if who is None or self.sheet.fault_count > faults:
            return None
        companies = tuple(filter(None, map(str.strip, SEVERAL.split(cells["company"]))))
        if companies and filed is None and not is_direct:
            filed = left  # an entry that does not say when it was made is taken as made before leaving
        row = Paper(who, on, is_direct, filed, left, returned, companies)
        for column, says in _faults(row, self.tx.now):
            self.sheet.refuse(line, column, Impossible(trouble=says))
        return row if self.sheet.fault_count == faults else None

    def _moment(self, text: str, *, on: date, is_direct: bool = False) -> datetime | None:
        """A time of the outing's day, or a day and a time: `9:40`, `2012-04-13 17:50`."""
        if not text:
            return None
        day, _space, clock = text.replace("T", " ").rpartition(" ")
        if is_direct and not day:
            raise Invalid(value=text, what=N_("the day and time of an entry made before"), example="2012-04-13 17:50")
        return parse_moment(clock, self.sheet.day(day) if day else on, self.desk.zone)


def _faults(row: Paper, now: datetime) -> Iterator[tuple[str, str]]:
    if row.returned and row.left is None:
        yield "returned", N_("a return without a departure")
    elif row.returned and row.left and row.returned < row.left:
        yield "returned", N_("the return comes before the departure")
    if row.filed is None and row.left is None:
        yield "filed", N_("neither the time of the entry nor of the departure is given")
    for column, moment in (("filed", row.filed), ("departed", row.left), ("returned", row.returned)):
        if moment and moment > now:
            yield column, N_("that moment has not come")


def _is_yes(text: str) -> bool:
    word = text.strip().casefold()
    if word not in (*YES, *NO):
        raise Invalid(value=text, what=N_("yes or no"), example="是, Y, √")
    return word in YES
