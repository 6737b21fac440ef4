"""Fines that wait for somebody: to be decided on, and then to be posted (T-32, K-10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.fines import facts, negligence
from salesctl.fines.deciding_rules import deciders
from salesctl.fines.rows import Fine
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

UNDECIDED = N_("{person}: {amount} yuan proposed for {about}; confirm or waive {number}: salesctl fine show {number}")
UNPOSTED = N_(
    "{person}: {amount} yuan confirmed for {about} and not posted yet: salesctl fine post {number} --wage YUAN"
)
STANDS = (  # the newest step until a day
    "SELECT f.id, s.decided_on FROM fine f JOIN fine_step s ON s.id = "
    "(SELECT max(n.id) FROM fine_step n WHERE n.fine_id = f.id AND n.decided_on <= :day) "
    "WHERE s.state IN ('confirmed', 'deduction_candidate') ORDER BY f.id"
)
OPEN = (
    "proposed_on <= :day AND NOT EXISTS (SELECT 1 FROM fine_step s WHERE s.fine_id = fine.id "
    "AND s.state <> 'proposed' AND s.decided_on <= :day)"
)


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Fines and gross negligence nobody had decided on by a day; fines confirmed by it and not posted or let go."""
    undecided = [_due(view, desk, one, one.proposed_on, UNDECIDED) for one in view.all(Fine, OPEN, day=day)]
    unposted = [
        _due(view, desk, view.one(Fine, id=key), date.fromisoformat(since), UNPOSTED)
        for key, since in view.select(STANDS, day=day)
    ]
    return [*undecided, *unposted, *negligence.due(view, desk, day)]


def _due(view: Reading, desk: Desk, one: Fine, since: date, says: str) -> Due:
    (grade, _basis), *_higher = deciders(one.clause, desk.today, desk.policy)
    person = facts.said(view, one.person_id)
    fill = {"person": person, "amount": yuan(one.amount), "about": one.about, "number": one.number}
    return Due("T-32", one.clause, one.number, grade, since, "due", says, fill)
