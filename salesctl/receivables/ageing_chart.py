"""A bar chart of the ageing report as inline SVG: it needs no script and no network, and is read in grey as well."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salesctl.console.values import clean, width
from salesctl.console.words import _
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salesctl.policy.units import Fen

MOST = 20  # bars; the lines beyond are one bar together
LABEL, ROOM, RIGHT, STEP, TOP = 300, 560, 140, 24, 34  # of a picture 1,000 wide
LETTERS = 40  # columns of a terminal that a label has room for
SHADES = ((0xE3, 0xEC, 0xF3), (0xA9, 0xC9, 0xDD), (0xEE, 0xB4, 0x5C), (0xC9, 0x62, 0x2F), (0x74, 0x19, 0x19))


class Bar(Record):
    """One bar: what it is about, and the parts it is made of."""

    label: str
    parts: Sequence[Fen]


def chart(title: str, headings: Sequence[str], bars: Sequence[Bar]) -> Iterator[str]:
    """The picture, line by line; a bar's parts stand in the order of the headings, the darkest last."""
    shown = _shown(bars)
    colours = [_shade(place, len(headings)) for place in range(len(headings))]
    height = TOP + STEP * len(shown) + 8
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}" role="img" aria-label="{_safe(title)}">'
    yield from _legend(headings, colours)
    longest = max((sum(bar.parts) for bar in shown), default=0)
    for place, bar in enumerate(shown):
        yield from _bar(bar, TOP + STEP * place, longest, list(zip(headings, colours, strict=True)))
    yield "</svg>"


def _shown(bars: Sequence[Bar]) -> list[Bar]:
    """As many as there is room for, and what the others come to."""
    if len(bars) <= MOST:
        return list(bars)
    others = bars[MOST - 1 :]
    sums = [sum(parts) for parts in zip(*(bar.parts for bar in others), strict=True)]
    return [*bars[: MOST - 1], Bar(_("{count} more").format(count=f"{len(others):,}"), sums)]


def _legend(headings: Sequence[str], colours: Sequence[str]) -> Iterator[str]:
    room = 1000 / len(headings)
    for place, (heading, colour) in enumerate(zip(headings, colours, strict=True)):
        left = place * room
        yield f'<rect x="{left:.1f}" y="4" width="14" height="14" fill="{colour}" stroke="#555" stroke-width=".5"/>'
        yield f'<text x="{left + 20:.1f}" y="16">{_safe(_cut(heading, int(room / 7)))}</text>'


def _bar(bar: Bar, top: int, longest: Fen, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"<g><title>{_safe(bar.label)}: {yuan(sum(bar.parts))}</title>"
    yield f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{_safe(_cut(bar.label, LETTERS))}</text>'
    before = 0
    for part, (heading, colour) in zip(bar.parts, columns, strict=True):
        if part > 0:
            left, end = (LABEL + ROOM * fen / longest for fen in (before, before + part))
            at = f'x="{left:.2f}" y="{top + 2}" width="{end - left:.2f}" height="{STEP - 6}"'
            said = f"<title>{_safe(heading)}: {yuan(part)}</title>"
            yield f'<rect {at} fill="{colour}" stroke="#555" stroke-width=".5">{said}</rect>'
        before += part
    end = LABEL + (ROOM * sum(bar.parts) / longest if longest else 0)
    yield f'<text class="n" x="{end + 6:.2f}" y="{top + 15}">{yuan(sum(bar.parts))}</text></g>'


def _shade(place: int, count: int) -> str:
    """From light to dark, however many there are."""
    at = place * (len(SHADES) - 1) / (count - 1) if count > 1 else 1.0
    low = min(int(at), len(SHADES) - 2)
    mixed = (round(a + (b - a) * (at - low)) for a, b in zip(SHADES[low], SHADES[low + 1], strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _cut(text: str, room: int) -> str:
    """The text, or as much of it as there is room for; the whole one stands in the title."""
    if width(text) <= room:
        return text
    while width(text) > room - 1:
        text = text[:-1]
    return text + "…"


def _safe(text: str) -> str:
    return escape(clean(text))
