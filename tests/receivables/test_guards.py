"""Money is counted once, where it belongs, and a retry is the same money."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Office


def test_money_of_one_contract_pays_no_debt_of_another(office: Office) -> None:
    """AMB-A6-c: it would raise what was received on both."""
    for number in ("HT-1", "HT-3"):
        office.do(f"contract add {number} --customer 云帆 --amount 9000 --signed 2012-04-20 --as lin")
    office.do("receivable log 云帆 7000 --issued 2012-04-20 --due 2012-05-30 --contract HT-3 --number X1")
    answer = office.run("receipt log 云帆 7000 --date 2012-05-01 --contract HT-1 --to X1")
    assert (answer.status, answer.code) == (2, "receipt.other-contract")
    office.do("receipt log 云帆 7000 --date 2012-05-01 --contract HT-3 --to X1")


def test_a_number_somebody_typed_does_not_stop_ours(office: Office) -> None:
    office.do("receivable log 云帆 1 --due 2012-05-30 --number R-2")
    numbers = [office.ask(f"receivable log 云帆 {amount} --due 2012-05-30")["number"] for amount in (2, 3)]
    assert numbers == ["R-3", "R-4"]


def test_another_content_is_another_request(office: Office) -> None:
    """The same id with another file's rows must not be taken for carried out."""
    file = Path("ri.csv")
    for number, code in (("Q1", ""), ("Q1", ""), ("Q2", "ledger.request-id")):
        file.write_text(f"number,customer,amount,issued,due\n{number},云帆,1,2012-04-01,2012-05-01\n", encoding="utf-8")
        assert office.run("receivable import ri.csv --request-id d").code == code


def test_more_equal_instalments_than_fen_are_refused(office: Office) -> None:
    office.do("contract add K-9 --customer 云帆 --amount 0.05 --signed 2012-03-05 --as lin")
    answer = office.run("receivable instalments K-9 --count 7 --first 2012-06-30 --as lin")
    assert (answer.status, answer.code) == (2, "receivables.too-small")
    assert [row["amount"] for row in office.ask("receivable instalments K-9 --count 5 --first 2012-06-30")] == [
        "0.01"
    ] * 5


def test_nobody_reports_or_states_on_a_day_to_come(office: Office) -> None:
    """A-8.1, A-8.2: the duty is done when it is done."""
    office.do("receivable log 云帆 80000 --issued 2012-04-01 --due 2012-04-09 --as lin")
    for line in ("report-up R-1 --text x --on 2013-01-01", "state R-1 --text x --on 2013-01-07"):
        answer = office.run(f"aging {line} --as lin")
        assert (answer.status, answer.code) == (2, "aging.future")


def test_a_contested_debt_is_listed_with_what_was_owed_then(office: Office) -> None:
    office.do("receivable log 云帆 80000 --issued 2012-04-01 --due 2012-04-09 --as lin")
    office.do("receivable dispute R-1 --reason x --date 2012-04-20 --as lin")
    office.do("receipt log 云帆 80000 --as xiang", now="2012-05-10T09:00")
    now = "2012-05-11T09:00"
    assert office.ask("receivable dispute --as-of 2012-05-09", now=now)[0]["open"] == "80000.00"
    assert office.ask("receivable dispute", now=now)[0]["open"] == "0.00"
