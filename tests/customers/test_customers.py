"""Customers: taken in once under any spelling, found by any name, served by one person at a time."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import Office

NASTY = ('=HYPERLINK("http://x")', "+86 138", "-50%", "@SUM(A1)", "＝１＋１", "'=2+2", "客户[/x]<img src=file:///x>")


def entries(office: Office) -> int:
    """How many entries the journal has."""
    return len(office.ask("ledger history"))


def names_of(office: Office) -> list[str]:
    """All customers' names."""
    return [one["name"] for one in office.ask("customer list")]


@pytest.mark.parametrize(
    "name",
    [
        "北京云帆网络科技有限公司",
        "北京云帆网络科技",
        "北京云帆网络科技（有限公司）",
        "北京 云帆 网络科技股份有限公司",
        "北京\u200b云帆网络科技有限公司",
        "北京云帆网络科技\u3000有限公司",
        "云帆",
        "云帆有限公司",
    ],
)
def test_the_same_company_under_another_spelling_is_refused(office: Office, name: str) -> None:
    """Width, spaces, brackets, what cannot be seen and the legal suffix make no other company."""
    before = entries(office)
    answer = office.run(["customer", "add", name, "--distinct"])
    assert (answer.status, answer.code) == (2, "customer.duplicate")
    assert "C001" in answer.err
    assert entries(office) == before


def test_latin_names_are_the_same_in_any_case_and_width(office: Office) -> None:
    office.do(["customer", "add", "Acme Media Co., Ltd."])
    for name in ("ACME MEDIA", "ＡＣＭＥ ｍｅｄｉａ", "acme-media Limited"):
        assert office.run(["customer", "add", name]).code == "customer.duplicate"


@pytest.mark.parametrize(
    ("known", "near"),
    [
        ("日本电器", "曰本电器"),  # another character that looks the same
        ("上海远景国际传媒", "上海远景国标传媒"),  # one of eight
        ("上海远景国际传媒", "远景国际传媒"),  # one inside the other
        ("上海远景国际传媒", "上海远景国际文化传媒股份有限公司北京分公司的"),
    ],
)
def test_a_similar_company_is_asked_about(office: Office, known: str, near: str) -> None:
    office.do(["customer", "add", known])
    answer = office.run(["customer", "add", near])
    if near.endswith("的"):  # twice as long and not containing it: another company
        assert answer.status == 0
        return
    assert (answer.status, answer.code) == (2, "customer.near-match")
    assert known in answer.err
    office.do(["customer", "add", near, "--distinct"])
    assert {known, near} <= set(names_of(office))


@pytest.mark.parametrize("name", ["上海远景", "北京易达网络科技有限公司", "广州易购物流"])
def test_another_company_is_not_asked_about(office: Office, name: str) -> None:
    office.do(["customer", "add", name])


def test_a_similar_alias_is_asked_about_too(office: Office) -> None:
    office.do("customer alias 云帆 YunfanNetworks")
    assert office.run("customer add YunfanNetwork").code == "customer.near-match"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("АСМЕ", "look Latin"),
        ("АСМЕ公司", "look alike"),
        ("Αcme", "look alike"),
        ("a\x00b", r"'a\x00b'"),
        ("a\x1b[31mb", r"'a\x1b[31mb'"),
        ("公司\u202emoc", r"\u202e"),
        ("a\ud800", r"\ud800"),
        ("ㅤ", r"\u3164"),
        ("x" * 100_000, "x" * 60 + "..."),
        ("x" * 201, "200 at most"),
        ("\u200b \u3000", "a name"),
    ],
)
def test_a_name_that_is_not_what_it_looks_like_is_refused_and_shown_escaped(
    office: Office, name: str, says: str
) -> None:
    before = entries(office)
    answer = office.run(["customer", "add", name])
    assert (answer.status, answer.code) in ((2, "name.unsafe"), (2, "input.invalid"))
    visible = answer.err.encode("unicode_escape").decode() if says.startswith(r"\u31") else answer.err
    assert says in visible
    assert len(answer.err) < 400
    assert "\x1b" not in answer.err
    assert entries(office) == before


