"""Who decides that a debt is bad, and what that takes off the sales figures (A-8.3, A-8.4); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown
from salesctl.receivables.rules import may_be_submitted_from
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "A.bad_debts"
PERIODS = ("month", "quarter", "year")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
WORDS = (
    *(N_("board"), N_("year"), N_("any"), N_("added back"), N_("left out")),
    *(N_("granted"), N_("refused")),
)
VERSIONS = {  # the wording each choice of A.bad_debts.period stands for (AMB-A0)
    "year": N_("annual sales only: the wording of the earlier version, A1"),
    "any": N_("the month, the quarter and the year: the wording of the later version, A2"),
}


class Change(Record):
    """What happened to a bad debt: the board approved it as one, or money came in for it later."""

    day: date
    amount: Fen
    account_manager: str
    is_recovery: bool = False


class Handover(Record):
    """How the debt's customer passed from one account manager to another."""

    transferor: str
    receiver: str
    completed_on: date | None
    is_disputed: bool  # the debt was listed as disputed, or as a current issue, at signing


def decision(body: str, due: date, submitted_on: date | None, *, on: date, policy: Policy) -> Outcome:
    """Whether somebody may decide that a debt is bad or dead (A-8.3).

    Args:
        body: who wants to decide, such as `board` or a grade.
        due: the debt's due day.
        submitted_on: the day it was put to management; none where it was not.
        on: the day of the decision.
        policy: the packs; `A.bad_debts.decider`.

    Returns:
        `granted` to the board alone, for a debt put to management when it was more than 6 months past its due day;
        else `refused`.

    Raises:
        NotInForce: `on` comes before article 8 took effect.
    """
    decider, basis = policy.on(on, CHAPTER).text("decider")
    earliest = may_be_submitted_from(due, policy=policy)
    is_early = submitted_on is not None and submitted_on < earliest.day
    why = N_("too early") if is_early else ""
    if submitted_on is None or submitted_on > on:
        why = N_("not put to management")
    wrong = "" if body == decider else N_("only the board decides")
    outcome = Outcome("refused" if why or wrong else "granted", unit="word", steps=earliest.steps)
    outcome = outcome.step(N_("may be submitted from"), earliest.value, "day", basis)
    outcome = outcome.step(N_("submitted on"), submitted_on, "day", basis, note=why)
    return outcome.step(N_("decided by"), body, "grade", basis, note=wrong)


def revenue(
    sales: Fen, changes: list[Change], period: str, account_manager: str | None = None, *, on: date, policy: Policy
) -> Outcome:
    """Sales of a period after bad debts (A-8.4).

    Args:
        sales: what was sold in the period, in fen, before bad debts.
        changes: approvals by the board, and money that came in for them later, in fen; each counts on its own day
            (AMB-A8-d), and none before article 8 took effect (K-9).
        period: `month`, `quarter` or `year`; the one that `on` lies in.
        account_manager: whose sales these are; none for the department, whose figure holds everybody's (AMB-A8-e).
        on: any day of the period.
        policy: the packs; `A.bad_debts.period` says whether only a year's sales fall, or any period's.

    Returns:
        Fen, below zero where more went bad than was sold. Both figures fall by the whole amount; what comes in
        later is added back on its day, unless the company leaves it out (AMB-A8-g).

    Raises:
        Unknown: another period.
    """
    if period not in PERIODS:
        raise Unknown(
            what=N_("period"), value=shown(period), candidates=", ".join(PERIODS), listing="salesctl policy show A-8.4"
        )
    total, steps = sales, [Step(N_("sales before bad debts"), sales, "fen")]
    for change in changes:
        is_theirs = account_manager in (None, change.account_manager)
        if not is_theirs or not _is_same(change.day, on, period) or not policy.binds("A-8.4", change.day):
            continue
        amount, counted = _counted(change, period, policy)
        total += amount
        steps += counted
    return Outcome(total, unit="fen", steps=steps)


def bearer(passed: Handover, *, on: date) -> Outcome:
    """Whose sales an approved bad debt is taken off after a handover (A-8.4, AMB-A8-f, X-5, X-6).

    Args:
        passed: the two account managers, and how the handover went.
        on: the day of the board's approval.

    Returns:
        The receiver's code from the day of completion on, the transferor's before, and the transferor's all along
        where the debt was listed as disputed: then all of it is also theirs under E-15b.
    """
    is_over = passed.completed_on is not None and passed.completed_on <= on
    outcome = Outcome(passed.receiver if is_over and not passed.is_disputed else passed.transferor)
    outcome = outcome.step(N_("handover completed on"), passed.completed_on, "day", Basis("", "A-8.4", "AMB-A8-f"))
    note = N_("same debt, two consequences: all of it is theirs under E-15b as well") if passed.is_disputed else ""
    return outcome.step(N_("listed as disputed"), passed.is_disputed, "word", Basis("", "X-6"), note=note)


def _is_same(day: date, on: date, period: str) -> bool:
    """Whether both days lie in the same month, quarter or year."""
    return day.year == on.year and (day.month - 1) // MONTHS[period] == (on.month - 1) // MONTHS[period]


def _counted(change: Change, period: str, policy: Policy) -> tuple[Fen, list[Step]]:
    """By how much a change moves the period's sales, and why; the packs of its own day decide."""
    chapter = policy.on(change.day, CHAPTER)
    (scope, basis), (later, recovered) = chapter.text("period"), chapter.text("recovery")
    amount = change.amount if change.is_recovery else -change.amount
    is_left_out = change.is_recovery and later == "left_out"
    if scope not in ("any", period) or is_left_out:
        amount = 0
    name = N_("received later") if change.is_recovery else N_("approved as bad debt")
    rests = (basis.but(reading="AMB-A8-d"), *((recovered,) if change.is_recovery else ()))
    return amount, [
        Step(N_("booked on"), change.day, "day", (basis.but(reading="AMB-A8-d"),)),
        Step(name, amount, "fen", rests),
        Step(N_("counts in"), scope, "word", (basis.but(reading="AMB-A0"),), VERSIONS[scope]),
    ]
