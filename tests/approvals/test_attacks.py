"""What somebody may try to get more than their grade holds, each typed as commands (A-5.4, K-12, K-15)."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from salesctl import app
from tests.conftest import Office
from tests.rulebook.test_policy import write

HT = "approve commission --contract HT-18 --amount"
Run = Callable[[str, str], tuple[int, str]]
LOGIN = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def paid(office: Office) -> Office:
    """186 000.00 received on HT-18: 5 % are 9 300.00, 10 % are 18 600.00."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    return office


def test_four_times_four_point_nine_percent_are_nineteen_point_six(paid: Office) -> None:
    """K-15, AMB-A6-d: the account manager's, then the director's, then the general manager's."""
    levels = []
    for _time in range(4):
        filed = paid.ask(f"{HT} 9114 --again --as lin")
        levels.append(filed["level"])
        if filed["state"] == "pending":
            number = filed["number"]
            if filed["level"] == "general_manager":
                assert paid.run(f"approve grant {number} --as zhou").status == 7
                paid.do(f"approve endorse {number} --as zhou")
                paid.do(f"approve grant {number} --as gm")
            else:
                paid.do(f"approve grant {number} --as zhou")
    assert levels == ["account_manager", "account_director", "general_manager", "general_manager"]


def test_four_parts_filed_before_anything_is_decided_come_to_the_same(paid: Office) -> None:
    """The level is asked again when it is decided: nothing is gained by filing all of them first."""
    for _time in range(4):
        paid.do(f"{HT} 9114 --again --as lin")
    assert paid.run("approve grant A-2 --as zhou").status == 0
    for number in ("A-3", "A-4"):
        assert paid.run(f"approve grant {number} --as zhou").status == 7


@pytest.mark.parametrize("by", ["day", "person", "month"])
def test_parts_on_another_day_or_by_somebody_else_are_one_sum(paid: Office, by: str) -> None:
    """K-15: the base is the contract, whoever asks and whenever."""
    paid.do(f"{HT} 9300 --as lin")
    who, when = ("zhou", "2012-05-08") if by == "person" else ("lin", "2012-06-20" if by == "month" else "2012-05-09")
    filed = paid.do(f"{HT} 100 --as {who} --format json", now=f"{when}T09:00").json
    assert (filed["level"], filed["state"]) != ("account_manager", "granted")


def test_make_good_in_parts_is_one_volume(office: Office) -> None:
    """AMB-A4-b: five times 0.9 % of one customer, line and month."""
    office.do("customer volume 云帆 1000000 --month 2012-04-01 --line platform")
    ask = "approve make-good --customer 云帆 --line platform --units 9000 --month 2012-04 --ground dissatisfied --again"
    assert [office.ask(f"{ask} --as lin")["state"] for _time in range(2)] == ["granted", "pending"]


def test_what_was_approved_and_then_revised_is_not_paid(paid: Office) -> None:
    """A-5.4, nasty case 7: the decision bound other content; its sum is not there any more."""
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do("approve grant A-1 --as zhou")
    paid.do("approve revise A-1 --amount 18000 --as lin")
    pay = "commission pay A-1 --amount 9300.01 --payee 云帆 --kind customer_company --form L-1 --as lin"
    refused = paid.run(pay)
    assert (refused.status, refused.code) == (7, "commission.not-granted")
    assert paid.run("approve grant A-1 --round 1 --as zhou").status == 7
    assert paid.ask("commission list") == []


def test_what_was_approved_and_then_revised_is_not_carried_out(paid: Office) -> None:
    paid.do("approve other --customer 云帆 --for x --as lin")
    paid.do("approve endorse A-1 --as zhou")
    paid.do("approve grant A-1 --as gm")
    paid.do("approve revise A-1 --for y --as lin")
    assert paid.run("approve execute A-1 --as lin").status != 0
    assert paid.ask("approve show A-1")["state"] == "pending"


@pytest.mark.parametrize("verb", ["grant", "reject --reason x", "endorse"])
def test_a_second_login_is_the_same_person(paid: Office, verb: str) -> None:
    """Nasty case 3: the login of whoever asked decides in nobody's name, not even the general manager's."""
    paid.do(f"{HT} {'18600' if verb == 'endorse' else '9300.01'} --as lin")
    paid.do(f"people login lin {LOGIN}")
    word, _space, more = verb.partition(" ")
    for who in ("zhou", "gm"):
        refused = paid.run(f"approve {word} A-1 {more} --as {who}")
        assert refused.status == 7
    assert "the login of the person concerned does not decide for somebody else" in refused.err


