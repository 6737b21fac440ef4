"""The inbox: what waits for whoever acts, since when, for which step, by which clause (A-5.4, T-6)."""

from __future__ import annotations

import re
import sqlite3
from datetime import date

import pytest

from salesctl.approvals import facts, many, trail
from salesctl.approvals.rows import Request
from salesctl.approvals.working import upcoming
from salesctl.desk import Desk
from tests.agenda.test_runs import traced
from tests.conftest import Office

HT = "approve commission --contract HT-18 --amount"
NOW = "2012-05-08T09:00"
EVERY_KIND = (
    f"{HT} 9300.01 --as lin",
    f"{HT} 18600 --as zhou",
    "approve commission-payment --contract HT-18 --amount 9400 --as lin",
    "approve make-good --customer 云帆 --line platform --units 60001 --month 2012-04 --ground dissatisfied --as lin",
    "approve free-test --customer 云帆 --units 5000 --for test --as lin",
    "approve price --contract HT-18 --listed 300 --price 280 --for volume --as lin",
    "approve terms --customer 云帆 --days 30 --for budget --as lin",
    "approve terms --contract HT-18 --days 10 --for budget --as lin",
    "approve mismatch --receivable FP-1 --for 手续费 --as lin",
    "approve other --customer 云帆 --for account --as lin",
)


