#!/usr/bin/env python3
"""Prove a salesctl ledger without salesctl: this file and Python's standard library, nothing else.

    python3 verify_ledger.py LEDGER [NOTE ...] [--allowed-signers FILE]

A NOTE is a file that somebody kept outside the ledger: a checkpoint (a letter, also saved as .eml, a print or a JSON
that names `salesctl/...`), or any text with receipt lines such as `#18204 7f3a91c2`. Every entry of the journal is
hashed anew, every signature is checked against the keys the journal approved before it, and the ledger is compared
with every note; the signature of a note, below it or in NOTE.sig, is checked against those keys and those of FILE (an
OpenSSH file, as `salesctl key allowed-signers` prints it).
Exit 0: as it was written. Exit 5: something is not. Exit 2: no answer, or a note nothing could be compared with.

It is for whoever does not want to rely on the program they check. What it does not do: compare the tables with the
journal, or tell which entries should have been signed and are not (`salesctl ledger verify` does both), or know
anything that no note says. A signature takes about 5 ms here: the arithmetic is Python's own.
"""

import base64
import contextlib
import email
import hashlib
import json
import pathlib
import re
import sqlite3
import struct
import sys
from collections.abc import Iterator
from typing import Any

Point = tuple[int, int, int, int]
Row = dict[str, Any]
Key = tuple[str, bytes, str, str]  # whose, its bytes, from when, until when
CHECKPOINT = "checkpoint@salesctl"
NOTE = re.compile(
    r"^(salesctl/\S+\n\d+\n[A-Za-z0-9+/]{43}=\n(?:(?!salesctl/)[a-z][^\n]*\n)*)(?:\n*(-----BEGIN SSH SIGNATURE-----\n[^-]+-----END))?",
    re.MULTILINE,
)
SEAL = b"salesctl-journal-v1\n"
SAME = (("seq", "seq"), ("recorded_at", "at"), ("clock", "clock"), ("actor", "actor"), ("verb", "verb"),
        ("about", "about"), ("request_id", "request"))  # fmt: skip
ONCE = {"code", "person_id", "public", "fingerprint", "approved_by_id", "revoked_by_id"}  # of people and keys
P = 2**255 - 19  # Ed25519 as RFC 8032, 5.1 writes it: points in extended coordinates over this field
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    """The sum of two points."""
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A multiple of a point."""
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point = add(point, point)
        number >>= 1
    return found


def point_of(told: bytes) -> Point | None:
    """The point that 32 bytes mean; None where they mean none."""
    y = int.from_bytes(told, "little") & (2**255 - 1)
    if len(told) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if x * x % P != square or (x == 0 and told[31] >> 7):
        return None
    x = x if x & 1 == told[31] >> 7 else P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def fits(key: bytes, made: bytes, text: bytes, namespace: str, digest: str) -> bool:
    """Whether 64 bytes are a key's signature of a text for a purpose, as `ssh-keygen -Y sign` makes it."""
    if digest not in ("sha512", "sha256") or len(made) != 64:
        return False
    parts = (namespace.encode(), b"", digest.encode(), hashlib.new(digest, text).digest())
    told = b"SSHSIG" + b"".join(struct.pack(">I", len(part)) + part for part in parts)
    a, r, s = point_of(key), point_of(made[:32]), int.from_bytes(made[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(made[:32] + key + told).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))


def parts_of(blob: bytes) -> list[bytes]:
    """The values of OpenSSH's bytes, each with its length before it."""
    found = []
    while blob:
        size = struct.unpack(">I", blob[:4])[0]
        found.append(blob[4 : 4 + size])
        blob = blob[4 + size :]
    return found


def key_of(line: str) -> bytes:
    """The 32 bytes of a line such as `ssh-ed25519 AAAA...`."""
    return parts_of(base64.b64decode(line.partition("ssh-ed25519 ")[2].split()[0]))[1]


