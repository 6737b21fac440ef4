"""A mapping is saved for a noun under a name, found when a file of that kind comes in, and dropped when it is over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.intake import Source, fields_named, mapping_of
from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.mappings.rows import ImportMap
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from salesctl.console.intake import Field
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

LONGEST = 40  # of a name
LONGEST_HEADING, LONGEST_FORM = 200, 60
MAPS = "salesctl import map list"
HELD = (
    "id IN (SELECT max(id) FROM import_map WHERE saved_on <= :on GROUP BY noun, name) AND is_dropped = 0 "
    "ORDER BY noun, name"
)


class NothingMapped(SalesctlError):
    """A mapping that says nothing."""

    code, status = "import.no-map", WRONG
    says = N_("The mapping {value!r} names no column, no form of days and no encoding.")
    hint = N_("Say at least one: --map number=发票号, --date-format %m/%d/%Y, --encoding gb18030")


class NewMap(Record):
    """What is said of a mapping."""

    noun: str
    name: str
    source: Source  # its columns, form of days and encoding; the path means nothing


def save(desk: Desk, new: NewMap, fields: Sequence[Field]) -> tuple[ImportMap, bool]:
    """Save a mapping, in place of the one that had its name; and whether anything is new about it.

    Raises:
        NoField: it names a column that the noun's files do not have.
        NothingMapped: it says nothing at all.
    """
    name = names.checked(new.name, LONGEST)
    pairs = mapping_of(new.source.mapping)
    fields_named(pairs, fields)
    for heading in pairs.values():
        names.checked(heading, LONGEST_HEADING)
    form, encoding = new.source.date_format.strip(), new.source.encoding.strip()
    for text, longest in ((form, LONGEST_FORM), (encoding, LONGEST)):
        if text:
            names.checked(text, longest)
    if not (pairs or form or encoding):
        raise NothingMapped(value=name)
    said: dict[str, Any] = {
        "headings": json.dumps(pairs, ensure_ascii=False),
        "date_format": form,
        "encoding": encoding,
    }
    with desk.ledger.transaction("import.map", desk) as tx:
        before = _held(tx, new.noun, name, desk.today)
        if before is not None and all(getattr(before, column) == value for column, value in said.items()):
            return before, False
        tx.about = f"{new.noun} {name}"[:40]
        who = desk.actor.id if desk.actor else None
        row = ImportMap(noun=new.noun, name=name, saved_on=desk.today, saved_at=tx.now, saved_by_id=who, **said)
        return tx.add(row), True


def drop(desk: Desk, noun: str, name: str) -> ImportMap:
    """End a mapping from the business day on; what it took in stays."""
    with desk.ledger.transaction("import.unmap", desk) as tx:
        held = named(tx, noun, name, desk.today)
        tx.about = f"{noun} {held.name}"[:40]
        who = desk.actor.id if desk.actor else None
        return tx.add(held.copied(id=None, is_dropped=True, saved_on=desk.today, saved_at=tx.now, saved_by_id=who))


def held(view: Reading, on: date, noun: str = "") -> list[ImportMap]:
    """The mappings that hold on a day, of all nouns or of one."""
    return [one for one in view.all(ImportMap, HELD, on=on) if noun in ("", one.noun)]


def named(view: Reading, noun: str, name: str, on: date) -> ImportMap:
    """The mapping of that name.

    Raises:
        Unknown: there is none on that day; those of the noun are named.
    """
    found = _held(view, noun, name.strip(), on)
    if found is None:
        others = ", ".join(one.name for one in held(view, on, noun))
        raise Unknown(what=N_("mapping"), value=shown(name), candidates=others or "-", listing=MAPS)
    return found


def headings(one: ImportMap) -> dict[str, str]:
    """Our keys and the file's headings of a mapping."""
    found: dict[str, str] = json.loads(one.headings)
    return found


def mapped(desk: Desk, noun: str, source: Source, name: str) -> Source:
    """A file as the mapping of that name says it is written; what was typed beside it goes first."""
    if not name:
        return source
    with desk.ledger.reading() as view:
        found = named(view, noun, name, desk.today)
    pairs = {**headings(found), **mapping_of(source.mapping)}
    return source.but(
        mapping=[f"{key}={heading}" for key, heading in pairs.items()],
        date_format=source.date_format or found.date_format,
        encoding=source.encoding or found.encoding,
    )


def _held(view: Reading, noun: str, name: str, on: date) -> ImportMap | None:
    return next((one for one in held(view, on, noun) if one.name == name), None)
