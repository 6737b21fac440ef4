"""The rules of this noun over the rows of a query (A-10.2); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.pairings.rules import CHAPTER
from salesctl.policy.sql import split_by_day

if TYPE_CHECKING:
    from salesctl.policy.policy import Policy
    from salesctl.policy.sql import Engine


def split_sql(
    policy: Policy,
    engine: Engine,
    *,
    commission: str = "commission",
    paired: str = "paired_on",
    day: str = "received_on",
) -> list[str]:
    """`split` over the rows of a query: the manager's and the executive's part of a commission in fen (A-10.2).

    `paired` is the column of the day of the pairing, NULL where there is none; a day before article 10 took effect
    answers NULL.
    """
    alone = (commission, "0")

    def use(part: str, place: int) -> str:
        return f"CASE WHEN {paired} <= {day} THEN {part} ELSE {alone[place]} END"

    return split_by_day(policy, f"{CHAPTER}.split", (commission, day), engine, use)
