"""A request whose customer passed on in a handover is the receiver's to answer; who asked it stays (E-16, X-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salesctl.approvals.rows import Request
    from salesctl.ledger.book import Reading

OF = "coalesce(request.customer_id, (SELECT k.customer_id FROM contract k WHERE k.id = request.contract_id))"
PASSED = (  # of the row `request`: its customer passed on from whoever asked it, by the day `:day`
    "EXISTS (SELECT 1 FROM handover h JOIN handover_item i ON i.handover_id = h.id AND i.kind = 'customer' "
    "WHERE h.state = 'complete' AND h.transferor_id = request.asked_by_id AND h.ended_on >= request.asked_on "
    f"AND h.ended_on <= :day AND i.customer_id = {OF})"
)
TAKEN_OVER = (  # the requests of those whose customers `:who` serves after a handover
    "SELECT q.id FROM handover h JOIN request q ON q.asked_by_id = h.transferor_id AND q.asked_on <= h.ended_on "
    "LEFT JOIN contract k ON k.id = q.contract_id JOIN handover_item i ON i.handover_id = h.id "
    "AND i.kind = 'customer' AND i.customer_id = coalesce(q.customer_id, k.customer_id) "
    "JOIN ownership o ON o.customer_id = i.customer_id AND o.person_id = :who AND o.from_on <= :day "
    "AND (o.until_on IS NULL OR o.until_on > :day) WHERE h.state = 'complete' AND h.ended_on <= :day"
)


def has_passed_on(view: Reading, one: Request, on: date) -> bool:
    """Whether the request's customer passed from whoever asked it to somebody else by a day."""
    return view.value(f"SELECT 1 FROM request WHERE id = :id AND {PASSED}", id=one.key, day=on) is not None
