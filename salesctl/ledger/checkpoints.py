"""Checkpoints: short notes about a ledger that are kept elsewhere, so that what it says can be compared with them.

A hash chain proves nothing against whoever holds the file; a number and a hash that somebody else has do.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.sshsig import BEGIN
from salesctl.ledger.verify import Finding
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from salesctl.ledger.book import Reading

SUFFIX = ".sig"  # of the file beside a note that holds its signature
ORIGIN = "salesctl/"  # of the first line; the ledger's id follows
RECEIPT = re.compile(r"#(\d{1,15}) ([0-9a-f]{8})\b")
MOST_BYTES = 64 * 1024 * 1024  # of one file of notes or receipt lines
LONGEST_ID = 64


class NoNote(SalesctlError):
    """A file that holds nothing a ledger could be compared with."""

    code, status = "ledger.no-note", WRONG
    says = N_("{path} holds neither a checkpoint nor a receipt line{why}.")
    hint = N_("A checkpoint is what `salesctl ledger checkpoint` prints; a receipt line is like #18204 7f3a91c2.")


class Mark(Record):
    """What somebody outside knows of one entry: its number and its hash, or how that begins."""

    seq: int
    hash: str
    source: str  # the file it stands in
    ledger: str = ""  # the id of the ledger; a receipt line says none
    text: str = ""  # of a checkpoint: what is signed, if it is
    made: str = ""  # its signature, armoured; empty where it has none


class Note(Record):
    """A checkpoint: which ledger, how many entries, the hash of the newest, and what else it says."""

    ledger: str
    entries: int
    head: str
    says: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The note as it is mailed, printed and signed: three lines, then a name and a value a line."""
        head = b64encode(bytes.fromhex(self.head)).decode("ascii")
        lines = [f"{ORIGIN}{self.ledger}", str(self.entries), head, *(f"{name} {value}" for name, value in self.says)]
        return "\n".join(lines) + "\n"


def note_of(text: str) -> Note | None:
    """The first checkpoint in a text, such as a letter; None where there is none."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        origin = line.strip().removeprefix("> ")
        if not origin.startswith(ORIGIN) or len(lines) < place + 3:
            continue
        count, head = (one.strip().removeprefix("> ") for one in lines[place + 1 : place + 3])
        try:
            digest = b64decode(head, validate=True)
        except ValueError:
            continue
        if re.fullmatch("[0-9]{1,15}", count) and len(digest) == 32 and len(origin) < LONGEST_ID:
            return Note(origin.removeprefix(ORIGIN), int(count), digest.hex())
    return None


def text_of(text: str) -> str:
    """The lines of the first checkpoint in a text, as they were signed: until an empty line, or the signature."""
    plain = [line.strip().removeprefix("> ").removesuffix(">") for line in text.splitlines()]
    start = next(place for place, line in enumerate(plain) if line.startswith(ORIGIN))
    ends = (place for place, line in enumerate(plain) if place > start and (not line or line == BEGIN))
    return "".join(f"{line}\n" for line in plain[start : next(ends, len(plain))])


def marks(paths: Iterable[Path]) -> list[Mark]:
    """Every checkpoint and every receipt line in these files.

    Raises:
        NoNote: one of them holds none.
    """
    found, given = [], list(paths)
    for path in given:
        if path.suffix == SUFFIX and path.with_suffix("") in given:
            continue  # it belongs to the file beside it
        beside = path.with_name(path.name + SUFFIX)
        here = list(_marks(_content(path), path.name, _content(beside) if beside.is_file() else ""))
        if not here:
            raise NoNote(path=shown(path), why="")
        found += here
    return found


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NoNote(path=shown(path), why=f": {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise NoNote(path=shown(path), why="")
    return content.decode("utf-8", "replace")


def _marks(text: str, source: str, beside: str) -> Iterator[Mark]:
    """What a file knows; the signature of its checkpoint stands in it, or in a file beside it."""
    if note := note_of(text):
        made = beside or (text if BEGIN in text else "")
        yield Mark(note.entries, note.head, source, note.ledger, text_of(text), made)
    for seq, head in RECEIPT.findall(text):
        yield Mark(int(seq), head, source)


def differences(view: Reading, known: Iterable[Mark]) -> list[Finding]:
    """Where a ledger is not the one these marks were taken of."""
    if not all(view.engine.columns(view, table) for table in ("journal", "setting")):
        return []  # there is nothing to compare; that it was removed is a finding of its own
    ledger = view.value("SELECT value FROM setting WHERE name = 'ledger_id'")
    newest = view.value("SELECT max(seq) FROM journal") or 0
    found = []
    for mark in known:
        here = view.value("SELECT hash FROM journal WHERE seq = :seq", seq=mark.seq) or ""
        where = f"{mark.source} #{mark.seq}"
        if mark.ledger and mark.ledger != ledger:
            found.append(Finding(where, N_("was taken of another ledger")))
        elif mark.seq > newest:
            found.append(Finding(where, N_("is newer than the newest entry here: entries were cut off")))
        elif not here.startswith(mark.hash):
            found.append(Finding(where, N_("has another hash here: history was rewritten")))
    return found
