#!/usr/bin/env python3
"""Prove a salesctl ledger without salesctl: this file and Python's standard library, nothing else.

    python3 verify_ledger.py LEDGER [NOTE ...]

A NOTE is a file that somebody kept outside the ledger: a checkpoint (a letter, also saved as .eml, a print or a JSON
that names `salesctl/...`), or any text with receipt lines such as `#18204 7f3a91c2`. Every entry of the journal is
hashed anew, and the ledger is compared with every note.
Exit 0: as it was written. Exit 5: something is not. Exit 2: no answer, or a note nothing could be compared with.

It is for whoever does not want to rely on the program they check. What it does not do: compare the tables with the
journal (`salesctl ledger verify` does), or know anything that no note says.
"""

import base64
import email
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


def read(note: str) -> str:
    """The text of a note: as it stands, in UTF-16, or in the parts of a mail that was saved whole."""
    raw = pathlib.Path(note).read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    parts = [raw, *(part.get_payload(decode=True) for part in email.message_from_bytes(raw).walk())]
    return "\n".join(part.decode("utf-8-sig", "replace") for part in parts if isinstance(part, bytes))


def compared(text: str, ledger: str, hashes: dict[int, str]) -> tuple[int, list[str]]:
    """How many things a note knows of the ledger, and which of them are not so."""
    text = re.sub(r"^[ \t]*(?:>[ \t]?)+", "", text, flags=re.MULTILINE)  # a letter may quote another
    known, wrong = [], []
    notes = re.findall(r"^salesctl/(\S+)\s+(\d+)\s+([A-Za-z0-9+/]{43}=)", text, re.MULTILINE)
    found = [(name, count, base64.b64decode(head).hex()) for name, count, head in notes]
    written = r'([0-9a-f]{32})"?,\s*(?:"entries":\s*)?(\d{1,15}),\s*(?:"hash":\s*")?([0-9a-f]{64})\b'  # JSON, CSV
    for name, count, head in dict.fromkeys([*found, *re.findall(written, text)]):
        if name != ledger:
            wrong.append(f"it is about the ledger {name}, and this is {ledger}")
        known.append((int(count), head))
    receipts = re.findall(r"#(\d{1,15})[ \t\u00a0]+([0-9A-Fa-f]{8})\b", text)
    known += dict.fromkeys((int(count), head.lower()) for count, head in receipts)
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
    useless, things = [], 0
    for note in notes:
        count, differences = compared(read(note), name, hashes)
        things += count
        useless += [] if count else [note]
        wrong += [f"{note}: {one}" for one in differences]
    newest = max(hashes, default=0)
    print(f"salesctl/{name}: {newest} entries, newest #{newest} {hashes.get(newest, '')[:8]}")
    print(f"Compared with {things} checkpoints and receipt lines." if things else "Compared with nothing outside.")
    print("Not looked at: the tables beside the journal; `salesctl ledger verify` compares them.")
    for note in useless:
        print(f"  ?     {note}: neither a checkpoint nor a receipt line")
    for one in wrong[:100]:
        print(f"  -     {one}")
    print("NOT as it was written." if wrong else "The journal is as it was written.")
    return 5 if wrong else 2 if useless else 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        raise SystemExit(2)
    try:
        raise SystemExit(main(*sys.argv[1:]))
    except (OSError, sqlite3.Error) as error:
        print(f"no answer: {error}", file=sys.stderr)
        raise SystemExit(2) from None