def chain(db: sqlite3.Connection) -> tuple[dict[int, str], dict[int, Row], list[str]]:
    """Every entry's hash and content by its number, and what is wrong with the chain."""
    columns = ", ".join(column for column, _name in SAME)
    hashes, contents, wrong, prev = {}, {}, [], "0" * 64
    query = f"SELECT {columns}, prev, hash, CAST(body AS BLOB) FROM journal ORDER BY seq"
    for number, (*values, before, digest, body) in enumerate(db.execute(query), 1):
        row = dict(zip((column for column, _name in SAME), values, strict=True))
        if row["seq"] != number or before != prev:
            wrong.append(f"#{row['seq']} does not follow the entry before it")
        if hashlib.sha256(SEAL + str(before).encode() + b"\n" + bytes(body or b"")).hexdigest() != digest:
            wrong.append(f"#{row['seq']}: its content is not what its hash says")
        if not repeats(row, body):
            wrong.append(f"#{row['seq']}: its columns do not repeat its content")
        elif b'"signature"' in body or b'"signing_key"' in body or b'"person"' in body:
            contents[row["seq"]] = json.loads(body)
        hashes[row["seq"]] = prev = digest
    return hashes, contents, wrong


def repeats(row: Row, body: bytes) -> bool:
    """Whether the columns of an entry say what its content says."""
    try:
        content = json.loads(body)
        return all(row[column] == content[name] for column, name in SAME)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def signatures(contents: dict[int, Row], hashes: dict[int, str], ledger: str) -> tuple[int, list[str], list[Key]]:
    """How many entries are signed, what is wrong with them, and the keys: of whom, from when until when."""
    tables: dict[str, dict[int, Row]] = {"signing_key": {}, "person": {}}
    count, wrong = 0, []
    for seq, body in sorted(contents.items()):
        if "signature" in body:
            count += 1
            try:
                why = "" if is_signed(body, hashes, ledger, tables) else "its signature does not fit"
            except (AttributeError, LookupError, TypeError, ValueError, StopIteration, RecursionError, struct.error):
                why = "its signature cannot be read, or its key was not known then"
            wrong += [f"#{seq}: {why}"] if why else []
        try:
            for _what, table, columns, images in body["rows"]:
                for image in images if table in tables else ():
                    row = dict(zip(columns, image, strict=True))
                    known = tables[table].setdefault(row["id"], {})
                    if any(known.get(name) not in (None, row[name]) for name in ONCE & row.keys()):
                        wrong.append(f"#{seq}: changes what stays as it was entered")
                    known.update(row)
        except (KeyError, TypeError, ValueError):
            wrong.append(f"#{seq}: its content cannot be read")
    keys = []
    for one in tables["signing_key"].values():
        with contextlib.suppress(KeyError, TypeError, ValueError, IndexError, struct.error):
            if one["approved_by_id"]:
                code, key = tables["person"][one["person_id"]]["code"], key_of(one["public"])
                keys.append((code, key, one["approved_at"], one["revoked_at"] or ""))
    return count, wrong, keys


def is_signed(body: Row, hashes: dict[int, str], ledger: str, tables: dict[str, dict[int, Row]]) -> bool:
    """Whether an entry is signed by an approved key of whoever acts, over itself and the history before it."""
    told = body["signature"]
    one = next(one for one in tables["signing_key"].values() if one["fingerprint"] == told["key"])
    key, (seen, digest) = key_of(one["public"]), told["seen"]
    blob = b"".join(struct.pack(">I", len(part)) + part for part in (b"ssh-ed25519", key))
    fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    is_theirs = bool(tables["person"][one["person_id"]]["code"] == body["actor"] and fingerprint == told["key"])
    if not is_theirs or not one["approved_by_id"] or one["revoked_by_id"]:
        return False
    rest = {name: value for name, value in body.items() if name not in ("seq", "signature")}
    content = hashlib.sha256(plain(rest).encode()).hexdigest()
    answer = plain((body["decision"] or {}).get("answer"))
    lines = ("salesctl-approval-v1", f"ledger {ledger}", f"by {body['actor']}", f"what {body['verb']}",
             f"about {body['about']}", f"decision {answer}", f"content {content}", f"packs {body['packs']}",
             f"seen {seen} {digest}", f"time {body['at']}")  # fmt: skip
    text = "".join(f"{line}\n" for line in lines).encode()
    is_known = seen < body["seq"] and hashes.get(seen) == digest
    return is_known and fits(key, base64.b64decode(told["made"]), text, "approval@salesctl", told["digest"])


