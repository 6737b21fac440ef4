"""What was owed on a day, debt by debt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_
from salesctl.ledger.lookup import Series, numbered
from salesctl.receivables import as_of
from salesctl.receivables.as_of import DUE, OUTSTANDING
from salesctl.receivables.rows import Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.policy.units import Fen

RECEIVABLES = Series(N_("receivable"), "R", "salesctl receivable list")
RECEIPTS = Series(N_("receipt"), "M", "salesctl receipt list")
ALL = (  # as `as_of.debts`, with those that are settled
    f"SELECT r.id, r.number, r.customer_id, r.contract_id, r.amount, {OUTSTANDING} AS open, r.issued_on, "
    f"{DUE} AS due_on FROM receivable r WHERE r.issued_on <= :on"
)


class Owed(Record):
    """One receivable as it stood on a day."""

    number: str
    customer: str
    contract: str | None
    amount: Fen
    paid: Fen
    open: Fen
    issued_on: str
    due_on: str


def owed(view: Reading, on: date, customer_text: str = "", *, is_paid_too: bool = False) -> Kept:
    """The receivables issued by a day and, unless wanted, only those open on it; oldest due first: rows of `Owed`.

    What was written off is neither paid nor open.
    """
    of = customer(view, customer_text).key if customer_text else 0
    debts = ALL if is_paid_too else as_of.debts(view, on)
    return view.kept(
        f"SELECT r.number, c.name, k.number, r.amount, (SELECT coalesce(sum(a.amount), 0) FROM allocation a "
        "WHERE a.receivable_id = r.id AND a.allocated_on <= :on), r.open, r.issued_on, r.due_on "
        f"FROM ({debts}) r JOIN customer c ON c.id = r.customer_id LEFT JOIN contract k ON k.id = r.contract_id "
        "WHERE :of = 0 OR r.customer_id = :of ORDER BY r.due_on, r.id",
        on=on,
        of=of,
    )


def payments_of(view: Reading, number: str, on: date) -> tuple[Receivable, list[tuple[str, Fen, str]]]:
    """A receivable and what paid it by a day: receipt, amount, day."""
    found = numbered(view, Receivable, RECEIVABLES, number)
    paid = view.select(
        "SELECT m.number, a.amount, a.allocated_on FROM allocation a JOIN receipt m ON m.id = a.receipt_id "
        "WHERE a.receivable_id = :id AND a.allocated_on <= :on ORDER BY a.allocated_on, a.id",
        id=found.key,
        on=on,
    )
    return found, paid


def due_before(view: Reading, day: date, on: date) -> Iterator[tuple[Any, ...]]:
    """Number, customer, who serves it, due day, balance and `not_before` of each debt due before `day`, open on `on`.

    The debts of today are a range on the index of open ones.
    """
    return view.each(
        f"SELECT r.number, c.name, p.code || ' ' || p.name, r.due_on, r.open, r.not_before "
        f"FROM ({as_of.debts(view, on)}) r "
        "JOIN customer c ON c.id = r.customer_id LEFT JOIN ownership o ON o.customer_id = r.customer_id "
        "AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on) LEFT JOIN person p ON p.id = o.person_id "
        "WHERE r.due_on < :day ORDER BY r.due_on, r.id",
        day=day,
        on=on,
    )


def names_of(view: Reading, owing: Receivable) -> tuple[str, str | None]:
    """The customer's name and the contract's number of a receivable."""
    customer_name = view.value("SELECT name FROM customer WHERE id = :id", id=owing.customer_id)
    return customer_name, view.value("SELECT number FROM contract WHERE id = :id", id=owing.contract_id)
