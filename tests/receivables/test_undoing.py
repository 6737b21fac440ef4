"""Undoing takes a second person: a debt off the watch list, a receipt that was none; money recorded alone (K-12)."""

from __future__ import annotations

import pytest

from tests.conftest import Office

NOW = "2012-07-02T09:00"
BANK = "customer,amount,date,number\n云帆,50,2012-05-02,{number}\n"


@pytest.fixture
def owed(office: Office) -> Office:
    """Recorded by support: a debt of 云帆, whom lin serves, on the watch list; and 100 received too much."""
    office.do("people add 马会计 --grade finance --alias ma --regime A --from 2012-03-01 --as gm")
    office.do("receivable log 云帆 1000 --issued 2012-04-01 --due 2012-04-20")
    office.do("receipt log 易购 100 --overpayment")
    return office


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("lin", "whoever serves or served the customer does not undo it"),
        ("xiang", "whoever recorded it does not undo it"),
        ("chen", "their grade does not correct the books"),
    ],
)
def test_a_debt_is_not_cancelled_by_who_serves_it_recorded_it_or_anybody(owed: Office, who: str, why: str) -> None:
    """A-8.1: otherwise it would leave the watch list by one person's word, where writing it off takes the board."""
    answer = owed.run(f"receivable cancel R-1 --reason x --yes --as {who}", now=NOW)
    assert (answer.status, answer.code) == (7, "receivables.refused")
    assert why in answer.err
    assert "finance, support supervisor, account director" in answer.err
    assert owed.ask("receivable show R-1", now=NOW)["open"] == "1000.00"
    assert owed.ask("ledger history R-1", now=NOW)[0]["verb"] == "receivable.cancel"
    assert "无权作废" in owed.run(f"receivable cancel R-1 --reason x --yes --as {who}", now=NOW, lang="zh_CN").err


@pytest.mark.parametrize("who", ["ma", "zhou", "gm"])
def test_a_second_person_entitled_cancels_it(owed: Office, who: str) -> None:
    """K-12, A.receivables.correctors."""
    owed.do(f"receivable cancel R-1 --reason 开错 --yes --as {who}", now=NOW)
    assert owed.ask("receivable show R-1", now=NOW)["open"] == "0.00"


def test_who_served_the_debt_before_does_not_cancel_it_either(owed: Office) -> None:
    """A customer handed over, and a manager promoted since: the debt arose in their time."""
    owed.do("people promote lin account_director --from 2012-06-01 --as gm", now="2012-06-01T09:00")
    owed.do("customer transfer 云帆 --to chen --from 2012-06-01 --as gm", now="2012-06-01T09:00")
    answer = owed.run("receivable cancel R-1 --reason x --yes --as lin", now=NOW)
    assert (answer.status, answer.code) == (7, "receivables.refused")
    assert "served the customer" in answer.err


def test_a_grade_of_a_past_day_does_not_cancel(owed: Office) -> None:
    """--on lends nobody a grade of another day."""
    owed.do("people promote ma support_staff --from 2012-06-01 --as gm", now="2012-06-01T09:00")
    for on in ("", " --on 2012-05-20"):
        answer = owed.run(f"receivable cancel R-1 --reason x --yes --as ma{on}", now=NOW)
        assert answer.code == "receivables.refused"


def test_whoever_imported_it_recorded_it(owed: Office) -> None:
    """One entry holds many debts; each was recorded by who brought the file."""
    (owed.folder / "r.csv").write_text(
        "number,customer,amount,issued,due\nF%_!1,云帆,5,2012-05-01,2012-05-02\n", "utf-8"
    )
    owed.do("receivable import r.csv --as ma")
    answer = owed.run(["receivable", "cancel", "F%_!1", "--reason", "x", "--yes", "--as", "ma"], now=NOW)
    assert (answer.status, answer.code) == (7, "receivables.refused")
    assert "whoever recorded it" in answer.err
    owed.do(["receivable", "cancel", "F%_!1", "--reason", "x", "--yes", "--as", "xiang"], now=NOW)


def test_whoever_drew_up_the_instalments_recorded_them(owed: Office) -> None:
    owed.do("contract add K-1 --customer 云帆 --amount 1000 --signed 2012-03-05 --as lin")
    owed.do("receivable instalments K-1 --count 2 --first 2012-08-31 --as ma")
    assert owed.run("receivable cancel R-2 --reason x --yes --as ma", now=NOW).code == "receivables.refused"
    owed.do("receivable cancel R-2 --reason x --yes --as xiang", now=NOW)


@pytest.mark.parametrize("verb", ["refund M-1 50 --reason x", "reverse M-1 --reason x --yes"])
def test_money_is_taken_back_by_a_second_person(owed: Office, verb: str) -> None:
    """Neither who logged the receipt, nor who serves the customer, nor just anybody."""
    for who, why in (("xiang", "whoever recorded it"), ("chen", "serves"), ("lin", "grade")):
        answer = owed.run(f"receipt {verb} --as {who}", now=NOW)
        assert (answer.status, answer.code) == (7, "receipt.refused")
        assert why in answer.err
    assert owed.ask("receipt show M-1", now=NOW)["credit"] == "100.00"
    owed.do(f"receipt {verb} --as ma", now=NOW)
    assert owed.ask("receipt show M-1", now=NOW)["credit"] in ("50.00", "0.00")


class TestMoneyRecordedByWhoServes:
    """The matrix: typed by somebody else, or with the bank's reference."""

    def test_without_the_banks_reference_it_is_held(self, owed: Office) -> None:
        answer = owed.run("receipt log 云帆 50 --as lin")
        assert (answer.status, answer.code) == (7, "receipt.no-reference")
        assert "--number REFERENCE" in answer.err
        assert owed.run("receipt log 云帆 50 --number m-77 --as lin").code == "receipt.no-reference"
        assert owed.ask("receivable show R-1")["open"] == "1000.00"
        assert "银行流水号" in owed.run("receipt log 云帆 50 --as lin", lang="zh_CN").err

    def test_with_it_or_by_somebody_else_it_is_recorded(self, owed: Office) -> None:
        owed.do("receipt log 云帆 50 --number 0512-8841 --as lin")
        owed.do("receipt log 云帆 60 --as ma")
        owed.do("receipt log 云帆 70 --as chen")
        assert owed.ask("receivable show R-1")["open"] == "820.00"

    def test_in_a_file_every_such_row_is_named(self, owed: Office) -> None:
        (owed.folder / "b.csv").write_text(BANK.format(number=""), "utf-8")
        answer = owed.run("receipt import b.csv --as lin")
        assert answer.status == 2
        assert "bank's reference" in answer.out + answer.err
        owed.do("receipt import b.csv --as ma")
        (owed.folder / "b.csv").write_text(BANK.format(number="0512-8842"), "utf-8")
        owed.do("receipt import b.csv --as lin")
