"""The rules of this noun over the rows of a query (C-10a to C-10c); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.sql import by_day
from salesctl.violations.ladder import KEY, parts_of

if TYPE_CHECKING:
    from salesctl.policy.kinds import Version
    from salesctl.policy.policy import Policy
    from salesctl.policy.sql import Engine


def penalty_sql(policy: Policy, engine: Engine, *, ordinal: str = "ordinal", day: str = "violated_on") -> list[str]:
    """`penalty` of offenders who head no department, over the rows of a query: two sums in fen (C-10a to C-10c)."""
    return [
        by_day(policy, KEY, day, engine, lambda version, place=place: _money(version, ordinal, place))  # type: ignore[misc]
        for place in range(2)
    ]


def _money(version: Version, ordinal: str, place: int) -> str:
    """The money of one place in the rows for a column of numbers: 0 is the offender, 1 the supervisor."""
    *rows, last = (parts_of(row)[place].fen for row in version["rows"].values())
    cases = " ".join(f"WHEN {number} THEN {fen}" for number, fen in enumerate(rows, 1))
    below = f"CASE {ordinal} {cases} END" if cases else "NULL"  # of a number below 1 as well
    return f"CASE WHEN {ordinal} > {len(rows)} THEN {last} ELSE {below} END"
