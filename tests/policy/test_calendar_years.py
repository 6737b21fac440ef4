"""A year's own table stands in the place of the library's, and says all of it or nothing (K-6)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from salesctl.policy.calendar import PROVISIONAL, Calendar, FaultyYear, NoCalendar

LAST = Calendar(Path("nowhere")).last_announced  # of the library
NEXT = LAST + 1
MAY_DAY = date(2012, 5, 1)
ONE_DAY = timedelta(days=1)


def calendar(folder: Path, **years: str) -> Calendar:
    """The library's calendar and tables beside it: `y2027="off = []"`."""
    for year, text in years.items():
        (folder / f"{year.removeprefix('y')}.toml").write_text(text, "utf-8")
    return Calendar(folder)


def test_a_table_replaces_the_whole_year_of_the_library(tmp_path: Path) -> None:
    """What the table does not name is an ordinary day; the year after is still the library's."""
    assert not Calendar().is_workday(MAY_DAY)
    own = calendar(tmp_path, y2012="off = [2012-05-08]\nworked = [2012-05-12]")
    assert own.is_workday(MAY_DAY)
    assert [own.is_workday(date(2012, 5, day)) for day in (7, 8, 9)] == [True, False, True]
    assert [own.is_workday(date(2012, 5, day)) for day in (11, 12, 13)] == [True, True, False]
    assert not own.is_workday(date(2013, 5, 1))
    assert own.last_announced == LAST


@pytest.mark.parametrize("text", ["", "off = []", "worked = []", "\ufeffoff = []\r\n"])
def test_a_table_may_name_no_day(text: str, tmp_path: Path) -> None:
    own = calendar(tmp_path, y2012=text)
    days = [MAY_DAY + ONE_DAY * n for n in range(7)]
    assert [own.is_workday(day) for day in days] == [day.weekday() < 5 for day in days]


def test_what_is_found_in_a_year_without_a_table_is_provisional(tmp_path: Path) -> None:
    """From the first day of the year after the last announced one; a table for it makes it certain."""
    eve, new_year = date(LAST, 12, 31), date(NEXT, 1, 1)
    plain, own = Calendar(tmp_path / "none"), calendar(tmp_path, **{f"y{NEXT}": f"off = [{NEXT}-01-01]"})
    assert [plain.day(day).provisional for day in (eve, new_year)] == [False, True]
    assert [plain.note(day) for day in (eve, new_year)] == ["", PROVISIONAL]
    assert [own.day(day).provisional for day in (eve, new_year)] == [False, False]
    assert [own.note(day) for day in (new_year, date(NEXT + 1, 1, 1))] == ["", PROVISIONAL]
    assert not own.is_workday(new_year)


def test_a_year_that_was_left_out_is_missing_though_a_later_one_is_known(tmp_path: Path) -> None:
    """Nobody announced the years between: Monday to Friday would be a guess."""
    own = calendar(tmp_path, **{f"y{NEXT + 2}": ""})
    for year in (2003, NEXT, NEXT + 1, NEXT + 4):
        with pytest.raises(NoCalendar) as error:
            own.day(date(year, 3, 3))
        assert error.value.facts["year"] == year
    assert [own.day(date(year, 3, 3)).provisional for year in (2004, LAST, NEXT + 2, NEXT + 3)] == [
        *(False, False, False, True)
    ]


def test_a_table_may_say_a_year_before_the_librarys_first(tmp_path: Path) -> None:
    own = calendar(tmp_path, y2003="off = [2003-05-01]")
    assert [own.is_workday(date(2003, 5, day)) for day in (1, 2, 3)] == [False, True, False]
    with pytest.raises(NoCalendar) as error:
        own.day(date(2002, 5, 1))
    assert error.value.facts["first"] == 2003


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("off = [2012-05-01", "Unclosed array"),
        ("of = [2012-05-01]", "of"),
        ("off = 2012-05-01", "off"),
        ('worked = ["2012-05-05"]', "2012-05-05"),
        ("off = [2012-05-01T00:00:00]", "2012-05-01 00:00:00"),
        ("off = [2013-05-01]", "2013-05-01"),
        ("off = [2012-05-01, 2012-05-01]", "2012-05-01"),
        ("off = [2012-05-05]\nworked = [2012-05-05]", "2012-05-05"),
    ],
)
def test_a_table_with_a_fault_is_an_error_and_never_an_ordinary_year(text: str, fault: str, tmp_path: Path) -> None:
    own = calendar(tmp_path, y2012=text)
    with pytest.raises(FaultyYear) as error:
        own.day(MAY_DAY)
    assert error.value.facts["file"] == "2012.toml"
    assert str(error.value.facts["fault"]).startswith(fault)
    assert own.is_workday(date(2013, 5, 2))  # other years are still known


def test_a_table_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "2012.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(FaultyYear):
        Calendar(tmp_path).day(MAY_DAY)


@pytest.mark.parametrize("name", ["holidays", "12", "2012a", "２０１２"])
def test_a_table_is_named_after_its_year(name: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyYear) as error:
        calendar(tmp_path, **{name: ""}).day(MAY_DAY)
    assert error.value.facts == {"file": f"{name}.toml", "fault": name}
