"""Money received is recorded with the debts it pays: those named, else the oldest due first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.lookup import numbered
from salesctl.policy.units import parse_money, yuan
from salesctl.receivables.actions import (
    contract_of,
    number_of,
    refuse_nothing,
    refuse_repetition,
)
from salesctl.receivables.allocating import Allocating
from salesctl.receivables.listing import RECEIVABLES
from salesctl.receivables.rows import Allocation, Receipt, Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen
    from salesctl.receivables.allocating import Debt


class NotYet(SalesctlError):
    """Money of a day that has not come."""

    code, status = "receipt.future", WRONG
    says = N_("{day} has not come yet; money is recorded when it is here.")
    hint = N_("Correct the day: --date.")


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


class OtherContract(SalesctlError):
    """Money of one contract for a debt of another: it would count twice in what was received."""

    code, status = "receipt.other-contract", WRONG
    says = N_("{number} does not belong to contract {contract}.")
    hint = N_("Leave out --contract, or name a debt of that contract.")


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
        allocating = Allocating(tx, contract_id)
        if new.to:
            paid = _to_named(tx, new, payer, allocating, contract_id)
        else:
            paid = allocating.to_oldest(payer.key, new.amount, new.received_on.isoformat())
            allocating.take(paid)
        credit = new.amount - sum(part for _debt, part in paid)
        if credit and not new.may_overpay:
            raise overpaid(credit, new.amount, payer.name)
        receipt = Receipt(
            number=number,
            customer_id=payer.key,
            contract_id=contract_id,
            amount=new.amount,
            credit=credit,
            received_on=new.received_on,
        )
        tx.about = number[:40]
        tx.add(receipt)
        for debt, part in paid:
            allocated = {"receipt_id": receipt.key, "receivable_id": debt.id}
            tx.add(Allocation(**allocated, amount=part, allocated_on=receipt.received_on))
        for key, already, still in allocating.changed():
            tx.amend(tx.one(Receivable, id=key), paid=already, open=still)
        return Received(receipt, paid, open_of(tx, payer.key))


def overpaid(rest: Fen, received: Fen, customer_name: str) -> Overpaid:
    """The error that names what would pay no debt."""
    return Overpaid(rest=yuan(rest), received=yuan(received), customer=customer_name)


def _to_named(
    view: Reading, new: NewReceipt, payer: Customer, allocating: Allocating, contract_id: int | None
) -> list[tuple[Debt, Fen]]:
    """The debts named with --to, each with its amount or with all that is left."""
    rest = new.amount
    paid: list[tuple[Debt, Fen]] = []
    for text in new.to:
        number, sign, amount = text.rpartition("=") if "=" in text else (text, "", "")
        named = numbered(view, Receivable, RECEIVABLES, number)
        if contract_id and named.contract_id not in (None, contract_id):
            raise OtherContract(number=named.number, contract=new.contract)
        debt = allocating.name(named.image().values())
        wish = parse_money(amount) if sign else None
        part = allocating.to(debt, payer.key, rest, new.received_on.isoformat(), wish)
        if part > rest:
            raise MoreThanReceived(allocated=yuan(new.amount - rest + part), received=yuan(new.amount))
        paid.append((debt, part))
        allocating.take(paid[-1:])
        rest -= part
    return paid


def open_of(view: Reading, customer_id: int) -> Fen:
    """All that a customer owes."""
    return int(
        view.value(
            "SELECT coalesce(sum(open), 0) FROM receivable WHERE customer_id = :customer AND open > 0",
            customer=customer_id,
        )
    )
