"""A letter goes into the outbox with the transaction it belongs to; nothing in it becomes a header of its own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesctl.console.values import clean
from salesctl.desk import Desk, Wishes
from salesctl.errors import SalesctlError
from salesctl.mail import letters, outbox
from salesctl.mail.messages import message
from salesctl.mail.outbox import Addressee, Draft, File
from salesctl.mail.settings import settings_of
from salesctl.people.identity import identify
from tests.conftest import Office
from tests.mail.conftest import DIRECTOR, LETTER, NOON, SUPERVISOR, Server, Settle, parsed, put, readers

ENCODED = "=?utf-8?q?a=0D=0ABcc:_thief=40example.com?="


@pytest.mark.parametrize(
    "text", [ENCODED, f"{ENCODED} 价格", f"价格 =?utf-8?q?{'a' * 80}=0D=0ABcc:_x=40y.z?=", f"={ENCODED}"]
)
def test_what_looks_encoded_is_not_decoded_into_a_header(
    office: Office, server: Server, settle: Settle, text: str
) -> None:
    """The standard library would: `email` decodes such words when they are set and writes the lines they hold."""
    server.start()
    settle()
    put(office, LETTER.but(to=(DIRECTOR.but(name=text),), subject=text, files=(File(text, b"x"),)))
    office.do("mail send")
    (message,) = server.messages
    assert message["Bcc"] is None
    assert message["Subject"] == text
    assert readers(server.received[0].content, "To") == [(text, "zhou@example.com")]
    attached = next(message.iter_attachments())
    assert (attached["Bcc"], attached.get_filename()) == (None, text.replace("/", "_"))
    assert b"\nBcc" not in server.received[0].content


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\0", "\v", "\x1c", "\x85", "\u2028", "\u202e", "\ud800"])
def test_no_sign_opens_a_header_of_its_own(office: Office, server: Server, settle: Settle, sign: str) -> None:
    """In the subject, in a name, in the name of a file."""
    server.start()
    settle()
    bad = f"价格{sign}Bcc: thief@example.com{sign}{sign}x"
    draft = LETTER.but(
        to=(DIRECTOR.but(name=bad),), subject=bad, body=f"{bad}\r\n.\r\nMAIL FROM:<x>", files=(File(bad, b"x", bad),)
    )
    put(office, draft)
    office.do("mail send")
    (message,) = server.messages
    assert set(message.keys()) == {
        "Message-ID", "Date", "Subject", "From", "To", "Cc", "Auto-Submitted", "MIME-Version", "Content-Type"
    }  # fmt: skip
    one_line = "价格 Bcc: thief@example.com x"
    assert message["Subject"] == one_line
    assert readers(server.received[0].content, "To") == [(one_line, "zhou@example.com")]
    assert next(message.iter_attachments()).get_filename() == one_line
    assert server.received[0].rcpt_tos == ["zhou@example.com", "xiang@example.com"]
    assert len(server.received) == 1
    body = message.get_body()
    assert body is not None
    assert "\n.\nMAIL FROM:<x>" in body.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "address", ["a@b.com\r\nRCPT TO:<x@y.z>", "a@b.com, x@y.z", "<x@y.z>", "林@例子.cn", "a b@c.d"]
)
def test_an_address_that_is_none_puts_nothing_into_the_outbox(office: Office, address: str) -> None:
    with pytest.raises(SalesctlError) as raised:
        put(office, LETTER.but(cc=(SUPERVISOR.but(address=address),)))
    assert raised.value.code == "mail.address"
    assert office.ask("mail list") == []


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (LETTER.but(to=()), "mail.no-reader"),
        (LETTER.but(cc=(SUPERVISOR.but(address=""),)), "mail.no-address"),
        (LETTER.but(files=(File("a.pdf", bytes(outbox.MOST_BYTES + 1)),)), "mail.too-large"),
    ],
)
def test_a_letter_that_cannot_go_is_refused_before_anything_is_written(office: Office, draft: Draft, code: str) -> None:
    before = office.ask("ledger info")["head"]
    with pytest.raises(SalesctlError) as raised:
        put(office, draft)
    assert raised.value.code == code
    assert office.ask("ledger info")["head"] == before


def test_the_message_id_is_fixed_when_it_is_queued_and_never_given_twice(office: Office) -> None:
    for _time in range(3):
        put(office)
    ids = {office.ask(f"mail show {number}")["message_id"] for number in (1, 2, 3)}
    assert len(ids) == 3
    assert all(one.startswith("<m") and one.endswith("@salesctl.local>") for one in ids)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [("../../etc/passwd", "_.._etc_passwd"), ("C:\\x.exe", "C:_x.exe"), ("...", "file"), ("", "file"),
     ("长" * 300 + ".pdf", "长" * 199 + "…")],
)  # fmt: skip
def test_the_name_of_a_file_leads_to_no_folder(office: Office, given_name: str, kept: str) -> None:
    put(office, LETTER.but(files=(File(given_name, b""),)))
    assert office.ask("mail show M-1")["files"] == [f"{kept} (0)"]


@pytest.mark.parametrize("kind", ["message/rfc822", "multipart/mixed", "pdf", "a/b; x=y", "/", "应用/pdf", ""])
def test_a_media_type_that_is_none_is_any_bytes(office: Office, server: Server, settle: Settle, kind: str) -> None:
    server.start()
    settle()
    put(office, LETTER.but(files=(File("a.bin", b"\r\n.\r\n\xff", kind),)))
    office.do("mail send")
    file = next(server.messages[0].iter_attachments())
    assert (file.get_content_type(), file.get_content()) == ("application/octet-stream", b"\r\n.\r\n\xff")


SIGNS = st.characters(codec="utf-8") | st.sampled_from(list(",;:<>()[]@\"'\\=?_\r\n\t 林静.，；：“”…\u3000\u200b"))
TEXT = st.lists(SIGNS, max_size=90).map("".join)


def seen(text: str, longest: int) -> str:
    """A text as a header shows it: one line, and not endless."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    subject=TEXT,
    name=TEXT,
    copied=TEXT,
    body=st.lists(SIGNS, max_size=400).map("".join),
    file=TEXT,
    content=st.binary(max_size=99),
)
def test_whatever_is_written_is_read_again(
    office: Office, subject: str, name: str, copied: str, body: str, file: str, content: bytes
) -> None:
    """Any text of any script: as one line where it stands in a header, as it is in the body."""
    desk = Desk(Wishes(office.place, "xiang"), NOON, "declared", "nobody", identify=identify)
    sender = settings_of(desk).but(sender_name="销售部, 一部", sender="sales@example.com")
    with desk.ledger.transaction("test.letter", desk) as tx:
        to = (Addressee(name, "zhou@example.com"), Addressee(copied, "xiang@example.com"))
        number = outbox.enqueue(tx, Draft(to, subject, body, files=(File(file, content, "application/pdf"),)))
        sent = letters.whole(tx, letters.letter(tx, number))
    desk.ledger.close()
    made = message(sent, sender, desk.zone)
    assert made.isascii()
    assert max(map(len, made.split(b"\r\n"))) <= 998
    assert made == message(sent, sender, desk.zone)
    read = parsed(made)
    one_line = [seen(subject, 250), seen(name, 200), seen(copied, 200)]
    assert str(read["Subject"]) == one_line[0]
    assert readers(made, "To") == [(one_line[1], "zhou@example.com"), (one_line[2], "xiang@example.com")]
    assert readers(made, "From") == [("销售部, 一部", "sales@example.com")]
    assert read["To"].addresses[1].addr_spec == "xiang@example.com"
    told = read.get_body()
    assert told is not None
    kept = sent.letter.body if sent.letter.body.endswith("\n") else sent.letter.body + "\n"
    assert told.get_content().replace("\r\n", "\n") == kept
    attached = next(read.iter_attachments())
    assert (attached["Content-Disposition"].params["filename"], attached.get_content()) == (sent.files[0].name, content)
