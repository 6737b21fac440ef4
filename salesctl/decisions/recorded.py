"""The decisions the journal keeps about a number, as they were explained when they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.ledger.decided import Decision, decisions
from salesctl.policy.units import nfkc, shown

if TYPE_CHECKING:
    from salesctl.ledger.book import Reading

LONGEST = 40  # characters of a number


def about(view: Reading, number: str) -> list[Decision]:
    """Every decision recorded about a number that has a working, the oldest first.

    Raises:
        Unknown: nothing is recorded about it.
    """
    wanted, typed = nfkc(number[:LONGEST]).strip().upper(), number.strip()
    known = "SELECT 1 FROM journal WHERE about IN (:wanted, :typed)"
    if not wanted or not view.value(known, wanted=wanted, typed=typed):
        raise Unknown(what=N_("number"), value=shown(number), candidates="-", listing="salesctl ledger history")
    return decisions(view, wanted, spelt=typed)


__all__ = ["Decision", "about"]
