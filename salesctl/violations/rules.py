"""What a failure to follow a workflow costs, and how it is contested (C-5b, C-9, C-10); pure.

Everything here is a proposal: a named human confirms it or lets it go, and dismissal is only ever a flag (K-10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown
from salesctl.record import Record
from salesctl.violations.ladder import ONCE, working
from salesctl.violations.windows import CHAPTER, submission, window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

DECISIONS = ("sustained", "annulled")
WORDS = (
    *(N_("general manager"), N_("administrative meeting"), N_("administration"), N_("donation ledger")),
    *(N_("corrective notice"), N_("dispute"), N_("objection"), N_("final ruling"), N_("dismissal")),
    *(N_("calendar year"), N_("on hold"), N_("payable"), N_("annulled"), N_("sustained")),
)


class Violation(Record):
    """A failure to follow a workflow; annulled where it was withdrawn or its objection succeeded."""

    day: date
    is_annulled: bool = False


class Notice(Record):
    """A corrective notice, and what became of it."""

    received_on: date | None
    submitted_at: datetime | None = None  # to the administrative meeting
    decision: str = ""  # `sustained` or `annulled`
    decided_on: date | None = None


def decider(matter: str, *, on: date, policy: Policy) -> Outcome:
    """Who decides on failures and disputes (C-3.1b, C-3.2b, C-9.1, C-9.2, C-10c, AMB-C-o).

    Args:
        matter: `corrective_notice`, `dispute`, `objection`, `final_ruling` or `dismissal`.
        on: the day of the decision.
        policy: the packs; `C.violations.deciders`.

    Returns:
        A grade or a body. After the meeting the general manager's ruling is the last instance (AMB-C-k).

    Raises:
        Unknown: the table has no such matter.
    """
    chapter = policy.on(on, CHAPTER)
    (body, *_), basis = chapter.row("deciders", matter)
    (last, *_), last_basis = chapter.row("deciders", "final_ruling")
    outcome = Outcome(body, unit="grade").step(N_("matter"), matter, "word", basis)
    return outcome.step(N_("last instance"), last, "grade", last_basis.but(reading="AMB-C-k"))


def ordinal(earlier: list[Violation], *, on: date, policy: Policy) -> Outcome:
    """Which failure of a person this one is (C-10a to C-10c, AMB-C-a).

    Args:
        earlier: the same person's failures before this one, over all workflows; one of the same day may be among them.
        on: the day of this failure.
        policy: the packs; `C.violations.count_window`.

    Returns:
        A number from 1. Annulled ones do not count; what a supervisor bears for others is no failure (AMB-C-b).
    """
    anew, basis = policy.on(on, CHAPTER).text("count_window")
    counted = [one for one in _known(earlier, on) if anew != "calendar_year" or one.day.year == on.year]
    outcome = Outcome(len(counted) + 1, unit="count").step(N_("counted anew"), anew, "word", basis)
    for one in counted:
        outcome = outcome.step(N_("earlier failure"), one.day, "day", basis)
    return outcome


def proposal(ordinal: int, is_supervisor: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact
    """What a failure of that number means, in words: the offender's part, the supervisor's (C-10a to C-10c).

    Args:
        ordinal: which failure of the person it is, from 1.
        is_supervisor: the offender heads the department; then nobody else bears anything (AMB-C-b).
        on: the day of the failure.
        policy: the packs; `C.violations.ladder`.

    Returns:
        Two words, such as `donation_fine` and `warning`. `dismissal_flag` asks the general manager to look at it.

    Raises:
        Invalid: the number is below 1.
    """
    parts, steps = working(ordinal, is_supervisor, on, policy)
    return Outcome([part.word for part in parts], unit="word", steps=steps)


def penalty(ordinal: int, is_supervisor: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact
    """The money proposed for a failure of that number: the offender's, the supervisor's (C-10a to C-10c).

    Args:
        ordinal, is_supervisor, on, policy: as in `proposal`.

    Returns:
        Two sums in fen, nothing where the row names no money: a warning and a flag cost none. They go to the donation
        ledger and never to payroll (AMB-C-m, X-12).

    Raises:
        Invalid: the number is below 1.
    """
    parts, steps = working(ordinal, is_supervisor, on, policy)
    return Outcome([part.fen for part in parts], unit="fen", steps=steps)


def donations(violations: list[Violation], is_supervisor: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact
    """The money of all failures of one person: the offender's, the supervisor's (C-10a to C-10c, AMB-C-a).

    Args:
        violations: all failures of the person, over all workflows, in any order.
        is_supervisor: the offender heads the department (AMB-C-b).
        on: the last day that counts.
        policy: the packs; each failure goes by its own day.

    Returns:
        Two sums in fen; a step for each failure and each part of it.
    """
    known = sorted(_known(violations, on), key=lambda one: one.day)
    totals, steps = [0, 0], []
    for place, one in enumerate(known):
        number = ordinal(known[:place], on=one.day, policy=policy)
        parts, shared = working(int(str(number.value)), is_supervisor, one.day, policy)
        totals = [total + part.fen for total, part in zip(totals, parts, strict=True)]
        steps += [Step(N_("failure on"), one.day, "day"), *shared]
    return Outcome(totals, unit="fen", steps=steps)


def consequence(specific: str | None, is_ladder_chosen: bool) -> Outcome:  # noqa: FBT001 - a fact
    """Under which clause an act is dealt with, never under two (C-5b, AMB-C-c, X-9).

    Args:
        specific: the clause of another regulation that has a consequence for the same act, such as `D-8b`, if any.
        is_ladder_chosen: a human chose the ladder of article 10 instead of it.

    Returns:
        `C-10` for a failure no other regulation has a consequence for, or where it was chosen; otherwise the other
        clause. Criticism and education may come with either (C-5b); a second sum may not (L-15).
    """
    is_ladder = specific is None or is_ladder_chosen
    outcome = Outcome("C-10" if is_ladder else specific)
    outcome = outcome.step(N_("clause of another regulation"), specific, "text", Basis("", "X-9"))
    outcome = outcome.step(N_("ladder chosen by a human"), is_ladder_chosen, "word", Basis("", "X-9"))
    told = N_("without a sum of its own")
    outcome = outcome.step(
        N_("may come with it"), "criticism_and_education", "word", Basis("", "C-5b", "AMB-C-c"), note=told
    )
    return Outcome(outcome.value, steps=(*outcome.steps, ONCE))


def dispute(
    disagreed_on: date, submitted_at: datetime | None, *, on: date, policy: Policy, calendar: Calendar
) -> Outcome:
    """Whether a dispute about a workflow may still be put to the meeting, or was put there in time (C-9.1).

    Args:
        disagreed_on: the day the parties found that they do not agree; it is day 0 (AMB-C-e).
        submitted_at: when it was put to the administrative meeting; none where it was not.
        on: the day it is asked; a submission of a later day is not known yet.
        policy: the packs; `C.violations.dispute_days` and, where the company set it, `C.violations.window_closes`.
        calendar: the working days.

    Returns:
        `admitted`, or `not_admitted` where it came too early or late; `still_open` through the last day, then `lapsed`.

    Raises:
        NoCalendar: a year's working days are not known.
    """
    return submission(window("dispute_days", disagreed_on, policy, calendar), submitted_at, on)


def objection(
    received_on: date, submitted_at: datetime | None, *, on: date, policy: Policy, calendar: Calendar
) -> Outcome:
    """Whether an objection to a corrective notice may still be submitted, or was submitted in time (C-9.2).

    Args:
        received_on: the day the notice was received; it is day 0 (AMB-C-e).
        submitted_at, on, calendar: as in `dispute`.
        policy: the packs; `C.violations.objection_days`.

    Returns:
        As `dispute`, with the same error.
    """
    return submission(window("objection_days", received_on, policy, calendar), submitted_at, on)


def hold(notice: Notice, *, on: date, policy: Policy, calendar: Calendar) -> Outcome:
    """Whether what a corrective notice proposes is on hold (C-9.2, AMB-C-d).

    Args:
        notice: when it was received, and what became of it; the latest decision counts, from its day (AMB-C-k).
        on: the day it is asked; what happens later is not known yet.
        policy, calendar: as in `objection`.

    Returns:
        `on_hold` until the window has passed unused, or an objection made in time was decided; then `payable`, or
        `annulled`, which a notice that is withdrawn is as well. A notice nobody received opens no window.

    Raises:
        Unknown: a decision of another name.
    """
    if notice.decision not in ("", *DECISIONS):
        named, listing = ", ".join(DECISIONS), "salesctl policy show AMB-C-d"
        raise Unknown(what=N_("decision"), value=shown(notice.decision), candidates=named, listing=listing)
    basis = Basis("", "C-9.2", "AMB-C-d")
    if notice.received_on is None or notice.received_on > on:
        note = N_("no notice received, no window open")
        return Outcome("on_hold", unit="word").step(
            N_("notice received on"), notice.received_on, "day", basis, note=note
        )
    span = window("objection_days", notice.received_on, policy, calendar)
    found = submission(span, notice.submitted_at, on)
    decision = notice.decision if notice.decided_on is not None and notice.decided_on <= on else ""
    is_over = decision == "sustained" if found.value == "admitted" else on > span.last
    answer = "annulled" if decision == "annulled" else "payable" if is_over else "on_hold"
    outcome = Outcome(answer, unit="word", steps=found.steps).step(N_("objection"), found.value, "word", basis)
    return outcome.step(N_("decision"), decision or "-", "word", basis.but(reading="AMB-C-k"))


def _known(violations: Iterable[Violation], on: date) -> list[Violation]:
    """Those that count, as far as is known on a day."""
    return [one for one in violations if one.day <= on and not one.is_annulled]
