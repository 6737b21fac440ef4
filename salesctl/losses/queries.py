"""The rules of this noun over the rows of a query (E-15b, E-17a, E-17b); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.losses.bearers import AFTER, TIERS, UNSETTLED, WITHIN
from salesctl.losses.rules import CHAPTER
from salesctl.policy.sql import by_day, split_by_day

if TYPE_CHECKING:
    from salesctl.policy.kinds import Version
    from salesctl.policy.policy import Policy
    from salesctl.policy.sql import Engine


def tier_sql(
    policy: Policy, engine: Engine, *, columns: tuple[str, str, str] = ("completed_on", "is_known", "found_on")
) -> str:
    """`tier` over the rows of a query: by the day of the last signature, the knowledge, and the day of the finding."""
    completed, known, found = columns

    def is_within(version: Version) -> str:
        return engine.within_months(completed, int(version["value"]), found)

    within = by_day(policy, f"{CHAPTER}.months", found, engine, is_within)
    later = f"CASE WHEN {within} THEN '{WITHIN}' ELSE '{AFTER}' END"
    return f"CASE WHEN {found} >= {completed} AND NOT {known} THEN {later} ELSE '{UNSETTLED}' END"


def shares_sql(
    policy: Policy, engine: Engine, *, columns: tuple[str, str, str] = ("loss", "tier", "found_on")
) -> dict[str, str]:
    """`shares` over the rows of a query: what each bearer of any table bears, in fen; 0 where the row's has none.

    Finance or commerce is one bearer here, and its figures are right: two payers and E-20 are asked one by one.
    """
    loss, tier, found = columns
    cases: dict[str, list[str]] = {}
    for name in TIERS:
        key = f"{CHAPTER}.{name}"
        parts = split_by_day(policy, key, (loss, found), engine)
        for share, part in zip(policy.entry(key)["version"][0]["shares"], parts, strict=True):
            cases.setdefault(share["name"], []).append(f"WHEN '{name}' THEN {part}")
    rest = " ".join(f"WHEN '{name}' THEN 0" for name in TIERS)
    return {bearer: f"CASE {tier} {' '.join(own)} {rest} END" for bearer, own in cases.items()}
