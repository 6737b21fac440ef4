"""What people keep outside a ledger is read however it was saved: else it proves nothing on the day it is needed."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Office

pytestmark = pytest.mark.file
WRITE = "customer volume 云帆 1200000 --month 2012-04-01"
SCRIPT = Path(__file__).parents[2] / "salesctl/help/verify_ledger.py"


def by_script(*words: object) -> subprocess.CompletedProcess[str]:
    """What the script says that needs no salesctl."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def mailed(office: Office) -> Path:
    """The letter `check --mail` sends to the auditor, as the mail program saves it."""
    Path("salesctl.toml").write_text('[mail]\ncheckpoint_to = ["auditor@example.com"]\n')
    office.do("check --mail", now="2012-05-07T17:30")
    return next(one for one in Path("outgoing").glob("*.eml") if b"auditor" in one.read_bytes())


def saved(office: Office, how: str) -> str:
    """A checkpoint as somebody kept it; the name of its file."""
    if how == "letter":
        return str(mailed(office))
    if how in ("json", "csv"):
        office.do(f"ledger checkpoint -o note.{how}")
        return f"note.{how}"
    office.do("ledger checkpoint -o note.txt")
    text = Path("note.txt").read_text("utf-8")
    lines = text.splitlines()
    content = {
        "windows": "\r\n".join(lines).encode("utf-16"),
        "quoted twice": "".join(f">> {line}\n" for line in lines).encode(),
        "quoted tightly": "".join(f">{line}\n" for line in lines).encode(),
        "with a mark": b"\xef\xbb\xbf" + text.encode(),
    }[how]
    Path("note.txt").write_bytes(content)
    return "note.txt"


@pytest.mark.parametrize(
    "how", ["letter", "json", "csv", "windows", "quoted twice", "quoted tightly", "with a mark"]
)  # fmt: skip
def test_a_checkpoint_is_read_however_it_was_saved(office: Office, how: str) -> None:
    name = saved(office, how)
    office.do(WRITE)
    assert "Checkpoints and receipt lines compared: 1, the newest" in office.do(f"ledger verify --against {name}").err
    assert by_script(office.ledger, name).returncode == 0
    entries = office.ask("ledger info")["entries"]
    Path("chat.txt").write_text(f"#{entries}\t{'0' * 8}\n")
    for line in ("chat.txt", f"{name} chat.txt"):
        assert office.run(f"ledger verify --against {line}").status == 5
        assert by_script(office.ledger, *line.split()).returncode == 5


def test_every_checkpoint_of_a_file_counts(office: Office) -> None:
    """`ledger checkpoint >> notes.txt` by cron: the newest stands last."""
    texts = []
    for _week in range(2):
        office.do("ledger checkpoint -o note.txt")
        texts.append(Path("note.txt").read_text("utf-8"))
    Path("notes.txt").write_text("".join(texts))
    assert "Checkpoints and receipt lines compared: 2," in office.do("ledger verify --against notes.txt").err
    changed = texts[1].splitlines()
    changed[2] = "A" * 43 + "="
    Path("notes.txt").write_text(texts[0] + "\n".join(changed) + "\n")
    answer = office.run("ledger verify --against notes.txt")
    assert (answer.status, "history was rewritten" in answer.err) == (5, True)
    assert by_script(office.ledger, "notes.txt").returncode == 5


def test_a_receipt_line_is_read_as_somebody_typed_it(office: Office) -> None:
    number, head = office.do(WRITE).err.strip().splitlines()[-1].split()
    Path("chat.txt").write_text(f"{number}  {head.upper()}\n")
    office.do("ledger verify --against chat.txt")
    assert by_script(office.ledger, "chat.txt").returncode == 0


def test_lines_of_one_kind_are_told_in_one(office: Office) -> None:
    """A chat has a line for every command: all of a ledger that was cut off are one finding."""
    older = office.ledger.read_bytes()
    lines = [office.do(WRITE.replace("1200000", str(number))).err.strip().splitlines()[-1] for number in range(1, 6)]
    office.ledger.write_bytes(older)
    Path("chat.txt").write_text("\n".join(lines))
    answer = office.run("ledger verify --against chat.txt")
    first, last = (line.split()[0] for line in (lines[0], lines[-1]))
    assert [line for line in answer.err.splitlines() if "chat.txt" in line] == [
        f"  -     chat.txt {first} … {last} (5): is newer than the newest entry here: entries were cut off"
    ]


@pytest.mark.parametrize("how", ["-o note.xlsx", "--format xlsx -o note"])
def test_a_workbook_is_no_note(office: Office, how: str) -> None:
    before = office.ask("ledger info")["entries"]
    assert office.run(f"ledger checkpoint {how}").code == "input.invalid"
    assert office.ask("ledger info")["entries"] == before


def test_a_file_that_says_nothing_is_no_sign_of_tampering(office: Office) -> None:
    Path("list.txt").write_text("milk\n")
    done = by_script(office.ledger, "list.txt")
    assert (done.returncode, "NOT as it was written" in done.stdout) == (2, False)


def test_the_script_says_what_it_does_not_look_at(office: Office) -> None:
    assert "Not looked at: the tables" in by_script(office.ledger).stdout


def test_an_older_ledger_is_proved_as_it_is(office: Office) -> None:
    """Last year's backup is evidence: whoever proves it does not upgrade it."""
    raw = gzip.decompress((Path(__file__).parent / "before" / "0001.db.gz").read_bytes())
    Path("old.db").write_bytes(raw)
    assert office.ask("ledger verify --ledger old.db")["faults"] == 0
    assert Path("old.db").read_bytes() == raw


def test_a_rehearsed_upgrade_upgrades_nothing(office: Office) -> None:
    raw = gzip.decompress((Path(__file__).parent / "before" / "0001.db.gz").read_bytes())
    office.ledger.write_bytes(raw)
    answer = office.do("ledger upgrade --dry-run")
    assert "A copy was brought to schema" in answer.err
    assert office.ledger.read_bytes() == raw
    assert not list(office.folder.glob("*schema-*"))
    office.do("ledger upgrade")
