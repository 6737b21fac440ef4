"""One value as people read it, and as programs do."""

from __future__ import annotations

import os
from datetime import date, datetime
from errno import EISDIR
from typing import TYPE_CHECKING, Any

from salesctl.console.words import _
from salesctl.policy.units import plain_price, plain_yuan, price, yuan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from pathlib import Path

    from salesctl.console.view import Column

LISTS = ("lines", "words")
MONEY = {"money": yuan, "price": price}
BAR = 6  # characters of a full bar
OPENING, CLOSING = "（《“‘", "，。；：、？！）》”’"  # no line ends with the first, or begins with the second


def plain(column: Column, value: Any, zone: tzinfo) -> Any:
    """A value for programs: money and per cents as decimal strings, days and moments in ISO form."""
    if value is None or type(value) is str:
        return value
    if column.kind == "money":
        return plain_yuan(value)
    if column.kind == "price":
        return plain_price(value)
    if column.kind == "bar":
        return f"{value // 10}.{value % 10}"
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def flat(column: Column, value: Any, zone: tzinfo) -> Any:
    """A value for programs that know no lists: lines become one."""
    return "; ".join(value) if column.kind in LISTS else plain(column, value, zone)


def human(column: Column, value: Any, zone: tzinfo) -> str:
    """A value for people."""
    if value is None or value == "":
        return ""
    if column.kind in MONEY:
        return MONEY[column.kind](value)
    if column.kind == "word":
        return _word(dict(column.said).get(value, value) if column.said else value)
    if column.kind in LISTS:
        return "\n".join(map(_word if column.kind == "words" else clean, value))
    if column.kind == "bar":
        filled = (int(value) * BAR + 500) // 1000
        return f"{'█' * filled}{' ' * (BAR - filled)} {value // 10:3d}.{value % 10}%"
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{local:%H:%M}" if column.kind == "clock" else f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return clean(f"{value:,}" if isinstance(value, int) else str(value))


def private(path: Path) -> Path:
    """The file, readable by its owner alone from its first byte, whoever could read it before."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    path.touch(mode=0o600)
    if path.is_file():  # never a device
        path.chmod(0o600)
    return path


def escaped(text: str) -> str:
    """Text whose control and direction characters are shown, not obeyed."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


def _word(value: Any) -> str:
    text = str(value)
    return clean(text) if "@" in text else _(text.replace("_", " "))  # an address among words stays as it is


def clean(text: str) -> str:
    """Text without control and direction characters: a name must not move the cursor."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def width(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces to this many columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def folded(text: str, room: int) -> Iterator[str]:
    """The text in lines of at most so many columns, broken at spaces and between Chinese characters."""
    while width(text) > room:
        end = _line_end(text, room)
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text


def _line_end(text: str, room: int) -> int:
    """How many characters make the first line; a word is cut only where it is longer than the line."""
    fits = next(end for end in range(min(len(text) - 1, room), 0, -1) if width(text[:end]) <= room)
    for end in range(fits, 0, -1):
        before, after = text[end - 1], text[end]
        is_chinese = not (before.isascii() and after.isascii())
        if " " in (before, after) or (is_chinese and before not in OPENING and after not in CLOSING):
            return end
    return fits


def listed(items: Iterable[str]) -> str:
    """Several names in one line."""
    return _(", ").join(items)
