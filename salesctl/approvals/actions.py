"""Requests are filed, decided by those who may, and listed; who may is asked again at every decision."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.approvals import facts
from salesctl.approvals.rows import Request
from salesctl.approvals.rules import Asked, assess
from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.contracts.actions import contract
from salesctl.customers.actions import owner_on
from salesctl.desk import Due
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.people.deciding import decider
from salesctl.people.rules import NOBODY, Filed, may_decide, rank
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.receivables.received import received_on_contract
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.contracts.rows import Contract
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.people.rules import Decider
    from salesctl.policy.units import Fen

AGAIN = timedelta(minutes=10)  # a second filing within it is asked about
WAITS = N_("{person} asks for {amount} yuan of commission on {contract}; it waits since {day}.")
STATES = (N_("pending"), N_("granted"), N_("rejected"))


class MayNotFile(SalesctlError):
    """Somebody who has nothing to do with the contract's commission."""

    code, status = "approve.may-not-file", WRONG
    says = N_("{person} may not file a commission on {contract} of {owner}: {why}.")
    hint = N_("{owner} files it, or whoever serves {customer} now, or an account director or general manager.")


class WrongDay(SalesctlError):
    """A business day on which this cannot have happened."""

    code, status = "approve.day", WRONG
    says = N_("This cannot have happened on {day}: {why} {than}.")
    hint = N_("Correct --on, or leave it out for today.")


class Decided(SalesctlError):
    """A request is decided once."""

    code, status = "approve.decided", WRONG
    says = N_("{number} is already {state} by {who} on {day} ({entry}).")
    hint = N_("Look at it with `salesctl approve show {number}`.")


class FiledJustNow(SalesctlError):
    """The same again within ten minutes: probably a repetition, perhaps not."""

    code, status = "approve.again", WRONG
    says = N_("{number}, of the same contract, amount and person, was filed less than ten minutes ago.")
    hint = N_("Look at it with `salesctl approve show {number}`; if this is another one, add --again.")


class NotTheirs(Refused):
    """Somebody who may not decide this request; the attempt is recorded."""

    code = "approve.refused"
    says = N_("{person} may not decide {number}: {why} ({clauses}).")
    hint = N_("{way_out}")


class Working(Record):
    """A request, what its ids stand for, and how the rule came to its answer."""

    request: Request
    names: facts.Names
    outcome: Outcome
    way_on: str  # who may decide it and what they type; empty once it is decided


def file_commission(desk: Desk, number: str, amount: Fen, *, is_another: bool) -> Working:
    """File a commission request; it is granted at once where the person's own authority holds it (A-6.1).

    Raises:
        FiledJustNow: the person may have lost the answer to the first.
    """
    with desk.ledger.transaction("approve.commission", desk) as tx:
        on, who = contract(tx, number), decider(tx, desk)
        _expect_day(desk, on.signed_on, N_("the contract was signed on"))
        _expect_may_file(tx, desk, who, on)
        if not is_another and (first := facts.filed_since(tx, on.key, who.id, amount, tx.now - AGAIN)):
            raise FiledJustNow(number=first)
        granted, received = facts.granted_on_contract(tx, on.key), received_on_contract(tx, on.key, desk.today)
        asked = Asked(granted, amount, received, who.grade, is_new=True)
        needed = assess(asked, on=desk.today, policy=desk.policy)
        behind = Filed(who.id, who.typist_id, is_new=True)
        verdict = _verdict(desk, who, behind, needed)
        filed = Request(
            number=f"A-{tx.next_id(Request)}",
            matter=facts.COMMISSION,
            contract_id=on.key,
            amount=amount,
            asked_on=desk.today,
            asked_by_id=who.id,
            asked_at=tx.now,
            typed_by_id=who.typist_id,
            granted_before=granted,
            received=received,
            level=str(needed.value),
        )
        if verdict.value == "granted":
            filed.__dict__.update(_decision(tx, desk, "granted", ""))
        tx.add(filed)
        tx.record(needed, about=filed.number, state=filed.state)
        return _working(tx, desk, filed, needed)


