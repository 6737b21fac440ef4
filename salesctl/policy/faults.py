"""Everything that may be wrong with a whole pack: its name, its clauses and readings, and how entries rest on them."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from salesctl.errors import N_
from salesctl.policy.checks import check, unread
from salesctl.policy.kinds import GRADES
from salesctl.policy.timeline import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salesctl.policy.kinds import Version
    from salesctl.policy.pack import Pack

LANGUAGES = ("en", "zh_CN")
CLAUSE_KINDS = ("obligation", "permission", "prohibition", "gate", "consequence", "parameter", "information")
ORIGINS = ("seed", "company", "tool-default")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
CLAUSE_FIELDS = {"kind", "first_day", "honoured", *LANGUAGES}
READING_FIELDS = {"clause", "chosen", "why", "alternatives"}
ENTRY_FIELDS = {"file", "kind", "label", "of", "required", "source", "reading", "version"}


class Fault(NamedTuple):
    """One thing wrong in a pack: where it stands, and what to do about it once `facts` fill `says`."""

    file: str
    entry: str
    says: str  # English, from the catalogue
    facts: Mapping[str, object] = {}


def faults(pack: Pack, bases: dict[str, Pack]) -> Iterator[Fault]:
    """All faults of a pack; `bases` are the regulations a company's pack may extend, by code."""
    yield from _about(pack, bases)
    base = bases.get(pack["extends"])
    yield from _clauses(pack, base)
    yield from _readings(pack, base)
    for key, entry in pack["entries"].items():
        file, name = _place(key, entry)
        if not isinstance(entry, dict):
            yield Fault(file, name, N_("must be a table with kind, label and versions"))
            continue
        if base and key not in base["entries"]:
            near = _near(key, list(base["entries"]))
            yield Fault(file, name, N_("the regulation has no figure {key}{near}"), {"key": key, "near": near})
            continue
        yield from _entry(pack, key, base)
        if base:
            yield from _override(entry, key, base)


def clashes(packs: list[Pack]) -> Iterator[Fault]:
    """Figures that two company packs both set: neither may win in silence."""
    setters: dict[str, str] = {}
    for pack in packs:
        for key, entry in pack["entries"].items():
            file, name = _place(key, entry)
            if other := setters.get(key):
                yield Fault(file, name, N_("{key} is set by the pack {other} as well; keep one"), _facts(key, other))
            setters[key] = pack["code"]


def _facts(key: str, other: str) -> dict[str, object]:
    return {"key": key, "other": other}


def _place(key: str, entry: Any) -> tuple[str, str]:
    _code, chapter, name = key.split(".", 2)
    return (entry["file"] if isinstance(entry, dict) else f"{chapter}.toml"), name


def _about(pack: Pack, bases: dict[str, Pack]) -> Iterator[Fault]:
    file, code, extends = "pack.toml", pack["code"], pack["extends"]
    for says, facts in unread(pack["about"], {"code", "name", "extends"}):
        yield Fault(file, "", says, facts)
    if not isinstance(code, str) or not CODE.fullmatch(code):
        yield Fault(file, "code", N_("must be letters, digits and hyphens, such as A or acme"))
    yield from _bilingual(file, "name", pack["name"])
    if extends and extends not in bases:
        known = {"extends": repr(extends), "known": ", ".join(bases)}
        yield Fault(file, "extends", N_("{extends} is none of the regulations: {known}"), known)
    if not extends and isinstance(code, str) and code in bases:
        yield Fault(
            file,
            "code",
            N_('{code} is a regulation already; to set figures of it say extends = "{code}"'),
            {"code": code},
        )


def _clauses(pack: Pack, base: Pack | None) -> Iterator[Fault]:
    file = "clauses.toml"
    for clause, record in pack["clauses"].items():
        if base and clause in base["clauses"]:
            yield Fault(file, clause, N_("is a clause of the regulation itself; a company's pack cannot change it"))
        if not isinstance(record, dict):
            yield Fault(file, clause, N_("must be a table"))
            continue
        for says, facts in unread(record, CLAUSE_FIELDS):
            yield Fault(file, clause, says, facts)
        yield from _bilingual(file, clause, record)
        yield from _bilingual(file, f"{clause} honoured", record.get("honoured"))
        if record.get("kind") not in CLAUSE_KINDS:
            yield Fault(file, clause, N_("kind must be one of: {kinds}"), {"kinds": ", ".join(CLAUSE_KINDS)})
        if "first_day" in record and not _is_day(record["first_day"]):
            yield Fault(file, clause, N_("{field} must be a day such as 2012-04-16"), {"field": "first_day"})


def _readings(pack: Pack, base: Pack | None) -> Iterator[Fault]:
    file, clauses = "readings.toml", _known(pack, base, "clauses")
    for reading, record in pack["readings"].items():
        if not isinstance(record, dict):
            yield Fault(file, reading, N_("must be a table"))
            continue
        for says, facts in unread(record, READING_FIELDS):
            yield Fault(file, reading, says, facts)
        for part in ("chosen", "why"):
            yield from _bilingual(file, f"{reading} {part}", record.get(part))
        alternatives = record.get("alternatives")
        if not isinstance(alternatives, list):
            yield Fault(file, reading, N_("alternatives must be a list, even if it is empty"))
        else:
            for number, texts in enumerate(alternatives, 1):
                yield from _bilingual(file, f"{reading} alternatives {number}", texts)
        if record.get("clause") not in clauses:
            yield Fault(file, reading, *_unknown_clause(record.get("clause"), clauses))


