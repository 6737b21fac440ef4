"""Provoke errors as their files say, and make the page about them.

A file `CODE.toml` names the department it starts in (`staffed`: that of tests/conftest; `empty`; or `none`), the files
that lie in the folder, and the command lines one after the other; the last one ends with the error.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import pwd
import re
import shlex
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

import salesctl
from salesctl.errors import SalesctlError
from tests.conftest import Answer, Office
from tests.reliability.house import empty_ledger, staffed_ledger

HERE = Path(__file__).parent
PAGE = Path(salesctl.__file__).parent / "help" / "errors.md"
STARTS = {"staffed": staffed_ledger, "empty": empty_ledger}
PLACE = "/srv/sales"
STATUS = {
    0: "done before",
    1: "a mistake of ours",
    2: "wrong input, nothing written",
    3: "busy, nothing written, retry",
    4: "storage trouble",
    5: "audit found a problem",
    6: "recorded, not shown",
    7: "refused by a rule, recorded",
}


def kinds() -> dict[str, list[type[SalesctlError]]]:
    """Every error of the program by its code."""
    for module in pkgutil.walk_packages(salesctl.__path__, "salesctl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: dict[str, list[type[SalesctlError]]] = {}
    waiting: list[type[SalesctlError]] = [SalesctlError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind is not SalesctlError and kind.__module__.startswith("salesctl."):
            found.setdefault(kind.code, []).append(kind)
    return dict(sorted(found.items()))


def recipes() -> dict[str, dict[str, Any]]:
    """How each error is provoked, by its code."""
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(HERE.glob("*.toml"))}


def provoked(recipe: dict[str, Any]) -> Answer:
    """What the last line of a recipe answers, the folder's name made the same everywhere."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        desk = Office(Path(name), patch)
        if recipe["start"] in STARTS:
            desk.ledger.write_bytes(STARTS[recipe["start"]]())
            desk.ledger.chmod(0o600)
        for file, text in recipe.get("files", {}).items():
            (desk.folder / file).parent.mkdir(parents=True, exist_ok=True)
            (desk.folder / file).write_text(text, "utf-8")
        for line in recipe["line"]:
            patch.setenv("SALESCTL_AS", line["as"])
            answer = desk.run(shlex.split(line["say"]), now=line["at"])
        said = re.sub(re.escape(name), PLACE, answer.err)
        said = re.sub(
            r"#(\d+) [0-9a-f]{8}", r"#\1 7f3a91c2", said
        )  # a ledger's id, and so its hashes, are never the same
        login = pwd.getpwuid(os.getuid()).pw_name
        said = re.sub(r"SHA256:[A-Za-z0-9+/]{43}", "SHA256:" + "x" * 43, said)  # a new key each time
        return answer._replace(err=re.sub(rf"\b{re.escape(login)}\b", "clerk", said))


def page() -> str:
    """The page about all errors: named, provoked, shown, with the way out."""
    known, lines = recipes(), [INTRO]
    noun = ""
    for code, classes in kinds().items():
        if code.partition(".")[0] != noun:
            noun = code.partition(".")[0]
            lines.append(f"\n## {noun}")
        kind = classes[0]
        lines.append(f"\n### {code}\n\n{_about(kind)} Exit {kind.status}: {STATUS[kind.status]}.\n")
        lines += _shown(known[code]) if code in known else _said(classes)
    return "\n".join(lines).rstrip("\n") + "\n"


def _about(kind: type[SalesctlError]) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _shown(recipe: dict[str, Any]) -> list[str]:
    last = recipe["line"][-1]
    who = f" --as {last['as']}" if last["as"] and " --as " not in last["say"] else ""
    said = provoked(recipe).err.splitlines()
    start = next((place for place, line in enumerate(said) if line.startswith("salesctl: ")), 0)
    shown = [line for line in said[start:] if not line.startswith("#")]
    return [f"    $ salesctl {last['say'].replace(PLACE, '.')}{who}", *(f"    {line}" for line in shown)]


def _said(classes: list[type[SalesctlError]]) -> list[str]:
    found = []
    for kind in classes:
        found += [f"    salesctl: {kind.says}", *([f"      try   {kind.hint}"] if kind.hint else [])]
    return [*dict.fromkeys(found), f"      code  {classes[0].code}"]


INTRO = """# Errors

Every command that does not end well says on stderr what is wrong, with the value; what to do (`try`), where anything is
left to do; and a code that never changes with the language. The code is the name of a section here. Each is shown as a
command line provoked it in the department of the tests; where no plain command line does (a disk that fails, a server
that refuses), its text is shown with {placeholders} for what it would name.

This page is made by `make derive` from the files in `tests/errors` and the program itself; a test holds them equal."""


def write() -> None:
    """Make the page anew."""
    PAGE.write_text(page(), "utf-8")
