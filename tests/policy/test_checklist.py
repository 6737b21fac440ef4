"""What is missing before the next step: hard items close it, soft ones stay open questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import lists, permutations, sampled_from, sets

from salesctl.errors import Unknown
from salesctl.policy.checklist import OPEN, OUT_OF_ORDER, WANTING, Checklist, checklist_of
from salesctl.policy.outcome import Basis
from tests.policy.folders import BOTH, REGULATION, found, lines

NAMES = ("goal", "cost", "draft", "sign_off")


def checklist(*, soft: tuple[str, ...] = (), ordered: bool | None = None) -> Checklist:
    items: list[Any] = [{"name": name, "need": "soft"} if name in soft else {"name": name} for name in NAMES]
    version: dict[str, Any] = {"items": items, "source": "X-1", "reading": "AMB-X-a"}
    return checklist_of("X.steps.ready", version if ordered is None else {**version, "ordered": ordered})


def notes(rule: Checklist, done: list[str]) -> list[str]:
    return [step.note for step in rule.missing(done).steps]


@given(done=sets(sampled_from(NAMES)), soft=sets(sampled_from(NAMES)))
def test_missing_are_the_hard_items_that_are_not_done_in_the_order_of_the_list(done: set[str], soft: set[str]) -> None:
    answer = checklist(soft=tuple(soft)).missing(done)
    assert answer.value == [name for name in NAMES if name not in done | soft]
    assert answer.unit == "word"
    assert [step.value for step in answer.steps] == [name in done for name in NAMES]
    assert [step.note for step in answer.steps] == [
        "" if name in done else OPEN if name in soft else WANTING for name in NAMES
    ]


@given(order=permutations(NAMES))
def test_without_an_order_what_is_done_counts_whenever_it_was_done(order: list[str]) -> None:
    for rule in (checklist(), checklist(ordered=False)):
        assert rule.missing(order).value == []
        assert notes(rule, order) == ["", "", "", ""]


@given(done=lists(sampled_from(NAMES), max_size=7))
def test_in_an_order_each_item_counts_once_everything_before_it_is_done(done: list[str]) -> None:
    """An item done too early counts when it is done again in its turn."""
    place = 0
    for name in done:
        place += place < len(NAMES) and name == NAMES[place]
    answer = checklist(ordered=True).missing(done)
    assert answer.value == list(NAMES[place:])
    assert [step.note for step in answer.steps] == [
        *["" for _name in NAMES[:place]],
        *(OUT_OF_ORDER if name in done else WANTING for name in NAMES[place:]),
    ]


def test_a_soft_item_that_is_missing_keeps_its_place_in_the_order() -> None:
    """Nothing after it counts; it itself closes nothing."""
    rule = checklist(soft=("cost",), ordered=True)
    assert rule.missing(["goal", "draft", "sign_off"]).value == ["draft", "sign_off"]
    assert notes(rule, ["goal", "draft"]) == ["", OPEN, OUT_OF_ORDER, WANTING]
    assert notes(rule, ["cost", "goal"]) == ["", OPEN, WANTING, WANTING]  # too early, and still an open question


def test_an_item_rests_on_its_own_clause_else_on_the_versions() -> None:
    """As the pack gives it: a bare name, or a table with its text and its clause."""
    own = {"name": "sign_off", "en": "signed by both", "zh_CN": "双方签字", "source": "X-2", "reading": "AMB-X-b"}
    version = {"items": [{"name": "cost_estimate"}, own], "source": "X-1", "origin": "company"}
    first, second = checklist_of("X.steps.ready", version).missing([]).steps
    assert (first.name, first.rests_on) == ("cost estimate", (Basis("X.steps.ready", "X-1", "", "company"),))
    assert (second.name, second.rests_on) == (
        "signed by both",
        (Basis("X.steps.ready", "X-2", "AMB-X-b", "company"),),
    )
    bare = checklist_of("X.steps.ready", {"items": ["cost_estimate"], "source": "X-1", "origin": "company"})
    assert bare.missing([]).steps == (first,)
    assert bare.missing([]).value == ["cost_estimate"]


def test_what_is_not_on_the_list_is_an_error_that_names_the_list() -> None:
    with pytest.raises(Unknown) as error:
        checklist().missing(["goal", "sign off\n"])
    assert error.value.facts == {
        "what": "item",
        "value": "sign off\\u000a",
        "candidates": "goal, cost, draft, sign_off",
        "listing": "salesctl policy show X.steps.ready",
    }


def items(*changes: tuple[str, str]) -> str:
    """A list of one item for each change made to a sound one."""
    sound = "{ name = 'a', en = 'one', zh_CN = '一' }"
    return f"items = [{', '.join(sound.replace(before, after) for before, after in changes)}]"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (items(("one", "one")), ""),
        (items(("name", "need = 'soft', name")) + "\nordered = true", ""),
        (items(("name", "need = 'maybe', name")), "item a is needed maybe; say hard or soft"),
        (items(("name = 'a'", "need = 1")), "an item has no name"),
        (items(("zh_CN", "note")), "has a field nobody reads: note; the fields are en, name, need"),
        (items(("'一'", "''")), "item a must say itself in en and zh_CN"),
        ("items = ['a', '']", "an item has no name"),
        (items(("one", "one"), ("one", "two")), "items are listed twice: a"),
        (
            "items = [{ name = 'a' }, 'b']",
            "items must be a list of texts, or of tables with name, en, zh_CN and source",
        ),
        ("items = 'a'", "items must be a list of texts, or of tables with name, en, zh_CN and source"),
        (items(("name", "source = 'X-9', name")), "cites the clause X-9, which is not in clauses"),
        ("items = ['a']\nordered = 'yes'", "ordered must be true or false"),
    ],
)
def test_a_checklist_that_cannot_be_asked_is_a_fault(text: str, line: str, tmp_path: Path) -> None:
    entry = f'[ready]\nkind = "checklist"\nlabel = {BOTH}\n[[ready.version]]\norigin = "seed"\nsource = "X-1"\n{text}'
    said = lines(found(tmp_path, {**REGULATION, "steps.toml": entry})[1])
    assert said[0].startswith(f"steps.toml [ready] {line}") if line else not said
