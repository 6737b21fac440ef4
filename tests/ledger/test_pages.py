"""The pages shipped with the program name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGES = sorted((PROJECT / "salesctl/help").rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[f"{page.parent.name}/{page.name}" for page in PAGES])
def test_files_a_page_names_are_there(page: Path) -> None:
    named = set(re.findall(r"`((?:tests|salesctl)/[\w./-]+)`", page.read_text("utf-8")))
    assert [name for name in sorted(named) if not (PROJECT / name).exists()] == []


def test_the_limits_are_printed() -> None:
    text = (PROJECT / "salesctl/help/security.md").read_text("utf-8")
    assert "tamper-**evident**, not tamper-proof" in text
    assert text.count("| ") > 50
