"""The packs in force: figures by key and day, clauses and readings by id."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Unknown
from salesctl.policy.kinds import Bands, bands_of, basis_of
from salesctl.policy.timeline import Unset, overlay, version_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salesctl.policy.kinds import Version
    from salesctl.policy.outcome import Basis
    from salesctl.policy.pack import Pack

SHIPPED = ("a_customer_dept", "e_handover")


class Policy:
    """All packs that hold here: the shipped ones, and the company's own on top of them."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        self.entries: dict[str, dict[str, Any]] = {}
        self.clauses: dict[str, dict[str, Any]] = {}
        self.readings: dict[str, dict[str, Any]] = {}
        for pack in self.packs:
            self.clauses |= pack["clauses"]
            self.readings |= pack["readings"]
            for key, entry in pack["entries"].items():
                below = self.entries.get(key, {})
                versions = overlay(below.get("version", []), entry.get("version", []))
                self.entries[key] = {**below, **entry, "version": versions}

    @property
    def digest(self) -> str:
        """One short fingerprint of all packs, recorded with every entry of the journal."""
        return "+".join(pack["digest"][:12] for pack in self.packs)

    def on(self, day: date, chapter: str) -> Chapter:
        """The figures of a chapter, such as `A.commission`, as they stand on a day."""
        return Chapter(self, chapter, day)

    def clause(self, clause: str) -> dict[str, Any]:
        """The clause of that id."""
        if clause not in self.clauses:
            raise Unknown(what=N_("clause"), value=clause, candidates=", ".join(self.clauses), listing="policy show")
        return self.clauses[clause]

    def binds(self, clause: str, day: date) -> bool:
        """Whether a clause is in force on a day; a duty before its first day does not exist (K-9)."""
        first: str = self.clause(clause).get("first_day", "")
        return first <= day.isoformat()


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
            raise Unknown(what=entry, value=row, candidates=", ".join(version["rows"]), listing="policy show")
        source = version.get("sources", {}).get(row, version.get("source", ""))
        return list(version["rows"][row]), basis_of(self._key(entry), version, {"source": source})

    def is_set(self, entry: str) -> bool:
        """Whether a figure that each company sets has been set."""
        return bool(self.policy.entries[self._key(entry)]["version"])

    def _key(self, entry: str) -> str:
        return f"{self.chapter}.{entry}"

    def _version(self, entry: str) -> Version:
        record = self.policy.entries[self._key(entry)]
        if not record["version"]:
            raise Unset(key=self._key(entry), label=record["label"]["en"])
        return version_on(self._key(entry), record["version"], self.day)


def shipped(names: Iterable[str] = SHIPPED) -> list[Pack]:
    """The packs that come with the program, as compiled from their TOML when it was built."""
    folder = Path(__file__).parent / "packs"
    return [json.loads((folder / name / "compiled.json").read_bytes()) for name in names]