@pytest.mark.parametrize(
    "name", ["ООО Ромашка", "阿尔法α科技", "Ａ株式会社", "x" * 200, "𠮷野家", "Société Générale", "3M"]
)
def test_an_honest_name_of_any_script_is_kept_as_it_is_written(office: Office, name: str) -> None:
    office.do(["customer", "add", name])
    assert name in names_of(office)


@pytest.mark.parametrize(
    "text", ["C001", "云帆", "北京", "北京云帆网络科技有限公司", "C001 北京云帆网络科技有限公司", "云"]
)
def test_a_customer_is_found_by_code_alias_name_or_their_beginning(office: Office, text: str) -> None:
    assert office.ask(f"customer show '{text}'")["code"] == "C001"


def test_an_unclear_name_lists_the_candidates_and_an_unknown_one_the_near_ones(office: Office) -> None:
    office.do("customer add 北京远大")
    answer = office.run("customer show 北")
    assert (answer.status, answer.code) == (2, "input.ambiguous")
    assert "C001 北京云帆网络科技有限公司, C004 北京远大" in answer.err
    answer = office.run("customer show 易购电子")
    assert (answer.status, answer.code) == (2, "input.unknown")
    assert "C003 广州易购电子商务有限公司" in answer.err
    assert office.run(["customer", "show", "\udcff"]).code == "input.unknown"


def test_a_customer_has_one_owner_on_any_day(office: Office) -> None:
    """A-1: the day of the transfer is the receiver's; the day before is not."""
    office.do("customer transfer 云帆 --to chen --from 2012-06-01")
    assert office.ask("customer show 云帆 --as-of 2012-05-31")["owner"] == "P003 林静"
    assert office.ask("customer show 云帆 --as-of 2012-06-01")["owner"] == "P004 陈涛"
    assert "C001" in office.do("customer list --owner lin --as-of 2012-05-31").out
    assert "C001" not in office.do("customer list --owner lin --as-of 2012-06-01").out


@pytest.mark.parametrize("day", ["2012-02-29", "2012-03-01"])
def test_a_transfer_never_rewrites_who_served_before(office: Office, day: str) -> None:
    assert office.run(f"customer transfer 云帆 --to chen --from {day}").code == "customer.owner"
    assert office.run("customer transfer 云帆 --to lin").code == "customer.owner"


def test_nobody_becomes_owner_after_their_last_day(office: Office) -> None:
    office.do("people close chen --last-day 2012-05-31 --yes")
    assert office.run("customer transfer 云帆 --to chen --from 2012-06-01").code == "people.gone"
    assert office.run("customer add 新客户甲 --owner chen --on 2012-06-01").code == "people.gone"
    office.do("customer transfer 云帆 --to chen --from 2012-05-31")


def test_volume_is_a_whole_number_of_a_month(office: Office) -> None:
    """A-4.2: whatever day of the month is named."""
    assert office.ask("customer volume 云帆 1,200,000 --month 2012-04-17") == {
        "line": "platform",
        "month": "2012-04-01",
        "units": 1200000,
    }
    for units in ("x", "1.5", "1e5", "9" * 16, "１２x"):
        assert office.run(f"customer volume 云帆 {units}").code == "input.invalid"


def test_a_rehearsal_shows_what_would_be(office: Office) -> None:
    before = entries(office)
    assert office.ask("customer add 新客户甲 --owner lin --alias 新甲 --dry-run") == {
        "code": "C004",
        "name": "新客户甲",
        "kind": "platform",
        "channel": "peripheral",
        "owner": "P003 林静",
        "aliases": "新甲",
    }
    assert entries(office) == before


def test_a_spreadsheet_runs_no_customer(office: Office) -> None:
    """Every name stays text in CSV and XLSX, and an import of the CSV gives the names as they were."""
    for name in NASTY:
        office.do(["customer", "add", "--distinct", "--", name])
    office.do("customer list -o all.csv")
    office.do("customer list -o all.xlsx")
    with (Path(office.folder) / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row["name"] for row in csv.DictReader(file)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))]
    sheet = load_workbook(Path(office.folder) / "all.xlsx").active
    assert sheet is not None
    kept = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in kept if cell.data_type == "f" or cell.hyperlink]
    assert [str(sheet.cell(row, 2).value) for row in range(2, sheet.max_row + 1)] == names_of(office)


