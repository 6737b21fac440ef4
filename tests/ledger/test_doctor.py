"""P23: each condition that endangers a ledger, seeded once and found once."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from salesctl import app
from salesctl.ledger import sqlite
from salesctl.rulebook import doctor
from tests.conftest import Office

pytestmark = pytest.mark.file


def names(office: Office, *, now: str = "2012-05-08T09:00", path: Path | None = None) -> list[str]:
    answer = office.run(f"ledger doctor --format json --ledger {path or office.ledger}", now=now)
    found = [one["danger"] for one in answer.json]
    assert answer.status == (5 if found else 0)
    return found


@pytest.fixture
def healthy(office: Office) -> Office:
    office.do("ledger backup b.db")
    office.do("ledger checkpoint")
    assert names(office) == []
    return office


def mounted(monkeypatch: pytest.MonkeyPatch, office: Office, kind: str) -> None:
    text = f"22 1 0:21 / / rw - ext4 /dev/vda rw\n40 22 0:35 / {office.folder} rw shared:1 - {kind} server:/x rw\n"
    (office.folder / "mounts").write_text(text)
    monkeypatch.setattr(doctor, "MOUNTS", office.folder / "mounts")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "virtiofs"])
def test_a_network_file_system(healthy: Office, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounted(monkeypatch, healthy, kind)
    assert names(healthy) == ["network"]


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "overlay", "tmpfs"])
def test_a_disk_of_this_machine(healthy: Office, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounted(monkeypatch, healthy, kind)
    assert names(healthy) == []


@pytest.mark.parametrize(
    "folder",
    ["Dropbox", "OneDrive - 公司", "坚果云", "Mobile Documents", "WPSDrive", "CloudStorage", "天翼云盘", "Box"],
)
def test_a_folder_a_cloud_client_copies(healthy: Office, folder: str) -> None:
    place = healthy.folder / folder / "账"
    place.mkdir(parents=True)
    os.link(healthy.ledger, place / "x.db")
    healthy.ledger.unlink()
    answer = healthy.run(["ledger", "doctor", "--ledger", str(place / "x.db"), "--format", "json"])
    assert [one["danger"] for one in answer.json] == ["cloud"]


def test_a_folder_a_cloud_client_has_marked(healthy: Office) -> None:
    (healthy.folder / ".stfolder").mkdir()
    assert names(healthy) == ["cloud"]


@pytest.mark.parametrize("mode", [0o644, 0o620, 0o604])
def test_a_file_others_may_read(healthy: Office, mode: int) -> None:
    healthy.ledger.chmod(mode)
    assert names(healthy) == ["private"]


def test_a_second_name(healthy: Office) -> None:
    (healthy.folder / "link.db").symlink_to(healthy.ledger)
    assert names(healthy, path=healthy.folder / "link.db") == ["link"]
    os.link(healthy.ledger, healthy.folder / "hard.db")
    assert names(healthy) == ["link"]


def test_a_disk_nearly_full(healthy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 2**80)
    assert names(healthy) == ["disk"]


def test_another_program_that_holds_a_lock(healthy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(healthy.ledger, isolation_level=None)
    for how in ("IMMEDIATE", "EXCLUSIVE"):
        other.execute(f"BEGIN {how}")
        assert names(healthy) == ["held"]
        other.execute("ROLLBACK")
    assert names(healthy) == []


@pytest.mark.skipif(sqlite.wal_is_safe(), reason="this SQLite has no WAL-reset bug")
def test_wal_on_a_library_that_loses_writes_in_it(healthy: Office) -> None:
    with sqlite3.connect(healthy.ledger) as db:
        db.execute("PRAGMA journal_mode=WAL")
    db.close()
    Path(f"{healthy.ledger}").chmod(0o600)
    assert names(healthy) == ["wal"]


def test_a_ledger_that_cannot_be_written_to(healthy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so the answer of the system is what is changed."""
    real = os.access
    for closed in (healthy.ledger, healthy.folder, Path(f"{healthy.ledger}.lock")):
        monkeypatch.setattr(os, "access", lambda place, how, closed=closed: place != closed and real(place, how))
        answer = healthy.run("ledger doctor --format json")
        assert [(one["danger"], str(closed) in one["says"]) for one in answer.json] == [("read-only", True)]


def test_a_folder_in_which_nobody_can_stand_in_line(healthy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Doctor still looks at everything else; a write says which file it is about."""
    Path(f"{healthy.ledger}.lock").unlink()
    Path(f"{healthy.ledger}.lock").mkdir()
    healthy.ledger.chmod(0o644)
    assert names(healthy) == ["private", "private"]
    answer = healthy.run("visit log 云帆 --as lin")
    assert (answer.status, ".lock" in answer.err) == (4, True)


def test_the_moment_is_told_in_the_ledgers_zone(healthy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    healthy._patch.delenv("SALESCTL_NOW")
    monkeypatch.setattr(app, "_clock", lambda: (datetime(2031, 1, 1, tzinfo=UTC), "system"))
    assert app.run(["ledger", "backup", "later.db"]) == 0
    monkeypatch.setattr(app, "_clock", lambda: (datetime(2012, 5, 8, 1, tzinfo=UTC), "system"))
    assert "2031-01-01 08:00" in healthy.run("ledger doctor").out


def test_it_says_for_how_long(healthy: Office) -> None:
    found = healthy.run("ledger doctor --format json", now="2012-06-08T09:00").json
    assert [one["says"].count("31 days") for one in found] == [1, 1]


def test_a_clock_that_was_set_back(healthy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    healthy._patch.delenv("SALESCTL_NOW")
    monkeypatch.setattr(app, "_clock", lambda: (datetime(2031, 1, 1, tzinfo=UTC), "system"))
    assert app.run(["ledger", "backup", "later.db"]) == 0
    monkeypatch.setattr(app, "_clock", lambda: (datetime(2012, 5, 8, 1, tzinfo=UTC), "system"))
    assert names(healthy) == ["clock"]


def test_no_checkpoint_for_eight_days(healthy: Office) -> None:
    healthy.do("ledger backup later.db", now="2012-05-16T09:00")
    assert names(healthy, now="2012-05-16T09:00") == []
    assert names(healthy, now="2012-05-16T09:01") == ["checkpoint"]


def test_no_verified_backup_for_two_days(healthy: Office) -> None:
    assert names(healthy, now="2012-05-10T09:00") == []
    assert names(healthy, now="2012-05-10T09:01") == ["backup"]


def test_the_newest_backup_was_deleted(healthy: Office) -> None:
    (healthy.folder / "away").mkdir()
    healthy.do("ledger backup away")
    assert names(healthy) == []
    next((healthy.folder / "away").iterdir()).unlink()
    assert names(healthy) == ["backup"]
    (healthy.folder / "away").rmdir()  # its disk was put away
    assert names(healthy) == []


def test_a_timer_that_stopped(healthy: Office) -> None:
    healthy.do("check --new", now="2012-05-03T17:30")
    assert names(healthy, now="2012-05-07T09:00") == []
    assert names(healthy) == ["cron"]


def test_a_sick_ledger_is_told_what_to_do_in_both_languages(office: Office) -> None:
    answer = office.run("ledger doctor", now="2012-06-08T09:00")
    assert "salesctl ledger backup" in answer.out
    assert "备份" in office.run("ledger doctor", now="2012-06-08T09:00", lang="zh_CN").out


def test_there_must_be_a_ledger(office: Office) -> None:
    assert office.run("ledger doctor --ledger nowhere.db").code == "ledger.missing"
    assert not Path("nowhere.db.lock").exists()
