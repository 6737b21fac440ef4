"""The connection: protected as the settings want it, or nothing is sent; the password is never seen again."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office
from tests.mail.conftest import LETTER, Server, Settle, put

SECRETS = ("s3cret", "wr0ng", "AHNhbGVzAHdyMG5n", "d3IwbmdAeA==", "密码")


def everything(office: Office) -> str:
    """All that was printed or kept anywhere: every listing, and the ledger's bytes."""
    said = [office.run(line) for line in ("mail list", "mail show M-1", "check", "ledger history --format json")]
    return "".join(one.out + one.err for one in said) + office.ledger.read_bytes().decode("utf-8", "replace")


def password(office: Office, text: str) -> str:
    file = office.folder / "mail-password"
    file.write_text(text + "\n", encoding="utf-8")
    return file.name


def last_error(office: Office) -> str:
    return str(office.ask("mail show M-1")["last_error"])


def test_starttls_is_spoken_to_a_server_that_proves_itself(
    office: Office, server: Server, settle: Settle, tls: ssl.SSLContext, certificate: Path
) -> None:
    server.start(tls_context=tls, require_starttls=True, authenticator=server.authenticate, auth_required=True)
    settle(security="starttls", ca_file=str(certificate), user="sales", password_file=password(office, "s3cret"))
    put(office)
    office.do("mail send")
    assert [message["Subject"] for message in server.messages] == [LETTER.subject]
    assert server.logins == [("sales", "s3cret")]


def test_tls_from_the_first_byte(
    office: Office, server: Server, settle: Settle, tls: ssl.SSLContext, certificate: Path
) -> None:
    server.start(ssl_context=tls)
    settle(security="tls", ca_file=str(certificate))
    put(office)
    office.do("mail send")
    assert len(server.received) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_gets_no_letter_and_no_password(
    office: Office, server: Server, settle: Settle, tls: ssl.SSLContext, security: str
) -> None:
    server.start(
        **({"tls_context": tls} if security == "starttls" else {"ssl_context": tls}), authenticator=server.authenticate
    )
    settle(security=security, user="sales", password_file=password(office, "s3cret"))
    put(office)
    assert office.run("mail send").status == 4
    assert "self-signed certificate" in last_error(office)
    assert (server.received, server.logins) == ([], [])


def test_a_server_without_starttls_gets_nothing(office: Office, server: Server, settle: Settle) -> None:
    server.start()
    settle(security="starttls", user="sales", password_file=password(office, "s3cret"))
    put(office)
    answer = office.run("mail send")
    assert (answer.status, answer.code) == (4, "mail.not-sent")
    assert "STARTTLS" in last_error(office)
    assert (server.received, server.logins) == ([], [])
    assert office.do("ledger verify").status == 0


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("wrong", ["wr0ng", "wr0ng@x"])
def test_a_wrong_password_is_refused_and_seen_nowhere(
    office: Office, server: Server, settle: Settle, wrong: str
) -> None:
    """Even where the server echoes it."""
    server.start(authenticator=server.authenticate, auth_required=True, auth_require_tls=False)
    settle(user="sales", password_file=password(office, wrong))
    put(office)
    answer = office.run("mail send")
    assert answer.status == 4
    assert "535 no ***" in last_error(office)
    assert server.logins[0] == ("sales", wrong)
    assert not [secret for secret in SECRETS if secret in answer.out + answer.err + everything(office)]
    settle(user="sales", password_file=password(office, "s3cret"))
    office.do("mail send")
    assert not [secret for secret in SECRETS if secret in everything(office)]


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_password_no_server_understands(office: Office, server: Server, settle: Settle) -> None:
    server.start(authenticator=server.authenticate, auth_required=True, auth_require_tls=False)
    settle(user="sales", password_file=password(office, "密码"))
    put(office)
    assert office.run("mail send").status == 4
    assert "plain letters" in last_error(office)
    assert not [secret for secret in SECRETS if secret in everything(office)]


@pytest.mark.parametrize(("name", "content"), [("none", None), ("bytes", b"\xff\xfe\xfa")])
def test_a_password_file_that_is_none(
    office: Office, server: Server, settle: Settle, name: str, content: bytes | None
) -> None:
    server.start()
    if content is not None:
        (office.folder / name).write_bytes(content)
    settle(user="sales", password_file=name)
    put(office)
    assert office.run("mail send").status == 4
    assert name in last_error(office)
    assert server.received == []


@pytest.mark.parametrize(("content", "why"), [(None, "No such file"), ("x", "it holds no certificate")])
def test_a_certificate_file_that_is_none(
    office: Office, server: Server, settle: Settle, tls: ssl.SSLContext, content: str | None, why: str
) -> None:
    server.start(tls_context=tls)
    if content:
        (office.folder / "ca.pem").write_text(content)
    settle(security="starttls", ca_file="ca.pem")
    put(office)
    assert office.run("mail send").status == 4
    assert f"ca.pem: {why}" in last_error(office)
    assert server.received == []


