"""Commission is paid, confirmed and listed from the command line (A-6.4 to A-6.5c, K-12, T-7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from salesctl.desk import Desk, Wishes
from salesctl.receivables.rows import Receipt
from tests.conftest import Answer, Office

HT = "approve commission --contract HT-18 --amount"
LATER = "2012-05-09T09:00"


@pytest.fixture
def received(office: Office) -> Office:
    """Contract HT-18 of 云帆 over 200 000.00, of which 186 000.00 has been received."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    return office


@pytest.fixture
def granted(received: Office) -> Office:
    """7 300.00 granted to 林静 within her own discretion."""
    received.do(f"{HT} 7300 --as lin")
    return received


def pay(amount: str, form: str = "L-1", *, on: str = "A-1", kind: str = "customer_company") -> str:
    return f"commission pay {on} --amount {amount} --payee 云帆 --kind {kind} --form {form}"


def confirm(received: str, who: str = "chen", number: str = "P-1") -> str:
    return f"commission confirm {number} --received {received} --evidence 客户收据 --as {who}"


def refund(office: Office, number: str, left: int) -> None:
    """Money goes back to the customer: the receipt is lowered by an entry of the journal like any other."""
    now = datetime.fromisoformat("2012-05-08T09:00+08:00")
    desk = Desk(Wishes(ledger=office.place), now, "declared", "tests", "", lambda _view, _desk: None)
    desk.__dict__["actor"] = None
    desk.expect_somebody = lambda _view: None  # type: ignore[method-assign, assignment]
    with desk.ledger.transaction("receipt.refund", desk) as tx:
        tx.amend(tx.one(Receipt, number=number), amount=left, credit=left)
    desk.ledger.close()


def working(answer: Answer) -> dict[str, Any]:
    return {step["name"]: step["value"] for step in answer.json["working"]["steps"]}


def grant(office: Office, number: str, who: str) -> None:
    """Granted by whoever must; what is the general manager's is endorsed by the director before."""
    if who == "gm":
        office.do(f"approve endorse {number} --as zhou")
    office.do(f"approve grant {number} --as {who}")


