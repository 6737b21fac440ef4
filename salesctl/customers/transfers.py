"""A customer passes to another account manager by one person's word; what is being handed over does not (E-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import Described, customer, described, hand_to
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.actions import person

if TYPE_CHECKING:
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading


class InHandover(SalesctlError):
    """A customer that passes on when its handover is complete, and not before."""

    code, status = "customer.in-handover", WRONG
    says = N_("{customer} is being handed over in {number}; it passes on when that is complete (E-16).")
    hint = N_("`salesctl handover show {number}` shows what is still to be done.")


def transfer(desk: Desk, which: str, to: str, since: date) -> Described:
    """From a day on, somebody else serves the customer; what was before stays as it was."""
    with desk.ledger.transaction("customer.transfer", desk) as tx:
        served, receiver = customer(tx, which), person(tx, to)
        _refuse_in_handover(tx, served)
        hand_to(tx, served, receiver, since)
        tx.about = served.code
        return described(tx, served, desk.today)


def _refuse_in_handover(view: Reading, served: Customer) -> None:
    number = view.value(
        "SELECT h.number FROM handover h JOIN handover_item i ON i.handover_id = h.id "
        "WHERE h.state = 'open' AND i.kind = 'customer' AND i.customer_id = :customer ORDER BY h.id",
        customer=served.key,
    )
    if number:
        raise InHandover(customer=served.name, number=number)
