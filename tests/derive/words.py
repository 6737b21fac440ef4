"""Collect every text a person may see into the catalogues, and compile them.

`salesctl.po` holds our texts: whatever stands in `_("...")` or `N_("...")`, and the docstrings of commands.
`messages.po` holds the few words the parser looks up by itself.
"""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from salesctl.policy.policy import SHIPPED
from tests.derive.packs import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2] / "salesctl"
FOLDER = HOUSE / "console" / "locale" / "zh_CN" / "LC_MESSAGES"
BEGUN = datetime(2026, 11, 1, tzinfo=UTC)  # of every catalogue: what is derived again is the same again
MARKS = ("_", "N_")
PARSER = (  # the parser's own translatable words
    "Arguments", "Options", "Commands", "required", "default: {default}", "env var: {var}", "(dynamic)", "Aborted!",
    "Missing command.",
)  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """Every text and the file it stands in, in a steady order."""
    for file in sorted(HOUSE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        place = file.relative_to(HOUSE.parent).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
                if isinstance(node.args[0], ast.Constant) and node.args[0].value:
                    yield str(node.args[0].value), place
            elif isinstance(node, ast.FunctionDef) and _is_command(node):
                yield ast.get_docstring(node) or "", place


def pack_texts() -> Iterator[tuple[str, str, str]]:
    """What the items of the packs' checklists are called, the Chinese with them: packs bring their own translations."""
    for name in SHIPPED:
        for key, entry in read_all()[name]["entries"].items():
            for item in (item for version in entry["version"] for item in version.get("items", ())):
                if isinstance(item, dict):
                    yield item["en"], item["zh_CN"], key
                    yield item["name"].replace("_", " "), item["zh_CN"], key


def _is_command(function: ast.FunctionDef) -> bool:
    """Whether a person can call it: it takes the context of the parser and is not a part of another."""
    first = function.args.args[:1]
    takes_context = any(one.annotation and ast.unparse(one.annotation) == "typer.Context" for one in first)
    return takes_context and not function.name.startswith("_")


def catalogue(name: str) -> Catalog:
    """A catalogue as it stands in its file."""
    path = FOLDER / f"{name}.po"
    if not path.is_file():
        return Catalog(locale="zh_CN", project="salesctl", version="")
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN")


def renewed(name: str) -> Catalog:
    """The catalogue with the texts of today and the translations it has."""
    kept = {message.id: message.string for message in catalogue(name) if message.id}
    new = Catalog(locale="zh_CN", project="salesctl", version="", fuzzy=False, charset="utf-8", creation_date=BEGUN)
    new.header_comment = "# Texts of salesctl in simplified Chinese."
    found = texts() if name == "salesctl" else ((text, "the parser") for text in PARSER)
    for text, place in found:
        new.add(text, kept.get(text, ""), locations=[(place, 0)])
    if name == "salesctl":
        for text, chinese, place in pack_texts():
            if text not in new:
                new.add(text, chinese, locations=[(place, 0)])
    return new


def write() -> None:
    """Write both catalogues and their compiled forms."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("salesctl", "messages"):
        new = renewed(name)
        with (FOLDER / f"{name}.po").open("wb") as file:
            write_po(file, new, width=110, sort_output=False, omit_header=False)
        with (FOLDER / f"{name}.mo").open("wb") as file:
            write_mo(file, new)
