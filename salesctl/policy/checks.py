"""What may be wrong with one version of a pack entry, kind by kind: a template and its facts for each fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.policy.units import Rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.policy.fault import Says
    from salesctl.policy.kinds import Version

DECIMAL = re.compile(r"\d{1,12}(\.\d{1,6})?")
MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
VERSION_FIELDS = {"from", "until", "origin", "source", "reading", "checked"}
BAND_FIELDS = {"name", "through", "below", "source", "reading", "origin"}
MOST_COUNT = 10**12
MOST_SPAN = 1_200  # months or days that a calendar can count from any day of a ledger


def check(kind: str, version: Version) -> Iterator[Says]:
    """Everything wrong with one version of an entry of this kind."""
    if kind not in CHECKS:
        yield N_("kind {kind} is not one of: {kinds}"), {"kind": repr(kind), "kinds": ", ".join(sorted(CHECKS))}
        return
    own, kind_check = CHECKS[kind]
    yield from unread(version, VERSION_FIELDS | own)
    yield from kind_check(version)


def unread(record: dict[str, Any], fields: set[str]) -> Iterator[Says]:
    """Fields that nothing reads: a misspelt word must not be lost in silence."""
    if unknown := sorted(set(record) - fields):
        yield (
            N_("has a field nobody reads: {unknown}; the fields are {fields}"),
            {"unknown": ", ".join(unknown), "fields": ", ".join(sorted(fields))},
        )


def _amount(version: Version) -> Iterator[Says]:
    if not MONEY.fullmatch(str(version.get("value", ""))):
        yield N_("value must be yuan with two decimals at most, such as 500.00"), {}


def _rate(version: Version) -> Iterator[Says]:
    text = str(version.get("value", ""))
    if not DECIMAL.fullmatch(text) or Rate.of(text).over > Rate.of(text).under:
        yield N_("value must be a share of one, such as 0.05 for five per cent"), {}


def _count(version: Version) -> Iterator[Says]:
    value = version.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_COUNT:
        yield N_("value must be a whole number that is not negative"), {}


def _span(version: Version) -> Iterator[Says]:
    value = version.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_SPAN:
        yield N_("value must be a whole number from 0 to {most}"), {"most": MOST_SPAN}


def _clock(version: Version) -> Iterator[Says]:
    if not CLOCK.fullmatch(str(version.get("value", ""))):
        yield N_('value must be a time of day such as "18:00"'), {}


def _bands(version: Version) -> Iterator[Says]:
    bands = version.get("bands")
    if not isinstance(bands, list) or not bands or not all(isinstance(band, dict) for band in bands):
        yield N_("bands must be a list of rungs, such as {example}"), {"example": '{ name = "...", through = 0.05 }'}
        return
    reached: Rate | None = None
    for number, band in enumerate(bands, 1):
        facts = {"rung": f"{number} ({band.get('name', '?')})"}
        yield from ((says, {**facts, **more}) for says, more in unread(band, BAND_FIELDS))
        if not isinstance(band.get("name"), str) or not band["name"]:
            yield N_("rung {rung} has no name"), facts
        limits = [word for word in ("through", "below") if word in band]
        yield from ((says, facts) for says in _end(band, limits, is_last=number == len(bands)))
        if len(limits) == 1 and DECIMAL.fullmatch(str(band[limits[0]])):
            limit = Rate.of(str(band[limits[0]]))
            if reached is not None and limit.over * reached.under <= reached.over * limit.under:
                yield N_("rung {rung} does not reach further than the rung before it"), facts
            reached = limit
    names = [str(band.get("name")) for band in bands]
    if len(set(names)) < len(names):
        yield N_("two rungs have the same name"), {}


def _end(band: dict[str, Any], limits: list[str], *, is_last: bool) -> Iterator[str]:
    """Every rung ends but the last one: nothing is out of reach and nothing is beyond the ladder."""
    if len(limits) > 1:
        yield N_("rung {rung} says both through and below; keep one")
    elif not limits and not is_last:
        yield N_("rung {rung} has no end, so the rungs after it are never reached; say through or below")
    elif limits and is_last:
        yield N_("rung {rung} is the last one and ends: nobody would decide beyond it; leave out through and below")
    elif limits and not DECIMAL.fullmatch(str(band[limits[0]])):
        yield N_("the end of rung {rung} must be a decimal that is not negative")


def _checklist(version: Version) -> Iterator[Says]:
    items = version.get("items")
    if not isinstance(items, list) or not items or not all(isinstance(item, str) and item for item in items):
        yield N_("items must be a list of texts"), {}
    elif twice := sorted({item for item in items if items.count(item) > 1}):
        yield N_("items are listed twice: {items}"), {"items": ", ".join(twice)}


def _choice(version: Version) -> Iterator[Says]:
    value, options = version.get("value"), version.get("options")
    if not isinstance(options, list) or not options or not all(isinstance(option, str) for option in options):
        yield N_("options must be a list of texts, of which value is one"), {}
    elif value not in options:
        yield N_("{value} is not one of the options: {options}"), {"value": repr(value), "options": ", ".join(options)}


def _grid(version: Version) -> Iterator[Says]:
    rows, sources = version.get("rows"), version.get("sources", {})
    if not isinstance(rows, dict) or not rows:
        yield N_("rows must be a table of lists"), {}
        return
    if not all(isinstance(row, list) and row and all(isinstance(x, str) for x in row) for row in rows.values()):
        yield N_("every row must be a list of texts"), {}
    if not isinstance(sources, dict) or set(sources) - set(rows):
        yield N_("sources must be a table from rows to clauses"), {}


VALUE = {"value"}
CHECKS: dict[str, tuple[set[str], Callable[[Version], Iterator[Says]]]] = {  # kind -> its own fields, its check
    "amount": (VALUE, _amount),
    "rate": (VALUE, _rate),
    "count": (VALUE, _count),
    "months": (VALUE, _span),
    "days": (VALUE, _span),
    "workdays": (VALUE, _span),
    "clock": (VALUE, _clock),
    "bands": ({"bands"}, _bands),
    "checklist": ({"items"}, _checklist),
    "choice": ({"value", "options"}, _choice),
    "grid": ({"rows", "sources"}, _grid),
}