def test_two_who_lend_to_each_other_decide_neithers(paid: Office) -> None:
    """Nasty case 9: A delegates to B, B to A; what either of them asks is decided by somebody else."""
    paid.do("people add 韩松 --grade account_director --superior gm --regime A --from 2012-03-01 --alias han --as gm")
    paid.do("delegation add han --until 2012-05-20 --as zhou")
    paid.do("delegation add zhou --until 2012-05-20 --as han")
    for asker in ("zhou", "han"):
        number = paid.ask(f"{HT} 9300.01 --again --as {asker}")["number"]
        for who in ("zhou", "han"):
            assert paid.run(f"approve grant {number} --as {who}").status == 7, (asker, who)


def test_a_loan_is_not_lent_on(paid: Office) -> None:
    """No chains: gm lends to zhou, zhou to chen; chen has zhou's own grade and no more."""
    paid.do("delegation add zhou --until 2012-05-20 --as gm")
    paid.do("delegation add chen --until 2012-05-20 --as zhou")
    paid.do("people add 韩松 --grade account_director --superior gm --regime A --from 2012-03-01 --alias han --as gm")
    paid.do(f"{HT} 18600 --as lin")
    paid.do("approve endorse A-1 --as han")
    assert paid.run("approve grant A-1 --as chen").status == 7
    paid.do("contract add HT-19 --customer 云帆 --amount 1000 --signed 2012-04-16 --as lin")
    paid.do("receipt log 云帆 1000 --contract HT-19 --date 2012-05-02 --overpayment --as gm")
    number = paid.ask("approve commission --contract HT-19 --amount 60 --as lin")["number"]
    assert paid.run(f"approve grant {number} --as chen").status == 0


def test_a_refund_after_the_approval_lowers_the_base_of_the_payment(paid: Office) -> None:
    """AMB-A6-d: granted on 186 000.00 received; once 86 000.00 went back, 9 300.00 are over 5 % and are not paid."""
    paid.do(f"{HT} 9300 --as lin")
    paid.do("receipt refund M-1 86000 --reason 退款 --yes --as zhou")
    pay = "commission pay A-1 --amount {} --payee 云帆 --kind customer_company --form {} --as lin"
    refused = paid.run(pay.format("9300", "L-1"))
    assert (refused.status, refused.code) == (7, "commission.refused")
    assert "the payment needs an application of its own" in refused.err
    assert paid.run(pay.format("5000.01", "L-2")).status == 7
    assert paid.run(pay.format("5000", "L-3")).status == 0


def test_a_refund_before_the_decision_lifts_the_level(paid: Office) -> None:
    """Filed as the director's; decided on what is there when it is decided."""
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do("receipt refund M-1 100000 --reason 退款 --yes --as zhou")
    refused = paid.run("approve grant A-1 --as zhou")
    assert refused.status == 7
    assert "their grade is too low" in refused.err
    paid.do("approve endorse A-1 --as zhou")
    assert paid.ask("approve grant A-1 --as gm")["level"] == "general_manager"


class TestAClockSetBack:
    """The machine's clock is not the department's: what was entered holds."""

    @pytest.fixture
    def at(self, paid: Office) -> Run:
        def run(line: str, moment: str) -> tuple[int, str]:
            now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(app, "_clock", lambda: (now, "system"))
                answer = paid.run(line)
            return answer.status, answer.code

        return run

    def test_a_loan_that_has_ended_does_not_live_again(self, at: Run) -> None:
        """K-12: lent until the 10th; it is the 11th; the machine says the 9th."""
        assert at("delegation add chen --until 2012-05-10 --as zhou", "2012-05-08T09:00") == (0, "")
        assert at(f"{HT} 9300.01 --as lin", "2012-05-08T09:05") == (0, "")
        assert at(f"{HT} 9400 --as lin", "2012-05-11T09:00") == (0, "")
        assert at("approve grant A-1 --as chen", "2012-05-09T09:00") == (7, "approve.refused")
        assert at("approve grant A-1 --as zhou", "2012-05-09T09:00") == (0, "")

    def test_nothing_is_decided_before_it_was_asked(self, at: Run) -> None:
        assert at(f"{HT} 9300.01 --as lin", "2012-05-08T09:05") == (0, "")
        assert at("approve grant A-1 --as zhou", "2012-05-07T09:00") == (2, "approve.day")

    def test_a_grade_that_was_lost_does_not_come_back(self, at: Run) -> None:
        assert at(f"{HT} 9300.01 --as lin", "2012-05-08T09:05") == (0, "")
        line = "people promote zhou account_manager --from 2012-05-10 --as gm"
        assert at(line, "2012-05-10T09:00") == (0, "")
        assert at("approve grant A-1 --as zhou", "2012-05-09T09:00") == (7, "approve.refused")


