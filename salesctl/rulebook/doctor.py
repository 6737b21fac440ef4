"""What endangers a ledger: where it lies, who may read it, who holds it; and what is the same wherever it lies."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.ledger import sqlite
from salesctl.ledger.backups import BESIDES
from salesctl.ledger.troubles import Busy, Unusable
from salesctl.ledger.turns import LOCKS
from salesctl.record import Record
from salesctl.rulebook import neglect
from salesctl.rulebook.neglect import Content, Danger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "gpfs", "ncp", "davfs", "beegfs", "orangefs",
           "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "fuse.gcsfuse", "virtiofs", "vboxsf")  # fmt: skip
PASSED_ON = ("9p", "virtiofs", "vboxsf")
SYNCED = (  # how the names of such folders begin
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "owncloud",
    "syncthing",
    "pcloud",
    "box sync",
    "megasync",
    "seafile",
    "creative cloud files",
    "synologydrive",
    "synology drive",
    "yandex.disk",
    "yandexdisk",
    "baidusyncdisk",
    "baidunetdisk",
    "nutstore",
    "weiyun",
    "tencent weiyun",
    "wpsdrive",
    "wps cloud",
    "adrive",
    "坚果云",
    "百度网盘",
    "百度云同步盘",
    "wps云盘",
    "wps网盘",
    "微云",
    "阿里云盘",
    "夸克网盘",
    "天翼云盘",
    "和彩云",
    "移动云盘",
    "中国移动云盘",
    "联想个人云",
    "亿方云",
    "360云盘",
    "360安全云盘",
    "115网盘",
    "飞书云文档",
    "钉盘",
)
NAMED = ("box", "mega")  # what they are called and nothing more
MARKERS = (".stfolder", ".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".sync_folder", ".owncloudsync.log")
MOUNTS = Path("/proc/self/mountinfo")
LEAST_FREE = 100 * 1024 * 1024  # bytes; or twice the ledger, whatever is more
PATIENCE = 0.5  # seconds a lock of somebody else may last


class Scene(Record):
    """What is looked at: the file."""

    path: Path
    view: Reading | None = None  # the ledger's content; None where it is held by somebody else


def _network(scene: Scene) -> Iterator[Danger]:
    kind = _kind(scene.path)
    if kind.startswith(NETWORK):
        says = N_("The ledger lies on a network file system ({kind}), where locks cannot be relied on.")
        yield Danger(N_("network"), says, N_("Move it to a disk of this machine; others work through this machine."),
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
    named = next((one.name for one in folders if (name := one.name.casefold()).startswith(SYNCED) or name in NAMED), "")
    marked = next((str(one / mark) for one in folders for mark in MARKERS if (one / mark).exists()), "")
    return named or marked


def _cloud(scene: Scene) -> Iterator[Danger]:
    if sign := _cloud_sign(scene.path):
        says = N_("The ledger lies in a folder that a cloud client copies while it is written ({sign}).")
        yield Danger(N_("cloud"), says, N_("Move it out of that folder; let the client copy backups instead."),
                     {"sign": sign})  # fmt: skip


def _readable(scene: Scene) -> Iterator[Danger]:
    for part in (*BESIDES, *LOCKS):
        file = Path(f"{scene.path}{part}")
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                says = N_("Others on this machine may read or write {file} (mode {mode}).")
                yield Danger(N_("private"), says, N_("chmod 600 {file}"), {"file": file, "mode": f"{mode:o}"})


def _writable(scene: Scene) -> Iterator[Danger]:
    for place in (scene.path.parent, scene.path, *(Path(f"{scene.path}{lock}") for lock in LOCKS)):
        if place.exists() and not os.access(place, os.W_OK):
            says = N_("This login may not write to {place}: it can record nothing.")
            yield Danger(N_("read-only"), says, N_("Ask for write permission on it, or work under the login {owner}."),
                         {"place": place, "owner": _owner(scene.path)})  # fmt: skip


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:  # a uid that has no name here
        return str(path.stat().st_uid)


def _names(scene: Scene) -> Iterator[Danger]:
    if scene.path.is_symlink() or scene.path.stat().st_nlink > 1:
        says = N_("The ledger has two names (a link): under each the files beside it would be other ones.")
        yield Danger(N_("link"), says, N_("Let everybody use one name, and remove the other."))


def _disk(scene: Scene) -> Iterator[Danger]:
    room = os.statvfs(scene.path.parent)
    free = room.f_bavail * room.f_frsize
    if free < max(LEAST_FREE, 2 * scene.path.stat().st_size):
        says = N_("The disk of the ledger is nearly full: {free} MiB are left.")
        yield Danger(
            N_("disk"), says, N_("Free some space; a full disk refuses every command."), {"free": free // 2**20}
        )


def _held(scene: Scene) -> Iterator[Danger]:
    if scene.view is None:
        says = N_("Another program holds the ledger and has not let go for {seconds} seconds.")
        yield Danger(N_("held"), says, N_("Close database browsers and other tools that have it open."),
                     {"seconds": PATIENCE})  # fmt: skip


def _wal(scene: Scene) -> Iterator[Danger]:
    if scene.view and scene.view.value("PRAGMA journal_mode") == "wal" and not sqlite.wal_is_safe():
        says = N_("The journal mode is WAL, and SQLite {version} can lose committed writes in it.")
        hint = N_("Take a SQLite from 3.51.3 on, or back up and restore: that sets the safe mode.")
        yield Danger(N_("wal"), says, hint, {"version": sqlite3.sqlite_version})


LOOKS: tuple[Callable[[Scene], Iterator[Danger]], ...] = (
    _network, _cloud, _readable, _writable, _names, _disk, _held, _wal,
)  # fmt: skip
OF_CONTENT = (neglect.clock, neglect.checkpoint, neglect.backup, neglect.check, neglect.restored)
OF_A_SERVER = (neglect.clock, neglect.checkpoint, neglect.check)  # its backups are its own, and so is where it lies


class Seen(Record):
    """What was found, and of how many conditions."""

    dangers: list[Danger]
    conditions: int


def look(desk: Desk) -> Seen:
    """Every condition that endangers the ledger.

    Raises:
        Missing: there is none.
        OtherSchema: it is of another version.
    """
    path = desk.ledger.file
    if path is None:
        with desk.ledger.reading() as view:
            return Seen(_told(Content(desk, view), OF_A_SERVER), len(OF_A_SERVER))
    sqlite.expect_there(path)
    count = len(LOOKS) + len(OF_CONTENT)
    if _is_held(path):
        return Seen(_looked(Scene(path)), count)
    with desk.ledger.reading() as view:
        told = _told(Content(desk, view), OF_CONTENT)
        return Seen([*_looked(Scene(path, view)), *told], count)


def _looked(scene: Scene) -> list[Danger]:
    return [danger for one in LOOKS for danger in one(scene)]


def _told(content: Content, looks: tuple[Callable[[Content], Iterator[Danger]], ...]) -> list[Danger]:
    return [danger for one in looks for danger in one(content)]


def _is_held(path: Path) -> bool:
    """Whether a program that does not wait in line holds a lock; ours wait, and the turn is taken."""
    try:
        with sqlite.turn(path), closing(sqlite.connect(path, wait=PATIENCE)) as db, sqlite.translated(path):
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except Busy:
        return True
    except Unusable:  # nobody can write here, which is a condition of its own; damage is met when it is read
        return False
    return False
