"""A signed checkpoint says who noted it; an auditor proves a decision with stock tools alone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.keys.conftest import enter, openssh
from tests.keys.test_signed import LATER, findings, signing_office

__all__ = ["signing_office"]
PERSON_PURPOSE_TIME = (("P002", "P003"), ("approval@", "checkpoint@"), ("=2012", "=2013"), ("=2012", "=2011"))
NEEDS_SSH = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here")


def said(office: Office, line: str) -> str:
    """What a verification says, whatever it finds."""
    answer = office.run(f"ledger verify {line}", now=LATER)
    assert answer.status in (0, 5), answer
    return answer.err


@NEEDS_SSH
def test_an_auditor_proves_a_decision_with_stock_tools(signing_office: Office) -> None:
    """Anchor 3: `ssh-keygen -Y verify` with the text, the signature and the allowed signers we print."""
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    signing_office.do("key revoke K-3 --reason 离职 --as gm --key gm.key", now=LATER)
    seq = signing_office.ask("ledger history A-1 --last 1")[0]["seq"]
    proof = signing_office.folder / "proof"
    proof.mkdir()
    command = signing_office.do(f"key signature #{seq} --to proof").err.strip()
    done = subprocess.run(command, shell=True, cwd=signing_office.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert 'Good "approval@salesctl" signature for P002' in done.stdout
    text = proof / f"entry-{seq}.txt"
    assert 'decision "granted"' in text.read_text()
    check = command.partition("&& ")[2]
    for right, other in PERSON_PURPOSE_TIME:
        wrong = check.replace(right, other)
        assert subprocess.run(wrong, shell=True, cwd=proof, capture_output=True).returncode != 0, wrong
    text.write_text(text.read_text().replace("granted", "rejected"))
    assert subprocess.run(check, shell=True, cwd=proof, capture_output=True).returncode != 0
    shown = signing_office.ask(f"key signature {seq}")
    assert shown["text"][0] == "salesctl-approval-v1"
    assert signing_office.run("key signature #1").code == "key.not-signed"
    assert signing_office.run("key signature nothing").code == "key.not-signed"


@NEEDS_SSH
def test_a_checkpoint_is_signed_and_stock_tools_check_it(keyed: Office) -> None:
    enter(keyed, "gm", "han")
    keyed.do("ledger checkpoint --sign --key gm.key -o note.txt")
    keyed.do("key allowed-signers -o allowed")
    check = ("-Y", "verify", "-f", "allowed", "-I", "P001", "-s", "note.txt.sig", "-n")
    note = (keyed.folder / "note.txt").read_bytes()
    assert openssh(keyed.folder, *check, "checkpoint@salesctl", text=note).returncode == 0
    assert openssh(keyed.folder, *check, "approval@salesctl", text=note).returncode != 0
    assert keyed.run("ledger checkpoint --sign --key gm.key -f json").status == 2
    assert "note.txt is signed by P001 沈国栋 (SHA256:" in said(keyed, "--against note.txt note.txt.sig")


@NEEDS_SSH
def test_a_note_signed_by_stock_tools_counts(keyed: Office) -> None:
    """An outsider signs what he was given with a key of his own, which a file of his names."""
    keyed.do("ledger checkpoint -o note.txt")
    openssh(keyed.folder, "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "auditor")
    signed = openssh(keyed.folder, "-Y", "sign", "-n", "checkpoint@salesctl", "-f", "auditor", "note.txt")
    assert signed.returncode == 0, signed.stderr
    assert "nobody here vouches for" in said(keyed, "note.txt")
    public = (keyed.folder / "auditor.pub").read_text().strip()
    (keyed.folder / "allowed").write_text(f'# ours\nauditor@example.com namespaces="checkpoint@salesctl" {public}\n')
    assert "signed by auditor@example.com" in said(keyed, "note.txt --allowed-signers allowed")
    (keyed.folder / "allowed").write_text(f'auditor@example.com namespaces="git" {public}\n')
    assert keyed.run("ledger verify note.txt --allowed-signers allowed").code == "key.no-signers"


def test_a_letter_carries_note_and_signature_and_may_be_quoted(keyed: Office) -> None:
    enter(keyed, "gm", "han")
    text = keyed.do("ledger checkpoint --sign --key gm.key").out
    letter, quoted = keyed.folder / "letter.txt", keyed.folder / "quoted.txt"
    letter.write_text(f"Dear auditor,\n\n{text}\nRegards\n")
    quoted.write_text("".join(f"> {line}\n" for line in letter.read_text().splitlines()))
    told = said(keyed, "letter.txt quoted.txt")
    assert told.count("is signed by P001 沈国栋") == 2
    letter.write_text(letter.read_text().replace("requests-open 0", "requests-open 7"))
    assert "letter.txt: its signature does not fit what it says" in said(keyed, "letter.txt")
    letter.write_text(letter.read_text().replace("U1NIU0lH", "U1NIU0lI"))
    assert "letter.txt: its signature cannot be read" in said(keyed, "letter.txt")


def test_every_signed_note_of_a_file_is_vouched_for(keyed: Office) -> None:
    """`ledger checkpoint --sign >> notes.txt`, and one without a signature between them."""
    enter(keyed, "gm", "han")
    lines = ("--sign --key gm.key", "", "--sign --key gm.key")
    texts = [keyed.do(f"ledger checkpoint {line}").out for line in lines]
    (keyed.folder / "notes.txt").write_text("".join(texts))
    told = said(keyed, "notes.txt")
    assert (told.count("is signed by P001"), "Checkpoints and receipt lines compared: 3," in told) == (2, True)


def test_a_note_made_with_a_revoked_key_is_found(keyed: Office) -> None:
    enter(keyed, "gm", "han")
    keyed.do("ledger checkpoint --sign --key gm.key -o before.txt")
    keyed.do("key revoke K-1 --reason 丢失 --as gm", now="2012-05-08T12:00")
    keyed.do("ledger checkpoint --sign --key gm.key -o after.txt", now=LATER)
    assert "before.txt is signed by" in said(keyed, "before.txt")
    assert "P001 沈国栋: is signed with a key that was revoked before" in said(keyed, "after.txt")


def test_a_key_known_outside_and_gone_from_the_ledger_is_found(keyed: Office) -> None:
    """Whoever writes a whole history anew has to leave the keys of others out of it."""
    enter(keyed, "gm", "han")
    keyed.do("key allowed-signers -o allowed")
    assert said(keyed, "--allowed-signers allowed").count("  -  ") == 0
    with (keyed.folder / "allowed").open("a") as file:
        file.write(f"P002 {(keyed.folder / 'zhou.key.pub').read_text()}")
    assert "P002: a key this file names as theirs is not in the ledger" in said(keyed, "--allowed-signers allowed")


@pytest.mark.file
def test_the_weekly_letter_is_signed_where_a_key_is_configured(keyed: Office) -> None:
    """Anchor 2: signed by a machine's own key without a passphrase; where none opens it goes unsigned, and says so."""
    enter(keyed, "gm", "han")
    settings = keyed.folder / "salesctl.toml"
    settings.write_text('[mail]\ncheckpoint_to = ["auditor@example.com"]\ncheckpoint_key = "gm.key"\n')
    keyed.do("check --mail")
    (letter,) = Path(keyed.folder / "outgoing").iterdir()
    kept = keyed.folder / "kept.txt"
    from email import message_from_bytes, policy

    kept.write_text(message_from_bytes(letter.read_bytes(), policy=policy.default).get_body().get_content())  # type: ignore[union-attr]
    assert "kept.txt is signed by P001 沈国栋" in said(keyed, "kept.txt")
    letter.unlink()
    settings.write_text('[mail]\ncheckpoint_to = ["auditor@example.com"]\ncheckpoint_key = "none.key"\n')
    told = keyed.do("check --mail", now="2012-05-16T09:00").err
    assert "The checkpoint is not signed: There is no usable key" in told
    (letter,) = Path(keyed.folder / "outgoing").iterdir()
    assert b"BEGIN SSH" not in letter.read_bytes()


@NEEDS_SSH
@pytest.mark.skipif(shutil.which("ssh-agent") is None, reason="no ssh-agent here")
def test_a_key_in_an_agent_signs_without_its_file(signing_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--key FILE.pub`: `ssh-keygen -Y sign` asks the agent, and so any token it speaks for."""
    folder = signing_office.folder
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(folder / "a")], stdout=subprocess.PIPE)
    try:
        assert agent.stdout is not None
        agent.stdout.readline()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(folder / "a"))
        subprocess.run(["ssh-add", "-q", "zhou.key"], cwd=folder, check=True, capture_output=True)
        (folder / "zhou.key").unlink()
        signing_office.do("approve grant A-1 --as zhou --key zhou.key.pub")
        subprocess.run(["ssh-add", "-q", "-D"], cwd=folder, check=True, capture_output=True)
        said = signing_office.run("approve execute A-1 --as zhou --key zhou.key.pub")
        assert said.code in ("key.agent", "approve.by-payment"), said
    finally:
        agent.terminate()
        agent.wait()
    assert findings(signing_office) == []
