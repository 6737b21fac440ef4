"""Requests are endorsed, decided, returned and carried out; who may is asked again at every step (A-5.4, K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals import facts, holders, trail
from salesctl.approvals.deciding_rules import alone
from salesctl.approvals.rows import Request
from salesctl.approvals.rules import expiry
from salesctl.approvals.rungs import DIRECTOR, TOP
from salesctl.approvals.wanted import expect_day
from salesctl.approvals.working import Working, assessed, expect_step, take, upcoming, working
from salesctl.errors import N_, Refused
from salesctl.people.deciding import deciders
from salesctl.people.rules import Filed, may_decide
from salesctl.policy.outcome import Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.approvals.working import Next
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.people.rules import Decider

ENDORSES_FIRST = N_("the account director endorses it first")
OTHER_ROUND = N_("it was revised since; this is about an earlier round")
EXPIRED = N_("it has expired")
ENDORSED_IT = N_("whoever endorsed it does not decide it as well")
NOT_BOUND = N_("regulation A does not bind them, so it gives them no authority")
NOT_OWN = N_("it is not their own request; leave out --alone")
ONLY_DIRECTOR = N_("only the account director endorses it")
NOT_FIRST = N_("it does not go to the general manager, so nobody has to endorse it")


class NotTheirs(Refused):
    """Somebody who may not take this step; the attempt is recorded."""

    code = "approve.refused"
    says = N_("{person} may not decide {number}: {why} ({clauses}).")
    hint = N_("{way_out}")


class Decision(Record):
    """What somebody wants to become of a request."""

    step: str  # endorse, grant, reject, return
    reason: str = ""
    round: int = 0  # of the request, where it was said: a letter about an earlier one decides nothing
    is_alone: bool = False  # their own, because there is no second person


class Answer(Record):
    """Whether somebody may, in whose authority, and on which clauses."""

    why: str
    who: Decider
    outcome: Outcome


def decide(desk: Desk, number: str, wanted: Decision) -> Working:
    """Endorse, grant, reject or return a request, or record that this person may not (A-5.4, K-12).

    Raises:
        Decided, WrongStep: somebody was first, or the step does not follow.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction(f"approve.{wanted.step}", desk) as tx:
        one = facts.request(tx, number)
        state = expect_step(tx, desk, one, wanted.step)
        expect_day(desk, trail.newest_step(tx, one), N_("its newest step was on"))
        come = upcoming(tx, desk, one, desk.today)  # under the lock: money and grants may have come since
        answer = may(tx, desk, one, come, wanted)
        said = "refused" if answer.why else state
        outcome = Outcome(said, unit="word", steps=(*come.needed.steps, *answer.outcome.steps))
        if not answer.why:
            _carry(tx, desk, one, state, (wanted, come), answer.who)
        tx.record(outcome, about=one.number, **({"round": wanted.round} if wanted.round else {}))
        shown = working(tx, desk, one, Outcome(come.needed.value, unit="grade", steps=outcome.steps))
    if not answer.why:
        return shown
    clauses = ", ".join(dict.fromkeys((come.needed.clauses[0], *answer.outcome.clauses)))
    raise NotTheirs(person=desk.somebody.name, number=one.number, why=answer.why, clauses=clauses, way_out=shown.way_on)


def expire(desk: Desk) -> list[str]:
    """End the applications that have waited longer than the company lets them; without its figure, none (SM-4)."""
    with desk.ledger.transaction("approve.expire", desk) as tx:
        waiting = tx.all(Request, "state IN ('draft', 'pending', 'endorsed', 'returned')")
        over = [one for one in waiting if is_over(tx, desk, one)]
        for one in over:
            tx.amend(one, state=expect_step(tx, desk, one, "expire"))
            take(tx, desk, one, "expire")
        tx.about = over[0].number if over else ""
        return [one.number for one in over]


def shown(view: Reading, desk: Desk, one: Request) -> Working:
    """A request with the rule asked again: as of its decision, or as things stand."""
    if one.decided_on is None and one.state in ("pending", "endorsed"):
        return working(view, desk, one, upcoming(view, desk, one, desk.today).needed)
    return working(view, desk, one, assessed(view, desk, one, one.decided_on or desk.today))


