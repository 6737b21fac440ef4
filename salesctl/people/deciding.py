"""Whoever acts as somebody who decides: their standing under regulation A, and whose login types (K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.people.rules import Decider
from salesctl.people.standings import is_enrolled, standing
from salesctl.policy.kinds import GRADES

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading


def decider(view: Reading, desk: Desk) -> Decider:
    """Whoever acts, as they stand on the business day and still today: `--on` lends nobody a grade of another day."""
    who = desk.somebody.id
    days = (desk.today, desk.present_day)
    grades = [standing(view, who, "grade", day) for day in days]
    closed_on = view.value("SELECT closed_on FROM person WHERE id = :id", id=who)
    return Decider(
        who,
        grade=min(grades, key=lambda grade: GRADES.index(grade) if grade in GRADES else -1),
        is_enrolled=all(is_enrolled(view, who, "A", day) for day in days),
        is_closed=closed_on is not None and closed_on <= desk.present_day.isoformat(),
        typist_id=view.value("SELECT person_id FROM person_login WHERE login = :login", login=desk.login),
    )
