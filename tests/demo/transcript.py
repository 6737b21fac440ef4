"""The story as it looks in a terminal; what README and manual show is written from it and held equal by a test.

`python -m tests.demo.transcript` writes their blocks anew.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import pexpect

from tests.demo.story import SAMPLE, STORY

PROJECT = Path(__file__).parents[2]
MANUAL = PROJECT / "salesctl/help"
PAGES = {"en": (PROJECT / "README.md", *sorted(MANUAL.glob("*.md"))), "zh_CN": tuple(sorted(MANUAL.glob("zh_CN/*.md")))}
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
RECEIPT = re.compile(r"#(\d+) [0-9a-f]{8}")
WIDTH = 132


def answers(language: str = "en") -> dict[str, str]:
    """Every command of the story and what a terminal shows for it."""
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        for step in STORY:
            line = step.line.format(sample="sample")
            status, said = _typed(line, step.now, folder, language)
            if status != step.status:
                raise RuntimeError(f"{line}: {status}\n{said}")
            told[line] = said
    return told


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SALESCTL_")}


def _typed(line: str, now: str, folder: str, language: str) -> tuple[int, str]:
    environment = {**_clean(), "SALESCTL_LEDGER": "ledger.db", "SALESCTL_NOW": now, "SALESCTL_LANG": language,
                   "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": str(WIDTH)}  # fmt: skip
    sample = Path(folder) / "sample"
    if not sample.exists():
        sample.symlink_to(SAMPLE)
    child = pexpect.spawn(sys.executable, ["-m", "salesctl", *line.split()], cwd=folder, env=environment,
                          encoding="utf-8", dimensions=(60, WIDTH), timeout=60)  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", str(child.before))
    return child.exitstatus or 0, "\n".join(row.rstrip() for row in plain.splitlines()).strip("\n")


MOST_LINES = 14  # of one answer; a page is to be read
GOES_ON = "    "  # how a line begins that belongs to the one before it
WORKINGS = ("Working", "计算依据")


def cut(said: str) -> str:
    """A long answer as a page shows it: its beginning and its end; a working is never cut, and no line between two."""
    lines = said.splitlines()
    first = lines.index("") if "" in lines else len(lines)  # where lists follow on what an answer says itself
    begins = first if set(lines[:first]) & set(WORKINGS) else MOST_LINES - 2
    ends = len(lines) - 2
    if begins >= ends or len(lines) <= MOST_LINES + 4:
        return said
    while lines[begins].startswith(GOES_ON):
        begins -= 1
    while lines[ends].startswith(GOES_ON):
        ends -= 1
    return "\n".join([*lines[:begins], "...", *lines[ends:]])


def steady(text: str) -> str:
    """The text without what differs from run to run: the hashes of receipts."""
    return RECEIPT.sub(r"#\1 xxxxxxxx", text)


def blocks(text: str) -> list[tuple[str, str]]:
    """Every command a page shows, and the output it shows for it."""
    shown = []
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ salesctl ", block, flags=re.MULTILINE)[1:]:
            line, _newline, said = part.partition("\n")
            shown.append((line, said.strip("\n")))
    return shown


def main() -> None:
    """Write the blocks of every page anew."""
    for language, pages in PAGES.items():
        told = answers(language)

        def renewed(found: re.Match[str], told: dict[str, str] = told) -> str:
            lines = [line for line, _said in blocks(found[0])]
            parts = [f"$ salesctl {line}\n{cut(told[line])}\n" for line in lines if line in told]
            block = "```console\n" + "\n".join(parts) + "```" if parts else found[0]
            return found[0] if steady(block) == steady(found[0]) else block  # other hashes alone are no news

        for page in pages:
            page.write_text(BLOCK.sub(renewed, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
