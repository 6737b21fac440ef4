"""Which entries carry the signature of whoever acts, and what it is over.

In a ledger whose identity is `key`, a decision is signed before the right to write is waited for: the command is
rehearsed, what it would write is signed, and under the lock it must come out the same. From the first approved key on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from salesctl.errors import BUSY, N_, WRONG, SalesctlError
from salesctl.ledger import journal
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salesctl.ledger.reading import Reading
    from salesctl.ledger.sshsig import PublicKey, Signature

IDENTITY = "key"
TITLE = "salesctl-approval-v1"
# Whatever records an answer of the rules is signed, and so is what gives or takes a power; a verb nobody thought of is.
POWERS = ("people.", "policy.", "key.", "approve.execute", "approve.withdraw", "customer.transfer")
FREE = (  # they record what was answered, and decide nothing
    "ledger.", "check.", "mail.", "import.", "key.register", "approve.submit", "approve.forward", "visit.log",
    "visit.plan", "visit.file", "visit.add-stop", "visit.leave", "visit.return", "visit.import", "customer.statement",
    "customer.remind", "customer.form-start", "customer.form-fill",
)  # fmt: skip
PRINTS = (".print", "-print", ".print-plan")
DECIDING = {  # table -> the column that tells a decision and the values that do; no column: any row does
    "adopted_pack": ("", ()), "commission_confirmation": ("", ()), "commission_payment": ("", ()),
    "contract_ownership": ("", ()), "customer_form_signature": ("", ()), "delegation": ("", ()),
    "due_change": ("", ()), "handover_signature": ("", ()), "loss_share": ("", ()), "person": ("", ()),
    "person_login": ("", ()), "receipt_return": ("", ()), "setting": ("", ()), "standing": ("", ()),
    "bad_debt": ("state", ("approved", "declined")),
    "fine": ("state", ("confirmed", "waived", "posted")),
    "handover": ("state", ("complete", "cancelled")),
    "incident": ("state", ("confirmed", "overruled")),
    "loss": ("state", ("confirmed", "dropped")),
    "negligence": ("state", ("upheld", "dropped")),
    "request": ("state", ("endorsed", "granted", "rejected", "returned", "executed")),
    "request_step": ("what", ("endorse", "grant", "reject", "return", "execute")),
}  # fmt: skip
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


class Seen(Record):
    """The newest entry when something was signed: the signature vouches for all up to it."""

    seq: int
    hash: str


class Wanted(Record):
    """An entry that is to be signed: who acts, its digest, its text, and what must not change meanwhile."""

    code: str
    digest: str
    text: bytes
    gist: str


def may_be_signed(verb: str) -> bool:
    """Whether an entry of this verb may have to be signed."""
    return not (verb.startswith(FREE) or verb.endswith(PRINTS))


def must_be_signed(facts: Mapping[str, Any]) -> bool:
    """Whether an entry decides something in a person's name, or gives or takes a power."""
    verb = str(facts["verb"])
    if facts["actor"] is None or not may_be_signed(verb):
        return False
    return facts["decision"] is not None or verb.startswith(POWERS) or decides(facts["rows"])


def decides(rows: list[list[Any]]) -> bool:
    """Whether rows that are written do what only a signed entry may."""
    return any(_decides(table, columns, images) for _what, table, columns, images in rows)


def _decides(table: str, columns: list[str], images: list[list[Any]]) -> bool:
    if table == "signing_key":
        return not is_proposing(columns, images)
    if table not in DECIDING:
        return False
    column, values = DECIDING[table]
    if not column:
        return True
    place = columns.index(column) if column in columns else None
    return place is not None and any(image[place] in values for image in images)


def is_proposing(columns: list[str], images: list[list[Any]]) -> bool:
    """Whether keys are only proposed."""
    by = [place for place, column in enumerate(columns) if column in ("approved_by_id", "revoked_by_id")]
    return "public" in columns and not any(image[place] for image in images for place in by)


