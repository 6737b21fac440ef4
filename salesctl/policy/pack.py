"""Read a pack from its folder, and say everything that is wrong with it at once.

A folder holds `pack.toml` (who it is), `clauses.toml`, `readings.toml` and one file per chapter; a chapter's
entries are named `<code>.<file>.<entry>`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Pack = dict[str, Any]  # code, name, clauses, readings, entries, digest: plain JSON throughout

ABOUT = ("pack.toml", "clauses.toml", "readings.toml")
CLAUSE_KINDS = ("obligation", "permission", "prohibition", "gate", "consequence", "parameter", "information")
ORIGINS = ("seed", "company", "tool-default")


class Fault(NamedTuple):
    """One thing wrong in a pack: where it stands and what to do about it."""

    file: str
    entry: str
    says: str


class PackFaulty(SalesctlError):
    """A pack that must not be used."""

    code, status = "policy.faulty-pack", WRONG
    says = N_("The policy pack {pack} has {count} fault(s); nothing was taken from it.")
    hint = N_("Correct these entries; `salesctl policy check FOLDER` lists them again.")


def read(folder: Path) -> tuple[Pack, list[Fault]]:
    """The pack in this folder and all its faults, in the order of its files."""
    texts, found = _texts(folder)
    about = texts.get("pack.toml", {})
    pack: Pack = {
        "code": about.get("code", ""),
        "name": about.get("name", {}),
        "extends": about.get("extends", ""),
        "clauses": texts.get("clauses.toml", {}),
        "readings": texts.get("readings.toml", {}),
        "entries": {},
    }
    chapters = {name: text for name, text in texts.items() if name not in ABOUT}
    for name, chapter in chapters.items():
        for entry, record in chapter.items():
            key = f"{pack['code']}.{name.removesuffix('.toml')}.{entry}"
            pack["entries"][key] = {"file": name, **record} if isinstance(record, dict) else record
    found += _about_faults(pack)
    found += [fault for key, entry in pack["entries"].items() for fault in _entry_faults(pack, key, entry)]
    pack["digest"] = digest(pack)
    return pack, found


def load(folder: Path) -> Pack:
    """The pack in this folder, or every fault it has.

    Raises:
        PackFaulty: it has at least one.
    """
    pack, found = read(folder)
    if found:
        listed = [f"{fault.file}  [{fault.entry}]  {fault.says}" for fault in found]
        raise PackFaulty(pack=folder.name, count=len(found), lines=listed)
    return pack


def digest(pack: Pack) -> str:
    """The content's fingerprint; recorded with every decision that rests on it."""
    content = {name: value for name, value in pack.items() if name != "digest"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
            found.append(Fault(file.name, "", f"is not TOML: {error}"))
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
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (bool, int, str)) else str(value)


def _about_faults(pack: Pack) -> Iterator[Fault]:
    if not isinstance(pack["code"], str) or not pack["code"].isalpha():
        yield Fault("pack.toml", "code", N_("must be letters, such as A"))
    yield from _bilingual("pack.toml", "name", pack["name"])
    for clause, record in pack["clauses"].items():
        yield from _bilingual("clauses.toml", clause, record)
        if record.get("kind") not in CLAUSE_KINDS:
            yield Fault("clauses.toml", clause, f"kind must be one of: {', '.join(CLAUSE_KINDS)}")
    for reading, record in pack["readings"].items():
        for part in ("chosen", "why"):
            yield from _bilingual("readings.toml", f"{reading} {part}", record.get(part, {}))
        if record.get("clause") not in pack["clauses"] and not pack["extends"]:
            yield Fault("readings.toml", reading, f"speaks of clause {record.get('clause')!r}, which is not listed")


def _bilingual(file: str, entry: str, texts: object) -> Iterator[Fault]:
    for language in ("en", "zh_CN"):
        if not (isinstance(texts, dict) and isinstance(texts.get(language), str) and texts[language]):
            yield Fault(file, entry, f"has no text in {language}")


def _entry_faults(pack: Pack, key: str, entry: Any) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield Fault(ABOUT[0], key, N_("must be a table with kind, label and versions"))
        return
    file, name = entry["file"], key.split(".", 2)[2]
    unknown = set(entry) - {"file", "kind", "label", "of", "required", "version"}
    if unknown:
        yield Fault(file, name, f"has a field nobody reads: {', '.join(sorted(unknown))}")
    if not pack["extends"]:
        yield from _bilingual(file, f"{name} label", entry.get("label"))
    if not entry.get("version") and not entry.get("required"):
        yield Fault(file, name, N_("has no version; give one, or say required = true for a figure each company sets"))
    before = ""
    for version in entry.get("version", []):
        for says in kinds.faults(entry.get("kind", ""), version):
            yield Fault(file, name, says)
        yield from _version_faults(pack, file, name, version)
        first = version.get("from", "")
        if before and first <= before:
            yield Fault(file, name, f"the version from {first or 'the beginning'} does not come after {before}")
        if version.get("until", "9999") <= first:
            yield Fault(file, name, f"ends on {version['until']}, not after its first day {first}")
        before = version.get("until", first) or "0000-01-01"


def _version_faults(pack: Pack, file: str, name: str, version: kinds.Version) -> Iterator[Fault]:
    if version.get("origin") not in ORIGINS:
        yield Fault(file, name, f"origin must be one of: {', '.join(ORIGINS)}")
    for record in (version, *version.get("bands", ())):
        if (reading := record.get("reading")) and not pack["extends"] and reading not in pack["readings"]:
            yield Fault(file, name, f"rests on reading {reading!r}, which readings.toml does not have")
        source = record.get("source")
        if source and not pack["extends"] and source not in pack["clauses"]:
            yield Fault(file, name, f"cites clause {source!r}, which clauses.toml does not have")
        if not source and record is version and not version.get("bands"):
            yield Fault(file, name, N_('cites no clause; say source = "..."'))
