"""P2: what was acknowledged survives a power cut.

The system calls of a real process are recorded (strace) and replayed onto a disk that keeps only what was synced. After
every call the disk is built anew, four times: nothing of what was not synced has reached it, all of it, half of it by
chance, and the newest write torn in pieces of 512 bytes. Names reach the disk only when their folder was synced. On
every such disk the ledger is opened again and compared with what was acknowledged by then.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.reliability.house import Reached

SECTOR = 512
CALLS = "openat,pwrite64,ftruncate,fsync,fdatasync,unlink,rename,close,write,fallocate"
SETTINGS = {  # journal mode and synchronous: whether anything may be lost
    ("delete", "EXTRA"): True,
    ("wal", "FULL"): True,
    ("wal", "NORMAL"): False,  # must lose something, else this trial proves nothing
    ("delete", "FULL"): False,
}
WRITER = """
import os, sqlite3, sys
from pathlib import Path
from salesctl.ledger import sqlite
from tests.reliability.power import connected
path, mode, sync, count = Path(sys.argv[1]), *sys.argv[2:4], int(sys.argv[4])
db = connected(path, mode, sync)
for number in range(1, count + 1):
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO entry VALUES (?, ?)", (number, "x" * 700))
    db.execute("INSERT INTO twin VALUES (?)", (number,))
    db.execute("COMMIT")
    os.write(1, f"ack {number}\\n".encode())
os._exit(0)
"""


def connected(path: Path, mode: str, sync: str) -> sqlite3.Connection:
    """A connection opened as a ledger's is, with the journal mode and the syncing that are tried."""
    from salesctl.ledger import sqlite

    db = sqlite.connect(path, guarded=False)
    kept = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[db.execute("PRAGMA synchronous").fetchone()[0]]
    if db.execute("PRAGMA journal_mode").fetchone()[0] != mode:
        raise RuntimeError("another journal mode")
    if sync != kept:
        if SETTINGS[mode, sync]:
            raise RuntimeError(f"the program itself keeps {mode} with {kept}")
        # only the negative controls ask for less than the program does
        db.execute(f"PRAGMA synchronous={sync}")
    return db


class Call(NamedTuple):
    """One system call on the files of the ledger."""

    what: str  # open, write, cut, sync, unlink, ack, folder
    path: str = ""
    offset: int = 0
    data: bytes = b""


