"""A company starts its own pack: every figure it may set, as a comment to be uncommented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import words
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, Invalid, SalesctlError, Unknown
from salesctl.policy.faults import CODE
from salesctl.policy.units import shown
from salesctl.rulebook.cases import toml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.policy.kinds import Version
    from salesctl.policy.policy import Policy

FIELDS = ("value", "bands", "shares", "items", "rows", "ordered", "every", "on", "at", "at_figure", "minus", "each",
          "between", "shift", "after", "window")  # fmt: skip
WORDS_A_LINE = 12


class Exists(SalesctlError):
    """A folder that is there already is never written over."""

    code, status = "policy.folder-exists", WRONG
    says = N_("{path} exists already; nothing was written.")
    hint = N_("Choose another name, or edit the pack that is there: salesctl policy check {path}.")


def start(desk: Desk, folder: Path, extends: str) -> list[str]:
    """Write a pack that changes nothing yet and answer its files.

    Args:
        desk: where the regulations are.
        folder: where it goes; its name becomes the pack's code.
        extends: the code of the regulation whose figures it will set.

    Raises:
        Unknown: there is no such regulation.
        Exists: there is something of that name.
    """
    policy = desk.policy
    known = [pack["code"] for pack in policy.packs if not pack["extends"]]
    if extends not in known:
        raise Unknown(
            what=N_("regulation"), value=shown(extends), candidates=", ".join(known), listing="salesctl ledger info"
        )
    if not CODE.fullmatch(folder.name):
        raise Invalid(value=folder.name, what=N_("a name for a pack"), example="our-figures")
    if folder.exists():
        raise Exists(path=folder)
    chapters: dict[str, list[str]] = {}
    for key in policy.keys:
        code, chapter, _entry = key.split(".")
        if code == extends:
            chapters.setdefault(chapter, []).append(key)
    files = {"pack.toml": _about(folder.name, extends)}
    files |= {f"{chapter}.toml": "\n".join(_chapter(policy, keys)) + "\n" for chapter, keys in sorted(chapters.items())}
    if not desk.is_dry_run:
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    return list(files)


def _about(code: str, extends: str) -> str:
    intro = _("A company's own figures of regulation {code}. What is not set here stays as the regulation has it.")
    steps = _("Check it (policy check), see what it changes (policy compare now FOLDER --cases), then adopt it.")
    return (
        f"# {intro.format(code=extends)}\n# {steps}\n"
        f'code    = "{code}"\nextends = "{extends}"\nname    = {{ en = "{code}", zh_CN = "{code}" }}\n'
    )


def _chapter(policy: Policy, keys: list[str]) -> Iterator[str]:
    """A chapter's figures as comments, those a company must set first."""
    yield "# " + _("Take the # away from the lines of a figure to set it; `from` is the first day it holds.")
    for key in sorted(keys, key=lambda one: bool(policy.entry(one)["version"])):
        entry, name = policy.entry(key), key.rpartition(".")[2]
        versions = entry["version"]
        must = "" if versions else "  " + _("(each company must set it)")
        yield f"\n# {words.of(entry['label'])}{must}"
        yield f"#[[{name}.version]]"
        latest = versions[-1] if versions else {"value": EXAMPLES.get(entry["kind"], "...")}
        yield from (f"#{line}" for line in _fields(latest))


def _fields(version: Version) -> Iterator[str]:
    if "from" in version:
        yield f"from = {version['from']}"
    for field in FIELDS:
        if field in version:
            text = f"{field} = {toml(version[field])}"
            yield text if len(text) <= 100 or not isinstance(version[field], list) else _folded(field, version[field])
    for field in ("source", "sources", "reading"):
        if field in version:
            yield f"{field} = {toml(version[field])}"


def _folded(field: str, values: list[object]) -> str:
    """A long list: a table a line, plain words as many as fit."""
    width = 1 if isinstance(values[0], dict) else WORDS_A_LINE
    rows = (values[place : place + width] for place in range(0, len(values), width))
    lines = "".join(f"#  {', '.join(map(toml, row))},\n" for row in rows)
    return f"{field} = [\n{lines}#]"


EXAMPLES = {"clock": "18:00", "amount": "500.00", "rate": "0.05", "count": 5, "days": 5, "workdays": 5, "months": 2}
