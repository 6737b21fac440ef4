"""Samples through the commands: dated prices, what stands at a customer on a day, files (E-4a, E-5, E-19)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, lists, tuples

from salesctl.samples.actions import least_from
from tests.conftest import Office


@pytest.fixture
def stocked(office: Office) -> Office:
    """A product at 860.00, from 2013-07-01 at 799.00 (EX-E-9), and twelve placed at 云帆."""
    office.do("sample product SJ-200 --name 手机壳样机")
    office.do("sample price SJ-200 --from 2012-01-01 --price 860")
    office.do("sample price SJ-200 --from 2013-07-01 --price 799")
    office.do("sample place 云帆 SJ-200 --quantity 12 --on 2012-04-02 --note 首批")
    return office


def held(office: Office, options: str = "", now: str = "2012-05-08T09:00") -> list[tuple[str, int, str | None]]:
    rows = office.ask(f"sample list {options}", now=now)
    return [(row["customer"].split()[1][2:4], row["held"], row["worth"]) for row in rows]


class TestPrices:
    """E-19, AMB-E-f: the price in force on a day, and earlier ones stay."""

    def test_each_day_has_its_own_price(self, stocked: Office) -> None:
        """EX-E-9: 860.00 until 30 June 2013, 799.00 from 1 July on."""
        for day, price in (("2013-06-30", "860.00"), ("2013-07-01", "799.00")):
            assert stocked.ask(f"sample products --as-of {day}")[0]["price"] == price
        assert stocked.ask("sample products --as-of 2011-12-31")[0]["price"] is None
        assert [row["price"] for row in stocked.ask("sample price SJ-200")] == ["860.00", "799.00"]

    def test_a_price_of_a_day_is_not_replaced_without_a_reason(self, stocked: Office) -> None:
        other = stocked.run("sample price SJ-200 --from 2013-07-01 --price 798")
        assert (other.status, other.code) == (2, "sample.price-taken")
        stocked.do("sample price SJ-200 --from 2013-07-01 --price 798 --reason 录入有误")
        assert stocked.ask("sample products --as-of 2013-07-01")[0]["price"] == "798.00"
        working = stocked.ask("why SJ-200")[-1]["working"]["steps"]
        assert {step["name"]: step["value"] for step in working}["price before"] == 79900
        assert stocked.ask("ledger verify")["faults"] == 0

    def test_the_same_again_writes_nothing(self, stocked: Office) -> None:
        again = stocked.do("sample price SJ-200 --from 2013-07-01 --price 799")
        assert "#" not in again.err
        assert stocked.do("sample product sj-200 --name 手机壳样机").err == ""
        assert stocked.run("sample product SJ-200 --name 别的").code == "sample.product-taken"

    @pytest.mark.parametrize("price", ["0", "-1", "1.234", "x"])
    def test_a_price_is_an_amount(self, stocked: Office, price: str) -> None:
        assert stocked.run(["sample", "price", "SJ-200", "--price", price]).status == 2


class TestMoves:
    """E-4a, E-5: what stands at a customer on a day."""

    def test_what_is_left_and_what_it_is_worth(self, stocked: Office) -> None:
        stocked.do("sample return 云帆 sj-200 --quantity 3 --on 2012-04-10")
        stocked.do("sample sold 云帆 手机 --quantity 2 --on 2012-04-20")
        done = stocked.do("sample missing 云帆 SJ-200 --quantity 1 --note 盘点表")
        assert "6" in done.out
        row = stocked.ask("sample list")[0]
        assert [row[key] for key in ("placed", "returned", "sold", "missing", "held")] == [12, 3, 2, 1, 6]
        assert row["worth"] == "5160.00"
        assert held(stocked, "--as-of 2012-04-19") == [("云帆", 9, "7740.00")]
        assert held(stocked, "--as-of 2012-04-01") == []
        assert [row["kind"] for row in stocked.ask("sample moves")] == ["placed", "returned", "sold", "missing"]

    def test_by_customer_person_and_product(self, stocked: Office) -> None:
        stocked.do("sample place 易购 SJ-200 --quantity 1")
        assert held(stocked, "--owner chen") == [("易购", 1, "860.00")]
        assert held(stocked, "--customer 云帆 --product SJ-200") == [("云帆", 12, "10320.00")]
        stocked.do("customer transfer 云帆 --to chen --from 2012-05-10 --as zhou")
        assert len(held(stocked, "--owner chen", now="2012-05-10T09:00")) == 2
        assert len(held(stocked, "--owner chen --as-of 2012-05-09", now="2012-05-10T09:00")) == 1

    def test_nothing_is_taken_that_is_not_there(self, stocked: Office) -> None:
        """Neither on its day, nor so that a later day has less than nothing."""
        before = stocked.do("ledger history").out
        too_many = stocked.run("sample sold 云帆 SJ-200 --quantity 13")
        assert (too_many.status, too_many.code) == (2, "sample.not-there")
        assert stocked.run("sample sold 云帆 SJ-200 --quantity 1 --on 2012-04-01").code == "sample.not-there"
        assert stocked.run("sample return 易购 SJ-200 --quantity 1").code == "sample.not-there"
        assert stocked.do("ledger history").out == before
        stocked.do("sample sold 云帆 SJ-200 --quantity 12 --on 2012-05-01")
        assert stocked.run("sample return 云帆 SJ-200 --quantity 1 --on 2012-04-15").code == "sample.not-there"
        assert held(stocked) == []
        assert held(stocked, "--all") == [("云帆", 0, "0.00")]

    @pytest.mark.parametrize(
        "line",
        ["place 云帆 SJ-200 -q 0", "place 云帆 SJ-200 -q -1", "place 云帆 SJ-200 -q 1.5", "place 云帆 X -q 1",
         "place 谁 SJ-200 -q 1", "place 云帆 SJ-200 -q 99999999999", "place 云帆 SJ-200 -q 1 --on 2012-05-09"],
    )  # fmt: skip
    def test_what_cannot_be_meant_is_refused(self, stocked: Office, line: str) -> None:
        answer = stocked.run(f"sample {line}")
        assert (answer.status, answer.out) == (2, "")

    @given(moves=lists(tuples(dates(), integers(-5, 5))), day=dates())
    def test_the_least_from_a_day_on(self, moves: list[tuple[date, int]], day: date) -> None:
        by_day: dict[str, int] = {}
        for when, units in sorted(moves):
            by_day[str(when)] = by_day.get(str(when), 0) + units
        later = [str(day), *(when for when in by_day if when > str(day))]
        left = {when: sum(n for at, n in by_day.items() if at <= when) for when in later}
        found, least = least_from(by_day, day)
        assert least == min(left.values())
        assert left[found] == least


class TestFiles:
    """Files as the office keeps them: all or nothing, and once."""

    def write(self, office: Office, name: str, text: str) -> Path:
        path = office.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_movements_are_taken_in_once(self, stocked: Office) -> None:
        rows = "云帆,SJ-200,退回,2,2012-04-05,\n云帆,SJ-200,退回,2,2012-04-05,\n易购,手机壳样机,,7,2012年4月6日,二批\n"
        self.write(stocked, "样品.csv", "客户,型号,类型,数量,日期,备注\n" + rows)
        assert stocked.ask("sample import 样品.csv") == {"moves": 3, "known": 0}
        assert stocked.ask("sample import 样品.csv") == {"moves": 0, "known": 3}
        assert held(stocked) == [("云帆", 8, "6880.00"), ("易购", 7, "6020.00")]

    def test_one_bad_row_keeps_all_out(self, stocked: Office) -> None:
        """Whatever order the rows are in, none takes what is not there."""
        rows = "云帆,SJ-200,已售,9,2012-04-05\n云帆,SJ-200,退回,4,2012-04-04\n谁,X,借走,0,明天\n"
        self.write(stocked, "样品.csv", "客户,型号,类型,数量,日期\n" + rows)
        answer = stocked.run("sample import 样品.csv")
        assert (answer.status, answer.code) == (2, "import.bad-rows")
        for words in ("line 4, customer", "line 4, product", "line 4, kind", "line 4, quantity", "line 4, date"):
            assert words in answer.err
        assert "line 2, quantity" in answer.err
        assert len(stocked.ask("sample moves")) == 1

    def test_prices_with_new_products(self, stocked: Office) -> None:
        rows = "SJ-200,,750,2014-01-01\nSJ-300,平板样机,399,2013-01-01\nSJ-300,平板样机,299,2014-01-01\n"
        self.write(stocked, "价格.csv", "型号,名称,单价,生效日期\n" + rows)
        assert stocked.ask("sample import-prices 价格.csv") == {"prices": 3, "known": 0}
        assert stocked.ask("sample import-prices 价格.csv") == {"prices": 0, "known": 3}
        assert [row["price"] for row in stocked.ask("sample products --as-of 2014-01-01")] == ["750.00", "299.00"]
        self.write(stocked, "价格.csv", "型号,名称,单价,生效日期\nSJ-300,,300,2014-01-01\nX-1,,1,2014-01-01\n")
        answer = stocked.run("sample import-prices 价格.csv")
        assert ("line 2, price" in answer.err, "line 3, product" in answer.err) == (True, True)

    def test_a_program_reads_words_that_are_never_translated(self, stocked: Office) -> None:
        piped = stocked.do("sample moves", lang="zh_CN").out.splitlines()
        assert "placed" in piped[1].split("\t")
        assert stocked.ask("sample moves")[0]["recorded_at"] == "2012-05-08T09:00:00+08:00"
