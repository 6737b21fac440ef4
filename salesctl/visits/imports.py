"""A paper register kept in a spreadsheet: unclear rows are taken in and judged, broken rows stop the import (A-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.intake import Sheet
from salesctl.errors import N_, WRONG, Ambiguous, SalesctlError
from salesctl.ledger.row import Row, stored
from salesctl.policy.outcome import Outcome
from salesctl.record import Record
from salesctl.visits import entries
from salesctl.visits.outings import CAUSES, asked, propose, stops_of
from salesctl.visits.paper import FIELDS, Paper, Reader
from salesctl.visits.rows import Incident, Outing, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction


class OtherStops(SalesctlError):
    """A departure that was imported with other companies."""

    code, status = "visit.other-stops", WRONG
    says = N_("{number} was imported without it")


class Taken(Record):
    """What an import did."""

    outings: int
    stops: int
    known: int
    unclear: int
    late: int
    missing: int


def visits(desk: Desk, source: Source, of: str) -> Taken:
    """Take in every row, or none; times claimed on paper are kept as `filed_at`, and when they were typed in beside."""
    sheet = Sheet(source, FIELDS)
    with desk.ledger.transaction("visit.import", desk) as tx:
        register = _Register(tx, desk, sheet, of)
        for line, cells in sheet:
            register.take(line, cells)
        sheet.expect_no_faults()
        tx.about = sheet.about
        return register.write()


class _Register:
    """The file's rows as outings of the ledger: rows of one departure are one outing with several stops (AMB-A1-f)."""

    def __init__(self, tx: Transaction, desk: Desk, sheet: Sheet, of: str) -> None:
        self.tx, self.desk, self.sheet = tx, desk, sheet
        self.first_id, self.known = tx.next_id(Outing), 0
        self.outings: list[tuple[Outing, list[Visit]]] = []
        self._begun: dict[tuple[object, ...], tuple[Outing, list[Visit]]] = {}
        self._reader = Reader(tx, desk, sheet, of)

    def take(self, line: int, cells: list[str]) -> None:
        """Note one row, or what is wrong with it."""
        row = self._reader.read(line, dict(zip((field.key for field in FIELDS), cells, strict=True)))
        if row is None:
            return
        read = self.sheet.read(line, "company", row, lambda row: [self._entry(one, row.on) for one in row.companies])
        if read is None or self._is_known(line, row):
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
                    self.sheet.refuse(line, "company", OtherStops(number=before.number))
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


def _images(rows: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    return (tuple(stored(getattr(row, column)) for column in row.columns[1:]) for row in rows)