def test_an_export_comes_back_as_it_was(office: Office) -> None:
    """CSV out, CSV in: the same names in another ledger."""
    for name in NASTY:
        office.do(["customer", "add", "--distinct", "--", name])
    text = office.do("customer list --format csv").out
    names = names_of(office)
    office.unnamed().ledger.unlink()
    office.do("ledger init")
    for person in ("林静 --code P003", "陈涛 --code P004"):
        office.do(f"people add {person}")
    (Path(office.folder) / "again.csv").write_text(text, encoding="utf-8", newline="")
    office.do("customer import again.csv --map alias=aliases")
    assert names_of(office) == names
    assert office.do("customer list --format csv").out == text


ROWS = (("客户名称", "客户经理", "渠道", "类型", "简称"), ("杭州星河网络有限公司", "lin", "网销", "数据库", "星河、星"))


def test_customers_come_from_a_chinese_csv_and_a_workbook(office: Office) -> None:
    folder = Path(office.folder)
    text = io.StringIO()
    csv.writer(text).writerows(ROWS)
    (folder / "gbk.csv").write_bytes(text.getvalue().encode("gb18030"))
    book = Workbook()
    assert book.active is not None
    book.active.append(ROWS[0])
    book.active.append(("成都锦江传媒有限公司", "chen", "3C卖场", "", ""))
    book.save(folder / "book.xlsx")
    assert office.ask("customer import gbk.csv") == {"customers": 1, "known": 0}
    assert office.ask("customer import book.xlsx") == {"customers": 1, "known": 0}
    found = office.ask("customer show 星河")
    assert (found["channel"], found["kind"], found["owner"]) == ("web", "database", "P003 林静")
    assert office.ask("customer show 成都")["channel"] == "stores"


def test_an_import_is_all_or_nothing_and_names_every_bad_line(office: Office) -> None:
    good = "".join(f"客户第{number:04d}号,lin\n" for number in range(1000))
    lines = ("name,owner\n" + good).splitlines()
    lines[776] = "云帆,chen"  # line 777 of the file: a customer that is there, and served by another
    lines[900] = "新客户乙,无此人"
    (Path(office.folder) / "many.csv").write_text("\n".join(lines), encoding="utf-8")
    before = entries(office)
    answer = office.run("customer import many.csv")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    assert "line 777" in answer.err
    assert "line 901" in answer.err
    assert entries(office) == before
    assert len(names_of(office)) == 3


def test_a_file_of_customers_is_taken_in_once(office: Office) -> None:
    file = Path(office.folder) / "all.csv"
    file.write_text(
        "name,code,owner,kind,alias\n云帆,,lin,,\n星河网络有限公司,X-9,chen,database,星河、小星\n", encoding="utf-8"
    )
    assert office.ask("customer import all.csv") == {"customers": 1, "known": 1}
    before = entries(office)
    assert office.ask("customer import all.csv") == {"customers": 0, "known": 2}
    assert entries(office) == before


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",A-1,,,,", "name"),
        ("新客户,C001,,,,", "code"),
        ("新客户,,无人,,,", "owner"),
        ("新客户,,li,,,", "owner"),  # the beginning of an alias
        ("新客户,,,什么,,", "kind"),
        ("新客户,,,,海运,", "channel"),
        ("新客户,,,,,新客、远大", "alias"),
        ("远大,,chen,,,", "name"),  # served by another
        ("远大,,,platform,,", "name"),
    ],
)
def test_a_fault_names_the_column_it_is_in(office: Office, row: str, column: str) -> None:
    (Path(office.folder) / "in.csv").write_text(f"name,code,owner,kind,channel,alias\n{row}\n", encoding="utf-8")
    answer = office.run("customer import in.csv")
    assert answer.code == "import.bad-rows"
    assert f"line 2, {column}: " in answer.err
    assert answer.err.count("line 2") == 1


def test_a_code_is_found_in_any_width_and_case(office: Office) -> None:
    for text in ("C001", "c001", "Ｃ００１"):
        assert office.ask(f"customer show {text}")["code"] == "C001"
