"""How each clause is kept, shown: figures, rules, worked examples, commands, and what is open."""

from __future__ import annotations

import pytest

from salesctl.policy.policy import Policy, regulations
from salesctl.rulebook.coverage import lines, meant
from tests.conftest import Office

ORDER = ["A-6.4", "A-6.5a", "A-6.5b", "A-6.6", "E-6a", "E-10.1", "E-10.2", "E-11"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("keeps A-6.5b alone", ["A-6.5b"]),
        ("A-6.5 with all its parts", ["A-6.5a", "A-6.5b"]),
        ("A-6.4 to A-6.5b", ["A-6.4", "A-6.5a", "A-6.5b"]),
        ("from A-6.5b to A-6.6, E-11", ["A-6.5b", "A-6.6", "E-11"]),
        ("the whole of E-10", ["E-10.1", "E-10.2"]),
        ("E-1 alone", []),
        ("EX-E-6 and AMB-A6-a are no clauses", []),
    ],
)
def test_a_text_names_clauses_one_by_one_as_a_range_or_as_an_article(text: str, found: list[str]) -> None:
    assert list(meant(text, ORDER)) == found


def test_a_clause_is_shown_with_what_keeps_it(office: Office) -> None:
    (line,) = office.ask("policy coverage A-6.1")
    assert (line["clause"], line["state"]) == ("A-6.1", "covered")
    assert line["figures"] == ["A.approvals.together", "A.commission.authority"]
    assert "approvals.approver" in line["rules"]
    assert line["cases"] >= 2


def test_an_article_and_a_regulation_are_named_by_their_beginning(office: Office) -> None:
    article = [line["clause"] for line in office.ask("policy coverage A-6")]
    assert article[0] == "A-6.1"
    assert all(clause.startswith("A-6.") for clause in article)
    whole = [line["clause"] for line in office.ask("policy coverage e")]
    assert set(whole) == {clause for clause in Policy(regulations()).clauses if clause.startswith("E-")}


def test_a_name_without_clauses_is_exit_2(office: Office) -> None:
    answer = office.run("policy coverage A-99")
    assert (answer.status, answer.code) == (2, "input.unknown")


def test_what_nothing_keeps_is_listed_alone(office: Office) -> None:
    policy = Policy(regulations())
    assert [line["clause"] for line in office.ask("policy coverage --open")] == [
        line.clause for line in lines(policy) if line.state == "open"
    ]


@pytest.mark.parametrize("regulation", ["A", "B", "C", "D", "E"])
def test_every_clause_is_kept_or_says_why_it_asks_nothing(regulation: str) -> None:
    """A figure, a rule or a checklist, and at least one worked example; or an honest "no behaviour"."""
    found = [line for line in lines(Policy(regulations())) if line.is_of(regulation)]
    assert found
    assert [line.clause for line in found if line.state == "open"] == []


def test_every_command_named_by_a_clause_exists(office: Office) -> None:
    """`honoured` tells how a clause is kept today, never how it will be."""
    named = {command.split(" --")[0] for line in lines(Policy(regulations())) for command in line.commands}
    for command in sorted(named):
        words = command.split()
        line = " ".join(words[:2]) if words[0] not in ("check",) else words[0]
        assert office.run(f"{line} --help").status == 0, command
        if words[:2] == ["policy", "explain"] and len(words) > 2:
            assert office.run(f"policy explain {words[2]}").code != "input.unknown", command
