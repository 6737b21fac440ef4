"""What may be wrong with one entry of a pack, and with a company's version of the regulation's own."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.policy.checks import check, unread
from salesctl.policy.fault import Fault, bilingual, is_day, known, listed, near, place, unknown_clause
from salesctl.policy.kinds import GRADES
from salesctl.policy.timeline import FOREVER
from salesctl.policy.values import DECIMAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.fault import Says
    from salesctl.policy.kinds import Version
    from salesctl.policy.pack import Pack

PARTS = ("bands", "shares", "items")  # whose members may rest on clauses of their own
ORIGINS = ("seed", "company", "tool-default")
NAME = re.compile(r"[a-z][a-z0-9_]*")
DUTY = re.compile(r"[TL]-[1-9][0-9]?")  # of a regulation, or of the law
ENTRY_FIELDS = {"kind", "label", "of", "duty", "required", "source", "reading", "version"}


def entry_faults(pack: Pack, key: str, base: Pack | None) -> Iterator[Fault]:
    """Everything wrong with one entry of a pack: its name, its texts, its versions and their order."""
    entry = pack["entries"][key]
    file, name = place(key, entry)
    if not NAME.fullmatch(name) or not NAME.fullmatch(file.removesuffix(".toml")):
        yield Fault(file, name, N_("names of files and entries are small letters, digits and underscores"))
    for says, facts in unread({field: said for field, said in entry.items() if field != "file"}, ENTRY_FIELDS):
        yield Fault(file, name, says, facts)
    if not base:
        yield from bilingual(file, f"{name} label", entry.get("label"))
    if "duty" in entry and not (entry.get("kind") == "schedule" and DUTY.fullmatch(str(entry["duty"]))):
        yield Fault(file, name, N_("duty must be the number of a timed duty, such as T-8, and belongs to a schedule"))
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


def _version(version: Version, pack: Pack, base: Pack | None) -> Iterator[Says]:
    allowed = ("company",) if pack["extends"] and not pack["is_version"] else ORIGINS
    if version.get("origin") not in allowed:
        yield N_("origin must be one of: {origins}"), {"origins": ", ".join(allowed)}
    parts = [part for name in PARTS for part in listed(version.get(name)) if isinstance(part, dict)]
    sources = version.get("sources")
    rows = [{"source": source} for source in sources.values()] if isinstance(sources, dict) else []
    for record in (version, *parts, *rows):
        yield from _rests(record, pack, base)
    if "at_figure" in version and version["at_figure"] not in (clocks := _clocks(pack, base)):
        facts = {"figure": version["at_figure"], "near": near(version["at_figure"], clocks)}
        yield N_("at_figure must name a figure of kind clock; {figure} is none{near}"), facts
    if not version.get("source") and not (parts and all(part.get("source") for part in parts)):
        yield N_('cites no clause; say source = "..."'), {}


def _clocks(pack: Pack, base: Pack | None) -> list[str]:
    """The times of day that a schedule may count from."""
    entries = {**(base["entries"] if base else {}), **pack["entries"]}
    return [key for key, entry in entries.items() if isinstance(entry, dict) and entry.get("kind") == "clock"]


def _rests(record: dict[str, Any], pack: Pack, base: Pack | None) -> Iterator[Says]:
    if "source" in record and record["source"] not in (clauses := known(pack, base, "clauses")):
        yield unknown_clause(record["source"], clauses)
    if "reading" in record and record["reading"] not in (readings := known(pack, base, "readings")):
        facts = {"reading": record["reading"], "near": near(record["reading"], readings)}
        yield N_("rests on the reading {reading}, which is not in readings.toml{near}"), facts


def _order(versions: list[Version]) -> Iterator[Says]:
    """Versions follow one another: each begins after the one before it, which has ended by then."""
    before: Version | None = None
    for version in versions:
        for field in ("from", "until", "checked"):
            if field in version and not is_day(version[field]):
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


def override_faults(entry: dict[str, Any], key: str, base: Pack) -> Iterator[Fault]:
    """A company sets the regulation's own figures: the same key, the same kind, never before the regulation."""
    file, name = place(key, entry)
    own = base["entries"][key]
    if entry.get("kind") != own["kind"]:
        kinds = {"kind": entry.get("kind"), "wanted": own["kind"]}
        yield Fault(file, name, N_("kind is {kind}; the regulation's figure is of kind {wanted}"), kinds)
    for version in listed(entry["version"]):
        if isinstance(version, dict):
            yield from (Fault(file, name, *said) for said in _against(version, own))


def _against(version: Version, own: dict[str, Any]) -> Iterator[Says]:
    """What a company's version may not do to the regulation's own figure."""
    earliest, latest = (own["version"] or [{}])[0], (own["version"] or [{}])[-1]
    first, begins = earliest.get("from", ""), version.get("from", "")
    if is_day(begins) and begins < first:
        yield N_("begins before the regulation's own first day {first}"), {"first": first}
    if version.get("origin") == "company" and version.get("options") != latest.get("options", version.get("options")):
        yield N_("the options are those of the regulation: {options}"), {"options": ", ".join(latest["options"])}
    if _is_authority(own):
        yield from _ladder([band for band in listed(version.get("bands")) if isinstance(band, dict)])


def _is_authority(own: dict[str, Any]) -> bool:
    """Whether the rungs of a ladder are the grades; those of others may have any names and ends."""
    return own["kind"] == "bands" and all(rung["name"] in GRADES for rung in own["version"][0]["bands"])


def _ladder(bands: list[dict[str, Any]]) -> Iterator[Says]:
    """A ladder of authority still climbs the grades, and its rungs hold shares of one."""
    names = [band.get("name") for band in bands]
    if not all(name in GRADES for name in names) or names != sorted(names, key=GRADES.index):
        yield N_("the rungs must be grades in their order: {grades}"), {"grades": ", ".join(GRADES)}
    ends = [str(band.get("through", band.get("below", ""))) for band in bands]
    if large := [end for end in ends if DECIMAL.fullmatch(end) and Fraction(end) > 1]:
        yield N_("{end} is more than the whole; for eight per cent write 0.08"), {"end": large[0]}
