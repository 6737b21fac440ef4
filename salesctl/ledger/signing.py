"""Which entries carry the signature of whoever acts, and what it is over.

In a ledger whose identity is `key`, a decision is signed before the right to write is waited for: the command is
rehearsed, what it would write is signed, and under the lock it must come out the same. From the first approved key on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.ledger import journal
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salesctl.ledger.sshsig import PublicKey, Signature

IDENTITY = "key"
TITLE = "salesctl-approval-v1"
# Whatever records an answer of the rules is signed, and so is what gives or takes a power; a verb nobody thought of is.
POWERS = ("people.", "policy.", "key.", "approve.execute", "approve.withdraw", "customer.transfer")
FREE = (  # they record what was answered, and decide nothing
    "ledger.init", "ledger.backup", "ledger.checkpoint", "ledger.restore", "check.", "mail.", "import.", "key.register",
    "approve.submit", "approve.forward", "visit.log", "visit.plan", "visit.file", "visit.add-stop", "visit.leave",
    "visit.return", "visit.import", "customer.statement", "customer.remind", "customer.form-start",
    "customer.form-fill",
)  # fmt: skip
PRINTS = (".print", "-print", ".print-plan")
DECIDING = {  # table -> the column that tells a decision and the values that do; no column: any row does
    "adopted_pack": ("", ()), "commission_confirmation": ("", ()), "commission_payment": ("", ()),
    "contract_ownership": ("", ()), "customer_form_signature": ("", ()), "delegation": ("", ()),
    "due_change": ("", ()), "handover_signature": ("", ()), "loss_reversal": ("", ()),
    "loss_reversal_share": ("", ()), "loss_share": ("", ()), "person": ("", ()),
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
SETTLED = {  # table -> what anybody may record, and only a decision changes
    "contract": ("amount", "customer_id"),
    "ownership": ("customer_id", "person_id", "from_on", "until_on"),
    "receipt": ("amount", "customer_id", "received_on", "returned"),
    "receivable": ("amount", "customer_id", "issued_on", "due_on", "cancelled_on"),
}


class Seen(Record):
    """The newest entry when something was signed: the signature vouches for all up to it."""

    seq: int
    hash: str


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
    return any(_decides(*write) for write in rows)


def _decides(what: str, table: str, columns: list[str], images: list[list[Any]]) -> bool:
    if what == "amend" and table in SETTLED:
        return not {*columns}.isdisjoint(SETTLED[table])
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
