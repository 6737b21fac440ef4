"""Contracts are taken in and found by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.contracts.rows import Contract
from salesctl.customers.actions import customer, owner_on
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.actions import person, still_here
from salesctl.people.rows import Person
from salesctl.policy.units import nfkc, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

LONGEST = 40
HOLDER = (  # who has the contract `k` on the day `:day`: whoever it was signed for, until it passed on (E-16)
    "coalesce((SELECT held.person_id FROM contract_ownership held WHERE held.contract_id = k.id "
    "AND held.from_on <= :day AND (held.until_on IS NULL OR held.until_on > :day)), k.owner_id)"
)
CONTRACTS = Series(N_("contract"), "", "salesctl contract list")


class Taken(SalesctlError):
    """Another contract has this number."""

    code, status = "contract.taken", WRONG
    says = N_("There is already a contract {value}: {customer}, {amount} yuan, signed on {signed}.")
    hint = N_("Look at it with `salesctl contract show {value}`; give the new one a number of its own.")


class Ownerless(SalesctlError):
    """Nobody serves the customer, so nobody is the account manager concerned."""

    code, status = "contract.ownerless", WRONG
    says = N_("Nobody served {customer} on {day}, so the contract has no account manager.")
    hint = N_("Name one with --owner, or say who serves the customer: salesctl customer transfer.")


class Unsigned(SalesctlError):
    """A contract that is signed only in the future."""

    code, status = "contract.unsigned", WRONG
    says = N_("{day} is still to come; a contract is taken in once it is signed.")
    hint = N_("Correct the day it was signed on.")


class NewContract(Record):
    """What is said of a new contract."""

    number: str
    customer: str
    amount: Fen
    signed_on: date
    owner: str = ""  # the customer's account manager on that day, where nobody is named


def contract(view: Reading, text: str) -> Contract:
    """The contract of that number; width and case of its letters do not matter."""
    return numbered(view, Contract, CONTRACTS, text)


def contract_numbered(view: Reading, number: str) -> Contract | None:
    """The contract of that number, in any width and case of its letters, or None."""
    return view.find(Contract, number_key=nfkc(number).strip().casefold())


def add(desk: Desk, new: NewContract) -> Contract:
    """Take in one contract."""
    with desk.ledger.transaction("contract.add", desk) as tx:
        signed(new.signed_on, desk.present_day)
        checked = check(tx, new)
        taken = contract_numbered(tx, checked.number)
        if taken is not None:
            raise taken_by(tx, taken)
        tx.about = checked.number
        return tx.add(checked)


def check(view: Reading, new: NewContract) -> Contract:
    """The row a new contract becomes, or what is wrong with it."""
    number = checked_number(new.number)
    bought_by = customer(view, new.customer)
    owner = person(view, new.owner) if new.owner else _manager(view, bought_by, new.signed_on)
    return Contract(
        number=number,
        number_key=number.casefold(),
        customer_id=bought_by.key,
        owner_id=still_here(owner, new.signed_on).key,
        amount=new.amount,
        signed_on=new.signed_on,
    )


def _manager(view: Reading, bought_by: Customer, on: date) -> Person:
    """Whoever serves the customer on a day."""
    owner_id = owner_on(view, bought_by.key, on)
    if owner_id is None:
        raise Ownerless(customer=bought_by.name, day=on)
    return view.one(Person, id=owner_id)


def signed(day: date, today: date) -> date:
    """The day, which is not to come."""
    if day > today:
        raise Unsigned(day=day)
    return day


def checked_number(text: str) -> str:
    """A contract's number as it is kept."""
    number = names.checked(nfkc(text)) if text.strip() else ""
    if not 0 < len(number) <= LONGEST:
        raise Invalid(value=shown(text), what=N_("a contract number of up to 40 characters"), example="HT-2012-018")
    return number


def taken_by(view: Reading, taken: Contract) -> Taken:
    """The error that names the contract which has the number."""
    from salesctl.policy.units import yuan

    name = view.value("SELECT name FROM customer WHERE id = :id", id=taken.customer_id)
    return Taken(value=taken.number, customer=name, amount=yuan(taken.amount), signed=taken.signed_on)


def holder_on(view: Reading, contract_id: int, on: date) -> int | None:
    """The id of whoever has a contract on a day."""
    found: int | None = view.value(f"SELECT {HOLDER} FROM contract k WHERE k.id = :id", id=contract_id, day=on)
    return found


def listed(
    view: Reading, on: date, customer_id: int | None = None, owner_id: int | None = None
) -> list[tuple[object, ...]]:
    """Number, customer, who has it on a day, amount and day of the contracts, in the order of their days."""
    return view.select(
        "SELECT k.number, c.code || ' ' || c.name, p.code || ' ' || p.name, k.amount, k.signed_on FROM contract k "
        f"JOIN customer c ON c.id = k.customer_id JOIN person p ON p.id = {HOLDER} "
        "WHERE k.customer_id = coalesce(:customer, k.customer_id) AND p.id = coalesce(:owner, p.id) "
        "ORDER BY k.signed_on, k.number",
        customer=customer_id,
        owner=owner_id,
        day=on,
    )
