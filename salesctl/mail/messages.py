"""A letter as the message that travels: the same bytes at every try.

Headers are encoded here and handed on as plain ASCII. The modern interface of `email` would decode what looks encoded
(`=?utf-8?q?=0ABcc:...?=`) and write the lines it decodes to.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo
    from email.mime.base import MIMEBase

    from salesctl.mail.letters import Whole
    from salesctl.mail.rows import LetterFile
    from salesctl.mail.settings import MailSettings

PLAIN = r"[A-Za-z0-9](?:[A-Za-z0-9 .'/+-]*[A-Za-z0-9])?"  # needs neither quotes nor encoding
LONGEST_PLAIN = 60
PIECE = 60  # characters of a parameter in one line (RFC 2231)


def message(whole: Whole, settings: MailSettings, zone: tzinfo, *, is_draft: bool = False) -> bytes:
    """The message of a letter; only seven-bit bytes, which every server takes.

    Args:
        whole: the letter.
        settings: who it comes from.
        zone: of its date, which is when it was put into the outbox.
        is_draft: for a file: a mail program opens it as a letter that is still to be sent.
    """
    from email.policy import compat32
    from email.utils import format_datetime

    letter, made = whole.letter, _content(whole)
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.created_at.astimezone(zone)),
        "Subject": encoded(letter.subject),
        "From": _address(settings.sender_name, settings.sender) if settings.sender else "",
        "To": _addresses(whole, "to"),
        "Cc": _addresses(whole, "cc"),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no machine answers it
        "X-Unsent": "1" if is_draft else "",
    }
    body = [(name, str(value)) for name, value in made.items()]
    for name, _value in body:
        del made[name]
    for name, value in (*headers.items(), *body):
        if value or name == "Subject":
            made[name] = value
    return made.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=78))


def encoded(text: str) -> str:
    """A text for a header: as it is where it is plain, else in encoded words (RFC 2047), which hold any text."""
    from email.header import Header

    if not text or (len(text) <= LONGEST_PLAIN and re.fullmatch(PLAIN, text)):
        return text
    return " ".join(Header(text, "utf-8", header_name="Content-Description").encode().split())


def _content(whole: Whole) -> MIMEBase:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    body = whole.letter.body if whole.letter.body.endswith("\n") else whole.letter.body + "\n"
    text = MIMEText(body.replace("\n", "\r\n"), "plain", "utf-8")
    if not whole.files:
        return text
    boundary = f"=={whole.letter.message_id.strip('<>').partition('@')[0]}=="
    return MIMEMultipart("mixed", boundary, [text, *map(_part, whole.files)])


def _part(file: LetterFile) -> MIMEBase:
    from email.encoders import encode_base64
    from email.mime.base import MIMEBase

    part = MIMEBase(*file.media_type.split("/", 1))
    part.set_payload(b64decode(file.content))
    encode_base64(part)
    part["Content-Disposition"] = f"attachment; {_parameter('filename', file.name)}"
    return part


def _parameter(key: str, text: str) -> str:
    """A parameter of a header that holds any text, in pieces that fit into lines (RFC 2231)."""
    from urllib.parse import quote

    if re.fullmatch(PLAIN, text) and len(text) <= LONGEST_PLAIN:
        return f'{key}="{text}"'
    signs = re.findall("%..|.", quote(text, safe=""))
    pieces, piece = [], "utf-8''"
    for sign in signs:
        if len(piece) > PIECE - len(sign):
            pieces.append(piece)
            piece = ""
        piece += sign
    pieces.append(piece)
    if len(pieces) == 1:
        return f"{key}*={piece}"
    return "; ".join(f"{key}*{number}*={one}" for number, one in enumerate(pieces))


def _addresses(whole: Whole, kind: str) -> str:
    return ", ".join(_address(one.name, one.address) for one in whole.addresses if one.kind == kind)


def _address(name: str, address: str) -> str:
    return f"{_phrase(name)} <{address}>" if name else address


def _phrase(name: str) -> str:
    """A name before an address, where a full stop would have to be quoted."""
    return f'"{name}"' if "." in name and encoded(name) == name else encoded(name)
