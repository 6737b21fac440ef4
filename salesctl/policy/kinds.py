"""The kinds a pack entry may have: how each is checked when read and what it answers when asked.

Boundaries are words: `through` includes its figure, `below` does not (K-4).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from salesctl.errors import N_
from salesctl.policy.outcome import Basis
from salesctl.policy.units import Rate, plain_yuan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Version = dict[str, Any]  # one dated record of an entry, as the pack states it

DECIMAL = re.compile(r"\d{1,12}(\.\d{1,6})?")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
GRADES = ("account_manager", "account_director", "general_manager")  # the rungs of regulation A (K-14)


class Band(NamedTuple):
    """One rung: its name and how far it reaches; the last one has no end."""

    name: str
    limit: Rate | None
    inclusive: bool
    basis: Basis

    def holds(self, part: int, base: int) -> bool:
        """Whether `part` of `base` lies on this rung or below."""
        return self.limit is None or self.limit.holds(part, base, inclusive=self.inclusive)

    def reach(self, base: int) -> int | None:
        """The largest whole figure this rung holds of `base`; none where it has no end (K-3: floor)."""
        if self.limit is None:
            return None
        most = self.limit.limit(base)
        return most if self.holds(most, base) else most - 1


class Bands(NamedTuple):
    """A ladder: the first rung that holds the figure answers."""

    key: str
    rungs: tuple[Band, ...]

    def place(self, part: int, *, of: int) -> Band:
        """The rung for `part` of the base `of`, compared by cross-multiplication (K-2)."""
        return next(rung for rung in self.rungs if rung.holds(part, of))

    def named(self, name: str) -> Band:
        """The rung of that name."""
        return next(rung for rung in self.rungs if rung.name == name)


def faults(kind: str, version: Version) -> Iterator[str]:
    """What is wrong with one version of an entry of this kind, a sentence each."""
    if kind not in CHECKS:
        yield f"kind {kind!r} is not one of: {', '.join(sorted(CHECKS))}"
        return
    yield from CHECKS[kind](version)


def _decimal(version: Version) -> Iterator[str]:
    if not DECIMAL.fullmatch(str(version.get("value", ""))):
        yield N_("value must be a decimal that is not negative, such as 0.05")


def _rate(version: Version) -> Iterator[str]:
    yield from _decimal(version)
    if DECIMAL.fullmatch(text := str(version.get("value", ""))) and Rate.of(text).over > Rate.of(text).under:
        yield N_("a rate is a share of one, such as 0.05 for five per cent")


def _count(version: Version) -> Iterator[str]:
    value = version.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        yield N_("value must be a whole number that is not negative")


def _clock(version: Version) -> Iterator[str]:
    if not CLOCK.fullmatch(str(version.get("value", ""))):
        yield N_('value must be a time of day such as "18:00"')


def _bands(version: Version) -> Iterator[str]:
    bands = version.get("bands") or []
    if not bands:
        yield N_("bands must name at least one rung")
    reached: Rate | None = None
    for number, band in enumerate(bands, 1):
        named = f"rung {number} ({band.get('name', '?')})"
        if not band.get("name"):
            yield f"{named} has no name"
        limits = [word for word in ("through", "below") if word in band]
        if len(limits) > 1:
            yield f"{named} says both through and below"
        elif not limits:
            if number < len(bands):
                yield f"{named} has no end, so the rungs after it are never reached"
        elif number == len(bands):
            yield f"{named} is the last one and ends: nobody would decide beyond it"
        elif not DECIMAL.fullmatch(str(band[limits[0]])):
            yield f"{named}: {limits[0]} must be a decimal that is not negative"
        else:
            limit = Rate.of(str(band[limits[0]]))
            if reached is not None and limit.over * reached.under <= reached.over * limit.under:
                yield f"{named} does not reach further than the rung before it"
            reached = limit
    names = [band.get("name") for band in bands]
    if len(set(names)) < len(names):
        yield N_("two rungs have the same name")


def _checklist(version: Version) -> Iterator[str]:
    items = version.get("items")
    if not isinstance(items, list) or not items or not all(isinstance(item, str) and item for item in items):
        yield N_("items must be a list of texts")
    elif len(set(items)) < len(items):
        yield N_("an item is listed twice")


def _choice(version: Version) -> Iterator[str]:
    if not isinstance(version.get("value"), str):
        yield N_("value must be one of the options")
    elif version["value"] not in version.get("options", [version["value"]]):
        yield f"{version['value']!r} is not one of the options {version['options']}"


def _grid(version: Version) -> Iterator[str]:
    rows = version.get("rows")
    if not isinstance(rows, dict) or not rows:
        yield N_("rows must be a table of lists")
    elif not all(isinstance(row, list) and row and all(isinstance(x, str) for x in row) for row in rows.values()):
        yield N_("every row must be a list of texts")


CHECKS: dict[str, Callable[[Version], Iterator[str]]] = {
    "amount": _decimal,
    "rate": _rate,
    "count": _count,
    "months": _count,
    "days": _count,
    "workdays": _count,
    "clock": _clock,
    "bands": _bands,
    "checklist": _checklist,
    "choice": _choice,
    "grid": _grid,
}


def bands_of(key: str, version: Version) -> Bands:
    """The ladder that a version of kind `bands` states."""
    rungs = []
    for band in version["bands"]:
        limit = band.get("through", band.get("below"))
        rungs.append(
            Band(
                band["name"],
                None if limit is None else Rate.of(str(limit)),
                "through" in band,
                basis_of(key, version, band),
            )
        )
    return Bands(key, tuple(rungs))


def basis_of(key: str, version: Version, part: Version | None = None) -> Basis:
    """What a version, or one of its rungs, rests on."""
    part = part or {}
    return Basis(
        key,
        part.get("source", version.get("source", "")),
        part.get("reading", version.get("reading", "")),
        part.get("origin", version.get("origin", "seed")),
    )


def said(kind: str, version: Version) -> str:
    """A version's figure as one line for people; language-free."""
    if kind == "bands":
        return "; ".join(f"{band['name']}{_reach(band)}" for band in version["bands"])
    if kind == "checklist":
        return ", ".join(version["items"])
    if kind == "grid":
        return "; ".join(f"{name}: {', '.join(row)}" for name, row in version["rows"].items())
    if kind == "amount":
        whole, _, decimals = str(version["value"]).partition(".")
        return plain_yuan(int(whole) * 100 + int(decimals.ljust(2, "0") or 0))
    return Rate.of(str(version["value"])).percent() if kind == "rate" else str(version["value"])


def _reach(band: Version) -> str:
    for word, sign in (("through", "<="), ("below", "<")):
        if word in band:
            return f" {sign} {band[word]}"
    return ""
