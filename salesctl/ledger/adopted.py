"""The company's own packs, as the ledger keeps them: the newest of each name holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salesctl.ledger.row import stored

if TYPE_CHECKING:
    from datetime import datetime

    from salesctl.ledger.reading import Reading

ADOPTIONS = "SELECT id, name, adopted_at FROM adopted_pack ORDER BY id"


def holding(view: Reading, moment: datetime | None = None) -> tuple[int, ...]:
    """Which adoptions hold, or held at a moment; in the order they were made."""
    made = view.once(("adoptions",), lambda: view.select(ADOPTIONS))
    until = "" if moment is None else str(stored(moment))
    newest = {name: key for key, name, adopted_at in made if not until or str(adopted_at) <= until}
    return tuple(sorted(newest.values()))


def packs(view: Reading, adoptions: tuple[int, ...]) -> list[Any]:
    """Those packs."""
    named = ", ".join(map(str, adoptions))
    rows = view.select(f"SELECT content FROM adopted_pack WHERE id IN ({named}) ORDER BY id") if named else []
    return [json.loads(content) for (content,) in rows]
