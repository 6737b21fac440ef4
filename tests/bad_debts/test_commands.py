"""Bad debts through the commands: six months, the board alone, negative revenue, recovery (A-8.3, A-8.4)."""

from __future__ import annotations

import pytest

from tests.conftest import Office

NOW = "2012-11-19T10:00"


@pytest.fixture
def board(office: Office) -> Office:
    """The department with a member of the board, and a debt of 80,000 yuan due on 2012-04-09 (EX-A8-1)."""
    office.do("people add 董事甲 --grade board --alias board --regime A --from 2012-03-01 --as gm")
    office.do("contract add K-1 --customer 云帆 --amount 2000000 --signed 2012-03-05 --as lin")
    office.do("contract add K-2 --customer 云帆 --amount 300000 --signed 2012-11-05 --as lin", now=NOW)
    office.do("receivable log 云帆 80000 --issued 2012-04-01 --due 2012-04-09 --contract K-1 --as lin")
    return office


def submitted(board: Office) -> Office:
    board.do("baddebt submit R-1 --reason 客户已注销 --as lin", now="2012-10-10T10:00")
    return board


def sales(office: Office, by: str, period: str, now: str = "2012-12-31T10:00") -> dict[str, str]:
    return {row["period"]: row["sales"] for row in office.ask(f"sales report --by {by} --period {period}", now=now)}


class TestSubmitting:
    """A-8.3: over six months from 2012-10-10."""

    def test_a_day_early_is_refused_with_the_date_and_recorded(self, board: Office) -> None:
        early = board.run("baddebt submit R-1 --reason x --as lin", now="2012-10-09T10:00")
        assert (early.status, early.code) == (7, "baddebt.too-early")
        assert "2012-10-10" in early.err
        assert board.ask("ledger history R-1", now=NOW)[0]["answer"] == "refused"
        assert board.ask("baddebt list", now=NOW) == []

    def test_nobody_submits_early_by_calling_it_another_day(self, board: Office) -> None:
        early = board.run("baddebt submit R-1 --reason x --on 2012-10-10 --as lin", now="2012-10-09T10:00")
        assert early.code == "baddebt.too-early"

    def test_on_the_day_it_may_be(self, board: Office) -> None:
        submitted(board)
        row = board.ask("baddebt list --waiting", now=NOW)[0]
        shown = ("number", "receivable", "manager", "amount", "state", "decided_on")
        assert tuple(row[key] for key in shown) == ("B-1", "R-1", "P003 林静", "80000.00", "submitted", None)
        assert board.run("baddebt submit R-1 --reason y --as lin", now=NOW).code == "baddebt.submitted"

    def test_what_is_paid_is_not_submitted(self, board: Office) -> None:
        board.do("receipt log 云帆 80000 --as xiang", now="2012-10-10T09:00")
        assert board.run("baddebt submit R-1 --reason x --as lin", now=NOW).code == "aging.settled"

    def test_check_tells_the_board(self, board: Office) -> None:
        submitted(board)
        found = [one for one in board.ask("check", now=NOW) if one["clause"] == "A-8.3"]
        assert [(one["subject"], one["who"], one["due_on"]) for one in found] == [("B-1", "board", "2012-10-10")]


