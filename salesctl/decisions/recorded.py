"""The decisions the journal keeps about a number, as they were explained when they were made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Unknown
from salesctl.ledger.journal import Head
from salesctl.ledger.row import typed
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import nfkc, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import datetime

    from salesctl.ledger.book import Reading

LONGEST = 40  # characters of a number


class Decision(Record):
    """One entry of the journal that decided something, with its working."""

    receipt: str
    recorded_at: datetime
    verb: str
    by: str
    outcome: Outcome


def about(view: Reading, number: str) -> list[Decision]:
    """Every decision recorded about a number that has a working, the oldest first.

    Raises:
        Unknown: nothing is recorded about it.
    """
    wanted = nfkc(number[:LONGEST]).strip().upper()
    rows = view.select(
        "SELECT seq, hash, recorded_at, verb, actor, body FROM journal WHERE about IN (:wanted, :typed) ORDER BY seq",
        wanted=wanted,
        typed=number.strip(),
    )
    if not rows:
        raise Unknown(what=N_("number"), value=shown(number), candidates="-", listing="salesctl ledger history")
    found = []
    for seq, digest, recorded_at, verb, actor, body in rows:
        decision = json.loads(body)["decision"]
        if decision and decision.get("steps"):
            receipt = Head(seq, digest, recorded_at).receipt
            found.append(Decision(receipt, typed("datetime", recorded_at), verb, actor or "-", told(decision)))
    return found


def told(facts: dict[str, Any]) -> Outcome:
    """An outcome as the journal keeps it, read again."""
    steps = (
        Step(
            step["name"],
            step["value"],
            step["unit"],
            tuple(Basis(*basis) for basis in step.get("rests_on", ())),
            step.get("note", ""),
        )
        for step in facts["steps"]
    )
    return Outcome(facts["answer"], unit=facts["unit"], steps=list(steps))
