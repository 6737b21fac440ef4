"""Who signs with which key, as OpenSSH's file of allowed signers says it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from salesctl.ledger.sshsig import APPROVAL, CHECKPOINT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from salesctl.keys.actions import Held


def allowed(keys: Iterable[Held]) -> str:
    """A line for each key that is or was approved: the person's code, for what, from when until when, the key."""
    lines = []
    for one in keys:
        key = one.key
        if key.approved_at is None:
            continue
        said = [f'namespaces="{APPROVAL},{CHECKPOINT}"', f'valid-after="{_moment(key.approved_at)}"']
        if key.revoked_at is not None:
            said.append(f'valid-before="{_moment(key.revoked_at)}"')
        lines.append(f"{_principal(one.owner.code)} {','.join(said)} {key.public} {key.number}\n")
    return "".join(lines)


def _principal(code: str) -> str:
    """A person's code as OpenSSH takes it: one with a space stands in quotes, and no sign of a pattern is one."""
    plain = "".join(f"_{ord(sign):x}_" if sign in '"*?!,' else sign for sign in code)
    return f'"{plain}"' if " " in plain else plain


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
