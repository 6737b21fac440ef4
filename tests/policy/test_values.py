"""The one value of a version: what may be said, up to its last edge, and what is a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.folders import BOTH, REGULATION, found, lines

YUAN = "value must be yuan with two decimals at most, such as 500.00"
SHARE = "value must be a share of one, such as 0.05 for five per cent"
COUNT = "value must be a whole number that is not negative"
SPAN = "value must be a whole number from 0 to 1200"
CLOCK = 'value must be a time of day such as "18:00"'
OPTIONS = "options must be a list of texts, of which value is one"


def said(folder: Path, kind: str, text: str) -> list[str]:
    entry = f'[it]\nkind = "{kind}"\nlabel = {BOTH}\n[[it.version]]\norigin = "seed"\nsource = "X-1"\n{text}'
    return lines(found(folder, {**REGULATION, "figure.toml": entry})[1])


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("amount", ["0", "500", "500.5", '"500.00"', "999999999999.99"]),
        ("rate", ["0", "0.0", "0.000001", "1", "1.0", '"0.05"']),
        ("count", ["0", "1", "1000000000000"]),
        ("months", ["0", "1200"]),
        ("days", ["0", "1200"]),
        ("workdays", ["0", "1200"]),
        ("clock", ["00:00:00", '"00:00"', '"23:59"']),
    ],
)
def test_what_may_be_said(kind: str, values: list[str], tmp_path: Path) -> None:
    assert [said(tmp_path, kind, f"value = {value}") for value in values] == [[] for _value in values]


@pytest.mark.parametrize(
    ("kind", "values", "line"),
    [
        ("amount", ["-1", "1.005", "1000000000000", "true", '"1,000.00"', '"500 yuan"', '"５00"', "[500]", '""'], YUAN),
        ("rate", ["-0.05", "1.000001", "5", '"5 %"', '".05"', '"0,05"', "0.0000001", "true", '"０.05"'], SHARE),
        ("count", ["-1", "2.0", "true", '"2"', "1000000000001"], COUNT),
        ("months", ["-1", "2.0", "true", '"2"', "1201"], SPAN),
        ("days", ["-1", "2.0", "true", '"2"', "1201"], SPAN),
        ("workdays", ["-1", "2.0", "true", '"2"', "1201"], SPAN),
        ("clock", ['"24:00"', "08:00:30", "08:00:00.5", '"8:00"', '"08:60"', '"08:00:30"', '"０８:00"', "8"], CLOCK),
    ],
)
def test_what_is_a_fault(kind: str, values: list[str], line: str, tmp_path: Path) -> None:
    """Digits are those of ASCII: whatever else is read as a digit somewhere would not be read when it is asked."""
    assert [said(tmp_path, kind, f"value = {value}") for value in values] == [
        [f"figure.toml [it] {line}"] for _value in values
    ]


def test_a_value_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    for kind, line in (("amount", YUAN), ("rate", SHARE), ("count", COUNT), ("days", SPAN), ("clock", CLOCK)):
        assert said(tmp_path, kind, "") == [f"figure.toml [it] {line}"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('value = "a"\noptions = ["a", "b"]', ""),
        ('value = "c"\noptions = ["a", "b"]', "'c' is not one of the options: a, b"),
        ('options = ["a"]', "None is not one of the options: a"),
        ('value = "a"', OPTIONS),
        ('value = "a"\noptions = []', OPTIONS),
        ('value = "a"\noptions = "abc"', OPTIONS),
        ('value = "a"\noptions = ["a", 1]', OPTIONS),
        ("value = 1\noptions = 1", OPTIONS),
    ],
)
def test_a_choice_is_one_of_its_options(text: str, line: str, tmp_path: Path) -> None:
    assert said(tmp_path, "choice", text) == ([f"figure.toml [it] {line}"] if line else [])
