"""Who may decide on a loss: confirm its shares, say how grave wrong figures were, drop or reverse it; pure.

By E-20a, K-10 and K-12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.losses.rules import CHAPTER
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy


class Judge(Record):
    """Somebody who wants to decide, as they stand on the day."""

    id: int
    grade: str
    is_closed: bool = False
    login_id: int = 0  # whose login types, where that is known


def may_decide(
    judge: Judge, bearers: list[int], reporter: int, confirmer: int = 0, *, on: date, policy: Policy
) -> Outcome:
    """Whether somebody may decide on a loss (E-20a, K-10, K-12).

    Args:
        judge: who, by ids and grade.
        bearers: the persons who bear a share of it.
        reporter: who reported it.
        confirmer: who confirmed it, where it is to be reversed: that takes somebody else.
        on: the day of the decision.
        policy: the packs; `E.losses.deciders`. Where one of them bears a share, the next decides.

    Returns:
        `granted` or `refused`; the note of the last step says why. Persons are compared, never grades alone.
    """
    grades, basis = policy.on(on, CHAPTER).items("deciders")
    obstacles = (
        (judge.grade not in grades, N_("their grade does not decide on losses")),
        (judge.is_closed, N_("they have left")),
        (judge.id in bearers, N_("whoever bears a share does not decide on it")),
        (judge.login_id in bearers, N_("the login of the person concerned does not decide for somebody else")),
        (reporter in (judge.id, judge.login_id), N_("whoever reported it does not decide it")),
        (bool(confirmer) and confirmer in (judge.id, judge.login_id), N_("whoever confirmed it does not reverse it")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    steps = [Step(N_("grade that decides"), grade, "grade", (basis,)) for grade in grades]
    steps.append(Step(N_("grade of whoever decides"), judge.grade or "-", "grade"))
    steps.append(Step(N_("may decide"), not why, "word", (Basis("", "K-10"), Basis("", "K-12")), why))
    return Outcome("refused" if why else "granted", unit="word", steps=steps)