class TestPaying:
    def test_what_was_granted_is_paid_with_a_form(self, granted: Office) -> None:
        """A-6.4: within own discretion the requester may pay."""
        answer = granted.do(f"{pay('7300')} --as lin --format json")
        paid = answer.json
        assert (paid["number"], paid["request"], paid["contract"], paid["amount"]) == ("P-1", "A-1", "HT-18", "7300.00")
        assert (paid["state"], paid["owed"], paid["paid_by"], paid["form"]) == ("unconfirmed", None, "P003 林静", "L-1")
        assert working(answer)["may pay"] is True
        assert paid["working"]["answer"] == "granted"

    @pytest.mark.parametrize(
        ("amount", "decider"), [("9300.00", ""), ("9300.01", "zhou"), ("18599.99", "zhou"), ("18600.00", "gm")]
    )
    def test_each_grade_covers_what_it_decides(self, received: Office, amount: str, decider: str) -> None:
        """EX-A6-1: what was granted on 186 000.00 may be paid on them, to the fen."""
        received.do(f"{HT} {amount} --as lin")
        if decider:
            grant(received, "A-1", decider)
        answer = received.do(f"{pay(amount)} --as lin --format json")
        covered = {"": "account_manager", "zhou": "account_director", "gm": "general_manager"}[decider]
        assert working(answer)["grade that granted it"] == covered

    @pytest.mark.parametrize(("amount", "decider"), [("6000.00", ""), ("12000.00", "zhou"), ("12000.01", "gm")])
    def test_the_base_is_what_was_received(self, office: Office, amount: str, decider: str) -> None:
        """EX-A6-2: 120 000.01 received on a contract of 200 000.00."""
        office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
        office.do("receipt log 云帆 120000.01 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
        office.do(f"{HT} {amount} --as lin")
        if decider:
            grant(office, "A-1", decider)
        assert office.ask(f"{pay(amount)} --as lin")["amount"] == amount

    def test_a_request_that_nobody_granted_is_not_paid(self, received: Office) -> None:
        """A-5.4: the attempt is recorded."""
        received.do(f"{HT} 9300.01 --as lin")
        answer = received.run(f"{pay('100')} --as lin")
        assert (answer.status, answer.code) == (7, "commission.not-granted")
        assert "A-1 is pending" in answer.err
        assert answer.err.rstrip().splitlines()[-1].startswith("#")
        received.do("approve reject A-1 --reason 未回款 --as zhou")
        assert "A-1 is rejected" in received.run(f"{pay('100')} --as lin").err
        assert received.ask("commission list") == []

    def test_a_form_serves_one_payment(self, granted: Office) -> None:
        """A-6.4: in any width and case of its letters; and a blank form is none."""
        granted.do(f"{pay('300', 'L-1')} --as lin")
        for form in ("L-1", "l-1", "Ｌ-１", "' '"):
            answer = granted.run(f"{pay('300', form)} --as lin")
            assert (answer.status, answer.code) == (7, "commission.refused"), form
            assert "each payment has a form of its own (A-6.4)" in answer.err
        assert granted.ask(f"{pay('300', 'L-2')} --as lin")["number"] == "P-2"

    def test_payments_together_stay_within_what_was_granted(self, granted: Office) -> None:
        """AMB-A5-e: exactly that is enough, a fen more is not."""
        granted.do(f"{pay('7000', 'L-1')} --as lin")
        answer = granted.run(f"{pay('300.01', 'L-2')} --as lin")
        assert (answer.status, answer.code) == (7, "commission.refused")
        assert "salesctl approve commission --contract HT-18" in answer.err
        granted.do(f"{pay('300', 'L-2')} --as lin")
        assert granted.run(f"{pay('0.01', 'L-3')} --as lin").status == 7

    def test_a_payment_stays_within_its_own_request(self, granted: Office) -> None:
        """A-5.4: what is left of another request of the contract is paid on that one, under its own decision."""
        granted.do(f"{HT} 2000 --as lin")
        answer = granted.run(f"{pay('7300.01')} --as lin")
        assert (answer.status, "more than its request (A-5.4)" in answer.err) == (7, True)
        granted.do(f"{pay('7300')} --as lin")
        assert granted.ask(f"{pay('2000', 'L-2', on='A-2')} --as lin")["request"] == "A-2"

    def test_a_refund_lowers_the_base_and_the_payment_is_refused(self, granted: Office) -> None:
        """AMB-A6-d, AMB-A5-e: 7 300.00 are over 5 % of 140 000.00, and the manager's own grant does not cover that."""
        refund(granted, "M-1", 14_000_000)
        answer = granted.run(f"{pay('7300')} --as lin")
        assert (answer.status, answer.code) == (7, "commission.refused")
        assert "approve commission-payment" in answer.err
        assert answer.err.rstrip().splitlines()[-1].startswith("#")
        assert granted.ask("commission list") == []
        granted.do(f"{pay('7000')} --as lin")  # exactly 5 % of what is left
        assert granted.run("ledger verify").status == 0

    def test_a_higher_grade_covers_what_a_refund_moves_up(self, received: Office) -> None:
        """AMB-A6-d: what the director decided stays covered until the general manager would have to."""
        received.do(f"{HT} 9300.01 --as lin")
        received.do("approve grant A-1 --as zhou")
        refund(received, "M-1", 9_300_100)  # a tenth of it is 9 300.10
        received.do(f"{pay('9300')} --as lin")
        refund(received, "M-1", 9_300_010)  # a tenth of it is 9 300.01, and ten per cent are the general manager's
        assert received.run(f"{pay('0.01', 'L-2')} --as lin").status == 7

    def test_a_decision_covers_no_more_than_it_saw(self, office: Office) -> None:
        """K-15: the general manager saw 9 300.00; a later grant of the manager's own does not borrow that grade."""
        office.do("contract add HT-18 --customer 云帆 --amount 400000 --signed 2012-04-16")
        office.do(f"{HT} 9300 --as lin")  # nothing received yet
        grant(office, "A-1", "gm")
        office.do("receipt log 云帆 400000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
        assert office.ask(f"{HT} 9299 --as lin")["state"] == "granted"
        refund(office, "M-1", 18_600_000)
        office.do(f"{pay('9300')} --as lin")
        answer = office.run(f"{pay('9299', 'L-2', on='A-2')} --as lin")
        assert (answer.status, "needs an application of its own" in answer.err) == (7, True)

    def test_whoever_decided_does_not_pay(self, received: Office) -> None:
        """K-12, X ≠ A; anybody else may."""
        received.do(f"{HT} 9300.01 --as lin")
        received.do("approve grant A-1 --as zhou")
        answer = received.run(f"{pay('9300.01')} --as zhou")
        assert (answer.status, answer.code) == (7, "commission.refused")
        assert "whoever decided on it does not pay it (A-6.4, K-12)" in answer.err
        assert received.ask(f"{pay('9300.01')} --as chen")["paid_by"] == "P004 陈涛"

    def test_the_deciders_login_does_not_pay_in_another_name(self, received: Office) -> None:
        import os
        import pwd

        received.do(f"{HT} 9300.01 --as lin")
        received.do("approve grant A-1 --as zhou")
        received.do(f"people login zhou {pwd.getpwuid(os.getuid()).pw_name}")
        assert received.run(f"{pay('9300.01')} --as lin").status == 7

    def test_a_payment_granted_within_own_discretion_takes_nothing_from_the_requester(self, granted: Office) -> None:
        """A-6.1, A-5.2: 林静 granted the commission and the application for its payment herself."""
        applied = granted.ask("approve commission-payment --contract HT-18 --amount 7300 --as lin")
        assert (applied["number"], applied["state"], applied["decided_by"]) == ("A-2", "granted", "P003 林静")
        assert granted.ask(f"{pay('7300')} --as lin")["number"] == "P-1"

    def test_whoever_decided_on_the_application_for_a_payment_is_told_that(self, granted: Office) -> None:
        """K-12: the reason names what was decided, by whom; somebody who decided nothing may pay."""
        refund(granted, "M-1", 14_000_000)
        granted.do("approve commission-payment --contract HT-18 --amount 7300 --as lin")
        granted.do("approve grant A-2 --as zhou")
        answer = granted.run(f"{pay('7300')} --as zhou")
        assert (answer.status, answer.code) == (7, "commission.refused")
        assert "whoever decided on a payment that was applied for does not make it (A-6.4, K-12)" in answer.err
        assert "P002 周岚 decided A-2: somebody else pays." in answer.err
        assert granted.ask(f"{pay('7300')} --as lin")["number"] == "P-1"

    def test_what_applies_for_a_payment_is_not_paid_itself(self, received: Office) -> None:
        """A-5.2: the way out names the commission it is about, or says that there is none yet."""
        received.do("approve commission-payment --contract HT-18 --amount 7300 --as lin")
        answer = received.run(f"{pay('7300')} --as lin")
        assert (answer.status, answer.code) == (2, "commission.other-matter")
        assert "A-1 applies for a payment on HT-18" in answer.err
        assert "salesctl approve commission --contract HT-18" in answer.err
        received.do(f"{HT} 7300 --as lin")
        assert "`salesctl commission pay`: A-2" in received.run(f"{pay('7300')} --as lin").err

    def test_a_request_for_something_else_is_not_paid(self, received: Office) -> None:
        received.do("approve other --customer 云帆 --for 客户询问 --as lin")
        assert "no request for a customer commission" in received.run(f"{pay('1')} --as lin").err

    def test_a_payee_at_the_customer_raises_the_legal_warning(self, granted: Office) -> None:
        """L-14: a warning and no refusal; another payee raises none."""
        answer = granted.do(f"{pay('100', kind='person-at-the-customer')} --as lin --format json")
        assert working(answer)["legal warning"] == "L-14"
        assert "(L-14)" in answer.err
        other = granted.do(f"{pay('100', 'L-2', kind='intermediary')} --as lin --format json")
        assert "legal warning" not in working(other)
        assert "L-14" not in other.err

    @pytest.mark.parametrize("payee", ["林静", "CHEN", "p002", "Ｐ００２", "P002 周岚", "林 静", "周岚."])
    def test_our_own_people_receive_none(self, granted: Office, payee: str) -> None:
        """A-6.1: name, alias or code in any spelling; the attempt is recorded."""
        answer = granted.run(f"{pay('100').replace('云帆', repr(payee))} --as lin")
        assert (answer.status, answer.code) == (7, "commission.refused")
        assert "its payee is one of our own people" in answer.err
        assert answer.err.rstrip().splitlines()[-1].startswith("#")

    def test_somebody_there_of_the_same_name_is_named_with_their_company(self, granted: Office) -> None:
        assert granted.ask(f"{pay('100').replace('云帆', '云帆陈涛')} --as lin")["payee"] == "云帆陈涛"

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (pay("100", kind="friend"), "input.unknown"),
            (pay("100", on="A-9"), "input.unknown"),
            (pay("0"), "input.invalid"),
            (pay("-5").replace("--amount -5", "--amount=-5"), "input.invalid"),
            (pay("100.001"), "money.too-exact"),
            (pay("100").replace("云帆", "' '"), "input.invalid"),
            (pay("100", "x" * 41), "name.unsafe"),
            (f"{pay('100')} --on 2012-05-07", "commission.day"),  # before it was granted
            (f"{pay('100')} --on 2012-05-09", "commission.day"),  # tomorrow
        ],
    )
    def test_what_cannot_be_meant_writes_nothing(self, granted: Office, line: str, code: str) -> None:
        before = granted.do("ledger history").out
        answer = granted.run(f"{line} --as lin")
        assert (answer.status, answer.code) == (2, code)
        assert granted.do("ledger history").out == before

    def test_who_pays_must_be_named(self, granted: Office) -> None:
        assert granted.unnamed().run(pay("100")).code == "desk.nobody"

    def test_before_its_first_day_the_article_lets_nothing_be_granted_or_paid(self, office: Office) -> None:
        """EX-A6-4, A-6.6: on 2012-04-12 there is neither a payment nor a fine."""
        office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-10")
        assert office.run(f"{HT} 7300 --as lin --on 2012-04-12").code == "policy.not-in-force"
        assert (office.ask("commission list"), office.ask("fine list")) == ([], [])


