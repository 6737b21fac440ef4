"""Requests as a list shows them, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept

IN_MONEY = "('commission', 'commission_payment', 'mismatch')"
# Money, quantities and the price that is asked for are different columns; over many rows WHEN is quicker than IN.
AMOUNTS = (
    "CASE q.matter WHEN 'commission' THEN q.amount WHEN 'commission_payment' THEN q.amount "
    "WHEN 'mismatch' THEN q.amount END, "
    "CASE q.matter WHEN 'commission' THEN NULL WHEN 'commission_payment' THEN NULL WHEN 'mismatch' THEN NULL "
    "WHEN 'price' THEN NULL WHEN 'other' THEN NULL ELSE q.amount END, "
    "CASE WHEN q.matter = 'price' THEN q.base - q.amount END, "
)
LISTED = (
    "SELECT q.number, q.matter, k.number, coalesce(q.customer_id, k.customer_id), "
    f"{AMOUNTS}"
    "q.asked_on, q.asked_by_id, CASE WHEN q.state IN ('pending', 'endorsed') THEN q.number ELSE q.level END, q.state, "
    "q.decided_by_id, q.decided_on, q.decided_for_id FROM request q LEFT JOIN contract k ON k.id = q.contract_id"
)
LEVEL = 9  # the column that names who decides; of a request that waits, whatever says it as things stand
NAMED = {3: "customer", 8: "person", 11: "person", 13: "person"}  # which columns hold ids, and of what
DECIDED = (11, 13)  # by whom, and in whose place

TO_DO = (  # what whoever asked does next: the step, its clause, what to type
    "SELECT q.number, q.matter, c.code || ' ' || c.name, "
    f"{AMOUNTS}a.code || ' ' || a.name, "
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


def listed(view: Reading, state: str, asked_by: int, on: date, levels: Mapping[str, str]) -> Kept:
    """Requests filed until a day, as a list shows them: of a state, of a person, or all.

    `levels` says of those that wait who decides them; of any other it is what was asked last.
    """
    rows = view.kept(
        f"{LISTED} WHERE q.asked_on <= :day AND (:state = '' OR q.state = :state) "
        "AND (:who = 0 OR q.asked_by_id = :who) ORDER BY q.id",
        NAMED,
        day=on,
        state=state,
        who=asked_by,
    )
    rows.name({LEVEL: levels})
    rows.put_behind(*DECIDED)
    return rows


def to_do(view: Reading, which: str, on: date, who: int) -> Kept:
    """Requests that a condition on `request` names, as an inbox shows them to whoever asked; the longest first."""
    return view.kept(f"{TO_DO} WHERE q.id IN (SELECT id FROM request WHERE {which}) ORDER BY 8, q.id", day=on, who=who)
