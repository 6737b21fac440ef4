"""What would have gone elsewhere: recorded requests decided again, under other figures (K-15, A-5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals import facts
from salesctl.approvals.deciding_rules import assess
from salesctl.approvals.rows import Request
from salesctl.policy.policy import Policy
from salesctl.record import Record
from salesctl.rulebook.comparing import packs_under

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading


class Elsewhere(Record):
    """A request that another grade would have decided."""

    request: Request
    names: facts.Names
    current: str  # who decides it under the figures that hold
    proposed: str  # who would


class Rehearsal(Record):
    """How many requests were looked at, and which of them would have gone elsewhere."""

    looked_at: int
    elsewhere: list[Elsewhere]


def rehearse(view: Reading, desk: Desk, pack: str, since: date) -> Rehearsal:
    """Ask the rule again for every request of a day or later: with what it was decided on, or as things stand.

    Args:
        view: the moment of the ledger.
        desk: where; its business day is the last that counts.
        pack: `now`, the code of a pack, or a company pack's folder.
        since: the first day asked.

    Returns:
        The requests whose deciding grade is another one. What each was decided on is taken as it was recorded: had
        another grade decided, later requests might have been asked differently.

    Raises:
        Unknown, PackFaulty: as `packs_under`.
    """
    other = Policy(packs_under(pack, desk))
    wanted = "asked_on >= :since AND asked_on <= :day AND state <> 'withdrawn'"
    asked = view.all(Request, wanted, since=since, day=desk.today)
    return Rehearsal(len(asked), list(_elsewhere(view, desk, asked, other)))


def _elsewhere(view: Reading, desk: Desk, asked: list[Request], other: Policy) -> Iterator[Elsewhere]:
    for one in asked:
        on = one.decided_on or one.asked_on
        known = facts.asked(view, one, on, desk.policy).but(is_new=True)  # as it was filed
        current, proposed = (str(assess(known, on=on, policy=policy).value) for policy in (desk.policy, other))
        if current != proposed:
            yield Elsewhere(one, facts.names(view, one), current, proposed)