class TestDeciding:
    """A-8.3: the board alone, with its minutes; K-12: nobody in their own cause."""

    @pytest.mark.parametrize("who", ["lin", "zhou", "gm", "xiang"])
    def test_nobody_else_decides(self, board: Office, who: str) -> None:
        refused = submitted(board).run(f"baddebt decide B-1 --approve --minutes 12 --as {who}", now=NOW)
        assert (refused.status, refused.code) == (7, "baddebt.refused")
        assert board.ask("baddebt show B-1", now=NOW)["state"] == "submitted"
        assert board.ask("ledger history B-1", now=NOW)[0]["answer"] == "refused"

    def test_a_member_who_submitted_it_does_not_decide(self, board: Office) -> None:
        board.do("baddebt submit R-1 --reason x --as board", now="2012-10-10T10:00")
        assert board.run("baddebt decide B-1 --approve --minutes 12 --as board", now=NOW).code == "baddebt.refused"

    def test_a_member_who_served_the_customer_since_does_not_decide(self, board: Office) -> None:
        """K-12: nor does whoever was the customer's manager while the debt was open, and rose to the board since."""
        board.do("baddebt submit R-1 --reason x --as gm", now="2012-10-10T10:00")
        board.do("customer transfer 云帆 --to zhou --from 2012-11-01 --as gm", now="2012-11-01T09:00")
        board.do("people promote lin board --from 2012-11-02 --as gm", now="2012-11-02T09:00")
        refused = board.run("baddebt decide B-1 --approve --minutes 12 --as lin", now=NOW)
        assert (refused.status, refused.code) == (7, "baddebt.refused")

    def test_one_who_served_it_before_the_debt_may_decide(self, board: Office) -> None:
        board.do("customer transfer 云帆 --to zhou --from 2012-11-01 --as gm", now="2012-11-01T09:00")
        board.do(
            "receivable log 云帆 900 --issued 2012-11-05 --due 2012-11-10 --number N-1 --as gm", now="2012-11-05T09:00"
        )
        board.do("people promote lin board --from 2012-11-02 --as gm", now="2012-11-05T09:00")
        board.do("baddebt submit N-1 --reason x --as zhou", now="2013-05-13T09:00")
        board.do("baddebt decide B-1 --approve --minutes 12 --as lin", now="2013-05-14T09:00")

    @pytest.mark.parametrize("flags", ["--minutes 12", "--approve --decline --minutes 12", "--approve --minutes ''"])
    def test_a_decision_is_one_thing_and_has_minutes(self, board: Office, flags: str) -> None:
        assert submitted(board).run(f"baddebt decide B-1 {flags} --as board", now=NOW).status == 2

    def test_not_before_it_was_submitted(self, board: Office) -> None:
        early = submitted(board).run("baddebt decide B-1 --approve --minutes 12 --on 2012-10-09 --as board", now=NOW)
        assert early.code == "baddebt.day"

    def test_approved_is_written_off_and_never_paid(self, board: Office) -> None:
        done = submitted(board).do("baddebt decide B-1 --approve --minutes 2012-12 --as board", now=NOW)
        assert "A2" in done.out + done.err
        debt = board.ask("receivable show R-1", now=NOW)
        assert (debt["paid"], debt["written_off"], debt["open"]) == ("0.00", "80000.00", "0.00")
        assert [one for one in board.ask("check", now=NOW) if one["rule"] == "T-10"] == []
        assert board.ask("aging watch", now=NOW) == []
        before = board.ask("receivable show R-1 --as-of 2012-11-18", now=NOW)
        assert (before["written_off"], before["open"]) == ("0.00", "80000.00")
        again = board.run("baddebt decide B-1 --decline --minutes 13 --as board", now=NOW)
        assert (again.code, "2012-12" in again.err) == ("baddebt.decided", True)
        assert board.ask("ledger verify")["faults"] == 0

    def test_declined_stays_owed_and_may_be_submitted_again(self, board: Office) -> None:
        submitted(board).do("baddebt decide B-1 --decline --minutes 12 --said 再催三个月 --as board", now=NOW)
        assert board.ask("receivable show R-1", now=NOW)["open"] == "80000.00"
        assert board.ask("baddebt show B-1", now=NOW)["said"] == "再催三个月"
        board.do("baddebt submit R-1 --reason x --as lin", now=NOW)
        assert [row["state"] for row in board.ask("baddebt list", now=NOW)] == ["declined", "submitted"]
        assert [row["state"] for row in board.ask("baddebt list --as-of 2012-11-18", now=NOW)] == ["submitted"]

    def test_only_what_is_still_open_is_written_off(self, board: Office) -> None:
        submitted(board).do("receipt log 云帆 30000 --as xiang", now="2012-11-01T10:00")
        row = board.ask("baddebt decide B-1 --approve --minutes 12 --as board", now=NOW)
        assert row["amount"] == "50000.00"
        debt = board.ask("receivable show R-1", now=NOW)
        assert (debt["paid"], debt["written_off"]) == ("30000.00", "50000.00")

    def test_commission_paid_on_it_is_listed_for_review(self, board: Office) -> None:
        board.do("receipt log 云帆 1000 --contract K-1 --overpayment --as xiang")
        board.do("approve commission --contract K-1 --amount 40 --as lin")
        board.do("commission pay A-1 --amount 40 --payee 云帆 --kind customer_company --form L1 --as lin")
        submitted(board)
        assert "P-1" in board.do("baddebt show B-1", now=NOW).out


