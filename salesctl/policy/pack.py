"""Read a pack from its folder, and find everything that is wrong with it at once.

A folder holds `pack.toml` (who it is), `clauses.toml`, `readings.toml` and one file per chapter; a chapter's
entries are named `<code>.<file>.<entry>`. A company's pack extends a regulation and sets figures of it; a later
version of a regulation states what is different in it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.policy.fault import Fault
from salesctl.policy.faults import faults

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from salesctl.policy.kinds import Version

Pack = dict[str, Any]  # code, name, extends, clauses, readings, entries, digest: plain JSON throughout

ABOUT = ("pack.toml", "clauses.toml", "readings.toml")
TEXTS = ("clauses", "readings")  # read only when somebody asks for words


def read(folder: Path, bases: Iterable[Pack] = ()) -> tuple[Pack, list[Fault]]:
    """The pack in this folder, and all its faults; `bases` are the regulations it may extend."""
    texts, unread = _texts(folder)
    about = texts.get("pack.toml", {})
    by_code = {base["code"]: base for base in bases if not base["extends"]}
    extends = about.get("extends", about.get("version_of", ""))
    pack: Pack = {
        "about": about,
        "code": about.get("code", ""),
        "name": about.get("name", {}),
        "extends": extends if isinstance(extends, str) else "?",
        "is_version": "version_of" in about,
        "starts": about.get("starts", "date"),
        "clauses": texts.get("clauses.toml", {}),
        "readings": texts.get("readings.toml", {}),
        "entries": {},
    }
    base = by_code.get(pack["extends"], {"entries": {}})
    for file in texts.keys() - ABOUT:
        for name, record in texts[file].items():
            key = f"{pack['extends'] or pack['code']}.{file.removesuffix('.toml')}.{name}"
            pack["entries"][key] = _entry(file, record, base["entries"].get(key), is_company=_is_company(pack))
    pack["entries"] = dict(sorted(pack["entries"].items()))
    found = _each_once([*unread, *faults(pack, by_code)])
    del pack["about"]
    pack["digest"] = digest(pack)
    pack["first_days"] = {} if found else _first_days(pack)
    return pack, found


def _each_once(found: list[Fault]) -> list[Fault]:
    """What an entry says for all its versions is wrong in each of them, and said once."""
    lines = {(fault.file, fault.entry, fault.says, str(fault.facts)): fault for fault in found}
    return list(lines.values())


def _is_company(pack: Pack) -> bool:
    return bool(pack["extends"]) and not pack["is_version"]


def digest(pack: Pack) -> str:
    """The content's fingerprint; recorded with every decision that rests on it."""
    text = json.dumps(pack, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parts(pack: Pack, folder: str) -> tuple[Pack, Pack]:
    """What most commands need, and the words that few ask for: each is kept in a file of its own."""
    figures = {name: value for name, value in pack.items() if name not in TEXTS}
    return {**figures, "folder": folder}, {name: pack[name] for name in TEXTS}


def _first_days(pack: Pack) -> dict[str, str]:
    return {clause: record.get("first_day", "") for clause, record in pack["clauses"].items()}


def _entry(file: str, record: Any, own: dict[str, Any] | None, *, is_company: bool) -> Any:
    """An entry with what its versions inherit: clause and reading; a company's, kind and first day as well."""
    if not isinstance(record, dict):
        return record
    entry: dict[str, Any] = {"version": [], **record, "file": file}
    if own:
        entry = {"kind": own["kind"], **entry}
    inherited = _inherited(entry, own)
    if is_company:
        inherited["origin"] = "company"
    if isinstance(entry["version"], list):
        entry["version"] = _ended([{**inherited, **v} if isinstance(v, dict) else v for v in entry["version"]])
    return entry


def _inherited(entry: dict[str, Any], own: dict[str, Any] | None) -> Version:
    """What a version need not repeat: what its entry says, and what the regulation's own figure says."""
    given = _picked(entry, "source", "reading")
    if own is None:
        return given
    first, latest = (own["version"] or [{}])[0], (own["version"] or [{}])[-1]
    return {
        **_picked(first, "from"),
        **_picked(latest, "source", "options"),
        **_picked(own, "source", "reading"),
        **given,
    }


def _picked(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: record[name] for name in names if name in record}


def _ended(versions: list[Any]) -> list[Any]:
    """Every version but the last ends where the next begins, unless it says itself where."""
    for version, following in pairwise(versions):
        next_first = following.get("from", "") if isinstance(following, dict) else ""
        if isinstance(version, dict) and str(next_first) > str(version.get("from", "")):
            version.setdefault("until", next_first)
    return versions


def _texts(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    import tomllib
    from decimal import Decimal

    texts, found = {}, []
    if not (folder / "pack.toml").is_file():
        found.append(Fault("pack.toml", "", N_("is missing; it names the pack: code and name")))
    for file in sorted(folder.glob("*.toml")):
        try:
            read_in = tomllib.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            found.append(Fault(file.name, "", N_("is not TOML: {error}"), {"error": error}))
        else:
            texts[file.name] = _plain(read_in)
    return texts, found


def _plain(value: object) -> Any:
    """TOML values as JSON ones: dates as ISO text, decimals as written."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, time):
        return value.isoformat("minutes" if value == value.replace(second=0, microsecond=0) else "auto")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (bool, int, str)) else str(value)
