"""`policy show · check · explain`: what the regulations say, and why a rule answers as it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesctl.policy.policy import SHIPPED
from tests.conftest import Office
from tests.policy.folders import COMPANY, REGULATION


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_clause_is_shown_with_the_figures_and_readings_that_rest_on_it(office: Office) -> None:
    clause = office.ask("policy show A-6.2")
    assert (clause["clause"], clause["kind"], clause["first_day"]) == ("A-6.2", "parameter", "2012-04-13")
    assert clause["figures"] == [
        "A.commission.authority = account manager <= 0.05; account director < 0.10; general manager"
    ]
    assert [line.split(":")[0] for line in clause["readings"]] == ["AMB-A6-b"]


def test_a_figure_before_its_first_day_says_so(office: Office) -> None:
    """K-9: never a zero."""
    clause = office.ask("policy show A-8.1 --on 2012-04-12")
    assert "A.receivables.watch = not in force on 2012-04-12" in clause["figures"]
    assert "A.receivables.watch = 2" in office.ask("policy show A-8.1 --on 2012-04-13")["figures"]


def test_a_figure_is_shown_with_its_versions(office: Office) -> None:
    (version,) = office.ask("policy show A.receivables.watch")
    assert version == {
        "from": "2012-04-13",
        "until": None,
        "is_in_force": True,
        "value": "2",
        "clause": "A-8.1",
        "reading": "AMB-A8-a",
        "origin": "seed",
    }


def test_a_ladder_is_shown_rung_by_rung(office: Office) -> None:
    """Each rung cites its own clause; so does each channel of E-10."""
    rungs = [
        (rung["value"], rung["clause"], rung["reading"]) for rung in office.ask("policy show A.commission.authority")
    ]
    assert rungs[0] == ("account manager <= 0.05", "A-6.1", "AMB-A6-a")
    assert [clause for _value, clause, _reading in rungs] == ["A-6.1", "A-6.2", "A-6.3"]
    assert [row["clause"] for row in office.ask("policy show E.handover.roles")] == [
        "E-10.1",
        "E-10.2",
        "E-10.3",
        "E-10.4",
    ]


def test_a_reading_is_shown_with_what_else_could_be_meant(office: Office) -> None:
    reading = office.ask("policy show AMB-A6-a")
    assert (reading["clause"], len(reading["alternatives"])) == ("A-6.1", 1)
    assert reading["figures"] == ["A.commission.authority"]


def test_an_article_and_a_chapter_are_lists(office: Office) -> None:
    assert [clause["clause"] for clause in office.ask("policy show A-1")] == [
        "A-1.1",
        "A-1.2",
        "A-1.3",
        "A-1.4",
        "A-1.5",
    ]
    assert [one["figure"] for one in office.ask("policy show a.commission")] == [
        "A.commission.authority",
        "A.commission.payees",
        "A.commission.shortfall_fine",
    ]
    assert {reading["reading"] for reading in office.ask("policy show AMB-E")} >= {"AMB-E-d", "AMB-E-j"}


def test_clauses_stand_in_the_order_of_the_regulation(office: Office) -> None:
    clauses = [clause["clause"] for clause in office.ask("policy show")]
    assert clauses.index("A-6.6") < clauses.index("A-7.3") < clauses.index("E-2") < clauses.index("E-10.1")


def test_everything_listed_can_be_shown(office: Office) -> None:
    """In both languages, nothing is left without a text."""
    named = [row["clause"] for row in office.ask("policy show")]
    named += [row["figure"] for row in office.ask("policy show --figures")]
    named += [row["reading"] for row in office.ask("policy show --readings")]
    for name in named[::7]:
        for lang in ("en", "zh_CN"):
            assert office.do(f"policy show {name}", lang=lang).out.strip(), name


@pytest.mark.parametrize("name", ["A-66", "A.commission.authorty", "AMB-A6-z", "", "*", "A-6.2'; --"])
def test_a_name_that_leads_nowhere_is_exit_2(name: str, office: Office) -> None:
    answer = office.run(["policy", "show", name or " "])
    assert (answer.status, answer.code, answer.out) == (2, "input.unknown", "")


def test_a_misspelt_figure_is_told_its_neighbours(office: Office) -> None:
    assert "A.commission.authority" in office.run("policy show A.commision.authority").err


def test_the_regulation_can_be_read_without_a_ledger(office: Office) -> None:
    office.ledger.unlink()
    assert office.ask("policy show A-6.2")["clause"] == "A-6.2"
    assert office.do("policy check").err == f"Packs checked: {len(SHIPPED)}; faults: 0.\n"


def test_the_text_comes_in_the_language_of_the_run(office: Office) -> None:
    """One record, the same keys, other words."""
    assert "在5%至10%之间的，由客户总监决定。" in office.do("policy show A-6.2", lang="zh_CN").out
    assert "the account director decides" in office.do("policy show A-6.2").out


def test_the_packs_that_hold_are_checked(office: Office) -> None:
    answer = office.do("policy check")
    assert (answer.out, answer.err) == ("", f"Packs checked: {len(SHIPPED)}; faults: 0.\n")
    assert office.ask("policy check") == []


def test_every_fault_of_every_folder_is_listed_and_exit_5_says_so(office: Office) -> None:
    sound = write(office.folder / "sound", COMPANY)
    broken = write(office.folder / "broken", {**REGULATION, "money.toml": "fine = 5", "other.toml": "]"})
    answer = office.run(f"policy check {sound} {broken} --format json")
    assert answer.status == 5
    assert [(Path(row["pack"]).name, row["file"], row["entry"]) for row in answer.json] == [
        ("broken", "other.toml", ""),
        ("broken", "money.toml", "fine"),
    ]
    assert office.run("policy check nowhere").code == "policy.no-folder"


def test_a_rule_is_asked_with_its_working(office: Office) -> None:
    """EX-A6-1, from the command line."""
    answer = office.ask("policy explain approvals.approver --given commission=9,300.01 --given received=186000")
    assert (answer["answer"], answer["on"]) == ("account_director", "2012-05-08")
    assert "A-6.2" in answer["clauses"]
    assert answer["working"]["steps"]


def test_a_rule_is_asked_about_another_day(office: Office) -> None:
    """A-6.6: the day before article 6, the question has no answer."""
    answer = office.run("policy explain approvals.approver --given commission=1 --given received=1 --on 2012-04-12")
    assert (answer.status, answer.code) == (2, "policy.not-in-force")
    assert "2012-04-13" in answer.err


def test_all_rules_are_listed_with_what_they_take(office: Office) -> None:
    takes = {row["rule"]: row["takes"] for row in office.ask("policy explain")}
    assert takes["approvals.approver"] == "commission, received"


@pytest.mark.parametrize("given", ["commission", "=1", "commission=1e5"])
def test_a_fact_that_cannot_be_read_is_exit_2(given: str, office: Office) -> None:
    answer = office.run(["policy", "explain", "approvals.approver", "--given", given, "--given", "received=1"])
    assert (answer.status, answer.out) == (2, "")
