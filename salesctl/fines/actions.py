"""Fines are confirmed, waived or suspended by a named human, and posted by one within the law (K-10, L-1 to L-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.fines import facts, rules
from salesctl.fines.deciding_rules import deciders, may_decide
from salesctl.fines.proposing import step
from salesctl.fines.rows import Fine
from salesctl.fines.rules import BLOCKED, DUE, HELD, POSTED, REFUSED, Claim, Ruling
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.fines.rows import Negligence
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen

VERBS = {"confirmed": "confirm", "waived": "waive", "suspended": "suspend"}
CANDIDATE = "deduction_candidate"
FLOOR = f"{rules.CHAPTER}.floor"


class WrongDay(SalesctlError):
    """A business day on which this cannot have happened."""

    code, status = "fine.day", WRONG
    says = N_("This cannot have happened on {day}: {number} was proposed on {first}, and today is {today}.")
    hint = N_("Correct --on, or leave it out for today.")


class NotNext(SalesctlError):
    """A state that does not follow on the one it has."""

    code, status = "fine.state", WRONG
    says = N_("{number} is {state}: {why}.")
    hint = N_("Look at it with `salesctl fine show {number}`.")


class NotTheirs(Refused):
    """Somebody who may not decide on this fine; the attempt is recorded."""

    code = "fine.refused"
    says = N_("{person} may not decide on {number}: {why} ({clauses}).")
    hint = N_("It takes somebody else, bound by the regulation, of one of these grades: {grades}.")


class OnHold(Refused):
    """Nothing is posted while wages are held or a window is open; recorded."""

    code = "fine.on-hold"
    says = N_("{number} is not posted while it is on hold ({clauses}).")
    hint = N_("Post it when the hold is over. Holding wages is itself a risk in law (L-10).")


class NoFloor(Refused):
    """Nothing goes to payroll before the company has set the minimum wage; recorded."""

    code = "fine.no-floor"
    says = N_(
        "{number} is blocked: the share of this wage would let {share} be taken (L-1), and what the minimum wage "
        "leaves of it is not known: {key} is not set, so nothing goes to payroll (L-2)."
    )
    hint = N_("Set the local monthly minimum wage as {key} in the company's pack, then `salesctl policy adopt` it.")


class OverCeiling(Refused):
    """More than the law lets be taken from the wage; the fine is marked so."""

    code = "fine.blocked-by-law"
    says = N_("The law blocks {number}: the regulation asks {amount}, of this wage {ceiling} may be taken ({clauses}).")
    hint = N_("What is beyond the ceiling is not carried over to another month (X-14).")


class Working(Record):
    """A fine, what its ids stand for, its steps, and the working of the last answer."""

    fine: Fine
    names: facts.Names
    steps: list[facts.Done]
    outcome: Outcome
    ceiling: Fen | None = None  # of a posting, where the minimum wage is set
    share: Fen = 0  # of a posting: what the share of the wage lets be taken, whatever the minimum wage leaves
    answer: str = ""  # of a posting: where it may be booked, or that the law blocks it


class Wage(Record):
    """What a posting is asked with."""

    wage: Fen
    taken: Fen = 0  # from that wage, before
    is_held: bool = False


def decide(desk: Desk, number: str, wanted: str, reason: str = "") -> Working:
    """Confirm, waive or suspend a fine, or record that this person may not (K-10, K-12).

    Raises:
        NotNext: the state does not follow on the one it has.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction(f"fine.{VERBS[wanted]}", desk) as tx:
        one = facts.fine(tx, number)
        verdict = judged(tx, desk, one)
        if is_theirs := verdict.value == "granted":
            verdict = _follow(tx, desk, one, Ruling(wanted, desk.somebody.name, reason), verdict)
            tx.add(step(tx, desk, one, reason))
        tx.record(verdict, about=one.number)
        working = _working(tx, one, verdict)
    if not is_theirs:
        raise not_theirs(desk, one, verdict)
    return working


def post(desk: Desk, number: str, asked: Wage) -> Working:
    """Make a confirmed fine a candidate, and a candidate posted or blocked by law; it moves no money itself.

    Raises:
        NotNext: it is not confirmed.
        NotTheirs, OnHold, NoFloor: the rule refuses; the refusal is recorded, the fine stays as it is.
        OverCeiling: the law blocks it; the fine is marked so.
    """
    with desk.ledger.transaction("fine.post", desk) as tx:
        one = facts.fine(tx, number)
        verdict = judged(tx, desk, one)
        asked = asked.but(taken=max(asked.taken, facts.taken_this_month(tx, desk, one)))
        found, ceiling = _asked(desk, one, asked)
        share = int(str(rules.deduction_share(*asked[:2], on=desk.today, policy=desk.policy).value))
        refusal = not_theirs(desk, one, verdict) if verdict.value == REFUSED else _obstacle(desk, one, found, share)
        outcome = Outcome(REFUSED, unit="word", steps=(*found.steps, *verdict.steps))
        if refusal is None:
            outcome = _move(tx, desk, one, found, outcome)
            booked = "" if found.value == BLOCKED else str(found.value)
            tx.add(step(tx, desk, one, wage=asked.wage, taken=asked.taken, ceiling=ceiling, booked_in=booked))
            refusal = _over(one, ceiling, outcome) if one.state == BLOCKED else None
        tx.record(outcome, about=one.number, posting=found.value)
        working = _working(tx, one, outcome).but(ceiling=ceiling, share=share, answer=str(found.value))
    if refusal is not None:
        raise refusal
    return working