def may(view: Reading, desk: Desk, one: Request, come: Next, wanted: Decision) -> Answer:
    """Whether whoever acts may take this step: in their own authority, or in one that was lent to them."""
    own, *lent = view.once(("deciders",), lambda: deciders(view, desk))
    if wanted.is_alone:
        return _alone(view, desk, one, own, come, wanted)
    why = _obstacle(view, desk, one, come, wanted)
    answers = [_in_authority(view, desk, one, who, _needed(come, wanted), wanted) for who in (own, *lent)]
    able = [answer for answer in answers if not answer.why] or [a for a in answers if a.outcome.value == "granted"]
    best = (able or answers)[0]
    return best if best.why else best.but(why=why)


def _in_authority(view: Reading, desk: Desk, one: Request, who: Decider, grade: str, wanted: Decision) -> Answer:
    """Whether somebody may take a step in one authority, their own or a lent one."""
    filed = facts.filed(view, one, (desk.today, desk.present_day))
    held = holders.grade_before(view, who.giver_id or who.id, grade, filed, desk)
    verdict = may_decide(who.but(grade_before=held), filed, grade, clause="A-5.4", on=desk.today, policy=desk.policy)
    why = "" if verdict.value == "granted" else verdict.steps[-1].note
    if not why and wanted.step == "endorse" and who.grade != DIRECTOR:
        why = ONLY_DIRECTOR
    if not why and wanted.step in ("grant", "reject") and trail.endorsers(view, one) & {who.id, who.giver_id or 0}:
        why = ENDORSED_IT
    return Answer(why, who, verdict)


def _needed(come: Next, wanted: Decision) -> str:
    """The lowest grade that may take a step: whoever reads it first may ask back, the rest is for who decides."""
    if wanted.step == "endorse":
        return DIRECTOR
    return come.grade if wanted.step == "return" else str(come.needed.value)


def _obstacle(view: Reading, desk: Desk, one: Request, come: Next, wanted: Decision) -> str:
    """What stands against a step whoever takes it."""
    obstacles = (
        (wanted.round not in (0, one.round), OTHER_ROUND),
        (is_over(view, desk, one), EXPIRED),
        (wanted.step == "grant" and come.step == "endorse", ENDORSES_FIRST),
        (wanted.step == "endorse" and come.step != "endorse", NOT_FIRST),
    )
    return next((why for is_so, why in obstacles if is_so), "")


def _alone(view: Reading, desk: Desk, one: Request, own: Decider, come: Next, wanted: Decision) -> Answer:
    """The owner's decision without a second person: their own request, and only where there is none (K-12)."""
    nobody = Filed(own.id, None, is_new=False)
    others = max(len(holders.holding(view, TOP, nobody, day)) for day in (desk.today, desk.present_day))
    verdict = alone(own.grade, come.grade, others, wanted.reason, on=desk.today, policy=desk.policy)
    obstacles = (
        (one.asked_by_id != own.id, NOT_OWN),
        (own.is_closed or not own.is_enrolled, NOT_BOUND),
        (verdict.value != "granted", verdict.steps[-1].note),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    return Answer(why or _obstacle(view, desk, one, come, wanted), own, verdict)


def _carry(tx: Transaction, desk: Desk, one: Request, state: str, what: tuple[Decision, Next], who: Decider) -> None:
    """Write a step that may be taken, and what the request becomes by it."""
    wanted, come = what
    asked = facts.asked(tx, one, desk.today, facts.figures(tx, desk, one))
    base = {"granted_before": asked.granted_before, "base": asked.base, "level": str(come.needed.value)}
    decided = {"decided_by_id": who.id, "decided_for_id": who.giver_id, "decided_on": desk.today, "decided_at": tx.now}
    is_decision = wanted.step in ("grant", "reject")
    tx.amend(one, state=state, reason=wanted.reason, **base, **(decided if is_decision else {}))
    take(tx, desk, one, wanted.step, for_id=who.giver_id, is_alone=wanted.is_alone, reason=wanted.reason)


def is_over(view: Reading, desk: Desk, one: Request) -> bool:
    """Whether a request has waited longer than the company lets it, on the business day and today."""
    since, day = trail.waits_since(view, one), min(desk.today, desk.present_day)
    return expiry(since, on=day, policy=desk.policy).value == "expired"
