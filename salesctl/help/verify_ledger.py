#!/usr/bin/env python3
"""Prove a salesctl ledger without salesctl: this file and Python's standard library, nothing else.

    python3 verify_ledger.py LEDGER [NOTE ...]

A NOTE is a file that somebody kept outside the ledger: a checkpoint (a letter or print that begins with
`salesctl/...`), or any text with receipt lines such as `#18204 7f3a91c2`. Every entry of the journal is hashed anew,
and the ledger is compared with every note. Exit 0: as it was written. Exit 5: something is not. Exit 2: no answer.

It is for whoever does not want to rely on the program they check. What it does not do: compare the tables with the
journal (`salesctl ledger verify` does), or know anything that no note says.
"""

import base64
import hashlib
import json
import pathlib
import re
import sqlite3
import sys

SEAL = b"salesctl-journal-v1\n"
SAME = (("seq", "seq"), ("recorded_at", "at"), ("clock", "clock"), ("actor", "actor"), ("verb", "verb"),
        ("about", "about"), ("request_id", "request"))  # fmt: skip


def chain(db: sqlite3.Connection) -> tuple[dict[int, str], list[str]]:
    """The hash of every entry by its number, and what is wrong with the chain."""
    columns = ", ".join(column for column, _name in SAME)
    hashes, wrong, prev = {}, [], "0" * 64
    query = f"SELECT {columns}, prev, hash, CAST(body AS BLOB) FROM journal ORDER BY seq"
    for number, (*values, before, digest, body) in enumerate(db.execute(query), 1):
        row = dict(zip((column for column, _name in SAME), values, strict=True))
        if row["seq"] != number or before != prev:
            wrong.append(f"#{row['seq']} does not follow the entry before it")
        if hashlib.sha256(SEAL + str(before).encode() + b"\n" + bytes(body or b"")).hexdigest() != digest:
            wrong.append(f"#{row['seq']}: its content is not what its hash says")
        if not repeats(row, body):
            wrong.append(f"#{row['seq']}: its columns do not repeat its content")
        hashes[row["seq"]] = prev = digest
    return hashes, wrong


def repeats(row: dict[str, object], body: bytes) -> bool:
    """Whether the columns of an entry say what its content says."""
    try:
        content = json.loads(body)
        return all(row[column] == content[name] for column, name in SAME)
    except (ValueError, TypeError, KeyError):
        return False


def compared(text: str, ledger: str, hashes: dict[int, str]) -> tuple[int, list[str]]:
    """How many things a note knows of the ledger, and which of them are not so."""
    known, wrong = [], []
    for name, count, head in re.findall(
        r"^(?:> )?salesctl/(\S+)\s+(?:> )?(\d+)\s+(?:> )?([A-Za-z0-9+/]{43}=)", text, re.MULTILINE
    ):
        if name != ledger:
            wrong.append(f"it is about the ledger {name}, and this is {ledger}")
        known.append((int(count), base64.b64decode(head).hex()))
    known += [(int(count), head) for count, head in re.findall(r"#(\d{1,15}) ([0-9a-f]{8})\b", text)]
    for number, head in known:
        if number not in hashes:
            wrong.append(f"it knows #{number}, and the ledger ends at #{max(hashes, default=0)}: entries were cut off")
        elif not hashes[number].startswith(head):
            wrong.append(f"#{number} was {head[:8]}, and is {hashes[number][:8]}: history was rewritten")
    return len(known), wrong


def main(ledger: str, *notes: str) -> int:
    """Check a ledger against itself and the notes; the exit status."""
    db = sqlite3.connect(pathlib.Path(ledger).resolve().as_uri() + "?mode=ro", uri=True)
    wrong = [said for (said,) in db.execute("PRAGMA integrity_check(20)") if said != "ok"]
    name = (db.execute("SELECT value FROM setting WHERE name = 'ledger_id'").fetchone() or ("",))[0]
    hashes, broken = chain(db)
    wrong += broken
    for note in notes:
        text = pathlib.Path(note).read_text("utf-8", "replace")
        count, differences = compared(text, name, hashes)
        if not count:
            wrong.append(f"{note}: neither a checkpoint nor a receipt line")
        wrong += [f"{note}: {one}" for one in differences]
    newest = max(hashes, default=0)
    print(f"salesctl/{name}: {newest} entries, newest #{newest} {hashes.get(newest, '')[:8]}")
    if not notes:
        print("Compared with nothing outside this file.")
    for one in wrong[:100]:
        print(f"  -     {one}")
    print("NOT as it was written." if wrong else "As it was written.")
    return 5 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        raise SystemExit(2)
    try:
        raise SystemExit(main(*sys.argv[1:]))
    except (OSError, sqlite3.Error) as error:
        print(f"no answer: {error}", file=sys.stderr)
        raise SystemExit(2) from None
