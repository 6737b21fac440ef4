"""Losses through the commands: found, valued, shared to the fen, decided by people (E-15, E-17, E-19, E-20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Office

REPORT = "loss report --text 样品短缺 --evidence 盘点表"
Sign = Callable[[str], None]


def at(day: str) -> str:
    return f"{day}T10:00"


def found(office: Office, day: str, options: str, value: str = "", split: str = "", who: str = "chen") -> Any:
    """Report, value and split a loss, all on the day it is found."""
    number = office.ask(f"{REPORT} {options} --as {who}", now=at(day))["number"]
    office.do(f"loss value {number} {value} --as qian", now=at(day))
    return office.ask(f"loss split {number} {split} --as qian", now=at(day))


def shares(row: Any) -> dict[str, str]:
    return {share["party"]: share["amount"] for share in row["shares"]}


def people(row: Any) -> dict[str, str]:
    return {share["party"]: share["person"] for share in row["shares"]}


class TestGoods:
    """E-19: the selling price of the day the loss is established."""

    def missing(self, office: Office, price: str = "399", units: int = 12) -> None:
        office.do("sample product SJ-200 --name 样机")
        office.do(f"sample price SJ-200 --from 2012-01-01 --price {price}")
        office.do(f"sample place 远大 SJ-200 --quantity {units} --on 2012-05-01")
        office.do(f"sample missing 远大 SJ-200 --quantity {units} --on 2013-05-06", now=at("2013-05-06"))

    def test_within_four_months(self, handed: Office, sign: Sign) -> None:
        """EX-E-1: 12 pieces at 399.00 are 4,788.00, shared 15, 25, 10 and 50."""
        self.missing(handed)
        sign("2013-02-01")
        row = found(handed, "2013-05-07", "--customer 远大 --product SJ-200")
        assert (row["units"], row["amount"], row["table"], row["handover"]) == (12, "4788.00", "within", "H-1")
        assert list(shares(row).values()) == ["718.20", "1197.00", "478.80", "2394.00"]
        assert list(people(row).values()) == ["P004 陈涛", "P006 何组长", "P007 钱进", ""]
        assert {share["clause"] for share in row["shares"]} == {"E-17a"}
        assert "AMB-E-f" in str(handed.ask("why LS-1", now=at("2013-05-07")))
        assert handed.ask("ledger verify")["faults"] == 0

    def test_after_four_months(self, handed: Office, sign: Sign) -> None:
        """EX-E-1, after: the department manager in the supervisor's place."""
        self.missing(handed)
        sign("2013-01-10")
        row = found(handed, "2013-05-13", "--customer 远大 --product SJ-200")
        assert shares(row) == {
            "receiver": "1197.00", "department_manager": "718.20", "finance": "478.80", "the_company": "2394.00",
        }  # fmt: skip
        assert people(row)["department_manager"] == "P002 周岚"

    def test_the_price_of_the_day_of_valuation(self, handed: Office, sign: Sign) -> None:
        """EX-E-9: 5 units are 4,300.00 on 30 June 2013 and 3,995.00 on 1 July; the list stays as it is."""
        self.missing(handed, "860", 5)
        handed.do("sample price SJ-200 --from 2013-07-01 --price 799")
        sign("2013-05-01")
        handed.do(f"{REPORT} --customer 远大 --product SJ-200 --as chen", now=at("2013-06-20"))
        later = at("2013-07-02")
        for day, amount in (("2013-06-30", "4300.00"), ("2013-07-01", "3995.00")):
            assert handed.ask(f"loss value LS-1 --on {day} --as qian", now=later)["amount"] == amount
        assert len(handed.ask("sample price SJ-200", now=later)) == 2
        assert handed.run("loss value LS-1 --amount 3000 --as qian", now=later).code == "loss.priced"

    def test_what_is_counted_is_not_counted_twice(self, handed: Office, sign: Sign) -> None:
        self.missing(handed)
        sign("2013-02-01")
        found(handed, "2013-05-07", "--customer 远大 --product SJ-200")
        again = handed.run(f"{REPORT} --customer 远大 --product SJ-200 --as chen", now=at("2013-05-07"))
        assert again.code == "loss.none-missing"
        more = handed.do(f"{REPORT} --customer 远大 --product SJ-200 --units 2 --as chen", now=at("2013-05-07"))
        assert "LS-1" in more.err


