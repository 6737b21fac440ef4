"""Papers with tables: a set is one document, wide tables go across, figures are never broken."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from salesctl.forms import paper_workbook, pdf
from salesctl.forms.form import LEDGERS
from salesctl.forms.paper import Field, Grid, Head, Paper, Signature
from salesctl.policy.units import LARGEST

NAME = "北京云帆网络科技发展（集团）股份有限公司第一分公司"
HEADS = (
    Head("单据号", "Number", room=30),
    Head("客户", "Customer"),
    Head("金额", "Amount", "money", 18),
    Head("到期日", "Due", "day", 20),
    Head("数量", "Units", "count", 14),
)
MORE = tuple(Head(f"金额{place}", f"Amount {place}", "money", 18) for place in range(4))


def rows(many: int, more: int = 0, amount: int = 123_456_789) -> list[list[Any]]:
    return [
        [f"R-2012-{place:06d}", NAME, amount, date(2012, 5, 8), place, *[amount] * more] for place in range(1, many + 1)
    ]


def paper(many: int, number: str = "H-1/1", **more: Any) -> Paper:
    grid = Grid("", "", HEADS, rows(many), ["合计 Total", None, many * 123_456_789, None, None])
    made = Paper(
        "应收明细",
        "Receivables",
        number,
        date(2012, 5, 9),
        [Field("截至", "As of", date(2012, 5, 8)), Field("客户", "Customer", NAME)],
        [grid],
        [Signature("移交人", "Transferor", "P003 林静", date(2012, 5, 8)), Signature("接收人", "Receiver")],
        foot="依据 Under E-4e",
        note=f"{LEDGERS}\n指纹 Fingerprint {'9f' * 32}",
    )
    return made.but(**more)


WIDE = paper(3, parts=[Grid("", "", HEADS + MORE, rows(3, len(MORE)))])


def read(page: bytes) -> list[str]:
    """The text of each page without its spaces."""
    document = pypdfium2.PdfDocument(page)
    return ["".join(one.get_textpage().get_text_range().split()) for one in document]


def test_a_set_is_one_document_whose_pages_are_counted_through() -> None:
    pages = read(pdf.papers_page([paper(70), paper(2, "H-1/2")], "客户交接资料 H-1"))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
        assert "单据号Number" in page  # the heads are repeated
    assert "H-1/2第" in pages[-1]
    assert "移交人Transferor" in pages[-2]
    assert "移交人Transferor" in pages[-1]


def test_a_page_that_goes_on_says_of_which_paper() -> None:
    """Two papers may have one number; the first page of each has its title instead."""
    pages = read(pdf.papers_page([paper(60), paper(60)], "x"))
    assert [page.startswith("应收明细H-1/1") for page in pages] == [False, True, False, True]


def test_a_wide_table_goes_across_and_its_figures_stay_whole() -> None:
    document = pypdfium2.PdfDocument(pdf.papers_page([paper(1), WIDE], "x"))
    assert [round(max(page.get_size())) == round(page.get_width()) for page in document] == [False, True]
    assert read(pdf.papers_page([WIDE], "x"))[0].count("1,234,567.89") == 15


@pytest.mark.parametrize("amount", [LARGEST, 1])
def test_the_largest_amount_stays_within_its_column(amount: int) -> None:
    made = paper(1, parts=[Grid("", "", HEADS, rows(1, amount=amount))])
    page = pypdfium2.PdfDocument(pdf.papers_page([made], "x"))[0].get_textpage()
    said = HEADS[2].said(amount)
    found = page.search(said).get_next()
    assert found is not None
    begins, _bottom, _right, _top = page.get_charbox(found[0])
    customer = page.search(NAME[-1]).get_next()
    assert customer is not None
    name_ends = max(page.get_charbox(page.search(each).get_next()[0])[2] for each in NAME[:12])
    assert begins > name_ends


def test_many_rows_are_not_tagged_and_few_are() -> None:
    """Tags are for those who have a page read aloud; of thousands of rows they are most of the file."""
    few, many = (pdf.papers_page([paper(count)], "x") for count in (10, pdf.MOST_TAGGED + 1))
    assert b"/MarkInfo" in few
    assert b"/MarkInfo" not in many
    assert len(many) < 400_000


def test_the_same_set_gives_the_same_bytes() -> None:
    assert pdf.papers_page([paper(3), WIDE], "x") == pdf.papers_page([paper(3), WIDE], "x")
    assert paper_workbook.page([paper(3), WIDE], "x") == paper_workbook.page([paper(3), WIDE], "x")


def test_a_workbook_has_a_sheet_for_each_paper_and_prints_its_heads_on_every_page() -> None:
    book = load_workbook(io.BytesIO(paper_workbook.page([paper(3), WIDE], "x")))
    assert book.sheetnames == ["1 应收明细", "2 应收明细"]
    assert [sheet.page_setup.orientation for sheet in book] == ["portrait", "landscape"]
    for sheet in book:
        heads = next(place for place, row in enumerate(sheet.values, 1) if row[0] == "单据号\nNumber")
        assert sheet.print_title_rows == f"${heads}:${heads}"
        assert sheet.cell(heads + 1, 3).value == 1234567.89
    assert load_workbook(io.BytesIO(paper_workbook.page([WIDE], "x"))).sheetnames == ["应收明细"]


def test_a_column_of_a_workbook_has_room_for_its_largest_amount() -> None:
    made = paper(1, parts=[Grid("", "", HEADS, rows(1, amount=LARGEST))])
    (sheet,) = load_workbook(io.BytesIO(paper_workbook.page([made], "x")))
    assert sheet.column_dimensions["C"].width > len(HEADS[2].said(LARGEST))
    assert sheet.column_dimensions["B"].width < 40
