"""What was granted is carried out: recorded, and where longer terms were granted, due days move (A-5.2, A-5.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.approvals import facts, trail
from salesctl.approvals.deciding_rules import OF_RECEIPTS
from salesctl.approvals.filing import expect_may_touch
from salesctl.approvals.wanted import expect_day
from salesctl.approvals.working import Working, expect_step, take, working
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.ledger.lookup import numbered
from salesctl.people.deciding import decider
from salesctl.policy.outcome import Basis, Outcome
from salesctl.receivables.changes import redate
from salesctl.receivables.listing import RECEIVABLES
from salesctl.receivables.rows import Receivable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.approvals.rows import Request
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.people.rules import Decider

UNDECIDED = ("draft", "pending", "endorsed", "returned")


class ByPayment(SalesctlError):
    """Commission has a way of its own."""

    code, status = "approve.by-payment", WRONG
    says = N_("{number} is carried out by paying it (A-6.4).")
    hint = N_("salesctl commission pay {number} --amount YUAN --payee NAME --kind KIND --form NUMBER")


class ByDecider(SalesctlError):
    """One person decides, another carries out."""

    code, status = "approve.by-decider", WRONG
    says = N_("Whoever decided {number} does not carry it out as well (K-12).")
    hint = N_("Whoever asked for it, or serves the customer, records it.")


class NotGranted(Refused):
    """Carrying out what nobody has decided; the attempt is recorded, and check lists it (A-5.4, T-6)."""

    code = "approve.not-granted"
    says = N_("{number} is {state}: nothing is carried out before it is granted (A-5.4).")
    hint = N_("`salesctl approve show {number}` says who decides it.")


class OtherTerms(SalesctlError):
    """A due day that this request says nothing of."""

    code, status = "approve.other-terms", WRONG
    says = N_("{number} does not move the due day of {debt}: it is about something else.")
    hint = N_("Ask for longer terms for that customer: salesctl approve terms --customer NAME --days N --for TEXT")


class NamesNoDebt(SalesctlError):
    """Longer terms carried out on nothing, while there are debts they were asked for."""

    code, status = "approve.no-debt", WRONG
    says = N_("{number} grants longer terms, and no debt is named whose due day moves; {debts} are open.")
    hint = N_("Name them: --receivable NUMBER, once for each. If none is to move, say why: --reason TEXT")


def execute(desk: Desk, number: str, note: str, debts: Sequence[str] = ()) -> Working:
    """Record that what was granted has been carried out; nothing is before it is decided (A-5.4).

    Args:
        desk: who acts, and when.
        number: the request's.
        note: what there is to say of it.
        debts: where longer terms were granted, the receivables whose due days move by so many days (A-5.2).

    Raises:
        ByPayment: commission is carried out by paying it.
        ByDecider: whoever decided it does not carry it out as well.
        MayNotFile: it is neither theirs nor their customer's.
        OtherTerms: the request says nothing of such a debt.
        NamesNoDebt: longer terms that would move no due day, for no reason given.
        NotGranted: nobody has granted it; the refusal is recorded.
    """
    with desk.ledger.transaction("approve.execute", desk) as tx:
        one, who = facts.request(tx, number), decider(tx, desk)
        if one.matter in OF_RECEIPTS:
            raise ByPayment(number=one.number)
        expect_may_touch(tx, desk, who, one)
        expect_day(desk, trail.newest_step(tx, one), N_("its newest step was on"))
        tx.about = one.number
        if one.state not in UNDECIDED:
            _carry_out(tx, desk, one, who, note, debts)
            return working(tx, desk, one, Outcome(one.level, unit="grade"))
        take(tx, desk, one, "attempt", reason=note)
        state = Outcome("refused", unit="word").step(N_("state"), one.state, "word", Basis("", "A-5.4"))
        tx.record(state, about=one.number)
    raise NotGranted(number=one.number, state=one.state)


def _carry_out(tx: Transaction, desk: Desk, one: Request, who: Decider, note: str, debts: Sequence[str]) -> None:
    """Move the due days of longer terms, and write the step."""
    state = expect_step(tx, desk, one, "execute")
    if one.decided_by_id == who.id != one.asked_by_id:
        raise ByDecider(number=one.number)
    if one.matter == "terms" and not debts and not note:
        _expect_none_open(tx, one)
    for debt in dict.fromkeys(debts):
        _postpone(tx, desk, one, debt)
    tx.amend(one, state=state)
    take(tx, desk, one, "execute", reason=note)


def _expect_none_open(tx: Transaction, one: Request) -> None:
    """A request is carried out once: where it moves nothing by oversight, its terms would be lost (A-5.2).

    Raises:
        NamesNoDebt: there are open debts it could have moved.
    """
    column, key = ("contract_id", one.contract_id) if one.contract_id else ("customer_id", one.customer_id)
    rows = tx.select(
        f"SELECT number FROM receivable WHERE {column} = :key AND open > 0 ORDER BY due_on LIMIT 4", key=key
    )
    if rows:
        names = ", ".join([*(number for (number,) in rows[:3]), *(["…"] if rows[3:] else [])])
        raise NamesNoDebt(number=one.number, debts=names)


def _postpone(tx: Transaction, desk: Desk, one: Request, number: str) -> None:
    """Move the due day of a debt by the days that were granted."""
    debt = numbered(tx, Receivable, RECEIVABLES, number)
    customer_id = one.customer_id or tx.value("SELECT customer_id FROM contract WHERE id = :id", id=one.contract_id)
    is_theirs = debt.customer_id == customer_id and one.contract_id in (None, debt.contract_id)
    if one.matter != "terms" or not is_theirs:
        raise OtherTerms(number=one.number, debt=debt.number)
    redate(tx, debt.number, debt.due_on + timedelta(days=one.amount), one.number, desk.today)
