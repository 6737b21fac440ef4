"""Where letters to a customer go; the newest address holds, the earlier ones stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.customers.actions import customer
from salesctl.customers.rows import CustomerEmail
from salesctl.mail.addresses import checked
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

NONE = "-"  # typed where a customer has no address any more


class Contact(Record):
    """Whom letters to a customer are addressed to; both are empty where nobody is known."""

    name: str = ""
    address: str = ""


def contact_of(view: Reading, customer_id: int) -> Contact:
    """Whom letters to a customer are addressed to."""
    query = "SELECT name, address FROM customer_email WHERE customer_id = :id ORDER BY id DESC LIMIT 1"
    rows = view.select(query, id=customer_id)
    return Contact(*rows[0]) if rows and rows[0][1] else Contact()


def reach(desk: Desk, which: str, address: str, name: str) -> tuple[str, Contact]:
    """From now on letters to a customer go to this address, or, where it is `-`, nowhere.

    Answers the customer's code and name, and whom letters are addressed to.

    Raises:
        BadAddress: no address.
    """
    with desk.ledger.transaction("customer.email", desk) as tx:
        reached = customer(tx, which)
        plain = "" if address.strip() == NONE else checked(address)
        new = Contact(names.checked(name) if name else "", plain) if plain else Contact()
        tx.about = reached.code
        if new != contact_of(tx, reached.key):
            tx.add(CustomerEmail(customer_id=reached.key, name=new.name, address=plain, since=desk.today))
        return f"{reached.code} {reached.name}", new
