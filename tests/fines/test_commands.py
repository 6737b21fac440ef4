"""Fines are decided on and posted from the command line, by whom and within what (K-10, K-12, L-1 to L-4, SM-17)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from salesctl.desk import Actor, Desk, Wishes
from salesctl.fines.proposing import Proposal, propose
from tests.conftest import Answer, Office
from tests.rulebook.test_policy import write

MAY = date(2012, 5, 8)
NOW = "2012-05-08T09:00"


@pytest.fixture
def fined(office: Office) -> Office:
    """林静 paid a customer 1 434.60 short, as 陈涛 recorded: F-1 of 7 173.00 is proposed."""
    for line in (
        "contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16",
        "receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm",
        "approve commission --contract HT-18 --amount 7300 --as lin",
        "commission pay A-1 --amount 7300 --payee 云帆 --kind customer_company --form L-1 --as lin",
        "commission confirm P-1 --received 5865.40 --evidence 客户收据 --as chen",
    ):
        office.do(line)
    return office


@pytest.fixture
def consultants(office: Office) -> Office:
    """吴敏 supervises the property consultant 李想 under regulation D; the register of 8 May was not done: F-1."""
    office.do("people add 吴敏 --grade sales_manager --alias wu --regime D --from 2012-03-01 --as gm")
    office.do("people add 李想 --grade property_consultant --alias li --regime D --from 2012-03-01 --as gm")
    proposed(office, "D-8a", "fine", 160_000, "2012-05-08")
    return office


def proposed(office: Office, clause: str, matter: str, amount: int, about: str, person: str = "李想") -> str:
    """A fine proposed as a noun does it, inside its own transaction, by nobody in particular."""
    desk = Desk(Wishes(ledger=office.place), datetime.fromisoformat(f"{NOW}+08:00"), "declared", "tests", "", _nobody)
    desk.expect_somebody = lambda _view: None  # type: ignore[method-assign, assignment]
    with desk.ledger.transaction("test.propose", desk) as tx:
        who = tx.value("SELECT id FROM person WHERE name = :name", name=person)
        number = propose(tx, desk, Proposal(clause, matter, who, amount, about, MAY)).number
    desk.ledger.close()
    return number


def _nobody(_view: Any, _desk: Any) -> Actor | None:
    return None


def law(office: Office, floor: str = "3500.00", booking: str = "") -> None:
    """The company sets its minimum wage, and where a shortfall's fine is booked."""
    both = '{ en = "Own", zh_CN = "本公司" }'
    packs = {"law": ("L", "deductions", f'[[floor.version]]\nvalue = "{floor}"')}
    if booking:
        packs["conventions"] = ("K", "bookings", f'[[shortfall.version]]\nvalue = "{booking}"')
    for name, (code, chapter, text) in packs.items():
        head = f'code = "{name}"\nextends = "{code}"\nname = {both}'
        folder = write(office.folder / name, {"pack.toml": head, f"{chapter}.toml": text})
        office.do(f"policy adopt {folder} --as gm")


def working(answer: Answer) -> dict[str, Any]:
    return {step["name"]: step["value"] for step in answer.json["working"]["steps"]}


def state(office: Office, number: str = "F-1") -> str:
    return str(office.ask(f"fine show {number}")["state"])


