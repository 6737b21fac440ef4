"""One fault of a pack, and what its finders share."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salesctl.policy.pack import Pack

    Says = tuple[str, Mapping[str, object]]  # English, from the catalogue; what fills it

LANGUAGES = ("en", "zh_CN")


class Fault(Record):
    """One thing wrong in a pack: where it stands, and what to do about it once `facts` fill `says`."""

    file: str
    entry: str
    says: str  # English, from the catalogue
    facts: Mapping[str, object] = {}


def bilingual(file: str, entry: str, texts: object) -> Iterator[Fault]:
    """The languages in which a text is missing."""
    for language in LANGUAGES:
        if not (isinstance(texts, dict) and isinstance(texts.get(language), str) and texts[language].strip()):
            yield Fault(file, entry, N_("has no text in {language}"), {"language": language})


def known(pack: Pack, base: Pack | None, part: str) -> list[str]:
    """The names a pack may cite: its own clauses or readings, and its regulation's."""
    return [*pack[part], *(base[part] if base else ())]


def unknown_clause(clause: object, clauses: list[str]) -> Says:
    """What is said of a clause that neither the pack nor its regulation has."""
    facts = {"clause": clause, "near": near(clause, clauses)}
    return N_("cites the clause {clause}, which is not in clauses.toml{near}"), facts


def near(name: object, names: list[str]) -> str:
    """The names that were probably meant, in brackets; nothing where none is near."""
    found = get_close_matches(str(name), names, 3)
    return f" ({', '.join(found)} ?)" if found else ""


def is_day(text: object) -> bool:
    """Whether a value is a day as TOML writes it."""
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def listed(value: object) -> list[Any]:
    """A list, or nothing where the pack says something else."""
    return value if isinstance(value, list) else []


def place(key: str, entry: Any) -> tuple[str, str]:
    """The file and the name of an entry."""
    _code, chapter, name = key.split(".", 2)
    return (entry["file"] if isinstance(entry, dict) else f"{chapter}.toml"), name
