"""Checkpoints: short notes about a ledger that are kept elsewhere, so that what it says can be compared with them.

A hash chain proves nothing against whoever holds the file; a number and a hash that somebody else has do.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.sshsig import BEGIN, END
from salesctl.ledger.verify import Finding
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salesctl.ledger.book import Reading

ORIGIN = "salesctl/"  # of the first line; the ledger's id follows
RECEIPT = re.compile(r"#(\d{1,15})[ \t\u00a0]+([0-9A-Fa-f]{8})\b")
WRITTEN = re.compile(  # a checkpoint as `-f json` and `-f csv` write it
    r'([0-9a-f]{32})"?,\s*(?:"entries":\s*)?(\d{1,15}),\s*(?:"hash":\s*")?([0-9a-f]{64})\b'
)
NOTE = re.compile(  # with its signature, where one stands below
    rf"^({ORIGIN}(\S{{1,54}})\n([0-9]{{1,15}})\n([A-Za-z0-9+/]{{43}}=)\n(?:(?!{ORIGIN})[a-z][^\n]*\n)*)"
    rf"(?:\n*({BEGIN}\n[^-]+{END}))?",
    re.MULTILINE,
)
LETTER = re.compile(rb"\A(?:From |(?:[A-Za-z][A-Za-z0-9-]*:[ \t]))")  # how a mail begins that was saved whole
QUOTED = re.compile(r"^(?:>[ \t]?)+")
MOST_BYTES = 64 * 1024 * 1024  # of one file of notes or receipt lines
SUFFIX = ".sig"  # of the file beside a note that holds its signature


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
    text: str = ""  # of a signed checkpoint: what is signed
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


def notes_of(text: str, source: str = "", beside: str = "") -> Iterator[Mark]:
    """Every checkpoint in a text, such as a letter, or a file that one was added to every week.

    Its signature stands below it, or in a text of its own beside it.
    """
    plain = "".join(f"{QUOTED.sub('', line.strip()).strip()}\n" for line in text.splitlines())
    for said, ledger, count, head, made in NOTE.findall(plain):
        with suppress(ValueError):
            digest = b64decode(head, validate=True).hex()
            yield Mark(int(count), digest, source, ledger, said if made or beside else "", made or beside)
    for ledger, entries, written in WRITTEN.findall(text):
        yield Mark(int(entries), written, source, ledger)


def text_of(content: bytes) -> str:
    """What a file says, whoever saved it: a text, that of another system, or a mail with its parts in whatever code."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    plain = content.removeprefix(b"\xef\xbb\xbf")
    said = plain.decode("utf-8", "replace")
    if not LETTER.match(plain):
        return said
    from email import message_from_bytes

    parts = (part.get_payload(decode=True) for part in message_from_bytes(plain).walk())
    return "\n".join([said, *(part.decode("utf-8", "replace") for part in parts if isinstance(part, bytes))])


def marks(paths: Iterable[Path]) -> list[Mark]:
    """Every checkpoint and every receipt line in these files.

    Raises:
        NoNote: one of them holds none.
    """
    found, given = [], list(paths)
    for path in given:
        if path.suffix == SUFFIX and path.with_suffix("") in given:
            continue  # it belongs to the file beside it
        beside = Path(f"{path}{SUFFIX}")  # also of what has no name, such as this folder
        made = text_of(_content(beside)) if beside.is_file() else ""
        here = list(dict.fromkeys(_marks(text_of(_content(path)), path.name, made)))  # a mail may say the same twice
        if not here:
            raise NoNote(path=shown(path), why="")
        found += here
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NoNote(path=shown(path), why=f": {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise NoNote(path=shown(path), why="")
    return content


def _marks(text: str, source: str, beside: str) -> Iterator[Mark]:
    yield from notes_of(text, source, beside)
    for seq, head in RECEIPT.findall(text):
        yield Mark(int(seq), head.lower(), source)


def differences(view: Reading, known: Iterable[Mark]) -> list[Finding]:
    """Where a ledger is not the one these marks were taken of."""
    if not all(view.engine.columns(view, table) for table in ("journal", "setting")):
        return []  # there is nothing to compare; that it was removed is a finding of its own
    ledger = view.value("SELECT value FROM setting WHERE name = 'ledger_id'")
    newest = view.value("SELECT max(seq) FROM journal") or 0
    unlike: dict[tuple[str, str], list[int]] = {}  # by file and what is wrong: a chat has a line for every command
    for mark in known:
        here = view.value("SELECT hash FROM journal WHERE seq = :seq", seq=mark.seq) or ""
        if mark.ledger and mark.ledger != ledger:
            says = N_("was taken of another ledger")
        elif mark.seq > newest:
            says = N_("is newer than the newest entry here: entries were cut off")
        elif not here.startswith(mark.hash):
            says = N_("has another hash here: history was rewritten")
        else:
            continue
        unlike.setdefault((mark.source, says), []).append(mark.seq)
    return [Finding(f"{source} {_numbers(seqs)}", says) for (source, says), seqs in unlike.items()]


def _numbers(seqs: list[int]) -> str:
    """The entries that are meant, in a word."""
    lowest, highest = min(seqs), max(seqs)
    return f"#{lowest}" if len(set(seqs)) == 1 else f"#{lowest} … #{highest} ({len(set(seqs))})"
