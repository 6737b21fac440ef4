"""What is due of handovers: problems still open at the planned completion, shares that change (T-35, T-36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.handovers.issues import standing
from salesctl.handovers.listing import tiers_due
from salesctl.handovers.rows import Handover, HandoverIssue

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

SETTLE = N_("{text}: not settled yet; after {day} the loss is the transferor's (E-15b)")
PARTIES = """SELECT id, code || ' ' || name FROM person WHERE id IN (SELECT transferor_id FROM handover
    WHERE state = 'open' UNION SELECT supervisor_id FROM handover WHERE state = 'open')"""


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Problems still open on the planned completion (T-35, E-15), and tables of shares that end (T-36, E-17)."""
    return [*_unsettled(view, desk, day), *tiers_due(view, desk, day)]


def _unsettled(view: Reading, desk: Desk, day: date) -> list[Due]:
    begun = {one.key: one for one in view.all(Handover, "state = 'open' AND started_on <= :day", day=day)}
    if not begun:
        return []
    names = dict(view.select(PARTIES))
    items = []
    for one in view.all(
        HandoverIssue,
        "found_on <= :day AND (settled_on IS NULL OR settled_on > :day) "
        "AND handover_id IN (SELECT id FROM handover WHERE state = 'open')",
        day=day,
    ):
        of = begun.get(one.handover_id)
        last = (of.planned_on or of.leaving_on) if of else None
        if of is None or last is None or day < last or standing(of, one, day, desk.policy).state == "carried":
            continue
        who = ", ".join(names[key] for key in (of.transferor_id, of.supervisor_id))
        state = "overdue" if day > last else "due"
        items.append(Due("T-35", "E-15a", one.number, who, last, state, SETTLE, {"text": one.text, "day": last}))
    return items