class TestTables:
    """E-17: four months from the last signature, that day included."""

    @pytest.mark.parametrize(
        ("signed", "day", "table"),
        [("2013-01-15", "2013-05-15", "within"), ("2013-01-15", "2013-05-16", "after"),
         ("2013-10-31", "2014-02-28", "within"), ("2013-10-31", "2014-03-01", "after")],
    )  # fmt: skip
    def test_the_corresponding_day_is_still_within(
        self, handed: Office, sign: Sign, signed: str, day: str, table: str
    ) -> None:
        """EX-E-2."""
        sign(signed)
        assert handed.ask(f"{REPORT} R-B --as chen", now=at(day))["table"] == table

    @pytest.mark.parametrize(
        ("amount", "parts"),
        [("333.33", ["50.00", "83.33", "33.33", "166.67"]),
         ("10000.01", ["1500.00", "2500.00", "1000.00", "5000.01"])],
    )  # fmt: skip
    def test_the_company_takes_what_is_left(self, handed: Office, sign: Sign, amount: str, parts: list[str]) -> None:
        """EX-E-3."""
        sign("2013-02-01")
        assert list(shares(found(handed, "2013-05-07", "R-B", f"--amount {amount}")).values()) == parts

    def test_two_payers_share_one_part(self, handed: Office, sign: Sign) -> None:
        """EX-E-3, AMB-E-g: 33.33 at a 3C store are 16.67 of finance and 16.66 of commerce."""
        sign("2013-02-01")
        row = found(handed, "2013-05-07", "H-1 --customer 全城", "--amount 333.33")
        assert shares(row)["head_office_finance"] == "16.67"
        assert shares(row)["head_office_commerce"] == "16.66"
        assert (people(row)["head_office_finance"], people(row)["head_office_commerce"]) == ("P009 总财", "")
        unnamed = handed.run("loss confirm LS-1 --as gm", now=at("2013-05-07"))
        assert (unnamed.status, unnamed.code) == (2, "loss.unnamed")
        handed.do("loss split LS-1 --bearer head-office-commerce=shang --as qian", now=at("2013-05-07"))
        again = handed.ask("loss split LS-1 --as qian", now=at("2013-05-07"))
        assert people(again)["head_office_commerce"] == "P008 商云"

    def test_a_receiver_who_hands_over_again_still_bears_it(self, handed: Office, sign: Sign) -> None:
        """AMB-E-m: the loss belongs to the handover that was signed when it was found."""
        sign("2013-02-01")
        handed.do("customer transfer 远大 --to chen --from 2013-02-01 --as zhou", now=at("2013-02-01"))
        handed.do("handover start --from chen --to lin --customers 远大 --as he", now=at("2013-04-01"))
        row = handed.ask(f"{REPORT} R-B --as lin", now=at("2013-04-02"))
        assert (row["handover"], row["table"]) == ("H-1", "within")

    def test_a_debt_of_after_the_signatures_was_not_handed_over(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        handed.do("receivable log 远大 100 --due 2013-04-01 --number R-NEW --as chen", now=at("2013-03-01"))
        answer = handed.run(f"{REPORT} R-NEW --as chen", now=at("2013-05-07"))
        assert (answer.status, answer.code) == (2, "loss.not-handed-over")


class TestTransferor:
    """E-15b, E-16: known and not settled in time is the transferor's alone."""

    def test_a_known_dispute_forced_through(self, handed: Office, sign: Sign) -> None:
        """EX-E-5: 8,400.00 are the transferor's, and nobody else bears anything."""
        handed.do("receivable dispute R-A --reason 客户不认 --as lin", now=at("2013-01-20"))
        sign("2013-02-01")
        row = found(handed, "2013-05-07", "R-A")
        assert shares(row) == {"transferor": "8400.00"}
        assert people(row) == {"transferor": "P003 林静"}
        assert row["shares"][0]["clause"] == "E-15b"

    def test_carried_past_the_period_and_not_corrected_in_it(self, handed: Office, sign: Sign) -> None:
        """EX-E-10: what falls due next quarter leaves the transferor 0.00, the wrong invoice costs 2,150.00."""
        handed.do("handover plan H-1 --by 2013-02-01 --as he", now=at("2013-01-08"))
        issue = "handover issue H-1"
        handed.do(f"{issue} R-B --text 下季度到期 --due 2013-04-01 --kind cross-period --as he", now=at("2013-01-08"))
        handed.do(f"{issue} R-A --text 发票开错 --amount 2150 --kind current --as he", now=at("2013-01-08"))
        handed.do("handover carry H-1 HI-1 --as chen", now=at("2013-01-09"))
        sign("2013-02-01")
        carried = found(handed, "2013-05-07", "HI-1", "--amount 46250")
        assert "transferor" not in shares(carried)
        said = handed.ask(f"{REPORT} HI-1 --known --as chen", now=at("2013-05-08"))
        assert said["table"] == "within"  # known or not, it was carried on (E-16)
        wrong = found(handed, "2013-05-07", "HI-2")
        assert (wrong["amount"], shares(wrong)) == ("2150.00", {"transferor": "2150.00"})

    def test_what_was_settled_before_the_signatures_is_not_known_trouble(self, handed: Office, sign: Sign) -> None:
        """AMB-E-n."""
        handed.do("handover issue H-1 R-A --text 发票开错 --as he", now=at("2013-01-08"))
        handed.do("handover settle H-1 HI-1 --how 已重开 --as he", now=at("2013-01-09"))
        sign("2013-02-01")
        assert handed.ask(f"{REPORT} R-A --as chen", now=at("2013-05-07"))["table"] == "within"

    def test_said_to_have_been_known(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        assert handed.ask(f"{REPORT} R-B --known --as chen", now=at("2013-05-07"))["table"] == "unsettled"

    def test_before_the_signatures_nothing_has_passed(self, handed: Office) -> None:
        assert handed.ask(f"{REPORT} R-B --as chen", now=at("2013-01-20"))["table"] == "unsettled"


class TestWrongFigures:
    """E-20: finance or commerce had drawn up wrong figures."""

    def wrong(self, office: Office, sign: Sign, day: str, signed: str = "2013-02-01") -> Any:
        sign(signed)
        return found(office, day, "R-B --finance-error")

    def test_a_sum_that_a_bearer_named_is_said_to_whoever_confirms(self, handed: Office, sign: Sign) -> None:
        """K-12: 陈涛, who bears 15 % of it, valued the loss; 钱进 of finance did not in the other one."""
        sign("2013-02-01")
        handed.do(f"{REPORT} R-B --as chen", now=at("2013-05-07"))
        handed.do("loss value LS-1 --amount 1 --as chen", now=at("2013-05-07"))
        assert "valued by P004 陈涛" in handed.do("loss split LS-1 --as gm", now=at("2013-05-07")).err
        handed.do("loss value LS-1 --as gm", now=at("2013-05-07"))
        assert "valued by" not in handed.do("loss split LS-1 --as gm", now=at("2013-05-07")).err

    def test_whose_figures_were_wrong_is_said_in_either_language_and_never_lost(
        self, handed: Office, sign: Sign
    ) -> None:
        """E-20a: a party that bears nothing is refused; before, it took the clause from whoever does."""
        self.wrong(handed, sign, "2013-05-07")
        row = handed.ask("loss split LS-1 --error-by 财务 --as qian", now=at("2013-05-07"))
        assert [share["clause"] for share in row["shares"] if share["party"] == "finance"] == ["E-17a, E-20a"]
        slip = handed.run("loss split LS-1 --error-by commerce --as qian", now=at("2013-05-07"))
        assert (slip.status, slip.code) == (2, "input.unknown")
        said = handed.ask("loss gravity LS-1 一半 --post-wage 4100 --as gm", now=at("2013-05-08"))
        assert (said["gravity"], said["post_wage"]) == ("half", "2050.00")

    def test_within_four_months(self, handed: Office, sign: Sign) -> None:
        """EX-E-4: the supervisor 30 %, finance the 10 % and a post wage by a named decision."""
        row = self.wrong(handed, sign, "2013-05-07")
        assert list(shares(row).values()) == ["6937.50", "13875.00", "4625.00", "20812.50"]
        said = handed.do("loss show LS-1", now=at("2013-05-07"))
        assert "replace (AMB-E-c)" in said.err
        for how, sum_ in (("half", "2050.00"), ("full", "4100.00")):
            row = handed.ask(f"loss gravity LS-1 {how} --post-wage 4100 --as gm", now=at("2013-05-08"))
            assert (row["post_wage"], row["gravity"], row["gravity_by"]) == (sum_, how, "P001 沈国栋")
            assert [share["post_wage"] for share in row["shares"]] == [None, None, sum_, None]

    def test_after_four_months(self, handed: Office, sign: Sign) -> None:
        """EX-E-4, after: supervisor 13,875.00 beside the manager, the company 9,250.00."""
        row = self.wrong(handed, sign, "2013-06-10")
        assert shares(row) == {
            "receiver": "11562.50", "department_manager": "6937.50", "finance": "4625.00",
            "handover_supervisor": "13875.00", "the_company": "9250.00",
        }  # fmt: skip

    def test_another_reading_is_the_company_s_choice_and_printed(self, handed: Office, sign: Sign) -> None:
        """EX-E-4, reading (2): the supervisor 25,437.50, the company 9,250.00."""
        pack = handed.folder / "ours"
        pack.mkdir()
        (pack / "pack.toml").write_text('code = "own"\nextends = "E"\nname = { en = "Ours", zh_CN = "本公司" }\n')
        (pack / "losses.toml").write_text(
            '[[error_reading.version]]\norigin = "company"\nsource = "E-20b"\nvalue = "add"\n'
        )
        handed.do("policy adopt ours --as gm --yes")
        row = self.wrong(handed, sign, "2013-05-07")
        assert (shares(row)["handover_supervisor"], shares(row)["the_company"]) == ("25437.50", "9250.00")
        assert "add (AMB-E-c)" in handed.do("loss show LS-1", now=at("2013-05-07")).err

    def test_where_the_transferor_bears_all_the_rest_stays_a_proposal(self, handed: Office, sign: Sign) -> None:
        """AMB-E-p."""
        sign("2013-02-01")
        row = found(handed, "2013-05-07", "R-B --finance-error --known", split="--bearer finance_or_commerce=qian")
        assert shares(row) == {"transferor": "46250.00", "finance_or_commerce": "0.00"}
        row = handed.ask("loss gravity LS-1 half --post-wage 4100 --as gm", now=at("2013-05-07"))
        assert row["shares"][1]["post_wage"] == "2050.00"

    def test_one_of_two_was_wrong(self, handed: Office, sign: Sign) -> None:
        """AMB-E-g, E-20a: the post wage is that of whose figures were wrong."""
        sign("2013-02-01")
        handed.do(f"{REPORT} H-1 --customer 全城 --finance-error --as chen", now=at("2013-05-07"))
        handed.do("loss value LS-1 --amount 1000 --as qian", now=at("2013-05-07"))
        assert handed.run("loss split LS-1 --as qian", now=at("2013-05-07")).code == "loss.whose-error"
        row = handed.ask("loss split LS-1 --error-by head_office_finance --as qian", now=at("2013-05-07"))
        assert [share["clause"] for share in row["shares"]] == ["E-17a", "E-20b", "E-17a, E-20a", "E-17a", "E-17a"]

    def test_check_asks_at_the_month_s_end(self, handed: Office, sign: Sign) -> None:
        """T-37: criticism and post wage of errors found this month."""
        self.wrong(handed, sign, "2013-05-07")

        def due(day: str) -> list[tuple[str, str, str, str]]:
            rows = [one for one in handed.ask("check", now=at(day)) if one["rule"] == "T-37"]
            return [(one["subject"], one["who"], one["due_on"], one["state"]) for one in rows]

        assert due("2013-05-30") == []
        assert due("2013-05-31") == [("LS-1", "general_manager", "2013-05-31", "due")]
        assert due("2013-06-03") == [("LS-1", "general_manager", "2013-05-31", "overdue")]
        handed.do("loss gravity LS-1 half --post-wage 4100 --as gm", now=at("2013-06-03"))
        late = handed.do("loss criticise LS-1 --notice 通告3 --as gm", now=at("2013-06-03"))
        assert "2013-05" in late.err
        assert due("2013-06-03") == []
        assert handed.run("loss criticise LS-1 --notice 通告4 --as gm", now=at("2013-06-04")).code == "loss.criticised"

    def test_nobody_s_figures_were_wrong(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B")
        line = "loss gravity LS-1 half --post-wage 4100 --as gm"
        assert handed.run(line, now=at("2013-05-07")).code == "loss.no-error"


class TestDeciding:
    """K-10, K-12: a named person who bears nothing of it."""

    def split(self, office: Office, sign: Sign) -> None:
        sign("2013-02-01")
        found(office, "2013-05-07", "R-B", "--amount 1000")

    @pytest.mark.parametrize("who", ["chen", "he", "qian", "zhou", "lin", "shang"])
    def test_nobody_else_confirms(self, handed: Office, sign: Sign, who: str) -> None:
        self.split(handed, sign)
        refused = handed.run(f"loss confirm LS-1 --as {who}", now=at("2013-05-08"))
        assert (refused.status, refused.code) == (7, "loss.refused")
        assert handed.ask("ledger history LS-1", now=at("2013-05-08"))[0]["answer"] == "refused"
        assert handed.ask("loss show LS-1", now=at("2013-05-08"))["state"] == "split"

    def test_a_bearer_of_the_right_grade_does_not(self, handed: Office, sign: Sign) -> None:
        """K-12: the next decides, which is the board."""
        self.split(handed, sign)
        handed.do("loss split LS-1 --bearer finance=gm --as qian", now=at("2013-05-08"))
        assert handed.run("loss confirm LS-1 --as gm", now=at("2013-05-08")).code == "loss.refused"
        handed.do("loss confirm LS-1 --as board", now=at("2013-05-08"))

    def test_whoever_reported_it_does_not(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B", "--amount 1000", who="gm")
        assert handed.run("loss confirm LS-1 --as gm", now=at("2013-05-08")).code == "loss.refused"

    def test_confirmed_nothing_changes(self, handed: Office, sign: Sign) -> None:
        self.split(handed, sign)
        row = handed.ask("loss confirm LS-1 --as gm", now=at("2013-05-08"))
        assert (row["state"], row["confirmed_by"], row["confirmed_on"]) == ("confirmed", "P001 沈国栋", "2013-05-08")
        for line in ("value LS-1 --amount 5", "split LS-1", "confirm LS-1"):
            assert handed.run(f"loss {line} --as gm", now=at("2013-05-09")).code == "loss.state"
        for who in ("chen", "gm"):
            late = handed.run(f"loss drop LS-1 --reason 找到了 --as {who}", now=at("2013-05-09"))
            assert (late.status, late.code) == (2, "loss.confirmed")
        assert handed.ask("ledger verify")["faults"] == 0

    def test_a_new_value_wants_a_new_split(self, handed: Office, sign: Sign) -> None:
        self.split(handed, sign)
        handed.do("loss value LS-1 --amount 2000 --as qian", now=at("2013-05-08"))
        assert handed.run("loss confirm LS-1 --as gm", now=at("2013-05-08")).code == "loss.state"

    def test_whoever_reported_it_takes_it_back(self, handed: Office, sign: Sign) -> None:
        """Until it is valued; then whoever may decide on it does, and nobody drops what they would bear."""
        self.split(handed, sign)
        assert handed.run("loss drop LS-1 --reason x --as chen", now=at("2013-05-08")).code == "loss.refused"
        handed.do(f"{REPORT} R-A --as chen", now=at("2013-05-08"))
        assert handed.run("loss drop LS-2 --reason x --as he", now=at("2013-05-08")).code == "loss.refused"
        handed.do("loss drop LS-2 --reason 找到了 --as chen", now=at("2013-05-08"))
        assert handed.run("loss drop LS-2 --reason x --as chen", now=at("2013-05-08")).code == "loss.state"

    def test_shares_of_before_the_signatures_are_not_confirmed(self, handed: Office, sign: Sign) -> None:
        """E-17a: signed since, for a day before the finding, it is another table."""
        assert shares(found(handed, "2013-05-07", "R-B", "--amount 1000")) == {"transferor": "1000.00"}
        sign("2013-02-01")
        stale = handed.run("loss confirm LS-1 --as gm", now=at("2013-05-08"))
        assert (stale.status, stale.code) == (2, "loss.stale")
        assert list(shares(handed.ask("loss split LS-1 --as qian", now=at("2013-05-08"))).values()) == [
            "150.00", "250.00", "100.00", "500.00",
        ]  # fmt: skip
        handed.do("loss confirm LS-1 --as gm", now=at("2013-05-08"))
        assert handed.ask("ledger verify", now=at("2013-05-08"))["faults"] == 0

    def test_a_day_that_changes_the_table_is_told(self, handed: Office, sign: Sign) -> None:
        """AMB-E-a: entered on the day after the four months, said to be found on their last."""
        sign("2013-01-15")
        made = handed.do(f"{REPORT} R-B --on 2013-05-15 --as chen", now=at("2013-05-16"))
        assert "after" in made.err
        assert handed.ask("loss show LS-1", now=at("2013-05-16"))["table"] == "within"


class TestBesides:
    """X-5, L-1, L-2, L-12: what stands beside the shares."""

    def test_a_bad_debt_has_two_consequences(self, handed: Office, sign: Sign) -> None:
        """X-5: what was written off is still lost; what came back is not."""
        sign("2013-02-01")
        handed.do("baddebt submit R-B --reason 失联 --as chen", now=at("2013-09-16"))
        handed.do("baddebt decide B-1 --approve --minutes 9 --as board", now=at("2013-09-17"))
        handed.do("receipt log 远大 6250 --to R-B --as chen", now=at("2013-09-18"))
        row = found(handed, "2013-09-19", "R-B")
        assert (row["amount"], row["bad_debt"]) == ("40000.00", "B-1")
        assert "X-5" in handed.do("loss show LS-1", now=at("2013-09-19")).err

    def test_a_debt_is_lost_once(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B", "--amount 40000")
        second = handed.do(f"{REPORT} R-B --as chen", now=at("2013-05-07"))
        assert "LS-1" in second.err
        too_much = handed.run("loss value LS-2 --amount 6250.01 --as qian", now=at("2013-05-07"))
        assert (too_much.status, too_much.code) == (2, "loss.too-much")
        assert handed.ask("loss value LS-2 --as qian", now=at("2013-05-07"))["amount"] == "6250.00"
        handed.do("receipt log 远大 46250 --as chen", now=at("2013-05-08"))
        assert handed.run("loss value LS-2 --as qian", now=at("2013-05-08")).code == "loss.nothing"

    def test_a_debt_and_the_issue_about_it_are_told_to_be_the_same(self, handed: Office, sign: Sign) -> None:
        handed.do("handover issue H-1 R-A --text 发票开错 --amount 2150 --as he", now=at("2013-01-08"))
        sign("2013-02-01")
        handed.do(f"{REPORT} R-A --as chen", now=at("2013-05-07"))
        assert "LS-1" in handed.do(f"{REPORT} HI-1 --as chen", now=at("2013-05-07")).err
        assert "LS-1, LS-2" in handed.do(f"{REPORT} R-A --as chen", now=at("2013-05-07")).err

    def test_the_ceiling_stands_beside_what_is_asked(self, handed: Office, sign: Sign) -> None:
        """EX-L-3, X-14: 4,625.00 and 4,100.00 together; of 6,000.00 above a floor of 5,000.00 it is 1,000.00."""
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B --finance-error")
        handed.do("loss gravity LS-1 full --post-wage 4100 --as gm", now=at("2013-05-07"))
        shown = handed.ask("loss show LS-1 --wage qian=6000", now=at("2013-05-07"))
        assert [share["ceiling"] for share in shown["shares"]] == [None, None, "1200.00", None]
        pack = handed.folder / "ours"
        pack.mkdir()
        (pack / "pack.toml").write_text('code = "own"\nextends = "L"\nname = { en = "Ours", zh_CN = "本公司" }\n')
        floor = '[[floor.version]]\norigin = "company"\nsource = "L-2"\nvalue = "5000.00"\nfrom = 2012-01-01\n'
        (pack / "deductions.toml").write_text(floor)
        handed.do("policy adopt ours --as gm --yes", now=at("2013-05-07"))
        said = handed.do("loss show LS-1 --wage qian=6000", now=at("2013-05-07"))
        assert ("8,725.00" in said.err, "1,000.00" in said.err) == (True, True)

    def test_fault_is_asked_for(self, handed: Office, sign: Sign) -> None:
        """L-12."""
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B", "--amount 1000")
        assert "L-12" in handed.do("loss show LS-1", now=at("2013-05-07")).err
        line = (
            "loss split LS-1 --fault receiver=未盘点 --fault handover-supervisor=未核对 --fault finance=错账 --as qian"
        )
        row = handed.ask(line, now=at("2013-05-07"))
        assert [share["evidence"] for share in row["shares"]] == ["未盘点", "未核对", "错账", ""]
        assert "L-12)" not in handed.do("loss show LS-1", now=at("2013-05-07")).err

    def test_a_query_by_person_state_and_handover(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B", "--amount 1000")
        handed.do(f"{REPORT} R-A --as chen", now=at("2013-05-08"))
        now = at("2013-05-09")

        def numbers(options: str) -> list[str]:
            return [row["number"] for row in handed.ask(f"loss list {options}", now=now)]

        assert numbers("") == ["LS-1", "LS-2"]
        assert numbers("--person qian") == ["LS-1"]
        assert numbers("--state reported --handover H-1") == ["LS-2"]
        assert numbers("--as-of 2013-05-07") == ["LS-1"]
        assert "No losses" in handed.do("loss list --state dropped", now=now).err


class TestWrongInput:
    """What cannot be meant writes nothing."""

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (f"{REPORT}", "input.invalid"),
            (f"{REPORT} R-X", "input.unknown"),
            (f"{REPORT} H-9", "input.unknown"),
            (f"{REPORT} HI-9", "input.unknown"),
            (f"{REPORT} --customer 易购", "loss.no-handover"),
            (f"{REPORT} H-1 --customer 易购", "loss.not-handed-over"),
            (f"{REPORT} R-B --product SJ-9", "input.invalid"),
            (f"{REPORT} H-1 --product SJ-9", "input.unknown"),
            (f"{REPORT} R-B --on 2013-01-06", "loss.no-handover"),
            (f"{REPORT} H-1 --on 2013-01-06", "loss.day"),
            (f"{REPORT} R-B --on 2013-05-08", "loss.day"),
            ("loss report R-B --text '' --evidence x", "input.invalid"),
            ("loss report R-B --text x --evidence ''", "input.invalid"),
            ("loss value LS-9", "input.unknown"),
            ("loss list --state lost", "input.invalid"),
        ],
    )
    def test_is_refused(self, handed: Office, sign: Sign, line: str, code: str) -> None:
        sign("2013-02-01")
        before = handed.do("ledger history", now=at("2013-05-07")).out
        answer = handed.run(f"{line} --as chen", now=at("2013-05-07"))
        assert (answer.status, answer.code) == (2, code)
        assert handed.do("ledger history", now=at("2013-05-07")).out == before

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("value LS-1 --amount 0", "loss.nothing"),
            ("value LS-1 --amount -5", "input.invalid"),
            ("value LS-1 --amount 5 --recovered 5", "loss.nothing"),
            ("value LS-1 --on 2013-05-06", "loss.day"),
            ("split LS-1", "loss.not-valued"),
            ("confirm LS-1", "loss.not-valued"),
            ("print LS-1 chen x.pdf", "loss.not-split"),
            ("gravity LS-1 most --post-wage 5", "input.invalid"),
        ],
    )
    def test_steps_have_an_order(self, handed: Office, sign: Sign, line: str, code: str) -> None:
        sign("2013-02-01")
        handed.do(f"{REPORT} R-B --as chen", now=at("2013-05-07"))
        answer = handed.run(f"loss {line} --as gm", now=at("2013-05-07"))
        assert (answer.status, answer.code) == (2, code)

    def test_only_who_bears_is_named(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B", "--amount 1000")
        shifted = handed.run("loss split LS-1 --bearer receiver=lin --as chen", now=at("2013-05-07"))
        assert (shifted.code, "P004 陈涛" in shifted.err) == ("loss.fixed", True)
        for option in ("--bearer transferor=lin", "--bearer the_company=gm", "--fault nobody=x"):
            assert handed.run(f"loss split LS-1 {option} --as qian", now=at("2013-05-07")).code == "input.unknown"
        assert handed.run("loss split LS-1 --bearer finance --as qian", now=at("2013-05-07")).code == "input.invalid"
        assert handed.run("loss print LS-1 lin x.pdf", now=at("2013-05-07")).code == "loss.no-share"
        assert handed.run("loss print LS-1 chen x.doc", now=at("2013-05-07")).code == "forms.suffix"


class TestBadDebtOfAHandover:
    """X-6: whose sales a bad debt lowers after a handover."""

    def decided(self, office: Office) -> dict[str, str]:
        """The transferor has left, the receiver serves the customer, and the board decides."""
        office.do("customer transfer 远大 --to chen --from 2013-02-01 --as zhou", now=at("2013-02-01"))
        office.do("people close lin --last-day 2013-02-28 --yes --as gm", now=at("2013-02-20"))
        office.do("baddebt submit R-B --reason 失联 --as chen", now=at("2013-09-16"))
        office.do("baddebt decide B-1 --approve --minutes 9 --as board", now=at("2013-09-17"))
        rows = office.ask("sales report --period year", now=at("2013-12-31"))
        assert office.ask("ledger verify", now=at("2013-12-31"))["faults"] == 0
        return {row["manager"]: row["bad_debts"] for row in rows if row["bad_debts"] not in (None, "0.00")}

    def test_the_receiver_s_from_completion_on(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        assert self.decided(handed) == {"P004 陈涛": "-46250.00"}

    def test_the_transferor_s_where_it_was_listed_as_disputed(self, handed: Office, sign: Sign) -> None:
        handed.do("receivable dispute R-B --reason 客户不认 --as lin", now=at("2013-01-20"))
        sign("2013-02-01")
        assert self.decided(handed) == {"P003 林静": "-46250.00"}
        assert "X-6" in str(handed.ask("why B-1", now=at("2013-09-17")))
        assert shares(found(handed, "2013-09-17", "R-B")) == {"transferor": "46250.00"}
        said = handed.do("loss show LS-1", now=at("2013-09-17")).err
        assert ("X-5" in said, "X-6" in said) == (True, True)
        by_department = handed.ask("sales report --by department --period year", now=at("2013-12-31"))
        assert [row["bad_debts"] for row in by_department if row["department"] == "客户部"] == ["-46250.00"]

    def test_issued_while_the_handover_ran_it_passed_on_as_well(self, handed: Office, sign: Sign) -> None:
        handed.do("receivable log 远大 100 --due 2013-03-01 --number R-C --as lin", now=at("2013-01-15"))
        handed.do("receivable dispute R-C --reason 客户不认 --as lin", now=at("2013-01-20"))
        sign("2013-02-01")
        handed.do("customer transfer 远大 --to chen --from 2013-02-01 --as zhou", now=at("2013-02-01"))
        handed.do("baddebt submit R-C --reason 失联 --as chen", now=at("2013-09-16"))
        handed.do("baddebt decide B-1 --approve --minutes 9 --as board", now=at("2013-09-17"))
        assert handed.ask("baddebt show B-1", now=at("2013-09-17"))["manager"] == "P003 林静"

    def test_the_transferor_s_where_it_was_an_open_issue(self, handed: Office, sign: Sign) -> None:
        handed.do("handover issue H-1 R-B --text 发票有误 --as he", now=at("2013-01-08"))
        sign("2013-02-01")
        assert self.decided(handed) == {"P003 林静": "-46250.00"}


class TestPrinting:
    """The statement of what one person bears, as PDF and XLSX; that it was printed is an entry."""

    def test_a_statement_in_both_languages(self, handed: Office, sign: Sign) -> None:
        import pypdfium2
        from openpyxl import load_workbook

        sign("2013-02-01")
        found(handed, "2013-05-07", "R-B --finance-error", split="--fault finance=对账单漏记")
        handed.do("loss gravity LS-1 half --post-wage 4100 --as gm", now=at("2013-05-08"))
        handed.do("loss confirm LS-1 --as gm", now=at("2013-05-08"))
        handed.do("loss print LS-1 qian 钱进.pdf --wage 6000", now=at("2013-05-09"))
        pages = pypdfium2.PdfDocument(handed.folder / "钱进.pdf")
        said = " ".join(page.get_textpage().get_text_bounded() for page in pages)
        for words in ("LS-1 / 3", "P007 钱进", "¥6,675.00", "陆仟陆佰柒拾伍元整", "¥1,200.00", "P001 沈国栋", "AMB-E-c",
                      "对账单漏记", "20 %", "Statement"):  # fmt: skip
            assert words in said, words
        assert "bound method" not in said
        entry = handed.ask("ledger history LS-1", now=at("2013-05-09"))[0]
        assert (entry["verb"], entry["answer"]) == ("loss.print", "pdf")
        before = handed.do("ledger history", now=at("2013-05-09")).out
        handed.do("loss print LS-1 chen 陈涛.xlsx --dry-run", now=at("2013-05-09"))
        assert not (handed.folder / "陈涛.xlsx").exists()
        assert handed.do("ledger history", now=at("2013-05-09")).out == before
        handed.do("loss print LS-1 chen 陈涛.xlsx", now=at("2013-05-09"))
        cells = [cell.value for row in load_workbook(handed.folder / "陈涛.xlsx").worksheets[0].rows for cell in row]
        assert 6937.5 in cells
