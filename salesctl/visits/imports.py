"""A paper register kept in a spreadsheet: unclear rows are taken in and judged, broken rows stop the import (A-1)."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from salesctl.console.inputs import parse_day, parse_day_as, parse_moment
from salesctl.console.sheets import Field, Sheet, mapping_of
from salesctl.console.words import _
from salesctl.errors import N_, Ambiguous, Invalid, SalesctlError
from salesctl.ledger.row import Row, stored
from salesctl.people.actions import person
from salesctl.policy.outcome import Outcome
from salesctl.visits import entries
from salesctl.visits.outings import CAUSES, asked, propose, stops_of
from salesctl.visits.rows import Incident, Outing, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction

T = TypeVar("T")

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


class Manner(NamedTuple):
    """How a file is written, and whose register it is where it names nobody."""

    columns: list[str]
    date_format: str = ""
    encoding: str = ""
    person: str = ""


class Taken(NamedTuple):
    """What an import did."""

    outings: int
    stops: int
    known: int
    unclear: int
    late: int
    missing: int


class Paper(NamedTuple):
    """One row of the paper register, as claimed there."""

    person_id: int
    on: date
    is_direct: bool
    filed: datetime | None
    left: datetime | None
    returned: datetime | None
    companies: tuple[str, ...]


def visits(desk: Desk, file: Path, manner: Manner) -> Taken:
    """Take in every row, or none; times claimed on paper are kept as `filed_at`, and when they were typed in beside."""
    sheet = Sheet(file, FIELDS, mapping=mapping_of(manner.columns), encoding=manner.encoding)
    with desk.ledger.transaction("visit.import", desk) as tx:
        intake = Intake(tx, desk, sheet, manner)
        for line, cells in sheet:
            intake.take(line, cells)
        sheet.expect_no_faults()
        tx.about = file.name[:40]
        return intake.write()


class Intake:
    """One file on its way in: rows of one departure are one outing with several stops (AMB-A1-f)."""

    def __init__(self, tx: Transaction, desk: Desk, sheet: Sheet, manner: Manner) -> None:
        self.tx, self.desk, self.sheet, self.manner = tx, desk, sheet, manner
        self.first_id, self.known = tx.next_id(Outing), 0
        self.outings: list[tuple[Outing, list[Visit]]] = []
        self._begun: dict[tuple[object, ...], tuple[Outing, list[Visit]]] = {}
        self._person = cache(lambda text: person(tx, text).key)

    def take(self, line: int, cells: list[str]) -> None:
        """Note one row, or what is wrong with it."""
        row = self._row(line, dict(zip((field.key for field in FIELDS), cells, strict=True)))
        if row is None:
            return
        try:
            read = [self._entry(company, row.on) for company in row.companies]
        except SalesctlError as error:
            self.sheet.refuse(line, "company", _said(error))
            return
        if self._is_known(line, row):
            return
        outing, stops = self._outing(row)
        stops += [
            Visit(
                outing_id=outing.key,
                entry=entry.text,
                customer_id=entry.customer_id,
                is_clear=entry.is_clear,
                added_at=row.filed or self.tx.now,
            )
            for entry in read
        ]

    def write(self) -> Taken:
        """Write outings, stops and the absences the rule proposes."""
        incidents: list[Incident] = []
        for outing, stops in self.outings:
            cause = str(asked(self.tx, self.desk, outing, stops).value)
            if cause in CAUSES:
                incident = propose(self.tx, outing, cause)
                incident.number = f"I-{self.tx.next_id(Incident) + len(incidents)}"
                incidents.append(incident)
        stops = [stop for _outing, its in self.outings for stop in its]
        self.tx.record(Outcome(len(self.outings), unit="count"))
        self.tx.add_many(Outing, _images([outing for outing, _its in self.outings]))
        self.tx.add_many(Visit, _images(stops))
        self.tx.add_many(Incident, _images(incidents))
        causes = [incident.cause for incident in incidents]
        return Taken(len(self.outings), len(stops), self.known, *map(causes.count, CAUSES))

    def _row(self, line: int, cells: dict[str, str]) -> Paper | None:
        """The row of one line; every cell that cannot be meant is noted."""
        faults = self.sheet.fault_count
        who = self._try(line, "person", self._person, cells["person"] or self.manner.person)
        is_direct = bool(self._try(line, "direct", _is_yes, cells["direct"]))
        on = self._try(line, "date", self._day, cells["date"])
        if on is None:
            return None
        at = partial(self._moment, on=on)
        filed = self._try(line, "filed", partial(at, is_direct=is_direct), cells["filed"])
        left, returned = (
            self._try(line, "departed", at, cells["departed"]),
            self._try(line, "returned", at, cells["returned"]),
        )
        if who is None or self.sheet.fault_count > faults:
            return None
        companies = tuple(filter(None, map(str.strip, SEVERAL.split(cells["company"]))))
        if companies and filed is None and not is_direct:
            filed = left  # an entry that does not say when it was made is taken as made before leaving
        row = Paper(who, on, is_direct, filed, left, returned, companies)
        for column, says in _faults(row, self.tx.now):
            self.sheet.refuse(line, column, _(says))
        return row if self.sheet.fault_count == faults else None

    def _try(self, line: int, column: str, parse: Callable[[str], T], text: str) -> T | None:
        try:
            return parse(text)
        except SalesctlError as error:
            self.sheet.refuse(line, column, _said(error))
            return None

    def _day(self, text: str) -> date:
        return (
            parse_day_as(text, self.manner.date_format) if self.manner.date_format else parse_day(text, self.desk.today)
        )

    def _moment(self, text: str, *, on: date, is_direct: bool = False) -> datetime | None:
        """A time of the outing's day, or a day and a time: `9:40`, `2012-04-13 17:50`."""
        if not text:
            return None
        day, _space, clock = text.replace("T", " ").rpartition(" ")
        if is_direct and not day:
            raise Invalid(value=text, what=N_("the day and time of an entry made before"), example="2012-04-13 17:50")
        return parse_moment(clock, self._day(day) if day else on, self.desk.zone)

    def _entry(self, text: str, on: date) -> entries.Entry:
        """One entry; a name that starts several customers names a company, whichever it is."""
        try:
            return entries.read(self.tx, self.desk, text, on)
        except Ambiguous:
            return entries.Entry(text, None, is_clear=True)

    def _is_known(self, line: int, row: Paper) -> bool:
        """Whether this departure was imported before; with other companies it is a fault."""
        same = "person_id = :person AND outing_on = :day AND origin = 'paper'"
        for before in self.tx.all(Outing, same, person=row.person_id, day=row.on):
            if (before.left_at, before.is_direct) == (row.left, row.is_direct):
                if {*row.companies} <= {stop.entry for stop in stops_of(self.tx, before)}:
                    self.known += 1
                else:
                    self.sheet.refuse(
                        line, "company", _("{number} was imported without it").format(number=before.number)
                    )
                return True
        return False

    def _outing(self, row: Paper) -> tuple[Outing, list[Visit]]:
        """The outing this row belongs to: one departure is one outing."""
        departure = (row.person_id, row.on, row.is_direct, row.left)
        if departure in self._begun:
            outing, stops = self._begun[departure]
            outing.filed_at = min(filter(None, (outing.filed_at, row.filed)), default=None)
            outing.returned_at = max(filter(None, (outing.returned_at, row.returned)), default=None)
            return outing, stops
        key = self.first_id + len(self.outings)
        outing = Outing(
            number=f"V-{key}",
            person_id=row.person_id,
            outing_on=row.on,
            is_direct=row.is_direct,
            filed_at=row.filed,
            left_at=row.left,
            returned_at=row.returned,
            origin="paper",
            recorded_at=self.tx.now,
        )
        outing.id = key
        self.outings.append((outing, []))
        self._begun[departure] = self.outings[-1]
        return self.outings[-1]


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


def _said(error: SalesctlError) -> str:
    return _(error.says).format(
        **{name: _(fact) if isinstance(fact, str) else fact for name, fact in error.facts.items()}
    )


def _images(rows: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    return (tuple(stored(getattr(row, column)) for column in row.columns[1:]) for row in rows)