class TestConfirming:
    def test_in_full_nothing_follows(self, granted: Office) -> None:
        """A-6.5a."""
        granted.do(f"{pay('7300')} --as lin")
        said = granted.ask(confirm("7300"))
        assert (said["state"], said["confirmed"], said["owed"], said["fine"]) == (
            "confirmed_in_full", "7300.00", "0.00", "")  # fmt: skip
        assert granted.ask("fine list") == []

    def test_a_shortfall_proposes_five_times_and_stays_owed(self, granted: Office) -> None:
        """EX-A6-3: 1 434.60 of 7 300.00 not paid, a fine of 7 173.00 for whoever asked for it, gross negligence."""
        granted.do(f"{pay('7300')} --as lin")
        answer = granted.do(f"{confirm('5865.40')} --format json")
        assert (answer.json["state"], answer.json["owed"], answer.json["fine"]) == ("short", "1434.60", "F-1")
        steps = working(answer)
        assert (steps["treated as"], steps["still owed to the customer"]) == ("gross_negligence", 143460)
        assert "1,434.60 is still owed to the customer; F-1 of 7,173.00 is proposed" in answer.err
        (fine,) = granted.ask("fine list")
        assert (fine["clause"], fine["matter"], fine["person"]) == ("A-6.5b", "shortfall", "P003 林静")
        assert (fine["amount"], fine["about"], fine["state"]) == ("7173.00", "P-1", "proposed")
        (listed,) = granted.ask("commission list")
        assert (listed["owed"], listed["fine"]) == ("1434.60", "F-1")

    def test_the_requester_does_not_record_it(self, granted: Office) -> None:
        """K-12: neither in person nor by their login; the attempt is recorded."""
        import os
        import pwd

        granted.do(f"{pay('7300')} --as lin")
        granted.do(f"people login lin {pwd.getpwuid(os.getuid()).pw_name}")
        for who in ("lin", "chen"):
            answer = granted.run(confirm("7300", who))
            assert (answer.status, answer.code) == (7, "commission.may-not-confirm"), who
            assert answer.err.rstrip().splitlines()[-1].startswith("#")
        assert granted.ask("commission show P-1")["state"] == "unconfirmed"

    def test_a_later_word_corrects_an_earlier_one_and_both_are_kept(self, granted: Office) -> None:
        """AMB-A6-e: paid in full after all, the fine stays proposed, and a human is told that they may waive it."""
        granted.do(f"{pay('7300')} --as lin")
        granted.do(confirm("5865.40"))
        answer = granted.do(f"{confirm('7300')} --format json", now=LATER)
        assert (answer.json["state"], answer.json["fine"], len(answer.json["said"])) == ("confirmed_in_full", "F-1", 2)
        assert "F-1 stays proposed all the same" in answer.err
        assert granted.ask("fine show F-1")["amount"] == "7173.00"
        assert granted.ask("commission show P-1 --as-of 2012-05-08")["state"] == "short"

    def test_a_corrected_shortfall_corrects_the_fine_nobody_has_decided_on(self, granted: Office) -> None:
        """One act, one fine (L-15)."""
        granted.do(f"{pay('7300')} --as lin")
        granted.do(confirm("5865.40"))
        assert granted.ask(confirm("7299.99"))["fine"] == "F-1"
        (fine,) = granted.ask("fine list")
        assert fine["amount"] == "0.05"
        granted.do("fine confirm F-1 --as zhou")
        granted.do(confirm("7000"))
        (fine,) = granted.ask("fine list")
        assert (fine["amount"], fine["state"]) == ("0.05", "confirmed")  # decided: it stays as it is

    def test_after_a_waiver_only_another_shortfall_is_proposed(self, granted: Office) -> None:
        granted.do(f"{pay('7300')} --as lin")
        granted.do(confirm("5865.40"))
        granted.do("fine waive F-1 --reason 客户记错 --as zhou")
        granted.do(confirm("5865.40"))
        assert len(granted.ask("fine list")) == 1
        assert granted.ask(confirm("5865.39"))["fine"] == "F-2"

    def test_nobody_gets_more_than_was_paid(self, granted: Office) -> None:
        """A-6.5a: one fen more is a mistake, and nothing is written."""
        granted.do(f"{pay('7300')} --as lin")
        answer = granted.run(confirm("7300.01"))
        assert (answer.status, answer.code) == (2, "commission.more-than-paid")
        assert "7,300.01 of P-1: 7,300.00 was paid" in answer.err
        assert granted.ask("commission show P-1")["said"] == []

    def test_the_payer_does_not_record_it(self, granted: Office) -> None:
        """K-12, V ≠ X: 陈涛 paid it, so somebody else asks the customer."""
        granted.do(f"{pay('7300')} --as chen")
        answer = granted.run(confirm("7300", "chen"))
        assert (answer.status, answer.code) == (7, "commission.may-not-confirm")
        assert "whoever paid it does not record what the customer got (A-6.5a, K-12)" in answer.err
        assert granted.ask(confirm("7300", "zhou"))["state"] == "confirmed_in_full"

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (f"{confirm('7300')} --on 2012-05-07", "commission.day"),  # before it was paid
            (f"{confirm('7300')} --on 2012-05-09", "commission.day"),
            (confirm("7300", number="P-9"), "input.unknown"),
            (confirm("all"), "input.invalid"),
            (confirm("7300").replace("客户收据", "' '"), "input.invalid"),
        ],
    )
    def test_what_cannot_be_meant_writes_nothing(self, granted: Office, line: str, code: str) -> None:
        granted.do(f"{pay('7300')} --as lin")
        answer = granted.run(line)
        assert (answer.status, answer.code) == (2, code)
        assert granted.ask("commission show P-1")["state"] == "unconfirmed"


