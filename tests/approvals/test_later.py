"""A grade entered and figures adopted after a request was asked for decide only what is asked for afterwards (K-12)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.approvals.test_inbox import lines
from tests.conftest import Office

FILED = "2012-05-08T09:00"
SINCE = "2012-05-09T09:00"
DIRECTORS = "approve commission --contract HT-18 --amount 9300.01 --as lin"
PRICE = "approve price --contract HT-18 --listed 300 --price 285 --for volume --as lin"
NEWER = "their grade was entered after it was asked for"


@pytest.fixture
def filed(office: Office) -> Office:
    """HT-18 of lin's customer with 186 000.00 received; lin asks for what a director decides, and zhou is the one."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    office.do(DIRECTORS, now=FILED)
    return office


@pytest.mark.parametrize("day", ["2012-05-09", "2012-05-08", "2012-04-01"])
def test_whoever_rose_since_does_not_decide_what_waits(filed: Office, day: str) -> None:
    """Nasty case 8: dated back or not, what counts is when it was entered; the one who held it before decides."""
    filed.do(f"people promote chen account_director --from {day} --as gm", now=SINCE)
    refused = filed.run("approve grant A-1 --as chen", now=SINCE)
    assert (refused.status, refused.code) == (7, "approve.refused")
    assert NEWER in refused.err
    assert filed.run("approve reject A-1 --reason x --as chen", now=SINCE).status == 7
    assert lines(filed, "chen", now=SINCE) == []
    assert "P002 周岚 may decide it" in filed.do("approve show A-1 --as lin", now=SINCE).err
    (due,) = [one for one in filed.ask("check", now=SINCE) if one["subject"] == "A-1"]
    assert due["who"] == "P002 周岚"
    assert filed.do("approve grant A-1 --as zhou", now=SINCE).status == 0


def test_what_is_asked_for_afterwards_they_do_decide(filed: Office) -> None:
    """A new request, and a new round of the old one."""
    filed.do("people promote chen account_director --from 2012-05-09 --as gm", now=SINCE)
    filed.do("approve commission --contract HT-18 --amount 9300.02 --as lin", now="2012-05-09T10:00")
    assert [number for number, *_rest in lines(filed, "chen", now="2012-05-09T11:00")] == ["A-2"]
    filed.do("approve revise A-1 --amount 9400 --text 补充 --as lin", now="2012-05-09T11:00")
    assert [number for number, *_rest in lines(filed, "chen", now="2012-05-09T12:00")] == ["A-1", "A-2"]
    for number in ("A-1", "A-2"):  # either of them; both together are the general manager's
        assert filed.run(f"approve grant {number} --dry-run --as chen", now="2012-05-09T12:00").status == 0


def test_somebody_who_came_since_waits_as_well(filed: Office) -> None:
    filed.do("people add 韩 --grade account_director --superior gm --regime A --from 2012-03-01 --as gm", now=SINCE)
    assert filed.run("approve grant A-1 --as 韩", now=SINCE).status == 7


def test_whoever_was_bound_by_the_regulation_since_waits_as_well(filed: Office) -> None:
    """A director of another regulation had no authority under this one when it was asked for."""
    filed.do("people add 韩 --grade account_director --superior gm --regime E --from 2012-03-01 --as gm", now=FILED)
    filed.do("approve commission --contract HT-18 --amount 9300.02 --as lin", now="2012-05-08T10:00")
    filed.do("people enrol 韩 A --from 2012-03-01 --as gm", now=SINCE)
    refused = filed.run("approve grant A-2 --as 韩", now=SINCE)
    assert (refused.status, NEWER in refused.err) == (7, True)


def test_who_held_enough_before_goes_on_deciding(filed: Office) -> None:
    """A director who became general manager since: theirs it was already."""
    filed.do("people promote zhou general_manager --from 2012-05-09 --as gm", now=SINCE)
    assert filed.run("approve grant A-1 --as zhou", now=SINCE).status == 0


def test_where_nobody_else_can_the_newcomer_decides(filed: Office) -> None:
    """The general manager and the director left: what waits does not wait for ever."""
    filed.do("people add 新总 --grade general_manager --regime A --from 2012-05-09 --as gm", now=SINCE)
    for who in ("zhou", "gm"):
        assert filed.run("approve grant A-1 --as 新总", now=SINCE).status == 7, who
        filed.do(f"people close {who} --last-day 2012-05-09 --as 新总 --yes", now=SINCE)
    after = "2012-05-10T09:00"
    assert "新总 may decide it" in filed.do("approve show A-1 --as lin", now=after).err
    assert filed.run("approve grant A-1 --as 新总", now=after).status == 0


def test_a_new_director_endorses_nothing_older(filed: Office) -> None:
    """AMB-A5-d: where the only director came since, the general manager is asked at once."""
    filed.do("approve commission --contract HT-18 --amount 18600 --as lin", now="2012-05-08T10:00")
    filed.do("people add 韩 --grade account_director --superior gm --regime A --from 2012-05-09 --as gm", now=SINCE)
    assert filed.run("approve endorse A-2 --as 韩", now=SINCE).status == 7
    filed.do("people close zhou --last-day 2012-05-09 --as gm --yes", now=SINCE)
    after = "2012-05-10T09:00"
    assert filed.run("approve endorse A-2 --as 韩", now=after).status == 7
    assert filed.run("approve grant A-2 --as gm", now=after).status == 0


