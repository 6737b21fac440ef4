"""Receivables and receipts as the department records them, and what is refused."""

from __future__ import annotations

import pytest

from salesctl.policy.calendar import PROVISIONAL, Calendar
from tests.conftest import Office


@pytest.fixture
def owed(office: Office) -> Office:
    """云帆 owes 1,000.00 due 2012-03-10 (R-1), 500.00 due 2012-02-10 (R-2), 800.00 due 2012-06-30 (R-3)."""
    for amount, due in ((1000, "2012-03-10"), (500, "2012-02-10"), (800, "2012-06-30")):
        office.do(f"receivable log 云帆 {amount} --due {due} --issued 2012-02-01 --as lin")
    return office


def open_now(office: Office) -> dict[str, str]:
    return {row["number"]: row["open"] for row in office.ask("receivable list --all")}


def test_a_receipt_pays_the_oldest_due_first(owed: Office) -> None:
    answer = owed.do("receipt log 云帆 700 --as xiang")
    assert open_now(owed) == {"R-2": "0.00", "R-1": "800.00", "R-3": "800.00"}
    assert "500.00 to R-2, 0.00 left of it." in answer.err
    assert "200.00 to R-1, 800.00 left of it." in answer.err
    assert "The customer still owes 1,600.00." in answer.err


def test_a_receipt_pays_what_it_is_told_to_pay(owed: Office) -> None:
    owed.do("receipt log 云帆 700 --to R-3=600 --to R-1 --as xiang")
    assert open_now(owed) == {"R-2": "500.00", "R-1": "900.00", "R-3": "200.00"}
    assert owed.ask("receipt show M-1")["paid"] == "R-3 600.00, R-1 100.00"


def test_more_than_is_open_needs_to_be_meant_and_stays_as_credit(owed: Office) -> None:
    refused = owed.run("receipt log 云帆 2300.01 --as xiang")
    assert (refused.status, refused.code) == (2, "receipt.overpayment")
    assert "0.01 of 2,300.01" in refused.err
    kept = owed.ask("receipt log 云帆 2300.01 --overpayment --as xiang")
    assert (kept["allocated"], kept["credit"]) == ("2300.00", "0.01")


