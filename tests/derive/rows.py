"""Derive each noun's `rows.py` from its `tables.py`: what one-record commands need, without SQLModel."""

from __future__ import annotations

import re
import types
import typing
from importlib import import_module
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[2] / "salesctl"
NOT_ROWS = {"journal"}  # written by the journal alone


def nouns() -> list[str]:
    """Every folder that has tables."""
    return sorted(file.parent.name for file in HOUSE.glob("*/tables.py"))


def derived(noun: str) -> str:
    """The text of a noun's `rows.py`."""
    from sqlmodel import SQLModel

    module = import_module(f"salesctl.{noun}.tables")
    kinds = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, SQLModel) and value.__module__ == module.__name__
    ]
    parts = [_row(kind) for kind in kinds if kind.__tablename__ not in NOT_ROWS]
    body = "\n\n".join(parts)
    days = sorted(name for name in ("date", "datetime") if re.search(rf": {name}\b", body))
    brought = f"if TYPE_CHECKING:\n    from datetime import {', '.join(days)}\n\n\n" if days else "\n"
    typing_line = "from typing import TYPE_CHECKING\n\n" if days else ""
    return (
        f'"""Rows of `tables.py`, derived from it by `make derive`; never edited."""\n\n'
        f"from __future__ import annotations\n\n{typing_line}from salesctl.ledger.row import Row\n\n{brought}{body}"
    )


def _row(kind: Any) -> str:
    fields = kind.model_fields
    lines = [f'class {kind.__name__}(Row, table="{kind.__tablename__}"):', f'    """{_first_line(kind)}"""', ""]
    for name, field in fields.items():
        if name == "id":
            continue
        default = "" if field.is_required() else f" = {field.default!r}"
        lines.append(f"    {name}: {_said(field.annotation)}{default}".replace("'", '"'))
    return "\n".join(lines) + "\n"


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _said(annotation: object) -> str:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return " | ".join("None" if part is type(None) else part.__name__ for part in typing.get_args(annotation))
    return getattr(annotation, "__name__", str(annotation))


def write() -> None:
    """Write every `rows.py` anew."""
    for noun in nouns():
        (HOUSE / noun / "rows.py").write_text(derived(noun), encoding="utf-8")
