"""Money that was recorded goes elsewhere: from credit to a debt, off a debt again, to another.

Nothing is changed in place: each movement is a row of its own with its day, so the state of any day follows from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.lookup import numbered
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.receivables.allocating import Allocating
from salesctl.receivables.listing import RECEIPTS, RECEIVABLES
from salesctl.receivables.receipts import NotYet, allocate, named_part
from salesctl.receivables.rows import Allocation, Receipt, Receivable, WriteOff
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.policy.outcome import Step
    from salesctl.policy.units import Fen


class NoCredit(SalesctlError):
    """More than the customer has to its credit from this receipt."""

    code, status = "receipt.no-credit", WRONG
    says = N_("{number} has {credit} left as credit; {amount} is more.")
    hint = N_("Take it off a debt first: salesctl receipt release {number} DEBT --reason TEXT")


class NothingToPay(SalesctlError):
    """No debt that the credit could pay."""

    code, status = "receipt.nothing-to-pay", WRONG
    says = N_("The customer owes nothing that the credit of {number} could pay.")
    hint = N_(
        "The credit stays for what will be issued, or goes back: salesctl receipt refund {number} YUAN --reason TEXT"
    )


class NotAllocated(SalesctlError):
    """More to be taken off a debt than this receipt pays of it."""

    code, status = "receipt.not-allocated", WRONG
    says = N_("{number} pays {paid} of {debt}; {amount} cannot be taken off it.")
    hint = N_("`salesctl receipt show {number}` lists what it pays.")


class TooEarly(SalesctlError):
    """A day before what the movement rests on."""

    code, status = "receipt.too-early", WRONG
    says = N_("{day} is too early: {number} stands as it does since {since}.")
    hint = N_("Correct the day: --date.")


class SameDebt(SalesctlError):
    """Money moved from a debt to itself."""

    code, status = "receipt.same-debt", WRONG
    says = N_("{debt} is both the debt the money comes off and the one it pays.")
    hint = N_("Name another debt after --to.")


class Moved(Record):
    """One movement of a receipt: which, from which day, and why."""

    number: str
    day: date
    reason: str = ""


class Done(Record):
    """A receipt after a movement, and the lines that say what moved: how much, which debt, what is left of it."""

    receipt: Receipt
    parts: Sequence[tuple[Fen, str, Fen]]


def apply(desk: Desk, moved: Moved, to: Sequence[str], amount: Fen | None = None) -> Done:
    """Pay debts from what a receipt left as credit: those named, else the oldest due first."""
    with desk.ledger.transaction("receipt.apply", desk) as tx:
        receipt = receipt_to_move(tx, desk, moved)
        credit = receipt.credit if amount is None else amount
        if not 0 < credit <= receipt.credit:
            raise NoCredit(number=receipt.number, credit=yuan(receipt.credit), amount=yuan(credit))
        parts = _paid(tx, receipt, credit, moved.day, to)
        tx.record(told_of("applied", moved, [(debt, part) for part, debt, _left in parts]), receipt.number[:40])
        return Done(receipt, parts)


def release(desk: Desk, moved: Moved, debts: Sequence[str]) -> Done:
    """Take money off debts again; it stays as the customer's credit."""
    with desk.ledger.transaction("receipt.release", desk) as tx:
        receipt = receipt_to_move(tx, desk, moved)
        parts = [taken_off(tx, receipt, text, moved.day) for text in debts]
        tx.record(told_of("released", moved, [(debt, -part) for part, debt, _left in parts]), receipt.number[:40])
        return Done(receipt, parts)


def move(desk: Desk, moved: Moved, from_: str, to: str) -> Done:
    """Take money off one debt and pay another with it.

    Raises:
        SameDebt: there is no other.
    """
    with desk.ledger.transaction("receipt.move", desk) as tx:
        receipt = receipt_to_move(tx, desk, moved)
        off = taken_off(tx, receipt, from_, moved.day)
        if numbered(tx, Receivable, RECEIVABLES, named_part(to)[0]).number == off[1]:
            raise SameDebt(debt=off[1])
        parts = [off, *_paid(tx, receipt, off[0], moved.day, [to])]
        told = [(off[1], -off[0]), *((debt, part) for part, debt, _left in parts[1:])]
        tx.record(told_of("moved", moved, told), receipt.number[:40])
        return Done(receipt, parts)


