"""T-10: debts over two, four and six months come up on the agenda, with what is still to be done of each."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from salesctl.desk import Desk, Due, Wishes
from salesctl.receivables.received import received_on_contract
from salesctl.receivables.watch_list import due
from tests.conftest import Office

NOON = datetime(2014, 1, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def dues(office: Office, day: str) -> list[Due]:
    desk = Desk(Wishes(office.place), NOON, "declared", "nobody")
    with desk.ledger.reading() as view:
        return list(due(view, desk, date.fromisoformat(day)))


@pytest.mark.parametrize(
    ("day", "clause", "due_on", "since"),
    [
        ("2012-06-09", "", "", ""),
        ("2012-06-10", "A-8.1", "2012-06-10", ""),
        ("2012-08-09", "A-8.1", "2012-06-10", ""),
        ("2012-08-10", "A-8.2", "2012-08-13", ""),
        ("2012-08-13", "A-8.2", "2012-08-13", ""),
        ("2012-08-14", "A-8.2", "2012-08-20", ""),
        ("2012-10-02", "A-8.2", "2012-10-08", ""),
        ("2012-10-09", "A-8.2", "2012-10-15", ""),
        ("2012-10-10", "A-8.2", "2012-10-15", "2012-10-10"),
        ("2013-12-31", "A-8.2", "2014-01-06", "2012-10-10"),
    ],
)
def test_a_reported_debt_comes_up_for_each_meeting(
    office: Office, day: str, clause: str, due_on: str, since: str
) -> None:
    """EX-A8-1: due 2012-04-09; over 2 months from 06-10, over 4 from 08-10, over 6 from 10-10.

    A report has no deadline (AMB-A8-j); a statement is due at the next Monday meeting, 1 and 8 October 2012 being a
    holiday and the meeting; submitting is a right, so it is mentioned and never due.
    """
    office.do("receivable log 云帆 100 --issued 2012-04-01 --due 2012-04-09 --as lin")
    report = ("T-10", "A-8.1", "R-1", "P003 林静", "2012-06-10", "due")
    items = dues(office, day)
    found = [(one.rule, one.clause, one.subject, one.who, str(one.due_on), one.state) for one in items]
    statement = ("T-10", clause, "R-1", "P003 林静", due_on, "due")
    assert found == ([report, statement] if clause == "A-8.2" else [report] if clause else [])
    assert [one for one in items if "bad debt" in one.said()] == (items[1:] if since else [])
    assert all(since in one.said() for one in items[1:])


def test_a_report_stays_due_until_it_is_made(office: Office) -> None:
    """A-8.1, AMB-A8-j; nobody reports what is not old enough, or twice, or what is paid."""
    office.do("receivable log 云帆 100 --issued 2012-04-01 --due 2012-04-09 --as lin")
    early = office.run("aging report-up R-1 --text x --as lin", now="2012-06-09T09:00")
    assert (early.status, early.code) == (2, "aging.not-yet")
    assert "2012-06-10" in early.err
    done = office.ask("aging report-up R-1 --text 等其客户回款 --as lin", now="2012-06-10T09:00")
    assert (done["reported_on"], done["reported_by"], done["open"]) == ("2012-06-10", "P003 林静", "100.00")
    assert dues(office, "2012-06-10") == []
    assert [one.clause for one in dues(office, "2012-08-10")] == ["A-8.2"]
    assert office.run("aging report-up R-1 --text y --as lin", now="2012-06-11T09:00").code == "aging.reported"
    office.do("receipt log 云帆 100 --as xiang", now="2012-06-12T09:00")
    assert office.run("aging report-up R-1 --text y --as lin", now="2012-06-13T09:00").code == "aging.settled"


def test_a_statement_is_made_for_a_meeting_and_missed_ones_are_counted(office: Office) -> None:
    """A-8.2: over four months from 2012-08-10; meetings on 13, 20 and 27 August."""
    office.do("receivable log 云帆 100 --issued 2012-04-01 --due 2012-04-09 --as lin")
    assert office.run("aging state R-1 --text x --as lin", now="2012-08-09T09:00").code == "aging.not-yet"
    office.do("aging state R-1 --text 已催两次 --as lin", now="2012-08-10T09:00")
    assert [one.clause for one in dues(office, "2012-08-13")] == ["A-8.1"]
    assert office.run("aging state R-1 --text x --as lin", now="2012-08-13T09:00").code == "aging.stated"
    assert office.run("aging state R-1 --text x --meeting 2012-08-21 --as lin").code == "aging.not-yet"
    wrong = office.run("aging state R-1 --text x --meeting 2012-08-21 --as lin", now="2012-08-14T09:00")
    assert (wrong.code, "2012-08-20" in wrong.err) == ("aging.no-meeting", True)
    passed = office.run("aging state R-1 --text x --meeting 2012-08-13 --as lin", now="2012-08-14T09:00")
    assert passed.code == "aging.no-meeting"
    office.do("aging state R-1 --text 答应付一半 --meeting 2012-08-27 --as lin", now="2012-08-25T09:00")
    row = office.ask("aging watch", now="2012-08-28T09:00")[0]
    shown = ("number", "age", "meeting", "is_stated", "made", "missed")
    assert tuple(row[key] for key in shown) == ("R-1", "over_4_months", "2012-09-03", False, 2, 1)
    assert any("missed so far: 1" in one.said() for one in dues(office, "2012-08-28"))
    assert office.ask("aging watch --as-of 2012-08-12", now="2012-08-28T09:00")[0]["missed"] == 0
    assert office.ask("aging watch --as-of 2012-06-09", now="2012-08-28T09:00") == []


def test_nothing_is_due_before_article_8(office: Office) -> None:
    """EX-A8-3, AMB-A8-h: due 2011-12-31 comes up on 2012-04-13, its first day."""
    office.do("receivable log 云帆 100 --issued 2011-12-01 --due 2011-12-31 --as lin")
    assert dues(office, "2012-04-12") == []
    assert [(one.clause, str(one.due_on)) for one in dues(office, "2012-04-13")] == [("A-8.1", "2012-04-13")]
    assert [one.clause for one in dues(office, "2012-05-01")] == ["A-8.1", "A-8.2"]


def test_a_paid_debt_comes_up_no_more_but_did_before(office: Office) -> None:
    """AMB-A8-i: off the list on full payment; AMB-A8-c: a part of it changes the balance only."""
    office.do("receivable log 云帆 100 --issued 2012-01-01 --due 2012-02-01 --as lin")
    office.do("receipt log 云帆 40 --date 2012-05-01 --as xiang")
    assert "60.00" in dues(office, "2012-05-01")[0].said()
    office.do("receipt log 云帆 60 --date 2012-05-03 --as xiang")
    assert dues(office, "2012-05-03") == []
    assert "60.00" in dues(office, "2012-05-02")[0].said()
    assert "100.00" in dues(office, "2012-04-30")[0].said()


def test_money_received_on_a_contract_counts_each_receipt_once(office: Office) -> None:
    """A-6: receipts that name it in full, and what others paid of its receivables."""
    office.do("contract add K-1 --customer 云帆 --amount 5000 --signed 2012-03-01")
    office.do("receivable log 云帆 100 --due 2012-05-09 --contract K-1 --as lin")
    office.do("receivable log 云帆 200 --due 2012-06-09 --as lin")
    office.do("receipt log 云帆 30 --contract K-1 --overpayment --as xiang")
    office.do("receipt log 云帆 150 --as xiang")
    desk = Desk(Wishes(office.place), NOON, "declared", "nobody")
    with desk.ledger.reading() as view:
        assert received_on_contract(view, 1, date(2012, 5, 8)) == 10000
        assert received_on_contract(view, 1, date(2012, 5, 7)) == 0
    office.do("receipt release M-1 R-1=20 --reason x --as lin", now="2012-05-10T09:00")
    office.do("receipt refund M-1 20 --reason x --as gm", now="2012-05-10T09:00")
    office.do("receipt release M-2 R-1=10 --reason x --as lin", now="2012-05-11T09:00")
    with desk.ledger.reading() as view:
        came = [received_on_contract(view, 1, date(2012, 5, day)) for day in (9, 10, 11)]
        assert came == [10000, 8000, 7000]
