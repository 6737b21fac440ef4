"""The printed set: checklist, visits, every paper, three places to sign, both languages (E-4e)."""

from __future__ import annotations

import sqlite3

import pypdfium2
import pytest
from openpyxl import load_workbook

from tests.conftest import Office


def text_of(office: Office, file: str) -> list[str]:
    document = pypdfium2.PdfDocument(office.folder / file)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_the_whole_set_is_one_document(papers: Office) -> None:
    """Checklist, visits and five papers, each with its number and three places to sign."""
    papers.do("handover sign H-1 all --as lin")
    assert papers.ask("handover print H-1 set.pdf --as chen")["papers"] == 7
    pages = text_of(papers, "set.pdf")
    assert len(pages) == 7
    for page in pages:
        for word in (
            "移交人",
            "Transferor",
            "接收人",
            "Receiver",
            "监交人",
            "Handover supervisor",
            "林静",
            "陈涛",
            "周岚",
        ):
            assert word in page
    for number, page in enumerate(pages[2:], 1):
        assert f"H-1/{number}" in page
        assert "2012-05-08" in page
    receivables = pages[4]
    for word in ("应收明细", "Receivables", "R-A", "1,000.50", "2,500.50", "合计", "指纹"):
        assert word in receivables
    assert "本类无须移交的内容" in pages[6]


def test_a_signature_that_was_voided_is_not_printed(papers: Office) -> None:
    """E-4e: the day stands only below a signature on what the paper says now."""
    papers.do("handover sign H-1 3 --as lin", now="2012-05-09T09:00")
    papers.do("handover print H-1 one.pdf --paper 3 --as lin", now="2012-05-09T09:00")
    assert "2012-05-09" in text_of(papers, "one.pdf")[0].split("监交人")[-1]
    papers.do("receipt log 云帆 100 --to R-B --as xiang", now="2012-05-10T09:00")
    papers.do("handover paper H-1 receivables --as ma", now="2012-05-10T09:00")
    papers.do("handover print H-1 two.pdf --paper H-1/3 --as lin", now="2012-05-10T09:00")
    assert "2012-05-09" not in text_of(papers, "two.pdf")[0]


def test_a_workbook_has_a_sheet_for_each_and_numbers_are_numbers(papers: Office) -> None:
    papers.do("handover print H-1 set.xlsx --as chen")
    book = load_workbook(papers.folder / "set.xlsx")
    assert len(book.worksheets) == 7
    sheet = next(one for one in book.worksheets if "应收明细" in one.title)
    cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert [row[4] for row in cells if row and row[0] in ("R-A", "R-B")] or any(1000.5 in row for row in cells)
    assert ["合计 Total", 3000.5, 2500.5] in cells
    assert any("监交人 Handover supervisor" in row for row in cells)


def test_printing_is_recorded_and_changes_nothing(papers: Office) -> None:
    papers.do("handover print H-1 set.pdf --as chen")
    assert papers.ask("ledger history H-1")[0]["verb"] == "handover.print"
    with sqlite3.connect(papers.ledger) as db:
        before = db.execute("SELECT count(*) FROM journal").fetchone()
    papers.do("handover print H-1 other.pdf --dry-run --as chen")
    assert not (papers.folder / "other.pdf").exists()
    with sqlite3.connect(papers.ledger) as db:
        assert db.execute("SELECT count(*) FROM journal").fetchone() == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("H-1 set.txt", "forms.suffix"),
        ("H-1 set.pdf --paper 9", "input.unknown"),
        ("H-9 set.pdf", "input.unknown"),
        pytest.param("H-1 ledger.db", "input.invalid", marks=pytest.mark.file),
    ],
)
def test_what_cannot_be_printed_is_refused_before_anything_is_recorded(papers: Office, line: str, code: str) -> None:
    before = papers.do("ledger history").out
    assert papers.run(f"handover print {line} --as chen").code == code
    assert papers.do("ledger history").out == before


def test_a_name_that_looks_like_markup_is_printed_as_it_is(papers: Office) -> None:
    papers.do('handover paper H-1 work_papers --outside "#strong[*x*] = $1$" --as lin')
    papers.do("handover print H-1 odd.pdf --paper 6 --as lin")
    assert "#strong[*x*]" in text_of(papers, "odd.pdf")[0].replace("\n", "").replace("\r", "")


def test_whoever_waives_a_visit_is_not_printed_as_the_customers_signature(papers: Office) -> None:
    """E-6b, AMB-E-i: a waived customer has not signed."""
    papers.do("handover waive H-1 云帆 --evidence 已注销 --as zhou")
    papers.do("handover print H-1 交接.xlsx --as zhou")
    book = load_workbook(papers.folder / "交接.xlsx")
    row = next(
        row for sheet in book for row in sheet.iter_rows(values_only=True) if "C001" in row and "waived" in str(row)
    )
    assert "免访决定 waived by 周岚" in row