def test_a_server_that_says_nothing_is_left_after_the_timeout(office: Office, settle: Settle) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as mute:
        settle(port=mute.getsockname()[1], timeout=1)
        put(office)
        assert office.run("mail send").status == 4
    assert "timed out" in last_error(office)


@pytest.mark.parametrize(
    "greeting", [b"", b"220", b"554 go away\r\n", b"\xff\xfe\x1b[31mred\r\n", b"HTTP/1.1 400 Bad\r\n\r\n"]
)
def test_something_that_is_no_mail_server(office: Office, settle: Settle, greeting: bytes) -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as other:

        def greet() -> None:
            connection, _from = other.accept()
            with connection:
                connection.sendall(greeting)

        thread = threading.Thread(target=greet)
        thread.start()
        settle(port=other.getsockname()[1], timeout=2)
        put(office)
        answer = office.run("mail send")
        thread.join()
    assert (answer.status, answer.code) == (4, "mail.not-sent")
    assert office.ask("mail show M-1")["state"] == "failed"
    assert "\x1b" not in answer.out + answer.err + last_error(office)


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"host": 5}, "host: it must be a text of one line"),
    ({"host": "smtp example"}, "host: it must be the name of a server"),
    ({"host": None}, "host: it is missing, and port, security mean nothing without it"),
    ({"from": None}, "from: the server wants to know who writes"),
    ({"from": "销售部"}, "from: '销售部' is no e-mail address a letter can go to: it must have one @"),
    ({"from": "x\u202ey <a@b.c>"}, "from: it must be a text of one line"),
    ({"from": "销售部 <销@b.c>"}, "a to z"),
    ({"port": 0}, "port: it must be a whole number from 1 to 65535"),
    ({"port": "25"}, "port: it must be a whole number from 1 to 65535"),
    ({"port": True}, "port: it must be a whole number from 1 to 65535"),
    ({"timeout": 301}, "timeout: it must be a whole number from 1 to 300"),
    ({"security": "ssl"}, "security: it must be one of none, starttls, tls"),
    ({"security": ""}, "security: it must be a text of one line"),
    ({"user": "sales"}, "password_file: it is missing, and there is a user"),
    ({"password_file": "p"}, "user: it is missing, and there is a password for it"),
    ({"password": "s3cret"}, "password: a password stands in a file of its own: password_file"),
    ({"host": "smtp.example.com", "user": "a", "password_file": "p"}, "security: a password is not sent"),
    ({"folder": "out"}, "folder: letters go either to the server or to a folder"),
    ({"retry": 5}, "retry: there is no such setting"),
    ({"ca_file": "~nobodyhere/x"}, "ca_file: there is no such home folder"),
]


@pytest.mark.parametrize(("values", "why"), FAULTS)
def test_settings_that_cannot_be_meant_are_one_clear_error(
    office: Office, settle: Settle, values: dict[str, Any], why: str
) -> None:
    settle(**values)
    put(office)
    answer = office.run("mail send")
    assert (answer.status, answer.code) == (2, "mail.settings")
    assert why in answer.err
    assert "s3cret" not in answer.err
    assert office.ask("mail show M-1")["tries"] == 0


def test_every_fault_is_named_at_once_and_check_goes_on(office: Office, settle: Settle) -> None:
    """A command that queued a letter is not undone by the settings: one line says that it waits."""
    settle(port=0, colour="blue")
    put(office)
    answer = office.do("check")
    (line,) = [line for line in answer.err.splitlines() if line.startswith("Letters wait: ")]
    assert "port: it must be" in line
    assert "colour: there is no such setting" in line
    assert line.endswith("salesctl mail send")
    assert office.ask("check")[0]["subject"] == "M-1"


@pytest.mark.parametrize("text", ['mail = "smtp.example.com"', "mail = 5", "[[mail]]\nhost = 'a'"])
def test_mail_is_a_table(office: Office, text: str) -> None:
    (office.folder / "salesctl.toml").write_text(text)
    answer = office.run("mail list")
    assert (answer.status, answer.code) == (2, "input.invalid")
    assert "[mail]" in answer.err


def test_single_values_and_the_table_stand_side_by_side(office: Office, server: Server, settle: Settle) -> None:
    """Paths start from the folder of the settings file, wherever the program is started."""
    server.start()
    settle(host=None, port=None, security=None, folder="寄出", **{"from": None})
    put(office)
    config = office.folder / "config" / "salesctl"
    config.mkdir(parents=True)
    (office.folder / "salesctl.toml").rename(config / "salesctl.toml")
    (config / "salesctl.toml").write_text('as = "lin"\n' + (config / "salesctl.toml").read_text(encoding="utf-8"))
    office.unnamed().do("mail send")
    assert (config / "寄出" / "M-1.eml").is_file()
