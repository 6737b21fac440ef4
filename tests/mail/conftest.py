"""A post office to test with: a real SMTP server on this machine, and letters put into a real ledger."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import compat32, default
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from salesctl.desk import Desk, Wishes
from salesctl.mail.outbox import Addressee, Draft, File, enqueue
from salesctl.people.identity import identify
from tests.conftest import Office

NOON = datetime(2012, 5, 8, 4, 0, tzinfo=UTC)
DIRECTOR = Addressee("周岚", "zhou@example.com", 2)
SUPERVISOR = Addressee("向红", "xiang@example.com", 5)
FORM = File("2012公司测试数量及价格折扣申请表.pdf", bytes(range(256)) * 40, "application/pdf")
LETTER = Draft(
    to=(DIRECTOR,),
    cc=(SUPERVISOR,),
    subject="申请 A-12：北京云帆网络科技有限公司 测试量 1,200,000，价格折扣 7.5 %，请总监审批",
    body="周总：\n\n请审批 A-12。\n\n    salesctl approve grant A-12\n",
    files=(FORM,),
    about="A-12",
)


class Server:
    """What a server was given, and how it is to behave."""

    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[Any] = []
        self.refuses: dict[str, str] = {}  # address -> its answer
        self.answer, self.farewell, self.delay = "250 OK", "221 Bye", 0.0
        self.logins: list[tuple[str, str]] = []
        self._controller: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Take or refuse one address."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take the message."""
        import asyncio

        await asyncio.sleep(self.delay)
        if self.answer.startswith("250"):
            self.received.append(envelope)
        return self.answer

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        """Say goodbye."""
        return self.farewell

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """One password is right; what was tried is echoed by a server that should know better."""
        self.logins.append((data.login.decode(), data.password.decode()))
        is_right = data.password == "密码 s3cret".encode() or data.password == b"s3cret"
        return AuthResult(
            success=is_right, handled=is_right, message=None if is_right else f"535 no {data.password.decode()}"
        )

    def start(self, **options: Any) -> Server:
        """Open it."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()
        return self

    def stop(self) -> None:
        """Close it; whoever calls is turned away."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages as a mail program reads them."""
        return [parsed(envelope.content) for envelope in self.received]


def parsed(content: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    message = BytesParser(policy=default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def readers(content: bytes, header: str) -> list[tuple[str, str]]:
    """Names and addresses of a header, decoded by RFC 2047: the space between two encoded words is none.

    The modern parser of `email` keeps that space in names.
    """
    raw = BytesParser(policy=compat32).parsebytes(content, headersonly=True)
    pairs = getaddresses(raw.get_all(header, []))
    return [(str(make_header(decode_header(name))), address) for name, address in pairs]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is closed until `start` is called."""
    one = Server()
    yield one
    one.stop()


Settle = Callable[..., None]


@pytest.fixture
def settle(office: Office, server: Server) -> Settle:
    """Write `[mail]` of `salesctl.toml`, for the server unless it says otherwise."""

    def write(**values: Any) -> None:
        said = {
            "host": "127.0.0.1",
            "port": server.port,
            "security": "none",
            "from": "销售部 <sales@example.com>",
            **values,
        }
        lines = [f"{key} = {json.dumps(value)}" for key, value in said.items() if value is not None]
        (office.folder / "salesctl.toml").write_text("[mail]\n" + "\n".join(lines) + "\n", encoding="utf-8")

    return write


def put(office: Office, draft: Draft = LETTER, now: datetime = NOON) -> str:
    """Put a letter into the outbox as a command would, and not send it."""
    desk = Desk(Wishes(office.place, "xiang"), now, "declared", "nobody", identify=identify)
    try:
        with desk.ledger.transaction("test.letter", desk) as tx:
            return enqueue(tx, draft)
    finally:
        desk.ledger.close()


def state(office: Office, number: str = "M-1") -> dict[str, Any]:
    """What `mail show` says of a letter."""
    answer: dict[str, Any] = office.ask(f"mail show {number}")
    return answer


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that only its own file proves; key and certificate in one."""
    from shutil import which

    if not which("openssl"):
        pytest.skip("openssl makes the certificate")
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file), "-out", f"{file}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    """What a server with that certificate needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait up to ten seconds."""
    until = time.monotonic() + 10
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
