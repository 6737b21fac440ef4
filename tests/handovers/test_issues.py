"""Problems of a handover: settled in the period, carried on past it, or the transferor's (E-13, E-15, E-16)."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Office

JUNE = "2012-06-04T09:00"


@pytest.fixture
def handed(office: Office) -> Office:
    """H-1 with a debt of 云帆 that is due next quarter; 林静 leaves on 2012-06-15."""
    office.do("receivable log 云帆 46250 --due 2012-09-30 --number R-A --as lin")
    office.do("receivable log 云帆 2150 --due 2012-06-01 --number R-B --as lin")
    office.do("handover start --from lin --to chen --leaving 2012-06-15 --as zhou")
    return office


def state(office: Office, number: str, now: str = JUNE) -> str:
    found = {one["number"]: one["state"] for one in office.ask("handover issues H-1", now=now)}
    return str(found[number])


def test_a_debt_due_next_quarter_is_carried_and_a_wrong_invoice_is_the_transferors(handed: Office) -> None:
    """EX-E-10: E-16 for the one, E-15a until the period ends and E-15b from the day after for the other."""
    carried = handed.ask("handover issue H-1 R-A --text 'paid quarterly' --kind cross-period", now=JUNE)
    assert (carried["state"], carried["due_on"], carried["amount"]) == ("carried", "2012-09-30", "46250.00")
    assert "E-16" in str(carried["working"])
    wrong = handed.ask("handover issue H-1 R-B --text 'wrong invoice' --kind current", now=JUNE)
    assert (wrong["state"], wrong["amount"]) == ("open", "2150.00")
    assert state(handed, "HI-2", "2012-06-15T20:00") == "open"
    after = handed.do("handover issues H-1", now="2012-06-16T08:00")
    assert state(handed, "HI-2", "2012-06-16T08:00") == "unsettled"
    assert "completion" not in after.err
    assert state(handed, "HI-1", "2012-06-16T08:00") == "carried"


def test_a_plan_counts_once_it_is_reported(handed: Office) -> None:
    """E-13: worked out by the three, then reported; a new plan is reported anew."""
    handed.do("handover issue H-1 云帆 --text 'contract missing'", now=JUNE)
    assert handed.run("handover report-issue H-1 HI-1 --to 销售管理部", now=JUNE).code == "handover.no-plan"
    planned = handed.do("handover plan H-1 HI-1 --text 'ask the customer for a copy'", now=JUNE)
    assert "keeps the handover" in planned.err
    assert state(handed, "HI-1") == "open"
    handed.do("handover report-issue H-1 HI-1 --to 销售管理部", now=JUNE)
    assert state(handed, "HI-1") == "planned"
    handed.do("handover plan H-1 HI-1 --text 'another one'", now=JUNE)
    assert state(handed, "HI-1") == "open"


def test_what_is_settled_keeps_nothing_up_and_is_not_settled_twice(handed: Office) -> None:
    """E-15a."""
    handed.do("handover issue H-1 云帆 --text 'contract missing'", now=JUNE)
    assert "completion (E-15a): 1" in handed.do("handover issues H-1", now=JUNE).err
    handed.do("handover settle H-1 HI-1 --how 'copy received' --as lin", now="2012-06-06T09:00")
    assert state(handed, "HI-1", "2012-06-06T10:00") == "settled"
    assert state(handed, "HI-1") == "open"  # as it stood before
    again = handed.run("handover settle H-1 HI-1 --how again --as lin", now="2012-06-06T11:00")
    assert (again.status, again.code) == (2, "handover.issue-ended")


def test_the_receiver_alone_takes_on_what_runs_past(handed: Office) -> None:
    """E-16, E-15a: nobody takes it on in their place, and a current problem is not put off."""
    handed.do("handover issue H-1 R-A --text 'paid quarterly' --kind cross-period", now=JUNE)
    handed.do("handover issue H-1 R-B --text 'wrong invoice'", now=JUNE)
    for line in ("HI-1 --as lin", "HI-2 --as chen"):
        refused = handed.run(f"handover carry H-1 {line}", now=JUNE)
        assert (refused.status, refused.code) == (7, "handover.carry-refused")
    assert handed.ask("handover carry H-1 HI-1 --as chen", now=JUNE)["carried_on"] == "2012-06-04"


def test_the_planned_completion_says_how_far_the_period_reaches(handed: Office) -> None:
    """AMB-E-e: the last day at work until a day is planned."""
    handed.do("handover issue H-1 云帆 --text claim --due 2012-06-20", now=JUNE)
    assert state(handed, "HI-1") == "carried"
    assert handed.ask("handover plan H-1 --by 2012-06-20", now=JUNE)["planned_on"] == "2012-06-20"
    assert state(handed, "HI-1") == "open"
    assert handed.run("handover plan H-1 --by 2012-06-03", now=JUNE).code == "handover.too-soon"


def test_check_names_what_is_open_on_the_planned_completion(handed: Office) -> None:
    """T-35: not before that day; overdue after it; never what is carried on."""
    handed.do("handover issue H-1 R-B --text 'wrong invoice'", now=JUNE)
    handed.do("handover issue H-1 R-A --text 'paid quarterly' --kind cross-period", now=JUNE)

    def found(now: str) -> list[tuple[str, str, str]]:
        rows = handed.ask("check", now=now)
        return [(one["subject"], one["state"], one["who"]) for one in rows if one["rule"] == "T-35"]

    assert found("2012-06-14T09:00") == []
    assert found("2012-06-15T09:00") == [("HI-1", "due", "P003 林静, P002 周岚")]
    assert found("2012-06-16T09:00") == [("HI-1", "overdue", "P003 林静, P002 周岚")]
    handed.do("handover settle H-1 HI-1 --how corrected --as lin", now="2012-06-16T09:30")
    assert found("2012-06-16T10:00") == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("issue H-1 易购 --text x", "input.unknown"),
        ("issue H-1 R-Z --text x", "input.unknown"),
        ("issue H-1 云帆 --text ''", "input.invalid"),
        ("issue H-1 云帆 --text x --kind later", "input.invalid"),
        ("issue H-1 云帆 --text x --kind cross-period", "handover.no-due-day"),
        ("issue H-1 R-B --text x --kind cross-period", "handover.current"),
        ("issue H-1 R-B --text x --kind current --due 2012-07-01", "handover.cross-period"),
        ("issue H-1 R-B --text x --on 2012-05-01", "handover.day"),
        ("issue H-1 R-B --text x --amount -5", "input.invalid"),
        ("plan H-1 HI-7 --text x", "input.unknown"),
        ("plan H-1 HI-7", "input.invalid"),
        ("settle H-1 HI-7 --how x", "input.unknown"),
    ],
)
def test_what_cannot_be_a_problem_is_not_written(handed: Office, line: str, code: str) -> None:
    before = handed.do("ledger history", now=JUNE).out
    answer = handed.run(["handover", *shlex.split(line)], now=JUNE)
    assert (answer.status, answer.code) == (2, code)
    assert handed.do("ledger history", now=JUNE).out == before


def test_an_issue_belongs_to_its_handover(handed: Office) -> None:
    handed.do("handover issue H-1 云帆 --text x", now=JUNE)
    handed.do("handover start --from chen --to xiang --as zhou", now=JUNE)
    assert handed.run("handover settle H-2 HI-1 --how x", now=JUNE).code == "handover.other-issue"


def test_a_plan_is_printed_for_the_three_to_sign(handed: Office, tmp_path: Path) -> None:
    """E-13: the 《处理方案》; without a plan there is nothing to print, and it belongs to its handover."""
    file = tmp_path / "plan.xlsx"
    handed.do("handover issue H-1 R-B --text 'wrong invoice' --kind current", now=JUNE)
    line = ["handover", "print-plan", "H-1", "HI-1", str(file)]
    assert handed.run(line, now=JUNE).code == "handover.no-plan"
    handed.do("handover plan H-1 HI-1 --text 'a corrected invoice'", now=JUNE)
    handed.do(line, now=JUNE)
    sheet = load_workbook(file).active
    assert sheet is not None
    said = "\n".join(str(cell) for row in sheet.values for cell in row if cell is not None)
    for text in ("处理方案", "a corrected invoice", "2150", "监交人", "主管部门", "E-13"):
        assert text in said
    assert "print-plan" in handed.do("ledger history", now=JUNE).out


def test_as_of_a_day_no_later_step_is_known(handed: Office) -> None:
    """E-13: the list of an earlier day shows neither plan nor settlement."""
    handed.do("handover issue H-1 R-B --text 'wrong invoice'", now=JUNE)
    handed.do("handover plan H-1 HI-1 --text 'a corrected invoice'", now="2012-06-05T09:00")
    handed.do("handover settle H-1 HI-1 --how corrected --as lin", now="2012-06-06T09:00")
    one = handed.ask("handover issues H-1 --as-of 2012-06-04", now="2012-06-07T09:00")[0]
    assert (one["state"], one["plan"], one["settled_on"], one["settlement"]) == ("open", "", None, "")
    assert "E-13" in str(handed.ask("why HI-1", now="2012-06-07T09:00"))


def test_a_debt_that_is_said_to_be_settled_and_is_still_open_is_said(office: Office) -> None:
    """E-15a: the ledger has the last word on what is owed."""
    office.do("receivable log 云帆 800 --due 2012-06-01 --issued 2012-04-01 --number R-A --as lin")
    office.do("handover start --from lin --to chen --leaving 2012-06-15 --as zhou")
    office.do("handover issue H-1 R-A --text 未付 --kind current --as lin")
    told = office.do("handover settle H-1 HI-1 --how 已付 --as lin")
    assert "R-A still has 800.00 open" in told.err
