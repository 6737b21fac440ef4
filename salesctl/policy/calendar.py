"""Which days are working days: the State Council's calendar, make-up days included (K-6)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

PROVISIONAL = N_("provisional: the holidays of that year are not announced yet")
OVERRIDES = Path(__file__).parent / "packs" / "calendar" / "years"  # 2027.toml: off = [dates], worked = [dates]


class NoCalendar(SalesctlError):
    """A working-day question about a year nobody has announced."""

    code, status = "calendar.missing-year", WRONG
    says = N_("The working days of {year} are not known; the calendar covers {first} to {last}.")
    hint = N_("Upgrade salesctl, or correct the date.")


class FaultyYear(SalesctlError):
    """A table of a year that does not say what it must; a day it meant and did not say would be a guess."""

    code, status = "calendar.faulty-year", WRONG
    says = N_("The file {file} does not say the working days of its year: {fault}.")
    hint = N_(
        "It is named after the year, such as 2027.toml, and holds the lists off and worked with days of that year."
    )


class Day(Record):
    """Whether a day is worked; `provisional` where its year has not been announced yet."""

    works: bool
    provisional: bool


class Calendar:
    """The working days of China, year by year."""

    def __init__(self, overrides: Path = OVERRIDES) -> None:
        self._overrides = overrides
        self._years: dict[int, tuple[frozenset[date], frozenset[date]]] = {}

    @cached_property
    def last_announced(self) -> int:
        """The newest year whose holidays are published."""
        return max(self._announced)

    @cached_property
    def _announced(self) -> set[int]:
        from chinese_calendar.constants import holidays

        return {day.year for day in holidays} | {_year_of(file) for file in self._overrides.glob("*.toml")}

    def day(self, day: date) -> Day:
        """Whether `day` is worked.

        Raises:
            NoCalendar: nobody has published its year, and it is not the one after the newest published year.
            FaultyYear: the year's own table cannot be read.
        """
        last = self.last_announced
        if day.year not in self._announced and day.year != last + 1:
            raise NoCalendar(year=day.year, first=min(self._announced), last=last)
        weekday = day.weekday() < 5
        if day.year > last:
            return Day(weekday, provisional=True)
        off, worked = self._year(day.year)
        return Day(day in worked or (weekday and day not in off), provisional=False)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        return self.day(day).works

    def note(self, day: date) -> str:
        """What is to be said of a day that was found by asking which days are worked (K-6)."""
        return PROVISIONAL if day.year > self.last_announced else ""

    def workday_before(self, day: date) -> date:
        """The last working day before `day`."""
        before = day - timedelta(days=1)
        while not self.is_workday(before):
            before -= timedelta(days=1)
        return before

    def workday_from(self, day: date) -> date:
        """`day` itself if it is worked, else the next working day."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def workdays(self, first: date, last: date) -> list[date]:
        """The working days from `first` through `last`."""
        return [day for day in _span(first, last) if self.is_workday(day)]

    def _year(self, year: int) -> tuple[frozenset[date], frozenset[date]]:
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year]

    def _read(self, year: int) -> tuple[frozenset[date], frozenset[date]]:
        file = self._overrides / f"{year}.toml"
        if file.is_file():
            return _table(file, year)
        from chinese_calendar.constants import holidays, workdays

        # The library's tables, not its functions: adding a year to them would switch off its own range check.
        return (
            frozenset(day for day in holidays if day.year == year),
            frozenset(day for day in workdays if day.year == year),
        )


def _year_of(file: Path) -> int:
    if not re.fullmatch("[12][0-9]{3}", file.stem):
        raise FaultyYear(file=file.name, fault=shown(file.stem))
    return int(file.stem)


def _table(file: Path, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The days off and the days worked that a year's own table says."""
    import tomllib

    try:
        table = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyYear(file=file.name, fault=error) from error
    days = {name: table.pop(name, []) for name in ("off", "worked")}
    strange: list[object] = [*table, *(name for name, listed in days.items() if not isinstance(listed, list))]
    if not strange:
        every = [*days["off"], *days["worked"]]
        strange = [day for day in every if type(day) is not date or day.year != year or every.count(day) > 1]
    if strange:
        raise FaultyYear(file=file.name, fault=shown(strange[0]))
    return frozenset(days["off"]), frozenset(days["worked"])


def _span(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
