"""What the journal keeps, read again: decisions with the working they were made on, and the entry of a row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.ledger.journal import Head
from salesctl.ledger.row import typed
from salesctl.policy.outcome import Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import datetime

    from salesctl.ledger.book import Reading
    from salesctl.ledger.row import Row


class Decision(Record):
    """One entry of the journal that decided something, with its working."""

    receipt: str
    recorded_at: datetime
    verb: str
    by: str
    outcome: Outcome
    packs: tuple[str, ...] = ()  # digests of the packs it was made under
    signed: str = ""  # the fingerprint of the key it is signed with


def decisions(view: Reading, number: str, *, spelt: str = "", verb: str = "") -> list[Decision]:
    """Every decision about a number that has a working, the oldest first; of one verb, where it is named.

    Args:
        view: the ledger.
        number: what was decided about, such as `P-3`.
        spelt: another spelling that counts too.
        verb: such as `commission.pay`.
    """
    rows = view.select(
        "SELECT seq, hash, recorded_at, verb, actor, body FROM journal "
        "WHERE about IN (:number, :spelt) AND (:verb = '' OR verb = :verb) ORDER BY seq",
        number=number,
        spelt=spelt or number,
        verb=verb,
    )
    found = []
    for seq, digest, recorded_at, what, actor, body in rows:
        content = json.loads(body)
        decision, signed = content["decision"], content.get("signature", {}).get("key", "")
        if decision and decision.get("steps"):
            receipt = Head(seq, digest, recorded_at).receipt
            at, packs = typed("datetime", recorded_at), tuple(filter(None, content["packs"].split("+")))
            found.append(Decision(receipt, at, what, actor or "-", Outcome.of(decision), packs, signed))
    return found


def entry_of(view: Reading, row: Row, *, about: str, at: datetime) -> str:
    """The receipt of the entry about a number that added a row at a moment; empty where there is none."""
    known = view.select(
        "SELECT seq, hash, recorded_at, body FROM journal WHERE about = :about AND recorded_at = :at ORDER BY seq",
        about=about,
        at=at,
    )
    for seq, digest, recorded_at, body in known:
        for what, table, columns, images in json.loads(body)["rows"]:
            place = columns.index("id")
            if (what, table) == ("add", row.table) and any(image[place] == row.id for image in images):
                return Head(seq, digest, recorded_at).receipt
    return ""
