"""Which entry of the journal wrote a row: for many rows in at most two questions, however many they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.ledger.journal import Head
from salesctl.ledger.row import typed
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Part

FEW = 400  # numbers that are looked up by the index; beyond it the journal is gone through once
ENTRIES = "SELECT seq, hash, recorded_at, actor, verb, body FROM journal"
Wanted = tuple[str, int, str]  # table, id, and the column that counts; empty: the entry that added the row


class Source(Record):
    """The entry that wrote a row."""

    seq: int
    receipt: str
    recorded_at: datetime
    by: str
    verb: str
    packs: tuple[str, ...]  # digests of the packs it was made under; none where no rule was asked


def sources(view: Reading, parts: Sequence[Part]) -> dict[Wanted, Source]:
    """The entries behind the parts of a figure, by `key`; what a rule answered has none."""
    wanted = {key(part) for part in parts if part.row}
    numbers = {number[:40] for part in parts if part.row for number in (part.about, part.of) if number}
    found: dict[Wanted, Source] = {}
    if len(numbers) <= FEW:
        _read(_about(view, sorted(numbers)), wanted, found)
    if wanted - found.keys():
        _read(view.each(f"{ENTRIES} ORDER BY seq"), wanted - found.keys(), found)
    return found


def known_by(view: Reading, parts: Sequence[Part], paper: Part) -> tuple[list[Part], list[Part]]:
    """The parts that were entered before a paper was written, and those that came later; a paper names its column."""
    known = sources(view, [*parts, paper])
    made = known[key(paper)].seq
    later = [part for part in parts if part.row and known[key(part)].seq >= made]
    return [part for part in parts if part not in later], later


def stood(view: Reading, table: str, numbers: Sequence[str], paper: Part) -> dict[int, dict[str, Any]]:
    """The rows of a table as they stood before a paper was written, by id: replayed from the entries about numbers."""
    made = sources(view, [paper])[key(paper)].seq
    found: dict[int, dict[str, Any]] = {}
    for seq, _digest, _at, _actor, _verb, body in _about(view, sorted(numbers)):
        for _what, named, columns, images in json.loads(body)["rows"] if seq < made else ():
            for image in images if named == table else ():
                row = dict(zip(columns, image, strict=True))
                found.setdefault(row["id"], {}).update(row)
    return found


def key(part: Part) -> Wanted:
    """The row a part stands for, and the column of it that counts."""
    table, _space, row = part.row.partition(" ")
    return table, int(row or 0), part.column


def _about(view: Reading, numbers: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return iter(view.among(f"{ENTRIES} WHERE about IN :these ORDER BY seq", numbers))


def _read(entries: Iterable[tuple[Any, ...]], wanted: set[Wanted], found: dict[Wanted, Source]) -> None:
    """Keep the entry of each row wanted: of a column the newest that wrote it."""
    tables = {table for table, _row, _column in wanted}
    columns = {(table, column) for table, _row, column in wanted if column}
    for seq, digest, at, actor, verb, body in entries:
        if not any(f'"{table}"' in body for table in tables):
            continue
        content = json.loads(body)
        source = None
        for what, table, names, images in content["rows"]:
            if table not in tables:
                continue
            is_new = what == "add"  # what it does not name is as the table has it of a new row
            counting = [name for of, name in columns if of == table and (is_new or name in names)] + [""] * is_new
            place = names.index("id")
            for image in images if counting else ():
                for column in counting:
                    of = (table, image[place], column)
                    if of in wanted:
                        source = source or _source(seq, digest, at, actor, verb, content["packs"])
                        found[of] = source


def _source(seq: int, digest: str, at: str, actor: str | None, verb: str, packs: str) -> Source:
    known = tuple(sorted(set(filter(None, packs.split("+")))))
    return Source(seq, Head(seq, digest, at).receipt, typed("datetime", at), actor or "-", verb, known)
