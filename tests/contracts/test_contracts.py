"""Contracts: taken in one by one or from a file, found by their number."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import Office

ADD = "contract add HT-18 --customer 云帆 --amount 200,000 --signed 2012-04-20"
HEADINGS = "合同编号,客户,负责人,合同金额,签订日期"
ROWS = (
    "HT-18,云帆,林静,200000.00,2012-04-20",
    "HT-19,上海远大传媒有限公司,,５０００,2012年4月23日",
)


def sheet(office: Office, *rows: str, name: str = "contracts.csv", encoding: str = "utf-8") -> str:
    (office.folder / name).write_text("\n".join(rows) + "\n", encoding=encoding)
    return name


def test_a_contract_belongs_to_whoever_served_the_customer_when_it_was_signed(office: Office) -> None:
    office.do("customer transfer 云帆 --to chen --from 2012-05-01")
    taken = office.ask(ADD)
    assert taken == {
        "number": "HT-18",
        "customer": "C001 北京云帆网络科技有限公司",
        "owner": "P003 林静",
        "amount": "200000.00",
        "signed_on": "2012-04-20",
    }
    later = office.ask("contract add HT-20 --customer 云帆 --amount 1 --signed 2012-05-01")
    assert later["owner"] == "P004 陈涛"
    named = office.ask("contract add HT-21 --customer 云帆 --amount 1 --owner zhou")
    assert (named["owner"], named["signed_on"]) == ("P002 周岚", "2012-05-08")


def test_a_number_is_one_contract_in_any_spelling(office: Office) -> None:
    office.do(ADD)
    for number in ("HT-18", "ht-18", "ＨＴ-18"):
        answer = office.run(ADD.replace("HT-18", number))
        assert (answer.status, answer.code) == (2, "contract.taken")
        assert office.ask(f"contract show {number}")["number"] == "HT-18"
    assert len(office.ask("contract list")) == 1


def test_an_unknown_number_names_the_nearest(office: Office) -> None:
    office.do(ADD)
    answer = office.run("contract show HT-81")
    assert (answer.status, answer.code) == (2, "input.unknown")
    assert "Did you mean: HT-18?" in answer.err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (ADD.replace("云帆", "无名"), "input.unknown"),
        (ADD.replace("200,000", "200.001"), "money.too-exact"),
        (ADD.replace("2012-04-20", "2012-05-09"), "contract.unsigned"),
        (ADD.replace("2012-04-20", "2012-04-31"), "input.invalid"),
        (ADD.replace("2012-04-20", "2012-02-29"), "contract.ownerless"),  # before anybody served it
        (ADD.replace("HT-18", "H" * 41), "input.invalid"),
        (ADD.replace("HT-18", "''"), "input.invalid"),
    ],
)
def test_a_contract_that_cannot_be_meant_is_not_taken_in(office: Office, line: str, code: str) -> None:
    answer = office.run(line)
    assert (answer.status, answer.code) == (2, code)
    assert office.ask("contract list") == []


def test_a_list_of_one_customer_or_one_person(office: Office) -> None:
    office.do(ADD)
    office.do("contract add HT-19 --customer 易购 --amount 1")
    assert [one["number"] for one in office.ask("contract list")] == ["HT-18", "HT-19"]
    assert [one["number"] for one in office.ask("contract list --customer 易购")] == ["HT-19"]
    assert [one["number"] for one in office.ask("contract list --owner lin")] == ["HT-18"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_of_contracts_is_taken_in_once(office: Office, encoding: str) -> None:
    file = sheet(office, HEADINGS, *ROWS, encoding=encoding)
    assert office.ask(f"contract import {file}") == {"contracts": 2, "known": 0}
    assert office.ask(f"contract import {file}") == {"contracts": 0, "known": 2}
    assert office.ask("contract show HT-19") == {
        "number": "HT-19",
        "customer": "C002 上海远大传媒有限公司",
        "owner": "P003 林静",
        "amount": "5000.00",
        "signed_on": "2012-04-23",
    }
    assert office.run("ledger verify").status == 0


def test_a_workbook_of_contracts(office: Office) -> None:
    """Days and amounts as a spreadsheet keeps them."""
    from datetime import date

    book = xlsxwriter.Workbook(str(office.folder / "contracts.xlsx"), {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    page.write_row(0, 0, ["合同号", "客户名称", "金额", "签约日期"])
    page.write_row(1, 0, ["HT-18", "云帆", 200000.5])
    page.write_datetime(1, 3, date(2012, 4, 20))
    book.close()
    assert office.ask("contract import contracts.xlsx")["contracts"] == 1
    kept = office.ask("contract show HT-18")
    assert (kept["amount"], kept["signed_on"]) == ("200000.50", "2012-04-20")


def test_a_file_with_its_own_headings_and_days(office: Office) -> None:
    file = sheet(office, "no,buyer,total,when", "HT-18,云帆,1,4/20/2012")
    mapping = "--map number=no --map customer=buyer --map amount=total --map date=when"
    office.do(f"contract import {file} {mapping} --date-format %m/%d/%Y")
    assert office.ask("contract show HT-18")["signed_on"] == "2012-04-20"


def test_every_bad_row_is_named_and_nothing_taken_in(office: Office) -> None:
    """Nasty case 27."""
    file = sheet(
        office,
        HEADINGS,
        ROWS[0],
        "HT-18,云帆,林静,300000.00,2012-04-20",
        "HT-20,无名,无人,abc,2012-02-30",
        ",云帆,,1,2012-04-20",
        "HT-22,云帆,,1,2012-05-09",
        "HT-23,云帆,,1,2012-02-01",
    )
    answer = office.run(f"contract import {file}")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    places = [line.split(":")[0].removeprefix("  -     ") for line in answer.err.splitlines() if "  -  " in line]
    assert places == [
        "line 3, number",
        "line 4, customer",
        "line 4, owner",
        "line 4, amount",
        "line 4, date",
        "line 5, number",
        "line 6, date",
        "line 7, owner",
    ]
    assert office.ask("contract list") == []


def test_a_known_number_with_other_content_is_a_fault(office: Office) -> None:
    office.do(ADD)
    answer = office.run(f"contract import {sheet(office, HEADINGS, ROWS[0].replace('200000', '200001'))}")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    assert "line 2, number: There is already a contract HT-18" in answer.err
    assert office.ask(f"contract import {sheet(office, HEADINGS, ROWS[0].replace('HT', 'ht'))}")["known"] == 1


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("HT-30,北京云帆网络,,1,2012-04-20", "line 2, customer"),  # the beginning of a name
        ("HT-30,云帆,li,1,2012-04-20", "line 2, owner"),
        ("HT-30,云帆,,1,today", "line 2, date"),
        ("HT-30,云帆,,1,周五", "line 2, date"),
    ],
)
def test_a_file_means_the_same_on_every_day(office: Office, row: str, place: str) -> None:
    """Whole names and whole dates alone: a beginning may become another's, and today is another day tomorrow."""
    answer = office.run(f"contract import {sheet(office, HEADINGS, row)}")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    assert place in answer.err


def test_a_file_that_is_missing_is_named(office: Office) -> None:
    assert not Path("none.csv").exists()
    answer = office.run("contract import none.csv")
    assert (answer.status, answer.code) == (2, "import.not-opened")
    assert "there is no such file" in answer.err
    assert "CSV" not in answer.err


def test_whoever_has_left_manages_no_contract_signed_later(office: Office) -> None:
    """X-1: named, as whoever still serves the customer, or in a file; the last day itself is soon enough."""
    office.do("people close lin --last-day 2012-05-01 --yes")
    for owner in ("", "--owner lin"):
        answer = office.run(f"contract add HT-1 --customer 云帆 --amount 1 --signed 2012-05-02 {owner}")
        assert (answer.status, answer.code) == (2, "people.gone")
    assert office.run(f"contract import {sheet(office, HEADINGS, 'HT-1,云帆,林静,1,2012-05-02')}").status == 2
    office.do("contract add HT-1 --customer 云帆 --amount 1 --signed 2012-05-01")
