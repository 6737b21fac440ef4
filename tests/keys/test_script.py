"""The script that needs nothing but Python checks signatures too, and agrees with the program."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import salesctl
from salesctl.ledger import keyfile, sshsig
from tests.conftest import Office
from tests.keys.test_signed import LATER, bodies, forging, rewritten, signing_office

__all__ = ["signing_office"]
SCRIPT = Path(salesctl.__file__).parent / "help" / "verify_ledger.py"
FITS = runpy.run_path(str(SCRIPT))["fits"]


def checked(*words: object) -> subprocess.CompletedProcess[str]:
    """What the script says, with the standard library alone."""
    return subprocess.run([sys.executable, "-I", "-S", str(SCRIPT), *map(str, words)], capture_output=True, text=True)


@pytest.mark.file
def test_it_checks_the_signatures_of_entries(signing_office: Office) -> None:
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    done = checked(signing_office.ledger)
    assert (done.returncode, "2 of them signed" in done.stdout) == (0, True), done.stdout
    entries = bodies(signing_office)
    signed = entries[-1]
    for wrong in ({**signed, "about": "A-2"}, {**signed, "actor": "P001"},
                  {**signed, "signature": {**signed["signature"], "made": "AAAA"}},
                  {**signed, "signature": {**signed["signature"], "seen": [3, "0" * 64]}},
                  {**signed, "signature": {"key": "x"}}):  # fmt: skip
        rewritten(signing_office, [*entries[:-1], wrong])
        told = checked(signing_office.ledger)
        assert (told.returncode, "its signature" in told.stdout) == (5, True), (wrong, told)
    rewritten(signing_office, [json.loads(json.dumps(one).replace("18600000", "18600001")) for one in entries])
    assert checked(signing_office.ledger).stdout.count("its signature does not fit") == 2


@pytest.mark.file
def test_whose_a_key_is_never_changes(signing_office: Office) -> None:
    """Neither by an entry that somebody signed, nor by one that nobody had to sign; nor who a code means."""
    forged = forging(signing_office)
    for table, columns, image in (
        ("signing_key", ["id", "public", "fingerprint"], [1, "x", "y"]),
        ("signing_key", ["id", "person_id"], [4, 1]),
        ("signing_key", ["id", "approved_by_id"], [1, None]),
        ("person", ["id", "code"], [3, "P001"]),
    ):
        *before, last = forged("key.register", "K-1", [["amend", table, columns, [image]]])
        bare = {name: value for name, value in last.items() if name != "signature"}
        for entry in (last, bare):
            rewritten(signing_office, [*before, entry])
            told = checked(signing_office.ledger)
            assert (told.returncode, "stays as it was entered" in told.stdout) == (5, True), (columns, told)


@pytest.mark.file
def test_it_checks_signed_notes(signing_office: Office) -> None:
    signing_office.do("ledger checkpoint --sign --key gm.key -o note.txt")
    signing_office.do("key allowed-signers -o allowed")
    assert "note.txt is signed by P001" in checked(signing_office.ledger, "note.txt").stdout
    both = checked(signing_office.ledger, "note.txt", "--allowed-signers", "allowed")
    assert (both.returncode, both.stderr) == (0, "")
    note = Path("note.txt")
    note.write_text(note.read_text().replace("requests-open 1", "requests-open 0"))
    assert checked(signing_office.ledger, "note.txt").returncode == 5
    signing_office.do("key revoke K-1 --reason x --as han --key han.key")
    signing_office.do("ledger checkpoint --sign --key gm.key -o late.txt", now=LATER)
    assert "nobody here vouched for then" in checked(signing_office.ledger, "late.txt").stdout


@given(text=some.binary(max_size=300), flip=some.integers(0, 511), which=some.sampled_from(["text", "key", "made"]))
def test_its_arithmetic_says_what_the_library_says(
    tmp_path_factory: pytest.TempPathFactory, text: bytes, flip: int, which: str
) -> None:
    """RFC 8032: a signature fits; with one bit of it, of the key or of the text changed it does not."""
    path = tmp_path_factory.getbasetemp() / "script.key"
    if not path.exists():
        keyfile.make(path, "")
    signer = keyfile.opened(path, lambda _path: "")
    made = signer.sign(text, sshsig.APPROVAL)
    told = {"text": text, "key": signer.key.raw, "made": made.raw}
    assert FITS(told["key"], told["made"], told["text"], sshsig.APPROVAL, "sha512")
    assert not FITS(told["key"], told["made"], told["text"], sshsig.CHECKPOINT, "sha512")
    if told[which]:
        place = flip % (8 * len(told[which]))
        changed = bytearray(told[which])
        changed[place // 8] ^= 1 << place % 8
        told[which] = bytes(changed)
        assert not FITS(told["key"], told["made"], told["text"], sshsig.APPROVAL, "sha512")


def test_what_is_no_point_or_too_large_is_refused() -> None:
    """RFC 8032, 5.1.3 and 5.1.7: what decodes to no point of the curve, and an `s` beyond the order."""
    point_of, times, base, order = (runpy.run_path(str(SCRIPT))[name] for name in ("point_of", "times", "BASE", "Q"))
    found = times(order, base)
    assert found[0] % (2**255 - 19) == 0, "the base has the order of the group"
    assert point_of(b"\xff" * 32) is None
    assert point_of((2).to_bytes(32, "little")) is None
    assert not FITS(b"\x01" * 32, b"\x00" * 32 + order.to_bytes(32, "little"), b"", sshsig.APPROVAL, "sha512")
    assert not FITS(b"\x01" * 32, b"\x00" * 64, b"", sshsig.APPROVAL, "md5")
