"""A person's own key: made, opened, used to sign. The library is loaded here and nowhere before."""

from __future__ import annotations

import os
import stat
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, STORAGE, WRONG, SalesctlError
from salesctl.ledger.sshsig import PublicKey, Signature, public_key, signature, signed_text
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 16 * 1024
PATIENCE = 120  # seconds for whoever must touch a token
LONGEST = 200  # characters of a path in a message


class NoLibrary(SalesctlError):
    """Signing needs two libraries that are not installed."""

    code, status = "key.library", WRONG
    says = N_("Signatures need the libraries cryptography and bcrypt, and they are not installed.")
    hint = N_("Install them: pip install 'salesctl[sign]'")


class NoKeyFile(SalesctlError):
    """There is no key where one is looked for, or it is no key."""

    code, status = "key.file", WRONG
    says = N_("There is no usable key at {path}: {why}.")
    hint = N_("Make one with `salesctl key new`, or name yours: --key FILE, SALESCTL_KEY, or key in salesctl.toml.")


class KeyExists(SalesctlError):
    """A key is never written over another file."""

    code, status = "key.exists", STORAGE
    says = N_("There is a file at {path} already; no key was made.")
    hint = N_("Name another with --file; a key that was written over could never sign again.")


class Readable(SalesctlError):
    """A key that others may read is nobody's own."""

    code, status = "key.readable", WRONG
    says = N_("Others may read the key {path} (mode {mode}).")
    hint = N_("chmod 600 {path}; if somebody may have copied it, revoke it and make another.")


class WrongPassphrase(SalesctlError):
    """The passphrase does not open the key."""

    code, status = "key.passphrase", WRONG
    says = N_("That passphrase does not open {path}; nothing was written.")
    hint = N_("Try again; a forgotten one cannot be found out: then revoke the key and make another.")


class NotSigned(SalesctlError):
    """The agent, or whoever holds the token, did not sign."""

    code, status = "key.agent", WRONG
    says = N_("ssh-keygen did not sign with {path}: {why}.")
    hint = N_("Put the key into the agent (ssh-add), or name the file of the private key.")


class Signer:
    """A key that is ready to sign: opened in memory, or held by an agent that `ssh-keygen` asks."""

    def __init__(self, key: PublicKey, path: Path, private: Any = None, *, was_asked: bool = False) -> None:
        self.key, self.path, self._private = key, path, private
        self.was_asked = was_asked  # whether somebody typed a passphrase, and time went by

    @property
    def is_open(self) -> bool:
        """Whether it signs without asking anybody."""
        return self._private is not None

    def sign(self, text: bytes, namespace: str) -> Signature:
        """Sign a text for a purpose."""
        if self._private is None:
            return self._by_agent(text, namespace)
        return Signature(self.key, namespace, "sha512", self._private.sign(signed_text(text, namespace)))

    def _by_agent(self, text: bytes, namespace: str) -> Signature:
        import subprocess

        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(self.path)]
        try:
            done = subprocess.run(command, input=text, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
            if done.returncode == 0:
                return signature(done.stdout.decode())
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            why = [str(error)]
        raise NotSigned(path=shown(self.path, LONGEST), why=shown(why[-1].rstrip(".")) if why else "-")


def expect_library() -> None:
    """Refuse to go on without what signing needs.

    Raises:
        NoLibrary: it is not installed.
    """
    if not is_installed():
        raise NoLibrary


def is_installed() -> bool:
    """Whether the libraries of the extra `sign` are here."""
    return all(find_spec(name) for name in ("cryptography", "bcrypt"))


def make(path: Path, passphrase: str) -> PublicKey:
    """Make a key pair: `path`, which only its owner may read, and `path.pub`; an empty passphrase leaves it open.

    Raises:
        KeyExists: one of the files is there.
    """
    expect_library()
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    expect_free(path)
    private = Ed25519PrivateKey.generate()
    lock = form.BestAvailableEncryption(passphrase.encode()) if passphrase else form.NoEncryption()
    key = _public(private)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keep(path, private.private_bytes(form.Encoding.PEM, form.PrivateFormat.OpenSSH, lock), 0o600)
    _keep(Path(f"{path}.pub"), f"{key.line} salesctl\n".encode(), 0o644)
    return key


def expect_free(path: Path) -> None:
    """Refuse to make a key where a file is.

    Raises:
        KeyExists: the key or its public half is there.
    """
    for file in (path, Path(f"{path}.pub")):
        if file.exists():
            raise KeyExists(path=shown(file, LONGEST))


def opened(path: Path, ask: Callable[[Path], str]) -> Signer:
    """The key of a file; of a `.pub`, the one an agent or a token holds.

    Args:
        path: the private key, or the public one whose private half an agent has.
        ask: asks for a passphrase, where the key has one.

    Raises:
        NoLibrary: the extra is not installed.
        NoKeyFile: there is none, or of another kind.
        Readable: others may read it.
        WrongPassphrase: it does not open.
    """
    expect_library()
    content = read(path)
    if path.suffix == ".pub":
        return Signer(public_key(content.decode("utf-8", "replace")), path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise Readable(path=shown(path, LONGEST), mode=f"{mode:04o}")
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    was_asked = False
    try:
        try:
            private = load_ssh_private_key(content, None)
        except TypeError:  # it has a passphrase
            was_asked, passphrase = True, ask(path)
            try:
                private = load_ssh_private_key(content, passphrase.encode())
            except (TypeError, ValueError) as error:
                raise WrongPassphrase(path=shown(path, LONGEST)) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NoKeyFile(path=shown(path, LONGEST), why=N_("it is no private key of OpenSSH")) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKeyFile(path=shown(path, LONGEST), why=N_("it is not an Ed25519 key"))
    return Signer(_public(private), path, private, was_asked=was_asked)


def read(path: Path) -> bytes:
    """What is in a file of a key.

    Raises:
        NoKeyFile: it cannot be read, or is too large to be one.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NoKeyFile(path=shown(path, LONGEST), why=error.strerror or str(error)) from error
    if len(content) > MOST_BYTES:
        raise NoKeyFile(path=shown(path, LONGEST), why=N_("it is too large to be a key"))
    return content


def _public(private: Any) -> PublicKey:
    return PublicKey(private.public_key().public_bytes_raw())


def _keep(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there, readable by whom it is meant for from its first byte."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    except FileExistsError as error:
        raise KeyExists(path=shown(path, LONGEST)) from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
