"""What a property consultant brings in each week, and what is missing of it (D-1a to D-1d, D-4a); pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.cautions import FINE, caution
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.streaks import running
from salesctl.policy.streaks import standing as counted
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.policy.policy import Policy

CHAPTER = "D.quotas"
WEEK = timedelta(days=7)
WORDS = (
    N_("proposed"),
    N_("fine suspended"),
    N_("suspension lifted"),
    N_("on target"),
    N_("go out and promote"),
    N_("nothing missing"),
)


class WeeksApart(SalesctlError):
    """Weeks that are none, or that leave one out."""

    code, status = "quota.weeks", WRONG
    says = N_(
        "The week from {day} is out of place: weeks run from Monday to Sunday, one after another, from {first} on."
    )
    hint = N_("Give every week once, by its Monday; a week in which nobody came counts too.")


class Week(Record):
    """What one consultant brought in from a Monday to its Sunday (K-7)."""

    monday: date
    visits: int
    viewings: int
    sales: int = 0

    @property
    def sunday(self) -> date:
        """The week's last day, on which its figures are looked at (AMB-D-m)."""
        return self.monday + timedelta(days=6)


def missing_fine(visits: int, viewings: int, *, on: date, policy: Policy) -> Outcome:
    """The fine for the parties missing from a week (D-1a, D-1b).

    Args:
        visits: parties that came on a visit (AMB-D-a).
        viewings: parties taken on a viewing trip.
        on: the week's Sunday.
        policy: the packs; `D.quotas`.

    Returns:
        The fine in fen, a proposal: so much for each missing party. Too many of one kind replace none of the other
        (AMB-D-b).
    """
    amount, fined = policy.on(on, CHAPTER).amount("batch_fine")
    outcome, missing = Outcome(None), 0
    for name, done, entry in (
        (N_("parties on a visit"), visits, "visits"),
        (N_("parties on a viewing trip"), viewings, "viewings"),
    ):
        wanted, basis = policy.on(on, CHAPTER).figure(entry)
        lacks = max(wanted - done, 0)
        missing += lacks
        outcome = outcome.step(name, done, "count", basis).step(N_("wanted in the week"), wanted, "count", basis)
        outcome = outcome.step(N_("missing parties"), lacks, "count", basis.but(reading=fined.reading))
    steps = (*outcome.steps, Step(N_("for each missing party"), amount, "fen", (fined,)), *([FINE] if missing else []))
    return Outcome(amount * missing, unit="fen", steps=steps)


def payable_fine(week: Week, *, is_suspension_lifted: bool = False, policy: Policy) -> Outcome:
    """What is to be paid of a week's fine for now (D-1d).

    Args:
        week: what was brought in, and the homes sold in it (AMB-D-p).
        is_suspension_lifted: whether a supervisor has lifted the suspension.
        policy: the packs; `D.quotas`.

    Returns:
        The fine in fen. With a sale in the week it is suspended: nothing is to be paid, the amount stays known, and
        the week has been missed all the same (AMB-D-c).
    """
    fine = missing_fine(week.visits, week.viewings, on=week.sunday, policy=policy)
    enough, permitted = policy.on(week.sunday, CHAPTER).figure("suspending_sales")
    status = "proposed" if fine.value else "nothing_missing"
    if fine.value and week.sales >= enough:
        status = "suspension_lifted" if is_suspension_lifted else "fine_suspended"
    steps = (
        *fine.steps,
        Step(N_("fine of the week"), fine.value, "fen", (Basis("", "D-1a"), Basis("", "D-1b"))),
        Step(N_("homes sold"), week.sales, "count", (permitted,)),
        Step(N_("state"), status, "word", (permitted.but(reading="AMB-D-c"),)),
    )
    return Outcome(0 if status == "fine_suspended" else fine.value, unit="fen", steps=steps)


