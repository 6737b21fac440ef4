"""The matrix of separated duties through the commands: who has had a hand in it, which grade, a fen below and above."""

from __future__ import annotations

import os
import pwd

import pytest

from tests.conftest import Office

LOGIN = pwd.getpwuid(os.getuid()).pw_name
RECEIVED = 18_600_000
LADDER = ("account_manager", "account_director", "general_manager")
PEOPLE = {  # who -> grade
    "lin": "account_manager",  # asks
    "chen": "account_manager",
    "zhou": "account_director",
    "han": "account_director",
    "gm": "general_manager",
    "xiang": "support_supervisor",
    "fan": "finance",
    "left": "account_director",
    "other": "account_director",  # not bound by regulation A
}
AMOUNTS = {  # around both limits of A-6, in fen: 5 % through, 10 % below
    930_001: "account_director",
    1_859_999: "account_director",
    1_860_000: "general_manager",
    1_860_001: "general_manager",
}


@pytest.fixture
def desk(office: Office) -> Office:
    """Everybody there may be, and 186 000.00 received on HT-18 of lin's customer."""
    for code, grade in PEOPLE.items():
        if code in ("han", "fan", "left"):
            office.do(f"people add {code} --grade {grade} --superior gm --regime A --from 2012-03-01 --as gm")
    office.do("people add other --grade account_director --superior gm --regime E --from 2012-03-01 --as gm")
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    office.do("people close left --last-day 2012-05-07 --as gm --yes")
    return office


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def ask(desk: Office, fen: int) -> None:
    """lin asks, and the director endorses what is the general manager's."""
    desk.do(f"approve commission --contract HT-18 --amount {yuan(fen)} --as lin")
    if AMOUNTS[fen] == "general_manager":
        desk.do("approve endorse A-1 --as zhou")


def may(who: str, needed: str) -> bool:
    grade = PEOPLE[who]
    is_high = grade in LADDER and LADDER.index(grade) >= LADDER.index(needed)
    return is_high and who not in ("lin", "left", "other")


@pytest.mark.parametrize("fen", AMOUNTS)
@pytest.mark.parametrize("verb", ["grant", "reject --reason x"])
def test_of_all_people_exactly_those_of_the_grade_may_decide(desk: Office, fen: int, verb: str) -> None:
    """A-5.4, A-6.1 to A-6.3, K-12: whatever the fen, in either direction."""
    ask(desk, fen)
    for who in PEOPLE:
        word, *more = verb.split(" ", 1)
        status = desk.run(f"approve {word} A-1 {' '.join(more)} --dry-run --as {who}").status
        assert status == (0 if may(who, AMOUNTS[fen]) else 2 if who == "left" else 7), (who, fen)


@pytest.mark.parametrize("fen", [929_999, 930_000])
def test_within_five_percent_nobody_else_is_asked(desk: Office, fen: int) -> None:
    """A-6.1, AMB-A6-a: it is granted as it is filed, and there is nothing left to decide."""
    filed = desk.ask(f"approve commission --contract HT-18 --amount {yuan(fen)} --as lin")
    assert filed["state"] == "granted"
    assert desk.run("approve grant A-1 --as gm").code == "approve.decided"


@pytest.mark.parametrize("fen", [930_001, 1_859_999])
@pytest.mark.parametrize("hand", ["typist", "editor", "party", "none"])
def test_whoever_has_had_a_hand_in_it_does_not_decide_it(desk: Office, fen: int, hand: str) -> None:
    """K-12: the other director does, in either order."""
    if hand == "typist":
        desk.do(f"people login zhou {LOGIN}")
    if hand == "party":
        desk.do("customer transfer 云帆 --to zhou --from 2012-05-08 --as gm")
    ask(desk, fen)
    if hand == "editor":
        desk.do(f"approve revise A-1 --amount {yuan(fen)} --text x --as zhou")
    for who, status in (("zhou", 0 if hand == "none" else 7), ("han", 0)):
        is_other_login = hand == "typist" and who == "han"  # whose login types it is zhou's as well
        wanted = 7 if is_other_login else status
        assert desk.run(f"approve grant A-1 --dry-run --as {who}").status == wanted, (hand, who)


def test_a_second_login_is_the_same_person(desk: Office) -> None:
    """RELIABILITY: persons are compared, never logins: lin's login does not decide in zhou's name."""
    ask(desk, 930_001)
    desk.do(f"people login lin {LOGIN}")
    refused = desk.run("approve grant A-1 --as zhou")
    assert refused.status == 7
    assert "the login of the person concerned does not decide for somebody else" in refused.err


def test_nobody_ever_decides_their_own(desk: Office) -> None:
    """K-12: whoever asks, of whatever grade, whatever their grade becomes."""
    for who in ("lin", "zhou", "han", "gm"):
        number = desk.ask(f"approve commission --contract HT-18 --amount 9300.01 --again --as {who}")["number"]
        assert desk.run(f"approve grant {number} --as {who}").status == 7
    desk.do("people promote lin general_manager --from 2012-05-08 --as gm")
    assert desk.run("approve grant A-1 --as lin").status == 7