GOOD = "approve make-good --customer 云帆 --line platform --month 2012-04 --ground dissatisfied"
LIMITS = "[[director_{}.version]]\nvalue = {}\n"
MATTERS = {  # matter -> the company's limit for the director, what is typed for so much, the limit
    "terms": ("10", "approve terms --customer 云帆 --days {} --for x", 10),
    "free_test": ("5000", "approve free-test --customer 云帆 --units {} --for x", 5_000),
    "price": ('"0.10"', "approve price --customer 云帆 --listed 100 --price {} --for x", 1_000),
    "mismatch": ('"0.05"', "approve mismatch --receivable FP-1 --for x", 5),
    "make_good": ("", f"{GOOD} --units {{}}", 50_000),
}


@pytest.mark.parametrize("apart", [-1, 0, 1])
@pytest.mark.parametrize("matter", MATTERS)
def test_a_director_decides_every_matter_up_to_the_limit(office: Office, matter: str, apart: int) -> None:
    """A-4.3, A-5.1, AMB-A5-a: limit − 1, the limit, limit + 1, in fen, units or days."""
    value, line, limit = MATTERS[matter]
    if value:
        head = 'code = "own"\nextends = "A"\nname = { en = "Own", zh_CN = "本公司" }'
        folder = write(office.folder / "own", {"pack.toml": head, "approvals.toml": LIMITS.format(matter, value)})
        office.do(f"policy adopt {folder} --as gm")
    amount = limit + apart
    if matter == "mismatch":
        office.do("receivable log 云帆 300 --number FP-1 --due 2012-05-01 --issued 2012-04-16 --as gm")
        office.do(f"receipt log 云帆 299.{100 - amount:02d} --to FP-1 --date 2012-05-03 --as gm")
    if matter == "make_good":
        office.do("customer volume 云帆 1000000 --month 2012-04-01 --line platform")
    asked = f"{100 - amount / 100:.2f}" if matter == "price" else str(amount)
    filed = office.ask(f"{line.format(asked)} --as lin")
    assert filed["level"] == ("account_director" if apart <= 0 else "general_manager")
    assert office.run("approve grant A-1 --as chen").status == 7
    assert office.run("approve grant A-1 --as zhou").status == (0 if apart <= 0 else 7)


def test_one_function_decides_on_every_path(paid: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """K-12: where it says no, no command grants anything: filing, deciding, submitting, cron, letters."""
    from salesctl.approvals import actions, filing
    from salesctl.people.rules import may_decide
    from salesctl.policy.outcome import Outcome

    def never(*_args: object, **_more: object) -> Outcome:
        return Outcome("refused", unit="word").step("may decide", False, "word", note="not in this test")

    assert vars(filing)["may_decide"] is may_decide
    assert vars(actions)["may_decide"] is may_decide
    paid.do(f"{HT} 9300.01 --as lin")
    for module in (filing, actions):
        monkeypatch.setattr(module, "may_decide", never)
    paid.do(f"{HT} 100 --as lin")  # within the own discretion: filed, and not granted
    for who in ("zhou", "gm"):
        for verb in ("grant", "reject --reason x", "return --reason x", "endorse"):
            word, _space, more = verb.partition(" ")
            assert paid.run(f"approve {word} A-1 {more} --as {who}").status == 7
    for line in (
        "check --new --mail --as gm",
        "approve expire --as gm",
        "mail send --as gm",
        "approve submit A-1 --as lin",
    ):
        paid.run(line)
    assert {one["state"] for one in paid.ask("approve list")} <= {"pending", "draft"}


def test_a_decision_is_written_in_two_places_and_both_ask() -> None:
    """The program's own text: only these two modules write who decided, and both ask `may_decide` first."""
    import ast
    from pathlib import Path

    import salesctl

    house, writers = Path(salesctl.__file__).parent, set()
    for file in house.rglob("*.py"):
        text = file.read_text("utf-8")
        if file.name in ("tables.py", "rows.py") or "approvals.rows" not in text or "Transaction" not in text:
            continue  # it knows no request, or writes nothing
        for node in ast.walk(ast.parse(text)):
            keys = node.keys if isinstance(node, ast.Dict) else []
            names = [key.value for key in keys if isinstance(key, ast.Constant)]
            words = [word.arg for word in node.keywords] if isinstance(node, ast.Call) else []
            if "decided_by_id" in (*names, *words):
                writers.add(file.relative_to(house).as_posix())
    assert writers == {"approvals/actions.py", "approvals/filing.py"}


def test_a_day_before_a_refund_brings_no_base_back(paid: Office) -> None:
    """A-6.2, K-15: dated back, a request is measured on what is still there, not on money that has gone back since."""
    (receipt,) = (one["number"] for one in paid.ask("receipt list"))
    assert paid.ask(f"{HT} 9300 --as lin --dry-run --on 2012-05-07")["level"] == "account_manager"
    paid.do(f"receipt reverse {receipt} --reason 退票 --as zhou --yes")
    for day in ("2012-05-07", "2012-05-08"):
        assert paid.ask(f"{HT} 9300 --as lin --dry-run --on {day}")["level"] == "general_manager"
