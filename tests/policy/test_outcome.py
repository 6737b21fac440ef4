"""What an answer keeps of its working: plain, exact, each thing it rests on once."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from salesctl.policy.outcome import Basis, Outcome, Step, plain
from salesctl.policy.schedule import ZONE
from salesctl.policy.units import Rate

ONE, TWO = Basis("X.money.fine", "X-1"), Basis("X.money.fine", "X-2", "AMB-X-a", "company")


def test_the_working_names_each_clause_once_in_its_order() -> None:
    outcome = Outcome(5, unit="fen").step("a", 1, "count", TWO).step("b", 2, "count", ONE, TWO).step("c", 3)
    assert list(outcome.bases()) == [TWO, ONE]
    assert outcome.clauses == ("X-2", "X-1")


def test_a_step_more_leaves_the_answer_as_it_was() -> None:
    before = Outcome(5, unit="fen")
    after = before.step("a", 1, "count", ONE, note="why")
    assert (before.steps, after.value, after.unit) == ((), 5, "fen")
    assert after.steps == (Step("a", 1, "count", (ONE,), "why"),)


def test_what_the_journal_keeps_leaves_out_what_is_empty() -> None:
    outcome = Outcome([date(2012, 5, 8)], unit="day").step("a", 1, "count", TWO, note="why").step("b", None)
    assert outcome.facts() == {
        "answer": ["2012-05-08"],
        "unit": "day",
        "steps": [
            {
                "name": "a",
                "value": 1,
                "unit": "count",
                "rests_on": [["X.money.fine", "X-2", "AMB-X-a", "company"]],
                "note": "why",
            },
            {"name": "b", "value": None, "unit": "text"},
        ],
    }


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (12, 12),
        ("云帆", "云帆"),
        (date(2012, 5, 8), "2012-05-08"),
        (time(9, 30), "09:30:00"),
        (datetime(2012, 5, 8, 9, 30, tzinfo=ZONE), "2012-05-08T09:30:00+08:00"),
        ((1, [date(2012, 5, 8)]), [1, ["2012-05-08"]]),
        ({1: (2, 3)}, {"1": [2, 3]}),
    ],
)
def test_a_value_is_kept_as_plain_json(value: object, kept: object) -> None:
    assert plain(value) == kept
    assert type(plain(value)) is type(kept)


@pytest.mark.parametrize("value", [0.05, [1, 0.5], {"a": (0.5,)}])
def test_a_float_is_never_evidence(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)


def test_anything_else_is_kept_as_its_parts_or_its_text() -> None:
    assert plain(Rate.of("0.05")) == [5, 100, "0.05"]
    assert plain(Path("a")) == "a"
