"""What people and programs get to see: tables, TSV, JSON, CSV, XLSX, errors, two languages."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from salesctl.console import inputs, names, show, table, words
from salesctl.console.intake import Field, Sheet, Source
from salesctl.console.values import width
from salesctl.console.view import Column, View
from salesctl.desk import SHANGHAI, zone_of
from salesctl.errors import Invalid, SalesctlError
from tests.conftest import Office

TODAY = date(2026, 11, 25)  # a Wednesday
COLUMNS = (Column("name", "name"), Column("amount", "amount", "money"), Column("on", "from", "day"))
ROWS = [("云帆 Ltd", 930001, TODAY), ("=HYPERLINK(\"http://x\")", -5, TODAY), ("+86 138", 0, None), ("-50%", 1, None),
        ("@SUM", 2, None), ("＝1+1", 3, None), ("a,b\"c", 4, None)]  # fmt: skip


class Desk:
    """As much of a desk as printing needs."""

    def __init__(self, form: str = "", output: str = "") -> None:
        self.form, self.output, self.zone, self.caution = form, output, zone_of(SHANGHAI), ""


class TestDaysAndTimes:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("2026-11-22", date(2026, 11, 22)), ("2026-2-3", date(2026, 2, 3)), ("2026年11月22日", date(2026, 11, 22)),
            ("２０２６-１１-２２", date(2026, 11, 22)), ("today", TODAY), ("今天", TODAY), ("昨天", date(2026, 11, 24)),
            ("tomorrow", date(2026, 11, 26)), ("周五", date(2026, 11, 27)), ("fri", date(2026, 11, 27)),
            ("周日", date(2026, 11, 29)), ("星期天", date(2026, 11, 29)), ("上周五", date(2026, 11, 20)),
            ("下周一", date(2026, 11, 30)), ("Mon", date(2026, 11, 23)),
        ],
    )  # fmt: skip
    def test_a_day_has_a_few_forms(self, text: str, meant: date) -> None:
        assert inputs.parse_day(text, TODAY) == meant

    @pytest.mark.parametrize(
        "text", ["2026-02-30", "20260203", "03/02/26", "二〇二六年二月三日", "", "26-11-22", "friday?", "一"]
    )
    def test_anything_else_is_refused_and_never_guessed(self, text: str) -> None:
        with pytest.raises(Invalid):
            inputs.parse_day(text, TODAY)

    @pytest.mark.parametrize("text", ["25:00", "9", "9.45", "9:60", "noon"])
    def test_a_time_of_day_is_a_time_of_day(self, text: str) -> None:
        with pytest.raises(Invalid):
            inputs.parse_moment(text, TODAY, UTC)

    @pytest.mark.parametrize("form", ["%Y%Y", "%Q", "", "%"])
    def test_a_form_that_is_no_form_is_refused(self, form: str) -> None:
        with pytest.raises(Invalid):
            inputs.parse_day_as("2012-04-16", form)

    def test_a_full_width_colon_is_a_colon(self) -> None:
        assert inputs.parse_moment("９：４５", TODAY, UTC) == datetime(2026, 11, 25, 9, 45, tzinfo=UTC)


class TestFormats:
    def test_json_has_english_keys_decimal_strings_and_iso_days(self, capsys: pytest.CaptureFixture[str]) -> None:
        words.speak("zh_CN")
        show.show(View(COLUMNS, ROWS[:1]), Desk("json"))
        assert json.loads(capsys.readouterr().out) == [{"name": "云帆 Ltd", "amount": "9300.01", "on": "2026-11-25"}]

    def test_a_pipe_gets_tsv_that_is_never_cut(self, capsys: pytest.CaptureFixture[str]) -> None:
        show.show(View(COLUMNS, [("长" * 150, 1, None)]), Desk())
        assert capsys.readouterr().out == f"name\tamount\ton\n{'长' * 150}\t0.01\t\n"

    def test_csv_reads_back_and_runs_nothing(self, tmp_path: Path) -> None:
        show.show(View(COLUMNS, ROWS), Desk(output=str(tmp_path / "a.csv")))
        raw = (tmp_path / "a.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600
        back = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        assert [row[0].removeprefix("'") for row in back[1:]] == [row[0] for row in ROWS]
        assert not [cell for row in back for cell in row if cell.startswith(("=", "+", "@", "＝"))]
        assert back[2][1] == "-0.05", "a negative amount stays a number"

    def test_a_workbook_has_numbers_days_and_no_formula(self, tmp_path: Path) -> None:
        words.speak("en")
        show.show(View(COLUMNS, ROWS), Desk(output=str(tmp_path / "a.xlsx")))
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
        assert sheet is not None
        cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert [row[0] for row in cells] == [(name, "s") for name, _amount, _on in ROWS]
        assert cells[0][1] == (9300.01, "n")
        assert cells[0][2][0] == datetime(2026, 11, 25)

    def test_a_workbook_needs_a_file(self, office: Office) -> None:
        assert office.run("people list --format xlsx").code == "output.needs-file"

    def test_columns_of_chinese_align(self) -> None:
        lines = list(table.aligned(COLUMNS[:2], [["云帆", "1.00"], ["abc", "20.00"]], 80))
        assert {width(line) for line in lines} == {11}


class TestTerminal:
    def test_lines_of_a_cell_become_one_where_the_table_is_not_drawn(self) -> None:
        lines = list(table.aligned(COLUMNS[:2], [["a\nbb", "1.00"], ["abc", "20.00"]], 80))
        assert lines == ["a; bb   1.00", "abc    20.00"]

    def test_a_table_on_a_terminal_is_drawn_and_aligned(self, office: Office) -> None:
        drawn = on_terminal(office, "people list", columns=120)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", drawn)
        starts = [width(line[: line.index("A, E")]) for line in plain.splitlines() if "A, E" in line]
        assert len(starts) == 5
        assert len(set(starts)) == 1, plain

    def test_a_narrow_terminal_never_cuts_a_figure(self, office: Office) -> None:
        office.do("receivable log 云帆 1234567.89 --issued 2012-04-01 --due 2012-04-30")
        for columns in (40, 80, 100, 160):
            assert "1,234,567.89" in on_terminal(office, "aging report --by customer", columns=columns)

    def test_a_question_is_asked_and_a_no_writes_nothing(self, office: Office) -> None:
        said = on_terminal(office, "people close chen --last-day 2012-05-31", answer="n")
        assert "[y/N]" in said
        assert office.ask("people list")[3]["last_day"] is None


def on_terminal(office: Office, line: str, *, answer: str = "", columns: int = 100) -> str:
    """What the program prints in a real terminal."""
    import pexpect

    child = pexpect.spawn(sys.executable, ["-m", "salesctl", *line.split()], encoding="utf-8", timeout=20,
                          dimensions=(50, columns), env={**os.environ, "TERM": "xterm", "SALESCTL_LANG": "en", "COLUMNS": str(columns)})  # fmt: skip
    if answer:
        child.expect(r"\[y/N\]")
        before = child.before + child.after
        child.sendline(answer)
        child.expect(pexpect.EOF)
        return str(before + child.before)
    child.expect(pexpect.EOF)
    return str(child.before)


class TestErrors:
    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("vist log", "usage"), ("visit lgo", "usage"), ("customer show", "usage"), ("customer show 云帆 x", "usage"),
            ("customer list --bogus", "usage"), ("customer show nobody", "input.unknown"),
            ("people list --on 2026-02-30", "input.invalid"), ("people list --format pdf", "input.invalid"),
            ("customer volume 云帆 -- -5", "input.invalid"), ("people show 'a\x1b[31mb'", "input.unknown"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("lang", ["en", "zh_CN"])
    def test_what_is_wrong_what_to_do_and_a_code(self, office: Office, line: str, code: str, lang: str) -> None:
        answer = office.run(line, lang=lang)
        assert (answer.status, answer.out) == (2, "")
        lines = answer.err.splitlines()
        assert lang != "en" or answer.code == code
        assert lines[0].startswith("salesctl: ")
        assert "\x1b" not in answer.err
        assert len(lines) >= 2

    def test_a_misspelt_command_or_name_is_guessed_at(self, office: Office) -> None:
        assert "customer" in office.run("custmer list").err
        assert "云帆" in office.run("customer show 云凡网络科技").err

    def test_text_that_is_no_text(self, office: Office) -> None:
        done = subprocess.run([sys.executable, "-m", "salesctl", "customer", "add", b"\xff\xfe\x00".replace(b"\x00", b"x")],
                              capture_output=True, check=False)  # fmt: skip
        assert done.returncode == 2, done
        assert b"Traceback" not in done.stderr


class TestLanguages:
    @pytest.mark.parametrize(
        ("wish", "tongue"),
        [("zh_CN.UTF-8", "zh_CN"), ("zh-CN", "zh_CN"), ("zh_Hans_CN", "zh_CN"), ("", "zh_CN"), ("en_GB.UTF-8", "en"),
         ("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en"), ("fr_FR", "en")],
    )  # fmt: skip
    def test_the_language_meant(self, wish: str, tongue: str) -> None:
        assert words.understood(wish) == tongue

    def test_headings_help_and_errors_speak_chinese(self, office: Office) -> None:
        assert "客户" in office.do("--help", lang="zh_CN").out
        assert "没有" in office.run("customer show nobody", lang="zh_CN").err
        assert "显示" in office.do("customer add --help", lang="zh_CN").out

    def test_an_option_chooses_the_language_wherever_it_stands(self, office: Office) -> None:
        assert "没有" in office.run("customer show nobody --lang zh_CN").err


class TestSheets:
    FIELDS = (Field("name", ("客户",)), Field("amount", ("金额",)), Field("note", (), is_needed=False))

    def read(self, path: Path, **options: object) -> list[tuple[int, list[str]]]:
        return list(Sheet(Source(path, **options), self.FIELDS))  # type: ignore[arg-type]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
    def test_any_encoding_of_an_office(self, tmp_path: Path, encoding: str) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes("客户,金额\n云帆,1.50\n\n远大,2\n".encode(encoding))
        assert self.read(file) == [(2, ["云帆", "1.50", ""]), (4, ["远大", "2", ""])]

    def test_a_workbook_shows_what_its_cells_show(self, tmp_path: Path) -> None:
        import xlsxwriter

        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["应收账款 2012年"])
            sheet.write_row(2, 0, ["客户", "金额", "note"])
            sheet.write_row(3, 0, [20261122.0, 12345.67, True])
            sheet.write_datetime(4, 0, datetime(2012, 4, 16), book.add_format({"num_format": "yyyy-mm-dd"}))
            sheet.write_number(4, 1, 0.1 + 0.2)
        assert self.read(tmp_path / "a.xlsx") == [
            (4, ["20261122", "12345.67", "True"]), (5, ["2012-04-16", "0.3", ""]),
        ]  # fmt: skip

    def test_what_a_file_says_is_shown_and_not_obeyed(self, tmp_path: Path) -> None:
        (tmp_path / "a\x1b[31m.csv").write_text("na\x1bme,x\n1,2\n")
        with pytest.raises(SalesctlError) as raised:
            self.read(tmp_path / "a\x1b[31m.csv")
        assert "\x1b" not in str(raised.value)
        assert "na\\u001bme" in str(raised.value)

    @pytest.mark.parametrize(
        ("name", "content", "encoding", "code", "says"),
        [("none.csv", None, "", "import.not-opened", "there is no such file"),
         (".", None, "", "import.not-opened", "it is a folder"),
         ("a.xls", b"<html>", "", "import.unreadable", "it is a web page (HTML)"),
         ("a.xlsx", b"PK\x03\x04garbage", "", "import.unreadable", "it is no workbook, or one that is damaged or locked by a password"),
         ("a.csv", "客户,金额\n".encode("gbk"), "utf-8", "import.encoding", "its text is in another encoding"),
         ("a.csv", "客户,金额\n".encode(), "klingon", "import.encoding", "there is no such encoding")],
    )  # fmt: skip
    def test_what_is_wrong_with_a_file_is_said_in_words_that_are_translated(
        self, tmp_path: Path, name: str, content: bytes | None, encoding: str, code: str, says: str
    ) -> None:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(SalesctlError) as raised:
            self.read(tmp_path / name, encoding=encoding)
        assert (raised.value.code, raised.value.facts["trouble"]) == (code, says)
        assert ("CSV" in raised.value.hint) == (code == "import.unreadable")
        words.speak("zh_CN")
        assert words._(says) != says
        words.speak("en")

    def test_a_fault_ends_without_its_full_stop_in_any_language(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("客户,金额\n1,2\n")
        sheet = Sheet(Source(tmp_path / "a.csv"), self.FIELDS)
        for tongue in ("en", "zh_CN"):
            words.speak(tongue)
            sheet.refuse(2, "name", Invalid(value="x", what="a day", example="-"))
        words.speak("en")
        assert [fault.says for fault in sheet.faults] == ["'x' is not a day", "“x”不能作为日期"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [(b"", "import.no-column"), (b"a,b\n1,2\n", "import.no-column"), (b"<html>", "import.unreadable"),
         ("客户,客户,金额\n1,2,3\n".encode(), "import.two-columns"), (b"PK\x03\x04garbage", "import.unreadable"),
         ("客户,金额\n".encode() + b"x" * 20000 + b",1\n", "import.unreadable")],
    )  # fmt: skip
    def test_a_file_that_is_no_table_is_refused(self, tmp_path: Path, content: bytes, code: str) -> None:
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(SalesctlError) as raised:
            self.read(tmp_path / "a.csv")
        assert raised.value.code == code


class TestCompletion:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_a_shell_offers_live_customers(self, office: Office, shell: str) -> None:
        environment = {**os.environ, "_SALESCTL_COMPLETE": f"complete_{shell}", "COMP_WORDS": "salesctl customer show C",
                       "COMP_CWORD": "3", "_TYPER_COMPLETE_FISH_ACTION": "get-args", "_TYPER_COMPLETE_ARGS": "salesctl customer show C"}  # fmt: skip
        done = subprocess.run([sys.executable, "-m", "salesctl"], capture_output=True, text=True, env=environment)
        assert "C001" in done.stdout, done
        assert "C003" in done.stdout

    def test_nothing_is_said_where_there_is_no_ledger(self, office: Office) -> None:
        environment = {**os.environ, "_SALESCTL_COMPLETE": "complete_bash", "COMP_WORDS": "salesctl customer show C",
                       "COMP_CWORD": "3", "SALESCTL_LEDGER": "nowhere.db"}  # fmt: skip
        done = subprocess.run([sys.executable, "-m", "salesctl"], capture_output=True, text=True, env=environment)
        assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("北京云帆网络科技有限公司", "北京云帆网络科技（有限公司）"), ("ACME Co., Ltd.", "ＡＣＭＥ co ltd"), ("华夏公司", "华夏\u200b公司"),
     ("云帆 集团", "云帆"), ("Ⅳ期", "IV期")],
)  # fmt: skip
def test_two_spellings_of_one_company_have_one_key(one: str, other: str) -> None:
    assert names.company_key(one) == names.company_key(other)


@pytest.mark.parametrize(
    "line",
    ["people list -o {}", "policy check {}", "policy new {} --from A", "receivable import {}", "ledger backup {}"],
)
def test_a_path_no_system_takes_is_the_persons(office: Office, line: str) -> None:
    answer = office.run(line.format("x" * 5000))
    assert answer.status in (2, 4)
    assert answer.code


@pytest.mark.parametrize(
    "line",
    [
        "ledger copy x.db {}",
        "people list --key {}",
        "people list --ledger {}",
        "key new --file {}",
        "key register 林静 {}",
    ],
)
def test_a_home_folder_of_nobody_is_the_persons(office: Office, line: str) -> None:
    refused = office.run(line.format("~nobody-of-that-name/x"))
    assert (refused.status, refused.code) == (2, "input.invalid")


def test_a_home_folder_of_nobody_in_the_settings_is_the_persons(office: Office) -> None:
    (office.folder / "salesctl.toml").write_text('key = "~nobody-of-that-name/key"\n')
    assert office.run("people list").code == "input.invalid"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.XLS"])
def test_an_answer_is_not_written_into_a_file_of_another_kind(office: Office, name: str) -> None:
    refused = office.run(["customer", "list", "-o", name])
    assert (refused.status, refused.code) == (2, "input.invalid")
    assert not (office.folder / name).exists()
