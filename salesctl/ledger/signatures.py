"""Every signature of a journal checked: made by a key that was the person's at that place, over just this entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.ledger.keyfile import is_installed
from salesctl.ledger.powers import is_in_force, usurped
from salesctl.ledger.signing import DECIDING, SETTLED, decides, must_be_signed, read, text_of
from salesctl.ledger.sshsig import APPROVAL, NoKey, public_key, signed_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salesctl.ledger.powers import Row
    from salesctl.ledger.rebuilt import Rebuilt
    from salesctl.ledger.sshsig import PublicKey, Signature

UNCHECKED = N_("The signatures were not checked: that needs pip install 'salesctl[sign]'.")
MISSING = N_("decides something and is not signed, and in this ledger decisions are")
DISGUISED = N_("changes what only a signed decision may, under another name")
UNREADABLE = N_("its signature cannot be read")
UNKNOWN = N_("is signed with a key that was not approved then")
FOREIGN = N_("is signed with a key of somebody else than who is said to act")
REVOKED = N_("is signed with a key that was revoked before")
GONE = N_("is signed by somebody who had left by then")
UNSEEN = N_("its signature was made over another history than this one")
FORGED = N_("its signature does not fit what it says")


class Signatures:
    """Follows a journal from its beginning; each entry is looked at before its rows are written."""

    def __init__(self) -> None:
        self.checked = self.unchecked = 0
        self.keys: set[str] = set()
        self._hashes = bytearray()  # of the entries, 32 bytes each, from when on there are keys
        self._first = 0
        self._known: dict[str, tuple[PublicKey, Any]] = {}  # by fingerprint, with what verifies it
        self._can = is_installed()

    def look(self, seq: int, digest: str, body: Mapping[str, Any], rebuilt: Rebuilt) -> list[str]:
        """What is wrong with an entry's signature, or with its having none; `rebuilt` is the ledger before it."""
        keys = rebuilt.at_hand.get("signing_key", {})
        try:
            found = self._entry(seq, body, rebuilt, keys) if keys else []
            if keys and is_in_force(rebuilt.at_hand):
                found += usurped(body, rebuilt.at_hand)
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
            found = [UNREADABLE]
        if keys:
            self._first = self._first or seq
            self._hashes += _bytes(digest)
        return found

    @property
    def uncheckable(self) -> list[str]:
        """What could not be looked at."""
        return [UNCHECKED] if self.unchecked else []

    def _entry(self, seq: int, body: Mapping[str, Any], rebuilt: Rebuilt, keys: Mapping[int, Row]) -> list[str]:
        told = body.get("signature")
        if told is None:
            return _unsigned(body, rebuilt)
        theirs = next((key for key in keys.values() if key["fingerprint"] == told["key"]), None)
        if theirs is None or theirs["approved_by_id"] is None:
            return [UNKNOWN]
        if theirs["revoked_by_id"] is not None:
            return [REVOKED]
        owner = rebuilt.at_hand["person"][theirs["person_id"]]
        if owner["code"] != body["actor"]:
            return [FOREIGN]
        if owner["closed_on"] is not None and owner["closed_on"] < body["at"][:10]:
            return [GONE]
        if not self._can:
            self.unchecked += 1
            return []
        return self._signature(seq, body, rebuilt, theirs)

    def _signature(self, seq: int, body: Mapping[str, Any], rebuilt: Rebuilt, theirs: Row) -> list[str]:
        key, verifier = self._verifier(theirs)
        found, seen = read(body["signature"], key, APPROVAL)
        place = 32 * (seen.seq - self._first)
        if not (seen.seq < seq and place >= 0 and self._hashes[place : place + 32] == _bytes(seen.hash)):
            return [UNSEEN]
        settings = rebuilt.at_hand["setting"].values()
        ledger = next((row["value"] for row in settings if row["name"] == "ledger_id"), "")
        self.checked += 1
        self.keys.add(key.fingerprint)
        return [] if _fits(verifier, found, text_of(ledger, body, seen)) else [FORGED]

    def _verifier(self, theirs: Row) -> tuple[PublicKey, Any]:
        """The key whose fingerprint is registered; the text beside it must be that key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        told = theirs["fingerprint"]
        if told not in self._known:
            try:
                key = public_key(theirs["public"])
            except NoKey as error:
                raise ValueError(told) from error
            if key.fingerprint != told:
                raise ValueError(told)
            self._known[told] = key, Ed25519PublicKey.from_public_bytes(key.raw)
        return self._known[told]


def _bytes(digest: str) -> bytes:
    """A hash as its bytes; of what is none, as many that are no hash."""
    try:
        return bytes.fromhex(digest).ljust(32, b"\0")[:32]
    except (ValueError, TypeError):
        return bytes(32)


def _unsigned(body: Mapping[str, Any], rebuilt: Rebuilt) -> list[str]:
    """What has to be signed and is not; nothing has to be while nobody could sign."""
    if not is_in_force(rebuilt.at_hand):
        return []
    if must_be_signed(body):
        return [MISSING]
    return [DISGUISED] if decides(body["rows"]) or _writes_over(body["rows"], rebuilt) else []


def _writes_over(rows: list[list[Any]], rebuilt: Rebuilt) -> bool:
    """Whether a row that was decided on is changed, or one is added over another."""
    for what, table, columns, images in rows:
        state, values = DECIDING.get(table, ("", ()))
        for image in images if state or table in SETTLED else ():
            before = rebuilt.row(table, image[columns.index("id")])
            if before and (what == "add" or (state and before[state] in values)):
                return True
    return False


def _fits(verifier: Any, found: Signature, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        verifier.verify(found.raw, signed_text(text, APPROVAL, found.digest))
    except InvalidSignature:
        return False
    return True
