"""A letter as the message that travels: the same bytes at every try."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo
    from email.headerregistry import Address

    from salesctl.mail.letters import Whole
    from salesctl.mail.rows import LetterAddress
    from salesctl.mail.settings import MailSettings


def message(whole: Whole, settings: MailSettings, zone: tzinfo, *, is_draft: bool = False) -> bytes:
    """The message of a letter; only seven-bit bytes, which every server takes.

    Args:
        whole: the letter.
        settings: who it comes from.
        zone: of its date, which is when it was put into the outbox.
        is_draft: for a file: a mail program opens it as a letter that is still to be sent.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    letter, made = whole.letter, EmailMessage(SMTP.clone(cte_type="7bit"))
    made["Message-ID"] = letter.message_id
    made["Date"] = format_datetime(letter.created_at.astimezone(zone))
    made["Subject"] = letter.subject
    if settings.sender:
        made["From"] = _address(settings.sender_name, settings.sender)
    for header, kind in (("To", "to"), ("Cc", "cc")):
        if readers := [_of(one) for one in whole.addresses if one.kind == kind]:
            made[header] = readers
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    if is_draft:
        made["X-Unsent"] = "1"
    made.set_content(letter.body if letter.body.endswith("\n") else letter.body + "\n")
    for file in whole.files:
        main, _slash, sub = file.media_type.partition("/")
        made.add_attachment(b64decode(file.content), maintype=main, subtype=sub, filename=file.name)
    if whole.files:
        made.set_boundary(f"=={letter.message_id.strip('<>').partition('@')[0]}==")
    return made.as_bytes()


def _of(one: LetterAddress) -> Address:
    return _address(one.name, one.address)


def _address(name: str, address: str) -> Address:
    from email.headerregistry import Address

    local, _at, domain = address.partition("@")
    return Address(name, local, domain)
