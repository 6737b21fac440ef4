"""What may be wrong with one version of a pack entry, kind by kind: a template and its facts for each fault."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.policy import schedule_faults, values
from salesctl.policy.units import Rate
from salesctl.policy.values import DECIMAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.policy.fault import Says
    from salesctl.policy.kinds import Version

VERSION_FIELDS = {"from", "until", "origin", "source", "reading", "checked"}
BAND_FIELDS = {"name", "through", "below", "source", "reading", "origin"}
ITEM_FIELDS = {"name", "en", "zh_CN", "need", "source", "reading", "origin"}
SHARE_FIELDS = {"name", "share", "balance", "source", "reading", "origin"}


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
    if not isinstance(items, list) or not items or not (_all(items, str) or _all(items, dict)):
        yield N_("items must be a list of texts, or of tables with name, en, zh_CN and source"), {}
        return
    names = [str(item.get("name", "")) if isinstance(item, dict) else item for item in items]
    if "" in names:
        yield N_("an item has no name"), {}
    if twice := sorted({name for name in names if names.count(name) > 1}):
        yield N_("items are listed twice: {items}"), {"items": ", ".join(twice)}
    for item in items:
        if isinstance(item, dict):
            yield from unread(item, ITEM_FIELDS)
            name, need = item.get("name", "?"), item.get("need", "hard")
            if not all(isinstance(item.get(language), str) and item[language] for language in ("en", "zh_CN")):
                yield N_("item {item} must say itself in en and zh_CN"), {"item": name}
            if need not in ("hard", "soft"):
                yield N_("item {item} is needed {need}; say hard or soft"), {"item": name, "need": need}
    if not isinstance(version.get("ordered", False), bool):
        yield N_("ordered must be true or false"), {}


def _all(members: list[Any], kind: type) -> bool:
    return all(isinstance(member, kind) for member in members)


def _split(version: Version) -> Iterator[Says]:
    shares = version.get("shares")
    if not isinstance(shares, list) or not shares or not _all(shares, dict):
        yield N_("shares must be a list of parties, such as {example}"), {"example": '{ name = "...", share = 0.70 }'}
        return
    names = [share.get("name") for share in shares]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
        yield N_("every party of a split needs a name of its own"), {}
    for share in shares:
        yield from unread(share, SHARE_FIELDS)
    if not all(isinstance(share.get("balance", False), bool) for share in shares):
        yield N_("balance must be true or false"), {}
    elif len([share for share in shares if share.get("balance")]) > 1:
        yield N_("only one party can take the remainder"), {}
    texts = [str(share.get("share", "")) for share in shares]
    if not all(DECIMAL.fullmatch(text) for text in texts):
        yield N_("every share must be a decimal, such as 0.15 for fifteen per cent"), {}
    elif (together := sum(map(Fraction, texts))) != 1:
        percent = f"{float(together) * 100:.6f}".rstrip("0").rstrip(".")
        yield N_("the shares add up to {percent} %, not to 100 %"), {"percent": percent}


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
    "amount": (VALUE, values.amount),
    "rate": (VALUE, values.rate),
    "count": (VALUE, values.count),
    "months": (VALUE, values.span),
    "days": (VALUE, values.span),
    "workdays": (VALUE, values.span),
    "clock": (VALUE, values.clock),
    "bands": ({"bands"}, _bands),
    "checklist": ({"items", "ordered"}, _checklist),
    "choice": ({"value", "options"}, values.choice),
    "grid": ({"rows", "sources"}, _grid),
    "split": ({"shares"}, _split),
    "schedule": (schedule_faults.FIELDS, schedule_faults.schedule),
}
