"""Problems found in a handover: planned, reported, settled in the period, or carried on past it (E-13 to E-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.cases import NotTheirs, acting, is_involved, named, refuse
from salesctl.handovers.completion_rules import issue as becomes
from salesctl.handovers.rows import Handover, HandoverIssue
from salesctl.handovers.running import period_end, running
from salesctl.ledger.lookup import Series, numbered
from salesctl.policy.outcome import Basis, Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.policy import Policy

ISSUES = Series(N_("issue"), "HI", "salesctl handover issues")
BLOCKING = ("open", "planned")  # what keeps a handover from being complete (E-15a)
FOREIGN = N_("whoever has a part in it records what became of a problem: a party, a participant, a superior")
RECEIVER = N_("the receiver takes on what runs past the handover")
SETTLED_FIRST = N_("what can be settled in the current period is settled before the handover")


class NotAnIssueOf(SalesctlError):
    """An issue of another handover."""

    code, status = "handover.other-issue", WRONG
    says = N_("{issue} belongs to {other}, not to {number}.")
    hint = N_("`salesctl handover issues {number}` lists its issues.")


class NotPlanned(SalesctlError):
    """There is no plan to report."""

    code, status = "handover.no-plan", WRONG
    says = N_("{issue} has no plan of action yet; it is the plan that is reported (E-13).")
    hint = N_("salesctl handover plan {number} {issue} --text TEXT")


class Ended(SalesctlError):
    """A problem that is settled or carried on already."""

    code, status = "handover.issue-ended", WRONG
    says = N_("{issue} is {state} since {day}.")
    hint = N_("What was recorded of it: salesctl why {issue}")


class NotCarried(Refused):
    """A problem that may not be carried on, or not by this person; the attempt is recorded."""

    code = "handover.carry-refused"
    says = N_("{issue} is not carried on by {person}: {why} (E-15a, E-16).")
    hint = N_("The receiver takes it on: --as {receiver}.")

    def __init__(self, **facts: object) -> None:
        if facts["why"] == SETTLED_FIRST:
            self.hint = N_("Settle it first: salesctl handover settle {number} {issue} --how TEXT")
        super().__init__(**facts)


class Standing(Record):
    """A problem as it stands on a day."""

    issue: HandoverIssue
    outcome: Outcome

    @property
    def state(self) -> str:
        """Open, planned, settled, carried or unsettled."""
        return str(self.outcome.value)


def plan(desk: Desk, number: str, issue: str, text: str) -> Standing:
    """Record the plan of action the three worked out; until it is reported, it does not count (E-13)."""
    with desk.ledger.transaction("handover.plan", desk) as tx:
        begun, one = _unsettled(tx, desk, number, issue)
        tx.amend(one, plan=text, planned_on=desk.today, reported_to="", reported_on=None)
        return recorded(tx, desk, begun, one)


def report(desk: Desk, number: str, issue: str, to: str) -> Standing:
    """Record that the plan was reported to the responsible department (E-13).

    Raises:
        NotPlanned: there is none.
    """
    with desk.ledger.transaction("handover.report-issue", desk) as tx:
        begun, one = _unsettled(tx, desk, number, issue)
        if one.planned_on is None:
            raise NotPlanned(issue=one.number, number=begun.number)
        tx.amend(one, reported_to=to, reported_on=desk.today)
        return recorded(tx, desk, begun, one)


def settle(desk: Desk, number: str, issue: str, how: str) -> Standing:
    """Record that a problem is settled, and how.

    Raises:
        NotTheirs: whoever acts has no part in the handover, which completes once nothing is open; recorded.
    """
    with desk.ledger.transaction("handover.settle", desk) as tx:
        begun, one = _unsettled(tx, desk, number, issue)
        who, _typist = acting(tx, desk)
        foreign = "" if is_involved(tx, desk, begun, who.key) else FOREIGN
        if foreign:
            refuse(tx, begun, foreign, "E-15a")
        else:
            tx.amend(one, settled_on=desk.today, settlement=how)
            stands = recorded(tx, desk, begun, one)
        transferor = named(tx, begun.transferor_id)
    if foreign:
        raise NotTheirs(person=who.name, number=begun.number, why=foreign, clause="E-15a", who=transferor)
    return stands


def carry(desk: Desk, number: str, issue: str) -> Standing:
    """The receiver takes on what falls due after the period (E-16).

    Raises:
        NotCarried: it falls due within the period, or whoever acts is not the receiver; the attempt is recorded.
    """
    with desk.ledger.transaction("handover.carry", desk) as tx:
        begun, one = _unsettled(tx, desk, number, issue)
        stands = standing(begun, one, desk.today, desk.policy)
        why = "" if desk.somebody.id == begun.receiver_id else RECEIVER
        why = why if stands.state == "carried" else SETTLED_FIRST
        verdict = Outcome("refused" if why else "carried", unit="word", steps=stands.outcome.steps)
        tx.record(verdict.step(N_("may be carried on"), not why, "word", Basis("", "E-16"), note=why), one.number)
        receiver = tx.value("SELECT name FROM person WHERE id = :id", id=begun.receiver_id)
        if not why:
            tx.amend(one, carried_on=desk.today)
    if why:
        raise NotCarried(number=begun.number, issue=one.number, person=desk.somebody.name, why=why, receiver=receiver)
    return standing(begun, one, desk.today, desk.policy)


def standing(begun: Handover, one: HandoverIssue, on: date, policy: Policy) -> Standing:
    """What became of a problem by a day; a later step is not known yet."""
    done = [
        step
        for step, day in (("plan_agreed", one.planned_on), ("plan_reported", one.reported_on))
        if day is not None and day <= on
    ]
    outcome = becomes(one.due_on, done, one.settled_on, period_end(begun, on), on=on, policy=policy)
    return Standing(one, outcome)


def listed(view: Reading, begun: Handover, on: date, policy: Policy) -> list[Standing]:
    """The problems found in a handover by a day, as they stood on it."""
    found = view.all(HandoverIssue, "handover_id = :handover AND found_on <= :on", handover=begun.key, on=on)
    return [standing(begun, one, on, policy) for one in found]


def blocking(view: Reading, begun: Handover, on: date, policy: Policy) -> list[Standing]:
    """The problems that keep a handover from being complete on a day (E-15a).

    What was not settled by the end of the period keeps nothing up any more: its loss is the transferor's (E-15b).
    """
    return [one for one in listed(view, begun, on, policy) if one.state in BLOCKING]


def expect_of(view: Reading, begun: Handover, one: HandoverIssue) -> None:
    """Refuse a problem of another handover.

    Raises:
        NotAnIssueOf: it is.
    """
    if one.handover_id != begun.key:
        other = view.value("SELECT number FROM handover WHERE id = :id", id=one.handover_id)
        raise NotAnIssueOf(issue=one.number, other=other, number=begun.number)


def recorded(tx: Transaction, desk: Desk, begun: Handover, one: HandoverIssue) -> Standing:
    """Keep what a problem is now as what was decided of it."""
    stands = standing(begun, one, desk.today, desk.policy)
    tx.record(stands.outcome, one.number)
    return stands


def _unsettled(tx: Transaction, desk: Desk, number: str, issue: str) -> tuple[Handover, HandoverIssue]:
    """The handover under way, and its problem that is neither settled nor carried on."""
    begun, one = running(tx, desk, number), numbered(tx, HandoverIssue, ISSUES, issue)
    expect_of(tx, begun, one)
    if ended := one.settled_on or one.carried_on:
        raise Ended(issue=one.number, state=N_("settled") if one.settled_on else N_("carried"), day=ended)
    return begun, one
