"""P20, P21: whoever changes the file is found out; what only something outside it can show is shown by that."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from salesctl.ledger import checkpoints, journal, sqlite
from salesctl.ledger.checkpoints import Mark
from salesctl.ledger.reading import Reading
from tests.conftest import Office
from tests.reliability.house import Reached, findings, office
from tests.reliability.house import journal as hashes_of
from tests.reliability.trouble import COMMANDS, SETUP, dump


def _filled(desk: Office) -> None:
    """Entries of all kinds; the newest has rows, because to take off one without rows is to cut the end off (P21)."""
    for line in (*SETUP, *COMMANDS, "customer volume 远大 5 --month 2012-04-01"):
        desk.do(line)


def changed_behind(path: Path, change: list[tuple[str, tuple[object, ...]]]) -> None:
    """Change a ledger as somebody with another program would: guards removed, change made, guards put back."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA synchronous=OFF")
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement, values in change:
            db.execute(statement, values)
        for _name, sql in guards:
            db.execute(sql)
        db.commit()


def rows(count: int, seed: int = 1) -> Reached:
    """P20: one row edited, removed, doubled or exchanged, in any table, the guards put back as they were."""
    chance = random.Random(seed)
    missed, tried = [], 0
    with office() as desk:
        _filled(desk)
        shutil.copy(desk.ledger, desk.folder / "whole.db")
        before = sorted(dump(desk))
        with closing(sqlite3.connect(desk.ledger)) as db:
            named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            tables = [name for (name,) in db.execute(named).fetchall()
                      if db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]]  # fmt: skip
            columns = {name: [one[1] for one in db.execute(f"PRAGMA table_info({name})")] for name in tables}
        while tried < count:
            shutil.copy(desk.folder / "whole.db", desk.ledger)
            table = chance.choice(tables) if chance.random() < 0.8 else "journal"
            try:
                changed_behind(desk.ledger, _mutation(chance, table, columns[table]))
            except sqlite3.Error:
                continue
            if sorted(dump(desk)) == before:
                continue
            tried += 1
            if not findings(desk.ledger):
                missed.append(table)
    return Reached("P20", f"{count} rows changed behind the program's back", "all found",
                   f"{count - len(missed)} of {count} found {missed[:2]}", not missed)  # fmt: skip


def _mutation(chance: random.Random, table: str, columns: list[str]) -> list[tuple[str, tuple[object, ...]]]:
    place = f"{chance.randrange(10**6)} % (SELECT count(*) FROM {table})"
    row = f"rowid = (SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET {place})"
    column = chance.choice(columns)
    kinds: tuple[list[tuple[str, tuple[object, ...]]], ...] = (
        [(f"UPDATE {table} SET {column} = ? WHERE {row}", (chance.choice((1, 7, "x", "2013-01-01", None, 10**12)),))],
        [(f"UPDATE {table} SET {column} = {column} || '0' WHERE {row}", ())],
        [(f"DELETE FROM {table} WHERE {row}", ())],
        [(f"UPDATE {table} SET {column} = (SELECT {column} FROM {table} ORDER BY rowid DESC LIMIT 1) WHERE {row}", ())],
        [(f"INSERT INTO {table} SELECT {', '.join('max(' + c + ') + 1' if c in ('id', 'seq') else c for c in columns)} "
          f"FROM {table}", ())],
    )  # fmt: skip
    return chance.choice(kinds)


def bits(count: int, seed: int = 1) -> Reached:
    """P20: one bit of the raw file turned over: found, or nothing of what the file says has changed."""
    chance = random.Random(seed)
    found = neutral = 0
    missed = []
    with office() as desk:
        _filled(desk)
        before, whole = dump(desk), desk.ledger.read_bytes()
        for _one in range(count):
            place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
            raw = bytearray(whole)
            raw[place] ^= bit
            desk.ledger.write_bytes(raw)
            if findings(desk.ledger):
                found += 1
            elif _said(desk) == before:
                neutral += 1
            else:
                missed.append(place)
    reached = f"{found} found, {neutral} neutral, {len(missed)} missed {missed[:3]}"
    return Reached("P20", f"{count} bits turned over in the raw file", "0 missed", reached, not missed and found > 0)


def _said(desk: Office) -> list[str]:
    try:
        return dump(desk)
    except (sqlite3.Error, UnicodeDecodeError):
        return []


def _unlike(path: Path, mark: Mark) -> bool:
    db = sqlite.connect(path)
    try:
        return bool(checkpoints.differences(Reading(db, sqlite), [mark]))
    finally:
        db.close()


def anchors(entries: int) -> Reached:
    """P21: entries cut off, an older file put in place, history written anew and hashed anew.

    Against itself such a file is in order: that is the control, and why something outside is needed.
    """
    blind = seen = wrong = 0
    with office() as desk:
        desk.do("receivable log 云帆 500 --issued 2012-01-01 --due 2012-01-31 --number R-1")
        first = max(hashes_of(desk.ledger))
        for number in range(entries):
            shutil.copy(desk.ledger, desk.folder / f"older-{first + number}.db")
            desk.do(f"customer volume 云帆 {number + 1} --month 2012-04-01")
        known = hashes_of(desk.ledger)
        marks = [Mark(seq, known[seq][:8], "receipt") for seq in range(first, first + entries + 1)]
        shutil.copy(desk.ledger, desk.folder / "whole.db")
        for seq in range(first, first + entries):  # truncation and an older file are one thing
            shutil.copy(desk.folder / f"older-{seq}.db", desk.ledger)
            blind += not findings(desk.ledger)
            for mark in marks:
                is_seen = _unlike(desk.ledger, mark)
                seen += is_seen
                wrong += is_seen is not (mark.seq > seq)
        for seq in range(first + 1, first + entries + 1):
            shutil.copy(desk.folder / "whole.db", desk.ledger)
            _written_anew(desk.ledger, seq)
            blind += not findings(desk.ledger)
            for mark in marks:
                is_seen = _unlike(desk.ledger, mark)
                seen += is_seen
                wrong += is_seen is not (mark.seq >= seq)
    says = f"{2 * entries} files cut or hashed anew, against {entries + 1} receipts"
    reached = f"{seen} contradictions, {wrong} wrong; {blind} of {2 * entries} consistent with themselves (the control)"
    return Reached(
        "P21", says, "all seen by a receipt at or after the damage", reached, not wrong and blind == 2 * entries
    )


def _written_anew(path: Path, seq: int) -> None:
    """Change what an entry and its row say, and hash it and all that follow again: the perfect forgery."""
    with closing(sqlite3.connect(path)) as db:
        body = db.execute("SELECT body FROM journal WHERE seq = ?", (seq,)).fetchone()[0]
        forged = re.sub(r'"login":"[^"]*"', '"login":"nobody"', body)
        prev = db.execute("SELECT hash FROM journal WHERE seq = ?", (seq - 1,)).fetchone()[0]
        change: list[tuple[str, tuple[object, ...]]] = []
        for number, text in db.execute("SELECT seq, body FROM journal WHERE seq >= ? ORDER BY seq", (seq,)):
            content = forged if number == seq else text
            digest = journal.seal(prev, content.encode())
            change.append(
                ("UPDATE journal SET body = ?, prev = ?, hash = ? WHERE seq = ?", (content, prev, digest, number))
            )
            prev = digest
    changed_behind(path, change)
