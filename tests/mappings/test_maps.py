"""Saved mappings: a file of another program is understood by a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salesctl.imports.map_cli import NOUNS
from tests.conftest import Office

SAVE = "import map save erp --noun receivable --map number=发票 --map due=账期 --map issued=开票 --date-format %Y/%m/%d"
ROWS = "发票,客户,金额,开票,账期\nF-1,云帆,10,2012/04/01,2012/05/01\n"


def write(office: Office, text: str, encoding: str = "utf-8") -> str:
    (office.folder / "in.csv").write_text(text, encoding)
    return "in.csv"


def test_a_saved_mapping_reads_the_file_it_was_saved_for(office: Office) -> None:
    file = write(office, ROWS)
    assert office.run(f"receivable import {file}").code == "import.no-column"
    saved = office.ask(SAVE)
    assert saved["headings"] == ["number=发票", "due=账期", "issued=开票"]
    assert office.ask(f"receivable import {file} --mapping erp")["taken"] == 1
    assert office.ask("receivable show F-1")["due_on"] == "2012-05-01"
    office.do("ledger verify")


def test_what_is_typed_beside_it_goes_first(office: Office) -> None:
    office.do(SAVE)
    file = write(office, ROWS.replace("发票", "票号").replace("/", "-"))
    line = f"receivable import {file} --mapping erp --map number=票号 --date-format %Y-%m-%d"
    assert office.ask(line)["taken"] == 1


def test_saving_again_replaces_and_the_same_again_writes_nothing(office: Office) -> None:
    office.do(SAVE)
    before = office.ledger.read_bytes()
    assert "already" in office.do(SAVE).err
    assert office.ledger.read_bytes() == before
    office.do("import map save erp --noun receivable --map number=单据", now="2012-05-09T09:00")
    listed = office.ask("import map list", now="2012-05-09T09:00")
    assert [row["headings"] for row in listed] == [["number=单据"]]
    past = office.ask("import map list --as-of 2012-05-08", now="2012-05-09T09:00")
    assert past[0]["headings"][0] == "number=发票"


def test_a_dropped_mapping_is_no_more_and_its_name_is_free_again(office: Office) -> None:
    office.do(SAVE)
    office.do("import map drop erp --noun receivable")
    assert office.ask("import map list") == []
    answer = office.run(f"receivable import {write(office, ROWS)} --mapping erp")
    assert (answer.status, answer.code) == (2, "input.unknown")
    assert office.run("import map drop erp --noun receivable").status == 2
    office.do(SAVE)
    assert len(office.ask("import map list")) == 1


def test_a_mapping_belongs_to_its_noun(office: Office) -> None:
    office.do(SAVE)
    answer = office.run(f"receipt import {write(office, ROWS)} --mapping erp")
    assert (answer.status, answer.code) == (2, "input.unknown")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("import map save a --noun receivable --map nummer=发票号", "import.no-field"),
        ("import map save a --noun invoice --map number=发票号", "input.invalid"),
        ("import map save a --noun receivable", "import.no-map"),
        ("import map save a --noun receivable --map number", "input.invalid"),
        ("import map show a --noun receivable", "input.unknown"),
        ("receivable import in.csv --map nummer=发票号", "import.no-field"),
    ],
)
def test_what_cannot_be_meant_is_refused(office: Office, line: str, code: str) -> None:
    write(office, ROWS)
    answer = office.run(line)
    assert (answer.status, answer.code) == (2, code)


def test_every_noun_that_takes_files_takes_a_mapping(office: Office) -> None:
    files = {
        "customer": "公司全名\n深圳新客有限公司\n",
        "contract": "合约,客户,金额,日期\nHT-1,云帆,10,2012-04-01\n",
        "people": "同事\n王小明\n",
        "receipt": "客户,到账,日期\n云帆,5,2012-05-01\n",
        "sample-prices": "货号,名称,价格,起\nP-1,样品,12.50,2012-04-01\n",
        "sample": "客户,货号,数量,日期\n云帆,P-1,5,2012-05-01\n",
        "visit": "同事,去哪,日期,登记时间,外出时间\n林静,云帆,2012-05-07,09:00,09:30\n",
    }
    maps = {
        "customer": "name=公司全名",
        "contract": "number=合约 --map date=日期",
        "people": "name=同事",
        "receipt": "amount=到账 --map date=日期",
        "sample-prices": "product=货号 --map name=名称 --map price=价格 --map from=起",
        "sample": "product=货号 --map quantity=数量",
        "visit": "person=同事 --map company=去哪",
    }
    for noun, text in files.items():
        office.do(f"import map save old --noun {noun} --map {maps[noun]}")
        more = " --overpayment" if noun == "receipt" else ""
        who = " --as gm" if noun == "people" else ""
        verb = "sample import-prices" if noun == "sample-prices" else f"{noun} import"
        office.do(f"{verb} {write(office, text, 'gb18030')} --mapping old{more}{who}")


def test_no_noun_that_takes_files_is_forgotten() -> None:
    """Every command that takes a file of rows has the option, and its noun can have mappings saved."""
    house = Path(__file__).parents[2] / "salesctl"
    nouns = set()
    for file in house.glob("*/*cli.py"):
        text = file.read_text("utf-8")
        assert len(re.findall(r": SourceFile\b", text)) == text.count("= mapped(desk, "), file
        nouns |= set(re.findall(r'mapped\(desk, "([a-z-]+)"', text))
    assert nouns == set(NOUNS)


def test_show_says_what_each_column_is_called(office: Office) -> None:
    office.do(SAVE)
    rows = {row["key"]: row for row in office.ask("import map show erp --noun receivable")}
    assert rows["number"]["heading"] == "发票"
    assert rows["customer"]["heading"] == ""
    assert "客户名称" in rows["customer"]["known"]


def test_a_mapping_can_be_saved_before_anybody_is_there(empty_office: Office) -> None:
    empty_office.do("import map save old --noun people --map name=同事")
    assert empty_office.ask("import map list")[0]["saved_by"] is None
    assert "import.map" in [row["verb"] for row in empty_office.ask("ledger history")]
