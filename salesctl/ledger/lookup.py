"""Find the one row a person means: by its number, its code, an alias, its whole name, or the start of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from salesctl.errors import N_, WRONG, Ambiguous, SalesctlError, Unknown
from salesctl.ledger.row import Row
from salesctl.policy.units import nfkc, shown
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


class Series(Record):
    """Where numbers of a kind are kept."""

    what: str  # English, from the catalogue
    letter: str  # of the house's own numbers, such as V of V-12; empty where it gives none
    listing: str  # the command that lists them


class NotExact(SalesctlError):
    """A name in a file must be whole: what it begins with may become another tomorrow."""

    code, status = "import.name", WRONG
    says = N_("no {what} has exactly the code, name or alias {value!r}")


def resolve(view: Reading, register: Register, kind: type[R], text: str, key: str) -> R:
    """The one row meant by `text`, whose name would have the key `key`.

    Raises:
        Ambiguous: it starts several.
        Unknown: it starts none; near ones are named.
    """
    one = found(view, register, kind, text, key)
    if one is None:
        near = _named(view, register, _near(view, register, key))
        raise Unknown(value=text[:LONGEST], what=register.what, candidates=near or "-", listing=register.listing)
    return one


def found(view: Reading, register: Register, kind: type[R], text: str, key: str) -> R | None:
    """As `resolve`, but None where nothing starts so; several are still an error."""
    if _is_no_text(text):
        return None
    return _only(view, register, kind, text, _matches(view, register, text, key))


def exactly(view: Reading, register: Register, kind: type[R], text: str, key: str) -> R:
    """The one row of that very code, name or alias; the only form that counts in a file.

    Raises:
        Ambiguous: it is the name of several.
        NotExact: it is nobody's.
    """
    one = None if _is_no_text(text) else _only(view, register, kind, text, _exact(view, register, text, key))
    if one is None:
        raise NotExact(value=text[:LONGEST], what=register.what)
    return one


def numbered(view: Reading, kind: type[R], series: Series, text: str) -> R:
    """The row of that number, in any width and case; `12` is `V-12` where the house gives the numbers.

    Raises:
        Ambiguous: numbers of the office's own that differ in case alone.
        Unknown: there is none; near ones are named.
    """
    plain = nfkc(text).strip()
    count = plain.upper().removeprefix(f"{series.letter}-")
    own = f"{series.letter}-{count}" if series.letter and count.isdecimal() else plain
    for where in ("number = :typed", "number IN (:plain, :own)", "lower(number) = lower(:plain)"):
        rows = [] if _is_no_text(text) else view.all(kind, where, typed=text.strip(), plain=plain, own=own)
        if len(rows) > 1:
            said = ", ".join(str(row.image()["number"]) for row in rows[:MOST])
            raise Ambiguous(value=shown(text), what=series.what, candidates=said)
        if rows:
            return rows[0]
    near = ", ".join(_near_numbers(view, kind, plain))
    raise Unknown(value=shown(text), what=series.what, candidates=near or "-", listing=series.listing)


def _only(view: Reading, register: Register, kind: type[R], text: str, ids: list[int]) -> R | None:
    if len(ids) > 1:
        more = ", …" if len(ids) > MOST else ""
        raise Ambiguous(value=text[:LONGEST], what=register.what, candidates=_named(view, register, ids[:MOST]) + more)
    return view.one(kind, id=ids[0]) if ids else None


def _is_no_text(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)  # bytes that are no text are nobody's name


def _exact(view: Reading, register: Register, text: str, key: str) -> list[int]:
    """The exact code, else the exact name or alias."""
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
    return [row for (row,) in exact]


def _matches(view: Reading, register: Register, text: str, key: str) -> list[int]:
    """The exact code or name, else the code in another width or case, else whatever starts so."""
    if exact := _exact(view, register, text, key):
        return exact
    folded = view.select(f"SELECT id FROM {register.table} WHERE lower(code) = :code", code=nfkc(text).strip().lower())
    return [row for (row,) in folded] or _begun(view, register, text, key)


def _begun(view: Reading, register: Register, text: str, key: str) -> list[int]:
    """Whatever code, name or alias starts so."""
    if not key:
        return []
    name, alias = register.table, register.alias_table
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


def _near_numbers(view: Reading, kind: type[Row], plain: str) -> list[str]:
    """Numbers that contain the text, or are spelt almost so; else the newest."""
    wanted = plain.casefold()
    known = {n.casefold(): n for (n,) in view.select(f"SELECT number FROM {kind.table} ORDER BY id DESC LIMIT 20000")}
    inside = [number for folded, number in known.items() if wanted and wanted in folded]
    if not inside:
        from difflib import get_close_matches

        inside = [known[folded] for folded in get_close_matches(wanted[:LONGEST], known, MOST, 0.6)]
    return (inside or list(known.values()))[:MOST]


def _named(view: Reading, register: Register, ids: list[int]) -> str:
    named = [view.select(f"SELECT code, name FROM {register.table} WHERE id = :id", id=row)[0] for row in ids]
    return ", ".join(f"{code} {name}" for code, name in named)


def free_code(view: Reading, table: str, letter: str) -> str:
    """The next code of the house's own series, `P007`; a code somebody chose is passed over."""
    number = view.value(f"SELECT count(*) FROM {table}") + 1
    while view.value(f"SELECT 1 FROM {table} WHERE code = :code", code=f"{letter}{number:03d}"):
        number += 1
    return f"{letter}{number:03d}"
