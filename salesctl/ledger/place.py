"""Where a ledger is: a file of this machine, or a database of a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

from salesctl.errors import N_, Invalid
from salesctl.policy.units import shown

SCHEMES = ("postgresql://", "postgres://")


class Address:
    """A PostgreSQL database by its URL; shown without the password."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        scheme, rest = self.url.split("://", 1)
        login, at, place = rest.rpartition("@")
        plain = place.partition("?")[0]  # a password may stand among the parameters too
        return f"{scheme}://{login.partition(':')[0]}{at}{plain}"

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
    return Address(text) if text.startswith(SCHEMES) else file_of(text)


def file_of(named: str | Path, example: str = "~/sales/ledger.db") -> Path:
    """The file a person named, `~` being a home folder.

    Raises:
        Invalid: it is in the home folder of somebody who is not there.
    """
    try:
        return Path(named).expanduser()
    except RuntimeError:
        raise Invalid(value=shown(str(named)), what=N_("a path"), example=example) from None
