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
from salesctl.receivables.rows import Receipt, Receivable
from salesctl.receivables.undoing import NoReference, logging
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
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
    """Record a receipt and allocate it.

    Raises:
        NotYet, Overpaid, NumberTaken: it cannot be.
        NoReference: whoever serves the customer records it alone; the refusal is recorded.
    """
    refuse_nothing(new.amount)
    if new.received_on > desk.present_day:
        raise NotYet(day=new.received_on)
    with desk.ledger.transaction("receipt.log", desk) as tx:
        payer = customer(tx, new.customer)
        contract_id = contract_of(tx, new.contract, payer)
        if not new.is_another:
            refuse_repetition(
                tx, "receipt", "received_on = :day AND returned < t.amount", payer, (new.amount, new.received_on)
            )
        number = number_of(tx, Receipt, new.number, "M")
        receipt = Receipt(
            number=number,
            customer_id=payer.key,
            contract_id=contract_id,
            amount=new.amount,
            received_on=new.received_on,
        )
        verdict = logging(tx, desk, payer.key, new.number)
        if is_held := verdict.value == "refused":
            tx.record(verdict, payer.code)
        else:
            paid = _taken_in(tx, receipt, payer.name, new)
            still_open = open_of(tx, payer.key)
    if is_held:
        raise NoReference(person=desk.somebody.name, customer=payer.name)
    return Received(receipt, paid, still_open)


def _taken_in(tx: Transaction, receipt: Receipt, payer: str, new: NewReceipt) -> list[tuple[Debt, Fen]]:
    """Write a receipt and what it pays."""
    allocating = Allocating(tx, receipt.contract_id)
    receipt.id = tx.next_id(Receipt)
    paid, allocations = allocate(tx, allocating, receipt, new.amount, new.received_on, new.to)
    receipt.credit = new.amount - sum(part for _debt, part in paid)
    if receipt.credit and not new.may_overpay:
        raise overpaid(receipt.credit, new.amount, payer)
    tx.about = receipt.number[:40]
    tx.add(receipt)
    allocating.write(tx, allocations)
    return paid


def allocate(
    view: Reading, allocating: Allocating, receipt: Receipt, amount: Fen, day: date, to: Iterable[str]
) -> tuple[list[tuple[Debt, Fen]], list[tuple[Any, ...]]]:
    """What an amount of a receipt pays from a day on, the debts named or the oldest; and the rows that say so.

    Raises:
        OtherCustomer, BeforeIssue, MoreThanOpen: as `Allocating.to`.
        OtherContract: the money is of one contract, and the debt of another.
        MoreThanReceived: the debts named take more than the amount.
    """
    paid, rows, rest = [], [], amount
    if not to:
        paid = allocating.to_oldest(receipt.customer_id, amount, day.isoformat())
        rows = allocating.take(receipt.key, day.isoformat(), paid)
    for text in to:
        number, wish = named_part(text)
        named = numbered(view, Receivable, RECEIVABLES, number)
        if receipt.contract_id and named.contract_id not in (None, receipt.contract_id):
            contract = view.value("SELECT number FROM contract WHERE id = :id", id=receipt.contract_id)
            raise OtherContract(number=named.number, contract=contract)
        debt = allocating.name(named.image().values())
        part = allocating.to(debt, receipt.customer_id, rest, day.isoformat(), wish)
        if part > rest:
            raise MoreThanReceived(allocated=yuan(amount - rest + part), received=yuan(amount))
        paid.append((debt, part))
        rows += allocating.take(receipt.key, day.isoformat(), paid[-1:])
        rest -= part
    return paid, rows


def named_part(text: str) -> tuple[str, Fen | None]:
    """`R-3=20000` as the number and the amount; None where all is meant."""
    number, sign, amount = text.rpartition("=") if "=" in text else (text, "", "")
    return number, parse_money(amount) if sign else None


def overpaid(rest: Fen, received: Fen, customer_name: str) -> Overpaid:
    """The error that names what would pay no debt."""
    return Overpaid(rest=yuan(rest), received=yuan(received), customer=customer_name)


def open_of(view: Reading, customer_id: int) -> Fen:
    """All that a customer owes."""
    return int(
        view.value(
            "SELECT coalesce(sum(open), 0) FROM receivable WHERE customer_id = :customer AND open > 0",
            customer=customer_id,
        )
    )
