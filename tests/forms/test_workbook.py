"""The XLSX page: amounts and days are what they are, text stays text, one sheet that prints on A4."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from salesctl.forms import workbook
from salesctl.forms.form import Field, Form, Signature
from tests.forms.sample import DISCOUNT, LABOUR, NASTY, with_body


def cells(form: Form) -> list[Any]:
    sheet = sheet_of(form)
    return [cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]


def sheet_of(form: Form) -> Any:
    (sheet,) = openpyxl.load_workbook(BytesIO(workbook.page(form))).worksheets
    return sheet


def values(form: Form) -> list[Any]:
    return [cell.value for cell in cells(form)]


@pytest.mark.parametrize("form", [DISCOUNT, LABOUR], ids=["discount", "labour"])
def test_everything_the_form_says_is_in_it(form: Form) -> None:
    found = values(form)
    head = "日期 Date 2012-05-08    编号 No. A-12" if form is DISCOUNT else "编号 No. LF-7"
    for said in (form.zh, form.en, form.office, head, form.foot):
        assert said in found
    for zh, en, *_rest in (*form.body, *form.signatures):
        assert f"{zh}\n{en}" in found
    assert "林静" in found
    if form.remarks:
        assert form.remarks in found


def test_the_amount_is_a_number_and_stands_in_capitals() -> None:
    (amount,) = [cell for cell in cells(LABOUR) if isinstance(cell.value, (int, float))]
    assert (amount.value, amount.number_format) == (13020, '"¥"#,##0.00')
    assert "人民币壹万叁仟零贰拾元整" in values(LABOUR)
    assert "金额（大写）\nIn capitals" not in values(DISCOUNT)


def test_an_amount_of_any_size_is_exact_to_the_fen() -> None:
    for fen in (1, 99999999999999, 930005):
        assert [round(v * 100) for v in values(LABOUR.but(amount=fen)) if isinstance(v, (int, float))] == [fen]


def test_money_counts_and_days_are_not_text() -> None:
    found = values(DISCOUNT)
    assert 186000 in found
    assert 1200000 in found
    assert datetime(2012, 5, 15) in found
    assert found.count(datetime(2012, 5, 9)) == 1  # the director's signature


@pytest.mark.parametrize("text", [NASTY, "=cmd|' /C calc'!A0", "+1", "@SUM(1)", "{=1}", "http://x.example", "007"])
def test_what_somebody_typed_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    form = with_body(text).but(remarks=text, office=text, signatures=[Signature("签", "Signed", text)])
    found = [cell for cell in cells(form) if cell.value == text]
    assert [cell.data_type for cell in found] == ["s"] * 4
    with zipfile.ZipFile(BytesIO(workbook.page(form))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in packed.namelist()


def test_it_prints_on_one_a4_page_wide() -> None:
    sheet = sheet_of(DISCOUNT)
    assert sheet.print_area == f"'{DISCOUNT.zh}'!$A$1:$L${sheet.max_row}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in sheet.oddFooter.right.text
    assert "A-12" in sheet.oddFooter.right.text
    assert sum(sheet.column_dimensions["A"].width for _ in range(12)) < 95


def test_a_long_text_makes_its_row_high_enough() -> None:
    sheet = sheet_of(with_body("说明" * 200))
    (cell,) = [c for row in sheet.iter_rows() for c in row if str(c.value).startswith("说明说明")]
    assert sheet.row_dimensions[cell.row].height >= 15 * 800 / 70


@pytest.mark.parametrize("signers", range(8))
def test_any_number_of_signatures_finds_its_place(signers: int) -> None:
    form = LABOUR.but(signatures=[Signature(f"签字{n}", f"Signer {n}") for n in range(signers)])
    assert sum(str(value).startswith("签字") for value in values(form)) == signers


def test_the_same_form_gives_the_same_bytes() -> None:
    assert workbook.page(DISCOUNT) == workbook.page(DISCOUNT)


def test_a_title_a_sheet_may_not_bear_is_shortened_for_its_name_only() -> None:
    form = LABOUR.but(zh="[劳务费]:*?/\\'" + "长" * 40)
    sheet = sheet_of(form)
    assert sheet.title == "劳务费" + "长" * 28
    assert sheet["A1"].value == form.zh


def test_two_short_values_share_a_line_and_a_long_one_stands_alone() -> None:
    from salesctl.forms.form import lines

    short, long = Field("甲", "a", "x" * 26), Field("乙", "b", "汉" * 14)
    assert lines([short, short, short, long, short, short]) == [(short, short), (short,), (long,), (short, short)]
    assert lines([]) == []
