"""Requests as a list shows them, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept

IN_MONEY = "('commission', 'commission_payment', 'price', 'mismatch')"
LISTED = (
    "SELECT q.number, q.matter, k.number, c.code || ' ' || c.name, "
    f"CASE WHEN q.matter IN {IN_MONEY} THEN q.amount END, "
    f"CASE WHEN q.matter NOT IN {IN_MONEY} AND q.matter <> 'other' THEN q.amount END, "
    "q.asked_on, a.code || ' ' || a.name, q.level, q.state, "
    "d.code || ' ' || d.name || coalesce(' (' || g.code || ' ' || g.name || ')', ''), q.decided_on "
    "FROM request q LEFT JOIN contract k ON k.id = q.contract_id "
    "JOIN customer c ON c.id = coalesce(q.customer_id, k.customer_id) JOIN person a ON a.id = q.asked_by_id "
    "LEFT JOIN person d ON d.id = q.decided_by_id LEFT JOIN person g ON g.id = q.decided_for_id"
)


def listed(view: Reading, state: str, asked_by: int, on: date) -> Kept:
    """Requests filed until a day, as a list shows them: of a state, of a person, or all; the level as last asked."""
    return view.kept(
        f"{LISTED} WHERE q.asked_on <= :day AND (:state = '' OR q.state = :state) "
        "AND (:who = 0 OR q.asked_by_id = :who) ORDER BY q.id",
        day=on,
        state=state,
        who=asked_by,
    )
