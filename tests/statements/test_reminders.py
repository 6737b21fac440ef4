"""Reminders: what is past due and not contested, in three tones, printed or mailed, recorded."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.conftest import Office

NOW = "2012-06-01T09:00"
SETTINGS = '[company]\nname = "星辰公司"\nbank = "工行海淀支行"\naccount = "0200 0045"\n'
TONES = ("friendly", "firm", "final")


@pytest.fixture
def owing(traded: Office) -> Office:
    """云帆 owes INV-9, past due; INV-2, contested; LATER, not due yet."""
    (traded.folder / "salesctl.toml").write_text(SETTINGS, "utf-8")
    traded.do("receivable log 云帆 77 --due 2012-05-01 --issued 2012-04-01 --number INV-9", now="2012-05-21T09:00")
    return traded


def read(path: Path) -> str:
    return "".join("".join(one.get_textpage().get_text_range().split()) for one in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_reminder_asks_for_what_is_past_due_and_nothing_else(owing: Office, tone: str, lang: str) -> None:
    line = f"customer remind 云帆 --tone {tone} --by 2012-06-15 --letter {lang} -f json"
    said = owing.do(line, now=NOW, lang="en" if lang == "zh_CN" else "zh_CN").json
    assert (said["amount"], said["debts"], said["tone"]) == ("77.00", 1, tone)
    text = "\n".join(said["text"])
    asked, _mark, apart = text.partition("Not part of this letter" if lang == "en" else "不在本函催收之列")
    for part in ("INV-9", "77.00", "2012-05-01", "31", "2012-06-15"):
        assert part in asked, part
    assert "INV-2" not in asked
    for part in ("INV-2", "少发两批", "LATER"):
        assert part in apart, part
    for part in ("0200 0045", "工行海淀支行", "林静", "星辰公司", "北京云帆网络科技有限公司"):
        assert part in text, part
    assert "{" not in text
    assert owing.ask("customer remind", now=NOW) == []


def test_tones_differ(owing: Office) -> None:
    assert len({tuple(owing.ask(f"customer remind 云帆 --tone {tone}", now=NOW)["text"]) for tone in TONES}) == 3


def test_a_mailed_reminder_goes_with_a_copy_to_the_manager_and_is_recorded(owing: Office) -> None:
    owing.do("people email lin lin@example.com --as gm", now=NOW)
    owing.do("customer email 云帆 fin@yunfan.example.com --name 王会计", now=NOW)
    owing.do("customer remind 云帆 --tone firm --mail", now=NOW)
    (sent,) = owing.ask("customer remind 云帆", now=NOW)
    assert (sent["number"], sent["tone"], sent["reminded_on"], sent["letter"]) == ("CK-1", "firm", "2012-06-01", "M-1")
    assert sent["reminded_by"].endswith("向红")
    (file,) = (owing.folder / "outgoing").glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert "fin@yunfan.example.com" in str(letter["To"])
    assert "lin@example.com" in str(letter["Cc"])
    assert "77.00" in str(letter["Subject"])
    body = letter.get_content()
    assert "王会计" in body
    assert "INV-9" in body
    assert owing.ask("ledger history CK-1", now=NOW)
    owing.do("ledger verify", now=NOW)


def test_without_an_address_nothing_goes(owing: Office) -> None:
    asked = "customer remind 云帆 --tone firm --mail"
    assert (owing.run(asked, now=NOW).status, owing.run(asked, now=NOW).code) == (2, "reminder.no-address")
    owing.do("customer email 云帆 fin@yunfan.example.com", now=NOW)
    owing.do("customer email 云帆 -", now=NOW)
    assert owing.run(asked, now=NOW).code == "reminder.no-address"
    assert owing.ask("customer remind", now=NOW) == []
    assert owing.ask("mail list", now=NOW) == []


def test_a_printed_reminder_is_recorded_with_its_paper(owing: Office) -> None:
    owing.do("customer remind 云帆 --tone final --print r.pdf", now=NOW, lang="zh_CN")
    text = read(owing.folder / "r.pdf")
    for said in ("最后催款函", "CK-1", "INV-9", "77.00", "不在本函催款之列", "争议Contested:少发两批", "客户签收"):
        assert said in text, said
    owing.do("customer remind 云帆 --tone friendly --print r.xlsx", now=NOW)
    sheet = openpyxl.load_workbook(owing.folder / "r.xlsx").active
    assert sheet is not None
    assert ("合计 Total", None, None, None, 77, None) in [row[:6] for row in sheet.iter_rows(values_only=True)]
    assert [row["tone"] for row in owing.ask("customer remind", now=NOW)] == ["final", "friendly"]


def test_a_dry_run_reminds_nobody(owing: Office) -> None:
    owing.do("customer email 云帆 fin@yunfan.example.com", now=NOW)
    owing.do("customer remind 云帆 --tone final --print r.pdf --mail --dry-run", now=NOW)
    assert not (owing.folder / "r.pdf").exists()
    assert owing.ask("customer remind", now=NOW) == owing.ask("mail list", now=NOW) == []


def test_who_owes_nothing_past_due_is_not_reminded(owing: Office) -> None:
    answer = owing.run("customer remind 远大 --tone firm --print r.pdf", now=NOW)
    assert (answer.status, answer.code) == (2, "reminder.nothing")
    owing.do("receipt log 云帆 77 --to INV-9", now=NOW)
    answer = owing.run("customer remind 云帆 --tone firm --print r.pdf", now=NOW)
    assert answer.code == "reminder.nothing"
    assert "25.50" in answer.err
    assert "7.00" in answer.err
    assert not (owing.folder / "r.pdf").exists()


def test_a_debt_is_past_due_the_day_after_its_due_day(owing: Office) -> None:
    """K-5: through its due day it is not due."""
    owing.do("receivable log 远大 5 --due 2012-06-01 --issued 2012-05-02 --number D", now=NOW)
    assert owing.run("customer remind 远大 --tone firm", now=NOW).code == "reminder.nothing"
    said = owing.ask("customer remind 远大 --tone firm --letter en", now="2012-06-02T09:00")
    assert any("1 days late" in line for line in said["text"])


def test_a_wording_of_ones_own_has_the_same_slots(owing: Office) -> None:
    (owing.folder / "w.txt").write_text("{contact} 您好：\n请付 {amount}（{{含税}}）\n\n{debts}\n\n{bank}\n", "utf-8")
    said = owing.ask("customer remind 云帆 --tone firm --wording w.txt", now=NOW)["text"]
    assert said[0].endswith("您好：")
    assert said[1] == "请付 ¥77.00（{含税}）"
    assert not any("INV-2" in line for line in said)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{debts} {amout}", "reminder.slot"),
        ("{debts} {0}", "reminder.slot"),
        ("{debts} {}", "reminder.slot"),
        ("{debts.__class__}", "reminder.slot"),
        ("{debts!r}", "reminder.slot"),
        ("{debts:>9}", "reminder.slot"),
        ("{debts", "reminder.slot"),
        ("{amount}", "reminder.no-debts"),
        ("  ", "reminder.wording"),
        ("x" * 20_001, "reminder.wording"),
    ],
)
def test_a_wording_that_cannot_be_filled_is_refused(owing: Office, text: str, code: str) -> None:
    (owing.folder / "w.txt").write_text(text, "utf-8")
    for lang in ("en", "zh_CN"):
        answer = owing.run("customer remind 云帆 --tone firm --wording w.txt --print r.pdf", now=NOW, lang=lang)
        assert answer.status == 2
        assert code in answer.err
    assert not (owing.folder / "r.pdf").exists()


def test_a_wording_that_is_no_text_is_refused(owing: Office) -> None:
    (owing.folder / "w.txt").write_bytes("催款".encode("gb18030"))
    assert owing.run("customer remind 云帆 --tone firm --wording w.txt", now=NOW).code == "reminder.wording"
    assert owing.run("customer remind 云帆 --tone firm --wording nowhere.txt", now=NOW).code == "reminder.wording"


def test_a_name_with_braces_is_never_read_as_a_slot(owing: Office) -> None:
    owing.do("customer add '{amount} {debts} 公司' --owner lin --as gm", now=NOW)
    owing.do("receivable log '{amount} {debts} 公司' 5 --due 2012-05-02 --issued 2012-05-02", now=NOW)
    assert (
        "{amount} {debts} 公司" in owing.ask("customer remind '{amount} {debts} 公司' --tone firm", now=NOW)["text"][0]
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("customer remind 云帆 --tone angry", "input.invalid"),
        ("customer remind --tone firm", "input.invalid"),
        ("customer remind 云帆 --mail", "input.invalid"),
        ("customer remind 云帆 --tone firm --by never", "input.invalid"),
        ("customer remind 云帆 --tone firm --by 2012-05-31", "input.invalid"),
        ("customer remind 云帆 --tone firm --on 2012-07-01", "statement.future"),
        ("customer email 云帆 nonsense", "mail.address"),
    ],
)
def test_what_cannot_be_meant_is_refused(owing: Office, line: str, code: str) -> None:
    answer = owing.run(line, now=NOW)
    assert (answer.status, answer.code) == (2, code)


def test_company_settings_that_cannot_be_meant_are_all_named(owing: Office) -> None:
    (owing.folder / "salesctl.toml").write_text("[company]\nnme = 'x'\nbank = 3\n", "utf-8")
    answer = owing.run("customer remind 云帆 --tone firm", now=NOW)
    assert (answer.status, answer.code) == (2, "company.settings")
    assert "nme" in answer.err
    assert "bank" in answer.err


def test_the_same_letter_twice_on_a_day_is_asked_about(owing: Office) -> None:
    owing.do("customer email 云帆 fin@yunfan.example.com", now=NOW)
    owing.do("customer remind 云帆 --tone firm --mail", now=NOW)
    again = owing.run("customer remind 云帆 --tone firm --mail", now=NOW)
    assert (again.status, again.code) == (2, "reminder.again")
    assert "CK-1" in again.err
    owing.do("customer remind 云帆 --tone final --mail", now=NOW)
    owing.do("customer remind 云帆 --tone firm --mail --again", now=NOW)
    assert len(owing.ask("customer remind 云帆", now=NOW)) == 3


def test_a_letter_is_in_its_readers_language_and_the_screen_in_the_clerks(owing: Office) -> None:
    """Chinese unless the settings or --letter say otherwise; --lang is the screen's alone."""
    answer = owing.do("customer remind 云帆 --tone firm", now=NOW)
    assert "Nothing went out" in answer.err
    assert "我们请贵" in answer.out or "贵公司" in answer.out
    assert "We ask you" not in answer.out
    assert "We ask you" in owing.do("customer remind 云帆 --tone firm --letter en", now=NOW, lang="zh_CN").out
    (owing.folder / "salesctl.toml").write_text('[company]\nname = "星辰"\nletters = "en"\n', "utf-8")
    assert "We ask you" in owing.do("customer remind 云帆 --tone firm", now=NOW, lang="zh_CN").out
    assert "We ask you" not in owing.do("customer remind 云帆 --tone firm --letter zh_CN", now=NOW).out
    (owing.folder / "salesctl.toml").write_text('[company]\nletters = "fr"\n', "utf-8")
    assert owing.run("customer remind 云帆 --tone firm", now=NOW).code == "company.settings"
    assert owing.run("customer remind 云帆 --tone firm --letter fr", now=NOW).code == "input.invalid"
