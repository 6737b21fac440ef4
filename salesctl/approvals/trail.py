"""The steps a request has taken, as its rules and its readers ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.ledger.journal import Head
from salesctl.ledger.row import typed

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.approvals.rows import Request
    from salesctl.ledger.book import Reading


def newest_step(view: Reading, one: Request) -> date:
    """The business day of the newest step: nothing that follows happened before it; an attempt was no step."""
    newest = view.value(
        "SELECT max(made_on) FROM request_step WHERE request_id = :id AND what <> 'attempt'", id=one.key
    )
    found: date = typed("date", newest) or one.asked_on
    return max(found, one.asked_on)


def begun(view: Reading, one: Request) -> datetime:
    """When what is asked for now was asked for: filed, or revised since. What came later decides nothing of it."""
    kept: datetime | None = view.known(("begun", one.id))
    if kept is not None or one.round == 1:
        return kept or one.asked_at
    asked = "SELECT max(made_at) FROM request_step WHERE request_id = :id AND round = :round AND what = 'revise'"
    found: datetime = typed("datetime", view.value(asked, id=one.key, round=one.round)) or one.asked_at
    return found


def waits_since(view: Reading, one: Request) -> date:
    """The day from which a request waits: that of its newest submission."""
    kept: date | None = view.known(("since", one.id))
    if kept is not None:
        return kept
    newest = view.value("SELECT max(made_on) FROM request_step WHERE request_id = :id AND what = 'submit'", id=one.key)
    found: date = typed("date", newest) or one.asked_on
    return found


def endorsers(view: Reading, one: Request) -> set[int]:
    """Everybody who has a hand in the endorsement of this round: who gave it, and whose authority it was."""
    kept: set[int] | None = view.known(("endorsers", one.id))
    if kept is not None:
        return kept
    rows = view.select(
        "SELECT by_id, for_id FROM request_step WHERE request_id = :id AND round = :round AND what = 'endorse'",
        id=one.key,
        round=one.round,
    )
    return {person for row in rows for person in row if person is not None}


def is_alone(view: Reading, one: Request) -> bool:
    """Whether a request was decided by whoever asked, because there was no second person."""
    return bool(view.value("SELECT 1 FROM request_step WHERE request_id = :id AND is_alone = 1", id=one.id or 0))


def entry(view: Reading, number: str) -> str:
    """The receipt of the newest journal entry about a request."""
    rows = view.select(
        "SELECT seq, hash, recorded_at FROM journal WHERE about = :number AND verb LIKE 'approve.%' "
        "ORDER BY seq DESC LIMIT 1",
        number=number,
    )
    return Head(*rows[0]).receipt if rows else ""


def steps(view: Reading, one: Request) -> list[tuple[Any, ...]]:
    """Every step a request has taken, in order: round, what, who, in whose authority, when, why."""
    rows = view.select(
        "SELECT s.round, s.what, coalesce(p.code || ' ' || p.name, ''), coalesce(g.code || ' ' || g.name, ''), "
        "s.made_on, s.made_at, s.reason FROM request_step s LEFT JOIN person p ON p.id = s.by_id "
        "LEFT JOIN person g ON g.id = s.for_id WHERE s.request_id = :id ORDER BY s.id",
        id=one.key,
    )
    return [
        (one.number, round_, what, by, lent, typed("date", on), typed("datetime", at), reason)
        for round_, what, by, lent, on, at, reason in rows
    ]
