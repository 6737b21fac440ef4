"""Whoever acts as somebody who decides: their standing under regulation A, lent authority, whose login types (K-12)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from salesctl.ledger.journal import NEWEST_TIME
from salesctl.people.rules import Decider
from salesctl.people.standings import is_enrolled, standing
from salesctl.policy.kinds import GRADES

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

LENT = (
    "SELECT giver_id FROM delegation WHERE deputy_id = :deputy AND from_on <= :day AND until_on > :day "
    "AND from_on <= :now AND until_on > :now ORDER BY id"
)


def decider(view: Reading, desk: Desk) -> Decider:
    """Whoever acts, as they stand on the business day and still today: `--on` lends nobody a grade of another day."""
    who = desk.somebody.id
    return Decider(
        who,
        grade=_grade(view, desk, who),
        is_enrolled=_is_enrolled(view, desk, who),
        is_closed=_is_closed(view, desk, who),
        typist_id=view.value("SELECT person_id FROM person_login WHERE login = :login", login=desk.login),
    )


def deciders(view: Reading, desk: Desk) -> list[Decider]:
    """Whoever acts in their own authority, then in every one that is lent to them: no more than the giver has today.

    What a giver holds by somebody else's loan is not theirs to lend: there are no chains.
    """
    own = decider(view, desk)
    givers = [giver for (giver,) in view.select(LENT, deputy=own.id, day=desk.today, now=latest_day(view, desk))]
    lent = [
        own.but(grade=_grade(view, desk, giver), giver_id=giver)
        for giver in givers
        if _is_enrolled(view, desk, giver) and not _is_closed(view, desk, giver)
    ]
    return [own, *lent]


def holds(view: Reading, desk: Desk, who: int, grades: Collection[str]) -> bool:
    """Whether somebody is of one of these grades on the business day and still today: `--on` lends nobody a grade."""
    days = {desk.today, desk.present_day, latest_day(view, desk)}
    return all(standing(view, who, "grade", day) in grades for day in days)


def latest_day(view: Reading, desk: Desk) -> date:
    """The day it is, or that of the newest entry where the machine's clock went back: no loan lives again by that."""
    if desk.clock != "system" or not (newest := view.value(NEWEST_TIME)):
        return desk.present_day
    entered = datetime.fromisoformat(newest).replace(tzinfo=UTC).astimezone(desk.zone).date()
    return max(desk.present_day, entered)


def _grade(view: Reading, desk: Desk, who: int) -> str:
    days = {desk.today, desk.present_day, latest_day(view, desk)}
    grades = {standing(view, who, "grade", day) for day in days}
    if grades <= set(GRADES):
        return min(grades, key=GRADES.index)
    return grades.pop() if len(grades) == 1 else ""  # no rung, such as the board: held on both days, or on neither


def _is_enrolled(view: Reading, desk: Desk, who: int) -> bool:
    return all(is_enrolled(view, who, "A", day) for day in (desk.today, desk.present_day))


def _is_closed(view: Reading, desk: Desk, who: int) -> bool:
    closed_on = view.value("SELECT closed_on FROM person WHERE id = :id", id=who)
    return closed_on is not None and closed_on <= latest_day(view, desk).isoformat()
