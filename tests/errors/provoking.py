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
from salesctl.console import words
from salesctl.errors import SalesctlError
from tests.conftest import Answer, Office
from tests.reliability.house import empty_ledger, staffed_ledger

HERE = Path(__file__).parent
HELP = Path(salesctl.__file__).parent / "help"
PAGES = {"en": HELP / "errors.md", "zh_CN": HELP / "zh_CN" / "errors.md"}
STARTS = {"staffed": staffed_ledger, "empty": empty_ledger}
PLACE = "/srv/sales"
STATUS = {
    "en": {
        0: "done before",
        1: "a mistake of ours",
        2: "wrong input, nothing written",
        3: "busy, nothing written, retry",
        4: "storage trouble",
        5: "audit found a problem",
        6: "recorded, not shown",
        7: "refused by a rule, recorded",
    },
    "zh_CN": {
        0: "此前已办",
        1: "程序本身的错误",
        2: "输入有误，未写入",
        3: "账本正忙，未写入，可重试",
        4: "存储故障",
        5: "核验发现问题",
        6: "已入账，但结果未能显示",
        7: "按制度不予办理，已入账",
    },
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


def provoked(recipe: dict[str, Any], language: str = "en") -> Answer:
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
            answer = desk.run(shlex.split(line["say"]), now=line["at"], lang=language)
        said = re.sub(re.escape(name), PLACE, answer.err)
        said = re.sub(
            r"#(\d+) [0-9a-f]{8}", r"#\1 7f3a91c2", said
        )  # a ledger's id, and so its hashes, are never the same
        login = pwd.getpwuid(os.getuid()).pw_name
        said = re.sub(r"SHA256:[A-Za-z0-9+/]{43}", "SHA256:" + "x" * 43, said)  # a new key each time
        return answer._replace(err=re.sub(rf"\b{re.escape(login)}\b", "clerk", said))


def page(language: str = "en") -> str:
    """The page about all errors: named, provoked, shown, with the way out."""
    known, lines = recipes(), [INTRO[language]]
    noun = ""
    words.speak(language)
    for code, classes in kinds().items():
        if code.partition(".")[0] != noun:
            noun = code.partition(".")[0]
            lines.append(f"\n## {noun}")
        lines.append(f"\n### {code}\n\n{_about(classes[0], language)}\n")
        lines += _shown(known[code], language) if code in known else _said(classes)
    words.speak("en")
    return "\n".join(lines).rstrip("\n") + "\n"


def _about(kind: type[SalesctlError], language: str) -> str:
    """What an error is and how a command ends with it; what it is, the Chinese message says itself."""
    status = STATUS[language][kind.status]
    if language != "en":
        return f"退出码 {kind.status}：{status}。"
    told = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    return f"{told} Exit {kind.status}: {status}."


def _shown(recipe: dict[str, Any], language: str) -> list[str]:
    last = recipe["line"][-1]
    who = f" --as {last['as']}" if last["as"] and " --as " not in last["say"] else ""
    said = provoked(recipe, language).err.splitlines()
    start = next((place for place, line in enumerate(said) if line.startswith("salesctl: ")), 0)
    shown = [line for line in said[start:] if not line.startswith("#")]
    return [f"    $ salesctl {last['say'].replace(PLACE, '.')}{who}", *(f"    {line}" for line in shown)]


def _said(classes: list[type[SalesctlError]]) -> list[str]:
    found = []
    for kind in classes:
        hint = [f"    {words._('  try   {hint}').format(hint=words._(kind.hint))}"] if kind.hint else []
        found += [f"    salesctl: {words._(kind.says)}", *hint]
    return [*dict.fromkeys(found), f"    {words._('  code  {code}').format(code=classes[0].code)}"]


INTRO = {
    "en": """# Errors

Every command that does not end well says on stderr what is wrong, with the value; what to do (`try`), where anything is
left to do; and a code that never changes with the language. The code is the name of a section here. Each is shown as a
command line provoked it in the department of the tests; where no plain command line does (a disk that fails, a server
that refuses), its text is shown with {placeholders} for what it would name.

This page is made by `make derive` from the files in `tests/errors` and the program itself; a test holds them equal.""",
    "zh_CN": """# 错误说明

命令未能办成时，会在标准错误输出中说明：哪里不对（附所填的值）；怎么办（“办法”一行）；以及代码，代码不随语言变化，也是本页各节的名称。
各节所示为测试用部门中实际触发的情形；无法用普通命令触发的（如磁盘故障、服务器拒绝），以 {花括号} 表示会填入的内容。

本页由 `make derive` 根据 `tests/errors` 中的文件和程序本身生成，并有测试保证二者一致。""",
}


def write() -> None:
    """Make the pages anew."""
    for language, file in PAGES.items():
        file.write_text(page(language), "utf-8")
