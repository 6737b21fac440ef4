"""Which grade decides an application, how it gets there, and what may follow on its state (A-5, K-12); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rules import approver, make_good_level, unmeasured_level
from salesctl.approvals.rungs import DIRECTOR, graded
from salesctl.errors import N_
from salesctl.people.rules import NOBODY, rank
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy

CHAPTER = "A.approvals"
OF_RECEIPTS = ("commission", "commission_payment")  # measured against the money received
ENDORSED = Basis("", "A-5.1", "AMB-A5-d")
WORDS = (
    *(N_("draft"), N_("pending"), N_("endorsed"), N_("granted"), N_("rejected"), N_("returned")),
    *(N_("withdrawn"), N_("expired"), N_("executed"), N_("decide"), N_("endorse"), N_("nobody")),
    *(N_("contract"), N_("customer month"), N_("customer line month"), N_("receivable"), N_("request")),
)


class Asked(Record):
    """What an application is decided on."""

    matter: str
    granted_before: int  # together on the same base: fen, units, days or price, by the matter (K-15)
    amount: int  # what is asked for now, in the same unit
    base: int  # money received, volume of the month, price listed, invoice: what the amount is measured against
    requester_grade: str
    is_new: bool  # it is being filed; what waits already is an application
    line: str = ""  # of make-good volume
    has_peer: bool = False  # somebody else holds the top grade: one of two general managers decides for the other


def level(asked: Asked, *, on: date, policy: Policy) -> Outcome:
    """Whose authority holds what is asked for, whatever the matter (A-4.2a to A-4.4, A-5.1, A-6.1 to A-6.3).

    Args:
        asked: what is asked for, with what was granted before on the same base: splitting it gains nothing (K-15).
        on: the day of the decision.
        policy: the packs; the ladders of `A.commission` and `A.make_good`, and the director's limits a company sets.

    Returns:
        A grade.

    Raises:
        NotInForce: the article was not in force.
        Unknown: a matter that is not listed.
    """
    together = asked.granted_before + asked.amount
    if asked.matter in OF_RECEIPTS:
        found = approver(together, asked.base, on=on, policy=policy)
        amounts = (
            Step(N_("granted before"), asked.granted_before, "fen"),
            Step(N_("this request"), asked.amount, "fen"),
        )
        return Outcome(found.value, unit="grade", steps=(*amounts, *found.steps))
    if asked.matter == "make_good":
        return make_good_level(asked.line, asked.granted_before, asked.amount, asked.base, on=on, policy=policy)
    found = unmeasured_level(asked.matter, together, asked.base, on=on, policy=policy)
    unit = found.steps[1].unit
    known = [Step(N_("granted before"), asked.granted_before, unit, (Basis("", "K-15"),))]
    if asked.matter == "price":
        asks = asked.base - asked.amount
        known = [Step(N_("listed price"), asked.base, unit), Step(N_("price asked for"), asks, unit)]
    return Outcome(found.value, unit="grade", steps=(*known, *found.steps))


def deciding_grade(
    level: str, requester_grade: str, *, is_new: bool, has_peer: bool = False, on: date, policy: Policy
) -> Outcome:
    """Which grade must decide a request of somebody of a grade (A-5.1, A-5.4, K-12, K-14).

    Own discretion exists on the lowest rung alone, and only while the request is being filed. Whatever waits is an
    application: a requester who holds the deciding grade, or a higher one, leaves it to the next rung (AMB-A5-d).

    Args:
        level: the grade whose authority holds the amount.
        requester_grade: the requester's grade on the day; empty or off the ladder for others.
        is_new: whether it is being filed.
        has_peer: whether somebody else holds the top grade.
        on: the day of the decision.
        policy: the packs that bind the people concerned.

    Returns:
        A grade; above the top rung that of whoever stands beside, or `nobody`.
    """
    ladder, rule = policy.on(on, CHAPTER).items("ladder")
    held, needed = rank(requester_grade, ladder), rank(level, ladder)
    if needed < 0:
        return graded(NOBODY, N_("the grade that holds it is no rung of the ladder"), rule)
    if is_new and needed == 0 <= held:
        return graded(level, N_("within the discretion of whoever files it"))
    if held < needed:
        return graded(level, N_("before it is carried out"), rule, rule.but(source="A-5.4"))
    lifted = rule.but(source="A-5.4", reading="AMB-A5-d")
    if held + 1 == len(ladder) and has_peer:
        return graded(ladder[-1], N_("another one of the top grade decides"), rule, Basis("", "K-12"))
    above = ladder[held + 1] if held + 1 < len(ladder) else NOBODY
    return graded(above, N_("nobody decides their own request, the next level does"), rule, lifted)


def assess(asked: Asked, *, on: date, policy: Policy) -> Outcome:
    """Which grade must decide a request, from the figures to the grade (A-4.2a to A-4.4, A-5.1, A-5.4, A-6.1 to A-6.3).

    Args:
        asked: the figures, and who asks.
        on: the day of the decision.
        policy: the packs that bind the people concerned.

    Returns:
        A grade, or `nobody`; the working begins with the figures that make the sum.

    Raises:
        NotInForce, Unknown: as `level`.
    """
    held = level(asked, on=on, policy=policy)
    facts = {"is_new": asked.is_new, "has_peer": asked.has_peer}
    grade = deciding_grade(str(held.value), asked.requester_grade, **facts, on=on, policy=policy)
    return Outcome(grade.value, unit="grade", steps=(*held.steps, *grade.steps))


def route(
    needed: str,
    requester_grade: str,
    *,
    is_endorsed: bool,
    has_director: bool,
    on: date,
    policy: Policy,
) -> Outcome:
    """What comes next for an application that waits (A-5.1, A-5.4, AMB-A5-d).

    Args:
        needed: the grade that must decide it, as `assess` answers it.
        requester_grade: the requester's grade.
        is_endorsed: whether a director has endorsed this round of it.
        has_director: whether there is a director who may.
        on: the day.
        policy: the packs.

    Returns:
        `endorse` where the director comes before the general manager: everybody below a director writes to the
        director first, from the first day of article 5. Else `decide`. Where no director is left to ask, the general
        manager is asked at once, and the working says so.
    """
    ladder = policy.on(on, CHAPTER).items("ladder")[0]
    is_beyond = rank(needed, ladder) > rank(DIRECTOR, ladder) > rank(requester_grade, ladder)
    outcome = Outcome(None).step(N_("decides"), needed, "grade", Basis("", "A-5.4"))
    if not is_beyond or not policy.binds("A-5.3", on):
        return Outcome("decide", unit="word", steps=outcome.steps)
    note = "" if has_director else N_("no director is left to ask")
    outcome = outcome.step(N_("endorsed by the director"), is_endorsed, "word", ENDORSED, note=note)
    return Outcome("decide" if is_endorsed or not has_director else "endorse", unit="word", steps=outcome.steps)


def next_state(state: str, step: str, *, on: date, policy: Policy) -> Outcome:
    """The state of an application after a step, whoever takes it (A-5.3, A-5.4, SM-4).

    Args:
        state: the state it has, as the rows of `A.approvals.life` name them.
        step: `submit`, `endorse`, `grant`, `reject`, `return`, `withdraw`, `revise`, `expire` or `execute`.
        on: the day of the step.
        policy: the packs; `A.approvals.life` says what may follow, `A.approvals.step` what state a step leads to.

    Returns:
        The new state; `refused` where the step does not follow. A revision leads back to the draft: what was decided
        was decided on other content.

    Raises:
        Unknown: there is no such state or step.
    """
    chapter = policy.on(on, CHAPTER)
    following, basis = chapter.row("life", state)
    (leads_to, *_), _basis = chapter.row("step", step)
    may = step in following
    outcome = Outcome(leads_to if may else "refused", unit="word").step(N_("state"), state, "word", basis)
    note = "" if may else N_("it does not follow on that state")
    return outcome.step(N_("step"), step, "word", basis, note=note)


def alone(grade: str, needed: str, others: int, reason: str, *, on: date, policy: Policy) -> Outcome:
    """Whether somebody may decide their own request because there is no second person (K-12).

    Args:
        grade: their grade.
        needed: who must decide, as `assess` answers it.
        others: how many others hold the top grade.
        reason: why it cannot wait.
        on: the day of the decision.
        policy: the packs.

    Returns:
        `granted` only at the top of the ladder, where nobody is left above and nobody beside, and with a reason. It is
        said as what it is, and every check lists it.
    """
    ladder, rule = policy.on(on, CHAPTER).items("ladder")
    obstacles = (
        (grade != ladder[-1], N_("only whoever holds the top grade")),
        (needed != NOBODY, N_("somebody else can decide it")),
        (others > 0, N_("there is a second person of the top grade")),
        (not reason.strip(), N_("it wants a reason")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    outcome = Outcome("refused" if why else "granted", unit="word").step(
        N_("grade of whoever decides"), grade or "-", "grade"
    )
    outcome = outcome.step(N_("others of the top grade"), others, "count")
    said = why or N_("decided without a second person")
    return outcome.step(N_("may decide"), not why, "word", rule, Basis("", "K-12"), note=said)