def plain(value: object) -> str:
    """JSON with one spelling, as the ledger writes it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def vouched(text: str, beside: str, keys: list[Key]) -> Iterator[tuple[str, str]]:
    """Who signed each note of a text, or what is wrong with the signature."""
    plain = "".join(re.sub(r"^(?:>[ \t]?)+", "", line.strip()).strip() + "\n" for line in text.splitlines())
    for note, below in dict.fromkeys(NOTE.findall(plain)):
        if told := re.search("BEGIN SSH SIGNATURE-----([^-]+)-----END", beside or below):
            yield signed_by(note, told[1], keys)


def signed_by(note: str, told: str, keys: list[Key]) -> tuple[str, str]:
    """Who signed a note, or what is wrong with the signature."""
    try:
        key, purpose, _reserved, digest, inner = parts_of(base64.b64decode("".join(told.split()), validate=True)[10:])
        raw, made = parts_of(key)[1], parts_of(inner)[1]
    except (ValueError, IndexError, struct.error):
        return "", "its signature cannot be read"
    if purpose != CHECKPOINT.encode() or not fits(raw, made, note.encode(), CHECKPOINT, digest.decode("latin-1")):
        return "", "its signature does not fit what it says"
    at = next((digits(line[5:]) for line in note.splitlines() if line.startswith("time ")), "")
    for name, known, after, before in keys:
        if known == raw and digits(after) <= at and (not before or at < digits(before)):
            return name, ""
    return "", "it is signed with a key that nobody here vouched for then"


def digits(moment: str) -> str:
    """A moment down to the second, so that two can be compared."""
    return re.sub(r"\D", "", moment)[:14]


def allowed(path: str) -> list[Key]:
    """The keys of a file of OpenSSH: a name, the key, from when until when."""
    found = []
    for line in pathlib.Path(path).read_text("utf-8").splitlines():
        if "ssh-ed25519 " in line and not line.startswith("#"):
            after, before = (
                line.partition(f'{name}="')[2].partition('"')[0] for name in ("valid-after", "valid-before")
            )
            found.append((line.split()[0], key_of(line), after, before))
    return found


def main(ledger: str, *words: str) -> int:
    """Check a ledger against itself and the notes; the exit status."""
    places = [place for place, word in enumerate(words) if word == "--allowed-signers"]
    outside = [one for place in places for path in words[place + 1 : place + 2] for one in allowed(path)]
    notes = [word for place, word in enumerate(words) if place not in places and place - 1 not in places]
    db = sqlite3.connect(pathlib.Path(ledger).resolve().as_uri() + "?mode=ro", uri=True)
    wrong = [said for (said,) in db.execute("PRAGMA integrity_check(20)") if said != "ok"]
    name = (db.execute("SELECT value FROM setting WHERE name = 'ledger_id'").fetchone() or ("",))[0]
    hashes, contents, broken = chain(db)
    signed, unfit, keys = signatures(contents, hashes, name)
    wrong += broken + unfit
    newest = max(hashes, default=0)
    print(f"salesctl/{name}: {newest} entries, newest #{newest} {hashes.get(newest, '')[:8]}, {signed} of them signed")
    useless, things = [], 0
    for note in notes:
        text, beside = read(note), f"{note}.sig"
        count, differences = compared(text, name, hashes)
        things += count
        useless += [] if count else [note]
        for by, why in vouched(text, read(beside) if pathlib.Path(beside).is_file() else "", keys + outside):
            print(f"{note} is signed by {by}") if by else differences.append(why)
        wrong += [f"{note}: {one}" for one in differences]
    print(f"Checkpoints and receipt lines compared: {things}." if things else "Compared with nothing outside.")
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
