"""Files of receivables and receipts: all of a file or nothing, every bad row named."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesctl.desk import Desk, Wishes
from salesctl.errors import SalesctlError
from salesctl.ledger.book import Ledger, Transaction
from salesctl.ledger.sources import sources
from salesctl.people.identity import identify
from salesctl.policy.figure import Part
from salesctl.policy.units import parse_money
from salesctl.receivables import changes
from salesctl.receivables.intake import money
from tests.conftest import Office
from tests.console import xls

HEADING = "number,customer,amount,issued,due\n"
PAYMENTS = "customer,amount,date,to\n"


def write(office: Office, text: str, name: str = "in.csv", encoding: str = "utf-8") -> str:
    (office.folder / name).write_text(text, encoding)
    return name


def count(office: Office) -> int:
    return len(office.ask("receivable list --all"))


def test_an_office_file_in_gbk_with_chinese_headings_is_taken_in(office: Office) -> None:
    text = (
        '发票号,客户,金额,开票日期,到期日\nF-1,云帆,"1,234.50",2012-04-01,2012-05-31\n'
        "F-2,C003,￥99,2012年4月2日,2012-6-1\n"
    )
    file = write(office, text, encoding="gb18030")
    assert office.ask(f"receivable import {file}") == {"taken": 2, "skipped": 0, "customers": 0}
    rows = office.ask("receivable list")
    assert [(row["number"], row["open"], row["issued_on"], row["due_on"]) for row in rows] == [
        ("F-1", "1234.50", "2012-04-01", "2012-05-31"),
        ("F-2", "99.00", "2012-04-02", "2012-06-01"),
    ]


def test_every_bad_row_is_named_and_nothing_is_taken_in(office: Office) -> None:
    office.do("receivable log 云帆 100 --due 2012-06-30 --number OLD --as lin")
    good = "".join(f"N-{line},云帆,1.00,2012-04-01,2012-05-01\n" for line in range(2, 1500))
    bad = (
        "A-1,nobody,1,2012-04-01,2012-05-01\n"
        "A-2,云帆,100.005,2012-02-30,2012-05-01\n"
        "A-3,云帆,-5,2012-04-01,2012-03-01\n"
        ",云帆,0,2012-04-01,today\n"
        "N-2,云帆,1.00,2012-04-01,2012-05-01\n"
        "A-4,云帆,1,2012-04-01,2012-05-01\n"
        "A-4,云帆,1,2012-04-01,2012-05-01\n"
        "OLD,云帆,100.01,2012-05-08,2012-06-30\n"
        "OLD2,云帆,１２e5,20120401,2012-05-01\n"
    )
    answer = office.run(f"receivable import {write(office, HEADING + good + bad)}")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    said = [line.strip().removeprefix("-").strip() for line in answer.err.splitlines() if "line 15" in line]
    expected = [
        "line 1500, customer: 'nobody' is no customer",
        "line 1501, amount: '100.005' has more than two decimals",
        "line 1501, issued: '2012-02-30' is not a day",
        "line 1502, amount: '-5' is not an amount of money",
        "line 1502, due: Due on 2012-03-01, which is before it was issued on 2012-04-01",
        "line 1503, number: '' cannot be a number",
        "line 1503, amount: 0 is not more than zero",
        "line 1503, due: 'today' is not a day",
        "line 1504, number: 'N-2' stands in this file twice",
        "line 1506, number: 'A-4' stands in this file twice",
        "line 1507, number: The number OLD is taken",
        "line 1508, amount: '１２e5' is not an amount of money",
        "line 1508, issued: '20120401' is not a day",
    ]
    assert len(said) == len(expected), said
    for line, start in zip(sorted(said), sorted(expected), strict=True):
        assert line.startswith(start), (line, start)
    assert count(office) == 1


def test_the_entry_that_took_a_debt_in_vouches_for_what_its_file_could_not_say(office: Office) -> None:
    office.do(f"receivable import {write(office, HEADING + 'F-1,云帆,100,2012-04-01,2012-05-31')}")
    office.do("receipt log 云帆 40 --number B-1")
    parts = [Part("", 0, about="F-1", row="receivable 1", column=column) for column in ("cancelled_why", "paid")]
    with Ledger(office.place).reading() as view:
        wrote = {column: source.verb for (_table, _row, column), source in sources(view, parts).items()}
    assert wrote == {"cancelled_why": "receivable.import", "paid": "receipt.log"}
    office.do("ledger verify")


def test_rows_that_are_there_already_are_left_alone(office: Office) -> None:
    rows = HEADING + "B-2,云帆,5,2012-04-01,2012-05-01\nB-1,远大,6,2012-04-01,2012-05-01\n"
    office.do(f"receivable import {write(office, rows)}")
    more = rows + "B-3,云帆,7,2012-04-01,2012-05-01\n"
    assert office.ask(f"receivable import {write(office, more)}") == {"taken": 1, "skipped": 2, "customers": 0}
    before = office.ledger.read_bytes()
    assert office.ask(f"receivable import {write(office, more)}")["skipped"] == 3
    assert office.ledger.read_bytes() == before


def test_unknown_customers_are_taken_in_when_wanted(office: Office) -> None:
    rows = HEADING + "B-1,12-3,5,2012-04-01,2012-05-01\nB-2,深圳新客有限公司,6,2012-04-01,2012-05-01\n"
    rows += "B-3,12-3,5,2012-04-01,2012-05-01\nB-4,深圳新客,6,2012-04-01,2012-05-01\n"
    assert office.ask(f"receivable import {write(office, rows)} --create-customers")["customers"] == 2
    assert office.ask("customer show 12-3")["name"] == "12-3"
    report = {row["customer"]: row["total"] for row in office.ask("aging report")}
    assert report == {"12-3": "10.00", "深圳新客有限公司": "12.00"}


def test_the_beginning_of_a_name_is_no_customer_in_a_file(office: Office) -> None:
    rows = HEADING + "B-1,北京云帆网络,5,2012-04-01,2012-05-01\n"
    assert office.run(f"receivable import {write(office, rows)}").status == 2


def test_a_workbook_is_read_like_a_text_file(office: Office) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["单号", "客户", "金额", "开票日期", "应付款日期"])
    sheet.append([20120401, "云帆", 1234.5, date(2012, 4, 1), date(2012, 5, 31)])
    book.save(office.folder / "in.xlsx")
    office.do("receivable import in.xlsx")
    row = office.ask("receivable show 20120401")
    assert (row["amount"], row["issued_on"], row["due_on"]) == ("1234.50", "2012-04-01", "2012-05-31")


def test_receipts_pay_the_oldest_due_or_the_one_they_name(office: Office) -> None:
    office.do(f"receivable import {write(office, HEADING + DEBTS)}")
    rows = (
        "收款单号,客户,收款金额,收款日期,核销单号\nS-1,云帆,15,2012-05-02,\n"
        "S-2,云帆,4,2012-05-03,D-3\n,云帆,6,2012-05-04,\n"
    )
    assert office.ask(f"receipt import {write(office, rows)}")["taken"] == 3
    paid = [office.ask(f"receipt show {number}")["paid"] for number in ("S-1", "S-2", "M-3")]
    assert paid == ["D-2 10.00, D-1 5.00", "D-3 4.00", "D-1 5.00, D-3 1.00"]
    assert {row["number"]: row["open"] for row in office.ask("receivable list")} == {"D-3": "5.00", "D-4": "10.00"}
    office.do("ledger verify")


DEBTS = (
    "D-1,云帆,10,2012-04-01,2012-05-01\nD-2,云帆,10,2012-04-01,2012-04-20\n"
    "D-3,云帆,10,2012-05-03,2012-06-01\nD-4,远大,10,2012-04-01,2012-06-01\n"
)


def test_bad_receipts_are_all_named(office: Office) -> None:
    office.do(f"receivable import {write(office, HEADING + DEBTS)}")
    rows = (
        "number,customer,amount,date,to\n"
        "S-1,云帆,11,2012-05-02,D-2\nS-2,远大,1,2012-05-02,D-1\nS-3,云帆,1,2012-05-02,D-3\nS-4,云帆,1,2012-05-09,\n"
        "S-5,云帆,21,2012-05-02,\nS-6,云帆,1,2012-05-02,D-9\nS-6,云帆,0,2012-13-01,\n"
    )
    answer = office.run(f"receipt import {write(office, rows)}")
    assert answer.status == 2
    for start in (
        "line 2, amount: 1.00 of 11.00 would pay no debt",
        "line 3, to: D-1 belongs to",
        "line 4, to: D-3 was issued on 2012-05-03",
        "line 5, date: 2012-05-09 has not come yet",
        "line 6, amount: 1.00 of 21.00 would pay no debt",
        "line 7, to: There is no receivable 'D-9'",
        "line 8, amount: 0 is not more than zero",
        "line 8, date: '2012-13-01' is not a day",
    ):
        assert start in answer.err, answer.err
    assert office.ask("receipt list") == []


def test_many_receipts_page_through_many_debts(office: Office) -> None:
    """More debts than are read at once, paid by receipts that each pay parts of several, some named in between."""
    debts = "".join(f"E-{n},云帆,1.00,2012-04-01,2012-05-{n % 28 + 1:02d}\n" for n in range(1, 701))
    office.do(f"receivable import {write(office, HEADING + debts)}")
    named = "".join(f"云帆,0.40,2012-05-02,E-{n}\n" for n in range(600, 651))
    rest = "".join("云帆,2.50,2012-05-03,\n" for _ in range(271)) + "云帆,2.10,2012-05-04,\n"
    office.do(f"receipt import {write(office, PAYMENTS + named + rest)}")
    assert office.ask("receivable list") == []
    office.do("ledger verify")


@pytest.mark.parametrize("noun", ["receivable", "receipt"])
def test_statements_and_memory_do_not_grow_with_rows(
    office: Office, monkeypatch: pytest.MonkeyPatch, noun: str
) -> None:
    """Every thousand rows are a few statements more, never one a row; memory stays where it was."""
    asked = 0
    select = Transaction.select

    def counted(self: Transaction, query: str, /, **values: object) -> list[tuple[object, ...]]:
        nonlocal asked
        asked += 1
        return select(self, query, **values)

    monkeypatch.setattr(Transaction, "select", counted)
    peaks, statements = [], []
    for thousands in (20, 30):  # both beyond what is read of a file at once
        numbers = [f"{thousands}-{n:06}" for n in range(thousands * 1000)]
        rows = "".join(f"{number},云帆,1.00,2012-04-01,2012-05-01\n" for number in numbers)
        debts = write(office, HEADING + rows, "debts.csv")
        paid = write(office, PAYMENTS + "".join(f"云帆,1.00,2012-05-02,{number}\n" for number in numbers), "paid.csv")
        if noun == "receipt":
            office.do(f"receivable import {debts}")
        asked = 0
        tracemalloc.start()
        office.do(f"{noun} import {paid if noun == 'receipt' else debts}")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        statements.append(asked)
    assert statements[1] - statements[0] <= 10 * 8, statements
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_an_import_larger_than_the_ledger_leaves_every_index(office: Office) -> None:
    text = "".join(f"X-{n:06},云帆,1.00,2012-04-01,2012-05-01\n" for n in range(2000))
    before = indexes(office.ledger)
    office.do(f"receivable import {write(office, HEADING + text)}")
    assert indexes(office.ledger) == before
    office.do("ledger verify")


def indexes(ledger: Path) -> list[tuple[str, str]]:
    import sqlite3

    db = sqlite3.connect(ledger)
    found = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()
    db.close()
    return found


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("9300", 930000),
        ("123.45", 12345),
        ("0.01", 1),
        ("5.5", 550),
        ("1,234.50", 123450),
        ("１２", 1200),
        ("999999999999.99", 99999999999999),
        ("999999999999", 99999999999900),
        ("1.50元", 150),
    ],
)
def test_an_amount_is_read_at_once_as_it_is_read_everywhere(text: str, fen: int) -> None:
    assert (money(text), parse_money(text)) == (fen, fen)


@pytest.mark.parametrize(
    "text", ["", ".45", "0", "0.00", "1.", "-1.00", "+1.00", "1_0.00", "²", "1.234", "1e5", "1000000000000.00", "NaN"]
)
def test_what_is_no_amount_above_zero_is_refused_in_a_file(text: str) -> None:
    with pytest.raises(SalesctlError):
        money(text)


def test_a_named_debt_takes_what_is_open_and_the_rest_is_credit(office: Office) -> None:
    """As `receipt log --to` does."""
    office.do(f"receivable import {write(office, HEADING + DEBTS)}")
    file = write(office, PAYMENTS + "云帆,11,2012-05-02,D-2\n")
    assert office.run(f"receipt import {file}").code == "import.bad-rows"
    office.do(f"receipt import {file} --overpayment")
    row = office.ask("receipt show M-1")
    assert (row["paid"], row["credit"]) == ("D-2 10.00", "1.00")
    again = write(office, PAYMENTS + "云帆,1,2012-05-02,D-2\n")
    assert "line 2, to: D-2 has 0.00 left" in office.run(f"receipt import {again}").err


def test_a_debt_of_a_day_to_come_is_refused_in_a_file_too(office: Office) -> None:
    rows = HEADING + "B-1,云帆,1,2012-05-08,2012-06-01\nB-2,云帆,1,2012-05-09,2012-06-01\n"
    answer = office.run(f"receivable import {write(office, rows)}")
    assert "line 3, issued: 2012-05-09 has not come yet" in answer.err
    assert "line 2" not in answer.err


DAYS = st.integers(1, 7).map("2012-05-{:02d}".format)
OWED = st.lists(st.tuples(st.integers(1, 30), DAYS, DAYS), min_size=1, max_size=6)
CAME = st.lists(st.tuples(st.integers(1, 60), DAYS, st.integers(-3, 6)), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owed=OWED, came=CAME)
def test_a_file_allocates_as_receipts_one_by_one_do(
    office: Office, owed: list[tuple[int, str, str]], came: list[tuple[int, str, int]]
) -> None:
    """Oldest due first or as named, whatever the amounts and days (AMB-A8-c)."""
    empty = office.ledger.read_bytes()
    debts = [(f"D-{n}", amount, *sorted(days)) for n, (amount, *days) in enumerate(owed)]
    lines = "".join(f"{number},云帆,{amount},{issued},{due}\n" for number, amount, issued, due in debts)
    office.do(f"receivable import {write(office, HEADING + lines)}")
    bare = office.ledger.read_bytes()
    payments, one_by_one = [], []
    for amount, day, place in came:
        to = f"D-{place}" if 0 <= place < len(debts) else ""
        done = office.run(f"receipt log 云帆 {amount} --date {day} --overpayment --again {to and f'--to {to}'}")
        if done.status == 0:
            payments.append(f"云帆,{amount},{day},{to}\n")
            one_by_one.append(office.ask(f"receipt show M-{len(payments)}"))
    balances = office.ask("receivable list --all")
    office.ledger.write_bytes(bare)
    if payments:
        office.do(f"receipt import {write(office, PAYMENTS + ''.join(payments))} --overpayment")
    assert [office.ask(f"receipt show M-{n}") for n in range(1, len(payments) + 1)] == one_by_one
    assert office.ask("receivable list --all") == balances
    office.ledger.write_bytes(empty)


def test_a_dry_run_lists_every_fault_with_its_value(office: Office) -> None:
    """More than are said on stderr: line, column, the file's heading, value, why; and nothing is written."""
    text = "发票号,客户,金额,开票日期,到期日\n" + "".join(
        f"N-{n},云帆,x{n},2012-04-01,2012-05-01\n" for n in range(1200)
    )
    text += "N-9,云帆,1,2012-04-01,2012-03-01\n"
    before = office.ledger.read_bytes()
    answer = office.run(f"receivable import {write(office, text)} --dry-run --format json")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    assert len(answer.err.splitlines()) < 6
    assert len(answer.json) == 1201
    assert answer.json[1] == {
        "line": 3, "column": "amount", "heading": "金额", "value": "x1", "why": "'x1' is not an amount of money",
    }  # fmt: skip
    assert (answer.json[-1]["line"], answer.json[-1]["value"]) == (1202, "2012-03-01")
    assert office.ledger.read_bytes() == before
    said = office.run(f"receivable import {write(office, text)}").err
    assert "--dry-run -o FILE.csv" in said
    assert said.count("line ") == 1000