def working(view: Reading, desk: Desk, one: Fine) -> Working:
    """A fine with its steps and what the law has to say of its kind."""
    found = _working(view, one, rules.warnings(one.matter, on=one.occurred_on, policy=desk.policy))
    return found.but(ceiling=found.steps[-1].step.ceiling if found.steps else None)


def listed(view: Reading, desk: Desk, state: str = "") -> list[Working]:
    """Fines proposed until the business day, in their order; of a state, where one is named."""
    wanted = "proposed_on <= :day AND (:state = '' OR state = :state)"
    found = view.all(Fine, wanted, day=desk.today, state=state)
    return [Working(one, facts.names(view, one), [], Outcome(None)) for one in found]  # a list shows no steps


def judged(view: Reading, desk: Desk, one: Fine | Negligence) -> Outcome:
    """Whether whoever acts may decide on a fine, or on gross negligence, on the business day.

    Raises:
        WrongDay: it was not proposed by then, or the day has not come.
    """
    if not one.proposed_on <= desk.today <= desk.present_day:
        raise WrongDay(day=desk.today, number=one.number, first=one.proposed_on, today=desk.present_day)
    who = facts.judge(view, desk, one)
    return may_decide(who, facts.concern(one), one.clause, on=desk.today, policy=desk.policy)


def _follow(tx: Transaction, desk: Desk, one: Fine, ruling: Ruling, behind: Outcome) -> Outcome:
    """Bring a fine into a state that follows on the one it has; the answer carries both workings."""
    before = one.state
    following = rules.next_state(before, ruling, on=desk.today, policy=desk.policy)
    if following.value == REFUSED:
        raise NotNext(number=one.number, state=before.replace("_", " "), why=following.steps[-1].note)
    tx.amend(one, state=ruling.wanted)
    answer = REFUSED if ruling.wanted == BLOCKED else ruling.wanted
    return Outcome(answer, unit="word", steps=(*behind.steps, *following.steps))


def _move(tx: Transaction, desk: Desk, one: Fine, found: Outcome, behind: Outcome) -> Outcome:
    """One state on: a confirmed fine becomes a candidate, a candidate posted or blocked."""
    is_lawful = found.value != BLOCKED
    wanted = CANDIDATE if one.state == "confirmed" else POSTED if is_lawful else BLOCKED
    return _follow(tx, desk, one, Ruling(wanted, desk.somebody.name, is_lawful=is_lawful), behind)


def _asked(desk: Desk, one: Fine, asked: Wage) -> tuple[Outcome, Fen | None]:
    """Where a fine may be posted, and the ceiling of the law beside it, where the minimum wage is set."""
    on, policy = desk.today, desk.policy
    found = rules.posting(Claim(one.matter, one.amount, one.state, asked.is_held), *asked[:2], on=on, policy=policy)
    if not policy.on(on, rules.CHAPTER).is_set("floor"):
        return found, None
    together = asked.taken + one.amount
    most = int(str(rules.deduction_ceiling(asked.wage, together, one.matter, on=on, policy=policy).value))
    return found, max(most - asked.taken, 0)


def _obstacle(desk: Desk, one: Fine, found: Outcome, share: Fen) -> SalesctlError | None:
    """What keeps a fine from going on towards a ledger, apart from the ceiling."""
    if one.state not in DUE:
        raise NotNext(
            number=one.number, state=one.state.replace("_", " "), why=N_("only what a human confirmed is posted")
        )
    if found.value == HELD:
        return OnHold(number=one.number, clauses="X-7, X-11")
    if found.value == BLOCKED and not desk.policy.on(desk.today, rules.CHAPTER).is_set("floor"):
        return NoFloor(number=one.number, key=FLOOR, share=yuan(share))
    return None


def _over(one: Fine, ceiling: Fen | None, outcome: Outcome) -> OverCeiling:
    clauses = ", ".join(clause for clause in outcome.clauses if clause in ("L-1", "L-2"))
    return OverCeiling(number=one.number, amount=yuan(one.amount), ceiling=yuan(ceiling or 0), clauses=clauses)


def not_theirs(desk: Desk, one: Fine | Negligence, verdict: Outcome) -> NotTheirs:
    """The refusal of somebody who may not decide, with who may."""
    grades = deciders(one.clause, desk.today, desk.policy)
    clauses, why = ", ".join(verdict.clauses), verdict.steps[-1].note
    said = in_line(_(grade.replace("_", " ")) for grade, _basis in grades)
    return NotTheirs(person=desk.somebody.name, number=one.number, why=why, clauses=clauses, grades=said)


def _working(view: Reading, one: Fine, outcome: Outcome) -> Working:
    return Working(one, facts.names(view, one), facts.steps(view, one), outcome)
