"""Put a letter into the outbox, inside the transaction of whatever it is about (A-5.3): both happen, or neither."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from salesctl.console.values import clean
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger import journal
from salesctl.mail import addresses
from salesctl.mail.rows import Letter, LetterAddress, LetterFile
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.ledger.book import Transaction

MOST_BYTES = 10 * 1024 * 1024  # of all files of a letter: servers of companies take about twice as much
LONGEST_SUBJECT, LONGEST_NAME = 250, 200
PLAIN_TYPE = "application/octet-stream"
DOMAIN = "salesctl.local"  # of message ids; no server is asked for it


class NoAddress(SalesctlError):
    """Somebody a letter must go to, and nobody knows where."""

    code, status = "mail.no-address", WRONG
    says = N_("No e-mail address of {person} is known, so the letter cannot go to them.")
    hint = N_("Say it first: salesctl people email {person} ADDRESS.")


class NoReader(SalesctlError):
    """A letter to nobody."""

    code, status = "mail.no-reader", WRONG
    says = N_("The letter {subject!r} goes to nobody.")
    hint = N_("Name at least one person it is sent to.")


class TooLarge(SalesctlError):
    """Files no server would take."""

    code, status = "mail.too-large", WRONG
    says = N_("The files of the letter {subject!r} have {size:,} bytes together, and {most:,} are taken.")
    hint = N_("Send smaller files, or fewer.")


class Addressee(Record):
    """Somebody a letter goes to."""

    name: str
    address: str
    person_id: int | None = None


class File(Record):
    """A file that goes with a letter."""

    name: str
    content: bytes
    media_type: str = PLAIN_TYPE


class Draft(Record):
    """What a letter says, and to whom."""

    to: tuple[Addressee, ...]
    subject: str
    body: str
    cc: tuple[Addressee, ...] = ()
    files: tuple[File, ...] = ()
    about: str = ""  # the number of what it is about, such as A-12


def enqueue(tx: Transaction, draft: Draft) -> str:
    """Write a letter into the outbox and answer its number; `sending.deliver` sends it once the transaction is over.

    Whatever would break a line of a header becomes a space: in the subject, in names, in the names of files. Whoever
    is named twice gets it once.

    Raises:
        NoReader: it goes to nobody.
        NoAddress: no address of one of them is known.
        BadAddress: one of the addresses is none.
        TooLarge: its files.
    """
    letter_id = tx.next_id(Letter)
    subject = _line(draft.subject, LONGEST_SUBJECT)
    _expect_sendable(draft, subject)
    readers: dict[str, tuple[str, Addressee]] = {}
    for kind, one in (*(("to", one) for one in draft.to), *(("cc", one) for one in draft.cc)):
        reader = _checked(one)
        readers.setdefault(reader.address.casefold(), (kind, reader))
    letter = tx.add(
        Letter(
            number=f"M-{letter_id}",
            about=draft.about,
            subject=subject,
            body="".join(c if c.isprintable() or c in "\n\t" else " " for c in _lines(draft.body)),
            message_id=_message_id(tx, letter_id, draft),
            created_at=tx.now,
        )
    )
    for kind, one in readers.values():
        tx.add(
            LetterAddress(letter_id=letter_id, kind=kind, person_id=one.person_id, name=one.name, address=one.address)
        )
    for file in draft.files:
        content = b64encode(file.content).decode("ascii")
        tx.add(
            LetterFile(letter_id=letter_id, name=_file(file.name), media_type=_type(file.media_type), content=content)
        )
    return letter.number


def _checked(one: Addressee) -> Addressee:
    name = _line(one.name, LONGEST_NAME)
    if not one.address:
        raise NoAddress(person=name)
    return one.but(name=name, address=addresses.checked(one.address))


def _expect_sendable(draft: Draft, subject: str) -> None:
    if not draft.to:
        raise NoReader(subject=subject)
    size = sum(len(file.content) for file in draft.files)
    if size > MOST_BYTES:
        raise TooLarge(subject=subject, size=size, most=MOST_BYTES)


def _message_id(tx: Transaction, letter_id: int, draft: Draft) -> str:
    """An id no other letter has, and the same whenever the same is written: it hangs on the journal before it."""
    head = tx.value("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1") or journal.BEGINNING
    said = journal.canonical([letter_id, draft.about, draft.subject, [one.address for one in draft.to]])
    return f"<m{letter_id}.{journal.seal(head, said.encode('utf-8', 'replace'))[:32]}@{DOMAIN}>"


def _line(text: str, longest: int) -> str:
    """One line of visible characters."""
    plain = " ".join(clean(text).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _file(name: str) -> str:
    """The name of a file, which leads to no folder."""
    plain = _line(name.replace("/", "_").replace("\\", "_"), LONGEST_NAME).lstrip(". ")
    return plain or "file"


def _type(text: str) -> str:
    """A media type; what is none becomes the type of any bytes."""
    main, _slash, sub = text.partition("/")
    plain = all(part.isascii() and part and all(c.isalnum() or c in "-.+" for c in part) for part in (main, sub))
    return text if plain and len(text) <= 100 and main not in ("message", "multipart") else PLAIN_TYPE
