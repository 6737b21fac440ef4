"""Whoever has an answer written to a file is told so; a file that lacks a column is told what could be meant."""

from __future__ import annotations

from functools import partial

import pytest

from salesctl.agenda import ordered
from salesctl.ledger import kept
from tests.conftest import Office


@pytest.mark.parametrize("suffix", ["csv", "json", "txt", "xlsx"])
def test_a_file_that_was_written_is_named_with_its_rows(office: Office, suffix: str) -> None:
    assert f"Written: c.{suffix}; rows: 3" in office.do(f"customer list -o c.{suffix}").err
    assert f"已写入：c.{suffix}，共 3 行" in office.do(f"customer list -o c.{suffix}", lang="zh_CN").err
    assert "rows" not in office.do(f"customer show 云帆 -o one.{suffix}").err
    assert "Written" not in office.do("customer list").err


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.html"])
def test_the_ageing_report_says_so_too(office: Office, name: str) -> None:
    office.do("receivable log 云帆 5 --due 2012-05-01 --issued 2012-04-01")
    assert f"Written: {name}" in office.do(f"aging report --by manager -o {name}").err


def test_a_hint_names_the_heading_that_could_be_meant_or_none(office: Office) -> None:
    (office.folder / "a.csv").write_text(
        "备注,客户单位,应收金额,开票日期,到期日期\n,云帆,5,2012-05-01,2012-06-01\n", "utf-8"
    )
    said = office.run("receivable import a.csv").err
    assert "=备注" not in said
    (office.folder / "b.csv").write_text("备注,颜色\nx,y\n", "utf-8")
    said = office.run("receivable import b.csv").err
    assert "=备注" not in said
    assert "HEADING" in said


@pytest.mark.parametrize("line", ["receivable list", "check", "check --new"])
def test_no_room_for_a_temporary_file_is_said_of_its_folder(
    office: Office, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """P5: no mistake of ours, and nothing is written."""
    for number in range(3):
        office.do(f"receivable log 云帆 {5 + number} --number FP-{number} --due 2012-02-01 --issued 2012-01-01")
    before = office.ask("ledger info")["entries"]
    for module, most in ((kept, "MOST"), (ordered, "PIECE")):
        monkeypatch.setattr(module, most, 1)
        monkeypatch.setattr(module, "TemporaryFile", partial(open, "/dev/full", "wb", buffering=0))
    monkeypatch.setenv("TMPDIR", "/somewhere")
    answer = office.run(line)
    assert (answer.status, answer.code, answer.out) == (4, "path.unreachable", "")
    assert "/somewhere cannot be used: No space left on device" in answer.err
    assert office.ask("ledger info")["entries"] == before
