"""Debts as they stood at the end of a day: what happened to them after it is put back.

What is open now is a column of each debt. Payments, write-offs and their recoveries carry their day, and so do
cancellations and moved due days; a day in the past is what is open now and all of that after the day, undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading

# Of the receivable `r`, at the end of the day `:on`. A debt cancelled by then has nothing after its cancellation, so
# nothing is put back; one cancelled later is put back whole, and its payments after the day with it.
OUTSTANDING = (
    "(r.open + CASE WHEN r.cancelled_on > :on THEN r.amount ELSE 0 END "
    "+ coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.receivable_id = r.id AND a.allocated_on > :on), 0) "
    "+ coalesce((SELECT sum(w.amount) FROM write_off w WHERE w.receivable_id = r.id AND w.booked_on > :on), 0))"
)
DUE = (
    "coalesce((SELECT d.due_before FROM due_change d WHERE d.receivable_id = r.id AND d.changed_on > :on "
    "ORDER BY d.changed_on, d.id LIMIT 1), r.due_on)"
)
LATER = (  # every sum that counted against a debt only after the day
    "SELECT receivable_id, amount FROM allocation WHERE allocated_on > :on "
    "UNION ALL SELECT receivable_id, amount FROM write_off WHERE booked_on > :on "
    "UNION ALL SELECT id, amount FROM receivable WHERE cancelled_on > :on"
)
STILL_OPEN = f"""
SELECT r.id, r.number, r.customer_id, r.contract_id, r.amount, s.open, r.issued_on, r.not_before, {DUE} AS due_on
FROM (SELECT receivable_id AS id, sum(amount) AS open FROM ({{sums}}) AS moved GROUP BY receivable_id) s
JOIN receivable r ON r.id = s.id WHERE r.issued_on <= :on AND s.open > 0
"""
CHANGED = (
    "SELECT EXISTS (SELECT 1 FROM allocation WHERE allocated_on > :on) "
    "OR EXISTS (SELECT 1 FROM write_off WHERE booked_on > :on) "
    "OR EXISTS (SELECT 1 FROM receivable WHERE cancelled_on > :on) "
    "OR EXISTS (SELECT 1 FROM due_change WHERE changed_on > :on)"
)


def is_changed_since(view: Reading, on: date) -> bool:
    """Whether anything happened after a day that has to be undone to see the debts as they were."""
    return bool(view.value(CHANGED, on=on))


def debts(view: Reading, on: date) -> str:
    """A query of the debts open at the end of `:on`, one row each: as `receivable`, with `open` and `due_on` of then.

    It goes through the debts that are open now and what happened since, never through those settled long before.
    """
    if not is_changed_since(view, on):
        return (
            "SELECT r.id, r.number, r.customer_id, r.contract_id, r.amount, r.open, r.issued_on, r.not_before, "
            "r.due_on FROM receivable r WHERE r.open > 0 AND r.issued_on <= :on"
        )
    now = "SELECT id AS receivable_id, open AS amount FROM receivable WHERE open > 0"
    return STILL_OPEN.format(sums=f"{now} UNION ALL {LATER}")