@pytest.fixture
def paid(office: Office) -> Office:
    """HT-18 of 云帆 with 186 000.00 received, an invoice paid a fen short, a volume for April."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    office.do("receivable log 云帆 30000 --number FP-1 --due 2012-05-01 --issued 2012-04-16 --as gm")
    office.do("receipt log 云帆 29999.99 --to FP-1 --date 2012-05-03 --as gm")
    office.do("customer volume 云帆 1200000 --month 2012-04-01 --line platform")
    return office


def lines(office: Office, who: str, more: str = "", now: str = NOW) -> list[tuple[str, str, str, str]]:
    found = office.do(f"approve inbox {more} --as {who} --format json", now=now).json
    return [(one["number"], one["since"], one["what"], one["clause"]) for one in found]


def test_it_says_since_when_for_which_step_and_by_which_clause(paid: Office) -> None:
    """A-5.1, A-5.4, A-6.2, A-6.3: the director endorses one and decides the other; the longest waits first."""
    paid.do(f"{HT} 18600 --as lin", now="2012-05-07T09:00")
    paid.do(f"{HT} 9300.01 --as lin")
    assert lines(paid, "zhou") == [
        ("A-1", "2012-05-07", "endorse", "A-5.1"),
        ("A-2", "2012-05-08", "decide", "A-6.2"),
    ]
    paid.do("approve endorse A-1 --as zhou")
    assert ("A-1", "2012-05-07", "decide", "A-6.3") in lines(paid, "gm")
    (first, _second) = paid.ask("approve inbox --as gm")
    assert (first["customer"], first["amount"], first["asked_by"]) == (
        "C001 北京云帆网络科技有限公司", "18600.00", "P003 林静")  # fmt: skip
    assert first["command"] == "salesctl approve grant A-1"


def test_a_question_a_draft_and_what_was_granted_wait_for_whoever_asked(paid: Office) -> None:
    """A-5.3, A-5.4, A-6.4: each with the day from which, and what to type."""
    paid.do("approve terms --contract HT-18 --days 30 --for budget --as lin")
    paid.do("approve return A-1 --reason 哪几个月？ --as zhou", now="2012-05-09T09:00")
    paid.do("approve other --customer 云帆 --for x --as lin")
    paid.do("approve endorse A-2 --as zhou", now="2012-05-09T09:00")
    paid.do("approve grant A-2 --as gm", now="2012-05-10T09:00")
    paid.do(f"{HT} 5000 --as lin")
    later = "2012-05-11T09:00"
    assert lines(paid, "lin", now=later) == [
        ("A-3", "2012-05-08", "execute", "A-6.4"),
        ("A-1", "2012-05-09", "reply", "A-5.4"),
        ("A-2", "2012-05-10", "execute", "A-5.4"),
    ]
    paid.do("approve execute A-2 --as lin", now=later)
    pay = "commission pay A-3 --amount 10 --payee 云帆 --kind customer_company --form L-1 --as lin"
    paid.do(pay, now=later)
    assert [number for number, *_rest in lines(paid, "lin", now=later)] == ["A-1"]


@pytest.mark.parametrize(
    ("who", "may"), [("gm", True), ("zhou", False), ("lin", False), ("xiang", False), ("qian", True)]
)
def test_everybodys_is_for_the_general_manager_the_board_and_their_deputies(paid: Office, who: str, may: bool) -> None:
    paid.do("people add 钱宏 --alias qian --grade board --regime A --from 2012-03-01 --as gm")
    paid.do(f"{HT} 9300.01 --as lin")
    answer = paid.run(f"approve inbox --all --as {who}")
    assert (answer.status, answer.code) == ((0, "") if may else (2, "approve.inbox-all"))
    paid.do("delegation add chen --until 2012-05-10 --as gm")
    assert lines(paid, "chen", "--all") == [("A-1", "2012-05-08", "decide", "A-6.2")]
    assert paid.run("approve inbox --all --as chen", now="2012-05-10T09:00").status == 2


def test_what_somebody_left_behind_waits_for_whoever_follows_them(paid: Office) -> None:
    """X-1: the successor of the customer, else the superior; in check as well; the name as it was signed stays."""
    paid.do("approve other --customer 云帆 --for x --as lin")
    paid.do("approve return A-1 --reason 为何？ --as zhou")
    paid.do("people close lin --last-day 2012-05-08 --as gm --yes")
    later = "2012-05-09T09:00"
    assert lines(paid, "zhou", now=later) == [("A-1", "2012-05-08", "reply", "A-5.4")]
    paid.do("customer transfer 云帆 --to chen --from 2012-05-09 --as gm", now=later)
    assert lines(paid, "zhou", now=later) == []
    assert lines(paid, "chen", now=later) == [("A-1", "2012-05-08", "reply", "A-5.4")]
    (due,) = [one for one in paid.ask("check", now=later) if one["subject"] == "A-1"]
    assert due["who"] == "P004 陈涛"
    assert paid.do("approve revise A-1 --text 为此 --as chen", now=later).status == 0
    assert paid.ask("approve show A-1", now=later)["asked_by"] == "P003 林静"


def test_it_is_empty_and_says_so(office: Office) -> None:
    assert office.ask("approve inbox --as gm") == []


def desk_of(office: Office) -> Desk:
    from datetime import datetime

    from salesctl.desk import Wishes

    return Desk(Wishes(ledger=office.ledger), datetime.fromisoformat(f"{NOW}+08:00"), "declared", "tests")


def test_facts_read_together_are_those_read_one_by_one(paid: Office) -> None:
    """Every kind of request: the rules are asked with the same figures, people and days either way."""
    paid.do(f"{HT} 100 --as lin")
    paid.do("approve terms --customer 云帆 --days 3 --for x --as lin")
    paid.do("approve endorse A-2 --as zhou")
    paid.do("approve grant A-2 --as gm")
    for line in EVERY_KIND:
        paid.do(line)
    paid.do("approve endorse A-6 --as zhou")
    paid.do("approve revise A-3 --amount 9500 --as zhou")
    desk, day = desk_of(paid), date(2012, 5, 8)
    days = (desk.today, desk.present_day)

    def of(view: object, one: object) -> tuple[object, ...]:
        named = facts.names(view, one)  # type: ignore[arg-type]
        return (
            facts.asked(view, one, day, desk.policy),  # type: ignore[arg-type]
            named.but(decided_by=""),
            facts.filed(view, one),  # type: ignore[arg-type]
            facts.filed(view, one, days),  # type: ignore[arg-type]
            trail.waits_since(view, one),  # type: ignore[arg-type]
            trail.endorsers(view, one),  # type: ignore[arg-type]
            upcoming(view, desk, one, day).needed.facts(),  # type: ignore[arg-type]
        )

    with desk.ledger.reading() as view:
        together = [of(view, one) for one in many.waiting(view, desk, day)]
    with desk.ledger.reading() as view:
        alone = [of(view, one) for one in view.all(Request, many.WAITING, day=day)]
    assert len(together) == len(EVERY_KIND)
    assert together == alone
    desk.ledger.close()


@pytest.mark.parametrize("line", ["approve inbox --as zhou", "approve list --waiting --as gm", "check"])
def test_statements_do_not_grow_with_what_waits(paid: Office, line: str) -> None:
    """No query of its own for any row."""

    def asked() -> int:
        return len([said for said in traced(paid, line, NOW) if said.startswith(("SELECT", "WITH"))])

    for each in EVERY_KIND:
        paid.do(each)
    few = asked()
    for each in EVERY_KIND * 2:
        paid.do(f"{each} --again")
    assert asked() == few


@pytest.mark.file  # a plan is asked for as SQLite is asked
@pytest.mark.parametrize("line", ["approve inbox --as zhou", "approve inbox --as lin", "approve show A-1", "check"])
def test_no_decided_request_is_looked_at(paid: Office, line: str) -> None:
    """A hundred thousand decided requests cost nothing: each question is a range of an index."""
    for each in EVERY_KIND:
        paid.do(each)
    said = [text for text in traced(paid, line, NOW) if re.search(r"FROM (request|request_step)\b", text)]
    assert said
    with sqlite3.connect(paid.ledger) as db:
        plans = [(step[3], one) for one in said for step in db.execute(f"EXPLAIN QUERY PLAN {one}")]
    ours = re.compile(r"SCAN (q|r|s|w|request|request_step)\b")
    walked = [plan for plan in plans if ours.match(plan[0]) and "USING" not in plan[0]]
    assert not walked, walked
    assert any("ix_request_" in plan for plan, _statement in plans)


def test_a_list_says_of_each_kind_what_showing_it_alone_says(paid: Office) -> None:
    """Money, quantities, who decides and who asked, of requests that wait and of those that are decided (A-5.2)."""
    for line in EVERY_KIND:
        paid.do(line)
    paid.do("approve grant A-1 --as zhou")
    keys = (
        "matter",
        "contract",
        "customer",
        "amount",
        "quantity",
        "price",
        "asked_on",
        "asked_by",
        "level",
        "state",
        "decided_by",
    )
    listed = paid.ask("approve list")
    assert len(listed) == len(EVERY_KIND)
    for one in listed:
        alone = paid.ask(f"approve show {one['number']}")
        assert [one[key] for key in keys] == [alone[key] for key in keys]
