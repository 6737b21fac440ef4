"""What the register wants on a day, as `check` lists it (T-1, T-2)."""

from __future__ import annotations

from typing import Any

from tests.conftest import Office


def due(office: Office, now: str, options: str = "") -> list[tuple[Any, ...]]:
    items = office.ask(f"check {options}", now=now)
    return [
        (one["rule"], one["subject"], one["due_on"], one["state"]) for one in items if one["rule"] in ("T-1", "T-2")
    ]


def test_a_planned_visit_is_due_on_the_last_workday_before_and_overdue_at_closing(closing: Office) -> None:
    """T-1, AMB-A1-d: Saturday 2012-04-28 for Wednesday 2012-05-02."""
    closing.do("visit plan 云帆 --date 2012-05-02 --as lin", now="2012-04-26T09:00")
    assert due(closing, "2012-04-27T09:00") == []
    assert due(closing, "2012-04-28T17:59") == [("T-1", "V-1", "2012-04-28", "due")]
    assert due(closing, "2012-04-28T18:00") == [("T-1", "V-1", "2012-04-28", "overdue")]
    assert due(closing, "2012-05-01T09:00") == [("T-1", "V-1", "2012-04-28", "overdue")]
    closing.do("visit file V-1 --as lin", now="2012-04-28T17:00")
    assert due(closing, "2012-04-28T17:01") == []
    assert due(closing, "2012-04-29T17:01", "--as-of 2012-04-28") == []


def test_a_planned_visit_never_filed_stays_until_it_is_filed_or_decided(closing: Office) -> None:
    """T-1, A-1.3: and the audit counts it, from its deadline on."""
    closing.do("visit plan 云帆 --date 2012-04-17 --as lin", now="2012-04-16T09:00")
    closing.do("visit plan 易购 --date 2012-04-17 --as chen", now="2012-04-16T09:00")
    audit = "visit audit --from 2012-04-17 --to 2012-04-17"
    for now, standing, missing in (("2012-04-16T17:59", "planned", 0), ("2012-04-16T18:00", "missing", 2)):
        assert {one["standing"] for one in closing.ask(audit, now=now)} == {standing}
        assert f"decision: unclear 0, late 0, missing {missing}" in closing.do(audit, now=now).err
    left = [("T-1", "V-1", "2012-04-16", "overdue"), ("T-1", "V-2", "2012-04-16", "overdue")]
    assert due(closing, "2012-07-02T09:00") == left
    assert closing.ask("visit file V-1 --as lin", now="2012-07-02T09:00")["cause"] == "late"
    closing.do("visit overrule V-2 --clear --reason x --as zhou", now="2012-07-02T09:00")
    assert due(closing, "2012-07-02T09:01") == [("T-2", "V-1", "2012-04-17", "due")]


def test_an_earlier_day_is_rebuilt_for_visits_filed_since(closing: Office) -> None:
    """T-1: filed or begun on 2 May, an entry was missing on 28 April and 1 May; one logged at once never was."""
    closing.do("visit plan 云帆 --date 2012-05-02 --as lin", now="2012-04-26T09:00")
    closing.do("visit plan 远大 --date 2012-05-02 --as lin", now="2012-04-26T09:00")
    closing.do("visit file V-1 --as lin", now="2012-05-02T00:00")
    closing.do("visit leave V-2 --as lin", now="2012-05-02T00:01")
    closing.do("visit log 易购 --direct --date 2012-05-02 --as chen", now="2012-05-02T00:02")
    for day in ("2012-04-28", "2012-05-01"):
        told = due(closing, "2012-05-03T09:00", f"--as-of {day}")
        assert told == [("T-1", "V-1", "2012-04-28", "overdue"), ("T-1", "V-2", "2012-04-28", "overdue")]
    assert [one for one in due(closing, "2012-05-03T09:00", "--as-of 2012-05-02") if one[0] == "T-1"] == []


def test_a_reminder_is_given_where_no_closing_time_is_set(office: Office) -> None:
    """AMB-A1-e: the figure that is missing is named; the rest of the list is not lost."""
    office.do("visit plan 云帆 --date 2012-05-02 --as lin", now="2012-04-26T09:00")
    audit = "visit audit --from 2012-05-02 --to 2012-05-02"
    assert [one["standing"] for one in office.ask(audit, now="2012-04-28T20:00")] == ["planned"]
    assert [one["standing"] for one in office.ask(audit, now="2012-04-29T00:00")] == ["missing"]
    (item,) = office.ask("check", now="2012-04-28T20:00")
    assert (item["state"], "A.visits.close_of_business" in item["says"]) == ("due", True)


def test_an_absence_waits_for_a_decision(office: Office) -> None:
    """T-2."""
    office.do("visit log 见客户 --leave 9:45 --as lin", now="2012-04-16T09:40")
    assert due(office, "2012-04-16T10:00") == [("T-2", "V-1", "2012-04-16", "due")]
    assert due(office, "2012-04-17T10:00") == [("T-2", "V-1", "2012-04-16", "due")]
    office.do("visit confirm I-1 --reason x --as zhou", now="2012-04-18T00:00")
    assert due(office, "2012-04-18T10:00") == []


def test_an_absence_decided_since_was_waiting_before(office: Office) -> None:
    """T-2: decided in the first second of 18 April, it waited on 17 April; one that a decision opened never waited."""
    office.do("visit log 见客户 --leave 9:45 --as lin", now="2012-04-16T09:40")
    office.do("visit log 云帆 --leave 9:45 --as chen", now="2012-04-16T09:40")
    office.do("visit confirm I-1 --reason x --as zhou", now="2012-04-18T00:00")
    office.do("visit overrule V-2 --unclear --reason x --as zhou", now="2012-04-18T00:00")
    assert due(office, "2012-04-19T10:00", "--as-of 2012-04-17") == [("T-2", "V-1", "2012-04-16", "due")]
    assert due(office, "2012-04-19T10:00", "--as-of 2012-04-18") == []


def test_a_visit_whose_deadline_cannot_be_counted_is_not_planned(office: Office) -> None:
    """K-6: it would stop every check that comes upon it."""
    assert office.run("visit plan 云帆 --date 2150-05-02 --as lin").code == "calendar.missing-year"
    assert office.run("check").status == 0
