"""Bad debts as they stand, what they took off whose sales, and what the board has still to decide (A-8.3, A-8.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.bad_debts.actions import BAD_DEBTS
from salesctl.bad_debts.rows import BadDebt
from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.ledger.lookup import numbered
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.policy.units import Fen

WAITS = N_("{amount} of {customer} ({debt}) was put to management on {day}; the board has not decided")
# A debt is approved again once money was taken off it: what a receipt recovered belongs to the approval before it.
OF_THIS = (
    "b.id = (SELECT max(n.id) FROM bad_debt n WHERE n.receivable_id = r.id AND n.state = 'approved' "
    "AND n.decided_on <= (SELECT min(x.booked_on) FROM write_off x "
    "WHERE x.receivable_id = r.id AND x.receipt_id = w.receipt_id))"
)
ROWS = (
    "SELECT b.number, r.number, c.name, p.code || ' ' || p.name, b.amount, r.due_on, b.submitted_on, "
    "CASE WHEN b.decided_on <= :on THEN b.state ELSE 'submitted' END, "
    "CASE WHEN b.decided_on <= :on THEN b.decided_on END, CASE WHEN b.decided_on <= :on THEN b.minutes ELSE '' END, "
    "CASE WHEN b.state = 'approved' AND b.decided_on <= :on THEN -coalesce((SELECT sum(w.amount) FROM write_off w "
    f"WHERE w.receivable_id = r.id AND w.receipt_id IS NOT NULL AND w.booked_on <= :on AND {OF_THIS}), 0) END "
    "FROM bad_debt b JOIN receivable r ON r.id = b.receivable_id JOIN customer c ON c.id = r.customer_id "
    "LEFT JOIN write_off w ON b.state = 'approved' AND w.id = (SELECT min(n.id) FROM write_off n "
    "WHERE n.receivable_id = r.id AND n.receipt_id IS NULL AND n.booked_on = b.decided_on) "
    "LEFT JOIN ownership o ON o.customer_id = r.customer_id AND w.id IS NULL AND o.from_on <= :on "
    "AND (o.until_on IS NULL OR o.until_on > :on) LEFT JOIN person p ON p.id = coalesce(w.manager_id, o.person_id)"
)


class Standing(Record):
    """One submission, its reason, what was said, and the commission paid on its contract."""

    row: Sequence[object]
    reason: str
    said: str
    commission: list[tuple[str, Fen, str]]  # number of the payment, amount, day
    is_handed_over: bool  # the debt stands in a handover: its loss may be shared as well


def listed(view: Reading, on: date, *, is_waiting: bool = False) -> Kept:
    """The submissions made by a day, as they stood on it; `is_waiting`: those the board had not decided."""
    waiting = " AND (b.decided_on IS NULL OR b.decided_on > :on)" if is_waiting else ""
    return view.kept(f"{ROWS} WHERE b.submitted_on <= :on{waiting} ORDER BY b.id", on=on)


def standing(view: Reading, number: str, on: date) -> Standing:
    """One submission as it stands on a day."""
    one = numbered(view, BadDebt, BAD_DEBTS, number)
    commission = view.select(
        "SELECT p.number, p.amount, p.paid_on FROM receivable r "
        "JOIN commission_payment p ON p.contract_id = r.contract_id WHERE r.id = :debt AND p.paid_on <= :on "
        "ORDER BY p.id",
        debt=one.receivable_id,
        on=on,
    )
    handed = view.value(
        "SELECT 1 FROM handover_item i JOIN receivable r ON r.number = i.about "
        "WHERE i.kind = 'receivable' AND r.id = :debt LIMIT 1",
        debt=one.receivable_id,
    )
    row = view.select(f"{ROWS} WHERE b.id = :id", id=one.key, on=on)[0]
    return Standing(
        row, one.reason, one.said if one.decided_on and one.decided_on <= on else "", commission, bool(handed)
    )


def due(view: Reading, desk: Desk, day: date) -> list[Due]:  # noqa: ARG001 - every noun is asked alike
    """What was put to management and waits for the board; no day is set for it (A-8.3)."""
    waiting = view.select(
        "SELECT b.number, b.amount, c.name, r.number, b.submitted_on FROM bad_debt b "
        "JOIN receivable r ON r.id = b.receivable_id JOIN customer c ON c.id = r.customer_id "
        "WHERE b.submitted_on <= :day AND (b.decided_on IS NULL OR b.decided_on > :day) ORDER BY b.id",
        day=day,
    )
    items = []
    for number, amount, customer, debt, submitted in waiting:
        facts = {"amount": yuan(amount), "customer": customer, "debt": debt, "day": submitted}
        items.append(Due("T-10", "A-8.3", number, "board", date.fromisoformat(submitted), "due", WAITS, facts))
    return items
