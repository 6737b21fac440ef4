"""Prove a ledger: the file is sound, the chain unbroken, and the tables are what the journal says they are."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.ledger import journal
from salesctl.ledger.rebuilt import Rebuilt
from salesctl.ledger.signatures import Signatures
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.ledger.book import Reading

# Columns that have another name by now; the journal keeps what was written under the first.
RENAMED = {("request", "received"): "base"}
NOT_REBUILT = {"journal", "alembic_version"}
MOST_FINDINGS = 100
UNCOMPARED = N_("The schema was not compared: this login may not make one beside it. The owner may.")

Schema = dict[tuple[str, str], str | None]  # kind and name -> the statement that made it


class Finding(Record):
    """One thing that is not as it was written."""

    where: str
    says: str  # English, from the catalogue


class Report(Record):
    """What a verification looked at and found."""

    entries: int
    rows: int
    head: str
    declared: int  # entries whose time was declared, not read from a clock
    held: int  # entries made while the machine's clock was behind the journal
    findings: list[Finding]
    unchecked: list[str]  # what could not be looked at: English, from the catalogue
    signed: int = 0  # entries whose signature was checked
    keys: int = 0  # by how many keys


def verify(view: Reading, expected: Schema | None) -> Report:
    """Look at everything a ledger can prove about itself.

    Args:
        view: the ledger.
        expected: what a ledger made today consists of; None where that cannot be known.
    """
    findings = [Finding("file", said) for said in view.engine.damage(view)]
    there = view.engine.schema(view)
    unchecked = [*view.engine.UNCHECKED, *([UNCOMPARED] if expected is None else [])]
    expected = there if expected is None else expected
    findings += _schema_findings(there, expected)
    tables = {name for kind, name in expected.keys() & there.keys() if kind == "table"}
    rebuilt = Rebuilt()
    clocks, signatures = {"declared": 0, "held": 0}, Signatures()
    head = journal.Head(0, journal.BEGINNING, "")
    renamed = {old: new for old, new in RENAMED.items() if old[1] not in _columns(view, old[0])}
    for newest, body, broken in _chain(view) if "journal" in tables else ():
        head = newest
        findings += broken
        if body["clock"] in clocks:
            clocks[body["clock"]] += 1
        findings += [
            Finding(newest.receipt, said) for said in signatures.look(newest.seq, newest.hash, body, rebuilt.at_hand)
        ]
        if not _replay(body["rows"], rebuilt, renamed) and not broken:
            findings.append(Finding(newest.receipt, N_("its content cannot be read")))
    rows = 0
    for table in sorted(tables - NOT_REBUILT):
        if there["table", table] != expected["table", table]:
            continue  # that it is not as it was made is a finding of its own
        findings += _differences(view, table, rebuilt.in_order(table))
        rows += view.value(f"SELECT count(*) FROM {table}")
    beside = [table for table in rebuilt.tables if table not in tables - NOT_REBUILT]
    findings += [Finding(table, N_("the journal writes to a table that is not there")) for table in beside]
    return Report(
        head.seq,
        rows,
        head.receipt,
        clocks["declared"],
        clocks["held"],
        findings[:MOST_FINDINGS],
        [*unchecked, *signatures.uncheckable],
        signatures.checked,
        len(signatures.keys),
    )


def _schema_findings(there: Schema, expected: Schema) -> Iterator[Finding]:
    """A guard that was removed or disarmed, a view put before a table, a rule taken out of one."""
    for part in sorted(expected.keys() | there.keys()):
        if part not in there:
            yield Finding(" ".join(part), N_("was removed from the ledger"))
        elif part not in expected:
            yield Finding(" ".join(part), N_("does not belong to the ledger"))
        elif there[part] != expected[part]:
            yield Finding(" ".join(part), N_("is not as it was made"))


def _chain(view: Reading) -> Iterator[tuple[journal.Head, dict[str, Any], list[Finding]]]:
    """Every entry in order, with what is wrong with it. Hashed is what is stored, never a re-encoding."""
    prev = journal.BEGINNING
    expected = 1
    from hashlib import sha256

    columns = [view.engine.BODY if column == "body" else column for column in journal.COLUMNS]
    for row in view.each(f"SELECT {', '.join(columns)} FROM journal ORDER BY seq"):
        entry = dict(zip(journal.COLUMNS, row, strict=True))
        where, broken = f"#{entry['seq']}", []
        if entry["seq"] != expected or entry["prev"] != prev:
            broken.append(Finding(where, N_("does not follow the entry before it")))
        if journal.seal(entry["prev"], entry["body"], sha256) != entry["hash"]:
            broken.append(Finding(where, N_("its content is not what its hash says")))
        body = _content(entry["body"])
        if body is None:
            body = {"rows": [], "clock": ""}
            broken.append(Finding(where, N_("its content cannot be read")))
        repeated = {
            "seq": "seq",
            "recorded_at": "at",
            "clock": "clock",
            "actor": "actor",
            "verb": "verb",
            "about": "about",
            "request_id": "request",
        }
        if any(entry[column] != body.get(name) for column, name in repeated.items()):
            broken.append(Finding(where, N_("its columns do not repeat its content")))
        prev, expected = entry["hash"], entry["seq"] + 1
        yield journal.Head(entry["seq"], entry["hash"], entry["recorded_at"]), body, broken


def _content(body: bytes) -> dict[str, Any] | None:
    """An entry's content, or None where it is no entry's."""
    try:
        content = json.loads(body)
    except ValueError:
        return None
    return content if isinstance(content, dict) and {"rows", "clock", "seq"} <= content.keys() else None


def _columns(view: Reading, table: str) -> set[str]:
    return {name for name, _default in view.engine.columns(view, table)}


def _replay(writes: list[list[Any]], rebuilt: Rebuilt, renamed: dict[tuple[str, str], str]) -> bool:
    """Write the rows of an entry; whether they could be read."""
    try:
        for what, table, columns, images in writes:
            names = [renamed.get((table, column), column) for column in columns]
            write = rebuilt.add if what == "add" else rebuilt.amend
            write(table, names, images)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _differences(view: Reading, table: str, written: Iterator[tuple[Any, dict[str, Any]]]) -> Iterator[Finding]:
    """The table beside what the journal wrote to it; both are read in the order of the ids."""
    columns, added, lost = [], {}, []
    for column, default in view.engine.columns(view, table):
        columns.append(column)
        added[column] = view.value(f"SELECT {default}") if default else None  # what older entries know nothing of
    ahead = next(written, None)
    for row in view.each(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"):
        values = dict(zip(columns, row, strict=True))
        while ahead and isinstance(ahead[0], (int, float)) and ahead[0] < values["id"]:
            lost.append(ahead[0])
            ahead = next(written, None)
        where = f"{table} {values.get('number') or values.get('code') or values['id']}"
        if not ahead or ahead[0] != values["id"]:
            yield Finding(where, N_("is in no entry of the journal"))
            continue
        if ahead[1] != values and {**added, **ahead[1]} != values:
            yield Finding(where, N_("is not what the journal says"))
        ahead = next(written, None)
    lost += [key for key, _row in chain([ahead] if ahead else [], written)]
    for key in lost:
        yield Finding(f"{table} {key}", N_("is in the journal and no longer in its table"))
