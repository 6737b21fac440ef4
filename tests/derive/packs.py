"""Compile each shipped pack: a command reads JSON where TOML would cost it more than all the rest.

Figures and texts are two files: most commands never ask for the texts.
"""

from __future__ import annotations

import json
from typing import Any

from salesctl.policy import pack
from salesctl.policy.policy import PACKS, SHIPPED


def derived(name: str) -> dict[str, str]:
    """The texts of a pack's derived files, by their names."""
    figures, texts = pack.parts(pack.read(PACKS / name)[0], name)
    return {"figures.json": _json(figures), "texts.json": _json(texts)}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def write() -> None:
    """Compile every pack anew."""
    for name in SHIPPED:
        for file, text in derived(name).items():
            (PACKS / name / file).write_text(text, encoding="utf-8")