def test_lists_by_contract_and_by_what_waits_for_the_customer(granted: Office) -> None:
    granted.do("contract add HT-19 --customer 易购 --amount 200000 --signed 2012-04-16")
    granted.do("receipt log 易购 100000 --contract HT-19 --date 2012-05-02 --overpayment --as gm")
    granted.do("approve commission --contract HT-19 --amount 100 --as chen")
    granted.do(f"{pay('300')} --as lin")
    granted.do(f"{pay('400', 'L-2')} --as lin")
    granted.do(f"{pay('100', 'L-3', on='A-2')} --as chen")
    granted.do(confirm("300"))

    def numbers(options: str) -> list[str]:
        return [one["number"] for one in granted.ask(f"commission list {options}")]

    assert numbers("") == ["P-1", "P-2", "P-3"]
    assert numbers("--unconfirmed") == ["P-2", "P-3"]
    assert numbers("--contract HT-19") == ["P-3"]
    assert numbers("--as-of 2012-05-07") == []
    assert granted.run("commission list --contract HT-77").code == "input.unknown"


def test_a_payment_shows_the_working_it_was_let_through_on(received: Office) -> None:
    """Asking again gives the same, whatever was received, granted or paid since."""
    received.do(f"{HT} 9300.01 --as lin")
    received.do("approve grant A-1 --as zhou")
    paid = received.do(f"{pay('9000')} --as lin --format json").json["working"]
    later = "2012-05-10T09:00"
    received.do("receipt log 云帆 1000 --contract HT-18 --date 2012-05-09 --overpayment --as gm", now=later)
    received.do(f"{HT} 20000 --as lin", now=later)
    received.do("approve endorse A-2 --as zhou", now=later)
    received.do("approve grant A-2 --as gm", now=later)
    received.do(f"{pay('300', 'L-2')} --as lin", now=later)
    assert received.ask("commission show P-1", now=later)["working"] == paid


