"""A shortfall is gross negligence beside its fine: a record, upheld or dropped by people (A-6.5c, K-10, K-12)."""

from __future__ import annotations

import os
import pwd

import pytest

from tests.conftest import Office

PAY = "commission pay A-1 --amount 7300 --payee 云帆 --kind customer_company --form L-1 --as lin"
LOGIN = pwd.getpwuid(os.getuid()).pw_name


def confirm(received: str) -> str:
    return f"commission confirm P-1 --received {received} --evidence 客户收据 --as chen"


@pytest.fixture
def paid(office: Office) -> Office:
    """林静 paid 7 300.00 of what she granted herself; nobody has asked the customer yet."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    office.do("approve commission --contract HT-18 --amount 7300 --as lin")
    office.do(PAY)
    return office


@pytest.fixture
def short(paid: Office) -> Office:
    paid.do(confirm("5865.40"))
    return paid


def of(office: Office, number: str = "G-1") -> dict[str, str]:
    (found,) = [one for one in office.ask("fine incidents") if one["number"] == number]
    return dict(found)


def test_a_shortfall_is_kept_as_gross_negligence_beside_its_fine(paid: Office) -> None:
    """EX-A6-3, A-6.5c: whoever asked for it; what was short; nothing decided yet."""
    answer = paid.do(confirm("5865.40"))
    assert "G-1: gross negligence is proposed; a human upholds or drops it (A-6.5c)." in answer.err
    assert "F-1 of 7,173.00 is proposed" in answer.err
    found = of(paid)
    assert (found["person"], found["amount"], found["about"], found["state"], found["clause"]) == (
        "P003 林静", "1434.60", "P-1", "proposed", "A-6.5c")  # fmt: skip
    assert (found["reported_by"], found["decided_by"]) == ("P004 陈涛", "")
    assert paid.ask("commission show P-1")["negligence"] == "G-1"
    assert "已记录在案" in paid.do("fine uphold G-1 --dry-run --as gm", lang="zh_CN").err


def test_in_full_there_is_none(paid: Office) -> None:
    paid.do(confirm("7300"))
    assert paid.ask("fine incidents") == []


def test_before_article_6_a_shortfall_is_neither_fined_nor_gross_negligence(office: Office) -> None:
    """AMB-A6-g: the clause has a first day; the record it would make is not made before."""
    from datetime import date

    from salesctl.commissions.rules import shortfall_fine
    from salesctl.policy.policy import Policy, shipped

    found = shortfall_fine(730_000, 586_540, on=date(2012, 4, 12), policy=Policy(shipped()))
    assert (found.value, "gross_negligence" in [step.value for step in found.steps]) == (0, False)


@pytest.mark.parametrize("who", ["zhou", "gm"])
def test_whoever_decides_on_fines_upholds_it(short: Office, who: str) -> None:
    """K-10: no dismissal follows by itself, and the law is said beside it (L-5)."""
    answer = short.do(f"fine uphold G-1 --as {who}")
    assert "a dismissal is a decision of its own (L-5)" in answer.err
    assert "L-5" in answer.out
    assert of(short)["state"] == "upheld"
    assert short.ask("fine show F-1")["state"] == "proposed"  # each is decided for itself
    assert short.ask("why G-1")[-1]["answer"] == ["upheld"]
    assert short.run("ledger verify").status == 0


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("lin", "nobody decides in their own case"),
        ("chen", "whoever reported it does not decide it"),
        ("xiang", "their grade does not decide on fines"),
    ],
)
@pytest.mark.parametrize("verb", ["uphold G-1", "drop G-1 --why x"])
def test_nobody_else_decides(short: Office, who: str, why: str, verb: str) -> None:
    """K-12: the same separation as with fines, in both directions; the attempt is recorded."""
    answer = short.run(f"fine {verb} --as {who}")
    assert (answer.status, answer.code) == (7, "fine.refused")
    assert why in answer.err
    assert answer.err.rstrip().splitlines()[-1].startswith("#")
    assert of(short)["state"] == "proposed"


def test_a_grade_or_a_login_does_not_help(short: Office) -> None:
    """K-12: persons are compared; the login of the person concerned decides in nobody's name."""
    short.do("people promote lin general_manager --from 2012-05-08 --as gm")
    assert short.run("fine drop G-1 --why x --as lin").status == 7
    short.do(f"people login lin {LOGIN}")
    assert short.run("fine drop G-1 --why x --as gm").status == 7


def test_it_is_dropped_with_a_reason_also_after_it_was_upheld(short: Office) -> None:
    missing = short.run("fine drop G-1 --as zhou")
    assert (missing.status, "Something is missing: --reason / --why." in missing.err) == (2, True)
    assert short.run(["fine", "drop", "G-1", "--why", " ", "--as", "zhou"]).status == 2
    short.do("fine uphold G-1 --as zhou")
    short.do("fine drop G-1 --reason 银行退票 --as gm")
    assert (of(short)["state"], of(short)["reason"], of(short)["decided_by"]) == ("dropped", "银行退票", "P001 沈国栋")
    for verb in ("uphold G-1", "drop G-1 --why x"):
        assert short.run(f"fine {verb} --as gm").code == "fine.state"
    assert short.run("fine uphold G-9 --as gm").code == "input.unknown"


def test_a_later_word_corrects_the_sum_until_somebody_decides(short: Office) -> None:
    """AMB-A6-f: one payment has one record; confirmed in full it stays for whoever drops it."""
    short.do(confirm("7000"))
    assert of(short)["amount"] == "300.00"
    answer = short.do(confirm("7300"))
    assert "G-1 stays proposed all the same" in answer.err
    short.do("fine drop G-1 --why 已补足 --as zhou")
    short.do(confirm("7000"))  # the same sum again: it was dropped with open eyes
    assert [one["number"] for one in short.ask("fine incidents")] == ["G-1"]
    short.do(confirm("6000"))
    assert [(one["number"], one["amount"]) for one in short.ask("fine incidents --state proposed")] == [
        ("G-2", "1300.00")
    ]


def test_check_lists_it_until_it_is_decided(short: Office) -> None:
    """T-32, on any day as it stood then."""

    def waiting(day: str) -> list[str]:
        listed = short.ask(f"check --as-of {day}", now="2012-05-18T09:00")
        return [one["subject"] for one in listed if one["clause"] == "A-6.5c"]

    short.do("fine uphold G-1 --as zhou", now="2012-05-10T09:00")
    assert [waiting(day) for day in ("2012-05-07", "2012-05-08", "2012-05-09", "2012-05-10")] == [
        [], ["G-1"], ["G-1"], []]  # fmt: skip


def test_lists_know_their_states_and_dry_runs_write_nothing(short: Office) -> None:
    assert short.run("fine incidents --state open").code == "input.invalid"
    short.do("fine uphold G-1 --dry-run --as gm")
    assert of(short)["state"] == "proposed"
    assert short.run("fine uphold G-1 --on 2012-05-07 --as gm").code == "fine.day"
