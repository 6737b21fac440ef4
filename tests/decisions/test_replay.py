"""Recorded decisions are asked again on the ledger as it stood; a difference, or another pack, is shown."""

from __future__ import annotations

import json
import sqlite3

import pytest

from salesctl.ledger import journal
from tests.conftest import Office
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


def forged(office: Office, change: tuple[str, str]) -> None:
    """A decision recorded otherwise, by somebody who hashes all anew: only asking again finds it."""
    with sqlite3.connect(office.ledger) as db:
        db.execute("DROP TRIGGER journal_is_never_changed")
        prev = journal.BEGINNING
        for seq, body in db.execute("SELECT seq, body FROM journal ORDER BY seq").fetchall():
            text = body.replace(*change) if '"verb":"approve.commission"' in body else body
            digest = journal.seal(prev, text.encode())
            db.execute("UPDATE journal SET body = ?, prev = ?, hash = ? WHERE seq = ?", (text, prev, digest, seq))
            prev = digest


def test_all_decisions_agree(busy: Office) -> None:
    answer = busy.do("replay --all --format json")
    assert [one["about"] for one in answer.json] == ["A-1", "A-2", "A-3", "A-4", "A-5", "V-1", "V-1", "V-2"]
    assert [one["differs"] for one in answer.json] == [[]] * 8
    assert "approve.grant 1" in answer.err


def test_one_number_alone(busy: Office) -> None:
    assert [one["about"] for one in busy.ask("replay a-3")] == ["A-3"]


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