class TestPrinting:
    """A-6.4: the 《劳务费申请单》 of a payment, printed from the ledger."""

    def cells(self, office: Office, name: str) -> list[str]:
        from python_calamine import CalamineWorkbook

        rows = CalamineWorkbook.from_path(office.folder / name).get_sheet_by_index(0).to_python()
        return [str(cell) for row in rows for cell in row if cell != ""]

    def test_it_names_what_was_paid_on_whose_decision(self, received: Office) -> None:
        received.do(f"{HT} 9300.01 --as lin")
        received.do("approve grant A-1 --as zhou")
        entry = received.do(f"{pay('9000', 'LW-031')} --as chen").err.strip().splitlines()[-1]
        assert received.ask("commission print P-1 P-1.xlsx --as lin")["number"] == "P-1"
        said = "\n".join(self.cells(received, "P-1.xlsx"))
        for text in (
            "劳务费申请单",
            "P-1",
            "LW-031",
            "云帆",
            "客户公司",
            "HT-18",
            "186000",
            "人民币玖仟元整",
            entry,
        ):
            assert text in said
        assert "A-1  P002 周岚  2012-05-08" in said
        for who in ("申请人", "批准人", "付款人", "收款人", "P003 林静", "P004 陈涛"):
            assert who in said

    def test_own_discretion_and_a_payment_that_was_applied_for_stand_on_it(self, granted: Office) -> None:
        refund(granted, "M-1", 14_000_000)
        granted.do("approve commission-payment --contract HT-18 --amount 7300 --as lin")
        granted.do("approve grant A-2 --as zhou")
        granted.do(f"{pay('7300')} --as lin")
        granted.do("commission print P-1 P-1.xlsx --as lin")
        said = "\n".join(self.cells(granted, "P-1.xlsx"))
        assert "A-1  P003 林静  2012-05-08  本人权限内" in said
        assert "A-2  P002 周岚  2012-05-08" in said

    def test_that_it_was_printed_is_recorded(self, granted: Office) -> None:
        granted.do(f"{pay('7300')} --as lin")
        granted.do("commission print 1 P-1.pdf --as lin")
        assert (granted.folder / "P-1.pdf").read_bytes().startswith(b"%PDF")
        assert granted.ask("ledger history P-1")[0]["verb"] == "commission.print"
        granted.do("commission print P-1 other.xlsx --as lin --dry-run")
        assert not (granted.folder / "other.xlsx").exists()

    def test_another_kind_of_file_is_refused_and_nothing_recorded(self, granted: Office) -> None:
        granted.do(f"{pay('7300')} --as lin")
        assert granted.run("commission print P-1 P-1.docx --as lin").code == "forms.suffix"
        assert granted.run("commission print P-9 P-9.pdf --as lin").code == "input.unknown"
        assert granted.ask("ledger history P-1")[0]["verb"] == "commission.pay"