def _bilingual(file: str, entry: str, texts: object) -> Iterator[Fault]:
    for language in LANGUAGES:
        if not (isinstance(texts, dict) and isinstance(texts.get(language), str) and texts[language].strip()):
            yield Fault(file, entry, N_("has no text in {language}"), {"language": language})


def _entry(pack: Pack, key: str, base: Pack | None) -> Iterator[Fault]:
    entry = pack["entries"][key]
    file, name = _place(key, entry)
    if not NAME.fullmatch(name) or not NAME.fullmatch(file.removesuffix(".toml")):
        yield Fault(file, name, N_("names of files and entries are small letters, digits and underscores"))
    for says, facts in unread(entry, ENTRY_FIELDS):
        yield Fault(file, name, says, facts)
    if not base:
        yield from _bilingual(file, f"{name} label", entry.get("label"))
    yield from (Fault(file, name, *said) for said in _rests(entry, pack, base))
    versions = entry["version"]
    if not isinstance(versions, list) or not all(isinstance(version, dict) for version in versions):
        yield Fault(file, name, N_("versions must be written as [[{name}.version]]"), {"name": name})
        return
    if not versions and (base or not entry.get("required")):
        yield Fault(file, name, N_("has no version; give one, or say required = true for a figure each company sets"))
    for version in versions:
        for says, facts in check(str(entry.get("kind", "")), version):
            yield Fault(file, name, says, facts)
        yield from (Fault(file, name, *said) for said in _version(version, pack, base))
    yield from (Fault(file, name, *said) for said in _order(versions))


def _version(version: Version, pack: Pack, base: Pack | None) -> Iterator[tuple[str, Mapping[str, object]]]:
    allowed = ("company",) if base else ORIGINS
    if version.get("origin") not in allowed:
        yield N_("origin must be one of: {origins}"), {"origins": ", ".join(allowed)}
    bands = [band for band in _listed(version.get("bands")) if isinstance(band, dict)]
    sources = version.get("sources")
    rows = [{"source": source} for source in sources.values()] if isinstance(sources, dict) else []
    for record in (version, *bands, *rows):
        yield from _rests(record, pack, base)
    if not version.get("source") and not (bands and all(band.get("source") for band in bands)):
        yield N_('cites no clause; say source = "..."'), {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _rests(record: dict[str, Any], pack: Pack, base: Pack | None) -> Iterator[tuple[str, Mapping[str, object]]]:
    if "source" in record and record["source"] not in (clauses := _known(pack, base, "clauses")):
        yield _unknown_clause(record["source"], clauses)
    if "reading" in record and record["reading"] not in (readings := _known(pack, base, "readings")):
        near = _near(record["reading"], readings)
        yield (
            N_("rests on the reading {reading}, which is not in readings.toml{near}"),
            {"reading": record["reading"], "near": near},
        )


def _known(pack: Pack, base: Pack | None, part: str) -> list[str]:
    return [*pack[part], *(base[part] if base else ())]


def _unknown_clause(clause: object, clauses: list[str]) -> tuple[str, Mapping[str, object]]:
    near = _near(clause, clauses)
    return N_("cites the clause {clause}, which is not in clauses.toml{near}"), {"clause": clause, "near": near}


def _near(name: object, names: list[str]) -> str:
    near = get_close_matches(str(name), names, 3)
    return f" ({', '.join(near)} ?)" if near else ""


def _order(versions: list[Version]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Versions follow one another: each begins after the one before it, which has ended by then."""
    before: Version | None = None
    for version in versions:
        for field in ("from", "until", "checked"):
            if field in version and not _is_day(version[field]):
                yield N_("{field} must be a day such as 2012-04-16"), {"field": field}
        first, until = str(version.get("from", "")), str(version.get("until", FOREVER))
        if until <= first:
            yield (
                N_("the version from {first} ends on {until}, which is not after it"),
                {"first": first, "until": until},
            )
        if before is not None:
            last, ends = str(before.get("from", "")), str(before.get("until", FOREVER))
            if first <= last:
                yield (
                    N_("the version from {first} does not come after the one from {last}"),
                    {"first": first or "-", "last": last or "-"},
                )
            elif first < ends != FOREVER:
                yield (
                    N_("the version from {first} overlaps the one before it, which ends on {ends}"),
                    {"first": first, "ends": ends},
                )
        before = version


def _is_day(text: object) -> bool:
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def _override(entry: dict[str, Any], key: str, base: Pack) -> Iterator[Fault]:
    """A company sets the regulation's own figures: the same key, the same kind, never before the regulation."""
    file, name = _place(key, entry)
    own = base["entries"][key]
    if entry.get("kind") != own["kind"]:
        kinds = {"kind": entry.get("kind"), "wanted": own["kind"]}
        yield Fault(file, name, N_("kind is {kind}; the regulation's figure is of kind {wanted}"), kinds)
    first = own["version"][0].get("from", "") if own["version"] else ""
    for version in _listed(entry["version"]):
        if isinstance(version, dict) and str(version.get("from", "")) < first:
            yield Fault(file, name, N_("begins before the regulation's own first day {first}"), {"first": first})
        if isinstance(version, dict) and not _is_ladder(version, own):
            yield Fault(
                file, name, N_("the rungs must be grades in their order: {grades}"), {"grades": ", ".join(GRADES)}
            )


def _is_ladder(version: Version, own: dict[str, Any]) -> bool:
    """Whether an authority ladder still climbs the grades; other ladders may name their rungs freely."""
    if own["kind"] != "bands" or not all(rung["name"] in GRADES for rung in own["version"][0]["bands"]):
        return True
    names = [band.get("name") for band in _listed(version.get("bands")) if isinstance(band, dict)]
    return all(name in GRADES for name in names) and names == sorted(names, key=GRADES.index)
