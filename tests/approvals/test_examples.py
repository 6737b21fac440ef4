"""Every worked example of articles 4, 5 and 6 that files or decides something, typed as commands."""

from __future__ import annotations

import pytest

from tests.conftest import Office

LEVELS = {"AM": "account_manager", "director": "account_director", "GM": "general_manager"}


def volume(office: Office, units: int, line: str = "platform", month: str = "2012-04") -> None:
    office.do(f"customer volume 云帆 {units} --month {month}-01 --line {line}")


def make_good(units: int, line: str = "platform") -> str:
    ask = f"approve make-good --customer 云帆 --line {line} --units {units} --month 2012-04"
    return f"{ask} --ground dissatisfied --as lin"


def contract(office: Office, price: str, received: str) -> None:
    office.do(f"contract add HT-18 --customer 云帆 --amount {price} --signed 2012-04-16")
    office.do(f"receipt log 云帆 {received} --contract HT-18 --date 2012-05-02 --overpayment --as gm")


def commission(amount: str, more: str = "") -> str:
    return f"approve commission --contract HT-18 --amount {amount} --as lin{more}"


def decided_by(office: Office, line: str, level: str) -> None:
    """File it; exactly the grade it needs decides: nobody below, and of the own discretion nobody else."""
    filed = office.ask(line)
    assert filed["level"] == LEVELS[level]
    assert filed["state"] == ("granted" if level == "AM" else "pending")
    number = filed["number"]
    if level == "AM":
        assert office.run(f"approve grant {number} --as gm").code == "approve.decided"
        return
    if level == "GM":
        assert office.run(f"approve grant {number} --as gm").status == 7  # over the director's head
        office.do(f"approve endorse {number} --as zhou")
        assert office.run(f"approve grant {number} --as zhou").status == 7
    assert office.run(f"approve grant {number} --as lin").status == 7
    granted = office.ask(f"approve grant {number} --as {'gm' if level == 'GM' else 'zhou'}")
    assert granted["state"] == "granted"


@pytest.mark.parametrize(
    ("units", "level"), [(12_000, "AM"), (12_001, "director"), (60_000, "director"), (60_001, "GM")]
)
def test_ex_a4_1_platform(office: Office, units: int, level: str) -> None:
    """EX-A4-1: of 1 200 000."""
    volume(office, 1_200_000)
    decided_by(office, make_good(units), level)


@pytest.mark.parametrize(
    ("units", "level"), [(17_308, "AM"), (17_309, "director"), (43_271, "director"), (43_272, "GM")]
)
def test_ex_a4_2_database(office: Office, units: int, level: str) -> None:
    """EX-A4-2: of 865 430, whose 2 % are 17 308.6 and 5 % 43 271.5."""
    volume(office, 865_430, "database")
    decided_by(office, make_good(units, "database"), level)


def test_ex_a4_3_the_second_is_the_directors(office: Office) -> None:
    """EX-A4-3: 9 000 on the 5th within the account manager's, another 4 000 on the 20th are 13 000 together."""
    volume(office, 1_200_000)
    first = office.do(f"{make_good(9_000)} --format json", now="2012-05-05T09:00").json
    assert (first["state"], first["level"]) == ("granted", "account_manager")
    second = office.do(f"{make_good(4_000)} --format json", now="2012-05-20T09:00")
    assert (second.json["state"], second.json["level"]) == ("pending", "account_director")
    steps = {step["name"]: step["value"] for step in second.json["working"]["steps"]}
    assert (steps["granted before"], steps["this request"], steps["volume of the month"]) == (9_000, 4_000, 1_200_000)
    assert office.do("approve grant A-2 --as zhou --format json", now="2012-05-20T09:00").json["state"] == "granted"


def test_ex_a5_1_a_fen_is_applied_for_two_parts_are_not(office: Office) -> None:
    """EX-A5-1: 29 999.99 of 30 000.00; 18 000.00 and 12 000.00 of 30 000.00."""
    for number in ("FP-1", "FP-2"):
        office.do(f"receivable log 云帆 30000 --number {number} --due 2012-05-01 --issued 2012-04-16 --again --as gm")
    office.do("receipt log 云帆 29999.99 --to FP-1 --date 2012-05-03 --as gm")
    for part in ("18000", "12000"):
        office.do(f"receipt log 云帆 {part} --to FP-2 --date 2012-05-04 --as gm")
    assert [one["subject"] for one in office.ask("check") if one["clause"] == "A-5.2"] == ["FP-1"]
    assert office.run("approve mismatch --receivable FP-2 --for x --as lin").code == "approve.nothing-apart"
    decided_by(office, "approve mismatch --receivable FP-1 --for 手续费 --as lin", "GM")
    assert [one["subject"] for one in office.ask("check") if one["clause"] == "A-5.2"] == []


def test_ex_a5_2_without_the_supervisors_copy_it_stays_a_draft(office: Office) -> None:
    """EX-A5-2: To the director and no Cc stays a draft; with the Cc it is submitted, and both are on the letter."""
    office.do("people email xiang - --as gm")
    office.unnamed()
    assert office.ask("approve other --customer 云帆 --for x --as lin")["state"] == "draft"
    office.do("people email xiang x@example.com --as gm")
    assert office.ask("approve submit A-1 --as lin")["state"] == "pending"
    letter = office.do("mail show M-1 --as gm").out
    assert "zhou@example.com" in letter
    assert "x@example.com" in letter


@pytest.mark.parametrize(("day", "state"), [("2012-04-08", "pending"), ("2012-04-09", "draft")])
def test_ex_a5_2_form_and_mail_from_the_ninth_on(office: Office, day: str, state: str) -> None:
    """EX-A5-2: 15 000 of 1 000 000 is the director's on either day; the form is demanded from the ninth."""
    office.do("customer volume 云帆 1000000 --month 2012-03-01 --line platform")
    office.do("people email xiang - --as gm", now="2012-04-07T09:00")
    office.unnamed()
    ask = "approve make-good --customer 云帆 --line platform --units 15000 --month 2012-03 --ground dissatisfied"
    filed = office.do(f"{ask} --as lin --format json", now=f"{day}T09:00").json
    assert (filed["level"], filed["state"]) == ("account_director", state)


@pytest.mark.parametrize(
    ("amount", "level"), [("9300", "AM"), ("9300.01", "director"), ("18599.99", "director"), ("18600", "GM")]
)
def test_ex_a6_1_of_what_was_received(office: Office, amount: str, level: str) -> None:
    """EX-A6-1: of 186 000.00."""
    contract(office, "200000", "186000")
    decided_by(office, commission(amount), level)


@pytest.mark.parametrize(
    ("amount", "level"), [("6000", "AM"), ("6000.01", "director"), ("12000", "director"), ("12000.01", "GM")]
)
def test_ex_a6_2_of_the_receipts_and_not_of_the_price(office: Office, amount: str, level: str) -> None:
    """EX-A6-2: of 120 000.01 received on a contract of 200 000.00; no percentage is rounded."""
    contract(office, "200000", "120000.01")
    decided_by(office, commission(amount), level)