def test_what_was_paid_on_is_not_revised(granted: Office) -> None:
    """A-5.4: a payment rests on what was granted; the request stays as it was decided."""
    paid = granted.do(f"{pay('7300')} --as lin --format json")
    assert granted.run("approve revise A-1 --amount 12000 --as lin").code == "approve.paid"
    shown = granted.do("commission show P-1 --format json")
    assert (working(shown)["may pay"], shown.json["working"]) == (True, paid.json["working"])


def test_the_customers_word_is_due_after_five_working_days(granted: Office) -> None:
    """T-7, A-6.5a: paid on Tuesday 8 May, due on the 15th, overdue from the 16th, until somebody records it."""
    granted.do(f"{pay('7300')} --as lin")

    def due(day: str) -> list[tuple[str, str, str, str]]:
        listed = granted.ask(f"check --as-of {day}", now="2012-05-18T09:00")
        return [(one["subject"], one["clause"], one["who"], one["state"]) for one in listed if one["rule"] == "T-7"]

    assert due("2012-05-14") == []
    assert due("2012-05-15") == [("P-1", "A-6.5a", "P003 林静", "due")]
    assert due("2012-05-16") == [("P-1", "A-6.5a", "P003 林静", "overdue")]
    granted.do(confirm("7300"), now="2012-05-17T09:00")
    assert due("2012-05-16") == [("P-1", "A-6.5a", "P003 林静", "overdue")]
    assert due("2012-05-17") == []