def standing(weeks: list[Week], started: date, *, on: date, policy: Policy) -> Outcome:
    """Whether so many weeks running were missed that a dismissal is looked at (D-1c).

    Args:
        weeks: every week of one consultant, each once, in any order; one that is not over does not count.
        started: the day the regulation began to bind them (D-10c); weeks before the first whole one do not count.
        on: the day it is asked.
        policy: the packs; `D.quotas.weeks`.

    Returns:
        `dismissal_flag` or `no_flag`. A week with either target missed is missed, with or without a sale
        (AMB-D-c); the working says how many of the weeks of the flag had one.

    Raises:
        WeeksApart: a week that does not begin on a Monday, or a week left out, the first one too.
    """
    limit, basis = policy.on(on, CHAPTER).figure("weeks")
    first = _first_monday(started)
    counting = _counting(weeks, first, on)
    missed = running([_is_missed(week, policy) for week in counting], limit)
    _amount, fined = policy.on(on, CHAPTER).amount("batch_fine")
    total = sum(int(str(payable_fine(week, policy=policy).value)) for week in counting)
    found = counted(missed, (total, fined), basis, Basis("", "D-1c", "AMB-D-g"))
    steps = [*first_week(started).steps, *found.steps]
    if missed.reached is not None:
        flagged = counting[missed.reached - max(limit, 1) : missed.reached]
        sold = sum(1 for week in flagged if week.sales)
        steps += [
            Step(N_("flag after"), flagged[-1].sunday, "day", (basis,)),
            Step(N_("of these weeks with a sale"), sold, "count", (Basis("", "D-1d", "AMB-D-c"),)),
            caution("L-6", N_("missing a target is at most a lack of ability: training or another post comes first")),
        ]
    return Outcome(found.value, unit="word", steps=steps)


def first_week(started: date) -> Outcome:
    """The Monday of the first week that counts (D-1a).

    Args:
        started: the day the regulation began to bind the consultant (D-10c).

    Returns:
        The first Monday on or after that day (AMB-D-l).
    """
    monday = _first_monday(started)
    outcome = Outcome(monday, unit="day").step(N_("bound from"), started, "day", Basis("", "D-10c"))
    return outcome.step(N_("first week from"), monday, "day", Basis("", "D-1a", "AMB-D-l"))


def payroll_month(day: date) -> Outcome:
    """The month whose wages the fine of a week belongs to (D-10a).

    Args:
        day: any day of the week.

    Returns:
        The month of the week's Sunday, such as `2010-12` (AMB-D-m).
    """
    sunday = day + timedelta(days=6 - day.weekday())
    outcome = Outcome(f"{sunday:%Y-%m}")
    return outcome.step(N_("last day of the week"), sunday, "day", Basis("", "D-10a", "AMB-D-m"))


def sold_on(order_signed: date | None = None, deposit_paid: date | None = None) -> Outcome:
    """The day a home counts as sold (D-1d).

    Args:
        order_signed: the day the order form was signed; none where it is not.
        deposit_paid: the day the deposit was received.

    Returns:
        The later of the two; nothing while one of them is missing (AMB-D-p).
    """
    both = Basis("", "D-1d", "AMB-D-p")
    sold = max(order_signed, deposit_paid) if order_signed and deposit_paid else None
    outcome = Outcome(sold, unit="day").step(N_("order form signed"), order_signed, "day", both)
    return outcome.step(N_("deposit received"), deposit_paid, "day", both)


def outlook(visits: int, arranged: int, *, on: date, policy: Policy) -> Outcome:
    """Whether a consultant must go out and promote to reach the week's visits (D-4a).

    Args:
        visits: parties that came on a visit this week.
        arranged: parties that are to come until Sunday.
        on: the day it is asked, in mid-week.
        policy: the packs; `D.quotas.visits` and `promotion_places`.

    Returns:
        `go_out_and_promote` where both together are fewer than the week wants, otherwise `on_target`. No sum is
        attached.
    """
    chapter = policy.on(on, CHAPTER)
    wanted, basis = chapter.figure("visits")
    expected = visits + arranged
    outcome = Outcome("on_target" if expected >= wanted else "go_out_and_promote", unit="word")
    outcome = outcome.step(N_("expected by Sunday"), expected, "count", Basis("", "D-4a"))
    outcome = outcome.step(N_("wanted in the week"), wanted, "count", basis)
    if expected < wanted:
        for place in chapter.checklist("promotion_places").items:
            outcome = outcome.step(N_("where to promote"), place.name, "word", place.basis)
    return outcome


def _first_monday(started: date) -> date:
    return started + timedelta(days=-started.weekday() % 7)


def _is_missed(week: Week, policy: Policy) -> bool:
    chapter = policy.on(week.sunday, CHAPTER)
    return week.visits < chapter.figure("visits")[0] or week.viewings < chapter.figure("viewings")[0]


def _counting(weeks: Sequence[Week], first: date, on: date) -> list[Week]:
    """The weeks that count and are over, in order: one left out would hide whether it was missed."""
    ordered = sorted(
        (week for week in weeks if week.monday >= first and week.sunday <= on), key=lambda week: week.monday
    )
    for place, week in enumerate(ordered):
        if week.monday != first + place * WEEK:
            raise WeeksApart(day=week.monday, first=first)
    return ordered