def test_exactly_what_is_open_is_no_overpayment(owed: Office) -> None:
    assert owed.ask("receipt log 云帆 2300 --as xiang")["credit"] == "0.00"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("receipt log 云帆 0", "receivables.amount"),
        ("receipt log 云帆 0.00 --overpayment", "receivables.amount"),
        ("receipt log 云帆 100.005", "money.too-exact"),
        ("receipt log 云帆 1e5", "input.invalid"),
        ("receipt log 云帆 1_000", "input.invalid"),
        ("receipt log 云帆 NaN", "input.invalid"),
        ("receipt log 云帆 99999999999999999999", "money.too-large"),
        ("receipt log 云帆 -5", "usage"),
        ("receipt log 云帆 -- -5", "input.invalid"),
        ("receipt log 云帆 100 --date 2012-05-09", "receipt.future"),
        ("receipt log 云帆 100 --date 2012-02-30", "input.invalid"),
        ("receipt log 云帆 100 --date 20120301", "input.invalid"),
        ("receipt log 云帆 100 --date 2012-01-31 --to R-1", "receipt.before-issue"),
        ("receipt log 云帆 100 --date 2012-01-31", "receipt.overpayment"),
        ("receipt log 云帆 1000.01 --to R-1", "receipt.overpayment"),
        ("receipt log 云帆 2000 --to R-1=1000.01", "receipt.more-than-open"),
        ("receipt log 云帆 100 --to R-1=60 --to R-2=60", "receipt.more-than-received"),
        ("receipt log 远大 100 --to R-1", "receivables.other-customer"),
        ("receipt log 云帆 100 --to R-9", "input.unknown"),
        ("receipt log 云帆 100 --contract K-9", "input.unknown"),
        ("receivable log 云帆 100 --due 2012-05-07", "receivables.due-before-issue"),
        ("receivable log 云帆 100 --due 2012-06-07 --issued 2012-05-09", "receivables.future"),
        ("receivable log 云帆 0 --due 2012-05-09", "receivables.amount"),
        ("receivable log 云帆 100 --due 2012-05-09 --number R-1", "receivables.number-taken"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(owed: Office, line: str, code: str) -> None:
    before = owed.ledger.read_bytes()
    answer = owed.run(line.replace(" log ", " log --as chen "))
    assert (answer.status, answer.code) == (2, code), answer
    assert owed.ledger.read_bytes() == before


def test_full_width_and_grouped_amounts_are_echoed(office: Office) -> None:
    assert office.ask("receivable log 云帆 １２３．４５ --due 2012-06-30 --as lin")["amount"] == "123.45"
    assert office.ask("receivable log 云帆 ￥1,234.50 --due 2012-06-30 --as lin")["amount"] == "1234.50"


def test_the_same_again_within_ten_minutes_is_asked_about(owed: Office) -> None:
    owed.do("receipt log 云帆 100 --as xiang", now="2012-05-08T10:00")
    again = owed.run("receipt log 云帆 100 --as xiang", now="2012-05-08T10:10")
    assert (again.status, again.code) == (2, "receivables.again")
    assert "M-1" in again.err
    owed.do("receipt log 云帆 100 --again --as xiang", now="2012-05-08T10:10")
    owed.do("receipt log 云帆 100 --as xiang", now="2012-05-08T10:20:01")
    owed.do("receipt log 云帆 100.01 --as xiang", now="2012-05-08T10:20:02")


def test_the_same_receivable_again_is_asked_about(owed: Office) -> None:
    line = "receivable log 云帆 1000 --due 2012-03-10 --issued 2012-02-01 --as lin"
    assert owed.run(line).code == "receivables.again"
    owed.do(f"{line} --again")


def test_a_receivable_shows_what_paid_it_and_what_article_8_asks(owed: Office) -> None:
    """A-8.1 to A-8.3: the days from which it is watched, stated, may be submitted."""
    owed.do("receipt log 云帆 100 --to R-1 --date 2012-05-01 --as xiang")
    shown = owed.ask("receivable show R-1")
    assert (shown["open"], shown["age"]) == ("900.00", "up_to_2_months")
    assert (shown["watched_from"], shown["submittable_from"]) == ("2012-05-11", "2012-09-11")
    assert shown["stated_from"] == "2012-07-16"  # over four months on Wednesday the 11th: the Monday after
    assert shown["receipts"] == "M-1 100.00 (2012-05-01)"
    assert owed.ask("receivable show R-1 --as-of 2012-04-30")["open"] == "1000.00"


def test_a_receipt_of_one_contract_pays_only_its_receivables(office: Office) -> None:
    for number in ("K-1", "K-2"):
        office.do(f"contract add {number} --customer 云帆 --amount 5000 --signed 2012-03-01")
    office.do("receivable log 云帆 100 --due 2012-05-09 --contract K-1 --as lin")
    office.do("receivable log 云帆 200 --due 2012-06-09 --contract K-2 --as lin")
    office.do("receipt log 云帆 150 --contract K-2 --as xiang")
    assert open_now(office) == {"R-1": "100.00", "R-2": "50.00"}
    assert office.run("receivable log 远大 100 --due 2012-06-09 --contract K-1 --as lin").code == (
        "receivables.other-customer"
    )


def test_the_first_meeting_is_a_monday(office: Office) -> None:
    """EX-A8-1: due 2012-04-09, over four months on Friday 08-10, stated on Monday 08-13."""
    office.do("receivable log 云帆 100 --issued 2012-04-01 --due 2012-04-09 --number R-9 --as lin")
    assert office.ask("receivable show R-9")["stated_from"] == "2012-08-13"


def test_a_debt_due_beyond_the_calendar_is_shown_without_its_meeting(office: Office) -> None:
    """K-6: the working days of a year to come are provisional, of those after it unknown."""
    last = Calendar().last_announced
    office.do(f"receivable log 云帆 100 --due {last}-12-30 --number R-8 --as lin")
    office.do(f"receivable log 云帆 100 --due {last + 1}-12-30 --number R-9 --as lin")
    near, far = (office.do(f"receivable show {number} --format json") for number in ("R-8", "R-9"))
    assert (near.json["stated_from"][:4], PROVISIONAL in near.err) == (str(last + 1), True)
    assert (far.json["stated_from"], f"working days of {last + 2}" in far.err) == (None, True)


@pytest.mark.parametrize("number", ["R-1", "r-1", "Ｒ-1", "1", " r-１ "])
def test_a_number_is_found_in_any_width_and_case(owed: Office, number: str) -> None:
    assert owed.ask(f"receivable show '{number}'")["number"] == "R-1"
    owed.do(f"receipt log 云帆 100 --to '{number}' --as xiang")
    assert open_now(owed)["R-1"] == "900.00"
    assert (
        owed.ask(f"receipt show '{number.replace('R', 'M').replace('r', 'm').replace('Ｒ', 'Ｍ')}'")["paid"]
        == "R-1 100.00"
    )


def test_a_number_of_the_offices_own_is_found_and_never_guessed(owed: Office) -> None:
    """`3` is a number here, before it is R-3; two that differ in case alone are both named."""
    for number in ("3", "Inv-7a", "INV-7B", "inv-7b"):
        owed.do(f"receivable log 远大 1 --due 2012-06-30 --number {number} --again")
    assert owed.ask("receivable show 3")["number"] == "3"
    assert owed.ask("receivable show inv-7A")["number"] == "Inv-7a"
    assert owed.ask("receivable show inv-7b")["number"] == "inv-7b"
    assert owed.run("receivable show Inv-7b").code == "input.ambiguous"
    unknown = owed.run("receivable show inv-8")
    assert (unknown.status, unknown.code) == (2, "input.unknown")
    owed.do("contract add HT-18 --customer 云帆 --amount 100 --signed 2012-04-20")
    owed.do("receivable log 云帆 5 --due 2012-06-30 --contract ht-18")
