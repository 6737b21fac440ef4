"""A whole departure through the commands: report, consent, handover, formalities, last pay, end (SM-25)."""

from __future__ import annotations

import pytest

from tests.conftest import Office

FILED, LAST = "2012-05-08", "2012-06-07"
STAFF = (
    "people add 马丽 --grade finance --superior gm --alias ma --regime A --regime E --from 2012-03-01 --as gm",
    "people add 何静 --grade commerce --superior gm --alias he --regime A --regime E --from 2012-03-01 --as gm",
    "people add 吴敏 --grade assistant --superior zhou --alias wu --regime A --regime E --from 2012-03-01 --as gm",
    "people add 高文 --grade hr --superior gm --alias gao --regime A --regime E --from 2012-03-01 --as gm",
)


@pytest.fixture
def leaving(office: Office) -> Office:
    """林静 has filed and the company agrees; 云帆 goes to 陈涛, 远大 to 吴敏."""
    for line in STAFF:
        office.do(line)
    office.do(f"departure file lin --last-day {LAST} --as lin")
    office.do("departure approve DP-1 --as zhou")
    office.do("handover start --from lin --to chen --customers 云帆 --as zhou")
    office.do("handover start --from lin --to wu --customers 远大 --as zhou")
    return office


def finish(office: Office, number: str, receiver: str, customer: str, now: str) -> None:
    """All that a case wants, until it is complete."""
    office.do(f"handover paper {number} all --as ma", now=now)
    office.do(f"handover check {number} all --complete --true --as {receiver}", now=now)
    office.do(f"handover visit {number} {customer} --signer 王敏 --as zhou", now=now)
    for one in office.ask(f"handover join {number}", now=now):
        person = {"finance": "ma", "commerce": "he", "assistant": "luo", "sales": "lin"}[one["role"]]
        if person != "luo":
            office.do(f"handover join {number} {person} --role {one['role']} --as zhou", now=now)
    for who in ("lin", receiver, "zhou"):
        office.do(f"handover sign {number} all --as {who}", now=now)
    office.do(f"handover deliver {number} --as zhou", now=now)
    for who in ("ma", "zhou"):
        office.do(f"handover acknowledge {number} --as {who}", now=now)


def test_the_formalities_wait_for_every_receiver_and_pay_for_none(leaving: Office) -> None:
    """E-8, E-18, L-10, EX-E-11: two cases; the formalities open with the later one, and then without a warning."""
    leaving.do("people add 罗颖 --superior zhou --alias luo --regime E --from 2012-03-01 --as gm")
    finish(leaving, "H-1", "chen", "云帆", "2012-05-20T09:00")
    leaving.do("handover complete H-1 --as zhou", now="2012-05-20T10:00")
    refused = leaving.run("departure formalities DP-1 --as gao", now="2012-05-21T09:00")
    assert (refused.status, refused.code) == (7, "departure.handover-open")
    assert "1 customers, handovers open: H-2" in refused.err
    paid = leaving.do("departure pay DP-1 --wages 6400 --bonus 1000 --as gao --format json", now="2012-05-21T09:30")
    assert paid.json["payable"] == "7400.00"
    assert "L-10" in paid.err

    finish(leaving, "H-2", "wu", "远大", "2012-05-30T09:00")
    leaving.do("handover join H-2 luo --role assistant --as zhou", now="2012-05-30T09:30")
    leaving.do("handover complete H-2 --as zhou", now="2012-05-30T10:00")
    found = leaving.do("departure show DP-1 --format json", now="2012-05-30T11:00")
    assert (found.json["state"], found.json["completed_on"], found.json["served"]) == ("formalities", "2012-05-30", 0)
    assert found.json["payable"] == "7400.00"
    assert "L-10" not in found.err
    leaving.do("departure formalities DP-1 --as gao", now="2012-06-06T09:00")
    leaving.do("departure close DP-1 --yes --as gao", now=f"{LAST}T18:00")
    assert leaving.ask("departure show DP-1", now="2012-06-08T09:00")["state"] == "left"
    assert leaving.ask("departure show DP-1", now="2012-06-08T09:00")["handovers"] == ["H-1", "H-2"]
    early = leaving.ask("departure show DP-1 --as-of 2012-05-29", now="2012-06-08T09:00")
    assert (early["state"], early["completed_on"], early["served"]) == ("handover", None, 1)


def test_a_leavers_handover_is_completed_after_they_have_left(leaving: Office) -> None:
    """L-9, E-18: left, handover open; what they signed before counts, and the formalities open afterwards."""
    leaving.do("people add 罗颖 --superior zhou --alias luo --regime E --from 2012-03-01 --as gm")
    for number, receiver, customer in (("H-1", "chen", "云帆"), ("H-2", "wu", "远大")):
        finish(leaving, number, receiver, customer, "2012-05-30T09:00")
    leaving.do("handover complete H-1 --as zhou", now="2012-05-30T10:00")
    leaving.do("departure close DP-1 --yes --as gao", now=f"{LAST}T18:00")
    assert leaving.ask("departure show DP-1", now="2012-06-10T09:00")["state"] == "left_open"
    leaving.do("handover join H-2 luo --role assistant --as zhou", now="2012-06-11T09:00")
    leaving.do("handover complete H-2 --as zhou", now="2012-06-11T10:00")
    leaving.do("departure formalities DP-1 --as gao", now="2012-06-12T09:00")
    found = leaving.ask("departure show DP-1", now="2012-06-12T10:00")
    assert (found["state"], found["completed_on"]) == ("left", "2012-06-11")