def receipt_to_move(tx: Transaction, desk: Desk, moved: Moved) -> Receipt:
    """The receipt, if something may happen to it on that day.

    Raises:
        NotYet: the day has not come.
        TooEarly: the money was not there yet, or not free, on that day.
    """
    receipt = numbered(tx, Receipt, RECEIPTS, moved.number)
    if moved.day > desk.present_day:
        raise NotYet(day=moved.day)
    freed = tx.value("SELECT max(allocated_on) FROM allocation WHERE receipt_id = :id AND amount < 0", id=receipt.key)
    since = max(receipt.received_on.isoformat(), freed or "")
    if moved.day.isoformat() < since:
        raise TooEarly(day=moved.day, number=receipt.number, since=since)
    return receipt


def _paid(tx: Transaction, receipt: Receipt, amount: Fen, day: date, to: Sequence[str]) -> list[tuple[Fen, str, Fen]]:
    """Pay debts with money of a receipt that is free."""
    allocating = Allocating(tx, receipt.contract_id)
    paid, allocations = allocate(tx, allocating, receipt, amount, day, to)
    if not paid:
        raise NothingToPay(number=receipt.number)
    allocating.write(tx, allocations)
    tx.amend(receipt, credit=receipt.credit - sum(part for _debt, part in paid))
    return [(part, debt.number, debt.open) for debt, part in paid]


def taken_off(tx: Transaction, receipt: Receipt, text: str, day: date) -> tuple[Fen, str, Fen]:
    """Take `R-3`, or `R-3=200` of it, off a debt; what had been recovered of a bad debt is bad again (AMB-A8-g)."""
    number, wish = named_part(text)
    debt = numbered(tx, Receivable, RECEIVABLES, number)
    paid, since = tx.select(
        "SELECT coalesce(sum(amount), 0), coalesce(max(allocated_on), '') FROM allocation "
        "WHERE receipt_id = :receipt AND receivable_id = :debt",
        receipt=receipt.key,
        debt=debt.key,
    )[0]
    part = paid if wish is None else wish
    if not 0 < part <= paid:
        raise NotAllocated(number=receipt.number, paid=yuan(paid), debt=debt.number, amount=yuan(part))
    if day.isoformat() < since:
        raise TooEarly(day=day, number=debt.number, since=since)
    bad = _bad_again(tx, receipt, debt, part, day)
    tx.add(Allocation(receipt_id=receipt.key, receivable_id=debt.key, amount=-part, allocated_on=day))
    not_before = max(day, debt.not_before or day)
    tx.amend(
        debt,
        paid=debt.paid - part,
        open=debt.open + part - bad,
        written_off=debt.written_off + bad,
        not_before=not_before,
    )
    tx.amend(receipt, credit=receipt.credit + part)
    return part, debt.number, debt.open


def _bad_again(tx: Transaction, receipt: Receipt, debt: Receivable, part: Fen, day: date) -> Fen:
    """How much of a part had recovered a bad debt, and is taken back first: it came in last."""
    recovered = tx.select(
        "SELECT -sum(amount), manager_id, department FROM write_off WHERE receivable_id = :debt "
        "AND receipt_id = :receipt GROUP BY manager_id, department HAVING sum(amount) < 0",
        debt=debt.key,
        receipt=receipt.key,
    )
    taken = 0
    for amount, manager_id, department in recovered:
        bad = min(part - taken, amount)
        if bad:
            whose = {"manager_id": manager_id, "department": department, "receipt_id": receipt.key}
            tx.add(WriteOff(receivable_id=debt.key, amount=bad, booked_on=day, **whose))
        taken += bad
    return taken


def told_of(answer: str, moved: Moved, amounts: Sequence[tuple[str, Fen]], steps: Sequence[Step] = ()) -> Outcome:
    """What is kept of a movement beside its rows; after the steps that allowed it, where a rule was asked."""
    outcome = Outcome(answer, unit="word", steps=steps).step(N_("from"), moved.day, "day")
    for number, amount in amounts:
        outcome = outcome.step(number, amount, "fen")
    return outcome.step(N_("reason"), moved.reason, "text") if moved.reason else outcome


WORDS = (N_("applied"), N_("released"), N_("moved"))
