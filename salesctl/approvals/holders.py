"""Who may decide a request: whoever holds the grade, has no hand in it, and has held it since before (A-5.4, K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.people.standings import grade_as_known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.people.rules import Filed


def deciders(view: Reading, needed: str, behind: Filed, desk: Desk, on: date) -> list[str]:
    """The people who may decide today: of the grade that must, or of the next one that anybody holds.

    Whoever had such a grade when it was asked for comes first; those who got it since only where nobody else can.
    """
    ladder, rungs = _rungs(desk, needed, on)
    behind = behind if needed != ladder[0] else behind.but(party_ids=())
    who = [free for grade in rungs if (free := _free(view, grade, behind, on))]
    longer = [[one for one in free if _had(view, one[0], rungs, behind, desk)] for free in who]
    found: list[tuple[int, str]] = next(filter(None, (*longer, *who)), [])
    return [name for _person, name in found]


def elders(view: Reading, grade: str, behind: Filed, desk: Desk, on: date) -> list[str]:
    """Whoever holds a grade, has no hand in the case, and had it or a higher one when it was asked for."""
    _ladder, rungs = _rungs(desk, grade, on)
    return [name for person, name in _free(view, grade, behind, on) if _had(view, person, rungs, behind, desk)]


def grade_before(view: Reading, who: int, needed: str, behind: Filed, desk: Desk) -> str | None:
    """The grade somebody had when a case was asked for, where it matters: others have had theirs since before."""
    _ladder, rungs = _rungs(desk, needed, desk.today)
    if behind.asked_at is None or not any(elders(view, grade, behind, desk, desk.present_day) for grade in rungs):
        return None
    return _grade_then(view, who, behind.asked_at, desk)


def _rungs(desk: Desk, needed: str, on: date) -> tuple[list[str], list[str]]:
    """The ladder on a day, and its rungs from the one needed upwards; none for what is no rung."""
    ladder = desk.policy.on(on, "A.approvals").items("ladder")[0]
    return ladder, ladder[ladder.index(needed) :] if needed in ladder else []


def _had(view: Reading, who: int, rungs: Sequence[str], behind: Filed, desk: Desk) -> bool:
    """Whether somebody was on one of these rungs when the case was asked for."""
    return behind.asked_at is None or _grade_then(view, who, behind.asked_at, desk) in rungs


def _grade_then(view: Reading, who: int, at: datetime, desk: Desk) -> str:
    return grade_as_known(view, who, at, at.astimezone(desk.zone).date())


def holding(view: Reading, grade: str, behind: Filed, on: date) -> list[str]:
    """Whoever holds a grade under regulation A on a day and has no hand in the case."""
    return [name for _person, name in _free(view, grade, behind, on)]


def _free(view: Reading, grade: str, behind: Filed, on: date) -> list[tuple[int, str]]:
    involved = (behind.requester_id, behind.typist_id, behind.editor_id, *behind.party_ids)
    holders = view.once(("holders", grade, on), lambda: _holders(view, grade, on))
    return [(person, name) for person, name in holders if person not in involved]


def _holders(view: Reading, grade: str, on: date) -> list[tuple[int, str]]:
    rows = view.select(
        "SELECT p.id, p.code || ' ' || p.name FROM person p "
        "JOIN standing g ON g.person_id = p.id AND g.aspect = 'grade' AND g.value = :grade "
        "AND g.from_on <= :day AND (g.until_on IS NULL OR g.until_on > :day) "
        "JOIN standing r ON r.person_id = p.id AND r.aspect = 'regime' AND r.value = 'A' "
        "AND r.from_on <= :day AND (r.until_on IS NULL OR r.until_on > :day) "
        "WHERE p.closed_on IS NULL OR p.closed_on > :day ORDER BY p.code",
        grade=grade,
        day=on,
    )
    return [(int(person), str(name)) for person, name in rows]