def test_a_lent_grade_is_as_old_as_the_givers(filed: Office) -> None:
    filed.do("people add 王芳 --grade account_manager --superior gm --regime A --from 2012-03-01 --as gm", now=FILED)
    filed.do("people promote chen account_director --from 2012-05-09 --as gm", now=SINCE)
    filed.do("delegation add xiang --until 2012-05-20 --as chen", now=SINCE)
    filed.do("delegation add 王芳 --until 2012-05-20 --as zhou", now=SINCE)
    assert filed.run("approve grant A-1 --as xiang", now=SINCE).status == 7
    assert filed.run("approve grant A-1 --as 王芳", now=SINCE).status == 0


@pytest.mark.file  # past the journal, as an upgrade leaves it
def test_an_upgraded_ledger_knows_no_moment_and_goes_by_the_day(filed: Office) -> None:
    """What was entered before the moment was kept counts from its day."""
    filed.do("people promote chen account_director --from 2012-05-08 --as gm", now=SINCE)
    with sqlite3.connect(filed.ledger) as db:
        db.execute("UPDATE standing SET entered_at = NULL")
    assert filed.run("approve grant A-1 --as chen", now=SINCE).status == 0


def adopted(office: Office, value: str, now: str) -> None:
    """The company lets a director give up so much of a price."""
    if not Path("figures").exists():
        office.do("policy new figures --from A", now=now)
    Path("figures/approvals.toml").write_text(
        f'[[director_price.version]]\nfrom = 2012-04-13\nvalue = "{value}"\nsource = "A-5.1"\n', "utf-8"
    )
    office.do("policy adopt figures --as gm", now=now)


class TestFigures:
    """The company's own figures, adopted while a request waits."""

    @pytest.fixture
    def asked(self, filed: Office) -> Office:
        """A-2 gives up a twentieth of the price: without figures of the company the general manager decides."""
        filed.do(PRICE, now=FILED)
        return filed

    def test_wider_limits_do_not_reach_back(self, asked: Office) -> None:
        """Nasty case 8: a limit that was raised since is none for it, in every place that says who decides."""
        adopted(asked, "0.10", SINCE)
        shown = asked.ask("approve show A-2 --as lin", now=SINCE)
        assert shown["level"] == "general_manager"
        steps = {step["name"]: step["value"] for step in shown["working"]["steps"]}
        assert steps["the company's figures as they were on"] == "2012-05-08"
        assert "2012-05-08" in asked.do("approve show A-2 --as lin", now=SINCE, lang="zh_CN").out
        assert asked.run("approve grant A-2 --as zhou", now=SINCE).status == 7
        assert asked.run("approve endorse A-2 --as zhou", now=SINCE).status == 0
        assert asked.run("approve grant A-2 --as gm", now=SINCE).status == 0
        assert asked.ask("approve show A-2 --as lin", now=SINCE)["level"] == "general_manager"

    def test_narrower_limits_do_not_either(self, office: Office, filed: Office) -> None:
        adopted(filed, "0.10", FILED)
        filed.do(PRICE, now="2012-05-08T10:00")
        adopted(filed, "0.01", SINCE)
        assert filed.ask("approve list --waiting --as gm", now=SINCE)[1]["level"] == "account_director"
        assert filed.run("approve grant A-2 --as zhou", now=SINCE).status == 0

    def test_they_hold_for_what_is_asked_for_again(self, asked: Office) -> None:
        adopted(asked, "0.10", SINCE)
        revised = asked.ask("approve revise A-2 --price 284 --as lin", now="2012-05-09T10:00")
        assert revised["level"] == "account_director"
        assert asked.run("approve grant A-2 --as zhou", now="2012-05-09T11:00").status == 0

    def test_a_decision_by_earlier_figures_is_replayed_by_them(self, asked: Office) -> None:
        adopted(asked, "0.10", SINCE)
        asked.do("approve endorse A-2 --as zhou", now=SINCE)
        asked.do("approve grant A-2 --as gm", now=SINCE)
        done = asked.run("replay A-2 --format json", now=SINCE)
        assert done.status == 0
        asked_again = [one for one in done.json if one["verb"] != "approve.submit"]
        assert [one["verb"] for one in asked_again] == ["approve.price", "approve.endorse", "approve.grant"]
        assert not [one for one in asked_again if one["differs"] or one["packs"] or one["again"] != one["recorded"]]


def test_whoever_served_the_customer_that_very_morning_is_a_party(filed: Office) -> None:
    """It passed from the director to lin on the day lin asked: the director had it when the day began."""
    filed.do("customer transfer 云帆 --to zhou --from 2012-05-10 --as gm", now="2012-05-10T09:00")
    filed.do("customer transfer 云帆 --to lin --from 2012-05-11 --as gm", now="2012-05-11T09:00")
    filed.do(f"{DIRECTORS} --again", now="2012-05-11T10:00")
    filed.do(f"{DIRECTORS} --again", now="2012-05-12T10:00")
    refused = filed.run("approve grant A-2 --as zhou", now="2012-05-12T11:00")
    assert (refused.status, "whoever serves the customer" in refused.err) == (7, True)
    assert [number for number, *_rest in lines(filed, "zhou", now="2012-05-12T11:00")] == ["A-1", "A-3"]