class TestDeciding:
    @pytest.mark.parametrize("who", ["zhou", "gm"])
    def test_a_director_or_higher_confirms(self, fined: Office, who: str) -> None:
        """K-10: a named human; nothing is posted by it."""
        answer = fined.do(f"fine confirm F-1 --as {who}")
        assert "confirmed" in answer.out
        assert "salesctl fine post F-1" in answer.err
        assert fined.ask("fine list --state confirmed")[0]["number"] == "F-1"

    @pytest.mark.parametrize(
        ("who", "why"),
        [
            ("lin", "nobody decides in their own case"),
            ("chen", "whoever reported it does not decide it"),
            ("xiang", "their grade does not decide on fines"),
        ],
    )
    @pytest.mark.parametrize("verb", ["confirm", "waive --reason x", "suspend --reason x", "post --wage 9000"])
    def test_nobody_else_decides(self, fined: Office, who: str, why: str, verb: str) -> None:
        """K-12: a waiver needs the same separation as a confirmation; the attempt is recorded."""
        word, *rest = verb.split(" ", 1)
        answer = fined.run(f"fine {word} F-1 {' '.join(rest)} --as {who}")
        assert (answer.status, answer.code) == (7, "fine.refused")
        assert why in answer.err
        assert "account director, general manager" in answer.err
        assert answer.err.rstrip().splitlines()[-1].startswith("#")
        assert state(fined) == "proposed"

    def test_a_grade_does_not_help_in_ones_own_case(self, fined: Office) -> None:
        """K-12: persons are compared, not grades."""
        fined.do("people promote lin account_director --from 2012-05-08 --as gm")
        answer = fined.run("fine waive F-1 --reason 无 --as lin")
        assert (answer.status, "nobody decides in their own case" in answer.err) == (7, True)

    def test_the_reporter_does_not_decide_whatever_their_grade(self, fined: Office) -> None:
        fined.do("people promote chen account_director --from 2012-05-08 --as gm")
        answer = fined.run("fine confirm F-1 --as chen")
        assert (answer.status, "whoever reported it" in answer.err) == (7, True)

    def test_the_login_of_the_person_fined_types_no_decision(self, fined: Office) -> None:
        import os
        import pwd

        fined.do(f"people login lin {pwd.getpwuid(os.getuid()).pw_name}")
        answer = fined.run("fine confirm F-1 --as zhou")
        assert (answer.status, "the login of the person concerned" in answer.err) == (7, True)

    def test_a_director_whom_the_regulation_does_not_bind_has_no_say(self, fined: Office) -> None:
        """X-1."""
        fined.do("people add 高远 --grade account_director --regime E --from 2012-03-01 --as gm")
        answer = fined.run("fine confirm F-1 --as 高远")
        assert (answer.status, "does not bind them" in answer.err) == (7, True)

    def test_a_waiver_wants_a_reason(self, fined: Office) -> None:
        """K-10."""
        assert fined.run("fine waive F-1 --as zhou").status == 2
        assert fined.run(["fine", "waive", "F-1", "--reason", " ", "--as", "zhou"]).code == "input.invalid"
        assert state(fined) == "proposed"
        waived = fined.ask("fine waive F-1 --reason 客户记错 --as zhou")
        assert waived["state"] == "waived"
        assert waived["steps"][1:] == ["2012-05-08  waived  P002 周岚  7,173.00  客户记错"]

    def test_a_suspended_fine_is_decided_later(self, fined: Office) -> None:
        fined.do("fine suspend F-1 --reason 再问客户 --as zhou")
        assert state(fined) == "suspended"
        assert fined.run("fine suspend F-1 --reason 再问 --as zhou").code == "fine.state"
        assert fined.ask("fine confirm F-1 --as gm")["state"] == "confirmed"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("confirm F-1", "confirm F-1"),
            ("waive F-1 --reason x", "confirm F-1"),
            ("waive F-1 --reason x", "post F-1 --wage 9000"),
            ("suspend F-1 --reason x", "post F-1 --wage 9000"),
        ],
    )
    def test_no_state_is_skipped_or_taken_back(self, fined: Office, before: str, after: str) -> None:
        """SM-17; nothing of it is recorded."""
        fined.do(f"fine {before} --as zhou")
        entries = fined.ask("ledger info")["entries"]
        answer = fined.run(f"fine {after} --as zhou")
        assert (answer.status, answer.code) == (2, "fine.state")
        assert fined.ask("ledger info")["entries"] == entries

    @pytest.mark.parametrize("posts", [0, 1])
    def test_what_was_confirmed_may_be_waived_until_it_is_posted(self, fined: Office, posts: int) -> None:
        """K-10, K-12: with a reason, by the same people; confirming in full later points at it."""
        fined.do("fine confirm F-1 --as zhou")
        for _time in range(posts):
            fined.do("fine post F-1 --wage 9000 --as zhou")
        answer = fined.do("commission confirm P-1 --received 7300 --evidence 补付收据 --as chen")
        stands = "deduction candidate" if posts else "confirmed"
        assert f"F-1 stays {stands} all the same" in answer.err
        assert "salesctl fine waive F-1 --reason" in answer.err
        assert fined.run("fine waive F-1 --reason 已补足 --as chen").code == "fine.refused"
        waived = fined.ask("fine waive F-1 --reason 已补足 --as gm")
        assert (waived["state"], waived["steps"][-1]) == ("waived", "2012-05-08  waived  P001 沈国栋  7,173.00  已补足")

    def test_what_is_posted_is_not_waived(self, fined: Office) -> None:
        fined.do("fine confirm F-1 --as zhou")
        for _time in range(2):
            fined.do("fine post F-1 --wage 9000 --as zhou")
        assert fined.run("fine waive F-1 --reason 已补足 --as zhou").code == "fine.state"
        assert "F-1" not in fined.do("commission confirm P-1 --received 7300 --evidence 补付收据 --as chen").err

    @pytest.mark.parametrize("day", ["2012-05-07", "2012-05-09"])
    def test_a_decision_lies_between_the_proposal_and_today(self, fined: Office, day: str) -> None:
        assert fined.run(f"fine confirm F-1 --as zhou --on {day}").code == "fine.day"

    def test_under_regulation_d_the_supervisors_decide(self, consultants: Office) -> None:
        """D-10b: not the ladder of A, whatever the grade."""
        answer = consultants.run("fine confirm F-1 --as gm")
        assert (answer.status, answer.code) == (7, "fine.refused")
        assert consultants.ask("fine confirm F-1 --as wu")["state"] == "confirmed"


