"""The table `[mail]` of `salesctl.toml`: which server sends the letters, or which folder takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.console import names
from salesctl.console.failing import sentence
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.mail import addresses
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salesctl.desk import Desk

PORTS = {"none": 25, "starttls": 587, "tls": 465}  # of each kind of security, where no port is named
OUTGOING = "outgoing"  # the folder beside the ledger that takes letters where no server is named
SERVER_KEYS = ("port", "security", "user", "password_file", "ca_file", "timeout")  # mean nothing without `host`
LONGEST_HOST = 253
LONGEST_TIMEOUT = 300  # seconds
LONGEST_PAUSE = 7 * 24 * 60  # minutes


class Faulty(SalesctlError):
    """A table [mail] that cannot be meant; every fault of it is listed."""

    code, status = "mail.settings", WRONG
    says = N_("The table [mail] of {file} cannot be used.")
    hint = N_("Correct it; a server wants host and from, a folder nothing at all.")


class MailSettings(Record):
    """How letters leave the house."""

    host: str  # empty: letters are written to the folder
    port: int
    security: str  # none, starttls, tls
    user: str
    password_file: Path | None
    ca_file: Path | None  # certificates to believe beside the system's, such as the company's own
    sender_name: str
    sender: str  # the address letters come from; may be empty where they are only written
    timeout: int  # seconds for each answer of the server
    retry_minutes: int  # after a failure, nothing tries again sooner by itself
    folder: Path
    checkpoint_to: tuple[str, ...]  # who gets a note of the ledger's state every week
    checkpoint_key: Path | None = None  # the key it is signed with; without a passphrase


def settings_of(desk: Desk) -> MailSettings:
    """The settings of this run.

    Raises:
        Faulty: with every fault.
    """
    table = _Table(desk.wishes.mail, desk.wishes.settings_file.parent)
    security = table.word("security", "starttls")
    name, sender = table.sender("from")
    found = MailSettings(
        table.host("host"),
        table.number("port", PORTS.get(security, 0), 65535),
        security,
        table.text("user"),
        table.path("password_file"),
        table.path("ca_file"),
        name,
        sender,
        table.number("timeout", 20, LONGEST_TIMEOUT),
        table.number("retry_minutes", 10, LONGEST_PAUSE),
        table.path("folder") or desk.folder / OUTGOING,
        table.addresses("checkpoint_to"),
        table.path("checkpoint_key"),
    )
    table.expect_sense(found)
    if table.faults:
        raise Faulty(file=shown(desk.wishes.settings_file), lines=table.faults)
    return found


class _Table:
    """The table while it is read: each value by its key, and what is wrong with it."""

    def __init__(self, content: Mapping[str, Any], folder: Path) -> None:
        self._left, self._folder = dict(content), folder
        self._given = frozenset(content)
        self.faults: list[str] = []

    def text(self, key: str) -> str:
        """A text of one line without hidden characters; empty where it is not given."""
        value = self._left.pop(key, "")
        if isinstance(value, str) and ((value.isprintable() and value.strip()) or key not in self._given):
            return value.strip()
        self._refuse(key, N_("it must be a text of one line"))
        return ""

    def number(self, key: str, default: int, most: int) -> int:
        """A whole number from 1 on."""
        value = self._left.pop(key, default)
        if (type(value) is int and 1 <= value <= most) or key not in self._given:
            return int(value)
        self._refuse(key, _("it must be a whole number from 1 to {most}").format(most=most))
        return default

    def word(self, key: str, default: str) -> str:
        """How the connection is secured."""
        value = self.text(key) or default
        if value not in PORTS:
            self._refuse(key, _("it must be one of {words}").format(words=", ".join(PORTS)))
        return value

    def host(self, key: str) -> str:
        """The name or address of a server."""
        value = self.text(key)
        if not (value.isascii() and len(value) <= LONGEST_HOST and all(c.isalnum() or c in "-._:" for c in value)):
            self._refuse(key, N_("it must be the name of a server, such as smtp.example.com"))
        return value

    def path(self, key: str) -> Path | None:
        """A path, from the folder of the settings file."""
        value = self.text(key)
        try:
            return self._folder.absolute() / Path(value).expanduser() if value else None
        except RuntimeError:
            self._refuse(key, N_("there is no such home folder"))
            return None

    def sender(self, key: str) -> tuple[str, str]:
        """`sales@example.com`, or `销售部 <sales@example.com>`: the name and the address."""
        value = self.text(key)
        name, bracket, address = value.partition("<") if value.endswith(">") else ("", "", value)
        try:
            plain = addresses.checked(address.removesuffix(">") if bracket else address) if value else ""
            return names.checked(name) if name.strip() else "", plain
        except SalesctlError as error:
            self._refuse(key, sentence(error).rstrip(".。"))
            return "", ""

    def addresses(self, key: str) -> tuple[str, ...]:
        """A list of addresses."""
        value = self._left.pop(key, [])
        try:
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                return tuple(addresses.checked(one) for one in value)
            self._refuse(key, N_("it must be a list of addresses"))
        except SalesctlError as error:
            self._refuse(key, sentence(error).rstrip(".。"))
        return ()

    def expect_sense(self, found: MailSettings) -> None:
        """What is wrong with the table as a whole."""
        plain_login = found.user and found.security == "none" and not _is_here(found.host)
        idle = [key for key in SERVER_KEYS if key in self._given]
        troubles = (
            ("password", "password" in self._left, N_("a password stands in a file of its own: password_file")),
            ("host", not found.host and idle, _("it is missing, and {keys} mean nothing without it")),
            ("folder", found.host and "folder" in self._given, N_("letters go either to the server or to a folder")),
            ("from", found.host and "from" not in self._given, N_("the server wants to know who writes")),
            ("user", found.password_file and not found.user, N_("it is missing, and there is a password for it")),
            ("password_file", found.user and not found.password_file, N_("it is missing, and there is a user")),
            ("security", plain_login, N_("a password is not sent through the net unprotected")),
        )
        for key, is_so, why in troubles:
            if is_so:
                self._left.pop(key, None)
                self._refuse(key, _(why).format(keys=", ".join(idle)))
        for key in self._left:
            self._refuse(shown(key), N_("there is no such setting"))

    def _refuse(self, key: str, why: str) -> None:
        self.faults.append(f"{key}: {_(why)}")


def _is_here(host: str) -> bool:
    """Whether a server runs on this machine."""
    return host in ("localhost", "::1") or host.startswith("127.")
