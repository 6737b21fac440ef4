"""The packs in force: figures by key and day, clauses and readings by id."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Unknown
from salesctl.policy.kinds import Bands, bands_of, basis_of
from salesctl.policy.timeline import Unset, holding, overlay, version_on
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salesctl.policy.kinds import Version
    from salesctl.policy.outcome import Basis
    from salesctl.policy.pack import Pack

SHIPPED = ("a_customer_dept", "e_handover")
PACKS = Path(__file__).parent / "packs"
LISTING = "salesctl policy show"


class Policy:
    """All packs that hold here: the shipped ones, and the company's own on top of them."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        self._entries: dict[str, dict[str, Any]] = {}

    def entry(self, key: str) -> dict[str, Any]:
        """The figure of that key with all its versions, a company's own laid over the regulation's.

        Raises:
            Unknown: no pack has it.
        """
        if key not in self._entries:
            found: dict[str, Any] | None = None
            for pack in self.packs:
                if own := pack["entries"].get(key):
                    found = own if found is None else {**found, "version": overlay(found["version"], own["version"])}
            if found is None:
                raise Unknown(what=N_("figure"), value=key, candidates=near(key, self.keys), listing=LISTING)
            self._entries[key] = found
        return self._entries[key]

    @property
    def keys(self) -> list[str]:
        """The keys of all figures."""
        return list(dict.fromkeys(key for pack in self.packs for key in pack["entries"]))

    @cached_property
    def clauses(self) -> dict[str, dict[str, Any]]:
        """Every clause with its texts."""
        return {clause: record for texts in self._texts for clause, record in texts["clauses"].items()}

    @cached_property
    def readings(self) -> dict[str, dict[str, Any]]:
        """Every reading with its texts."""
        return {reading: record for texts in self._texts for reading, record in texts["readings"].items()}

    @cached_property
    def _texts(self) -> list[dict[str, Any]]:
        return [pack if "clauses" in pack else _compiled(pack["folder"], "texts") for pack in self.packs]

    @property
    def digest(self) -> str:
        """One short fingerprint of all packs, recorded with every entry of the journal."""
        return "+".join(pack["digest"][:12] for pack in self.packs)

    def on(self, day: date, chapter: str) -> Chapter:
        """The figures of a chapter, such as `A.commission`, as they stand on a day."""
        return Chapter(self, chapter, day)

    def clause(self, clause: str) -> dict[str, Any]:
        """The clause of that id."""
        return named(N_("clause"), clause, self.clauses)

    def reading(self, reading: str) -> dict[str, Any]:
        """The reading of that id."""
        return named(N_("reading"), reading, self.readings)

    def binds(self, clause: str, day: date) -> bool:
        """Whether a clause is in force on a day; a duty before its first day does not exist (K-9).

        Raises:
            Unknown: no pack has such a clause.
        """
        for pack in self.packs:
            if clause in pack["first_days"]:
                first: str = pack["first_days"][clause]
                return first <= day.isoformat()
        raise Unknown(what=N_("clause"), value=clause, candidates=near(clause, self.clauses), listing=LISTING)


class Chapter:
    """One chapter's figures on one day."""

    __slots__ = ("chapter", "day", "policy")

    def __init__(self, policy: Policy, chapter: str, day: date) -> None:
        self.policy, self.chapter, self.day = policy, chapter, day

    def bands(self, entry: str) -> Bands:
        """A ladder."""
        return bands_of(self._key(entry), self._version(entry))

    def figure(self, entry: str) -> tuple[int, Basis]:
        """A whole number (count, months, days, workdays) and what it rests on."""
        version = self._version(entry)
        return int(version["value"]), basis_of(self._key(entry), version)

    def text(self, entry: str) -> tuple[str, Basis]:
        """A clock time, a rate or a choice as its text, and what it rests on."""
        version = self._version(entry)
        return str(version["value"]), basis_of(self._key(entry), version)

    def items(self, entry: str) -> tuple[list[str], Basis]:
        """A checklist's items and what they rest on."""
        version = self._version(entry)
        return list(version["items"]), basis_of(self._key(entry), version)

    def row(self, entry: str, row: str) -> tuple[list[str], Basis]:
        """One row of a grid and what it rests on; a row may cite its own clause in `sources`."""
        version = self._version(entry)
        if row not in version["rows"]:
            raise Unknown(what=entry, value=row, candidates=", ".join(version["rows"]), listing=LISTING)
        source = version.get("sources", {}).get(row, version.get("source", ""))
        return list(version["rows"][row]), basis_of(self._key(entry), version, {"source": source})

    def is_set(self, entry: str) -> bool:
        """Whether a figure that each company sets has been set for this day."""
        return holding(self.policy.entry(self._key(entry))["version"], self.day.isoformat()) is not None

    def _key(self, entry: str) -> str:
        return f"{self.chapter}.{entry}"

    def _version(self, entry: str) -> Version:
        key = self._key(entry)
        record = self.policy.entry(key)
        if not record["version"]:
            raise Unset(key=key, label=record["label"])
        return version_on(key, record["version"], self.day)


def shipped(names: Iterable[str] = SHIPPED) -> list[Pack]:
    """The figures of the packs that come with the program, as compiled from their TOML when it was built."""
    return [_compiled(name, "figures") for name in names]


def regulations() -> list[Pack]:
    """The packs that come with the program, their texts included: what a company's pack may extend."""
    return [{**pack, **_compiled(pack["folder"], "texts")} for pack in shipped()]


def named(what: str, name: str, records: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The record of that name.

    Raises:
        Unknown: there is none; near ones are named.
    """
    if name not in records:
        raise Unknown(what=what, value=shown(name), candidates=near(name, records), listing=LISTING)
    return records[name]


def near(name: str, names: Iterable[str]) -> str:
    """The names that were probably meant."""
    from difflib import get_close_matches

    by_fold = {other.casefold(): other for other in names}
    return ", ".join(by_fold[fold] for fold in get_close_matches(name.casefold(), by_fold, 4))


def _compiled(name: str, part: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((PACKS / name / f"{part}.json").read_bytes())
    return content