class TestPosting:
    def test_nothing_unconfirmed_is_posted(self, fined: Office) -> None:
        """K-10."""
        answer = fined.run("fine post F-1 --wage 9000 --as zhou")
        assert (answer.status, answer.code) == (2, "fine.state")
        assert "only what a human confirmed is posted" in answer.err

    def test_a_shortfall_becomes_a_candidate_then_posted_as_owed_by_the_employee(self, fined: Office) -> None:
        """X-13: not wages, so no minimum wage is needed; the sum is the regulation's."""
        fined.do("fine confirm F-1 --as zhou")
        first = fined.do("fine post F-1 --wage 9000 --as zhou --format json")
        assert (first.json["state"], first.json["amount"]) == ("deduction_candidate", "7173.00")
        assert working(first)["booked in"] == "employee_receivable"
        assert "The regulation asks 7,173.00" in first.err
        assert "the share of this wage lets 1,800.00 be taken (L-1)" in first.err
        assert "L.deductions.floor is not set" in first.err
        assert "Nothing was taken" in first.err
        assert fined.ask("fine post F-1 --wage 9000 --as zhou")["state"] == "posted"
        assert fined.run("fine post F-1 --wage 9000 --as zhou").code == "fine.state"

    def test_without_a_minimum_wage_nothing_goes_to_payroll(self, consultants: Office) -> None:
        """L-2: refused with the key that is missing, recorded, and the fine stays as it is."""
        consultants.do("fine confirm F-1 --as wu")
        answer = consultants.run("fine post F-1 --wage 9000 --as wu")
        assert (answer.status, answer.code) == (7, "fine.no-floor")
        assert "would let 1,800.00 be taken (L-1)" in answer.err
        assert "L.deductions.floor is not set" in answer.err
        assert answer.err.rstrip().splitlines()[-1].startswith("#")
        assert state(consultants) == "confirmed"

    def test_within_the_ceiling_it_may_go_to_payroll(self, consultants: Office) -> None:
        """EX-L-2: wage 9 000.00, floor 3 500.00, 1 600.00 are within 20 %."""
        law(consultants)
        consultants.do("fine confirm F-1 --as wu")
        answer = consultants.do("fine post F-1 --wage 9000 --as wu --format json")
        assert (answer.json["state"], answer.json["ceiling"]) == ("deduction_candidate", "1600.00")
        assert "The regulation asks 1,600.00; the law lets 1,600.00 be taken from this wage." in answer.err
        assert "It is booked in: payroll." in answer.err
        posted = consultants.ask("fine post F-1 --wage 9000 --as wu")
        assert posted["state"] == "posted"

    def test_beyond_the_ceiling_it_is_blocked_and_the_sum_stays(self, consultants: Office) -> None:
        """EX-L-1: wage 4 200.00: 20 % would leave 3 360.00, below the floor, so 700.00."""
        law(consultants)
        consultants.do("fine confirm F-1 --as wu")
        first = consultants.do("fine post F-1 --wage 4200 --as wu --format json")
        assert (first.json["state"], first.json["ceiling"]) == ("deduction_candidate", "700.00")
        assert "The regulation asks 1,600.00; the law lets 700.00 be taken from this wage." in first.err
        assert "said again, F-1 is marked as blocked" in first.err
        blocked = consultants.run("fine post F-1 --wage 4200 --as wu")
        assert (blocked.status, blocked.code) == (7, "fine.blocked-by-law")
        assert "1,600.00" in blocked.err
        assert "700.00" in blocked.err
        shown = consultants.ask("fine show F-1")
        assert (shown["state"], shown["amount"], shown["ceiling"]) == ("blocked_by_law", "1600.00", "700.00")
        assert consultants.run("ledger verify").status == 0

    def test_what_the_month_took_before_counts(self, consultants: Office) -> None:
        """K-15: what the ledger posted to payroll in the month, or what the clerk says, whichever is more."""
        law(consultants)
        second = proposed(consultants, "D-9c", "fine", 30_000, "call 7")
        for number in ("F-1", second):
            consultants.do(f"fine confirm {number} --as wu")
        for _time in range(2):
            consultants.do("fine post F-1 --wage 9000 --as wu")
        within = consultants.do(f"fine post {second} --wage 9000 --as wu --dry-run --format json")
        assert working(within)["taken before"] == 160_000
        assert within.json["ceiling"] == "200.00"  # 1 800.00 less 1 600.00
        said = consultants.do(f"fine post {second} --wage 9000 --taken 1700 --as wu --dry-run --format json")
        assert (working(said)["taken before"], said.json["ceiling"]) == (170_000, "100.00")
        june = consultants.do(f"fine post {second} --wage 9000 --as wu --format json", now="2012-06-01T09:00")
        assert (working(june)["taken before"], june.json["ceiling"]) == (0, "300.00")

    def test_where_the_company_chose_payroll_a_shortfall_meets_the_limits_too(self, fined: Office) -> None:
        """X-13, L-1."""
        law(fined, booking="payroll")
        fined.do("fine confirm F-1 --as zhou")
        fined.do("fine post F-1 --wage 9000 --as zhou")
        assert fined.run("fine post F-1 --wage 9000 --as zhou").code == "fine.blocked-by-law"

    def test_while_wages_are_held_nothing_is_posted(self, fined: Office) -> None:
        """X-7: recorded, and the fine stays as it is."""
        fined.do("fine confirm F-1 --as zhou")
        answer = fined.run("fine post F-1 --wage 9000 --held --as zhou")
        assert (answer.status, answer.code) == (7, "fine.on-hold")
        assert state(fined) == "confirmed"

    @pytest.mark.parametrize("options", ["--wage x", "--wage=-1", "--wage 9000 --taken x", ""])
    def test_a_wage_that_is_none_is_refused(self, fined: Office, options: str) -> None:
        fined.do("fine confirm F-1 --as zhou")
        assert fined.run(f"fine post F-1 {options} --as zhou").status == 2
        assert state(fined) == "confirmed"


