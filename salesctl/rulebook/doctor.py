"""What endangers a ledger: where it lies, who may read it, who holds it, and what nobody has done for too long."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.ledger import sqlite
from salesctl.ledger.backups import BESIDES
from salesctl.ledger.row import typed
from salesctl.ledger.troubles import Busy
from salesctl.ledger.turns import LOCKS
from salesctl.record import Record
from salesctl.rulebook.confirming import overdue
from salesctl.rulebook.keeping import BACKUP, CHECKPOINT, NEWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "gpfs", "ncp", "davfs", "beegfs", "orangefs",
           "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "fuse.gcsfuse", "virtiofs", "vboxsf")  # fmt: skip
PASSED_ON = ("9p", "virtiofs", "vboxsf")
SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "my drive", "icloud", "mobile documents", "nextcloud",
          "owncloud", "syncthing", "pcloud", "box sync", "seafile", "baidusyncdisk", "baidunetdisk", "nutstore",
          "坚果云", "百度网盘", "百度云同步盘", "wps云盘", "微云", "阿里云盘")  # fmt: skip
MARKERS = (".stfolder", ".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".sync_folder", ".owncloudsync.log")
MOUNTS = Path("/proc/self/mountinfo")
LEAST_FREE = 100 * 1024 * 1024  # bytes; or twice the ledger, whatever is more
NO_CHECKPOINT, NO_BACKUP, NO_CHECK = timedelta(days=8), timedelta(days=2), timedelta(days=4)
PATIENCE = 0.5  # seconds a lock of somebody else may last


class Danger(Record):
    """One condition that endangers the ledger, and what to do about it; `facts` fill both texts."""

    name: str
    says: str  # English, from the catalogue
    hint: str
    facts: Mapping[str, object] = {}


class Scene(Record):
    """What is looked at: the file and the clock."""

    path: Path
    now: datetime
    view: Reading | None = None  # the ledger's content; None where it is held by somebody else
    desk: Desk | None = None


def _network(scene: Scene) -> Iterator[Danger]:
    kind = _kind(scene.path)
    if kind.startswith(NETWORK):
        says = N_("The ledger lies on a network file system ({kind}), where locks cannot be relied on.")
        yield Danger("network", says, N_("Move it to a disk of this machine; others work through this machine."),
                     {"kind": kind})  # fmt: skip


def _kind(path: Path) -> str:
    return filesystem(path, MOUNTS.read_text("utf-8", "replace")) if MOUNTS.exists() else ""


def unfit(path: Path) -> str:
    """Why no ledger is to be made at a place: another machine's file system, or what a cloud client copies; or empty.

    What only passes the disk of this machine on to a guest may be all a guest has, and `doctor` alone warns of it.
    """
    kind = _kind(path)
    return kind if kind.startswith(NETWORK) and not kind.startswith(PASSED_ON) else _cloud_sign(path)


def filesystem(path: Path, mounts: str) -> str:
    """The kind of file system a path lies on, by the text of /proc/self/mountinfo."""
    real, best, kind = str(path.resolve()), "", ""
    for line in mounts.splitlines():
        fields, _dash, rest = line.partition(" - ")
        place = fields.split()[4].encode().decode("unicode_escape") if len(fields.split()) > 4 else ""
        is_within = real == place or real.startswith(place.rstrip("/") + "/")
        if place and is_within and len(place) >= len(best):
            best, kind = place, rest.split()[0] if rest else ""
    return kind


def _cloud_sign(path: Path) -> str:
    folders = path.resolve().parents
    named = next((one.name for one in folders if one.name.casefold().startswith(SYNCED)), "")
    marked = next((str(one / mark) for one in folders for mark in MARKERS if (one / mark).exists()), "")
    return named or marked


def _cloud(scene: Scene) -> Iterator[Danger]:
    if sign := _cloud_sign(scene.path):
        says = N_("The ledger lies in a folder that a cloud client copies while it is written ({sign}).")
        yield Danger("cloud", says, N_("Move it out of that folder; let the client copy backups instead."),
                     {"sign": sign})  # fmt: skip


def _readable(scene: Scene) -> Iterator[Danger]:
    for part in (*BESIDES, *LOCKS):
        file = Path(f"{scene.path}{part}")
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                says = N_("Others on this machine may read or write {file} (mode {mode}).")
                yield Danger("private", says, N_("chmod 600 {file}"), {"file": file, "mode": f"{mode:o}"})


def _names(scene: Scene) -> Iterator[Danger]:
    if scene.path.is_symlink() or scene.path.stat().st_nlink > 1:
        says = N_("The ledger has two names (a link): under each the files beside it would be other ones.")
        yield Danger("link", says, N_("Let everybody use one name, and remove the other."))


def _disk(scene: Scene) -> Iterator[Danger]:
    room = os.statvfs(scene.path.parent)
    free = room.f_bavail * room.f_frsize
    if free < max(LEAST_FREE, 2 * scene.path.stat().st_size):
        says = N_("The disk of the ledger is nearly full: {free} MiB are left.")
        yield Danger("disk", says, N_("Free some space; a full disk refuses every command."), {"free": free // 2**20})


def _held(scene: Scene) -> Iterator[Danger]:
    if scene.view is None:
        says = N_("Another program holds the ledger and has not let go for {seconds} seconds.")
        yield Danger("held", says, N_("Close database browsers and other tools that have it open."),
                     {"seconds": PATIENCE})  # fmt: skip


def _wal(scene: Scene) -> Iterator[Danger]:
    if scene.view and scene.view.value("PRAGMA journal_mode") == "wal" and not sqlite.wal_is_safe():
        says = N_("The journal mode is WAL, and SQLite {version} can lose committed writes in it.")
        yield Danger("wal", says, N_("Take a SQLite from 3.51.3 on, or back up and restore: that sets the safe mode."),
                     {"version": sqlite3.sqlite_version})  # fmt: skip


def _clock(scene: Scene) -> Iterator[Danger]:
    newest = scene.view and scene.view.value("SELECT max(recorded_at) FROM journal WHERE clock <> 'declared'")
    if newest and _moment(newest) > scene.now:
        says = N_(
            "The clock of this machine is behind the newest entry ({newest}): it was set back, or was ahead then."
        )
        yield Danger("clock", says, N_("Set the clock right; entries keep the later time until then."),
                     {"newest": newest[:16]})  # fmt: skip


def _checkpoint(scene: Scene) -> Iterator[Danger]:
    if scene.view and _is_older(scene.view, CHECKPOINT, scene.now - NO_CHECKPOINT):
        says = N_("No checkpoint for 8 days: nothing outside this file can prove what it said since.")
        hint = N_("salesctl ledger checkpoint, and give it to somebody else; [mail] checkpoint_to sends one a week.")
        yield Danger("checkpoint", says, hint)


def _backup(scene: Scene) -> Iterator[Danger]:
    if scene.view and _is_older(scene.view, BACKUP, scene.now - NO_BACKUP):
        says = N_("No verified backup for 2 days.")
        yield Danger("backup", says, N_("salesctl ledger backup FOLDER, on another disk, by cron every night."))


def _check(scene: Scene) -> Iterator[Danger]:
    newest = scene.view and scene.view.value("SELECT max(checked_on) FROM agenda_run")
    if newest and datetime.fromisoformat(newest).date() < (scene.now - NO_CHECK).date():
        says = N_("Nobody has kept a check since {newest}: cron may have stopped.")
        yield Danger("cron", says, N_("Look at the timer of `salesctl check --new --mail`."), {"newest": newest})


def _restored(scene: Scene) -> Iterator[Danger]:
    facts = overdue(scene.view, scene.desk) if scene.view and scene.desk else {}
    if facts:
        says = N_("The ledger was put back from {file} on {day}, and no second person has confirmed it by {until}.")
        yield Danger("restored", says, N_("salesctl ledger confirm-restore, by somebody else than who put it back."),
                     facts)  # fmt: skip


LOOKS: tuple[Callable[[Scene], Iterator[Danger]], ...] = (
    _network, _cloud, _readable, _names, _disk, _held, _wal, _clock, _checkpoint, _backup, _check, _restored,
)  # fmt: skip


def _is_older(view: Reading, about: str, than: datetime) -> bool:
    """Whether the newest entry about something, or the ledger itself where there is none, is that old."""
    first = "SELECT recorded_at FROM journal ORDER BY seq LIMIT 1"
    found = view.select(NEWEST, about=about) or view.select(first)
    return bool(found) and _moment(found[0][0]) < than


def _moment(text: str) -> datetime:
    found: datetime = typed("datetime", text)
    return found


def dangers(desk: Desk) -> list[Danger]:
    """Every condition that endangers the ledger.

    Raises:
        Missing: there is none.
        OtherSchema: it is of another version.
    """
    path = desk.ledger.expect_file()
    sqlite.expect_there(path)
    with sqlite.turn(path):
        is_held = _is_held(path)
    if is_held:
        return _looked(Scene(path, desk.now))
    with desk.ledger.reading() as view:
        return _looked(Scene(path, desk.now, view, desk))


def _looked(scene: Scene) -> list[Danger]:
    return [danger for look in LOOKS for danger in look(scene)]


def _is_held(path: Path) -> bool:
    """Whether a program that does not wait in line holds a lock; ours wait, and the turn is taken."""
    try:
        with closing(sqlite.connect(path, wait=PATIENCE)) as db, sqlite.translated(path):
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except Busy:
        return True
    return False
