"""How far a departure is, what waits for the handover, and what is due all the same (E-8, E-18); pure.

The regulation keeps its own formalities closed until the handover is complete. It cannot lengthen an employment
(L-9), and a hold on pay is only ever said as what the regulation wants (L-10).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.handovers.rules import earliest_last_day
from salesctl.policy.cautions import caution
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

REPORT_FILED, APPROVED, HANDOVER, FORMALITIES, LEFT, LEFT_OPEN = STAGES = (
    *("report_filed", "approved", "handover", "formalities", "left", "left_open"),
)
WORDS = (
    *(N_("report filed"), N_("approved"), N_("handover"), N_("formalities"), N_("left"), N_("left open")),
    *(N_("granted"), N_("refused")),
)
GATE = Basis("", "E-18")
NOT_CONSENT = caution("L-9", N_("after the notice the employment ends; the employer's consent is not needed"))
PAY = (
    caution("L-4", N_("wages are paid in full, on the day agreed")),
    caution("L-10", N_("when the employment ends, all wages are due at once")),
    caution("L-21", N_("sales commission is wages")),
)


class Departure(Record):
    """Somebody who leaves; a day is none while the step has not been made."""

    filed_on: date
    approved_on: date | None = None
    handover_started_on: date | None = None
    handover_completed_on: date | None = None
    formalities_on: date | None = None
    is_on_probation: bool = False  # by law a shorter notice is enough
    is_dismissed: bool = False  # without a report of their own: no notice is counted
    wished_on: date | None = None  # the last day that was named; none: as soon as the notice allows


def last_day(departure: Departure, *, policy: Policy) -> Outcome:
    """The last day of an employment (E-8, L-9, X-15).

    Args:
        departure: its report and the day named in it.
        policy: the packs; `E.handover.notice`, and in probation `L.leaving.notice_in_probation`.

    Returns:
        The day named, or the first that the notice allows where none is named or it comes before that.
    """
    first, steps = _notice(departure, policy)
    outcome = Outcome(max(first, departure.wished_on or first), unit="day", steps=steps)
    return outcome.step(N_("last day named"), departure.wished_on, "day", Basis("", "E-8"))


def may_leave_on(departure: Departure, *, policy: Policy) -> Outcome:
    """Whether the last day named in a report leaves the notice its time (E-8, L-9).

    Args:
        departure: its report and the day named in it.
        policy: the packs; `E.handover.notice`, and in probation `L.leaving.notice_in_probation`.

    Returns:
        `refused` for a day before the notice is over; the day it is over is soon enough (AMB-E-h).
    """
    first, steps = _notice(departure, policy)
    is_soon = departure.wished_on is not None and departure.wished_on < first
    outcome = Outcome("refused" if is_soon else "granted", unit="word", steps=steps)
    note = N_("before the notice is over") if is_soon else ""
    return outcome.step(N_("last day named"), departure.wished_on, "day", Basis("", "E-8", "AMB-E-h"), note=note)


def stage(departure: Departure, *, on: date, policy: Policy) -> Outcome:
    """How far a departure is on a day (E-4g, E-8, E-18, SM-25).

    Args:
        departure: its steps; one of a later day is not known yet.
        on: the day asked about.
        policy: the packs; `E.handover.notice`, and in probation `L.leaving.notice_in_probation`.

    Returns:
        `report_filed`, `approved`, `handover`, `formalities` (open, or gone through), then `left` from the day after
        the last one on; `left_open` instead where the formalities are still missing: the employment has ended all the
        same (L-9). Somebody dismissed has no notice to wait for (X-15).
    """
    ended = last_day(departure, policy=policy)
    reached = REPORT_FILED
    for name, day in (
        (APPROVED, departure.approved_on),
        (HANDOVER, departure.handover_started_on),
        (FORMALITIES, departure.handover_completed_on),
    ):
        reached = name if _is_known(day, on) else reached
    is_through = _is_known(departure.formalities_on, on) and reached == FORMALITIES
    if on > ended.day:
        reached = LEFT if is_through else LEFT_OPEN
    steps = (
        *ended.steps,
        Step(N_("handover completed on"), departure.handover_completed_on, "day", (Basis("", "E-4g"),)),
        Step(N_("formalities on"), departure.formalities_on, "day", (GATE,)),
        NOT_CONSENT,
    )
    return Outcome(reached, unit="word", steps=steps)


def formalities(handover_completed_on: date | None, *, on: date) -> Outcome:
    """Whether somebody may go through the company's departure formalities (E-4g, E-18).

    Args:
        handover_completed_on: the day the handover was complete; none where it is not.
        on: the day of the formalities.

    Returns:
        `granted` once it is; else `refused`. That holds up neither the end of the employment (L-9), nor what the
        employer owes at it: certificate, file and insurance (L-11).
    """
    is_complete = _is_known(handover_completed_on, on)
    outcome = Outcome("granted" if is_complete else "refused", unit="word")
    outcome = outcome.step(N_("handover completed on"), handover_completed_on, "day", Basis("", "E-4g"), GATE)
    owed = caution("L-11", N_("certificate, file and insurance do not wait for the handover"))
    return Outcome(outcome.value, unit="word", steps=(*outcome.steps, *(() if is_complete else (NOT_CONSENT, owed))))


def final_pay(wages: Fen, bonus: Fen, severance: Fen, handover_completed_on: date | None, *, on: date) -> Outcome:
    """What is due to somebody who leaves, and what may wait for the handover (E-18, L-10).

    Args:
        wages: wages and commission not yet paid, in fen; reimbursements are not among them (X-26).
        bonus: bonus not yet paid, in fen.
        severance: severance, in fen; by law it alone may wait.
        handover_completed_on: the day the handover was complete; none where it is not.
        on: the day the pay is due.

    Returns:
        Two sums in fen: what is payable now, and what may wait. While the handover is open the regulation wants
        wages and bonus held; the working says that sum, and the law that forbids it.
    """
    is_complete = _is_known(handover_completed_on, on)
    waits = 0 if is_complete else severance
    held = 0 if is_complete else wages + bonus
    note = N_("what the regulation wants; holding it wants a name and a reason") if held else ""
    steps = (
        Step(N_("wages not paid"), wages, "fen"),
        Step(N_("bonus not paid"), bonus, "fen"),
        Step(N_("severance"), severance, "fen", (Basis("", "L-10"),)),
        Step(N_("handover completed on"), handover_completed_on, "day", (GATE,)),
        Step(N_("to be held by the regulation"), held, "fen", (GATE,), note),
        *(PAY if held else ()),
    )
    return Outcome([wages + bonus + severance - waits, waits], unit="fen", steps=steps)


def may_hold(decided_by: str, reason: str) -> Outcome:
    """Whether a hold on somebody's pay may be recorded (E-18, L-4, L-10).

    Args:
        decided_by: whose decision it is.
        reason: why.

    Returns:
        `granted` only to a named person with a reason, and with the legal warnings beside it.
    """
    is_owned = bool(decided_by.strip() and reason.strip())
    why = "" if is_owned else N_("a hold wants a name and a reason")
    steps = (
        Step(N_("decided by"), decided_by.strip() or "-", "text", (GATE,), why),
        Step(N_("reason"), reason.strip() or "-", "text", (GATE,)),
        *PAY,
    )
    return Outcome("granted" if is_owned else "refused", unit="word", steps=steps)


def _notice(departure: Departure, policy: Policy) -> tuple[date, tuple[Step, ...]]:
    """The first day that can be the last of the employment, and why it is that day."""
    if departure.is_dismissed:
        note = N_("no notice to wait for")
        return departure.filed_on, (Step(N_("dismissed"), departure.filed_on, "day", (Basis("", "X-15"),), note),)
    earliest = earliest_last_day(departure.filed_on, policy=policy)
    if not departure.is_on_probation:
        return earliest.day, earliest.steps
    days, basis = policy.on(departure.filed_on, "L.leaving").figure("notice_in_probation")
    last = departure.filed_on + timedelta(days=days)
    return last, (*earliest.steps, Step(N_("days of notice in probation"), days, "count", (basis,)))


def _is_known(day: date | None, on: date) -> bool:
    return day is not None and day <= on