class TestSales:
    """EX-A8-4, EX-A8-5: what an approved bad debt lowers, under both versions."""

    def approved(self, board: Office) -> Office:
        submitted(board).do("baddebt decide B-1 --approve --minutes 12 --as board", now=NOW)
        return board

    def test_the_later_version_lowers_every_period(self, board: Office) -> None:
        self.approved(board)
        assert sales(board, "manager", "year") == {"2012": "2220000.00"}
        assert sales(board, "manager", "quarter") == {"2012-Q1": "2000000.00", "2012-Q4": "220000.00"}
        assert sales(board, "department", "month") == {"2012-03": "2000000.00", "2012-11": "220000.00"}

    def test_the_earlier_version_lowers_the_year_alone(self, board: Office) -> None:
        pack = board.folder / "ours"
        pack.mkdir()
        (pack / "pack.toml").write_text('code = "own"\nextends = "A"\nname = { en = "Ours", zh_CN = "本公司" }\n')
        (pack / "bad_debts.toml").write_text(
            '[[period.version]]\norigin = "company"\nsource = "A-8.4"\nvalue = "year"\n'
        )
        board.do("policy adopt ours --as gm --yes")
        self.approved(board)
        assert sales(board, "manager", "year") == {"2012": "2220000.00"}
        assert sales(board, "manager", "month") == {"2012-03": "2000000.00", "2012-11": "300000.00"}
        row = board.ask("sales report --period month", now=NOW)[-1]
        assert (row["bad_debts"], row["counted"]) == ("-80000.00", "0.00")
        assert "A1" in board.do("sales report", now=NOW).err + board.do("sales report", now=NOW).out

    def test_a_debt_of_last_year_lowers_the_year_of_the_decision(self, board: Office) -> None:
        now = "2013-01-07T10:00"
        submitted(board).do("baddebt decide B-1 --approve --minutes 1 --as board", now=now)
        assert sales(board, "manager", "year") == {"2012": "2300000.00"}
        assert sales(board, "manager", "month", now=now) == {"2013-01": "-80000.00"}

    def test_money_that_comes_in_later_is_added_back(self, board: Office) -> None:
        """AMB-A8-g: on the day of the receipt; and taken off again where the receipt was a mistake."""
        self.approved(board)
        done = board.do("receipt log 云帆 50000 --to R-1 --as xiang", now="2012-12-03T10:00")
        assert "R-1" in done.out
        debt = board.ask("receivable show R-1", now="2012-12-03T10:00")
        assert (debt["paid"], debt["written_off"], debt["open"]) == ("50000.00", "30000.00", "0.00")
        assert sales(board, "manager", "month")["2012-12"] == "50000.00"
        assert board.ask("baddebt show B-1", now="2012-12-31T10:00")["recovered"] == "50000.00"
        board.do("receipt reverse M-1 --reason 记错 --yes --as gm", now="2012-12-20T10:00")
        debt = board.ask("receivable show R-1", now="2012-12-20T10:00")
        assert (debt["paid"], debt["written_off"], debt["open"]) == ("0.00", "80000.00", "0.00")
        assert sales(board, "manager", "month")["2012-12"] == "0.00"
        assert board.ask("ledger verify")["faults"] == 0

    def test_whoever_served_the_customer_then_bears_it(self, board: Office) -> None:
        """AMB-A8-f: the account manager at the approval, not whoever sold it."""
        submitted(board).do("customer transfer 云帆 --to chen --from 2012-11-01 --as zhou", now="2012-11-01T10:00")
        board.do("baddebt decide B-1 --approve --minutes 12 --as board", now=NOW)
        board.do("customer transfer 云帆 --to lin --from 2012-12-01 --as zhou", now="2012-12-01T10:00")
        rows = board.ask("sales report --period year", now="2012-12-31T10:00")
        assert {row["manager"]: row["counted"] for row in rows} == {"P003 林静": "0.00", "P004 陈涛": "-80000.00"}


