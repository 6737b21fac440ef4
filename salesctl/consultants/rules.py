"""Whose consent puts regulation D in force, who supervises it, and what it costs in wages (D-10a to D-11); pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.cautions import FINE, caution
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "D.consultants"
INACTIVE, CONFIRMED = "inactive", "confirmed"
ENDINGS = ("dismissed", "resigned", "contract_ended")
STATES = {
    CONFIRMED: N_("confirmed"),
    "proposed": N_("proposed"),
    "suspended": N_("fine suspended"),
    "waived": N_("waived"),
}
WORDS = (
    *(N_("inactive"), N_("confirm"), N_("waive")),
    *(N_("granted"), N_("refused"), N_("dismissed"), N_("resigned"), N_("contract ended")),
)
CONSENT = Basis("", "D-10c", "AMB-D-k")
WAGES = (
    caution("L-4", N_("wages are paid in full, on the day agreed")),
    caution("L-10", N_("when the employment ends, all wages are due at once")),
    caution("L-21", N_("sales commission is wages")),
)


class Consultant(Record):
    """A property consultant and their signature; `left_on` is the last day at work."""

    name: str
    signed_on: date | None = None
    joined_on: date | None = None
    left_on: date | None = None

    def consents(self, day: date) -> bool:
        """Whether they hold up nothing on a day: they have signed, or are not there yet, or any more."""
        has_signed = self.signed_on is not None and self.signed_on <= day
        is_to_come = self.joined_on is not None and self.joined_on > day
        return has_signed or is_to_come or (self.left_on is not None and self.left_on < day)


class Fine(Record):
    """A fine as it stands: the day it belongs to (of a week, its Sunday), in fen, and what was decided."""

    day: date
    amount: Fen
    state: str = "proposed"


class Ruling(Record):
    """What somebody wants to do with a proposed fine."""

    grade: str
    is_own: bool  # whether it is their own fine
    decision: str  # confirm or waive
    reason: str = ""


def regime_start(consultants: list[Consultant]) -> Outcome:
    """The day from which regulation D is carried out (D-10c).

    Args:
        consultants: all property consultants, with their signatures.

    Returns:
        The first day on which everybody employed has signed, events of that day included; `inactive` where there is
        none yet. Whoever joins later holds up nothing (AMB-D-k); whoever resigns instead of signing does so until
        their last day.
    """
    signed = [one.signed_on for one in consultants if one.signed_on]
    left = [one.left_on + timedelta(days=1) for one in consultants if one.left_on and signed]
    days = sorted(day for day in (*signed, *left) if day >= min(signed))
    started = next((day for day in days if all(one.consents(day) for one in consultants)), None)
    wanting = [one.name for one in consultants if not (one.signed_on or one.left_on or started)]
    steps = (
        Step(N_("signatures given"), len(signed), "count", (Basis("", "D-10c"),)),
        Step(N_("last signature"), max(signed, default=None), "day", (CONSENT,)),
        Step(N_("signatures missing"), ", ".join(wanting) or "-", "text", (CONSENT,)),
        caution("L-8", N_("signatures do not replace discussion with the staff and publication")),
    )
    return Outcome(started or INACTIVE, unit="day" if started else "word", steps=steps)


def bound_from(signed_on: date | None, started: date | None) -> Outcome:
    """The day from which one consultant is bound (D-10c).

    Args:
        signed_on: the day of their own signature; none where they have not signed.
        started: the day the regulation began, as `regime_start` answers it; none while it is inactive.

    Returns:
        The later of the two: a newcomer is bound from their own signature (AMB-D-k). `inactive` without either.
    """
    bound = max(signed_on, started) if signed_on and started else None
    outcome = Outcome(bound or INACTIVE, unit="day" if bound else "word")
    outcome = outcome.step(N_("own signature"), signed_on, "day", CONSENT)
    return outcome.step(N_("carried out from"), started, "day", Basis("", "D-10c"))


def may_decide(ruling: Ruling, *, on: date, policy: Policy) -> Outcome:
    """Whether somebody may confirm or waive a proposed fine (D-10b).

    Args:
        ruling: who, what, and why.
        on: the day of the decision.
        policy: the packs; `D.consultants.supervisors`.

    Returns:
        `granted` to a supervisor, with a reason where the fine is waived (K-10), and never in their own case (K-12).
    """
    items = policy.on(on, CHAPTER).checklist("supervisors").items
    obstacles = (
        (ruling.grade not in [item.name for item in items], N_("only a supervisor decides")),
        (ruling.is_own, N_("nobody decides in their own case")),
        (ruling.decision not in ("confirm", "waive"), N_("a fine is confirmed or waived")),
        (ruling.decision == "waive" and not ruling.reason.strip(), N_("waiving wants a reason")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    steps = (
        Step(N_("grade of whoever decides"), ruling.grade or "-", "grade"),
        *(Step(N_("supervisor of fines"), item.name, "grade", (item.basis,)) for item in items),
        Step(N_("may decide"), not why, "word", (Basis("", "D-10b"),), why),
    )
    return Outcome("refused" if why else "granted", unit="word", steps=steps)


def month_fines(fines: list[Fine], wages: Fen | None = None, *, on: date) -> Outcome:
    """The fines of a month that may be taken from its wages: candidates, of which nothing is posted (D-10a).

    Args:
        fines: the fines of one consultant.
        wages: the wages of the month in fen, where they are known.
        on: any day of the month.

    Returns:
        The confirmed fines of the month together, in fen. What is proposed, suspended or waived is said apart; what
        is more than the wages is said and not carried over (AMB-D-q). The law's limits are warnings, no amounts.

    Raises:
        Unknown: a state that is none of the four.
    """
    rule, sums = Basis("", "D-10a"), _by_state(fines, on)
    total = sums[CONFIRMED]
    steps = [Step(N_("month"), f"{on:%Y-%m}", "text", (rule,))]
    steps += [Step(STATES[state], amount, "fen", (rule,)) for state, amount in sums.items()]
    if wages is not None:
        beyond = max(total - wages, 0)
        note = N_("not carried over to another month") if beyond else ""
        steps.append(Step(N_("more than the wages"), beyond, "fen", (rule.but(reading="AMB-D-q"),), note))
    if total:
        share, floor = N_("at most a share of the month's wages may be taken"), N_("the minimum wage must be left")
        steps += [caution("L-1", share), caution("L-2", floor), FINE, WAGES[0]]
    return Outcome(total, unit="fen", steps=steps)


def full_pay(wages: Fen, commission: Fen) -> Outcome:
    """What a dismissed consultant has still to be paid: all of it, whatever the discretion of D-10d.

    Args:
        wages: wages not yet paid, in fen.
        commission: commission not yet paid, in fen.

    Returns:
        Both together, in fen (X-8).
    """
    outcome = Outcome(wages + commission, unit="fen").step(N_("wages not paid"), wages, "fen", Basis("", "D-10d"))
    note = N_("the regulation leaves it to discretion; by law it is due in full")
    outcome = outcome.step(N_("commission not paid"), commission, "fen", Basis("", "D-10d"), note=note)
    return Outcome(outcome.value, unit="fen", steps=(*outcome.steps, *WAGES))


def may_pay_less(owed: Fen, paid: Fen, decided_by: str = "", reason: str = "") -> Outcome:
    """Whether a sum paid to a dismissed consultant may be recorded (D-10d, X-8).

    Args:
        owed: the full sum in fen, as `full_pay` answers it.
        paid: the sum to be recorded, in fen.
        decided_by: whose decision it is.
        reason: why it is less.

    Returns:
        `granted` for the full sum or more; for less only with a person and a reason, and with the legal
        warnings in any case.
    """
    rule, is_less = Basis("", "D-10d"), paid < owed
    is_owned = bool(decided_by.strip() and reason.strip())
    why = N_("less than the full sum wants a name and a reason") if is_less and not is_owned else ""
    steps = (
        Step(N_("owed in full"), owed, "fen", (rule,)),
        Step(N_("decided by"), decided_by.strip() or "-", "text", (Basis("", "X-8"),)),
        Step(N_("to be recorded"), paid, "fen", (rule,), why),
        *(WAGES if is_less else ()),
    )
    return Outcome("refused" if why else "granted", unit="word", steps=steps)


def may_join(department: str, ended_as: str, *, on: date, policy: Policy) -> Outcome:
    """Whether a department may take on somebody who was a property consultant (D-11).

    Args:
        department: its name, as the list has it or in either language.
        ended_as: how the employment ended: `dismissed`, `resigned` or `contract_ended`.
        on: the day they would join.
        policy: the packs; `D.consultants.closed_to_dismissed`.

    Returns:
        `refused` where they were dismissed and the department is on the list; whoever resigned is not barred (X-25).

    Raises:
        Unknown: an ending that is none of the three.
    """
    if ended_as not in ENDINGS:
        candidates, listing = ", ".join(ENDINGS), "salesctl policy explain consultants.may_join"
        raise Unknown(what=N_("end of employment"), value=shown(ended_as), candidates=candidates, listing=listing)
    outcome, is_barred, was_dismissed = Outcome(None), False, ended_as == ENDINGS[0]
    for item in policy.on(on, CHAPTER).checklist("closed_to_dismissed").items:
        outcome = outcome.step(N_("closed to the dismissed"), item.name, "word", item.basis)
        is_barred = is_barred or (was_dismissed and department in (item.name, *item.text.values()))
    rests_on = Basis("", "D-11" if was_dismissed else "X-25")
    outcome = outcome.step(N_("employment ended"), ended_as, "word", rests_on)
    warned = (caution("L-20", N_("a bar without end can touch the right to equal employment")),) if is_barred else ()
    return Outcome("refused" if is_barred else "granted", unit="word", steps=(*outcome.steps, *warned))


def _by_state(fines: Sequence[Fine], on: date) -> dict[str, Fen]:
    sums = dict.fromkeys(STATES, 0)
    for fine in fines:
        if fine.state not in sums:
            candidates, listing = ", ".join(sums), "salesctl policy explain consultants.month_fines"
            raise Unknown(what=N_("state"), value=shown(fine.state), candidates=candidates, listing=listing)
        if (fine.day.year, fine.day.month) == (on.year, on.month):
            sums[fine.state] += fine.amount
    return sums
