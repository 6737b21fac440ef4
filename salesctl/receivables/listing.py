"""What was owed on a day: the balances of today, and back what was paid after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_
from salesctl.ledger.lookup import Series, numbered
from salesctl.receivables.rows import Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.policy.units import Fen

RECEIVABLES = Series(N_("receivable"), "R", "salesctl receivable list")
RECEIPTS = Series(N_("receipt"), "M", "salesctl receipt list")
OUTSTANDING = (  # of the receivable `r`, at the end of the day `:on`
    "r.open + coalesce((SELECT sum(a.amount) FROM allocation a "
    "WHERE a.receivable_id = r.id AND a.allocated_on > :on), 0)"
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
    """The receivables issued by a day and, unless wanted, not those paid by then; oldest due first: rows of `Owed`."""
    of = customer(view, customer_text).key if customer_text else 0
    return view.kept(
        f"SELECT number, name, contract, amount, amount - outstanding, outstanding, issued_on, due_on FROM ("
        f"SELECT r.id, r.number, c.name, k.number AS contract, r.amount, {OUTSTANDING} AS outstanding, "
        "r.issued_on, r.due_on FROM receivable r JOIN customer c ON c.id = r.customer_id "
        "LEFT JOIN contract k ON k.id = r.contract_id "
        "WHERE r.issued_on <= :on AND (:of = 0 OR r.customer_id = :of)) AS listed "
        "WHERE :all = 1 OR outstanding > 0 ORDER BY due_on, id",
        on=on,
        of=of,
        all=is_paid_too,
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


def due_before(view: Reading, day: date, on: date) -> list[tuple[str, str, str | None, str, Fen]]:
    """Number, customer, who serves it, due day and balance of each debt due before `day` and not paid by `on`.

    The debts of today are a range on the index of open ones; those paid after `on` are added by what was paid.
    """
    named = (
        f"SELECT r.number, c.name, p.code || ' ' || p.name, r.due_on, {OUTSTANDING} FROM receivable r "
        "JOIN customer c ON c.id = r.customer_id LEFT JOIN ownership o ON o.customer_id = r.customer_id "
        "AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on) LEFT JOIN person p ON p.id = o.person_id "
        "WHERE r.due_on < :day AND "
    )
    still = view.select(f"{named} r.open > 0 ORDER BY r.due_on, r.id", day=day, on=on)
    since = view.select(
        f"{named} r.open = 0 AND r.id IN (SELECT receivable_id FROM allocation WHERE allocated_on > :on) "
        "ORDER BY r.due_on, r.id",
        day=day,
        on=on,
    )
    return sorted(still + since, key=lambda row: row[3]) if since else still


def names_of(view: Reading, owing: Receivable) -> tuple[str, str | None]:
    """The customer's name and the contract's number of a receivable."""
    customer_name = view.value("SELECT name FROM customer WHERE id = :id", id=owing.customer_id)
    return customer_name, view.value("SELECT number FROM contract WHERE id = :id", id=owing.contract_id)