class TestOtherDays:
    """A day that is named changes nobody's grade and no balance of the past."""

    def test_whoever_was_of_the_board_decides_nothing_now(self, board: Office) -> None:
        """A-8.3: --on lends nobody the board's word of another day."""
        submitted(board).do("people promote board account_manager --from 2012-11-01 --as gm", now="2012-11-01T10:00")
        refused = board.run("baddebt decide B-1 --approve --minutes 12 --on 2012-10-20 --as board", now=NOW)
        assert (refused.status, refused.code) == (7, "baddebt.refused")

    def test_a_decision_dated_back_writes_off_no_more_than_was_open(self, board: Office) -> None:
        board.do("receipt log 云帆 30000 --as xiang", now="2012-10-01T10:00")
        submitted(board).do("receipt release M-1 R-1 --reason 错 --as lin", now="2012-11-18T10:00")
        line = "baddebt decide B-1 --approve --minutes 12 --as board"
        early = board.run(f"{line} --on 2012-11-17", now=NOW)
        assert (early.status, early.code) == (2, "baddebt.day")
        board.do(f"{line} --on 2012-11-18", now=NOW)
        for day, left in (("2012-11-17", "50000.00"), ("2012-11-18", "0.00")):
            assert board.ask(f"receivable show R-1 --as-of {day}", now=NOW)["open"] == left

    def test_approved_again_each_decision_is_one_line(self, board: Office) -> None:
        """AMB-A8-g: what comes in belongs to the approval before it."""
        board.do("receipt log 云帆 30000 --as xiang", now="2012-10-01T10:00")
        submitted(board).do("baddebt decide B-1 --approve --minutes 12 --as board", now="2012-10-11T10:00")
        board.do("receipt release M-1 R-1 --reason 错 --as lin", now="2012-11-01T10:00")
        board.do("baddebt submit R-1 --reason x --as lin", now="2012-11-02T10:00")
        board.do("baddebt decide B-2 --approve --minutes 13 --as board", now="2012-11-03T10:00")
        board.do("receipt log 云帆 10000 --to R-1 --as xiang", now="2012-11-05T10:00")
        rows = [(row["number"], row["amount"], row["recovered"]) for row in board.ask("baddebt list", now=NOW)]
        assert rows == [("B-1", "50000.00", "0.00"), ("B-2", "30000.00", "10000.00")]

    def test_nobody_submits_for_a_day_to_come(self, board: Office) -> None:
        answer = board.run("baddebt submit R-1 --reason x --on 2012-12-01 --as lin", now=NOW)
        assert (answer.status, answer.code) == (2, "aging.future")


def test_one_decision_and_not_both(board: Office) -> None:
    for both, said in (("--approve --decline", "--approve --decline"), ("", "-")):
        answer = board.run(f"baddebt decide B-1 {both} --minutes 1 --as board")
        assert (answer.status, answer.code) == (2, "input.invalid")
        assert f"'{said}' is not one decision of the board" in answer.err
