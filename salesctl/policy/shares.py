"""How a whole is shared between parties (A-10.2, E-17): the parts always add up (K-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.kinds import basis_of
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.units import Rate, apportion, by_need
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.kinds import Version
    from salesctl.policy.units import Fen


class Share(Record):
    """One party of a split and its share of the whole."""

    name: str
    rate: Rate
    basis: Basis


class Split(Record):
    """How a whole is shared; `balance` is the place of the party that takes the remainder, if the rule names one."""

    key: str
    shares: tuple[Share, ...]
    balance: int | None

    def parts(self, total: Fen) -> list[Fen]:
        """What each party gets or bears of `total`, in the order of the rule (K-3); of less than nothing its mirror."""
        return apportion(total, [share.rate for share in self.shares], self.balance)

    def next_parts(self, amount: Fen, given: list[Fen]) -> list[Fen]:
        """What each party gets of a further `amount` when `given` was given before."""
        return by_need(amount, given, [share.rate for share in self.shares], self.balance)

    def outcome(self, total: Fen, given: list[Fen] | None = None) -> Outcome:
        """The parts as an answer: a list of fen in the order of the rule, a step for each party.

        Where something was `given` before, these parts make up what is missing of the split of it all.
        """
        parts = self.next_parts(total, given) if given else self.parts(total)
        answer = Outcome(parts, unit="fen")
        for share, part in zip(self.shares, parts, strict=True):
            answer = answer.step(share.name.replace("_", " "), part, "fen", share.basis)
        return answer


def split_of(key: str, version: Version) -> Split:
    """The split that a version of kind `split` states."""
    balances = [place for place, share in enumerate(version["shares"]) if share.get("balance")]
    shares = (
        Share(share["name"], Rate.of(str(share["share"])), basis_of(key, version, share)) for share in version["shares"]
    )
    return Split(key, tuple(shares), balances[0] if balances else None)
