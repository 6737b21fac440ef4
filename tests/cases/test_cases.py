"""The worked examples: each case is a sentence of the regulation, asked of the rule that keeps it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from salesctl.errors import SalesctlError
from salesctl.policy.calendar import Calendar
from salesctl.policy.pack import read
from salesctl.policy.policy import Policy, regulations
from salesctl.policy.units import plain_yuan
from salesctl.rulebook.asking import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
CALENDAR = Calendar()


class Case(NamedTuple):
    """One example: what it says, which rule is asked, with which facts, on which day, and what must come out."""

    says: str
    rule: str
    given: dict[str, Any]
    on: date
    sets: dict[str, Any]  # figures the company set, by key
    expect: dict[str, Any]


def cases() -> Iterator[Case]:
    """Every case of every file: those of the file itself, and those of its groups."""
    for file in sorted(FOLDER.glob("*.toml")):
        text = tomllib.loads(file.read_text("utf-8"))
        for group in (text, *text.get("group", ())):
            for case in group.get("case", ()):
                where = {**text, **group, **case}
                sets = {**text.get("set", {}), **group.get("set", {}), **case.get("set", {})}
                yield Case(case["says"], where["rule"], case.get("given", {}), where["on"], sets, case["expect"])


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_the_rule_answers_as_the_example_says(case: Case, tmp_path: Path) -> None:
    policy = Policy([*regulations(), *company_packs(case.sets, tmp_path)])
    try:
        outcome = ask(case.rule, dict(flat(case.given)), on=case.on, policy=policy, calendar=CALENDAR)
    except SalesctlError as error:
        assert error.code == case.expect.get("error"), str(error)
        return
    assert set(case.expect) <= {"answer", "clause", "reading", "steps"}, (
        f"expected {case.expect}, got {outcome.value!r}"
    )
    assert said(outcome.value, outcome.unit) == said(case.expect["answer"])
    if "clause" in case.expect:
        assert case.expect["clause"] in outcome.clauses
    if "reading" in case.expect:
        assert case.expect["reading"] in {basis.reading for basis in outcome.bases()}
    steps = {step.name: said(step.value, step.unit) for step in outcome.steps}
    wanted = {name: said(value) for name, value in case.expect.get("steps", {}).items()}
    assert {name: steps.get(name) for name in wanted} == wanted


def test_there_are_cases() -> None:
    assert CASES


def test_no_two_cases_say_the_same() -> None:
    says = [case.says for case in CASES]
    assert sorted(set(says)) == sorted(says)


def flat(given: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Facts as texts; a table is a compound parameter, whose fields are named `who.grade`."""
    for name, value in given.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", said(value)


def said(value: Any, unit: str = "") -> str:
    """A value as the cases write it: money in yuan, days in ISO form, yes and no as TOML does."""
    if unit == "fen" and isinstance(value, int):
        return plain_yuan(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ",".join(said(part) for part in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def company_packs(sets: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """The packs of a company that set these figures: written, read and checked as a company's own would be."""
    chapters: dict[tuple[str, str], list[str]] = {}
    for key, value in sets.items():
        code, chapter, name = key.split(".")
        items = "items" if isinstance(value, list) else "value"
        chapters.setdefault((code, chapter), []).append(f"[[{name}.version]]\n{items} = {toml(value)}\n")
    packs = []
    for code in sorted({code for code, _chapter in chapters}):
        own = folder / code
        own.mkdir()
        (own / "pack.toml").write_text(
            f'code = "case-{code}"\nextends = "{code}"\nname = {{ en = "A case", zh_CN = "示例" }}\n', "utf-8"
        )
        for (extends, chapter), entries in chapters.items():
            if extends == code:
                (own / f"{chapter}.toml").write_text("\n".join(entries), "utf-8")
        pack, faults = read(own, regulations())
        assert not faults, faults
        packs.append(pack)
    return packs


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, list):
        return f"[{', '.join(toml(item) for item in value)}]"
    return f'"{value}"' if isinstance(value, str) else said(value)
