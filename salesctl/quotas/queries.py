"""The rules of this noun over the rows of a query (D-1a, D-1b); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.sql import by_day
from salesctl.policy.units import parse_money
from salesctl.quotas.rules import CHAPTER

if TYPE_CHECKING:
    from salesctl.policy.policy import Policy
    from salesctl.policy.sql import Engine


def missing_fine_sql(
    policy: Policy, engine: Engine, *, visits: str = "visits", viewings: str = "viewings", day: str = "sunday"
) -> str:
    """`missing_fine` over the rows of a query, one for each consultant and week; fen (D-1a, D-1b)."""
    lacks = []
    for column, entry in ((visits, "visits"), (viewings, "viewings")):
        wanted = by_day(policy, f"{CHAPTER}.{entry}", day, engine, lambda version: str(int(version["value"])))
        lacks.append(f"CASE WHEN {column} < {wanted} THEN {wanted} - {column} ELSE 0 END")
    amount = by_day(
        policy, f"{CHAPTER}.batch_fine", day, engine, lambda version: str(parse_money(str(version["value"])))
    )
    return f"({' + '.join(lacks)}) * {amount}"
