"""The matrix of separated duties, every cell through the commands (A-5.4, A-6.1 to A-6.3, K-12).

Who (each grade) × what they have to do with the request × the amount around each limit, to the fen × every decision.
What is right is said here in a few lines (`may`), not taken from the program.
"""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from tests.conftest import Kept, Office

LOGIN = pwd.getpwuid(os.getuid()).pw_name
LADDER = ("account_manager", "account_director", "general_manager")
PEOPLE = {  # who -> grade; lin asks, dir endorses
    "chen": "account_manager",
    "zhou": "account_director",
    "gm": "general_manager",
    "gm2": "general_manager",
    "xiang": "support_supervisor",
    "fan": "finance",
    "bo": "board",
}
AMOUNTS = {  # of 186 000.00 received: around 5 %, which is still within, and around 10 %, which is not
    929_999: "account_manager",
    930_000: "account_manager",
    930_001: "account_director",
    1_859_999: "account_director",
    1_860_000: "general_manager",
    1_860_001: "general_manager",
}
HANDS = ("nothing", "asked", "typed", "changed", "has_contract", "serves_customer", "login_of_asker", "left")
VERBS = ("grant", "reject --reason x", "return --reason x", "endorse")
REFUSED, WRONG = 7, 2


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def may(who: str, hand: str, needed: str) -> bool:
    """A grade of the ladder that holds the amount, and no hand in the request."""
    grade = PEOPLE[who]
    return hand == "nothing" and grade in LADDER and LADDER.index(grade) >= LADDER.index(needed)


def expected(who: str, hand: str, verb: str, needed: str, state: str) -> int:
    """The exit status of a decision on a request that has come as far as it can without whoever decides."""
    if hand == "left" or state == "granted" or (verb, state) == ("endorse", "endorsed"):
        return WRONG  # nobody acts who has left; what was granted at once is decided; nothing is endorsed twice
    return 0 if verb != "endorse" and may(who, hand, needed) else REFUSED


def office_at(folder: Path, ledger: Kept, patch: pytest.MonkeyPatch) -> Office:
    return Office(folder, patch).take(ledger)


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory, _staffed_ledger: Kept) -> Kept:
    """Everybody, and a contract of 云帆 with 186 000.00 received for each amount."""
    folder = tmp_path_factory.mktemp("staffed")
    with pytest.MonkeyPatch.context() as patch:
        office = office_at(folder, _staffed_ledger, patch)
        more = {"gm2": "general_manager", "fan": "finance", "bo": "board", "dir": "account_director"}
        for code, grade in more.items():
            office.do(f"people add {code} --grade {grade} --superior gm --regime A --from 2012-03-01 --as gm")
        contracts(office, "HT", "lin")
        return office.kept()


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, staffed: Kept) -> Kept:
    """What lin asked for, A-1 to A-6, as far as it comes without whoever decides."""
    folder = tmp_path_factory.mktemp("filed")
    with pytest.MonkeyPatch.context() as patch:
        office = office_at(folder, staffed, patch)
        ask(office, "HT", "lin")
        return office.kept()


def contracts(office: Office, name: str, owner: str) -> None:
    for place, _fen in enumerate(AMOUNTS):
        line = f"contract add {name}-{place} --customer 云帆 --amount 200000 --signed 2012-04-16 --owner {owner}"
        office.do(f"{line} --as gm")
        line = f"receipt log 云帆 186000 --contract {name}-{place} --date 2012-05-02 --overpayment --again --as gm"
        office.do(line)


def ask(office: Office, name: str, who: str) -> None:
    for place, fen in enumerate(AMOUNTS):
        office.do(f"approve commission --contract {name}-{place} --amount {yuan(fen)} --as {who}")
    endorse(office)


def endorse(office: Office) -> None:
    """What goes to the general manager, where a director may endorse it."""
    for one in office.ask("approve list --state pending --as dir"):
        if one["level"] == "general_manager":
            assert office.run(f"approve endorse {one['number']} --as dir").status in (0, REFUSED)


def with_a_hand(folder: Path, patch: pytest.MonkeyPatch, ledgers: tuple[Kept, Kept], who: str, hand: str) -> Office:
    """A ledger with the six requests in which somebody has had a hand."""
    staffed, filed = ledgers
    by = "gm2" if who == "gm" else "gm"
    if hand in ("asked", "has_contract", "typed"):
        office = office_at(folder, staffed, patch)
        name = "HT" if hand == "typed" else "OWN"
        if hand == "typed":
            office.do(f"people login {who} {LOGIN} --as {by}")
        else:
            contracts(office, name, who)
        for place, fen in enumerate(AMOUNTS):
            asker = who if hand == "asked" else "lin"
            office.do(f"approve commission --contract {name}-{place} --amount {yuan(fen)} --as {asker}")
        endorse(office)
        return office
    office = office_at(folder, filed, patch)
    if hand == "changed":
        for number, fen in enumerate(AMOUNTS, 1):
            office.run(f"approve revise A-{number} --amount {yuan(fen)} --text x --as {who}")
        endorse(office)
    after = {
        "serves_customer": f"customer transfer 云帆 --to {who} --from 2012-05-08 --as gm",
        "login_of_asker": f"people login lin {LOGIN} --as gm",
        "left": f"people close {who} --last-day 2012-05-07 --yes --as {by}",
    }
    if hand in after:
        office.do(after[hand])
    return office


