"""Find the one row a person means: by its code, an alias, its whole name, or the start of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from salesctl.errors import Ambiguous, Unknown
from salesctl.ledger.row import Row
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.ledger.book import Reading

R = TypeVar("R", bound=Row)
MOST = 5  # candidates shown
LONGEST = 60  # of what was typed, shown


class Register(Record):
    """Where names of a kind are kept."""

    what: str  # English, from the catalogue
    table: str
    alias_table: str
    alias_column: str  # which refers to the table
    listing: str  # the command that lists them


def resolve(view: Reading, register: Register, kind: type[R], text: str, key: str) -> R:
    """The one row meant by `text`, whose name would have the key `key`.

    Raises:
        Ambiguous: it starts several.
        Unknown: it starts none; near ones are named.
    """
    ids = _matches(view, register, text, key)
    if len(ids) == 1:
        return view.one(kind, id=ids[0])
    if ids:
        more = ", …" if len(ids) > MOST else ""
        raise Ambiguous(value=text[:LONGEST], what=register.what, candidates=_named(view, register, ids[:MOST]) + more)
    near = _named(view, register, _near(view, register, key))
    raise Unknown(value=text[:LONGEST], what=register.what, candidates=near or "-", listing=register.listing)


def found(view: Reading, register: Register, kind: type[R], text: str, key: str) -> R | None:
    """As `resolve`, but None where nothing starts so; several are still an error."""
    ids = _matches(view, register, text, key)
    if not ids:
        return None
    return resolve(view, register, kind, text, key)


def _matches(view: Reading, register: Register, text: str, key: str) -> list[int]:
    """The exact code, else the exact name or alias, else whatever starts so."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        return []  # bytes that are no text are nobody's name
    name, alias = register.table, register.alias_table
    code, _space, rest = text.strip().partition(" ")  # `P003 林静`, as lists and messages show it
    exact = view.select(
        f"SELECT id FROM {name} WHERE code = :whole OR (code = :code AND name = :rest)",
        whole=text.strip(),
        code=code,
        rest=rest,
    )
    if not exact and key:
        exact = view.select(
            f"SELECT id FROM {name} WHERE name_key = :key UNION SELECT {register.alias_column} FROM {alias} "
            "WHERE alias_key = :key ORDER BY 1",
            key=key,
        )
    if exact or not key:
        return [row for (row,) in exact]
    until = key + "\U0010ffff"  # a range on the index, where LIKE would read the whole table
    begun = view.select(
        f"SELECT id FROM {name} WHERE name_key >= :key AND name_key < :until "
        f"UNION SELECT {register.alias_column} FROM {alias} WHERE alias_key >= :key AND alias_key < :until "
        f"UNION SELECT id FROM {name} WHERE code >= :code AND code < :code_until ORDER BY 1 LIMIT 6",
        key=key,
        until=until,
        code=text.strip(),
        code_until=text.strip() + "\U0010ffff",
    )
    return [row for (row,) in begun]


def _near(view: Reading, register: Register, key: str) -> list[int]:
    """Rows whose name contains the text, or is spelt almost so."""
    rows = view.select(
        f"SELECT id, name_key FROM {register.table} UNION ALL "
        f"SELECT {register.alias_column}, alias_key FROM {register.alias_table} ORDER BY 1 LIMIT 20000"
    )
    inside = [row for row, name_key in rows if key and (key in name_key or name_key in key)]
    if not inside:
        from difflib import get_close_matches

        by_key = {name_key: row for row, name_key in rows}
        inside = [by_key[near] for near in get_close_matches(key, by_key, MOST, 0.5)]
    return list(dict.fromkeys(inside))[:MOST]


def _named(view: Reading, register: Register, ids: list[int]) -> str:
    named = [view.select(f"SELECT code, name FROM {register.table} WHERE id = :id", id=row)[0] for row in ids]
    return ", ".join(f"{code} {name}" for code, name in named)


def free_code(view: Reading, table: str, letter: str) -> str:
    """The next code of the house's own series, `P007`; a code somebody chose is passed over."""
    number = view.value(f"SELECT count(*) FROM {table}") + 1
    while view.value(f"SELECT 1 FROM {table} WHERE code = :code", code=f"{letter}{number:03d}"):
        number += 1
    return f"{letter}{number:03d}"


def starting(view: Reading, register: Register, incomplete: str) -> list[tuple[str, str]]:
    """Codes and names for completion in a shell: codes, since a name with a space would become two words."""
    like = incomplete.replace("%", "") + "%"
    return [
        (code, name)
        for code, name in view.select(
            f"SELECT code, name FROM {register.table} WHERE code LIKE :like OR name LIKE :like ORDER BY code LIMIT 50",
            like=like,
        )
    ]