def content(facts: Mapping[str, Any]) -> str:
    """The digest of all an entry says, but for its place in the chain and its signature."""
    said = {name: value for name, value in facts.items() if name not in ("seq", "signature")}
    return journal.fingerprint(journal.canonical(said))


def text_of(ledger: str, facts: Mapping[str, Any], seen: Seen) -> bytes:
    """What is signed, as lines: the ledger, who does what about which number, the digest of it all, the head seen."""
    decision = facts["decision"] or {}
    lines = (
        TITLE,
        f"ledger {ledger}",
        f"by {facts['actor']}",
        f"what {facts['verb']}",
        f"about {facts['about']}",
        f"decision {journal.canonical(decision.get('answer'))}",
        f"content {content(facts)}",
        f"packs {facts['packs']}",
        f"seen {seen.seq} {seen.hash}",
        f"time {facts['at']}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def kept(found: Signature, seen: Seen) -> dict[str, Any]:
    """A signature as an entry keeps it."""
    from base64 import b64encode

    made = b64encode(found.raw).decode()
    return {"digest": found.digest, "key": found.key.fingerprint, "made": made, "seen": list(seen)}


def read(told: Mapping[str, Any], key: PublicKey, namespace: str) -> tuple[Signature, Seen]:
    """A signature that an entry keeps.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    from base64 import b64decode

    from salesctl.ledger.sshsig import DIGESTS, Signature

    if str(told["digest"]).encode() not in DIGESTS:
        raise ValueError(told)
    seq, digest = told["seen"]
    return Signature(key, namespace, told["digest"], b64decode(told["made"], validate=True)), Seen(
        int(seq), str(digest)
    )


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
            ledger = view.value("SELECT value FROM setting WHERE name = 'ledger_id'")
            text = text_of(ledger, facts, self.seen)
            self.wanted.append(Wanted(str(facts["actor"]), content(facts), text, _gist(facts)))

    @property
    def gist(self) -> list[str]:
        """What must be the same however often it is rehearsed: what is decided, on which facts, of which rows."""
        return [one.gist for one in self.wanted]


class Signed:
    """Gives each entry the signature that was made for it, if it came out as it was signed."""

    def __init__(self, signatures: Mapping[str, Signature], seen: Seen | None) -> None:
        self._signatures, self._seen = signatures, seen
        self._mine = 0  # the first entry this run writes

    def signature(self, view: Reading, facts: Mapping[str, Any]) -> dict[str, Any] | None:
        """The signature of an entry; None where it needs none.

        Raises:
            Changed: this is not what was signed, or something about the same number was written meanwhile.
            NotYours: the key was revoked meanwhile.
        """
        self._mine = self._mine or _newest(view).seq + 1
        if not must_be_signed(facts) or not _is_in_force(view, facts):
            return None
        found = self._signatures.get(content(facts))
        if found is None or self._seen is None:
            raise Changed
        if facts["about"] and view.value(SINCE, about=facts["about"], seen=self._seen.seq, mine=self._mine):
            raise Changed
        revoking = facts["about"] if facts["verb"] == "key.revoke" else ""  # the last thing a key may sign
        expect_theirs(view, found.key, str(facts["actor"]), revoking=revoking)
        return kept(found, self._seen)


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


def _newest(view: Reading) -> Seen:
    found = view.select(journal.HEAD)
    return Seen(*found[0][:2]) if found else Seen(0, journal.BEGINNING)


def _gist(facts: Mapping[str, Any]) -> str:
    """What is decided and which values are written, but for numbers and times that others' entries move."""
    rows = [
        [
            what,
            table,
            [[value for column, value in zip(columns, image, strict=True) if _stays(column)] for image in images],
        ]
        for what, table, columns, images in facts["rows"]
    ]
    return journal.canonical([facts["verb"], facts["decision"], rows])


def _stays(column: str) -> bool:
    return column not in ("id", "number") and not column.endswith(("_id", "_at"))
