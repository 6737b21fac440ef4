"""Requests as a list shows them, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept

IN_MONEY = "('commission', 'commission_payment', 'mismatch')"
UNCOUNTED = "('commission', 'commission_payment', 'mismatch', 'price', 'other')"
ASKS = "CASE WHEN q.matter = 'price' THEN q.base - q.amount END, "  # the price that is asked for
LISTED = (
    "SELECT q.number, q.matter, k.number, coalesce(q.customer_id, k.customer_id), "
    f"CASE WHEN q.matter IN {IN_MONEY} THEN q.amount END, "
    f"CASE WHEN q.matter NOT IN {UNCOUNTED} THEN q.amount END, {ASKS}"
    "q.asked_on, q.asked_by_id, q.level, q.state, "
    "d.code || ' ' || d.name || coalesce(' (' || g.code || ' ' || g.name || ')', ''), q.decided_on "
    "FROM request q LEFT JOIN contract k ON k.id = q.contract_id "
    "LEFT JOIN person d ON d.id = q.decided_by_id LEFT JOIN person g ON g.id = q.decided_for_id"
)
NAMED = {3: "customer", 8: "person"}  # which columns hold ids, and of what

TO_DO = (  # what whoever asked does next: the step, its clause, what to type
    "SELECT q.number, q.matter, c.code || ' ' || c.name, "
    f"CASE WHEN q.matter IN {IN_MONEY} THEN q.amount END, "
    f"CASE WHEN q.matter NOT IN {UNCOUNTED} THEN q.amount END, {ASKS}a.code || ' ' || a.name, "
    "coalesce(q.decided_on, (SELECT max(s.made_on) FROM request_step s WHERE s.request_id = q.id "
    "AND s.what <> 'attempt'), q.asked_on), "
    "CASE q.state WHEN 'draft' THEN 'submit' WHEN 'returned' THEN 'reply' ELSE 'execute' END, "
    "CASE WHEN q.state = 'draft' THEN 'A-5.3' WHEN q.state = 'granted' AND q.matter = 'commission' THEN 'A-6.4' "
    "ELSE 'A-5.4' END, "
    "CASE WHEN q.state = 'draft' THEN 'salesctl approve submit ' || q.number "
    "WHEN q.state = 'returned' THEN 'salesctl approve revise ' || q.number || ' --text TEXT' "
    "WHEN q.matter = 'commission' THEN 'salesctl commission pay ' || q.number "
    "|| ' --amount YUAN --payee NAME --kind KIND --form NUMBER' "
    "ELSE 'salesctl approve execute ' || q.number END "
    "FROM request q LEFT JOIN contract k ON k.id = q.contract_id "
    "JOIN customer c ON c.id = coalesce(q.customer_id, k.customer_id) JOIN person a ON a.id = q.asked_by_id"
)


def listed(view: Reading, state: str, asked_by: int, on: date) -> Kept:
    """Requests filed until a day, as a list shows them: of a state, of a person, or all; the level as last asked."""
    return view.kept(
        f"{LISTED} WHERE q.asked_on <= :day AND (:state = '' OR q.state = :state) "
        "AND (:who = 0 OR q.asked_by_id = :who) ORDER BY q.id",
        NAMED,
        day=on,
        state=state,
        who=asked_by,
    )


def to_do(view: Reading, which: str, on: date, who: int) -> Kept:
    """Requests that a condition on `request` names, as an inbox shows them to whoever asked; the longest first."""
    return view.kept(f"{TO_DO} WHERE q.id IN (SELECT id FROM request WHERE {which}) ORDER BY 8, q.id", day=on, who=who)