@pytest.mark.parametrize("hand", HANDS)
def test_every_cell_of_the_matrix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staffed: Kept, filed: Kept, hand: str
) -> None:
    """A ≠ R, T, last editor, party; whoever has left, or types with the login of whoever asked, decides nothing."""
    wrong = []
    for who, grade in PEOPLE.items():
        folder = tmp_path / who
        folder.mkdir()
        office = with_a_hand(folder, monkeypatch, (staffed, filed), who, hand)
        if hand == "changed" and grade not in LADDER[1:]:
            continue  # nobody else changes what is not theirs
        states = {one["number"]: one["state"] for one in office.ask("approve list --as dir")}
        assert len(states) == len(AMOUNTS)
        for number, (fen, needed) in enumerate(AMOUNTS.items(), 1):
            for verb in VERBS:
                word, _space, more = verb.partition(" ")
                status = office.run(f"approve {word} A-{number} {more} --dry-run --as {who}").status
                right = expected(who, hand, verb, needed, states[f"A-{number}"])
                wrong += [(who, fen, verb, status, right)] if status != right else []
    assert wrong == []


def test_only_the_director_endorses_and_not_with_a_hand_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staffed: Kept
) -> None:
    """A-5.1, AMB-A5-d: of what goes to the general manager, at the limit and a fen above; below it nobody endorses."""
    office = office_at(tmp_path, staffed, monkeypatch)
    for place, fen in enumerate(AMOUNTS):
        office.do(f"approve commission --contract HT-{place} --amount {yuan(fen)} --as lin")
    for number, needed in enumerate(AMOUNTS.values(), 1):
        for who, grade in PEOPLE.items():
            status = office.run(f"approve endorse A-{number} --dry-run --as {who}").status
            is_first = needed == "general_manager"
            right = WRONG if needed == "account_manager" else 0 if is_first and grade == "account_director" else REFUSED
            assert status == right, (number, who)
            early = office.run(f"approve grant A-{number} --dry-run --as {who}").status
            assert early == REFUSED or not is_first, (number, who)


def test_whoever_endorsed_it_does_not_decide_it_in_a_higher_grade_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filed: Kept
) -> None:
    """AMB-A5-d: the director who endorsed becomes general manager."""
    office = office_at(tmp_path, filed, monkeypatch)
    office.do("people promote dir general_manager --from 2012-05-08 --as gm")
    for number in (5, 6):
        refused = office.run(f"approve grant A-{number} --as dir")
        assert "whoever endorsed it does not decide it as well" in refused.err
    assert office.run("approve grant A-3 --dry-run --as dir").status == 0


DEPUTIES = {  # who lends -> what they have to do with the request -> whether their deputy may decide
    "nothing": True,
    "asked": False,
    "changed": False,
    "serves_customer": False,
    "has_contract": False,
}


@pytest.mark.parametrize("hand", DEPUTIES)
@pytest.mark.parametrize("giver", ["zhou", "gm"])
def test_a_deputy_decides_what_the_giver_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staffed: Kept, filed: Kept, giver: str, hand: str
) -> None:
    """K-12: chen with a lent authority, at each limit; never more than the giver's, never a case of the giver."""
    office = with_a_hand(tmp_path, monkeypatch, (staffed, filed), giver, hand)
    office.do(f"delegation add chen --until 2012-05-10 --as {giver}")
    states = {one["number"]: one["state"] for one in office.ask("approve list --as dir")}
    for number, needed in enumerate(AMOUNTS.values(), 1):
        state = states[f"A-{number}"]
        is_high = LADDER.index(PEOPLE[giver]) >= LADDER.index(needed)
        right = WRONG if state == "granted" else 0 if DEPUTIES[hand] and is_high else REFUSED
        for verb in ("grant", "reject"):
            answer = office.run(
                f"approve {verb} A-{number} {'--reason x' if verb == 'reject' else ''} --dry-run --as chen"
            )
            assert answer.status == right, (number, verb, answer)


def test_a_deputy_never_decides_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filed: Kept) -> None:
    """K-12: lin with the general manager's authority; and a loan is not lent on (no chains, no loops)."""
    office = office_at(tmp_path, filed, monkeypatch)
    office.do("delegation add lin --until 2012-05-10 --as gm")
    office.do("delegation add chen --until 2012-05-10 --as lin")
    office.do("delegation add gm2 --until 2012-05-10 --as gm")
    office.do("delegation add gm --until 2012-05-10 --as gm2")
    for number in (3, 4, 5, 6):
        for who in ("lin", "chen"):
            assert office.run(f"approve grant A-{number} --dry-run --as {who}").status == REFUSED
        for who in ("gm", "gm2"):
            assert office.run(f"approve grant A-{number} --dry-run --as {who}").status == 0
    office.do("contract add GM-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner chen --as gm")
    office.do("receipt log 云帆 100000 --contract GM-1 --date 2012-05-02 --overpayment --as gm")
    own = office.ask("approve commission --contract GM-1 --amount 9000 --as gm")["number"]
    for who in ("gm", "gm2", "lin"):  # each is the asker, or acts only with the asker's authority beside their own
        right = 0 if who == "gm2" else REFUSED
        assert office.run(f"approve grant {own} --dry-run --as {who}").status == right, who
