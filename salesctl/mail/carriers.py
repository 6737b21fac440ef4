"""How a message leaves: through a server, or as a file in a folder."""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING

from salesctl.console.values import clean

if TYPE_CHECKING:
    from pathlib import Path
    from smtplib import SMTP
    from ssl import SSLContext

    from salesctl.mail.settings import MailSettings

LONGEST_WHY = 300


class NotCarried(Exception):
    """A message that did not leave; `is_for_all` where the next one would not leave either."""

    def __init__(self, why: str, *, is_for_all: bool) -> None:
        self.why, self.is_for_all = why, is_for_all
        super().__init__(why)


def by_server(settings: MailSettings, content: bytes, to: list[str]) -> dict[str, str]:
    """Give a message to the server; the addresses it refused, and why. The others got it.

    Raises:
        NotCarried: nobody got it, unless the connection broke between the last byte and the server's answer.
    """
    import smtplib

    password = _password(settings)
    secrets = _spelt(settings.user, password)
    try:
        server = _connected(settings, password)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotCarried(_said(error, secrets), is_for_all=True) from None
    try:
        refused = server.sendmail(settings.sender, to, content)
    except smtplib.SMTPRecipientsRefused as error:
        refused = error.recipients
    except (OSError, smtplib.SMTPException, ValueError) as error:
        is_gone = not isinstance(error, smtplib.SMTPResponseException)
        raise NotCarried(_said(error, secrets), is_for_all=is_gone) from None
    finally:
        with suppress(OSError, smtplib.SMTPException):  # the message has gone, however the farewell ends
            server.quit()
        server.close()
    return {address: _answer(code, text, secrets) for address, (code, text) in refused.items()}


def by_file(settings: MailSettings, content: bytes, name: str) -> Path:
    """Write a message into the folder, for its owner alone; a file of another letter is never written over.

    Raises:
        NotCarried: the folder cannot take it.
    """
    target, half = settings.folder / f"{name}.eml", settings.folder / f".{name}.eml.{os.getpid()}"
    try:
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists() and target.read_bytes().partition(b"\r\n")[0] != content.partition(b"\r\n")[0]:  # its id
            raise NotCarried(f"{target}: another letter has this name already", is_for_all=False)
        with suppress(FileNotFoundError):
            half.unlink()
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise NotCarried(f"{target}: {error.strerror or error}", is_for_all=True) from None
    return target


def _connected(settings: MailSettings, password: str) -> SMTP:
    """A server that is ready for a message: reached, protected, and told who we are."""
    import smtplib

    host, port, timeout = settings.host, settings.port, settings.timeout
    is_tls = settings.security == "tls"
    server = (
        smtplib.SMTP_SSL(host, port, timeout=timeout, context=_trust(settings))
        if is_tls
        else smtplib.SMTP(host, port, timeout=timeout)
    )
    try:
        if settings.security == "starttls":
            server.starttls(context=_trust(settings))
        if settings.user:
            server.login(settings.user, password)
    except BaseException:
        server.close()
        raise
    return server


def _trust(settings: MailSettings) -> SSLContext:
    """Servers whose certificate and name are proven; nothing else is spoken to."""
    import ssl

    context = ssl.create_default_context()
    if settings.ca_file:
        try:
            context.load_verify_locations(settings.ca_file)
        except OSError as error:
            why = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
            raise NotCarried(f"{settings.ca_file}: {why}", is_for_all=True) from None
    return context


def _password(settings: MailSettings) -> str:
    if settings.password_file is None:
        return ""
    try:
        return settings.password_file.read_text("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise NotCarried(f"{settings.password_file}: {why}", is_for_all=True) from None


def _said(error: Exception, secrets: tuple[str, ...]) -> str:
    """What went wrong, as the server or the system says it."""
    import smtplib

    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error, secrets)
    if isinstance(error, UnicodeError):
        return "user and password must be written in plain letters, digits and signs"
    said = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error) or type(error).__name__
    return _plain(str(said), secrets)


def _answer(code: int, text: bytes | str, secrets: tuple[str, ...]) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return _plain(f"{code} {said}", secrets)


def _plain(text: str, secrets: tuple[str, ...]) -> str:
    """One line without anything a server could echo of the password."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return " ".join(clean(text).split())[:LONGEST_WHY]


def _spelt(user: str, password: str) -> tuple[str, ...]:
    """A password as it may stand in what is sent: as it is, and in the forms of AUTH LOGIN and AUTH PLAIN."""
    if not password:
        return ()
    return password, *(b64encode(text.encode()).decode() for text in (password, f"\0{user}\0{password}"))
