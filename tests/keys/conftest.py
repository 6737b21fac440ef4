"""A department with two people who administer it, and a key for each who decides."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Office

DAY = "2012-05-08T09:00"


@pytest.fixture
def keyed(office: Office) -> Office:
    """The usual office with a second administrator, 韩松 (han), and five key files that nobody knows."""
    office.do("people add 韩松 --grade hr --alias han --regime A --from 2012-03-01 --as gm", now="2012-03-01T09:00")
    for name in ("gm", "zhou", "lin", "han", "chen"):
        office.do(f"key new --file {name}.key --no-passphrase")
    return office


def enter(office: Office, name: str, by: str, *, now: str = DAY) -> str:
    """Have somebody's key registered by themselves and approved by somebody else; its number."""
    signed = f"--key {by}.key"
    number = office.ask(f"key register {name} {name}.key.pub --as {name}", now=now)["number"]
    office.do(f"key approve {number} --as {by} {signed}", now=now)
    return str(number)


def openssh(folder: Path, *words: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What the stock tool says."""
    return subprocess.run(["ssh-keygen", *words], cwd=folder, input=text, capture_output=True)
