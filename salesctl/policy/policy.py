"""The packs in force: figures by key and day, clauses and readings by id."""

from __future__ import annotations

import json
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Unknown
from salesctl.policy.kinds import Bands, bands_of, basis_of
from salesctl.policy.timeline import Unset, holding, overlay, version_on
from salesctl.policy.units import Rate, parse_money, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salesctl.policy.checklist import Checklist
    from salesctl.policy.kinds import Version
    from salesctl.policy.outcome import Basis
    from salesctl.policy.pack import Pack
    from salesctl.policy.shares import Split
    from salesctl.policy.units import Fen

SHIPPED = (
    "a_customer_dept", "a_customer_dept_2", "b_agency", "c_workflow", "d_property", "e_handover", "law", "calendar",
)  # fmt: skip
PACKS = Path(__file__).parent / "packs"
LISTING = "salesctl policy show"


class Policy:
    """All packs that hold here: the shipped ones, and the company's own on top of them.

    A shipped pack is read when one of its figures is first asked for.
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        self._entries: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, list[Pack]] = {}  # by the code of a regulation: its packs, read

    def entry(self, key: str) -> dict[str, Any]:
        """The figure of that key with all its versions, a company's own laid over the regulation's.

        Raises:
            Unknown: no pack has it.
        """
        if key not in self._entries:
            found: dict[str, Any] | None = None
            for pack in self.stating(key):
                own = pack["entries"][key]
                found = own if found is None else {**found, "version": overlay(found["version"], own["version"])}
            if found is None:
                raise Unknown(what=N_("figure"), value=key, candidates=near(key, self.keys), listing=LISTING)
            self._entries[key] = found
        return self._entries[key]

    def stating(self, key: str) -> list[Pack]:
        """The packs that say something of a figure, the company's own last."""
        return [pack for pack in self.packs_of(key.partition(".")[0]) if key in pack["entries"]]

    @property
    def keys(self) -> list[str]:
        """The keys of all figures."""
        return list(
            dict.fromkeys(key for code in self._codes for pack in self.packs_of(code) for key in pack["entries"])
        )

    @cached_property
    def clauses(self) -> dict[str, dict[str, Any]]:
        """Every clause with its texts."""
        return {clause: record for texts in self._texts for clause, record in texts["clauses"].items()}

    @cached_property
    def readings(self) -> dict[str, dict[str, Any]]:
        """Every reading with its texts."""
        return {reading: record for texts in self._texts for reading, record in texts["readings"].items()}

    def texts_of(self, code: str) -> dict[str, Any]:
        """The clauses and readings of one pack."""
        return next(texts for pack, texts in zip(self.packs, self._texts, strict=True) if pack["code"] == code)

    @cached_property
    def _texts(self) -> list[dict[str, Any]]:
        return [pack if "clauses" in pack else _compiled(pack["folder"], "texts") for pack in self.packs]

    @property
    def digest(self) -> str:
        """One short fingerprint of the packs that were asked, recorded with every entry of the journal."""
        asked = [pack["digest"][:12] for packs in self._asked.values() for pack in packs]
        return "+".join(sorted(asked))

    @property
    def _codes(self) -> list[str]:
        return list(dict.fromkeys(regulation(pack) for pack in self.packs))

    def packs_of(self, code: str) -> list[Pack]:
        """The packs of a regulation, the oldest version first and the company's own last."""
        if code not in self._asked:
            self._asked[code] = [
                pack if "entries" in pack else _compiled(pack["folder"], "figures")
                for pack in self.packs
                if regulation(pack) == code
            ]
        return self._asked[code]

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
        for pack in self.packs_of(clause.partition("-")[0]):
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

    def amount(self, entry: str) -> tuple[Fen, Basis]:
        """A sum of money in fen and what it rests on."""
        text, basis = self.text(entry)
        return parse_money(text), basis

    def rate(self, entry: str) -> tuple[Rate, Basis]:
        """An exact share and what it rests on."""
        text, basis = self.text(entry)
        return Rate.of(text), basis

    def split(self, entry: str) -> Split:
        """How a whole is shared."""
        from salesctl.policy.shares import split_of

        return split_of(self._key(entry), self._version(entry))

    def checklist(self, entry: str) -> Checklist:
        """What must be there before the next step."""
        from salesctl.policy.checklist import checklist_of

        return checklist_of(self._key(entry), self._version(entry))

    def schedule(self, entry: str) -> tuple[Version, Basis]:
        """When a duty falls due, as `salesctl.policy.schedule` reads it, and what it rests on."""
        version = self._version(entry)
        return version, basis_of(self._key(entry), version)

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


def shipped() -> list[Pack]:
    """The packs that come with the program, as compiled from their TOML when it was built: code, folder, digest."""
    index: list[Pack] = json.loads((PACKS / "index.json").read_bytes())
    return index


def regulations() -> list[Pack]:
    """The packs that come with the program, whole: what a company's pack may extend."""
    return [{**_compiled(pack["folder"], "figures"), **_compiled(pack["folder"], "texts")} for pack in shipped()]


def regulation(pack: Pack) -> str:
    """The code of the regulation a pack states, or sets figures of."""
    code: str = pack["extends"] or pack["code"]
    return code


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


@cache
def _compiled(name: str, part: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((PACKS / name / f"{part}.json").read_bytes())
    return content
