"""Who may decide on a fine (K-10, K-12, D-10b); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.people.rules import OWN
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy


class Judge(Record):
    """Somebody who wants to decide on a fine, as they stand on the day."""

    id: int
    grade: str
    is_bound: bool  # by the regulation the fine comes from
    login_id: int = 0  # whose login types, where that is known


class Concern(Record):
    """Who has to do with a fine; 0 where nobody is known."""

    fined_id: int
    reporter_id: int = 0
    typist_id: int = 0  # of the report


def may_decide(judge: Judge, concern: Concern, clause: str, *, on: date, policy: Policy) -> Outcome:
    """Whether somebody may confirm, waive, suspend or post a fine (K-10, K-12, D-10b).

    Args:
        judge: who, by ids and grade.
        concern: the person fined, whoever reported it, and whoever typed the report.
        clause: the clause of the fine; its regulation says whose grades decide.
        on: the day of the decision.
        policy: the packs; `D.consultants.supervisors`, `C.violations.deciders`, else `K.fines.deciders`.

    Returns:
        `granted` or `refused`; the note of the last step says why. Persons are compared, never grades alone.

    Raises:
        Unknown: the regulation has no fines.
    """
    deciding = deciders(clause, on, policy)
    persons = [person for person in (judge.id, judge.login_id) if person]
    obstacles = (
        (judge.id == concern.fined_id, OWN[0]),
        (judge.login_id == concern.fined_id, OWN[1]),
        (concern.reporter_id in persons, N_("whoever reported it does not decide it")),
        (concern.typist_id in persons, OWN[2]),
        (not judge.is_bound, N_("the regulation it comes from does not bind them")),
        (judge.grade not in [grade for grade, _basis in deciding], N_("their grade does not decide on fines")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    decide = [Step(N_("grade that decides"), grade, "grade", (basis,)) for grade, basis in deciding]
    grade = Step(N_("grade of whoever decides"), judge.grade or "-", "grade")
    last = Step(N_("may decide"), not why, "word", (Basis("", "K-10"), Basis("", "K-12")), why)
    return Outcome("refused" if why else "granted", unit="word", steps=(*decide, grade, last))


def deciders(clause: str, on: date, policy: Policy) -> list[tuple[str, Basis]]:
    """The grades that decide on the fines of a regulation, the nearest first, and what says so.

    Raises:
        Unknown: the regulation has no fines.
    """
    regulation = clause[:1]
    if regulation == "D":
        return [(item.name, item.basis) for item in policy.on(on, "D.consultants").checklist("supervisors").items]
    if regulation == "C":
        rows = [policy.on(on, "C.violations").row("deciders", row) for row in ("corrective_notice", "final_ruling")]
    else:
        rows = [policy.on(on, "K.fines").row("deciders", regulation)]
    return [(grade, basis) for grades, basis in rows for grade in grades]
