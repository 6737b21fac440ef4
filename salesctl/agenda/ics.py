"""A calendar as every calendar program reads it (RFC 5545): days without hours, ids that stay.

It is written by hand: what we need of the format fits this page, and the library for it takes longer to load than the
whole command. The tests read it back with that library.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.ledger import journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from salesctl.agenda.coming import Coming

NAME = N_("Sales department: what is due")
OCTETS = 75  # of a line, without its end
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//salesctl//check//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar(dates: Iterable[Coming], ledger: str, now: datetime) -> str:
    """The calendar of a ledger; its lines end as the format wants them."""
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [*HEAD, f"X-WR-CALNAME:{_text(_(NAME))}"]
    for one in dates:
        lines += _event(one, ledger, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: Coming, ledger: str, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{journal.fingerprint(f'{ledger} {one.id}')[:32]}@salesctl.local"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(one.day)}"
    yield f"DTEND;VALUE=DATE:{_day(one.day + timedelta(days=1))}"  # the first day after it
    yield f"SUMMARY:{_text(one.says)}"
    yield f"DESCRIPTION:{_text(one.more)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy all day for it
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(text: str) -> str:
    """A text without signs the format forbids or reads as its own."""
    return "".join(c for c in text if c.isprintable() or c == "\n").translate(ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets; no character is cut, and a part that goes on begins with a space."""
    part, size = "", 0
    for c in line:
        octets = len(c.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + c, size + octets
    yield part