def test_faults_beyond_what_memory_keeps_are_listed_too(office: Office) -> None:
    text = HEADING + "".join(f"N-{n},nobody,1,2012-04-01,2012-05-01\n" for n in range(10_050))
    answer = office.run(f"receivable import {write(office, text)} -n -o faults.csv")
    assert answer.status == 2
    lines = (office.folder / "faults.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 10_051
    assert lines[-1].startswith("10051,customer,customer,nobody,")


def test_a_dry_run_of_a_good_file_says_what_would_come_in(office: Office) -> None:
    answer = office.run(f"receivable import {write(office, HEADING + DEBTS)} --dry-run --format json")
    assert (answer.status, answer.json["taken"], count(office)) == (0, 4, 0)


def test_receipts_without_a_number_are_known_again(office: Office) -> None:
    """By customer, amount and day, and the debt they name: two alike in the file are two in the ledger, not more."""
    office.do(f"receivable import {write(office, HEADING + DEBTS)}")
    rows = PAYMENTS + "云帆,2,2012-05-02,D-1\n云帆,2,2012-05-02,D-1\n云帆,2,2012-05-02,D-2\n云帆,3,2012-05-02,\n"
    file = write(office, rows, "paid.csv")
    assert office.ask(f"receipt import {file}") == {"taken": 4, "skipped": 0, "customers": 0}
    before = office.ledger.read_bytes()
    assert office.ask(f"receipt import {file}") == {"taken": 0, "skipped": 4, "customers": 0}
    assert office.ledger.read_bytes() == before
    more = write(office, rows + "云帆,2,2012-05-02,D-1\n云帆,3,2012-05-04,\n", "more.csv")
    assert office.ask(f"receipt import {more}") == {"taken": 2, "skipped": 4, "customers": 0}


def test_a_receipt_with_a_number_is_not_taken_for_one_without(office: Office) -> None:
    office.do(f"receivable import {write(office, HEADING + DEBTS)}")
    office.do(f"receipt import {write(office, PAYMENTS.replace(',to', ',number') + '云帆,2,2012-05-02,S-1' + chr(10))}")
    assert office.ask(f"receipt import {write(office, PAYMENTS + '云帆,2,2012-05-02,' + chr(10))}")["taken"] == 1


def test_a_due_day_that_was_moved_since_is_the_same_debt(office: Office) -> None:
    """A-5.2: granted terms moved it; the file that brought the debt in still says the day it had then."""
    file = write(office, HEADING + DEBTS)
    office.do(f"receivable import {file}")
    desk = Desk(Wishes(office.ledger, "gm"), datetime(2012, 5, 8, 1, tzinfo=UTC), "declared", "test", "", identify)
    with desk.ledger.transaction("approve.execute", desk) as tx:
        changes.redate(tx, "D-1", date(2012, 7, 1), "A-1", date(2012, 5, 8))
    assert office.ask(f"receivable import {file}")["skipped"] == 4


DISPUTES = "number,customer,amount,issued,due,争议,争议原因,争议开始,争议结束\n"


def test_disputes_come_in_with_their_reason_and_period(office: Office) -> None:
    rows = (
        "Q-1,云帆,10,2012-04-01,2012-05-01,是,数量不符,2012-04-10,\n"
        "Q-2,云帆,10,2012-04-01,2012-05-01,Yes,,,2012-04-20\n"
        "Q-3,云帆,10,2012-04-01,2012-05-01,否,,,\n"
        "Q-4,云帆,10,2012-04-01,2012-05-01,,质量,,\n"
        "Q-5,云帆,10,2012-04-01,2012-05-01,,,,\n"
    )
    file = write(office, DISPUTES + rows)
    assert office.ask(f"receivable import {file}")["taken"] == 5
    disputes = {row["number"]: row for row in office.ask("receivable dispute")}
    assert sorted(disputes) == ["Q-1", "Q-4"]
    assert (disputes["Q-1"]["from"], disputes["Q-1"]["reason"]) == ("2012-04-10", "数量不符")
    assert disputes["Q-4"]["from"] == "2012-04-01"
    (ended,) = office.ask("receivable dispute Q-2")
    assert (ended["from"], ended["until"], ended["reason"]) == ("2012-04-01", "2012-04-20", "in.csv, 3: Yes")
    before = office.ledger.read_bytes()
    assert office.ask(f"receivable import {file}")["skipped"] == 5
    assert office.ledger.read_bytes() == before
    office.do("ledger verify")


@pytest.mark.parametrize(
    ("more", "cell"), [("disputed", "Yes"), ("争议原因", "质量"), ("disputed_until", "2012-05-20")]
)
def test_a_file_may_say_only_one_thing_of_disputes(office: Office, more: str, cell: str) -> None:
    rows = f"number,customer,amount,issued,due,{more}\nQ-1,云帆,10,2012-04-01,2012-05-01,{cell}\n"
    rows += "Q-2,云帆,10,2012-04-01,2012-05-01,\n"
    assert office.ask(f"receivable import {write(office, rows)}")["taken"] == 2
    assert [row["number"] for row in office.ask("receivable dispute")] == ["Q-1"]
    assert office.ask("receivable import in.csv")["skipped"] == 2


def test_bad_disputes_are_all_named(office: Office) -> None:
    office.do("receivable log 云帆 10 --due 2012-05-01 --issued 2012-04-01 --number OLD --as lin")
    rows = (
        "Q-1,云帆,10,2012-04-01,2012-05-01,maybe,,,\n"
        "Q-2,云帆,10,2012-04-01,2012-05-01,no,why,,\n"
        "Q-3,云帆,10,2012-04-01,2012-05-01,yes,why,2012-04-10,2012-04-09\n"
        "Q-4,云帆,x,2012-04-01,2012-05-01,yes,why,soon,\n"
        "OLD,云帆,10,2012-04-01,2012-05-01,yes,why,,\n"
    )
    answer = office.run(f"receivable import {write(office, DISPUTES + rows)}")
    assert answer.status == 2
    for start in (
        "line 2, disputed: 'maybe' is not yes or no",
        "line 3, disputed: It says why the debt is disputed, and that it is not",
        "line 4, disputed_until: It is contested until 2012-04-09, which is before 2012-04-10",
        "line 5, amount: 'x' is not",
        "line 5, disputed_from: 'soon' is not a day",
        "line 6, disputed: OLD is in the ledger without the dispute from 2012-04-01",
    ):
        assert start in answer.err, answer.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_file_is_read_in_whatever_an_office_writes(office: Office, encoding: str) -> None:
    text = "发票号,客户,金额,开票日期,到期日\nF-1,云帆,10,2012-04-01,2012-05-31\n"
    file = write(office, text, encoding=encoding)
    assert office.ask(f"receivable import {file}")["taken"] == 1


def test_an_old_workbook_is_read_and_known_again(office: Office) -> None:
    """A genuine XLS: days are numbers with a form there, and so are numbers of invoices."""
    head: list[xls.Cell] = ["单号", "客户", "金额", "开票日期", "到期日"]
    rows: list[list[xls.Cell]] = [head, ["X-1", "云帆", 1234.5, date(2012, 4, 1), date(2012, 5, 31)]]
    rows.append([20120402.0, "远大", 99.0, "2012-04-02", "2012-06-01"])
    (office.folder / "in.xls").write_bytes(xls.workbook(rows))
    assert office.ask("receivable import in.xls")["taken"] == 2
    first, second = office.ask("receivable list")
    assert (first["number"], first["amount"], first["due_on"]) == ("X-1", "1234.50", "2012-05-31")
    assert (second["number"], second["amount"], second["issued_on"]) == ("20120402", "99.00", "2012-04-02")
    assert office.ask("receivable import in.xls") == {"taken": 0, "skipped": 2, "customers": 0}
    rows.append(["X-3", "云帆", "many", date(2012, 4, 1), date(2012, 5, 31)])
    (office.folder / "in.xls").write_bytes(xls.workbook(rows))
    assert "line 4, amount: 'many' is not an amount" in office.run("receivable import in.xls").err
