"""Compile each shipped pack: a command reads JSON where TOML would cost it more than all the rest.

Figures and texts are two files: most commands never ask for the texts.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from salesctl.policy import pack
from salesctl.policy.policy import PACKS, SHIPPED


def derived(name: str) -> dict[str, str]:
    """The texts of a pack's derived files, by their names."""
    figures, texts = pack.parts(read_all()[name], name)
    return {"figures.json": _json(figures), "texts.json": _json(texts)}


def index() -> str:
    """What a command must know of every pack before it asks one."""
    kept = ("code", "extends", "digest")
    return _json([{**{part: one[part] for part in kept}, "folder": name} for name, one in read_all().items()])


@cache
def read_all() -> dict[str, pack.Pack]:
    """Every pack by its folder; a later version of a regulation is read on top of the earlier one."""
    packs: dict[str, pack.Pack] = {}
    for name in SHIPPED:
        packs[name] = pack.read(PACKS / name, packs.values())[0]
    return packs


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def write() -> None:
    """Compile every pack anew."""
    (PACKS / "index.json").write_text(index(), encoding="utf-8")
    for name in SHIPPED:
        for file, text in derived(name).items():
            (PACKS / name / file).write_text(text, encoding="utf-8")
