"""What the register wants on a day, as `check` lists it (T-1, T-2)."""

from __future__ import annotations

from typing import Any

from tests.conftest import Office


def due(office: Office, now: str) -> list[tuple[Any, ...]]:
    items = office.ask("check", now=now)
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


def test_a_reminder_is_given_where_no_closing_time_is_set(office: Office) -> None:
    """AMB-A1-e: the figure that is missing is named; the rest of the list is not lost."""
    office.do("visit plan 云帆 --date 2012-05-02 --as lin", now="2012-04-26T09:00")
    (item,) = office.ask("check", now="2012-04-28T20:00")
    assert (item["state"], "A.visits.close_of_business" in item["says"]) == ("due", True)


def test_an_absence_waits_for_a_decision(office: Office) -> None:
    """T-2."""
    office.do("visit log 见客户 --leave 9:45 --as lin", now="2012-04-16T09:40")
    assert due(office, "2012-04-16T10:00") == [("T-2", "V-1", "2012-04-16", "due")]
    assert due(office, "2012-04-17T10:00") == [("T-2", "V-1", "2012-04-16", "due")]
    office.do("visit confirm I-1 --reason x --as zhou")
    assert due(office, "2012-04-17T10:00") == []