class TestProposing:
    def test_an_act_has_one_fine(self, consultants: Office) -> None:
        """L-15: asked again, it is the same; another act, clause or person is another fine."""
        assert proposed(consultants, "D-8a", "fine", 160_000, "2012-05-08") == "F-1"
        assert proposed(consultants, "D-8a", "fine", 160_000, "2012-05-09") == "F-2"
        assert proposed(consultants, "D-9c", "fine", 160_000, "2012-05-08") == "F-3"
        assert proposed(consultants, "D-8a", "fine", 160_000, "2012-05-08", "吴敏") == "F-4"
        assert consultants.run("ledger verify").status == 0

    def test_a_rule_run_by_the_clock_reports_in_nobodys_name(self, consultants: Office) -> None:
        assert consultants.ask("fine show F-1")["reported_by"] == ""

    def test_a_corrected_sum_stands_in_the_steps(self, consultants: Office) -> None:
        assert proposed(consultants, "D-8a", "fine", 50_000, "2012-05-08") == "F-1"
        shown = consultants.ask("fine show F-1")
        assert (shown["amount"], shown["state"], shown["steps"]) == (
            "500.00",
            "proposed",
            ["2012-05-08  proposed  1,600.00  2012-05-08", "2012-05-08  proposed  500.00  2012-05-08"],
        )

    def test_each_sum_proposed_stays_with_its_payment_and_its_entry(self, fined: Office) -> None:
        """K-10: a corrected confirmation changes the sum; who proposed which, and where it is recorded, stays."""
        again = fined.do("commission confirm P-1 --received 7000 --evidence 更正 --as zhou").err
        third = fined.do("fine suspend F-1 --reason 再问客户 --as gm")
        last = fined.do("commission confirm P-1 --received 7100 --evidence 再更正 --as zhou").err
        assert third.status == 0
        entries = [one for one in fined.ask("ledger history P-1") if one["verb"] == "commission.confirm"]
        receipts = [f"#{one['seq']} {one['hash']}" for one in reversed(entries)]
        assert receipts[1:] == [answer.strip().splitlines()[-1] for answer in (again, last)]
        assert fined.ask("fine show F-1")["steps"] == [
            f"2012-05-08  proposed  P004 陈涛  7,173.00  P-1  {receipts[0]}",
            f"2012-05-08  proposed  P002 周岚  1,500.00  P-1  {receipts[1]}",
            "2012-05-08  suspended  P001 沈国栋  1,500.00  再问客户",
            f"2012-05-08  suspended  P002 周岚  1,000.00  P-1  {receipts[2]}",
        ]

    def test_what_was_waived_is_not_proposed_again_with_the_same_sum(self, consultants: Office) -> None:
        """K-10: a nightly run does not undo a human's decision."""
        consultants.do("fine waive F-1 --reason 停电 --as wu")
        assert proposed(consultants, "D-8a", "fine", 160_000, "2012-05-08") == "F-1"
        assert state(consultants) == "waived"
        assert proposed(consultants, "D-8a", "fine", 160_001, "2012-05-08") == "F-2"


