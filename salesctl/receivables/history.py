"""One debt as it stood on a day, with all that happened to it by then; and the debts customers contest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.ledger.lookup import numbered
from salesctl.receivables.as_of import OUTSTANDING
from salesctl.receivables.listing import RECEIVABLES, names_of
from salesctl.receivables.rows import Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen


class Standing(Record):
    """A debt on a day: open is what is neither paid nor written off, and nothing once it is cancelled."""

    debt: Receivable
    customer: str
    contract: str | None
    paid: Fen
    written_off: Fen
    due_on: date
    payments: list[tuple[str, Fen, str]]  # receipt, amount (below zero: taken off again), day
    bad: list[tuple[Fen, str, str | None]]  # amount (below zero: recovered), day, the receipt that recovered it
    moved: list[tuple[str, str, str]]  # due before, request, day of the change
    disputes: list[tuple[str, str | None, str, str]]  # from, until, reason, outcome
    is_cancelled: bool

    @property
    def open(self) -> Fen:
        """What is still owed."""
        return 0 if self.is_cancelled else self.debt.amount - self.paid - self.written_off

    @property
    def is_contested(self) -> bool:
        """Whether the customer contests it on that day."""
        return bool(self.disputes) and self.disputes[-1][1] is None


def standing(view: Reading, number: str, on: date) -> Standing:
    """One debt as it stood at the end of a day."""
    debt = numbered(view, Receivable, RECEIVABLES, number)
    asked = {"id": debt.key, "on": on}
    payments = view.select(
        "SELECT m.number, a.amount, a.allocated_on FROM allocation a JOIN receipt m ON m.id = a.receipt_id "
        "WHERE a.receivable_id = :id AND a.allocated_on <= :on ORDER BY a.allocated_on, a.id",
        **asked,
    )
    bad = view.select(
        "SELECT w.amount, w.booked_on, m.number FROM write_off w LEFT JOIN receipt m ON m.id = w.receipt_id "
        "WHERE w.receivable_id = :id AND w.booked_on <= :on ORDER BY w.booked_on, w.id",
        **asked,
    )
    changes = view.select(
        "SELECT due_before, request, changed_on FROM due_change WHERE receivable_id = :id ORDER BY changed_on, id",
        id=debt.key,
    )
    disputes = view.select(
        "SELECT from_on, CASE WHEN until_on <= :on THEN until_on END, reason, CASE WHEN until_on <= :on THEN outcome "
        "ELSE '' END FROM dispute WHERE receivable_id = :id AND from_on <= :on ORDER BY from_on, id",
        **asked,
    )
    due = next((before for before, _request, day in changes if day > on.isoformat()), None)
    return Standing(
        debt,
        *names_of(view, debt),
        sum(amount for _receipt, amount, _day in payments),
        sum(amount for amount, _day, _receipt in bad),
        date.fromisoformat(due) if due else debt.due_on,
        payments,
        bad,
        [change for change in changes if change[2] <= on.isoformat()],
        disputes,
        debt.cancelled_on is not None and debt.cancelled_on <= on,
    )


def contested(view: Reading, on: date, number: str = "") -> list[tuple[object, ...]]:
    """The debts contested on a day; of one debt, every dispute there was."""
    key = numbered(view, Receivable, RECEIVABLES, number).key if number else 0
    return view.select(
        f"SELECT r.number, c.name, {OUTSTANDING}, d.from_on, CASE WHEN d.until_on <= :on THEN d.until_on END, "
        "d.reason, CASE WHEN d.until_on <= :on THEN d.outcome ELSE '' END FROM dispute d "
        "JOIN receivable r ON r.id = d.receivable_id JOIN customer c ON c.id = r.customer_id WHERE d.from_on <= :on "
        "AND ((:debt = 0 AND (d.until_on IS NULL OR d.until_on > :on) "
        "AND (r.cancelled_on IS NULL OR r.cancelled_on > :on)) OR d.receivable_id = :debt) ORDER BY d.from_on, d.id",
        on=on,
        debt=key,
    )
