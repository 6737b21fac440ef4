"""Words of a list are taken as the program itself says them, whatever language the run speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesctl.console import choices, words
from salesctl.console.inputs import parse_date
from salesctl.customers.actions import CHANNELS
from salesctl.people.standings import STAFF_GRADES
from tests.conftest import Office

SPOKEN = [
    ("people add 甲一 --grade 总经理 --from 2012-03-01 --as gm", "grade", "general_manager"),
    ("people add 甲二 --grade 客户总监 --superior gm --from 2012-03-01 --as gm", "grade", "account_director"),
    ("people add 甲三 --grade 'Account Manager' --superior gm --from 2012-03-01 --as gm", "grade", "account_manager"),
    ("customer add 上海乙一商贸有限公司 --owner lin --channel 'IT(外围)渠道' --as gm", "channel", "it"),
    ("customer add 上海乙二商贸有限公司 --owner lin --channel IT（外围）渠道 --as gm", "channel", "it"),
    ("customer add 上海丙三商贸有限公司 --owner lin --channel 外围客户 --kind 数据库 --as gm", "channel", "peripheral"),
    ("customer add 上海丁四商贸有限公司 --owner lin --channel 网销渠道 --as gm", "channel", "web"),
    ("customer add 上海戊五商贸有限公司 --owner lin --channel 3Ｃ卖场 --as gm", "channel", "stores"),
]


@pytest.mark.parametrize(("line", "key", "kept"), SPOKEN)
def test_a_word_is_taken_as_it_is_shown_and_kept_as_it_is_kept(office: Office, line: str, key: str, kept: str) -> None:
    assert office.ask(line)[key] == kept


@pytest.mark.parametrize("known", [STAFF_GRADES, CHANNELS])
def test_whatever_a_run_shows_it_understands(known: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    for tongue in words.LANGUAGES:
        monkeypatch.setattr(words, "_catalogue", words._catalogue)
        monkeypatch.setattr(words, "language", words.language)
        words.speak(tongue)
        assert [choices.meant(words._(word.replace("_", " ")), known) for word in known] == list(known)


def test_a_refusal_offers_the_words_with_their_meaning(office: Office) -> None:
    told = office.run("people add 丁 --grade 大王 --as gm", lang="zh_CN")
    assert told.status == 2
    assert "general_manager（总经理）、" in told.err
    plain = office.run("people add 丁 --grade king --as gm")
    assert "account_manager, account_director, general_manager" in plain.err


def test_the_regulations_own_channels_come_in_from_a_file(office: Office) -> None:
    """E-10: as the regulation calls them, and as the program does."""
    file = Path("客户.csv")
    names = ("IT(外围)渠道", "外围客户", "网销渠道", "3C卖场")
    lines = [f"上海{'甲乙丙丁'[place]}客商贸有限公司,{name}" for place, name in enumerate(names)]
    file.write_text("客户名称,渠道\n" + "\n".join(lines) + "\n", "utf-8")
    office.do(f"customer import {file} --as gm")
    found = {one["name"][2]: one["channel"] for one in office.ask("customer list")}
    assert [found[name] for name in "甲乙丙丁"] == ["it", "peripheral", "web", "stores"]


def test_what_was_known_before_is_called_what_it_is(office: Office) -> None:
    file = Path("员工.csv")
    file.write_text("姓名,级别\n林静,客户经理\n", "utf-8")
    told = office.do(f"people import {file} --from 2012-03-01 --as gm", lang="zh_CN")
    assert "合同" not in told.out


def test_a_day_is_read_as_it_is_written_by_hand_in_china() -> None:
    assert parse_date("2026.3.2") == parse_date("2026-03-02")


def test_help_reads_as_chinese_throughout(office: Office) -> None:
    told = office.do("customer --help", lang="zh_CN").out
    assert "[OPTIONS]" not in told
    assert "选项：" in told
    assert "Options:" in office.do("customer --help").out
