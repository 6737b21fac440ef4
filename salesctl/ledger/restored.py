"""Whether the ledger was put back from a backup, and nobody has confirmed it since: the journal tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.ledger.row import typed
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from salesctl.ledger.reading import Reading

ABOUT = "restore"  # what these entries are about: found by an index
RESTORE, CONFIRM = "ledger.restore", "ledger.confirm-restore"
CONFIRMED = "confirmed"
ENTRIES = "SELECT seq, recorded_at, verb, actor, body FROM journal WHERE about = :about ORDER BY seq"


class Restore(Record):
    """One backup that was put back, and who did it."""

    seq: int
    recorded_at: datetime
    actor: str  # code; empty where nobody was named
    login: str
    said: dict[str, str]  # file, newest entry, newest entry before, kept as, reason

    def day(self, zone: tzinfo) -> date:
        """The day it was put back, in the ledger's zone."""
        return self.recorded_at.astimezone(zone).date()


def unconfirmed(view: Reading) -> list[Restore]:
    """Every backup that was put back since the last confirmation, the oldest first."""
    waiting: list[Restore] = []
    for seq, recorded_at, verb, actor, body in view.select(ENTRIES, about=ABOUT):
        entry = json.loads(body)
        decision = entry["decision"] or {}
        if verb == RESTORE:
            said = {step["name"]: str(step["value"]) for step in decision.get("steps", ())}
            waiting.append(Restore(seq, typed("datetime", recorded_at), actor or "", entry["login"], said))
        elif verb == CONFIRM and decision.get("answer") == CONFIRMED:
            waiting.clear()
    return waiting
