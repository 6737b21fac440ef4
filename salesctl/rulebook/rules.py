"""Who may change what the regulation leaves to the company, and what a checklist still misses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome, Step

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy

LEDGER = "K.ledger"
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


def may_confirm_restore(grade: str, is_own: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact
    """Whether somebody may confirm that the backup which was put back is the right one (K-12).

    Args:
        grade: the grade they hold on the day and still today.
        is_own: whether they, or the login that types, put it back.
        on: the day.
        policy: the packs; `K.ledger.confirmers`.

    Returns:
        `confirmed` or `refused`; the note of the last step says why.
    """
    grades, basis = policy.on(on, LEDGER).items("confirmers")
    why = N_("whoever put it back does not confirm it") if is_own else ""
    if not why and grade not in grades:
        why = N_("their grade does not confirm it")
    steps = [Step(N_("grade that confirms"), one, "grade", (basis,)) for one in grades]
    steps.append(Step(N_("grade of whoever acts"), grade or "-", "grade"))
    steps.append(Step(N_("may confirm it"), not why, "word", (Basis("", "K-12"),), why))
    return Outcome("refused" if why else "confirmed", unit="word", steps=steps)


def restore_overdue(restored_on: date, *, on: date, policy: Policy) -> Outcome:
    """Whether a restored ledger should have been confirmed by now.

    Args:
        restored_on: the day it was put back.
        on: the day asked about.
        policy: the packs; `K.ledger.confirm_restore`.

    Returns:
        `due` through the last of its days, `overdue` after it; `confirm by` is that day.
    """
    days, basis = policy.on(on, LEDGER).figure("confirm_restore")
    last = restored_on + timedelta(days=days)
    outcome = Outcome("overdue" if on > last else "due", unit="word")
    outcome = outcome.step(N_("restored on"), restored_on, "day").step(N_("days"), days, "count", basis)
    return outcome.step(N_("confirm by"), last, "day", basis)


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
