"""Keys are made by everybody for themselves, vouched for by a second person, and taken away at once (K-12)."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from salesctl.keys.rules import Voucher, may_approve, may_revoke
from salesctl.ledger import keyfile, sshsig
from tests.conftest import Office
from tests.keys.conftest import enter, openssh

NEEDS_SSH = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here")


def test_a_new_key_is_its_owners_alone(tmp_path: Path, office: Office) -> None:
    """P31: 0600 from its first byte, whatever the umask; never over another file."""
    before = os.umask(0)
    try:
        made = office.ask("key new --no-passphrase --file mine")
    finally:
        os.umask(before)
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600
    assert made["fingerprint"].startswith("SHA256:")
    assert office.run("key new --no-passphrase --file mine").code == "key.exists"
    (tmp_path / "mine").unlink()
    assert office.run("key new --no-passphrase --file mine").code == "key.exists", "its .pub is there"
    for folder in ("/", ".", "''"):
        assert office.run(f"key new --no-passphrase --file {folder}").code == "key.exists", folder
    assert not (tmp_path / "mine").exists()


def test_a_key_needs_no_ledger_and_has_a_usual_place(tmp_path: Path, office: Office) -> None:
    office.do("key new --no-passphrase --ledger /nowhere/at/all.db")
    usual = tmp_path / "config" / "salesctl" / "key"
    assert usual.stat().st_mode & 0o777 == 0o600
    assert usual.parent.stat().st_mode & 0o777 == 0o700
    office.do("key new --no-passphrase --dry-run --file other")
    assert not (tmp_path / "other").exists()


def test_nobody_there_means_no_passphrase_was_chosen(office: Office) -> None:
    assert office.run("key new").code == "key.no-passphrase"


@NEEDS_SSH
def test_openssh_reads_our_keys_and_we_read_its(tmp_path: Path, office: Office) -> None:
    ours = office.ask("key new --no-passphrase --file ours")["fingerprint"]
    assert ours in openssh(tmp_path, "-l", "-f", "ours").stdout.decode()
    made = openssh(tmp_path, "-q", "-t", "ed25519", "-N", "", "-C", "lin@desk", "-f", "theirs")
    assert made.returncode == 0, made.stderr
    told = office.ask("key register lin theirs.pub --as lin")["fingerprint"]
    assert told in openssh(tmp_path, "-l", "-f", "theirs").stdout.decode()
    text = b"what is decided\n"
    by_them = openssh(tmp_path, "-Y", "sign", "-n", sshsig.APPROVAL, "-f", "theirs", text=text).stdout.decode()
    found, key = sshsig.signature(by_them), sshsig.public_key((tmp_path / "theirs.pub").read_text())
    assert sshsig.is_by(found, key, text, sshsig.APPROVAL)
    assert found.armoured == by_them, "one spelling"
    assert not sshsig.is_by(found, key, text + b" ", sshsig.APPROVAL)
    assert not sshsig.is_by(found, key, text, sshsig.CHECKPOINT)
    signer = keyfile.opened(tmp_path / "theirs", lambda path: "")
    (tmp_path / "text.sig").write_text(signer.sign(text, sshsig.CHECKPOINT).armoured)
    (tmp_path / "allowed").write_text(f"lin {key.line}\n")
    check = ("-Y", "verify", "-f", "allowed", "-I", "lin", "-s", "text.sig", "-n")
    assert openssh(tmp_path, *check, sshsig.CHECKPOINT, text=text).returncode == 0
    assert openssh(tmp_path, *check, sshsig.APPROVAL, text=text).returncode != 0
    assert openssh(tmp_path, *check, sshsig.CHECKPOINT, text=text + b"x").returncode != 0


@pytest.mark.parametrize("passphrase", ["correct horse battery", "密码 很长很长的"])
def test_a_passphrase_opens_its_key_and_no_other_does(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "locked"
    made = keyfile.make(path, passphrase)
    assert keyfile.opened(path, lambda _path: passphrase).key == made
    with pytest.raises(keyfile.WrongPassphrase):
        keyfile.opened(path, lambda _path: passphrase + "x")
    with pytest.raises(keyfile.WrongPassphrase):
        keyfile.opened(path, lambda _path: "")


@NEEDS_SSH
def test_openssh_opens_a_key_that_has_our_passphrase(tmp_path: Path) -> None:
    made = keyfile.make(tmp_path / "locked", "correct horse battery")
    told = openssh(tmp_path, "-y", "-P", "correct horse battery", "-f", "locked").stdout.decode()
    assert sshsig.public_key(told) == made


def test_what_is_no_key_is_refused_in_one_sentence(tmp_path: Path, office: Office) -> None:
    for text in ("", "ssh-rsa AAAAB3NzaC1yc2E=", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-ed25519 AAAA", "\x00\x1b[31m"):
        (tmp_path / "no.pub").write_text(text)
        assert office.run("key register lin no.pub --as lin").code == "key.format", text
    (tmp_path / "no.pub").write_bytes(b"\xff\xfe" * 10_000)
    assert office.run("key register lin no.pub --as lin").code == "key.file"
    assert office.run("key register lin missing.pub --as lin").code == "key.file"


def test_a_key_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "open"
    keyfile.make(path, "")
    path.chmod(0o640)
    with pytest.raises(keyfile.Readable):
        keyfile.opened(path, lambda _path: "")


def test_a_key_is_a_proposal_until_a_second_person_vouches_for_it(keyed: Office) -> None:
    """Matrix, row key: A is neither the owner nor who registered it, and administers staff."""
    keyed.do("key register gm gm.key.pub --as gm")
    assert keyed.ask("key list")[0]["state"] == "proposed"
    assert keyed.run("key approve K-1 --as gm").status == 7
    assert keyed.run("key approve K-1 --as zhou").status == 7, "there is a second administrator"
    keyed.do("key approve K-1 --as han")
    shown = keyed.ask("key show K-1")
    assert (shown["state"], shown["approved_by"], shown["approved_on"]) == ("approved", "P006 韩松", "2012-05-08")
    assert keyed.run("key approve K-1 --as han").code == "key.decided"
    keyed.do("key register zhou zhou.key.pub --as han")
    refused = keyed.run("key approve K-2 --as han")
    assert (refused.status, refused.code) == (7, "key.refused")
    assert "registered" in refused.err
    keyed.do("key approve K-2 --as gm")
    assert keyed.do("ledger verify").status == 0


def test_where_there_is_no_second_administrator_a_director_vouches(office: Office) -> None:
    office.do("key new --no-passphrase --file gm.key")
    office.do("key register gm gm.key.pub --as gm")
    assert office.run("key approve 1 --as lin").status == 7
    office.do("key approve 1 --as zhou")


def test_a_key_is_one_persons_for_ever(keyed: Office) -> None:
    keyed.do("key register lin lin.key.pub --as lin")
    assert keyed.run("key register chen lin.key.pub --as chen").code == "key.taken"
    assert keyed.run("key register lin lin.key.pub --as lin").code == "key.taken"
    keyed.do("key revoke K-1 --reason lost --as lin")
    assert keyed.run("key register lin lin.key.pub --as lin").code == "key.taken"
    assert keyed.run("key approve K-1 --as gm").code == "key.decided"
    assert keyed.run("key register chen chen.key.pub --as lin").code == "key.not-theirs"


def test_the_owner_or_an_administrator_takes_a_key_away_at_once(keyed: Office) -> None:
    for name in ("lin", "chen", "zhou"):
        keyed.do(f"key register {name} {name}.key.pub --as {name}")
    keyed.do("key approve K-1 --as gm")
    assert keyed.run("key revoke K-1 --reason x --as chen").status == 7
    keyed.do("key revoke K-1 --reason 丢了 --as lin")
    keyed.do("key revoke K-2 --reason 离职 --as han")
    assert [one["state"] for one in keyed.ask("key list --all")] == ["revoked", "revoked", "proposed"]
    assert [one["number"] for one in keyed.ask("key list")] == ["K-3"]
    assert keyed.ask("key show K-1")["reason"] == "丢了"


def test_auditors_get_a_file_of_allowed_signers(keyed: Office) -> None:
    enter(keyed, "lin", "gm")
    enter(keyed, "chen", "gm")
    keyed.do("key register zhou zhou.key.pub --as zhou")
    keyed.do("key revoke K-2 --reason x --as chen", now="2012-06-01T09:00")
    first, second = keyed.do("key allowed-signers").out.splitlines()
    assert first.startswith(
        'P003 namespaces="approval@salesctl,checkpoint@salesctl",valid-after="20120508010000Z" ssh-'
    )
    assert 'valid-before="20120601010000Z"' in second


def test_without_the_library_one_sentence_says_what_to_install(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "find_spec", lambda name: None if name == "bcrypt" else find_spec(name))
    said = office.run("key new --no-passphrase --file k")
    assert said.code == "key.library"
    assert "salesctl[sign]" in said.err


def test_nothing_else_loads_the_library() -> None:
    """A command that signs nothing starts as fast as before."""
    import subprocess
    import sys

    asked = "import sys, salesctl.app, salesctl.keys.cli, salesctl.ledger.keyfile; print('cryptography' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True).strip() == "False"


@pytest.mark.parametrize(
    ("who", "may"),
    [(Voucher(1, "hr", is_closed=False, owner_id=2, registrar_id=3, others=1), True),
     (Voucher(1, "hr", is_closed=True, owner_id=2, registrar_id=3, others=1), False),
     (Voucher(1, "account_director", is_closed=False, owner_id=2, registrar_id=3, others=1), False),
     (Voucher(1, "account_director", is_closed=False, owner_id=2, registrar_id=3, others=0), True),
     (Voucher(1, "account_manager", is_closed=False, owner_id=2, registrar_id=3, others=0), False),
     (Voucher(1, "general_manager", is_closed=False, owner_id=1, registrar_id=3, others=0), False),
     (Voucher(1, "general_manager", is_closed=False, owner_id=2, registrar_id=1, others=0), False)],
)  # fmt: skip
def test_who_vouches(who: Voucher, may: bool) -> None:
    answer = may_approve(who)
    assert (answer.value == "approved") is may
    assert answer.clauses == ("K-12",)
    is_able = who.grade == "general_manager" or (who.grade == "hr" and not who.is_closed)
    assert may_revoke(who).value == ("revoked" if is_able else "refused")
