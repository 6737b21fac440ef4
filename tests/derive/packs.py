"""Compile each shipped pack: a command reads one JSON file where TOML would cost it more than all the rest."""

from __future__ import annotations

import json
from pathlib import Path

from salesctl.policy import pack
from salesctl.policy.policy import SHIPPED

PACKS = Path(pack.__file__).parent / "packs"


def derived(name: str) -> str:
    """The text of a pack's `compiled.json`."""
    return json.dumps(pack.read(PACKS / name)[0], ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def write() -> None:
    """Compile every pack anew."""
    for name in SHIPPED:
        (PACKS / name / "compiled.json").write_text(derived(name), encoding="utf-8")
