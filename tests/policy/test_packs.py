"""Packs: those shipped have no fault, and a company's own inherits from them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from salesctl.policy.pack import read
from salesctl.policy.policy import PACKS, SHIPPED, Policy, regulations, shipped
from salesctl.policy.stated import cited
from tests.derive import packs
from tests.policy.folders import BOTH, COMPANY, REGULATION, found, lines

CITED = r"(?<![\w-])(?:A-\d+\.\d+[a-z]?|[B-E]-\d+(?:\.\d+)?[a-z]?|[KLX]-\d+|AMB-[A-E]\d+(?:-[a-z])?|AMB-[B-E]-[a-z])\b"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_packs_have_no_fault(name: str) -> None:
    others = [pack for pack in regulations() if pack["folder"] != name]
    assert lines(read(PACKS / name, others)[1]) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_what_commands_read_is_what_the_toml_says(name: str) -> None:
    for file, text in packs.derived(name).items():
        assert (PACKS / name / file).read_text("utf-8") == text


def test_every_clause_and_reading_cited_in_the_program_exists() -> None:
    """In figures, in rules, in messages and in help."""
    policy = Policy(regulations())
    house = PACKS.parents[1]
    texts = [file.read_text("utf-8") for file in (*house.rglob("*.py"), *house.rglob("*.toml"))]
    for key in policy.keys:
        for version in policy.entry(key)["version"]:
            texts += cited(version, "source")
    named = {name for text in texts for name in re.findall(CITED, text)}
    whole = {name for name in named if any(re.match(rf"{name}([a-z]|\.)", clause) for clause in policy.clauses)}
    assert sorted(named - policy.clauses.keys() - policy.readings.keys() - whole) == []


def test_every_text_is_written_in_its_own_language() -> None:
    """Both languages are there (the reader sees to that), and neither stands in the other's place."""
    policy = Policy(regulations())
    texts = [*policy.clauses.values(), *(record["honoured"] for record in policy.clauses.values())]
    for record in policy.readings.values():
        texts += [record["chosen"], record["why"], *record["alternatives"]]
    texts += [policy.entry(key)["label"] for key in policy.keys]
    for text in texts:
        assert re.search(r"[\u4e00-\u9fff]", text["zh_CN"]), text
        assert not re.search(r"[\u4e00-\u9fff]", re.sub("《.*?》", "", text["en"])), text


def test_figures_are_read_without_the_texts() -> None:
    """Most commands ask for the figures of one regulation alone, and start the faster."""
    policy = Policy(shipped())
    assert policy.on(date(2012, 5, 8), "A.receivables").figure("watch")[0] == 2
    assert policy.digest == "+".join(sorted(pack["digest"][:12] for pack in shipped() if pack["code"] in ("A", "A2")))
    assert all("clauses" not in pack and "readings" not in pack for pack in policy.stating("A.receivables.watch"))


@pytest.mark.parametrize("files", [REGULATION, COMPANY], ids=["regulation", "company"])
def test_a_sound_pack_has_no_fault(files: dict[str, str], tmp_path: Path) -> None:
    assert lines(found(tmp_path, files)[1]) == []


def test_a_companys_figure_inherits_what_it_does_not_repeat(tmp_path: Path) -> None:
    """Kind and clause come from the regulation's figure; the origin is the company."""
    entries = found(tmp_path, COMPANY)[0]["entries"]
    closing = {"origin": "company", "source": "A-1.4", "reading": "AMB-A1-e", "value": "18:00"}
    assert entries["A.visits.close_of_business"]["version"] == [closing]
    fine = entries["A.commission.shortfall_fine"]
    assert (fine["kind"], fine["version"][0]["source"]) == ("count", "A-6.5b")


def test_a_version_ends_where_the_next_begins(tmp_path: Path) -> None:
    more = (
        REGULATION["money.toml"] + '\n[[fine.version]]\nfrom = 2013-01-01\norigin = "seed"\nsource = "X-1"\nvalue = 6'
    )
    pack, faults = found(tmp_path, {**REGULATION, "money.toml": more})
    assert not faults
    assert [version.get("until") for version in pack["entries"]["X.money.fine"]["version"]] == ["2013-01-01", None]


def test_the_digest_changes_with_every_word(tmp_path: Path) -> None:
    digests = set()
    for changes in (
        {},
        {"money.toml": REGULATION["money.toml"].replace("= 5", "= 6")},
        {"pack.toml": f'code = "Y"\nname = {BOTH}'},
    ):
        digests.add(found(tmp_path, {**REGULATION, **changes})[0]["digest"])
    assert len(digests) == 3
