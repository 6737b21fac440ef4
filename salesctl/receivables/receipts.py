"""Money received is recorded with the debts it pays: those named, else the oldest due first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import parse_money, yuan
from salesctl.receivables import rules
from salesctl.receivables.actions import (
    OtherCustomer,
    checked_number,
    contract_of,
    number_of,
    refuse_nothing,
    refuse_repetition,
)
from salesctl.receivables.rows import Allocation, Receipt, Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen
    from salesctl.receivables.rules import Debt


class NotYet(SalesctlError):
    """Money of a day that has not come."""

    code, status = "receipt.future", WRONG
    says = N_("{day} has not come yet; money is recorded when it is here.")
    hint = N_("Correct the day: --date.")


class BeforeIssue(SalesctlError):
    """A payment for what was not owed yet."""

    code, status = "receipt.before-issue", WRONG
    says = N_("{number} was issued on {issued}; money of {day} cannot pay it.")
    hint = N_("Correct --date, or name another receivable with --to.")


class MoreThanOpen(SalesctlError):
    """More for one debt than is left of it."""

    code, status = "receipt.more-than-open", WRONG
    says = N_("{number} has {open} left; {amount} cannot go to it.")
    hint = N_("Give less after the equals sign: --to {number}=AMOUNT.")


class MoreThanReceived(SalesctlError):
    """More shared out than came in."""

    code, status = "receipt.more-than-received", WRONG
    says = N_("The amounts after --to add up to {allocated}, and {received} was received.")
    hint = N_("Correct the amounts.")


class Overpaid(SalesctlError):
    """More than is owed: a slip, or an advance."""

    code, status = "receipt.overpayment", WRONG
    says = N_("{rest} of {received} would pay no debt of {customer}.")
    hint = N_("If the amount is right, add --overpayment; the rest stays as the customer's credit.")


class NewReceipt(Record):
    """What is said of money received."""

    customer: str
    amount: Fen
    received_on: date
    contract: str = ""
    to: tuple[str, ...] = ()  # NUMBER or NUMBER=AMOUNT
    number: str = ""
    may_overpay: bool = False
    is_another: bool = False


class Received(Record):
    """A receipt, what it paid of each debt, and what the customer still owes."""

    receipt: Receipt
    paid: list[tuple[Debt, Fen]]
    still_open: Fen


def log(desk: Desk, new: NewReceipt) -> Received:
    """Record a receipt and allocate it."""
    refuse_nothing(new.amount)
    if new.received_on > desk.present_day:
        raise NotYet(day=new.received_on)
    with desk.ledger.transaction("receipt.log", desk) as tx:
        payer = customer(tx, new.customer)
        contract_id = contract_of(tx, new.contract, payer)
        if not new.is_another:
            refuse_repetition(tx, "receipt", "received_on = :day", payer, (new.amount, new.received_on))
        number = number_of(tx, Receipt, new.number, "M")
        paid = _named(tx, new, payer) if new.to else rules.oldest_first(new.amount, _open(tx, new, payer, contract_id))
        credit = new.amount - sum(part for _debt, part in paid)
        if credit and not new.may_overpay:
            raise Overpaid(rest=yuan(credit), received=yuan(new.amount), customer=payer.name)
        receipt = Receipt(
            number=number,
            customer_id=payer.key,
            contract_id=contract_id,
            amount=new.amount,
            credit=credit,
            received_on=new.received_on,
        )
        tx.about = number[:40]
        _write(tx, receipt, paid)
        return Received(receipt, paid, open_of(tx, payer.key))


def _open(view: Reading, new: NewReceipt, payer: Customer, contract_id: int | None) -> list[Debt]:
    """The payer's debts that this money may pay, oldest due first; of one contract where one is named."""
    rows = view.select(
        "SELECT id, number, open, paid FROM receivable WHERE customer_id = :customer AND open > 0 "
        "AND issued_on <= :day AND (:contract IS NULL OR contract_id = :contract) ORDER BY due_on, id",
        customer=payer.key,
        day=new.received_on,
        contract=contract_id,
    )
    return [rules.Debt(*row) for row in rows]


def _named(view: Reading, new: NewReceipt, payer: Customer) -> list[tuple[Debt, Fen]]:
    """The debts named with --to, each with its amount or with all that is left."""
    rest = new.amount
    paid: list[tuple[Debt, Fen]] = []
    for text in new.to:
        number, sign, amount = text.rpartition("=") if "=" in text else (text, "", "")
        found = view.one(Receivable, number=checked_number(number))
        if found.customer_id != payer.key:
            owner = view.value("SELECT name FROM customer WHERE id = :id", id=found.customer_id)
            raise OtherCustomer(number=found.number, owner=owner, customer=payer.name)
        if new.received_on < found.issued_on:
            raise BeforeIssue(number=found.number, issued=found.issued_on, day=new.received_on)
        left = found.open - sum(part for debt, part in paid if debt.id == found.key)
        part = parse_money(amount) if sign else min(rest, left)
        if not 0 < part <= left:
            raise MoreThanOpen(number=found.number, open=yuan(left), amount=yuan(part or rest))
        paid.append((rules.Debt(found.key, found.number, left, found.amount - left), part))
        rest -= part
    if rest < 0:
        raise MoreThanReceived(allocated=yuan(new.amount - rest), received=yuan(new.amount))
    return paid


def _write(tx: Transaction, receipt: Receipt, paid: list[tuple[Debt, Fen]]) -> None:
    tx.add(receipt)
    for debt, part in paid:
        tx.add(Allocation(receipt_id=receipt.key, receivable_id=debt.id, amount=part, allocated_on=receipt.received_on))
        tx.amend(tx.one(Receivable, id=debt.id), paid=debt.paid + part, open=debt.open - part)


def open_of(view: Reading, customer_id: int) -> Fen:
    """All that a customer owes."""
    return int(
        view.value(
            "SELECT coalesce(sum(open), 0) FROM receivable WHERE customer_id = :customer AND open > 0",
            customer=customer_id,
        )
    )
