"""A form goes to a private file whose suffix says what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesctl.console.show import NotShown
from salesctl.forms import pdf, printing
from tests.forms.sample import LABOUR, with_body


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF-"), ("a.PDF", b"%PDF-"), ("a.xlsx", b"PK")])
def test_the_suffix_says_what_it_becomes(name: str, start: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    printing.printed(LABOUR, path)
    assert path.read_bytes().startswith(start)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_others_could_read_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 1_000_000)
    path.chmod(0o644)
    printing.printed(LABOUR, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size < 100_000


@pytest.mark.parametrize("name", ["a.docx", "a", "pdf", ".pdf", "a.pdf.txt"])
def test_any_other_suffix_is_refused_and_both_are_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(printing.NotAForm, match=name) as caught:
        printing.printed(LABOUR, tmp_path / name)
    assert ".pdf" in caught.value.hint
    assert ".xlsx" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_a_page_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(pdf.Undrawable):
        printing.printed(with_body("😀"), tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotShown, match="No such file"):
        printing.printed(LABOUR, tmp_path / "nowhere" / "a.pdf")
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(NotShown, match="directory"):
        printing.printed(LABOUR, tmp_path / "b.xlsx")
