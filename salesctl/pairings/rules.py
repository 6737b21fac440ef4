"""How a manager and an executive share what a customer earns them (A-10.1, A-10.2); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.sql import split_by_day

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.sql import Engine
    from salesctl.policy.units import Fen

CHAPTER = "A.pairings"
WORDS = (N_("account executive"),)
FROM_PAIRING = Basis("", "A-10.1a", "AMB-A10-b")


def split(commission: Fen, paired_on: date | None, *, on: date, policy: Policy) -> Outcome:
    """What the account manager and the account executive get of a sales commission (A-10.2).

    Args:
        commission: the salesperson's commission on the customer in fen, before personal expenses (AMB-A10-c).
        paired_on: the day the executive was chosen; none where the manager serves the customer alone.
        on: the day the money was received.
        policy: the packs that bind the people concerned.

    Returns:
        Two sums in fen, the manager's first; the executive's is rounded half up and the manager takes the rest
        (AMB-A10-a). What came in before the pairing stays with the manager (AMB-A10-b).

    Raises:
        NotInForce: `on` comes before article 10 took effect.
    """
    shares = policy.on(on, CHAPTER).split("split")
    if paired_on is None or on < paired_on:
        alone = Outcome([commission, 0], unit="fen").step(N_("sales commission"), commission, "fen")
        return alone.step(N_("paired on"), paired_on, "day", FROM_PAIRING, shares.shares[0].basis)
    parts = shares.outcome(commission)
    paired = Outcome(parts.value, unit="fen").step(N_("sales commission"), commission, "fen")
    paired = paired.step(N_("paired on"), paired_on, "day", FROM_PAIRING)
    return Outcome(parts.value, unit="fen", steps=(*paired.steps, *parts.steps))


def split_sql(policy: Policy, engine: Engine, *, commission: str = "commission", day: str = "received_on") -> list[str]:
    """`split` over the rows of a query: the manager's and the executive's part of a commission in fen (A-10.2)."""
    return split_by_day(policy, f"{CHAPTER}.split", commission, day, engine)