def is_possible() -> bool:
    """Whether system calls can be recorded here."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


def recorded(folder: Path, mode: str, sync: str, count: int) -> list[Call]:
    """The calls of a process that writes so many transactions."""
    path, log = folder / "p.db", folder / "log"
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA journal_mode={mode}")
    db.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)")
    db.execute("CREATE TABLE twin (id INTEGER PRIMARY KEY)")
    db.commit()
    db.close()
    command = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(log),
               sys.executable, "-c", WRITER, str(path), mode, sync, str(count)]  # fmt: skip
    before = {file.name: file.read_bytes() for file in folder.glob("p.db*")}
    subprocess.run(command, check=True, capture_output=True)
    start = [Call("write", name, 0, data) for name, data in before.items()]
    synced = [Call("sync", name) for name in before]
    return [*start, *synced, Call("folder"), *_parsed(log.read_text("ascii", "replace"), folder)]


LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+=\s+(-?\w+)(?:<(.*)>)?")
HEX = re.compile(r"\\x([0-9a-f]{2})")


def _text(quoted: str) -> bytes:
    return bytes.fromhex("".join(HEX.findall(quoted)))


def _parsed(log: str, folder: Path) -> Iterator[Call]:
    place = str(folder)
    for line in log.splitlines():
        if not (found := LINE.match(line)) or found[3].startswith("-"):
            continue
        name, words = found[1], found[2]
        held = re.search(r"^\d+<([^>]*)>", words)
        path = _text(held[1]).decode() if held and "\\x" in held[1] else held[1] if held else ""
        quoted = re.search(r'"((?:\\x[0-9a-f]{2})*)"', words)
        if name == "openat" and quoted:
            target = _text(quoted[1]).decode("utf-8", "replace")
            if target.startswith(f"{place}/p.db") and "O_CREAT" in words:
                yield Call("open", Path(target).name)
        elif name == "unlink" and quoted:
            yield Call("unlink", Path(_text(quoted[1]).decode()).name)
        elif name == "write" and quoted and _text(quoted[1]).startswith(b"ack "):
            yield Call("ack", "", int(_text(quoted[1]).split()[1]))
        elif path == place and name in ("fsync", "fdatasync"):
            yield Call("folder")
        elif path.startswith(f"{place}/p.db"):
            yield from _on_file(name, Path(path).name, words, quoted)


def _on_file(name: str, path: str, words: str, quoted: re.Match[str] | None) -> Iterator[Call]:
    if name == "pwrite64" and quoted:
        yield Call("write", path, int(words.rsplit(", ", 1)[1]), _text(quoted[1]))
    elif name == "ftruncate":
        yield Call("cut", path, int(words.rsplit(", ", 1)[1]))
    elif name in ("fsync", "fdatasync"):
        yield Call("sync", path)


class Disk:
    """What has surely reached the disk, and what is still on its way."""

    def __init__(self) -> None:
        self.files: dict[str, bytearray] = {}  # inode contents that are synced
        self.names: dict[str, str] = {}  # names that are synced -> inode
        self.live: dict[str, str] = {}  # names as the process sees them -> inode
        self.pending: list[Call] = []  # writes and cuts by inode, not synced
        self.acknowledged = 0
        self._born = 0

    def take(self, call: Call) -> None:
        """Follow one call."""
        if call.what == "ack":
            self.acknowledged = call.offset
        elif call.what == "folder":
            self.names = dict(self.live)
        elif call.what == "unlink":
            self.live.pop(call.path, None)
        elif call.what == "sync":
            inode = self._inode(call.path)
            for one in [one for one in self.pending if one.path == inode]:
                _apply(self.files, one)
            self.pending = [one for one in self.pending if one.path != inode]
            self.names.setdefault(call.path, inode)  # on a journalling file system a synced new file has its name
            if self.names[call.path] != inode:
                self.names[call.path] = inode
        else:
            inode = self._inode(call.path)
            if call.what in ("write", "cut"):
                self.pending.append(call._replace(path=inode))

    def _inode(self, name: str) -> str:
        if name not in self.live:
            self._born += 1
            self.live[name] = f"{name}.{self._born}"
            self.files[self.live[name]] = bytearray()
        return self.live[name]

    def after_a_cut(self, chance: random.Random, how: str, target: Path) -> None:
        """Write what could be on the disk if the power went now."""
        files = {name: bytearray(content) for name, content in self.files.items()}
        for place, one in enumerate(self.pending):
            is_last = place == len(self.pending) - 1
            if how == "all" or (how == "half" and chance.random() < 0.5):
                _apply(files, one)
            elif how == "torn":
                _apply_torn(files, one, chance) if is_last or chance.random() < 0.3 else _apply(files, one)
        names = self.live if how == "all" or (how == "half" and chance.random() < 0.5) else self.names
        for name, inode in names.items():
            (target / name).write_bytes(files[inode])


def _apply(files: dict[str, bytearray], call: Call) -> None:
    content = files[call.path]
    if call.what == "cut":
        del content[call.offset :]
        content.extend(b"\0" * (call.offset - len(content)))
        return
    content.extend(b"\0" * (call.offset - len(content)))
    content[call.offset : call.offset + len(call.data)] = call.data


def _apply_torn(files: dict[str, bytearray], call: Call, chance: random.Random) -> None:
    if call.what == "cut":
        return
    for start in range(0, len(call.data), SECTOR):
        if chance.random() < 0.5:
            _apply(files, call._replace(offset=call.offset + start, data=call.data[start : start + SECTOR]))


def cuts(mode: str, sync: str, transactions: int, seed: int = 1, wanted_states: int = 1) -> Reached:
    """Cut the power after every call of so many transactions; so many states of a disk must come of it."""
    chance = random.Random(seed)
    states = losing = damaged = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "run").mkdir()
        disk = Disk()
        for call in recorded(folder / "run", mode, sync, transactions):
            disk.take(call)
            if not disk.names or call.what == "ack":
                continue
            for how in ("none", "all", "half", "torn"):
                after = folder / "after"
                after.mkdir()
                disk.after_a_cut(chance, how, after)
                found = _survivors(after / "p.db")
                shutil.rmtree(after)
                states += 1
                damaged += found is None
                losing += found is not None and found < disk.acknowledged
    must_hold = SETTINGS[mode, sync]
    wanted = "0 lost, 0 damaged" if must_hold else "some lost (the control)"
    wanted += f" of >= {wanted_states}" if wanted_states > 1 else ""
    says = f"power cut, {mode.upper()} with {sync}: {states} states of a disk"
    holds = not (losing or damaged) if must_hold else losing > 0
    return Reached(
        "P2", says, wanted, f"{losing} lose what was acknowledged, {damaged} damaged", holds and states >= wanted_states
    )


def _survivors(path: Path) -> int | None:
    """How many transactions are there, all whole and without a gap; None where the file is damaged."""
    try:
        db = sqlite3.connect(path)
        try:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            count, newest = db.execute("SELECT count(*), coalesce(max(id), 0) FROM entry").fetchone()
            twins = db.execute("SELECT count(*) FROM twin").fetchone()[0]
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return None
    return int(count) if count == newest == twins else None