def test_lists_by_state(fined: Office) -> None:
    assert [one["number"] for one in fined.ask("fine list")] == ["F-1"]
    assert fined.ask("fine list --state posted") == fined.ask("fine list --as-of 2012-05-07") == []
    assert fined.run("fine list --state open").code == "input.invalid"
    assert fined.ask("fine list --state deduction-candidate") == []
    assert fined.run("fine show F-9").code == "input.unknown"


def test_a_proposed_fine_is_due_until_somebody_decides(fined: Office) -> None:
    """T-32, K-10."""
    fined.do("fine suspend F-1 --reason 再问客户 --as zhou", now="2012-05-10T09:00")

    def due(day: str) -> list[tuple[str, str, str]]:
        listed = fined.ask(f"check --as-of {day}", now="2012-05-12T09:00")
        return [
            (one["subject"], one["clause"], one["who"])
            for one in listed
            if one["rule"] == "T-32" and one["subject"].startswith("F-")
        ]

    assert due("2012-05-07") == due("2012-05-10") == []
    assert due("2012-05-09") == [("F-1", "A-6.5b", "account_director")]


def test_a_confirmed_fine_is_due_until_it_is_posted(fined: Office) -> None:
    """T-32: a candidate is not posted yet."""
    fined.do("fine confirm F-1 --as zhou", now="2012-05-09T09:00")
    fined.do("fine post F-1 --wage 9000 --as zhou", now="2012-05-11T09:00")
    fined.do("fine post F-1 --wage 9000 --as zhou", now="2012-05-14T09:00")

    def due(day: str) -> list[tuple[str, str, str]]:
        listed = fined.ask(f"check --as-of {day}", now="2012-05-18T09:00")
        told = [one for one in listed if one["rule"] == "T-32" and one["subject"].startswith("F-")]
        assert all("7,173.00 yuan" in one["says"] for one in told)
        return [(one["subject"], one["due_on"], one["says"].rsplit("salesctl ", 1)[1]) for one in told]

    assert due("2012-05-08") == [("F-1", "2012-05-08", "fine show F-1")]
    assert due("2012-05-10") == [("F-1", "2012-05-09", "fine post F-1 --wage YUAN")]
    assert due("2012-05-12") == [("F-1", "2012-05-11", "fine post F-1 --wage YUAN")]
    assert due("2012-05-14") == []


def test_a_waived_fine_is_not_due(fined: Office) -> None:
    fined.do("fine confirm F-1 --as zhou")
    fined.do("fine waive F-1 --reason 已补足 --as zhou")
    assert [one for one in fined.ask("check") if one["rule"] == "T-32" and one["subject"].startswith("F-")] == []


def test_a_fine_shows_what_the_law_has_to_say_of_it(fined: Office) -> None:
    """L-1 to L-4."""
    assert fined.ask("fine show F-1")["working"]["answer"] == ["L-1", "L-2", "L-3", "L-4"]


def test_a_request_id_decides_once(fined: Office) -> None:
    line = "fine confirm F-1 --as zhou --request-id r-1"
    fined.do(line)
    assert fined.run(line).status == 0
    assert fined.run("fine waive F-1 --reason x --as zhou --request-id r-1").code == "ledger.request-id"
    refused = "fine post F-1 --wage 1 --held --as zhou --request-id r-2"
    assert fined.run(refused).status == fined.run(refused).status == 7
    assert len(fined.ask("fine show F-1")["steps"]) == 2  # proposed, confirmed


def test_a_rehearsal_decides_nothing(fined: Office) -> None:
    assert fined.do("fine confirm F-1 --as zhou --dry-run --format json").json["state"] == "confirmed"
    assert state(fined) == "proposed"


def test_people_read_it_in_their_language(fined: Office) -> None:
    fined.do("fine confirm F-1 --as zhou")
    answer = fined.do("fine show F-1", lang="zh_CN")
    assert "已确认" in answer.out
    assert "confirmed" not in answer.out
