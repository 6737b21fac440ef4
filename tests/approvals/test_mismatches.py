"""What was received for an invoice differs from it: check says so until it is applied for (A-5.2, AMB-A5-f)."""

from __future__ import annotations

import pytest

from tests.conftest import Office


def invoice(
    office: Office, number: str = "FP-1", amount: str = "30000", due: str = "2012-05-01", more: str = ""
) -> None:
    office.do(f"receivable log 云帆 {amount} --number {number} --due {due} --issued 2012-04-16 --again {more} --as gm")


def receive(office: Office, amount: str, to: str = "--to FP-1", day: str = "2012-05-03") -> None:
    office.do(f"receipt log 云帆 {amount} {to} --date {day} --overpayment --as gm")


def apart(office: Office, day: str = "2012-05-08", now: str = "2012-05-08T09:00") -> list[tuple[str, str]]:
    found = office.ask(f"check --as-of {day}", now=now)
    return [(one["subject"], one["due_on"]) for one in found if one["clause"] == "A-5.2"]


@pytest.mark.parametrize(
    ("paid", "is_listed"), [("29999.99", True), ("30000", False), ("30000.01", True), ("0.01", True)]
)
def test_a_fen_either_way_arises_by_itself(office: Office, paid: str, is_listed: bool) -> None:
    """EX-A5-1, AMB-A5-f: from one fen, in either direction."""
    invoice(office)
    receive(office, paid)
    assert bool(apart(office)) == is_listed
    answer = office.run("approve mismatch --receivable FP-1 --for 手续费 --as lin --format json")
    assert answer.code == ("" if is_listed else "approve.nothing-apart")


def test_two_parts_that_make_the_invoice_are_none(office: Office) -> None:
    """EX-A5-1: 18 000.00 and 12 000.00 of 30 000.00."""
    invoice(office)
    receive(office, "18000")
    assert apart(office) == [("FP-1", "2012-05-02")]  # what was due on the first is not all there
    receive(office, "12000")
    assert apart(office) == []


def test_until_it_is_due_a_part_is_only_a_part(office: Office) -> None:
    invoice(office, due="2012-05-08")
    receive(office, "18000")
    assert apart(office) == []
    assert apart(office, "2012-05-09", "2012-05-09T09:00") == [("FP-1", "2012-05-09")]


def test_what_nobody_has_paid_is_overdue_and_no_difference(office: Office) -> None:
    invoice(office)
    assert apart(office) == []


def test_it_says_who_what_and_what_to_type(office: Office) -> None:
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    invoice(office, more="--contract HT-18")
    receive(office, "30000.05")
    (one,) = [one for one in office.ask("check") if one["clause"] == "A-5.2"]
    assert one["who"] == "P003 林静"
    assert "HT-18: 30,000.05 received for invoice FP-1 of 30,000.00, 0.05 yuan apart" in one["says"]
    assert "salesctl approve mismatch --receivable FP-1 --for TEXT" in one["says"]


def test_an_application_ends_it_and_its_withdrawal_brings_it_back(office: Office) -> None:
    invoice(office)
    receive(office, "29999.99")
    filed = office.ask("approve mismatch --receivable FP-1 --for 手续费 --as lin")
    assert (filed["amount"], filed["level"]) == ("0.01", "general_manager")
    assert apart(office) == []
    office.do("approve withdraw A-1 --reason 又到一分 --as lin")
    assert apart(office) == [("FP-1", "2012-05-02")]
    office.do("approve mismatch --receivable FP-1 --for 手续费 --again --as lin")
    office.do("approve endorse A-2 --as zhou")
    office.do("approve grant A-2 --as gm")
    assert apart(office) == []


def test_more_apart_than_was_decided_arises_again(office: Office) -> None:
    """What was decided on was a fen; now it is a thousand yuan."""
    invoice(office)
    receive(office, "29999.99")
    office.do("approve mismatch --receivable FP-1 --for 手续费 --as lin")
    office.do("approve endorse A-1 --as zhou")
    office.do("approve grant A-1 --as gm")
    office.do("receipt release M-1 FP-1=1000 --reason 错记 --yes --as gm")
    office.do("receipt refund M-1 1000 --reason 退款 --yes --as zhou")
    assert apart(office) == [("FP-1", "2012-05-02")]


def test_credit_that_pays_something_else_is_no_difference(office: Office) -> None:
    invoice(office)
    receive(office, "30100")
    assert apart(office) == [("FP-1", "2012-05-03")]
    office.do("receipt refund M-1 100 --reason 多付 --yes --as zhou", now="2012-05-07T09:00")
    assert apart(office) == []
    assert apart(office, "2012-05-06") == [("FP-1", "2012-05-03")]  # as it stood then


def test_a_past_day_is_answered_as_it_stood(office: Office) -> None:
    invoice(office)
    receive(office, "18000", day="2012-05-03")
    receive(office, "12000", day="2012-05-07")
    days = {day: apart(office, day) for day in ("2012-05-02", "2012-05-03", "2012-05-06", "2012-05-07")}
    assert days == {
        "2012-05-02": [],
        "2012-05-03": [("FP-1", "2012-05-02")],
        "2012-05-06": [("FP-1", "2012-05-02")],
        "2012-05-07": [],
    }


def test_a_prepayment_without_an_invoice_is_none_and_with_one_is_compared(office: Office) -> None:
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    receive(office, "30000.01", "--contract HT-18")
    assert apart(office) == []
    invoice(office, more="--contract HT-18", due="2012-06-01")
    assert apart(office) == [("FP-1", "2012-05-03")]


def test_before_article_5_there_is_no_such_duty(office: Office) -> None:
    """K-9: the difference lies before 9 April 2012."""
    line = "receivable log 云帆 30000 --number FP-1 --due 2012-04-01 --issued 2012-03-16 --as gm"
    office.do(line, now="2012-04-02T09:00")
    office.do("receipt log 云帆 29999.99 --to FP-1 --date 2012-04-02 --as gm", now="2012-04-02T09:00")
    assert apart(office) == []
