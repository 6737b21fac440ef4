"""What signs while a transaction writes: a rehearsal notes what is to be signed, then each entry gets its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from salesctl.errors import BUSY, N_, WRONG, SalesctlError
from salesctl.ledger import journal
from salesctl.ledger.signing import Seen, content, kept, must_be_signed, text_of
from salesctl.ledger.sshsig import APPROVAL
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salesctl.ledger.keyfile import Signer
    from salesctl.ledger.reading import Reading
    from salesctl.ledger.sshsig import PublicKey, Signature

APPROVED = "SELECT count(*) FROM signing_key WHERE approved_at IS NOT NULL"
THEIRS = (
    "SELECT k.number FROM signing_key k JOIN person p ON p.id = k.person_id WHERE k.fingerprint = :fingerprint "
    "AND p.code = :code AND k.approved_at IS NOT NULL AND (k.revoked_at IS NULL OR k.number = :revoking)"
)
SINCE = "SELECT 1 FROM journal WHERE about = :about AND seq > :seen AND seq < :mine"


class Changed(SalesctlError):
    """What was signed is not what would be written by now."""

    code, status = "key.changed", BUSY
    says = N_("What you signed has changed meanwhile; nothing was written.")
    hint = N_("Look at it again, then try again.")


class NotYours(SalesctlError):
    """A decision is signed by whoever takes it, with a key that others have vouched for."""

    code, status = "key.not-yours", WRONG
    says = N_("{path} ({fingerprint}) is no approved key of {person}, and decisions are signed in this ledger.")
    hint = N_("Name your key with --key; or have it registered and approved: salesctl key register, key approve.")


class Pen(Protocol):
    """What signs, or notes what is to be signed, while a transaction writes."""

    def signature(self, view: Reading, facts: Mapping[str, Any]) -> dict[str, Any] | None: ...  # noqa: D102


class Wanted(Record):
    """An entry that is to be signed: who acts, its digest, its text, and what must not change meanwhile."""

    code: str
    digest: str
    text: bytes
    gist: str


class Rehearsal:
    """Notes what a command would write, so that it can be signed before the lock is taken."""

    def __init__(self) -> None:
        self.seen: Seen | None = None
        self.wanted: list[Wanted] = []

    def signature(self, view: Reading, facts: Mapping[str, Any]) -> None:
        """Note an entry; nothing is signed yet."""
        if self.seen is None:  # the first entry is not written yet: this is the head all of them follow
            self.seen = _newest(view)
        if must_be_signed(facts) and _is_in_force(view, facts):
            text = text_of(_ledger(view), facts, self.seen)
            self.wanted.append(Wanted(str(facts["actor"]), content(facts), text, _gist(facts)))

    @property
    def gist(self) -> list[str]:
        """What must be the same however often it is rehearsed: what is decided, on which facts, of which rows."""
        return [one.gist for one in self.wanted]


class Signed:
    """Gives each entry the signature that was made for it, if it came out as it was signed.

    Where only numbers and times have moved by what others wrote meanwhile, a key that is open in memory signs the same
    decision again, which takes no longer than looking it up; an agent, or whoever holds a token, is never waited for.
    """

    def __init__(self, signatures: Mapping[str, Signature], rehearsal: Rehearsal, signer: Signer | None) -> None:
        self._signatures, self._seen, self._signer = signatures, rehearsal.seen, signer
        self._gists = rehearsal.gist
        self._head: Seen | None = None  # the newest entry before the first this run writes

    def signature(self, view: Reading, facts: Mapping[str, Any]) -> dict[str, Any] | None:
        """The signature of an entry; None where it needs none.

        Raises:
            Changed: what is decided, or a fact it rests on, is not what was signed.
            NotYours: the key was revoked meanwhile.
        """
        self._head = self._head or _newest(view)
        if not must_be_signed(facts) or not _is_in_force(view, facts):
            return None
        revoking = facts["about"] if facts["verb"] == "key.revoke" else ""  # the last thing a key may sign
        made = self._made(view, facts, self._head)
        expect_theirs(view, made[0].key, str(facts["actor"]), revoking=revoking)
        return kept(*made)

    def _made(self, view: Reading, facts: Mapping[str, Any], head: Seen) -> tuple[Signature, Seen]:
        if not self._gists or self._gists.pop(0) != _gist(facts):
            raise Changed
        found, seen = self._signatures.get(content(facts)), self._seen
        if found and seen and not view.value(SINCE, about=facts["about"], seen=seen.seq, mine=head.seq + 1):
            return found, seen
        if self._signer is None or not self._signer.is_open:
            raise Changed
        return self._signer.sign(text_of(_ledger(view), facts, head), APPROVAL), head


def expect_theirs(view: Reading, key: PublicKey, code: str, path: object = "-", *, revoking: str = "") -> None:
    """Refuse a key that is not an approved one of the person; `revoking` is the one that this entry itself revokes.

    Raises:
        NotYours: it is another's, waits for approval, or was revoked.
    """
    if not view.value(THEIRS, fingerprint=key.fingerprint, code=code, revoking=revoking):
        name = view.value("SELECT name FROM person WHERE code = :code", code=code)
        raise NotYours(path=str(path), fingerprint=key.fingerprint, person=name or code)


def _is_in_force(view: Reading, facts: Mapping[str, Any]) -> bool:
    """Whether anybody could sign before this entry: until the first key is approved, a department is being set up."""
    rows = facts["rows"]
    own = [what for what, table, columns, _images in rows if table == "signing_key" and "approved_by_id" in columns]
    return bool(view.value(APPROVED) > own.count("amend"))


def _ledger(view: Reading) -> str:
    return str(view.value("SELECT value FROM setting WHERE name = 'ledger_id'"))


def _newest(view: Reading) -> Seen:
    found = view.select(journal.HEAD)
    return Seen(*found[0][:2]) if found else Seen(0, journal.BEGINNING)


def _gist(facts: Mapping[str, Any]) -> str:
    """What is decided and which values are written, but for new numbers and for times, which others' entries move."""
    rows = facts["rows"]
    new = [(table, image[columns.index("id")]) for what, table, columns, images in rows if what == "add"
           for image in images]  # fmt: skip
    known = dict.fromkeys(new)

    def stays(table: str, column: str, value: Any) -> bool:
        if column == "id":
            return (table, value) not in known
        if column.endswith("_id") and value is not None:  # `issue_id` is of `handover_issue`
            return not any(other.endswith(column[:-3]) and value == key for other, key in known)
        return column != "number" and not column.endswith("_at")

    told = [
        [what, table, [[[c, v] for c, v in zip(columns, image, strict=True) if stays(table, c, v)] for image in images]]
        for what, table, columns, images in rows
    ]
    return journal.canonical([facts["verb"], facts["decision"], told])
