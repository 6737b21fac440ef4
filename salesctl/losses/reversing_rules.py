"""What takes back the shares of a loss that was none: their mirror, to the fen (E-17, K-3); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.units import Fen


class Recorded(Record):
    """One share of a confirmed loss, as it stands in the ledger."""

    party: str
    amount: Fen
    clause: str = "E-17a"  # the clauses it rests on, such as `E-17a, E-20a`


def mirror(shares: list[Recorded]) -> Outcome:
    """What takes back the recorded shares of a loss, so that nothing of it is left to anybody (E-17, K-3).

    Nothing is split anew: tables, weights and readings that changed since change no part of it.

    Args:
        shares: what was recorded, in the order of the table.

    Returns:
        Sums in fen in the same order, each the recorded one taken back; a step names each bearer by the clauses of
        the share, the last what is left of all together, which is nothing.
    """
    back = [-share.amount for share in shares]
    steps = [
        Step(share.party.replace("_", " "), sum_, "fen", tuple(Basis("", one) for one in share.clause.split(", ")))
        for share, sum_ in zip(shares, back, strict=True)
    ]
    left = sum(share.amount for share in shares) + sum(back)
    return Outcome(back, unit="fen", steps=(*steps, Step(N_("left of the loss"), left, "fen", (Basis("", "K-3"),))))
