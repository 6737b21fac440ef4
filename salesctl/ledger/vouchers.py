"""Who signed a note about a ledger: a key the ledger knows, or one of a file of allowed signers kept outside it."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger import keyfile
from salesctl.ledger.signatures import FORGED, REVOKED, UNREADABLE
from salesctl.ledger.sshsig import CHECKPOINT, KIND, NoKey, is_by, public_key, signature
from salesctl.ledger.verify import Finding
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from salesctl.ledger.checkpoints import Mark
    from salesctl.ledger.reading import Reading
    from salesctl.ledger.sshsig import PublicKey

NOBODYS = N_("is signed with a key that nobody here vouches for")
LACKING = N_("a key this file names as theirs is not in the ledger")
OF_LEDGER = (
    "SELECT k.public, p.code || ' ' || p.name, k.approved_at, k.revoked_at FROM signing_key k "
    "JOIN person p ON p.id = k.person_id WHERE k.approved_at IS NOT NULL ORDER BY k.id"
)
TIME = re.compile(r"^time (\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$", re.MULTILINE)


class NoSigners(SalesctlError):
    """A file that says of nobody who signs with which key."""

    code, status = "key.no-signers", WRONG
    says = N_("{path} names no signer with an Ed25519 key.")
    hint = N_("A line of it is like: P001 ssh-ed25519 AAAA…; `salesctl key allowed-signers -o FILE` makes one.")


class Signer(Record):
    """Somebody with a key, and from when until when it counts: digits of a moment of UTC, empty where it is open."""

    name: str
    key: PublicKey
    after: str = ""
    before: str = ""
    source: str = ""  # the file that says so; empty for the ledger itself


class Vouched(Record):
    """A note whose signature fits, and who made it."""

    source: str
    by: str
    fingerprint: str


def of_ledger(view: Reading) -> list[Signer]:
    """The keys a ledger knows, and their times; none where an older program made it, or somebody took them out."""
    found: list[Signer] = []
    if not all(view.engine.columns(view, table) for table in ("signing_key", "person")):
        return found
    for public, name, approved, revoked in view.select(OF_LEDGER):
        with suppress(NoKey):  # whoever changed it is found by the journal
            found.append(Signer(name, public_key(public), _digits(approved), _digits(revoked or "")))
    return found


def of_files(paths: Iterable[Path]) -> list[Signer]:
    """The signers that files of OpenSSH name.

    Raises:
        NoSigners: one of them names none.
    """
    found = []
    for path in paths:
        here = [
            one for line in keyfile.read(path).decode("utf-8", "replace").splitlines() for one in _of_line(line, path)
        ]
        if not here:
            raise NoSigners(path=shown(path))
        found += here
    return found


def judged(notes: Iterable[Mark], signers: list[Signer]) -> tuple[list[Vouched], list[Finding]]:
    """Which notes are signed, by whom; and whose signature is not what it should be."""
    good, bad = [], []
    for note in notes:
        if not note.made:
            continue
        try:
            found = signature(note.made)
        except (ValueError, NoKey):
            bad.append(Finding(note.source, UNREADABLE))
            continue
        known = [one for one in signers if one.key == found.key]
        if not known:
            bad.append(Finding(f"{note.source} {found.key.fingerprint}", NOBODYS))
        elif not is_by(found, found.key, note.text.encode(), CHECKPOINT):
            bad.append(Finding(note.source, FORGED))
        elif not (timely := [one for one in known if _counts(one, note.text)]):
            bad.append(Finding(f"{note.source} {known[0].name}", REVOKED))
        else:
            good.append(Vouched(note.source, timely[0].name, found.key.fingerprint))
    return good, bad


def lacking(view: Reading, signers: list[Signer], known: list[Signer]) -> Iterator[Finding]:
    """The keys that a file outside gives to people of this ledger, and the ledger does not: they were taken out."""
    if not signers or not view.engine.columns(view, "person"):
        return
    codes = {code for (code,) in view.select("SELECT code FROM person")}
    theirs = {(one.name.partition(" ")[0], one.key) for one in known}
    for one in signers:
        if one.name in codes and (one.name, one.key) not in theirs:
            yield Finding(f"{one.source} {one.name}", LACKING)


def _of_line(line: str, path: Path) -> Iterator[Signer]:
    """The signers of a line: names, options, a key."""
    before, found, after = line.strip().partition(f"{KIND} ")
    if line.lstrip().startswith("#") or not found:
        return
    try:
        names, *options = shlex.split(before)
        key = public_key(found + after)
    except (ValueError, NoKey):
        return
    told = dict(part.split("=", 1) for part in ",".join(options).split(",") if "=" in part)
    if "namespaces=" in before and CHECKPOINT not in before:
        return
    for name in names.split(","):
        yield Signer(name, key, _digits(told.get("valid-after", "")), _digits(told.get("valid-before", "")), path.name)


def _counts(one: Signer, note: str) -> bool:
    """Whether a key counted when a note was made; one that says no time is taken as made before any end."""
    found = TIME.search(note)
    at = "".join(found.groups()) if found else ""
    return not at or ((not one.after or one.after <= at) and (not one.before or at < one.before))


def _digits(moment: str) -> str:
    """A moment as its digits down to the second, so that two can be compared."""
    return re.sub(r"\D", "", moment.partition(".")[0]).ljust(14, "0") if moment else ""
