"""How often a duty was broken, in a row or in all, and what that proposes; pure.

Every rule keeps a count of its own: breaches of different rules are never added up (X-10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.cautions import DISMISSAL, FINE
from salesctl.policy.outcome import Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salesctl.policy.outcome import Basis
    from salesctl.policy.units import Fen

WORDS = (N_("dismissal flag"), N_("no flag"))


class Count(Record):
    """How often a duty was broken, up to the last opportunity to keep it."""

    how: str  # in a row or in all; English, from the catalogue
    times: int
    limit: int
    reached: int | None  # the first opportunity, from 1, at which the count came to the limit


def running(breaches: Iterable[bool], limit: int) -> Count:
    """Breaches in a row: an opportunity without one begins the count anew (AMB-D-f).

    Args:
        breaches: one for each opportunity to keep the duty, in order; the clean ones must be there too.
        limit: how many in a row.

    Returns:
        The count after the last opportunity. That the limit was once reached stays known after a clean one.
    """
    return _counted(N_("broken in a row"), breaches, limit, begins_anew=True)


def in_all(breaches: Iterable[bool], limit: int) -> Count:
    """Breaches in all: an opportunity without one changes nothing.

    Args:
        breaches: one for each opportunity to keep the duty, in order.
        limit: how many; that many is enough (AMB-D-e).
    """
    return _counted(N_("broken in all"), breaches, limit, begins_anew=False)


def standing(count: Count, fined: tuple[Fen, Basis], *limited: Basis) -> Outcome:
    """What a count proposes: to look at a dismissal, or nothing. A human decides (K-10).

    Args:
        count: how often the duty was broken.
        fined: the fines for it together in fen, and what they rest on.
        limited: what the limit of the count rests on.

    Returns:
        `dismissal_flag` once the limit has been reached, otherwise `no_flag`; the legal warnings are steps.
    """
    total, basis = fined
    steps = [
        Step(N_("fines together"), total, "fen", (basis,)),
        *([FINE] if total else []),
        Step(count.how, count.times, "count", limited),
        Step(N_("flag from"), count.limit, "count", limited),
    ]
    if count.reached is None:
        return Outcome("no_flag", unit="word", steps=steps)
    human = N_("to be looked at by a human; nobody is dismissed by a count")
    flagged = Step(N_("flagged at number"), count.reached, "count", limited, human)
    return Outcome("dismissal_flag", unit="word", steps=(*steps, flagged, *DISMISSAL))


def _counted(how: str, breaches: Iterable[bool], limit: int, *, begins_anew: bool) -> Count:
    times, reached = 0, None
    for place, is_breach in enumerate(breaches, 1):
        if is_breach:
            times += 1
        elif begins_anew:
            times = 0
        if is_breach and reached is None and times >= limit:
            reached = place
    return Count(how, times, limit, reached)
