"""The worked examples: each case is a sentence of the regulation, asked of the rule that keeps it."""

from __future__ import annotations

import pytest

from salesctl.errors import SalesctlError
from salesctl.policy.calendar import Calendar
from salesctl.policy.policy import shipped
from salesctl.rulebook.cases import Case, answer, cases, said, told

CALENDAR = Calendar()
CASES = list(cases())
EXPECTED = {"answer", "clause", "reading", "steps", "notes", "error"}


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_the_rule_answers_as_the_example_says(case: Case) -> None:
    expect = case.expect
    assert set(expect) <= EXPECTED, f"unread: {set(expect) - EXPECTED}"
    answered = answer(case, shipped(), CALENDAR)
    if isinstance(answered, SalesctlError):
        assert answered.code == expect.get("error"), str(answered)
        return
    assert "error" not in expect, f"expected {expect}, got {answered.value!r}"
    assert told(answered) == said(expect["answer"])
    if "clause" in expect:
        assert expect["clause"] in answered.clauses
    if "reading" in expect:
        assert expect["reading"] in {basis.reading for basis in answered.bases()}
    steps = {step.name: said(step.value, step.unit) for step in answered.steps}
    wanted = {name: said(value) for name, value in expect.get("steps", {}).items()}
    assert {name: steps.get(name) for name in wanted} == wanted
    notes = {step.name: step.note for step in answered.steps}
    assert {name: notes.get(name) for name in expect.get("notes", {})} == expect.get("notes", {})


def test_there_are_cases() -> None:
    assert CASES


def test_no_two_cases_say_the_same() -> None:
    says = [case.says for case in CASES]
    assert sorted(set(says)) == sorted(says)
