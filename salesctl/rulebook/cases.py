"""The worked examples: each is a sentence of a regulation, asked of the rule that keeps it.

They stand in `tests/cases/<noun>.toml` and come with the program, so that anybody can see what other figures would
change.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from salesctl.errors import SalesctlError
from salesctl.policy.pack import read
from salesctl.policy.policy import Policy, regulations
from salesctl.policy.units import plain_price, plain_yuan
from salesctl.record import Record
from salesctl.rulebook.asking import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.pack import Pack

HOUSE = Path(__file__).parents[1]
NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d+)?")


class Case(Record):
    """One example: what it says, which rule is asked, with which facts, on which day, and what must come out."""

    says: str
    rule: str
    given: dict[str, Any]
    on: date
    sets: dict[str, Any]  # figures the company set, by key
    expect: dict[str, Any]


def folder() -> Path:
    """Where the cases are: beside the installed program, or in the checkout."""
    shipped = HOUSE / "cases"
    return shipped if shipped.is_dir() else HOUSE.parent / "tests" / "cases"


def cases() -> Iterator[Case]:
    """Every case of every file: those of the file itself, and those of its groups."""
    for file in sorted(folder().glob("*.toml")):
        text = tomllib.loads(file.read_text("utf-8"))
        for group in (text, *text.get("group", ())):
            for case in group.get("case", ()):
                where = {**text, **group, **case}
                sets = {**text.get("set", {}), **group.get("set", {}), **case.get("set", {})}
                yield Case(case["says"], where["rule"], case.get("given", {}), where["on"], sets, case["expect"])


def answer(case: Case, packs: Iterable[Pack], calendar: Calendar) -> Outcome | SalesctlError:
    """What the rule answers under these packs: an outcome, or the error it raises."""
    policy = Policy([*packs, *_company(tuple(sorted((key, toml(value)) for key, value in case.sets.items())))])
    try:
        return ask(case.rule, dict(flat(case.given)), on=case.on, policy=policy, calendar=calendar)
    except SalesctlError as error:
        return error


def told(answered: Outcome | SalesctlError) -> str:
    """An answer as the cases write it; an error by its code."""
    return answered.code if isinstance(answered, SalesctlError) else said(answered.value, answered.unit)


def flat(given: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Facts as texts; a table is a compound parameter (`who.grade`), a list of tables many of them (`visits.1.day`)."""
    for name, value in given.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, part in enumerate(value, 1):
                yield from flat(part, f"{prefix}{name}.{number}.")
        else:
            yield f"{prefix}{name}", said(value)


def said(value: Any, unit: str = "") -> str:
    """A value as the cases write it: money in yuan, days in ISO form, yes and no as TOML does."""
    if isinstance(value, (list, tuple)):
        return ",".join(said(part, unit) for part in value)
    if isinstance(value, bool):
        return str(value).lower()
    if unit == "fen" and isinstance(value, int):
        return plain_yuan(value)
    if unit == "price" and isinstance(value, int):
        return plain_price(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, list):
        return f"[{', '.join(toml(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {toml(item)}' for name, item in value.items())} }}"
    is_text = isinstance(value, str) and not NUMBER.fullmatch(value)
    return f'"{value}"' if is_text else said(value)


@cache
def _company(sets: tuple[tuple[str, str], ...]) -> tuple[Pack, ...]:
    """The packs of a company that set these figures: written, read and checked as a company's own would be."""
    chapters: dict[tuple[str, str], list[str]] = {}
    for key, value in sets:
        code, chapter, name = key.split(".")
        chapters.setdefault((code, chapter), []).append(f"[[{name}.version]]\n{_field(value)} = {value}\n")
    whole = regulations()
    return tuple(_written(code, chapters, whole) for code in sorted({code for code, _chapter in chapters}))


def _field(value: str) -> str:
    """The field a value of this form belongs to: rungs, parties and items tell themselves apart."""
    if not value.startswith("["):
        return "value"
    return "shares" if "share =" in value else "bands" if "{" in value and "en =" not in value else "items"


def _written(code: str, chapters: dict[tuple[str, str], list[str]], whole: list[Pack]) -> Pack:
    with TemporaryDirectory() as name:
        own = Path(name)
        about = f'code = "case-{code}"\nextends = "{code}"\nname = {{ en = "A case", zh_CN = "示例" }}\n'
        (own / "pack.toml").write_text(about, "utf-8")
        for (extends, chapter), entries in chapters.items():
            if extends == code:
                (own / f"{chapter}.toml").write_text("\n".join(entries), "utf-8")
        pack, faults = read(own, whole)
    if faults:
        raise ValueError([f"{fault.file} {fault.entry} {fault.says.format(**fault.facts)}" for fault in faults])
    return pack
