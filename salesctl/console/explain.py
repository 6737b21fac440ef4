"""An outcome's working as lines: what was compared, and the clause each line rests on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from salesctl.console.words import _
from salesctl.errors import N_, Unknown
from salesctl.policy.units import nfkc, price, shown, yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from salesctl.policy.outcome import Basis, Outcome, Step

RIGHT = ("fen", "price", "count", "rate")  # units that stand at the right


def lines(outcome: Outcome, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """The working, one step a line, aligned: what it is about, and its value with clauses and readings in brackets."""
    from salesctl.console.values import pad, width

    steps = [(_(step.name), said(step.value, step.unit, zone), step) for step in outcome.steps]
    names = max(width(name) for name, _value, _step in steps)
    values = (
        max(width(value) for _name, value, step in steps if step.unit in RIGHT)
        if any(step.unit in RIGHT for _name, _value, step in steps)
        else 0
    )
    yield _("Working"), ""
    for name, value, step in steps:
        right = step.unit in RIGHT
        cited = cites(step)
        yield f"  {pad(name, names)}  ", f"{pad(value, values, right=right)}{'  ' + cited if cited else ''}"


def cites(step: Step) -> str:
    """What a step rests on: `(A-6.1, AMB-A6-a)`, and what was ruled out."""
    rests = ", ".join(dict.fromkeys(part for basis in step.rests_on for part in _parts(basis)))
    note = _(step.note) if step.note else ""
    return "  ".join(part for part in (note, f"({rests})" if rests else "") if part)


def _parts(basis: Basis) -> Iterator[str]:
    if basis.source:
        yield basis.source
    if basis.reading:
        yield basis.reading
    if basis.origin != "seed":
        yield _("company figure") if basis.origin == "company" else _("tool default")


def said(value: Any, unit: str, zone: tzinfo) -> str:
    """A step's value for people."""
    if value is None:
        return "-"
    if unit == "fen":
        return yuan(value)
    if unit == "price":
        return price(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
    if unit in ("grade", "word"):
        return _(str(value).replace("_", " "))
    if unit == "months":
        return _("{count} months").format(count=value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def figure_meant(word: str, known: Mapping[str, str]) -> str:
    """The key of the figure that was typed: as programs read it, or as a heading of the report says it.

    Raises:
        Unknown: the report has no such figure.
    """
    typed = _plain(word)
    for key, heading in known.items():
        if typed in (_plain(key), _plain(heading), _plain(_(heading))):
            return key
    raise Unknown(
        what=N_("figure of this report"), value=shown(word), candidates=", ".join(known), listing="salesctl why --help"
    )


def _plain(text: str) -> str:
    return nfkc(text).strip().casefold().replace("_", " ").replace("-", " ")
