"""The rules of this noun over the rows of a query (A-4.2a to A-4.4, A-6.1 to A-6.3); pure.

They stand apart because whoever asks for one request never needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rules import LINES
from salesctl.policy.sql import ladder_by_day

if TYPE_CHECKING:
    from salesctl.policy.policy import Policy
    from salesctl.policy.sql import Engine


def approver_sql(
    policy: Policy, engine: Engine, *, columns: tuple[str, str, str] = ("commission", "received", "decided_on")
) -> str:
    """`approver` over the rows of a query, each on its own day (A-6.1 to A-6.3); NULL before the first."""
    return ladder_by_day(policy, "A.commission.authority", columns, engine)


def make_good_sql(
    policy: Policy, engine: Engine, *, line: str = "line", columns: tuple[str, str, str] = ("units", "volume", "day")
) -> str:
    """`make_good_level` over the rows of a query, whose units are those of the month together (A-4.2a to A-4.4)."""
    cases = (f"WHEN '{one}' THEN {ladder_by_day(policy, f'A.make_good.{one}', columns, engine)}" for one in LINES)
    return f"CASE {line} {' '.join(cases)} END"