def test_what_is_still_owed_to_the_customer_is_due(granted: Office) -> None:
    """A-6.5a, AMB-A6-e: from the short confirmation on, until the customer has got it all."""
    granted.do(f"{pay('7300')} --as lin")
    granted.do(confirm("5865.40"), now="2012-05-09T09:00")
    granted.do(confirm("7000"), now="2012-05-10T09:00")
    granted.do(confirm("7300"), now="2012-05-14T09:00")

    def due(day: str) -> list[dict[str, str]]:
        listed = granted.ask(f"check --as-of {day}", now="2012-05-18T09:00")
        return [one for one in listed if one["rule"] == "T-7"]

    assert due("2012-05-08") == due("2012-05-14") == due("2012-05-18") == []
    (first,), (second,) = due("2012-05-09"), due("2012-05-11")
    assert (first["subject"], first["clause"], first["who"]) == ("P-1", "A-6.5a", "P003 林静")
    assert (first["state"], first["due_on"]) == ("due", "2012-05-09")
    assert "1,434.60 yuan of it is still owed to 云帆 on HT-18" in first["says"]
    assert "300.00 yuan of it" in second["says"]
    assert [one["owed"] for one in granted.ask("commission list --as-of 2012-05-09")] == ["1434.60"]


def test_a_request_id_carries_out_a_payment_once(granted: Office) -> None:
    line = f"{pay('100')} --as lin --request-id r-1"
    granted.do(line)
    again = granted.run(line)
    assert (again.status, "recorded before: P-1" in again.err) == (0, True)
    assert granted.run(f"{pay('200')} --as lin --request-id r-1").code == "ledger.request-id"
    refused = f"{pay('100')} --as lin --request-id r-2"
    assert granted.run(refused).status == granted.run(refused).status == 7
    assert len(granted.ask("commission list")) == 1


def test_a_rehearsal_writes_nothing(granted: Office) -> None:
    assert granted.do(f"{pay('7300')} --as lin --dry-run --format json").json["number"] == "P-1"
    assert granted.run(f"{pay('7301')} --as lin --dry-run").status == 7
    assert granted.ask("commission list") == []
    granted.do(f"{pay('7300')} --as lin")
    assert granted.do(f"{confirm('1')} --dry-run --format json").json["fine"] == "F-1"
    assert granted.ask("fine list") == []


def test_everything_stands_in_the_journal(granted: Office) -> None:
    """The tables are what the journal says, refusals included; nothing is ever deleted."""
    import sqlite3

    granted.do(f"{pay('7300')} --as lin")
    granted.run(f"{pay('1', 'L-2')} --as lin")
    granted.do(confirm("5865.40"))
    granted.do(confirm("5865.50"))
    granted.do("fine confirm F-1 --as zhou")
    assert granted.run("ledger verify").status == 0
    with sqlite3.connect(granted.ledger) as db:
        for table in ("commission_payment", "commission_confirmation", "fine", "fine_step"):
            with pytest.raises(sqlite3.IntegrityError, match="nothing is deleted"):
                db.execute(f"DELETE FROM {table}")


def test_the_journal_answers_in_yuan(granted: Office) -> None:
    """A fine of 7 173.00 is proposed: `ledger history` and `why` say so in yuan, as everything else does."""
    granted.do(f"{pay('7300')} --as lin")
    granted.do(confirm("5865.40"))
    assert [one["answer"] for one in granted.ask("ledger history P-1")] == ["7173.00", "granted"]
    assert "7,173.00" in granted.do("ledger history P-1").out
    assert [one["answer"] for one in granted.ask("why P-1")] == [["granted"], ["7173.00"]]


def test_people_read_it_in_their_language(granted: Office) -> None:
    granted.do(f"{pay('7300')} --as lin")
    answer = granted.do("commission show P-1", lang="zh_CN")
    assert "劳务费申请单" in answer.out
    assert "7,300.00" in answer.out
