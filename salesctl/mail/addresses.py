"""E-mail addresses: what a letter can go to through any server, and nothing else."""

from __future__ import annotations

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import nfkc, shown

LONGEST = 254  # characters of an address, and below of what stands before its @ (RFC 5321, 4.5.3.1)
LONGEST_LOCAL = 64
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


class BadAddress(SalesctlError):
    """Something that is no address, or one that only some servers would take."""

    code, status = "mail.address", WRONG
    says = N_("{value!r} is no e-mail address a letter can go to: {why}.")
    hint = N_("Write it like lin.jing@example.com.")


def checked(text: str) -> str:
    """An address as it is kept; full-width signs are read as their plain form.

    Raises:
        BadAddress: more or less than one @, spaces, hidden characters, letters beyond a to z, too long.
    """
    plain = nfkc(text[: 2 * LONGEST]).strip()
    if why := _trouble(plain):
        raise BadAddress(value=shown(text), why=why)
    return plain


def _trouble(plain: str) -> str:
    """What is wrong with an address; empty where nothing is."""
    import re

    local, _at, domain = plain.partition("@")
    troubles = (
        (not plain.isprintable() or " " in plain, N_("it has spaces or hidden characters")),
        (plain.count("@") != 1, N_("it must have one @")),
        (not plain.isascii(), N_("letters other than a to z are not accepted, because many servers refuse them")),
        (len(plain) > LONGEST, N_("it is longer than 254 characters")),
        (len(local) > LONGEST_LOCAL, N_("it has more than 64 characters before the @")),
        (not re.fullmatch(rf"{ATOM}(?:\.{ATOM})*", local), N_("what stands before the @ is no name of a mailbox")),
        (not re.fullmatch(rf"{LABEL}(?:\.{LABEL})*", domain), N_("what stands behind the @ is no name of a server")),
    )
    return next((why for is_so, why in troubles if is_so), "")
