"""`check --ics`: coming dates, read back by another program; ids that stay, lines that fit (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from salesctl.agenda.coming import Coming
from salesctl.agenda.ics import OCTETS, calendar
from tests.conftest import Office

NOW = "2012-05-08T09:00"
PACK = Path(__file__).parents[1] / "demo" / "sample" / "pack"


@pytest.fixture
def owing(office: Office) -> Office:
    for number, due in (("R-2", "2012-03-08"), ("R-4", "2012-01-15"), ("R-6", "2011-11-20"), ("R-9", "2012-06-01")):
        office.do(f"receivable log 云帆 1000 --due {due} --issued 2011-11-01 --number {number} --as lin")
    return office


def events(text: str) -> list[Any]:
    """The events as another program reads them, without a fault."""
    read: Any = Calendar.from_ical(text)
    assert not read.errors
    return list(read.walk("VEVENT"))


def dates(office: Office, line: str = "check --ics -", now: str = NOW) -> dict[tuple[date, str], str]:
    """Day and summary of each event, and its id."""
    read = events(office.do(line, now=now).out)
    return {(one["DTSTART"].dt, str(one["SUMMARY"])): str(one["UID"]) for one in read}


def days(office: Office, word: str, line: str = "check --ics -") -> list[str]:
    return [str(day) for day, says in dates(office, line) if word in says]


def test_debts_stand_on_the_first_day_over(owing: Office) -> None:
    """A-8.1 to A-8.3, K-5: two, four, six months; what is not yet due for long is not there."""
    assert days(owing, "R-2") == ["2012-05-09"]
    assert days(owing, "R-4") == ["2012-05-16"]
    assert days(owing, "R-6") == ["2012-05-21"]
    assert days(owing, "R-9") == []
    assert days(owing, "R-9", "check --ics - --days 90") == ["2012-08-02"]


def test_the_calendar_ends_with_its_last_day(owing: Office) -> None:
    """The day before, the day on."""
    assert days(owing, "R-4", "check --ics - --days 7") == []
    assert days(owing, "R-4", "check --ics - --days 8") == ["2012-05-16"]


def test_what_is_due_already_is_not_repeated_and_what_was_paid_is_gone(owing: Office) -> None:
    assert days(owing, "R-2", "check --ics - --as-of 2012-05-09") == []
    owing.do("receipt log 云帆 4000 --as gm")
    assert [says for _day, says in dates(owing) if says.startswith("R-")] == []


def test_meetings_move_behind_a_holiday(office: Office) -> None:
    """A-7.3, AMB-A7-c: Mondays; 1 October 2012 falls into the holidays, which end on the 7th."""
    meetings = days(office, "Weekly meeting", "check --ics - --as-of 2012-09-24 --days 21")
    assert meetings == ["2012-09-24", "2012-10-08", "2012-10-15"]


def test_reports_stand_there_once_the_closing_time_is_set(office: Office) -> None:
    """A-7.1, A-7.2: on Friday, and on Monday before the meeting."""
    assert days(office, "Weekly reports") == []
    office.do(f"policy adopt {PACK} --as gm")
    assert days(office, "Weekly reports", "check --ics - --days 7") == ["2012-05-11", "2012-05-14"]


def test_what_waits_stands_on_its_day_and_then_on_today(office: Office) -> None:
    office.do("visit plan 云帆 --date 2012-05-11 --as lin")
    assert days(office, "V-1", "check --ics - --as-of 2012-05-10") == ["2012-05-10"]
    assert days(office, "V-1", "check --ics - --as-of 2012-05-12") == ["2012-05-12"]


def test_ids_stay_and_differ_between_ledgers(owing: Office, tmp_path: Path) -> None:
    first, later = dates(owing), dates(owing, now="2012-05-09T09:00")
    common = {place for place in first if place in later}
    assert len(common) > 5
    assert all(first[place] == later[place] for place in common)
    assert len(set(first.values())) == len(first)
    other = tmp_path / "other.db"
    owing.do(f"ledger init --ledger {other}")
    owing.do(f"people add 王 --regime A --from 2012-03-01 --ledger {other} --as ''")
    theirs = dates(owing, f"check --ics - --ledger {other}")
    assert theirs
    assert set(theirs) < set(first)
    assert not set(theirs.values()) & set(first.values())


@pytest.mark.file
def test_a_calendar_goes_into_a_file_of_its_owner_and_never_over_the_ledger(owing: Office) -> None:
    answer = owing.do("check --ics 日程.ics")
    assert (answer.out, answer.err) == ("", "7 dates through 2012-06-04.\n")
    content = (owing.folder / "日程.ics").read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert oct((owing.folder / "日程.ics").stat().st_mode)[-3:] == "600"
    refused = owing.run("check --ics ledger.db")
    assert (refused.status, refused.code) == (2, "input.invalid")
    assert owing.run("check --ics /nowhere/x.ics").code == "output.not-written"
    assert owing.run("check --ics x.ics --new").code == "check.one-answer"
    assert owing.run("check --ics x.ics --days 0").status == 2


def test_people_read_it_in_their_language(owing: Office) -> None:
    said = owing.do("check --ics -", lang="zh_CN").out
    assert "Weekly meeting" not in said


@given(
    says=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_any_text_comes_back_as_it_was_in_lines_that_fit(says: str, day: date) -> None:
    """Commas, semicolons, backslashes, line ends, Chinese; hidden signs are left out."""
    made = calendar([Coming("T-10 R-1 x", day, says, "客户、总监")], "ledger", datetime(2012, 5, 8, tzinfo=UTC))
    assert all(len(line.encode()) <= OCTETS for line in made.split("\r\n"))
    assert "\n" not in made.replace("\r\n", "")
    (event,) = events(made)
    assert str(event["SUMMARY"]) == "".join(c for c in says if c.isprintable() or c == "\n")
    assert (event["DTSTART"].dt, (event["DTEND"].dt - event["DTSTART"].dt).days) == (day, 1)
    assert str(event["DESCRIPTION"]) == "客户、总监"
