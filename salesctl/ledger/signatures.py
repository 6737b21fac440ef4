"""Every signature of a journal checked: made by a key that was the person's at that place, over just this entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.ledger.keyfile import is_installed
from salesctl.ledger.signing import IDENTITY, decides, must_be_signed, read, text_of
from salesctl.ledger.sshsig import APPROVAL, NoKey, public_key, signed_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salesctl.ledger.sshsig import PublicKey, Signature

    Rebuilt = dict[str, dict[int, dict[str, Any]]]  # table -> id -> row, as the journal has written it so far

UNCHECKED = N_("The signatures were not checked: that needs pip install 'salesctl[sign]'.")
MISSING = N_("decides something and is not signed, and in this ledger decisions are")
DISGUISED = N_("changes what only a signed decision may, under another name")
UNREADABLE = N_("its signature cannot be read")
UNKNOWN = N_("is signed with a key that was not approved then")
FOREIGN = N_("is signed with a key of somebody else than who is said to act")
REVOKED = N_("is signed with a key that was revoked before")
UNSEEN = N_("its signature was made over another history than this one")
FORGED = N_("its signature does not fit what it says")
UNVOUCHED = N_("approves a key in the name of its owner, of who registered it, or of nobody who acts")


class Signatures:
    """Follows a journal from its beginning; each entry is looked at before its rows are written."""

    def __init__(self) -> None:
        self.checked = self.unchecked = 0
        self.keys: set[str] = set()
        self._hashes: list[str] = []  # of the entries, from when on there are keys
        self._first = 0
        self._known: dict[str, tuple[PublicKey, Any]] = {}  # by fingerprint, with what verifies it
        self._can = is_installed()

    def look(self, seq: int, digest: str, body: Mapping[str, Any], rebuilt: Rebuilt) -> list[str]:
        """What is wrong with an entry's signature, or with its having none; `rebuilt` is the ledger before it."""
        keys = rebuilt.get("signing_key", {})
        try:
            found = [*self._entry(seq, body, rebuilt, keys), *self._vouched(body, rebuilt, keys)] if keys else []
        except (KeyError, TypeError, ValueError, IndexError):
            found = [UNREADABLE]
        if keys:
            self._first = self._first or seq
            self._hashes.append(digest)
        return found

    @property
    def uncheckable(self) -> list[str]:
        """What could not be looked at."""
        return [UNCHECKED] if self.unchecked else []

    def _entry(self, seq: int, body: Mapping[str, Any], rebuilt: Rebuilt, keys: dict[int, dict[str, Any]]) -> list[str]:
        told = body.get("signature")
        if told is None:
            return self._unsigned(body, rebuilt, keys)
        theirs = next((key for key in keys.values() if key["fingerprint"] == told["key"]), None)
        if theirs is None or theirs["approved_at"] is None:
            return [UNKNOWN]
        if theirs["revoked_at"] is not None:
            return [REVOKED]
        if rebuilt["person"][theirs["person_id"]]["code"] != body["actor"]:
            return [FOREIGN]
        if not self._can:
            self.unchecked += 1
            return []
        return self._signature(seq, body, rebuilt, theirs)

    def _unsigned(self, body: Mapping[str, Any], rebuilt: Rebuilt, keys: dict[int, dict[str, Any]]) -> list[str]:
        """Nothing has to be signed before the identity is `key` and somebody's key is approved."""
        identity = next((row["value"] for row in rebuilt["setting"].values() if row["name"] == "identity"), "")
        if identity != IDENTITY or all(key["approved_at"] is None for key in keys.values()):
            return []
        if must_be_signed(body):
            return [MISSING]
        return [DISGUISED] if decides(body["rows"]) else []

    def _signature(self, seq: int, body: Mapping[str, Any], rebuilt: Rebuilt, theirs: Mapping[str, Any]) -> list[str]:
        key, verifier = self._verifier(theirs)
        found, seen = read(body["signature"], key, APPROVAL)
        place = seen.seq - self._first
        if not (seen.seq < seq and 0 <= place < len(self._hashes) and self._hashes[place] == seen.hash):
            return [UNSEEN]
        ledger = next(row["value"] for row in rebuilt["setting"].values() if row["name"] == "ledger_id")
        self.checked += 1
        self.keys.add(key.fingerprint)
        return [] if _fits(verifier, found, text_of(ledger, body, seen)) else [FORGED]

    def _verifier(self, theirs: Mapping[str, Any]) -> tuple[PublicKey, Any]:
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

    def _vouched(self, body: Mapping[str, Any], rebuilt: Rebuilt, keys: dict[int, dict[str, Any]]) -> list[str]:
        """Whoever approves a key acts here, and neither owns it nor registered it (K-12)."""
        for _what, table, columns, images in body["rows"]:
            if table != "signing_key" or "approved_by_id" not in columns:
                continue
            for image in images:
                row = {**keys.get(image[columns.index("id")], {}), **dict(zip(columns, image, strict=True))}
                by = row["approved_by_id"]
                if by is None:
                    continue
                if by in (row["person_id"], row["registered_by_id"]) or rebuilt["person"][by]["code"] != body["actor"]:
                    return [UNVOUCHED]
        return []


def _fits(verifier: Any, found: Signature, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        verifier.verify(found.raw, signed_text(text, APPROVAL, found.digest))
    except InvalidSignature:
        return False
    return True
