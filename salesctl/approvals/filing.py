"""Applications of every kind are filed and revised; what one's own authority holds is granted at once (A-4 to A-6)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.approvals import facts, trail
from salesctl.approvals.deciding_rules import assess
from salesctl.approvals.passing import has_passed_on
from salesctl.approvals.wanted import changed, digest, expect_day, requested
from salesctl.approvals.working import expect_step, take, working
from salesctl.contracts.actions import holder_on
from salesctl.customers.actions import owner_on
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.deciding import decider
from salesctl.people.rules import Filed, may_decide, rank
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from salesctl.approvals.rows import Request
    from salesctl.approvals.wanted import Change, Wanted
    from salesctl.approvals.working import Working
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.people.rules import Decider

PAID = "SELECT coalesce(sum(amount), 0) FROM commission_payment WHERE request_id = :id"
AGAIN = timedelta(minutes=10)  # a second filing within it is asked about
UNDECIDED = {"decided_by_id": None, "decided_for_id": None, "decided_on": None, "decided_at": None}


class MayNotFile(SalesctlError):
    """Somebody who has nothing to do with the customer."""

    code, status = "approve.may-not-file", WRONG
    says = N_("{person} may not ask for anything for {customer}: {why}.")
    hint = N_("{owner} asks for it, or whoever serves the customer now, or an account director or general manager.")


class NotTheirsToWithdraw(SalesctlError):
    """Somebody who takes back what another asks for."""

    code, status = "approve.not-theirs", WRONG
    says = N_("{number} is asked for by {owner}; {person} cannot withdraw it.")
    hint = N_("Whoever may decide it rejects or returns it; a director withdraws what somebody left behind.")


class Paid(SalesctlError):
    """What was paid stays granted: its place in the sum is not given back."""

    code, status = "approve.paid", WRONG
    says = N_("{amount} yuan have been paid on {number}; it can be neither revised nor withdrawn.")
    hint = N_("Ask for what is new with a request of its own.")


class FiledJustNow(SalesctlError):
    """The same again within ten minutes: probably a repetition, perhaps not."""

    code, status = "approve.again", WRONG
    says = N_("{number}, of the same content and person, was filed less than ten minutes ago.")
    hint = N_("Look at it with `salesctl approve show {number}`; if this is another one, add --again.")


def file(desk: Desk, wanted: Wanted, *, is_another: bool) -> Working:
    """File an application; it is granted at once where the person's own authority holds it (A-4.2, A-6.1).

    Raises:
        FiledJustNow: the person may have lost the answer to the first.
        MayNotFile, WrongDay, NoVolume, NoEvidence, NothingApart: it cannot be asked for so.
    """
    with desk.ledger.transaction(f"approve.{wanted.matter.replace('_', '-')}", desk) as tx:
        who = decider(tx, desk)
        one = requested(tx, desk, wanted, who)
        _expect_may_file(tx, desk, who, one)
        one.digest = digest(one)
        if not is_another and (first := facts.filed_since(tx, one, tx.now - AGAIN)):
            raise FiledJustNow(number=first)
        asked = facts.asked(tx, one, desk.today, desk.policy).but(is_new=True)
        needed = assess(asked, on=desk.today, policy=desk.policy)
        one.__dict__.update(granted_before=asked.granted_before, base=asked.base, level=str(needed.value))
        behind = Filed(who.id, who.typist_id, is_new=True)
        verdict = may_decide(who, behind, one.level, clause="A-5.4", on=desk.today, policy=desk.policy)
        one.state = "draft"
        if verdict.value == "granted":
            one.__dict__.update(
                state="granted", decided_by_id=who.id, decided_on=desk.today, decided_at=tx.now, reason=""
            )
        tx.add(one)
        take(tx, desk, one, "ask")
        if verdict.value == "granted":
            take(tx, desk, one, "grant")
        tx.record(needed, about=one.number, state=one.state)
        return working(tx, desk, one, needed)


def revise(desk: Desk, number: str, asked: Change) -> Working:
    """Ask for something else under the same number: what was decided on other content is void, the round counts up.

    Raises:
        MayNotFile: it is neither theirs nor their customer's.
        WrongStep: it was carried out, withdrawn or rejected.
        Paid: commission has been paid on it.
        Invalid: what is said does not fit the matter.
    """
    with desk.ledger.transaction("approve.revise", desk) as tx:
        one, who = facts.request(tx, number), decider(tx, desk)
        expect_may_touch(tx, desk, who, one)
        state = expect_step(tx, desk, one, "revise")
        expect_day(desk, trail.newest_step(tx, one), N_("its newest step was on"))
        _expect_unpaid(tx, one)
        changes = changed(one, asked)
        new = one.copied(**changes)
        tx.amend(
            one,
            **changes,
            digest=digest(new),
            round=one.round + 1,
            edited_by_id=who.id,
            typed_by_id=who.typist_id or one.typed_by_id,
            state=state,
            reason="",
            **UNDECIDED,
        )
        take(tx, desk, one, "revise", reason=asked.answer)
        known = facts.asked(tx, one, desk.today, desk.policy)
        needed = assess(known, on=desk.today, policy=desk.policy)
        tx.amend(one, granted_before=known.granted_before, base=known.base, level=str(needed.value))
        tx.record(needed, about=one.number, state=one.state)
        return working(tx, desk, one, needed)


def _expect_may_file(tx: Transaction, desk: Desk, who: Decider, one: Request) -> None:
    """Whoever serves the customer or has the contract asks, or an account director or higher."""
    ladder = desk.policy.on(desk.today, "A.approvals").items("ladder")[0]
    served = facts.customer_id(tx, one)
    serving = owner_on(tx, served, desk.today)
    owner = holder_on(tx, one.contract_id, desk.today) if one.contract_id else serving
    why = ""
    if who.is_closed:
        why = N_("they have left")
    elif not who.is_enrolled:
        why = N_("regulation A does not bind them")
    elif rank(who.grade, ladder) < 1 and who.id not in (owner, serving):
        why = N_("it is not theirs and they do not serve its customer")
    if why:
        name, named = "SELECT name FROM customer WHERE id = :id", "SELECT name FROM person WHERE id = :id"
        owned = tx.value(named, id=owner) or "-"
        raise MayNotFile(person=desk.somebody.name, customer=tx.value(name, id=served), owner=owned, why=why)


def expect_may_touch(tx: Transaction, desk: Desk, who: Decider, one: Request) -> None:
    """Whoever asked, or whoever may ask in their place by now."""
    if who.id != one.asked_by_id or who.is_closed or has_passed_on(tx, one, desk.today):
        _expect_may_file(tx, desk, who, one)


def withdraw(desk: Desk, number: str, reason: str) -> Working:
    """Take an application back before it is carried out.

    Raises:
        MayNotFile: it is neither theirs nor their customer's.
        WrongStep: it was carried out, rejected or withdrawn.
        Paid: commission has been paid on it, and what was paid stays granted.
    """
    with desk.ledger.transaction("approve.withdraw", desk) as tx:
        one, who = facts.request(tx, number), decider(tx, desk)
        _expect_theirs(tx, desk, who, one)
        state = expect_step(tx, desk, one, "withdraw")
        expect_day(desk, trail.newest_step(tx, one), N_("its newest step was on"))
        _expect_unpaid(tx, one)
        tx.amend(one, state=state, reason=reason, **UNDECIDED)
        take(tx, desk, one, "withdraw", reason=reason)
        tx.about = one.number
        return working(tx, desk, one, Outcome(one.level, unit="grade"))


def _expect_theirs(tx: Transaction, desk: Desk, who: Decider, one: Request) -> None:
    """Whoever asked, or serves the customer now; of somebody who has left, an account director or higher."""
    serving = owner_on(tx, facts.customer_id(tx, one), desk.today)
    name, closed_on = tx.select("SELECT name, closed_on FROM person WHERE id = :id", id=one.asked_by_id)[0]
    has_passed = has_passed_on(tx, one, desk.today)
    if who.id == serving or (who.id == one.asked_by_id and not has_passed):
        return
    if not has_passed and (closed_on is None or closed_on > desk.today.isoformat()):
        raise NotTheirsToWithdraw(number=one.number, owner=name, person=desk.somebody.name)
    expect_may_touch(tx, desk, who, one)


def _expect_unpaid(tx: Transaction, one: Request) -> None:
    paid = tx.value(PAID, id=one.key)
    if paid:
        raise Paid(amount=yuan(paid), number=one.number)
