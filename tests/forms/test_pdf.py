"""The PDF page: what is on it is read back, its pixels are looked at, and nothing prints as a box."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from salesctl.forms import pdf
from salesctl.forms.form import Form, Signature
from tests.forms.sample import DISCOUNT, LABOUR, NASTY, with_body


def texts(page: bytes) -> str:
    """All text of all pages, without spaces: the setting decides where lines end."""
    document = pypdfium2.PdfDocument(page)
    return "".join("".join(one.get_textpage().get_text_range().split()) for one in document)


def pixels(page: bytes) -> Any:
    return pypdfium2.PdfDocument(page)[0].render(scale=1, grayscale=True)


def dark(page: bytes, top: float, bottom: float) -> float:
    """The share of dark pixels in a strip across the page, given in parts of its height."""
    seen = pixels(page)
    strip = bytes(seen.buffer)[int(seen.height * top) * seen.stride : int(seen.height * bottom) * seen.stride]
    return sum(value < 128 for value in strip) / len(strip)


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield "".join(value.split())
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)


@pytest.mark.parametrize("form", [DISCOUNT, LABOUR], ids=["discount", "labour"])
def test_every_text_of_the_form_can_be_read_on_the_page(form: Form) -> None:
    read = texts(pdf.page(form))
    for said in leaves(pdf.shown(form)):
        assert said in read
    assert "�" not in read


def test_the_amount_stands_in_figures_and_in_capitals() -> None:
    read = texts(pdf.page(LABOUR))
    assert "小写Infigures¥13,020.00" in read
    assert "大写Incapitals人民币壹万叁仟零贰拾元整" in read
    assert "大写" not in texts(pdf.page(DISCOUNT))


def test_what_is_not_signed_leaves_room_for_the_day() -> None:
    read = texts(pdf.page(LABOUR))
    assert "申请人Applicant林静2012-05-08" in read
    assert read.count("年月日") == 3


@pytest.mark.parametrize("form", [DISCOUNT, LABOUR], ids=["discount", "labour"])
def test_the_page_has_ink_where_a_form_has_it(form: Form) -> None:
    page = pdf.page(form)
    seen = pixels(page)
    assert (seen.width, seen.height) == (596, 842)  # A4
    assert dark(page, 0.0, 0.06) == 0  # the margin
    assert 0.01 < dark(page, 0.06, 0.10) < 0.2  # the title
    assert 0.01 < dark(page, 0.15, 0.45) < 0.2
    assert 0 < dark(page, 0.94, 0.97) < 0.2  # the foot
    assert dark(page, 0.97, 1.0) == 0


def test_two_names_are_two_pictures() -> None:
    """Boxes would look alike."""
    one, other = (bytes(pixels(pdf.page(with_body(name))).buffer) for name in ("周岚", "林静"))
    assert one != other


def test_the_same_form_gives_the_same_bytes() -> None:
    assert pdf.page(DISCOUNT) == pdf.page(DISCOUNT)


def test_markup_that_somebody_typed_is_shown_as_typed() -> None:
    form = with_body(NASTY).but(
        remarks=NASTY, office=NASTY, signatures=[Signature("签", "Signed", NASTY)], receipt=NASTY, zh=NASTY
    )
    assert texts(pdf.page(form)).count("".join(NASTY.split())) == 6


def test_control_and_direction_characters_are_not_obeyed() -> None:
    read = texts(pdf.page(with_body("周\x1b[31m岚\u202e甲\x00\u2028乙")))
    assert "周[31m岚甲乙" in read


def test_a_long_form_goes_on_to_the_next_page() -> None:
    form = with_body(*("很长的说明" * 40 + "W" * 200 for _ in range(20)))
    document = pypdfium2.PdfDocument(pdf.page(form))
    last = "".join(document[len(document) - 1].get_textpage().get_text_range().split())
    assert len(document) == 6
    assert "劳务费申请单LF-7" in last  # its head
    assert "LF-7第6页共6页Page6of6" in last
    assert "W" * 200 in texts(pdf.page(form))


def test_a_character_without_a_picture_is_named() -> None:
    with pytest.raises(pdf.Undrawable) as caught:
        pdf.page(with_body("王😀 \U00020bb7 \ue863 \U00031350 好"))
    assert str(caught.value) == "The fonts have no picture of: 😀 \U00020bb7 \\u{e863} \U00031350."


@pytest.mark.parametrize("is_half", [False, True])
def test_a_missing_font_is_an_error_and_not_boxes(
    is_half: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_half:
        (tmp_path / "NotoSansSC-Regular.otf").symlink_to(pdf.font_folder() / "NotoSansSC-Regular.otf")
    monkeypatch.setattr(pdf, "font_folder", lambda: tmp_path)
    with pytest.raises(pdf.NeedsFont, match="Serif" if is_half else "Sans"):
        pdf.page(LABOUR)


@pytest.mark.parametrize("package", ["typst", "pylopdf_fonts_zh_cn"])
def test_without_the_extra_the_way_to_it_is_said(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(pdf.NeedsExtra, match=package.replace("_", "-")) as caught:
        pdf.page(LABOUR)
    assert "pip install 'salesctl[forms]'" in caught.value.hint


def test_a_mistake_in_the_template_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    monkeypatch.setattr(pdf, "shown", lambda form: {})
    with pytest.raises(typst.TypstError):
        pdf.page(LABOUR)


def test_nothing_heavy_is_loaded_before_a_form_is_printed() -> None:
    import subprocess

    asked = (
        "import sys, salesctl.forms.printing; print([name for name in sys.modules if name in ('typst', 'xlsxwriter')])"
    )
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"
