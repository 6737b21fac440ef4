"""The journal: one entry a transaction, each sealing the one before it.

`hash = SHA-256("salesctl-journal-v1\\n" + previous hash + "\\n" + body)`, where the body is the stored text itself:
what is hashed is what is kept, never a re-encoding.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from _sha256 import sha256  # OpenSSL takes 3 ms to load; one entry does not need its speed
except ImportError:  # its name moved in Python 3.12
    from hashlib import sha256

SEAL = b"salesctl-journal-v1\n"
BEGINNING = "0" * 64
COLUMNS = ("seq", "prev", "hash", "recorded_at", "clock", "actor", "verb", "about", "request_id", "body")
INSERT = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + c for c in COLUMNS)})"
NEWEST_TIME = "SELECT recorded_at FROM journal WHERE clock <> 'declared' ORDER BY seq DESC LIMIT 1"
HEAD = "SELECT seq, hash, recorded_at FROM journal ORDER BY seq DESC LIMIT 1"


class Head(Record):
    """The newest entry: its number, its hash, when it was recorded."""

    seq: int
    hash: str
    recorded_at: str

    @property
    def receipt(self) -> str:
        """What the person keeps: `#18204 7f3a91c2`."""
        return f"#{self.seq} {self.hash[:8]}"


def fingerprint(text: str) -> str:
    """The SHA-256 of a text."""
    found: str = sha256(text.encode()).hexdigest()
    return found


def seal(prev: str, body: bytes, digest: Callable[[bytes], Any] = sha256) -> str:
    """The hash of an entry that follows `prev`; whoever seals many brings the quicker digest of `hashlib`."""
    sealed: str = digest(SEAL + prev.encode() + b"\n" + body).hexdigest()
    return sealed


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, text as it is, no floats."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        check_circular=False,  # nothing that is kept contains itself
    )


def entry(head: Head, facts: dict[str, Any]) -> dict[str, Any]:
    """The row of the journal that follows `head` and keeps `facts`."""
    body = canonical({"seq": head.seq + 1, **facts})
    return {
        "seq": head.seq + 1,
        "prev": head.hash,
        "hash": seal(head.hash, body.encode()),
        "recorded_at": facts["at"],
        "clock": facts["clock"],
        "actor": facts["actor"],
        "verb": facts["verb"],
        "about": facts["about"],
        "request_id": facts["request"],
        "body": body,
    }
