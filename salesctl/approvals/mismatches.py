"""What was received for an invoice differs from it, from one fen on: it arises by itself (A-5.2, AMB-A5-f).

Received is what was paid on the invoice, and what is left to the customer's credit of the receipts that paid it last
or that name its contract. More than the invoice counts from the day it came, less from the day after it was due: until
then a part is only a part.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

CLAUSE = "A-5.2"
LATER = (  # what happened after the day is put back
    "SELECT 1 FROM allocation WHERE allocated_on > :day UNION ALL "
    "SELECT 1 FROM receipt_return WHERE returned_on > :day UNION ALL "
    "SELECT 1 FROM write_off WHERE booked_on > :day LIMIT 1"
)
TAKEN = "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receipt_id = m.id AND a.allocated_on > :day)"
BACK = "(SELECT coalesce(sum(b.amount), 0) FROM receipt_return b WHERE b.receipt_id = m.id AND b.returned_on > :day)"
TOUCHED = (
    "SELECT receivable_id FROM allocation WHERE allocated_on > :day UNION "
    "SELECT receivable_id FROM write_off WHERE booked_on > :day"
)
PAID_LATER = (
    "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receivable_id = r.id AND a.allocated_on > :day)"
)
OFF_LATER = "(SELECT coalesce(sum(w.amount), 0) FROM write_off w WHERE w.receivable_id = r.id AND w.booked_on > :day)"
PAID_LAST = (  # the invoice a receipt paid last
    "(SELECT a.receivable_id FROM allocation a WHERE a.receipt_id = m.id AND a.amount > 0 AND a.allocated_on <= :day "
    "ORDER BY a.id DESC LIMIT 1)"
)
NEWEST = (  # else the newest of the contract it names
    "(SELECT r.id FROM receivable r WHERE r.contract_id = m.contract_id AND r.issued_on <= :day "
    "AND (r.cancelled_on IS NULL OR r.cancelled_on > :day) ORDER BY r.issued_on DESC, r.id DESC LIMIT 1)"
)
APPLIED = (  # one that is under way, or was decided on no less than what is apart now
    "SELECT 1 FROM request q WHERE q.about = s.number AND q.about <> '' AND q.matter = 'mismatch' "
    "AND q.asked_on <= :day AND (q.state IN ('draft', 'pending', 'endorsed', 'returned') "
    "OR q.state IN ('granted', 'rejected', 'executed') AND q.amount >= abs(s.paid + s.credit - s.amount))"
)
SAYS = N_(
    "{customer}: {received} received for invoice {number} of {amount}, {apart} yuan apart; apply for it: "
    "salesctl approve mismatch --receivable {number} --for TEXT"
)


class Apart(Record):
    """One invoice that what was received for it does not equal."""

    number: str
    customer: str
    contract: str | None
    who: str | None  # serves the customer
    amount: Fen
    paid: Fen
    credit: Fen
    off: Fen  # written off as bad debt
    due_on: str
    credit_on: str | None

    @property
    def received(self) -> Fen:
        """All that came in for it."""
        return self.paid + self.credit

    @property
    def since(self) -> date:
        """The first day on which it counts as a difference."""
        if self.received > self.amount and self.credit_on:
            return date.fromisoformat(self.credit_on)
        return date.fromisoformat(self.due_on) + timedelta(days=1)


def apart(view: Reading, number: str, day: date) -> Fen:
    """How far what was received for an invoice until a day is from it, in either direction."""
    found = aparts(view, "r.number = :number", day, number=number)
    return found[0][1] if found else 0


def aparts(view: Reading, which: str, day: date, **values: str) -> list[tuple[str, Fen]]:
    """The same for the invoices that a condition on `r` names: their numbers, and how far."""
    standing = _standing(view, day, which)
    return view.select(f"SELECT s.number, abs(s.paid + s.credit - s.amount) FROM ({standing}) s", day=day, **values)


def due(view: Reading, desk: Desk, day: date) -> Iterator[Due]:
    """The invoices that differ on a day and are not applied for; before article 5 there were none (K-9)."""
    rows = view.each(
        f"SELECT s.* FROM ({_standing(view, day)}) s WHERE s.paid + s.credit > 0 "
        f"AND s.paid + s.credit + s.off <> s.amount AND NOT EXISTS ({APPLIED})",
        day=day,
    )
    for one in (Apart(*row) for row in rows):
        if one.since <= day and desk.policy.binds(CLAUSE, one.since):
            yield _due(one)


def _due(one: Apart) -> Due:
    customer = f"{one.customer}, {one.contract}" if one.contract else one.customer
    fill = {
        "customer": customer,
        "received": yuan(one.received),
        "number": one.number,
        "amount": yuan(one.amount),
        "apart": yuan(abs(one.received - one.amount)),
    }
    return Due("T-6", CLAUSE, one.number, one.who or "account_manager", one.since, "due", SAYS, fill)


def _standing(view: Reading, day: date, which: str = "") -> str:
    """Invoices as rows of `Apart` on a day: those named, else those that may differ, each found by an index."""
    is_past = view.value(LATER, day=day)
    taken, back, paid_later, off_later = (TAKEN, BACK, PAID_LATER, OFF_LATER) if is_past else ("0", "0", "0", "0")
    receipts = "m.received_on <= :day" if is_past else "m.credit > 0 AND m.received_on <= :day"
    touched = f" UNION {TOUCHED}" if is_past else ""
    some = (
        "r.id IN (SELECT id FROM receivable WHERE open > 0 AND paid > 0 AND due_on < :day "
        f"UNION SELECT debt FROM held WHERE debt IS NOT NULL{touched})"
    )
    return (
        "WITH held AS (SELECT debt, sum(credit) AS credit, max(received_on) AS credit_on FROM ("
        f"SELECT m.received_on, m.credit + {taken} + {back} AS credit, coalesce({PAID_LAST}, {NEWEST}) AS debt "
        f"FROM receipt m WHERE {receipts}) AS each_one WHERE credit > 0 GROUP BY debt) "
        "SELECT r.number, c.name AS customer, k.number AS contract, p.code || ' ' || p.name AS who, r.amount, "
        f"r.paid - {paid_later} AS paid, coalesce(h.credit, 0) AS credit, r.written_off - {off_later} AS off, "
        "r.due_on, h.credit_on FROM receivable r LEFT JOIN held h ON h.debt = r.id "
        "JOIN customer c ON c.id = r.customer_id "
        "LEFT JOIN contract k ON k.id = r.contract_id LEFT JOIN ownership o ON o.customer_id = r.customer_id "
        "AND o.from_on <= :day AND (o.until_on IS NULL OR o.until_on > :day) LEFT JOIN person p ON p.id = o.person_id "
        "WHERE r.issued_on <= :day AND (r.cancelled_on IS NULL OR r.cancelled_on > :day) "
        f"AND {which or some}"
    )
