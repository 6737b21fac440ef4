"""Ask a database for expressions over rows: a rule's second form beside its first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import Any


def asked(
    engine: str, rows: list[tuple[Any, ...]], columns: dict[str, str], expressions: list[str]
) -> list[tuple[Any, ...]]:
    """What an engine answers for each row, in the order of the rows.

    Args:
        engine: its name, such as `sqlite`.
        rows: the values of the columns.
        columns: the type of each by its name: text, bigint or date.
        expressions: what is selected.
    """
    if engine != "sqlite":
        raise ValueError(engine)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    marks = ", ".join("?" for _column in range(len(columns) + 1))
    values = [(place, *map(_plain, row)) for place, row in enumerate(rows)]
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TEMP TABLE asked (place bigint, {typed})")
        base.executemany(f"INSERT INTO asked VALUES ({marks})", values)
        return base.execute(f"SELECT {', '.join(expressions)} FROM asked ORDER BY place").fetchall()


def _plain(value: Any) -> Any:
    """Days are ISO texts in SQLite."""
    return value.isoformat() if isinstance(value, date) else value
