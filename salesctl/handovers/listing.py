"""The handovers as a list shows them, in one query; and the days on which a table of shares ends (E-17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.handovers.cases import named
from salesctl.handovers.rows import Handover
from salesctl.handovers.visiting import manager_of
from salesctl.ledger.row import typed
from salesctl.policy.units import add_months

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

LISTED = """SELECT h.number, h.state, t.code || ' ' || t.name, r.code || ' ' || r.name, s.code || ' ' || s.name,
    CASE WHEN h.is_deviation = 1 THEN 'AMB-E-d' ELSE '' END, h.started_on, h.leaving_on, h.planned_on, h.signed_on,
    h.ended_on
    FROM handover h JOIN person t ON t.id = h.transferor_id JOIN person r ON r.id = h.receiver_id
    JOIN person s ON s.id = h.supervisor_id
    WHERE :by = '' OR (h.state = 'open' AND coalesce(h.planned_on, h.leaving_on) <= :by) ORDER BY h.id"""
NOTICE = timedelta(days=7)  # for which each of the two days is said: a check on Monday still says Saturday's
LAST = N_("losses in it are shared by the first table of E-17 through {day}: its last day")
AFTER = N_("losses found in it from {day} on are shared by the second table of E-17")


def listed(view: Reading, planned_by: date | None = None) -> list[tuple[Any, ...]]:
    """Every handover; or the open ones that should be complete by a day."""
    rows = view.select(LISTED, by=planned_by or "")
    return [(*row[:6], *(typed("date", day) for day in row[6:])) for row in rows]


def tiers_due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Complete handovers whose first four months end soon, or have just ended (T-36, E-17, AMB-E-a)."""
    items = []
    for one in view.all(Handover, "state = 'complete' AND signed_on IS NOT NULL AND ended_on <= :day", day=day):
        months, _basis = desk.policy.on(one.started_on, "E.losses").figure("months")
        last = add_months(one.signed_on or one.started_on, months)
        first = last + timedelta(days=1)
        if last - NOTICE < day <= last:
            items.append(_due(view, one, day, "E-17a", LAST, last))
        elif first <= day < first + NOTICE:
            items.append(_due(view, one, day, "E-17b", AFTER, first))
    return items


def _due(view: Reading, one: Handover, day: date, clause: str, says: str, due_on: date) -> Due:
    manager = manager_of(view, one, day)
    people = (one.receiver_id, one.supervisor_id, manager.key if manager else None)
    who = ", ".join(dict.fromkeys(named(view, key) for key in people if key))
    return Due("T-36", clause, one.number, who, due_on, "due", says, {"day": due_on})
