"""Which days are working days: the State Council's calendar, make-up days included (K-6)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR = 2004  # of the State Council's tables that the library keeps
PROVISIONAL = N_("provisional: the holidays of that year are not announced yet")
OVERRIDES = Path(__file__).parent / "packs" / "calendar" / "years"  # 2027.toml: off = [dates], worked = [dates]


class NoCalendar(SalesctlError):
    """A working-day question about a year nobody has announced."""

    code, status = "calendar.missing-year", WRONG
    says = N_("The working days of {year} are not known; the calendar covers {first} to {last}.")
    hint = N_("Upgrade salesctl, or correct the date.")


class Day(Record):
    """Whether a day is worked; `provisional` where its year has not been announced yet."""

    works: bool
    provisional: bool


class Calendar:
    """The working days of China, year by year."""

    def __init__(self, overrides: Path = OVERRIDES) -> None:
        self._overrides = overrides
        self._years: dict[int, tuple[frozenset[date], frozenset[date]]] = {}
        self._last = 0

    @property
    def last_announced(self) -> int:
        """The newest year whose holidays are published."""
        if not self._last:
            from chinese_calendar.constants import holidays

            announced = {day.year for day in holidays} | {int(file.stem) for file in self._overrides.glob("*.toml")}
            self._last = max(announced)
        return self._last

    def day(self, day: date) -> Day:
        """Whether `day` is worked.

        Raises:
            NoCalendar: its year is before the first table, or more than one past the newest published year.
        """
        if not FIRST_YEAR <= day.year <= self.last_announced + 1:
            raise NoCalendar(year=day.year, first=FIRST_YEAR, last=self.last_announced)
        weekday = day.weekday() < 5
        if day.year > self.last_announced:
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
            import tomllib

            table = tomllib.loads(file.read_text("utf-8-sig"))
            return frozenset(table.get("off", ())), frozenset(table.get("worked", ()))
        from chinese_calendar.constants import holidays, workdays

        # The library's tables, not its functions: adding a year to them would switch off its own range check.
        return (
            frozenset(day for day in holidays if day.year == year),
            frozenset(day for day in workdays if day.year == year),
        )


def _span(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
