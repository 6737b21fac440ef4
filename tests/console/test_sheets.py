"""Workbooks that would not fit into memory are refused before they are unpacked (case 27)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from salesctl.console.sheets import Unreadable, read_rows

if TYPE_CHECKING:
    from pathlib import Path


def book(path: Path, *cells: tuple[int, int]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for row, column in cells:
            sheet.write_string(row, column, "云帆")
    return path


def test_an_ordinary_workbook_is_read(tmp_path: Path) -> None:
    assert list(read_rows(book(tmp_path / "a.xlsx", (0, 0), (1, 1)))) == [["云帆", ""], ["", "云帆"]]


def test_a_cell_at_the_far_end_of_a_sheet_is_no_table(tmp_path: Path) -> None:
    """Excel keeps such a cell where somebody once pressed a wrong key; what lies between would be billions of cells."""
    with pytest.raises(Unreadable, match="far outside the table"):
        read_rows(book(tmp_path / "a.xlsx", (0, 0), (1_048_575, 16_383)))


def test_what_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", (0, 0))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/big.xml", "w") as part:
        for _mebibyte in range(1025):
            part.write(bytes(1 << 20))
    assert path.stat().st_size < 5 << 20
    with pytest.raises(Unreadable, match="too large when it is unpacked"):
        read_rows(path)


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:200], lambda whole: whole[:-30], lambda whole: b"PK\x03\x04junk"]
)
def test_a_damaged_workbook_is_one_line(tmp_path: Path, damage: object) -> None:
    path = book(tmp_path / "a.xlsx", (0, 0))
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(Unreadable):
        list(read_rows(path))


def test_what_is_packed_under_another_path_is_never_written(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", (0, 0))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("../../outside.txt", "x")
    assert list(read_rows(path)) == [["云帆"]]
    assert not (tmp_path.parents[1] / "outside.txt").exists()
