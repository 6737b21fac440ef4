"""Who may change what the regulation leaves to the company, and what a checklist still misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy

TOP = "general_manager"
RESTS_ON = Basis("policy.adopt", "", "", "tool-default")  # no regulation names who sets the company's figures


def may_adopt(grade: str, has_top: bool) -> Outcome:  # noqa: FBT001 - a fact, not a switch
    """Whether somebody may set the company's own figures.

    Args:
        grade: the grade they hold on the day; empty where nobody is named.
        has_top: whether the ledger knows a general manager; until then a department is only being set up.

    Returns:
        `granted` for a general manager, and for anybody while there is none; `refused` for everybody else.
    """
    outcome = Outcome("granted" if grade == TOP or not has_top else "refused", unit="word")
    outcome = outcome.step(N_("grade"), grade or "-", "grade")
    return outcome.step(N_("needed"), TOP if has_top else "-", "grade", RESTS_ON)


def missing(checklist: str, done: list[str], *, on: date, policy: Policy) -> Outcome:
    """What a checklist still misses before its next step is open.

    Args:
        checklist: the key of the figure, such as `B.projects.first_meeting`.
        done: the names of what is done, in the order it was done.
        on: the day of the step.
        policy: the packs; any figure of kind `checklist`.

    Returns:
        The names of the hard items that are missing, in the order of the list; each line cites its clause. A soft
        item that is missing is said and closes nothing. In an ordered list an item done before an earlier one does
        not count.

    Raises:
        Unknown: there is no such checklist, or something was done that is not on it.
    """
    chapter, _dot, entry = checklist.rpartition(".")
    return policy.on(on, chapter).checklist(entry).missing(done)
