"""OpenSSH's formats as far as a ledger needs them: an Ed25519 public key, its fingerprint, a detached signature.

What is signed is OpenSSH's SSHSIG (PROTOCOL.sshsig): `ssh-keygen -Y verify` checks ours, and we check its own.
"""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from hashlib import sha256, sha512

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown
from salesctl.record import Record

KIND = "ssh-ed25519"
MAGIC, VERSION = b"SSHSIG", 1
APPROVAL, CHECKPOINT = "approval@salesctl", "checkpoint@salesctl"  # one signature never stands for the other
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
WIDTH = 70  # of a line of armour
DIGESTS = {b"sha512": sha512, b"sha256": sha256}


class NoKey(SalesctlError):
    """What is no Ed25519 public key of OpenSSH."""

    code, status = "key.format", WRONG
    says = N_("{value} is no Ed25519 public key.")
    hint = N_("It is one line like ssh-ed25519 AAAA…; `salesctl key new` makes one, and so does ssh-keygen -t ed25519.")


class PublicKey(Record):
    """An Ed25519 public key."""

    raw: bytes  # 32 of them

    @property
    def blob(self) -> bytes:
        """The key as OpenSSH writes it."""
        return packed(KIND.encode()) + packed(self.raw)

    @property
    def line(self) -> str:
        """The key as it stands in a file, without a comment."""
        return f"{KIND} {b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """What people compare, as `ssh-keygen -l` prints it."""
        return "SHA256:" + b64encode(sha256(self.blob).digest()).decode().rstrip("=")


class Signature(Record):
    """A detached signature: by which key, for which purpose, and the 64 bytes themselves."""

    key: PublicKey
    namespace: str
    digest: str  # sha512 or sha256: of the text, before it is signed
    raw: bytes

    @property
    def blob(self) -> bytes:
        """The signature as OpenSSH writes it."""
        inner = packed(KIND.encode()) + packed(self.raw)
        parts = (self.key.blob, self.namespace.encode(), b"", self.digest.encode(), inner)
        return MAGIC + struct.pack(">I", VERSION) + b"".join(map(packed, parts))

    @property
    def armoured(self) -> str:
        """The signature as a file that `ssh-keygen -Y verify -s` takes."""
        text = b64encode(self.blob).decode()
        return "\n".join((BEGIN, *(text[at : at + WIDTH] for at in range(0, len(text), WIDTH)), END)) + "\n"


def packed(value: bytes) -> bytes:
    """A value with its length before it."""
    return struct.pack(">I", len(value)) + value


def signed_text(text: bytes, namespace: str, digest: str = "sha512") -> bytes:
    """What the key really signs about a text."""
    hashed = DIGESTS[digest.encode()](text).digest()
    return MAGIC + b"".join(map(packed, (namespace.encode(), b"", digest.encode(), hashed)))


def public_key(text: str) -> PublicKey:
    """The key of a line such as `ssh-ed25519 AAAA… comment`.

    Raises:
        NoKey: it is none.
    """
    kind, _, rest = text.strip().partition(" ")
    try:
        blob = b64decode(rest.split()[0], validate=True)
        if kind == KIND:
            return _key_of(blob)
    except (ValueError, IndexError, struct.error):
        pass
    raise NoKey(value=shown(text.strip()[:40]) or "-")


def signature(armoured: str) -> Signature:
    """The signature of an armoured text, wherever in it it stands.

    Raises:
        ValueError: it is none, or by a key of another kind.
    """
    inside = armoured.partition(BEGIN)[2].partition(END)[0]
    return signature_of(b64decode("".join(line.strip().lstrip("> ") for line in inside.split("\n")), validate=True))


def signature_of(blob: bytes) -> Signature:
    """The signature of OpenSSH's bytes.

    Raises:
        ValueError: they are none, or by a key of another kind.
    """
    try:
        if blob[: len(MAGIC)] != MAGIC or struct.unpack(">I", blob[6:10]) != (VERSION,):
            raise ValueError(blob)
        key, namespace, reserved, digest, inner = _parts(blob[10:], 5)
        kind, raw = _parts(inner, 2)
        if reserved or digest not in DIGESTS or kind != KIND.encode() or len(raw) != 64:
            raise ValueError(blob)
        return Signature(_key_of(key), namespace.decode(), digest.decode(), raw)
    except struct.error as error:
        raise ValueError(blob) from error


def is_by(found: Signature, key: PublicKey, text: bytes, namespace: str) -> bool:
    """Whether a signature is this key's, for this purpose, over this text; asks the `cryptography` library."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if found.key != key or found.namespace != namespace:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(found.raw, signed_text(text, namespace, found.digest))
    except InvalidSignature:
        return False
    return True


def _key_of(blob: bytes) -> PublicKey:
    kind, raw = _parts(blob, 2)
    if kind != KIND.encode() or len(raw) != 32:
        raise ValueError(kind)
    return PublicKey(raw)


def _parts(blob: bytes, count: int) -> list[bytes]:
    """That many values, each with its length before it, and nothing after them."""
    found, place = [], 0
    for _part in range(count):
        (length,) = struct.unpack_from(">I", blob, place)
        found.append(blob[place + 4 : place + 4 + length])
        place += 4 + length
    if place != len(blob):
        raise ValueError(blob)
    return found
