"""The manual: its pages in both languages, the commands they show, what an error's code means."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from salesctl.app import NOUNS
from salesctl.console.options import house
from salesctl.help.cli import FOLDER, PAGES, SCRIPT
from tests.conftest import Office
from tests.demo.transcript import PAGES as SHOWN

EVERY = [page for pages in SHOWN.values() for page in pages]
TYPED = re.compile(
    r"^    (?:[\d*]+ [\d*]+ \S+ \S+ \S+ +)?(?:/opt/salesctl/bin/)?salesctl (.*)$|^\$ salesctl (.*)$", re.M
)


def lines(page: Path) -> list[str]:
    """The command lines a page shows, without what is said beside them."""
    found = (first or second for first, second in TYPED.findall(page.read_text("utf-8")))
    return [line.split(" #")[0].rstrip() for line in found]


def unknown(line: str) -> str:
    """What of a command line the program does not know."""
    group: Any = house(NOUNS, with_completion=True)
    context = typer.Context(group)
    words = shlex.split(line)
    while words and hasattr(group, "list_commands"):
        if words[0].startswith("-"):
            return "" if any(words[0] in option.opts for option in group.get_params(context)) else words[0]
        inside = group.get_command(context, words[0])
        if inside is None:
            return words[0]
        group = inside
        words = words[1:]
    known = {name for option in group.get_params(context) for name in (*option.opts, *option.secondary_opts)}
    return next((word for word in words if word.startswith("-") and word.split("=")[0] not in known), "")


@pytest.mark.parametrize("page", EVERY, ids=[f"{page.parent.name}/{page.name}" for page in EVERY])
def test_a_page_shows_commands_there_are(page: Path) -> None:
    assert {line: wrong for line in lines(page) if (wrong := unknown(line))} == {}


def test_commands_are_found_on_the_pages() -> None:
    """The test above looks at something, and would see a mistake."""
    assert sum(len(lines(page)) for page in EVERY) > 150
    assert unknown("visit lgo 云帆") == "lgo"
    assert unknown("visit log 云帆 --laeve 9:45") == "--laeve"


@pytest.mark.parametrize("name", [name for name in PAGES if name != SCRIPT])
def test_a_page_says_the_same_in_both_languages(name: str) -> None:
    english, chinese = FOLDER / f"{name}.md", FOLDER / "zh_CN" / f"{name}.md"
    said = [re.findall(r"^(?:#+ )", page.read_text("utf-8"), re.M) for page in (english, chinese)]
    assert said[0] == said[1], "the headings differ"
    verbs = [[" ".join(line.split()[:2]) for line in lines(page)] for page in (english, chinese)]
    assert verbs[0] == verbs[1]


def test_the_pages_are_those_of_the_folder() -> None:
    for folder in (FOLDER, FOLDER / "zh_CN"):
        assert {page.stem for page in folder.glob("*.md")} == set(PAGES) - {SCRIPT}


@pytest.mark.file
class TestManual:
    """`salesctl manual` reads no ledger."""

    def test_it_lists_its_pages(self, office: Office) -> None:
        assert [row["page"] for row in office.ask("manual")] == list(PAGES)
        assert "账龄" in office.do("manual", lang="zh_CN").out

    def test_it_prints_a_page_in_the_language_of_the_run(self, office: Office) -> None:
        assert office.do("manual money").out == (FOLDER / "money.md").read_text("utf-8")
        assert office.do("manual money", lang="zh_CN").out == (FOLDER / "zh_CN/money.md").read_text("utf-8")

    def test_it_needs_no_ledger(self, office: Office) -> None:
        office.ledger.unlink()
        assert office.do("manual start").out.startswith("# First steps")

    def test_a_code_alone_shows_what_it_means(self, office: Office) -> None:
        code = office.run("visit log 云帆 --leave 25:00 --as lin").code
        told = office.do(f"manual {code}").out
        assert told.startswith(f"### {code}\n")
        assert told.count("##") == told.count("###") == 1

    def test_what_is_not_there_is_said(self, office: Office) -> None:
        answer = office.run("manual mony")
        assert (answer.status, answer.code) == (2, "manual.unknown")
        assert "money" in answer.err

    def test_the_script_can_be_taken_along(self, office: Office) -> None:
        office.do("manual verify_ledger.py -o proof.py")
        assert (office.folder / "proof.py").read_bytes() == (FOLDER / SCRIPT).read_bytes()

    def test_a_page_goes_into_a_file(self, office: Office) -> None:
        office.do("manual keeping -o keeping.txt")
        assert (office.folder / "keeping.txt").read_text("utf-8").startswith("# Keeping the ledger")
