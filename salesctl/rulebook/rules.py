"""Who may change what the regulation leaves to the company."""

from __future__ import annotations

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome

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
