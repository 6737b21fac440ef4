"""Whoever acts as somebody who decides: their standing under regulation A, and whose login types (K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.people.rules import Decider
from salesctl.people.standings import is_enrolled, standing

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading


def decider(view: Reading, desk: Desk) -> Decider:
    """Whoever acts, as they stand on the business day; who has left by now has left for every day."""
    who = desk.somebody.id
    closed_on = view.value("SELECT closed_on FROM person WHERE id = :id", id=who)
    return Decider(
        who,
        grade=standing(view, who, "grade", desk.today),
        is_enrolled=is_enrolled(view, who, "A", desk.today),
        is_closed=closed_on is not None and closed_on <= desk.present_day.isoformat(),
        typist_id=view.value("SELECT person_id FROM person_login WHERE login = :login", login=desk.login),
    )
