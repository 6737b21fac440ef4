"""Where a ledger is: a file of this machine, or a database of a PostgreSQL server."""

from __future__ import annotations

import re
from pathlib import Path

from salesctl.errors import N_, Invalid
from salesctl.policy.units import shown

URL = re.compile(r"\s*(postgres(?:ql)?):/{1,2}(.*)", re.IGNORECASE | re.DOTALL)  # however the scheme is typed
PASSWORD = re.compile(r"[?&](?:ssl)?password=([^&]*)")
SHORTEST = 2  # characters of a piece of a password that may be looked for in a text


class Address:
    """A PostgreSQL database by its URL; shown without the password."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        scheme, rest = self.url.split("://", 1)
        login, at, place = rest.rpartition("@")
        plain = place.partition("?")[0]  # a password may stand among the parameters too
        return f"{scheme}://{login.partition(':')[0]}{at}{plain}"

    def without_password(self, text: str) -> str:
        """What a driver says of this address; it may quote all of it, or what stands behind an @ in the password."""
        login, _at, _place = self.url.split("://", 1)[1].rpartition("@")
        secrets = [login.partition(":")[2], *PASSWORD.findall(self.url)]
        pieces = [*secrets, *(piece for secret in secrets for piece in secret.split("@"))]
        for piece in sorted(pieces, key=len, reverse=True):
            text = text.replace(piece, "***") if len(piece) >= SHORTEST else text
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self.url == other.url

    def __hash__(self) -> int:
        return hash(self.url)


Place = Path | Address


def place_of(text: str) -> Place:
    """The place a person named.

    Raises:
        Invalid: it is in the home folder of somebody who is not there.
    """
    url = URL.fullmatch(text)
    return Address(f"{url[1].lower()}://{url[2]}") if url else file_of(text)


def file_of(named: str | Path, example: str = "~/sales/ledger.db") -> Path:
    """The file a person named, `~` being a home folder.

    Raises:
        Invalid: it is in the home folder of somebody who is not there.
    """
    try:
        return Path(named).expanduser()
    except RuntimeError:
        raise Invalid(value=shown(str(named)), what=N_("a path"), example=example) from None
