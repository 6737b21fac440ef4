"""A company starts its own pack: the files it gets are commented, valid, and complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salesctl.policy.pack import read
from salesctl.policy.policy import Policy, regulations
from tests.conftest import Office
from tests.policy.folders import lines


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_new_pack_is_sound_and_sets_nothing(office: Office, lang: str) -> None:
    office.do("policy new our-figures --from A", lang=lang)
    pack, faults = read(office.folder / "our-figures", regulations())
    assert lines(faults) == []
    assert (pack["code"], pack["extends"], pack["entries"]) == ("our-figures", "A", {})
    text = (office.folder / "our-figures" / "commission.toml").read_text("utf-8")
    assert ("客户佣金审批权限" if lang == "zh_CN" else "Who decides on a customer commission") in text


@pytest.mark.parametrize("code", ["A", "B", "E"])
def test_every_figure_stands_there_and_holds_once_the_comments_are_taken_away(office: Office, code: str) -> None:
    """Uncommented, each file states the regulation's own figures again."""
    office.do(f"policy new our-figures --from {code}")
    folder = office.folder / "our-figures"
    for file in folder.glob("*.toml"):
        file.write_text(uncommented(file), "utf-8")
    pack, faults = read(folder, regulations())
    assert lines(faults) == []
    policy = Policy(regulations())
    assert set(pack["entries"]) == {key for key in policy.keys if key.startswith(f"{code}.")}


def uncommented(file: Path) -> str:
    """The file as somebody leaves it who sets everything; what an example cannot know is set to a first option."""
    return re.sub(r"^#(?! )|^#(?=  )", "", file.read_text("utf-8"), flags=re.MULTILINE)


def test_nothing_is_ever_written_over(office: Office) -> None:
    office.do("policy new our-figures --from A")
    answer = office.run("policy new our-figures --from A")
    assert (answer.status, answer.code) == (2, "policy.folder-exists")


def test_a_dry_run_writes_nothing(office: Office) -> None:
    office.do("policy new our-figures --from A --dry-run")
    assert not (office.folder / "our-figures").exists()


@pytest.mark.parametrize("line", ["our-figures --from Q", "'our figures' --from A"])
def test_what_cannot_be_meant_is_exit_2(office: Office, line: str) -> None:
    assert office.run(f"policy new {line}").status == 2
