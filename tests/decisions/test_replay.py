"""Recorded decisions are asked again on the ledger as it stood; a difference, or another pack, is shown."""

from __future__ import annotations

import json
import sqlite3

import pytest

from salesctl.ledger import journal
from tests.conftest import Office
from tests.reliability.dealings import Dealings
from tests.reliability.year import Year


@pytest.fixture
def busy(office: Office) -> Office:
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin")
    office.do("receipt log 云帆 100000 --contract HT-1 --overpayment")
    for amount in (100, 4000, 5000.01, 12000):
        office.do(f"approve commission --contract HT-1 --amount {amount} --as lin")
    office.do("approve grant A-3 --as zhou")
    office.do("receipt log 云帆 50000 --contract HT-1 --overpayment")
    office.do("approve commission --contract HT-1 --amount 900 --as lin", now="2012-05-09T10:00")
    office.do("visit log 云帆 --as lin")
    office.do("visit leave --as lin", now="2012-05-08T10:00")
    office.do("visit log 见客户 --as chen")
    return office


def forged(office: Office, change: tuple[str, str], verb: str = "approve.commission") -> None:
    """A decision recorded otherwise, by somebody who hashes all anew: only asking again finds it."""
    with sqlite3.connect(office.ledger) as db:
        db.execute("DROP TRIGGER journal_is_never_changed")
        prev = journal.BEGINNING
        for seq, body in db.execute("SELECT seq, body FROM journal ORDER BY seq").fetchall():
            text = body.replace(*change) if f'"verb":"{verb}"' in body else body
            digest = journal.seal(prev, text.encode())
            db.execute("UPDATE journal SET body = ?, prev = ?, hash = ? WHERE seq = ?", (text, prev, digest, seq))
            prev = digest


def test_all_decisions_agree(busy: Office) -> None:
    answer = busy.do("replay --all --format json")
    asked = [one for one in answer.json if not one["left"]]
    about = ["A-1", "A-2", "A-3", "A-3", "A-4", "A-5", "V-1", "V-1", "V-2"]
    assert sorted(one["about"] for one in asked) == about
    assert [one["differs"] for one in asked] == [[]] * len(asked)
    assert ("approve.grant", "granted", "granted") in [(one["verb"], one["recorded"], one["again"]) for one in asked]
    assert "approve.submit" in answer.err


def test_one_number_alone(busy: Office) -> None:
    found = busy.ask("replay a-3")
    assert {one["about"] for one in found} == {"A-3"}
    assert [one["verb"] for one in found] == ["approve.commission", "approve.submit", "approve.grant"]
    assert [one["left"] for one in found][1] == "it rests on a file or a paper outside of the ledger"


def test_two_years_of_every_kind_of_decision_agree(office: Office) -> None:
    """Granted and refused alike: whoever acted, their grade, the money of that day, and the packs are asked anew."""
    Dealings(office, 5).live(160)
    found = office.do("replay --all --format json", now="2014-01-06T09:00").json
    asked = [one for one in found if not one["left"]]
    assert [one for one in asked if one["differs"]] == []
    kinds = {one["verb"] for one in asked}
    assert {"approve.grant", "commission.pay", "loss.split", "loss.reverse", "handover.start", "departure.pay"} <= kinds
    assert {one["recorded"] for one in asked} > {"refused", "granted"}
    assert all(one["left"] or one["again"] for one in found)


def test_a_business_day_that_was_said_is_asked_for_again(office: Office) -> None:
    """A refusal writes no row that says its day: the entry itself does."""
    office.do("receivable log 云帆 80000 --issued 2012-04-01 --due 2012-04-09 --number FP-1 --as lin")
    line = "baddebt submit FP-1 --reason 收不回 --on 2012-10-09"
    assert office.run(line, now="2012-10-12T09:00").status == 7
    office.do("baddebt submit FP-1 --reason 收不回 --on 2012-10-10", now="2012-10-12T09:00")
    found = office.ask("replay --all", now="2012-10-12T09:00")
    answers = [(one["recorded"], one["again"], one["differs"]) for one in found]
    assert answers == [("refused", "refused", []), ("submitted", "submitted", [])]


def test_an_absence_that_was_overruled_is_asked_again(office: Office) -> None:
    """With and without an incident that was open before."""
    office.do("visit log 见客户 --as chen")
    office.do("visit leave --as chen", now="2012-05-08T10:00")
    office.do("visit overrule V-1 --clear --reason 电话说明 --as zhou", now="2012-05-08T15:00")
    office.do("visit log 云帆 --as lin")
    office.do("visit leave --as lin", now="2012-05-08T10:00")
    office.do("visit overrule V-2 --unclear --reason 查无此行 --as zhou", now="2012-05-08T15:00")
    found = [one for one in office.ask("replay --all", now="2012-05-09T09:00") if one["about"].startswith("I-")]
    assert [(one["verb"], one["differs"], one["left"]) for one in found] == [
        ("visit.overruled", [], ""),
        ("visit.confirmed", [], ""),
    ]


def test_an_entry_that_no_such_action_wrote_does_not_agree(busy: Office) -> None:
    """It is called a payment, and has no payment: that is an answer, and no mistake of the program."""
    with sqlite3.connect(busy.ledger) as db:
        db.execute("DROP TRIGGER journal_is_never_changed")
        db.execute("UPDATE journal SET verb = 'commission.pay' WHERE verb = 'approve.grant'")
    answer = busy.run("replay A-3 --format json")
    assert (answer.status, answer.json[-1]["again"]) == (5, "KeyError")


def test_a_refusal_that_was_forged_into_a_grant_is_found(busy: Office) -> None:
    """Somebody writes that the director granted what only the general manager may."""
    busy.run("approve grant A-4 --as zhou", now="2012-05-08T11:00")
    forged(busy, ('"answer":"refused"', '"answer":"granted"'), "approve.grant")
    answer = busy.run("replay --format json")
    assert (answer.status, {(one["about"], one["again"]) for one in answer.json}) == (5, {("A-4", "refused")})


def test_a_decision_that_was_changed_does_not_agree(busy: Office) -> None:
    """What was granted before is added up from the entries before, not taken from the decision."""
    forged(busy, ('"answer":"account_director"', '"answer":"account_manager"'))
    answer = busy.run("replay --format json")
    assert (answer.status, {one["about"] for one in answer.json}) == (5, {"A-3", "A-5"})
    assert any("answer" in one["differs"] for one in answer.json)


def test_a_line_of_a_working_that_was_changed_does_not_agree(busy: Office) -> None:
    forged(busy, ('"name":"money received"', '"name":"money hoped for"'))
    assert busy.run("replay").status == 5


def test_packs_that_are_not_here_are_shown(busy: Office) -> None:
    with sqlite3.connect(busy.ledger) as db:
        packs = json.loads(db.execute("SELECT body FROM journal WHERE about = 'A-1'").fetchone()[0])["packs"]
    first = packs.split("+")[0]
    forged(busy, (first, "0" * 12))
    answer = busy.do("replay --format json")
    assert {one["about"]: one["packs"] for one in answer.json}["A-1"] == ["0" * 12]
    assert "under other packs" in answer.err


def test_weeks_of_business_agree(office: Office) -> None:
    Year(office, 3).live(15)
    assert office.do("replay", now="2012-06-28T09:00").status == 0


def test_asking_again_writes_nothing(busy: Office) -> None:
    before = busy.ledger.read_bytes()
    busy.do("replay")
    assert busy.ledger.read_bytes() == before
