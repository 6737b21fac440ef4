"""What a figure says, for people: every version as lines, each with the clause it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.kinds import basis_of
from salesctl.policy.schedule import written
from salesctl.policy.units import Rate, parse_money, yuan

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesctl.policy.kinds import Version
    from salesctl.policy.outcome import Basis

    Word = Callable[[str], str]
    Texts = Callable[[dict[str, str]], str]


def said(kind: str, version: Version, word: Word = str, of: Texts = lambda texts: texts["en"]) -> list[str]:
    """A version's figure as lines.

    `word` puts the names of rungs, options and roles into the reader's language, `of` picks it from a text.
    """
    if kind == "bands":
        return [f"{word(band['name'])}{_reach(band)}" for band in version["bands"]]
    if kind == "split":
        return [f"{word(share['name'])} {Rate.of(str(share['share'])).percent()}" for share in version["shares"]]
    if kind == "grid":
        return [f"{word(name)}: {', '.join(map(word, row))}" for name, row in version["rows"].items()]
    if kind == "checklist":
        return _lines(version, word, of)
    if kind == "schedule":
        return [written(version, word)]
    if kind == "amount":
        return [yuan(parse_money(str(version["value"])))]
    if kind == "choice":
        return [word(version["value"])]
    return [Rate.of(str(version["value"])).percent() if kind == "rate" else str(version["value"])]


def stated(
    key: str, kind: str, version: Version, word: Word = str, of: Texts = lambda texts: texts["en"]
) -> list[tuple[str, Basis]]:
    """The lines of `said`, each with what it rests on: a rung, a share, a row, an item may cite its own clause."""
    lines = said(kind, version, word, of)
    parts = _parts(kind, version) or [{}]
    return [(line, basis_of(key, version, part)) for line, part in zip(lines, parts, strict=True)]


def cited(version: Version, part: str) -> list[str]:
    """The clauses (`source`) or readings (`reading`) a version and its parts rest on, each once."""
    lists = (*version.get("bands", ()), *version.get("shares", ()), *version.get("items", ()))
    records = [version, *(record for record in lists if isinstance(record, dict))]
    records += [{"source": clause} for clause in version.get("sources", {}).values()]
    return list(dict.fromkeys(record[part] for record in records if record.get(part)))


def _parts(kind: str, version: Version) -> list[Version]:
    if kind == "grid":
        own = version.get("sources", {})
        return [{"source": own[row]} if row in own else {} for row in version["rows"]]
    if kind == "checklist":
        return [] if isinstance(version["items"][0], str) else version["items"]
    parts: list[Version] = version.get({"bands": "bands", "split": "shares"}.get(kind, ""), [])
    return parts


def _lines(version: Version, word: Word, of: Texts) -> list[str]:
    items = version["items"]
    if isinstance(items[0], str):
        return [", ".join(map(word, items))]
    return [of(item) for item in items]


def _reach(band: Version) -> str:
    for end, sign in (("through", "<="), ("below", "<")):
        if end in band:
            return f" {sign} {band[end]}"
    return ""
