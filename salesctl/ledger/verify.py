"""Prove a ledger: the file is sound, the chain unbroken, and the tables are what the journal says they are."""

from __future__ import annotations

import json
from functools import cache, partial
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.ledger import journal
from salesctl.ledger.rebuilt import Rebuilt
from salesctl.ledger.signatures import Signatures
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.ledger.book import Reading

# Columns that have another name by now; the journal keeps what was written under the first.
RENAMED = {"request": {"received": "base"}}
NOT_REBUILT = {"journal", "alembic_version"}
MOST_FINDINGS = 100
UNCOMPARED = N_("The schema was not compared: this login may not make one beside it. The owner may.")

REPEATED = {  # of an entry's content in columns of its own
    "seq": "seq",
    "recorded_at": "at",
    "clock": "clock",
    "actor": "actor",
    "verb": "verb",
    "about": "about",
    "request_id": "request",
}
SAID = itemgetter(*REPEATED.values())
NOTHING: dict[str, Any] = {"rows": [], "clock": ""}  # of an entry that cannot be read
READ = json.JSONDecoder().raw_decode

Values = tuple[Any, ...]
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
    declared, held, signatures = 0, 0, Signatures()
    renamed = {  # in a ledger of an older schema they have their first names
        table: {old: new for old, new in names.items() if old not in _columns(view, table)}
        for table, names in RENAMED.items()
    }
    newest = (0, journal.BEGINNING, "")
    for newest, body, broken in _chain(view) if "journal" in tables else ():
        declared, held = declared + (body["clock"] == "declared"), held + (body["clock"] == "held")
        wrong = signatures.look(*newest[:2], body, rebuilt)
        if not _replay(body.get("rows"), rebuilt, renamed) and not broken:
            wrong.append(N_("what it writes cannot be followed"))
        findings += [*broken, *(Finding(journal.Head(*newest).receipt, said) for said in wrong)]
    head = journal.Head(*newest)
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
        declared,
        held,
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


def _chain(view: Reading) -> Iterator[tuple[tuple[int, str, str], dict[str, Any], list[Finding]]]:
    """Every entry in order, with what is wrong with it. Hashed is what is stored, never a re-encoding."""
    from hashlib import sha256

    prev, following = journal.BEGINNING, 1
    columns = ", ".join(("prev", "hash", view.engine.BODY, *REPEATED))
    for row in view.each(f"SELECT {columns} FROM journal ORDER BY seq"):
        before, sealed, raw, seq = row[:4]
        broken = []
        if seq != following or before != prev:
            broken.append(N_("does not follow the entry before it"))
        if not isinstance(before, str) or journal.seal(before, raw, sha256) != sealed:
            broken.append(N_("its content is not what its hash says"))
        try:
            body = _content(raw)
            if SAID(body) != row[3:]:
                broken.append(N_("its columns do not repeat its content"))
        except (KeyError, TypeError, ValueError, RecursionError):  # SAID of what is no entry
            body = NOTHING
            broken.append(N_("its content cannot be read"))
        prev, following = sealed, seq + 1
        yield (seq, sealed, row[4]), body, [Finding(f"#{seq}", said) for said in broken]


def _content(body: bytes) -> dict[str, Any]:
    """An entry's content, if it is one.

    Raises:
        ValueError: it is no JSON, or more than that.
    """
    text = body.decode()
    content, end = READ(text)
    if end != len(text):
        raise ValueError(text)
    found: dict[str, Any] = content
    return found


def named(table: str, columns: list[str], renamed: dict[str, dict[str, str]]) -> list[str]:
    """The columns of an entry by the names they have by now."""
    return [renamed[table].get(column, column) for column in columns] if table in renamed else columns


def _columns(view: Reading, table: str) -> set[str]:
    return {name for name, _default in view.engine.columns(view, table)}


def _replay(writes: Any, rebuilt: Rebuilt, renamed: dict[str, dict[str, str]]) -> bool:
    """Write the rows of an entry; whether they could be written."""
    ways = {"add": rebuilt.add, "amend": rebuilt.amend}
    try:
        for what, table, columns, images in writes:
            ways[what](table, named(table, columns, renamed), images)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _differences(
    view: Reading, table: str, written: Iterator[tuple[int, tuple[str, ...], Values]]
) -> Iterator[Finding]:
    """The table beside what the journal wrote to it; both are read in the order of the ids."""
    usual = {  # what a new row has where its entry says nothing
        column: view.value(f"SELECT {default}") if default else None
        for column, default in view.engine.columns(view, table)
    }
    columns, completed = tuple(usual), cache(partial(_completing, usual))
    place = columns.index("id")
    ahead, lost = next(written, None), []
    for row in view.each(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"):
        key = row[place]
        while ahead and ahead[0] < key:
            lost.append(ahead[0])
            ahead = next(written, None)
        if not ahead or ahead[0] != key:
            yield Finding(_called(table, columns, row), N_("is in no entry of the journal"))
            continue
        _key, names, values = ahead
        if completed(names)(values) != row:
            yield Finding(_called(table, columns, row), N_("is not what the journal says"))
        ahead = next(written, None)
    for key in [*lost, *(key for key, *_row in chain([ahead] if ahead else [], written))]:
        yield Finding(f"{table} {key}", N_("is in the journal and no longer in its table"))


def _completing(usual: dict[str, Any], names: tuple[str, ...]) -> Callable[[Values], Values | None]:
    """What makes the values of these columns a whole row of a table; None where it has no such column."""
    unsaid = [column for column in usual if column not in names]
    known = (*names, *unsaid)
    if len(known) != len(usual):
        return lambda _values: None
    rest, order = tuple(usual[column] for column in unsaid), itemgetter(*map(known.index, usual))
    return lambda values: order(values + rest)


def _called(table: str, columns: tuple[str, ...], row: tuple[Any, ...]) -> str:
    """A row by its number or code, else its id."""
    values = dict(zip(columns, row, strict=True))
    return f"{table} {values.get('number') or values.get('code') or values['id']}"