def decide(desk: Desk, number: str, state: str, reason: str) -> Working:
    """Grant or reject a request, or record that this person may not (A-5.4, K-12).

    Raises:
        Decided: somebody was first.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    verb = "grant" if state == "granted" else "reject"
    with desk.ledger.transaction(f"approve.{verb}", desk) as tx:
        one, who = facts.request(tx, number), decider(tx, desk)
        _expect_pending(tx, one)
        _expect_day(desk, one.asked_on, N_("it was asked for on"))
        asked = facts.asked(tx, one, desk.today)  # under the lock: money and grants may have come since
        needed = assess(asked, on=desk.today, policy=desk.policy)
        verdict = _verdict(desk, who, facts.filed(one), needed)
        is_theirs = verdict.value == "granted"
        outcome = Outcome(state if is_theirs else "refused", unit="word", steps=(*needed.steps, *verdict.steps))
        if is_theirs:
            base = {"granted_before": asked.granted_before, "received": asked.received, "level": str(needed.value)}
            tx.amend(one, **base, **_decision(tx, desk, state, reason))
        tx.record(outcome, about=one.number)
        working = _working(tx, desk, one, Outcome(needed.value, unit="grade", steps=outcome.steps))
    if is_theirs:
        return working
    why, clauses = verdict.steps[-1].note, ", ".join(dict.fromkeys((needed.clauses[0], *verdict.clauses)))
    raise NotTheirs(person=desk.somebody.name, number=one.number, why=why, clauses=clauses, way_out=working.way_on)


def working(view: Reading, desk: Desk, one: Request) -> Working:
    """A request with the rule asked again: as of its decision, or as things stand."""
    on = one.decided_on or desk.today
    return _working(view, desk, one, assess(facts.asked(view, one, on), on=on, policy=desk.policy))


def listed(view: Reading, desk: Desk, state: str = "", *, is_mine: bool, is_waiting: bool) -> list[Working]:
    """Requests filed until the business day, in their order: of a state, of the acting person, or waiting for them."""
    wanted = "asked_on <= :day AND (:state = '' OR state = :state) AND (:mine = 0 OR asked_by_id = :mine)"
    state = "pending" if is_waiting else state
    mine = desk.somebody.id if is_mine else 0
    rows = view.all(Request, wanted, day=desk.today, state=state, mine=mine)
    found = [Working(one, facts.names(view, one), _level(view, desk, one), "") for one in rows]
    if not is_waiting:
        return found
    who = decider(view, desk)
    return [one for one in found if _verdict(desk, who, facts.filed(one.request), one.outcome).value == "granted"]


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Requests that wait for a decision on a day (T-6): nothing asked for is carried out before it (A-5.4)."""
    waiting = view.all(Request, "asked_on <= :day AND (decided_on IS NULL OR decided_on > :day)", day=day)
    return [_due(view, desk, one, day) for one in waiting]


def _due(view: Reading, desk: Desk, one: Request, day: date) -> Due:
    needed = str(assess(facts.asked(view, one, day), on=day, policy=desk.policy).value)
    who, said = facts.deciders(view, needed, facts.filed(one), desk, day), facts.names(view, one)
    fill = {"person": said.asked_by, "amount": yuan(one.amount), "contract": said.contract, "day": one.asked_on}
    return Due("T-6", "A-5.4", one.number, ", ".join(who) or needed, one.asked_on, "due", WAITS, fill)


def _level(view: Reading, desk: Desk, one: Request) -> Outcome:
    """The grade that decided a request, or must as things stand."""
    if one.state != "pending":
        return Outcome(one.level, unit="grade")
    return assess(facts.asked(view, one, desk.today), on=desk.today, policy=desk.policy)


def _verdict(desk: Desk, who: Decider, filed: Filed, needed: Outcome) -> Outcome:
    return may_decide(who, filed, str(needed.value), clause="A-5.4", on=desk.today, policy=desk.policy)


def _working(view: Reading, desk: Desk, one: Request, outcome: Outcome) -> Working:
    way_on = _way_on(view, desk, one, str(outcome.value)) if one.state == "pending" else ""
    return Working(one, facts.names(view, one), outcome, way_on)


def _way_on(view: Reading, desk: Desk, one: Request, needed: str) -> str:
    if needed == NOBODY:
        text = _("No second person stands above the requester: {number} stays pending until the ladder has one.")
        return text.format(number=one.number)
    who = facts.deciders(view, needed, facts.filed(one), desk, desk.today)
    if not who:
        text = _("Nobody else bound by regulation A is {grade} or higher; {number} waits until somebody is.")
        return text.format(grade=_(needed.replace("_", " ")), number=one.number)
    return _("{who} may decide it: salesctl approve grant {number}").format(who=in_line(who), number=one.number)


def _decision(tx: Transaction, desk: Desk, state: str, reason: str) -> dict[str, object]:
    return {
        "state": state,
        "decided_by_id": desk.somebody.id,
        "decided_on": desk.today,
        "decided_at": tx.now,
        "reason": reason,
    }


def _expect_pending(tx: Transaction, one: Request) -> None:
    if one.state != "pending":
        who, entry = facts.names(tx, one).decided_by, facts.entry(tx, one.number)
        raise Decided(number=one.number, state=one.state, who=who, day=one.decided_on, entry=entry)


def _expect_day(desk: Desk, first: date, why: str) -> None:
    if desk.today < first:
        raise WrongDay(day=desk.today, why=why, than=first)
    if desk.today > desk.present_day:
        raise WrongDay(day=desk.today, why=N_("today is"), than=desk.present_day)


def _expect_may_file(tx: Transaction, desk: Desk, who: Decider, on: Contract) -> None:
    ladder = desk.policy.on(desk.today, "A.approvals").items("ladder")[0]
    why = ""
    if who.is_closed:
        why = N_("they have left")
    elif not who.is_enrolled:
        why = N_("regulation A does not bind them")
    elif rank(who.grade, ladder) < 1 and who.id not in (on.owner_id, owner_on(tx, on.customer_id, desk.today)):
        why = N_("it is not theirs and they do not serve its customer")
    if why:
        customer = tx.value("SELECT name FROM customer WHERE id = :id", id=on.customer_id)
        owner = tx.value("SELECT name FROM person WHERE id = :id", id=on.owner_id)
        raise MayNotFile(person=desk.somebody.name, contract=on.number, owner=owner, why=why, customer=customer)
