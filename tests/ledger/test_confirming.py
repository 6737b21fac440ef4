"""A restored ledger is confirmed by a second person; until then every answer and every paper says it is not (K-12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Office

pytestmark = pytest.mark.file
MARK = "Restored, not confirmed"
DAY = "2012-05-{:02}T09:00"


@pytest.fixture
def restored(office: Office) -> Office:
    """A debt, a backup, and the backup put back by the director on 8 May."""
    office.do("receivable log 云帆 1000 --issued 2012-01-01 --due 2012-01-31")
    office.do("ledger backup b.db")
    answer = office.do("ledger restore b.db --yes --as zhou")
    assert MARK in answer.err
    assert "until 2012-05-15" in answer.err
    return office


def test_every_answer_says_so_until_it_is_confirmed(restored: Office) -> None:
    for line in (
        "receivable list",
        "aging report --by manager --format json",
        "customer show 云帆",
        "ledger verify",
        "ledger checkpoint",
    ):
        answer = restored.do(line, now=DAY.format(9))
        assert MARK in answer.err
        assert MARK not in answer.out
    assert "已恢复、未确认" in restored.do("receivable list", now=DAY.format(9), lang="zh_CN").err
    restored.do("ledger confirm-restore --note 检查点 --as gm", now=DAY.format(10))
    assert MARK not in restored.do("receivable list", now=DAY.format(10)).err
    assert "检查点" in restored.do("why restore", now=DAY.format(10)).out


def test_files_and_papers_say_so(restored: Office) -> None:
    from openpyxl import load_workbook

    restored.do("receivable list -o list.xlsx", now=DAY.format(9))
    restored.do("aging report --by manager -o aging.xlsx", now=DAY.format(9))
    for name in ("list.xlsx", "aging.xlsx"):
        book = load_workbook(name)
        assert MARK in str(book["!"]["A1"].value)
        assert MARK in str(book.worksheets[0].oddFooter)
    restored.do("aging report --by manager --print aging.html", now=DAY.format(9))
    assert MARK in Path("aging.html").read_text("utf-8")
    restored.do("customer statement 云帆 --from 2012-05-01 --print s.xlsx --as zhou", now=DAY.format(9))
    cells = [str(cell.value) for row in load_workbook("s.xlsx").worksheets[0].iter_rows() for cell in row]
    assert any("已恢复、未确认 Restored, not confirmed: 2012-05-08" in cell for cell in cells)


@pytest.mark.parametrize(("who", "why"), [("zhou", "whoever put it back"), ("lin", "grade")])
def test_not_by_who_put_it_back_nor_by_anybody(restored: Office, who: str, why: str) -> None:
    answer = restored.run(f"ledger confirm-restore --as {who}", now=DAY.format(9))
    assert (answer.status, answer.code) == (7, "ledger.confirm-refused")
    assert why in answer.err
    assert "general manager" in answer.err
    assert MARK in restored.do("receivable list", now=DAY.format(9)).err
    newest = restored.ask("ledger history restore", now=DAY.format(9))[0]
    assert (newest["verb"], newest["answer"]) == ("ledger.confirm-restore", "refused")


def test_it_falls_due_and_is_overdue_after_seven_days(restored: Office) -> None:
    """K.ledger.confirm_restore: through the seventh day due, the day after it overdue; the doctor says so then."""

    def listed(day: int) -> list[tuple[str, str, str]]:
        rows = restored.ask("check", now=DAY.format(day))
        return [(row["who"], row["due_on"], row["state"]) for row in rows if row["rule"] == "restore"]

    assert listed(8) == listed(15) == [("general_manager", "2012-05-15", "due")]
    assert listed(16) == [("general_manager", "2012-05-15", "overdue")]
    assert "restored" not in restored.run("ledger doctor", now=DAY.format(15)).out
    answer = restored.run("ledger doctor", now=DAY.format(16))
    assert answer.status == 5
    assert "no second person has confirmed it by 2012-05-15" in answer.out
    assert "overdue since 2012-05-15" in restored.do("receivable list", now=DAY.format(16)).err
    restored.do("ledger confirm-restore --as gm", now=DAY.format(16))
    assert listed(16) == []


def test_nothing_to_confirm(office: Office) -> None:
    assert office.run("ledger confirm-restore --as gm").code == "ledger.not-restored"


def test_a_second_restore_waits_again_and_nobody_confirms_their_own_of_several(restored: Office) -> None:
    restored.do("ledger backup c.db", now=DAY.format(9))
    restored.do("ledger restore c.db --yes --as gm", now=DAY.format(9))
    for who in ("zhou", "gm"):
        assert restored.run(f"ledger confirm-restore --as {who}", now=DAY.format(9)).code == "ledger.confirm-refused"
    restored.do("people add 董事 --grade board --alias dong --regime A --as gm", now=DAY.format(9))
    rows = restored.ask("ledger confirm-restore --as dong", now=DAY.format(9))
    assert [row["by"] for row in rows] == ["P002", "P001"]


def test_a_confirmation_of_the_past_does_not_cover_a_restore_after_it(restored: Office) -> None:
    restored.do("ledger confirm-restore --as gm", now=DAY.format(9))
    restored.do("ledger backup d.db", now=DAY.format(9))
    restored.do("ledger restore d.db --yes --as zhou", now=DAY.format(10))
    assert MARK in restored.do("receivable list", now=DAY.format(10)).err
