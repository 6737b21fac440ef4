"""A request with what its ids stand for, how the rule came to its answer, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.approvals import facts, holders, letters, trail
from salesctl.approvals.deciding_rules import assess, next_state, route
from salesctl.approvals.rows import RequestStep
from salesctl.approvals.rungs import DIRECTOR
from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.rules import NOBODY
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.approvals.rows import Request
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

WAITS = ("pending", "endorsed")


class Decided(SalesctlError):
    """A request is decided once."""

    code, status = "approve.decided", WRONG
    says = N_("{number} is already {state} by {who} on {day} ({entry}).")
    hint = N_("Look at it with `salesctl approve show {number}`.")


class WrongStep(SalesctlError):
    """A step that does not follow on the request's state."""

    code, status = "approve.step", WRONG
    says = N_("{number} is {state}; this step does not follow on it: {step}.")
    hint = N_("`salesctl approve show {number}` tells what comes next.")


class Working(Record):
    """A request, what its ids stand for, and how the rule came to its answer."""

    request: Request
    names: facts.Names
    outcome: Outcome
    way_on: str  # who comes next and what they type; empty once nothing does


class Next(Record):
    """Who comes next for a request that waits: the grade, the step, and the rule's answer."""

    step: str  # endorse, decide
    grade: str
    needed: Outcome


def assessed(view: Reading, desk: Desk, one: Request, on: date) -> Outcome:
    """Which grade must decide a request on a day, by the figures the company had adopted when it was asked for."""
    policy = facts.figures(view, desk, one)
    asked = facts.asked(view, one, on, policy)
    needed = view.once(("assessed", asked, on, policy), lambda: assess(asked, on=on, policy=policy))
    if policy is desk.policy:
        return needed
    asked_on = trail.begun(view, one).astimezone(desk.zone).date()
    earlier = Step(N_("the company's figures as they were on"), asked_on, "day", (Basis("", "K-12"),))
    return Outcome(needed.value, unit="grade", steps=(earlier, *needed.steps))


def upcoming(view: Reading, desk: Desk, one: Request, on: date) -> Next:
    """What a request that waits needs next, asked again from the facts of the day."""
    needed = assessed(view, desk, one, on)
    has_director = bool(holders.elders(view, DIRECTOR, facts.filed(view, one), desk, on))
    way = route(
        str(needed.value),
        facts.grade_of(view, one.asked_by_id, on),
        is_endorsed=one.state == "endorsed",
        has_director=has_director,
        on=max(on, desk.present_day),  # an earlier business day does not get around the director
        policy=facts.figures(view, desk, one),
    )
    step = str(way.value)
    outcome = Outcome(needed.value, unit="grade", steps=(*needed.steps, *way.steps[1:]))
    return Next(step, DIRECTOR if step == "endorse" else str(needed.value), outcome)


def working(view: Reading, desk: Desk, one: Request, outcome: Outcome) -> Working:
    """A request as it is shown, with the way on."""
    return Working(one, facts.names(view, one), outcome, way_on(view, desk, one))


def way_on(view: Reading, desk: Desk, one: Request, known: Next | None = None) -> str:
    """Who comes next and what they type, in the language of this run."""
    if one.state == "returned":
        return _("It waits for an answer: salesctl approve revise {number} --text TEXT").format(number=one.number)
    if one.state == "draft":
        return letters.wanting(view, desk, one)
    if one.state not in WAITS:
        return ""
    come = known or upcoming(view, desk, one, desk.today)
    if come.grade == NOBODY:
        text = _("No second person stands above the requester: {number} waits until there is one.")
        owner = _("Its owner decides openly, and every check says so: approve grant {number} --alone --reason TEXT")
        return "\n".join(said.format(number=one.number) for said in (text, owner))
    who = holders.deciders(view, come.grade, facts.filed(view, one), desk, desk.today)
    if not who:
        text = _("Nobody else bound by regulation A is {grade} or higher; {number} waits until somebody is.")
        return text.format(grade=_(come.grade.replace("_", " ")), number=one.number)
    if come.step == "endorse":
        text = _("{who} may endorse it for the general manager: salesctl approve endorse {number}")
    else:
        text = _("{who} may decide it: salesctl approve grant {number}")
    return text.format(who=in_line(who), number=one.number)


def expect_step(view: Reading, desk: Desk, one: Request, step: str) -> str:
    """The state a step leads to.

    Raises:
        Decided: the request is decided, or otherwise at its end.
        WrongStep: the step does not follow on its state.
    """
    state = str(next_state(one.state, step, on=desk.today, policy=desk.policy).value)
    if state != "refused":
        return state
    if one.state in ("granted", "rejected"):
        who, entry = facts.names(view, one).decided_by, trail.entry(view, one.number)
        raise Decided(number=one.number, state=one.state, who=who, day=one.decided_on, entry=entry)
    raise WrongStep(number=one.number, state=one.state, step=step)


def take(tx: Transaction, desk: Desk, one: Request, what: str, **more: Any) -> RequestStep:
    """Write one step of a request's life."""
    return tx.add(
        RequestStep(
            request_id=one.key,
            round=one.round,
            what=what,
            by_id=desk.somebody.id,
            made_on=desk.today,
            made_at=tx.now,
            digest=one.digest,
            **more,
        )
    )
