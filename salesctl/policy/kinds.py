"""The kinds a pack entry may have: what each answers when it is asked.

Boundaries are words: `through` includes its figure, `below` does not (K-4).
"""

from __future__ import annotations

from typing import Any

from salesctl.policy.outcome import Basis
from salesctl.policy.units import Rate
from salesctl.record import Record

Version = dict[str, Any]  # one dated record of an entry, as the pack states it

GRADES = ("account_manager", "account_director", "general_manager")  # the rungs of regulation A (K-14)
ADMINISTRATORS = ("general_manager", "hr", "administration")  # who gives grades, logins and keys; no regulation says so


class Band(Record):
    """One rung: its name and how far it reaches; the last one has no end."""

    name: str
    limit: Rate | None
    inclusive: bool
    basis: Basis

    def holds(self, part: int, base: int) -> bool:
        """Whether `part` of `base` lies on this rung or below."""
        return self.limit is None or self.limit.holds(part, base, inclusive=self.inclusive)

    def reach(self, base: int) -> int | None:
        """The largest whole figure this rung holds of `base`; none where it has no end (K-3: floor).

        It is -1 where the rung holds not even zero: `below` a share of nothing.
        """
        if self.limit is None:
            return None
        most = self.limit.limit(base)
        return most if self.holds(most, base) else most - 1


class Bands(Record):
    """A ladder: the first rung that holds the figure answers."""

    key: str
    rungs: tuple[Band, ...]

    def place(self, part: int, *, of: int) -> Band:
        """The rung for `part` of the base `of`, compared by cross-multiplication (K-2)."""
        return next(rung for rung in self.rungs if rung.holds(part, of))


def bands_of(key: str, version: Version) -> Bands:
    """The ladder that a version of kind `bands` states."""
    rungs = []
    for band in version["bands"]:
        limit = band.get("through", band.get("below"))
        rungs.append(
            Band(
                band["name"],
                None if limit is None else Rate.of(str(limit)),
                "through" in band,
                basis_of(key, version, band),
            )
        )
    return Bands(key, tuple(rungs))


def basis_of(key: str, version: Version, part: Version | None = None) -> Basis:
    """What a version, or one of its rungs, rests on."""
    rests: dict[str, str] = {**version, **(part or {})}
    return Basis(key, rests.get("source", ""), rests.get("reading", ""), rests.get("origin", "seed"))
