"""Everything that may be wrong with a whole pack: its name, its clauses and readings, and how entries rest on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.checks import unread
from salesctl.policy.entries import entry_faults, override_faults
from salesctl.policy.fault import LANGUAGES, Fault, bilingual, is_day, known, near, place, unknown_clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.pack import Pack

CLAUSE_KINDS = ("obligation", "permission", "prohibition", "gate", "consequence", "parameter", "information")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
STARTS = ("date", "promulgation", "issue", "all_signed", "enrolment")  # when a regulation begins to bind
CLAUSE_FIELDS = {"kind", "first_day", "honoured", *LANGUAGES}
READING_FIELDS = {"clause", "chosen", "why", "alternatives"}


def faults(pack: Pack, bases: dict[str, Pack]) -> Iterator[Fault]:
    """All faults of a pack; `bases` are the regulations a company's pack may extend, by code."""
    yield from _about(pack, bases)
    base = bases.get(pack["extends"])
    yield from _clauses(pack, base)
    yield from _readings(pack, base)
    for key, entry in pack["entries"].items():
        file, name = place(key, entry)
        if not isinstance(entry, dict):
            yield Fault(file, name, N_("must be a table with kind, label and versions"))
            continue
        if base and key not in base["entries"]:
            facts = {"key": key, "near": near(key, list(base["entries"]))}
            yield Fault(file, name, N_("the regulation has no figure {key}{near}"), facts)
            continue
        yield from entry_faults(pack, key, base)
        if base:
            yield from override_faults(entry, key, base)


def clashes(packs: list[Pack]) -> Iterator[Fault]:
    """Figures that two company packs both set: neither may win in silence."""
    setters: dict[str, str] = {}
    for pack in packs:
        for key, entry in pack["entries"].items():
            file, name = place(key, entry)
            if other := setters.get(key):
                yield Fault(file, name, N_("{key} is set by the pack {other} as well; keep one"), _facts(key, other))
            setters[key] = pack["code"]


def _facts(key: str, other: str) -> dict[str, object]:
    return {"key": key, "other": other}


def _about(pack: Pack, bases: dict[str, Pack]) -> Iterator[Fault]:
    file, code, extends = "pack.toml", pack["code"], pack["extends"]
    for says, facts in unread(pack["about"], {"code", "name", "extends", "version_of", "starts"}):
        yield Fault(file, "", says, facts)
    if not isinstance(code, str) or not CODE.fullmatch(code):
        yield Fault(file, "code", N_("must be letters, digits and hyphens, such as A or acme"))
    yield from bilingual(file, "name", pack["name"])
    if pack["starts"] not in STARTS:
        yield Fault(file, "starts", N_("must be one of: {options}"), {"options": ", ".join(STARTS)})
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
        if base and clause in base["clauses"] and not pack["is_version"]:
            yield Fault(file, clause, N_("is a clause of the regulation itself; a company's pack cannot change it"))
        if not isinstance(record, dict):
            yield Fault(file, clause, N_("must be a table"))
            continue
        for says, facts in unread(record, CLAUSE_FIELDS):
            yield Fault(file, clause, says, facts)
        yield from bilingual(file, clause, record)
        yield from bilingual(file, f"{clause} honoured", record.get("honoured"))
        if record.get("kind") not in CLAUSE_KINDS:
            yield Fault(file, clause, N_("kind must be one of: {kinds}"), {"kinds": ", ".join(CLAUSE_KINDS)})
        if "first_day" in record and not is_day(record["first_day"]):
            yield Fault(file, clause, N_("{field} must be a day such as 2012-04-16"), {"field": "first_day"})


def _readings(pack: Pack, base: Pack | None) -> Iterator[Fault]:
    file, clauses = "readings.toml", known(pack, base, "clauses")
    for reading, record in pack["readings"].items():
        if not isinstance(record, dict):
            yield Fault(file, reading, N_("must be a table"))
            continue
        for says, facts in unread(record, READING_FIELDS):
            yield Fault(file, reading, says, facts)
        for part in ("chosen", "why"):
            yield from bilingual(file, f"{reading} {part}", record.get(part))
        alternatives = record.get("alternatives")
        if not isinstance(alternatives, list):
            yield Fault(file, reading, N_("alternatives must be a list, even if it is empty"))
        else:
            for number, texts in enumerate(alternatives, 1):
                yield from bilingual(file, f"{reading} alternatives {number}", texts)
        if record.get("clause") not in clauses:
            yield Fault(file, reading, *unknown_clause(record.get("clause"), clauses))
