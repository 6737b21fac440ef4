"""Who signs with which key, and what was signed with an entry: as the stock tools of OpenSSH take both."""

from __future__ import annotations

import json
import re
import shlex
from datetime import UTC
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.keys.rows import SigningKey
from salesctl.ledger.signing import read, text_of
from salesctl.ledger.sshsig import APPROVAL, CHECKPOINT, public_key
from salesctl.people.rows import Person
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from salesctl.keys.actions import Held
    from salesctl.ledger.book import Reading


class SignedEntry(Record):
    """An entry's signed text, its signature, and whose key made it."""

    seq: int
    text: str
    made: str
    by: Person
    key: SigningKey


class NotSigned(SalesctlError):
    """An entry that carries no signature."""

    code, status = "key.not-signed", WRONG
    says = N_("{value} is no entry with a signature.")
    hint = N_("`salesctl ledger history` shows which entries are signed, in the column `signed with`.")


def signature_of(view: Reading, number: str) -> SignedEntry:
    """What was signed with an entry, and the signature, as stock tools take them.

    Args:
        view: the ledger.
        number: of the entry: `#18204`, or a whole receipt line.

    Raises:
        NotSigned: there is no such entry, or it carries no signature.
    """
    found = re.match(r"#?(\d{1,15})\b", number.strip())
    body = view.value("SELECT body FROM journal WHERE seq = :seq", seq=int(found[1])) if found else None
    facts = json.loads(body) if body else {}
    told = facts.get("signature")
    if told is None:
        raise NotSigned(value=shown(number))
    one = view.one(SigningKey, fingerprint=told["key"])
    ledger = view.value("SELECT value FROM setting WHERE name = 'ledger_id'")
    made, seen = read(told, public_key(one.public), APPROVAL)
    owner = view.one(Person, id=one.person_id)
    return SignedEntry(facts["seq"], text_of(ledger, facts, seen).decode(), made.armoured, owner, one)


def allowed(keys: Iterable[Held]) -> str:
    """A line for each key that is or was approved: the person's code, for what, from when until when, the key."""
    lines = []
    for one in keys:
        key = one.key
        if key.approved_at is None:
            continue
        said = [f'namespaces="{APPROVAL},{CHECKPOINT}"', f'valid-after="{_moment(key.approved_at)}"']
        if key.revoked_at is not None:
            said.append(f'valid-before="{_moment(key.revoked_at)}"')
        lines.append(f"{_principal(one.owner.code)} {','.join(said)} {key.public} {key.number}\n")
    return "".join(lines)


def proof(one: SignedEntry, keys: Iterable[Held]) -> dict[str, str]:
    """The files that prove an entry's signature, by name."""
    return {_name(one): one.text, f"{_name(one)}.sig": one.made, "allowed_signers": allowed(keys)}


def command(one: SignedEntry, folder: Path) -> str:
    """How the stock tool checks these files: as of the time in the text, for a key may have been revoked since."""
    found = re.search(r"^time (.+)$", one.text, re.MULTILINE)
    at = re.sub(r"\D", "", found[1])[:14] if found else ""
    where, name = shlex.quote(str(folder)), _name(one)
    return (
        f"cd {where} && ssh-keygen -Y verify -f allowed_signers -I {shlex.quote(_principal(one.by.code))} "
        f"-n {APPROVAL} -O verify-time={at}Z -s {name}.sig < {name}"
    )


def _name(one: SignedEntry) -> str:
    return f"entry-{one.seq}.txt"


def _principal(code: str) -> str:
    """A person's code as OpenSSH takes it: one with a space stands in quotes, and no sign of a pattern is one."""
    plain = "".join(f"_{ord(sign):x}_" if sign in '"*?!,' else sign for sign in code)
    return f'"{plain}"' if " " in plain else plain


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
