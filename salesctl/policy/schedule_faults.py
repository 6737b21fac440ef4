"""What may be wrong with a schedule: days that never come, times it does not mean, fields that nothing reads."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.schedule import EVERY, MIDNIGHT, SHIFTS, UNITS, WEEKDAYS
from salesctl.policy.values import CLOCK, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.fault import Says
    from salesctl.policy.kinds import Version

FIELDS = {"every", "on", "at", "at_figure", "minus", "each", "between", "shift", "after", "window"}
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
ON_EXAMPLES = {"week": '["friday"]', "event": '["sunday"]', "month": '[25, "last"]', "year": '["06-21"]'}
NEEDS_ON = ("week", "month", "year")
TIMES = ("at", "at_figure", "each")  # three ways to say when on its day a duty is due
DAY = 24 * 60  # minutes


def schedule(version: Version) -> Iterator[Says]:
    """Everything wrong with one version of kind `schedule`, but for the figure that `at_figure` names."""
    if version.get("every") not in EVERY:
        yield N_("every must be one of: {options}"), {"options": ", ".join(EVERY)}
        return
    yield from _days(version["every"], version)
    yield from _times(version)
    if version.get("shift", SHIFTS[0]) not in SHIFTS:
        yield N_("shift must be one of: {options}"), {"options": ", ".join(SHIFTS)}


def _days(every: str, version: Version) -> Iterator[Says]:
    is_event, on = every == "event", version.get("on", [])
    pointless = {"on": every not in ON_EXAMPLES, "after": not is_event, "window": is_event}
    for field in [field for field, is_pointless in pointless.items() if is_pointless and field in version]:
        yield N_("{field} is not read where every is {every}; leave it out"), {"field": field, "every": every}
    is_wrong = not isinstance(on, list) or not all(_is_on(every, part) for part in on)
    if every in ON_EXAMPLES and (is_wrong or (every in NEEDS_ON and not on) or (is_event and len(on) > 1)):
        yield N_("on does not fit every {every}; say {example}"), {"every": every, "example": ON_EXAMPLES[every]}
    if is_event and {"on", "after"} <= set(version):
        yield N_("{fields} exclude one another; keep one"), {"fields": "on, after"}
    for field in ("after", "window"):
        if field in version and not (_is_span(version[field]) and (version[field] or field == "after")):
            facts = {"field": field, "units": ", ".join(UNITS), "example": "{ workdays = 5 }"}
            yield N_("{field} must count {units}, such as {example}"), facts


def _is_on(every: str, part: object) -> bool:
    if every in ("week", "event"):
        return part in WEEKDAYS
    if every == "month":
        return part == "last" or (isinstance(part, int) and not isinstance(part, bool) and 1 <= part <= 31)
    if not (isinstance(part, str) and MONTH_DAY.fullmatch(part)):
        return False
    try:
        return bool(date.fromisoformat(f"2000-{part}"))  # a leap year: 02-29 comes, if not every year
    except ValueError:
        return False


def _is_span(counted: object) -> bool:
    return (
        isinstance(counted, dict)
        and not set(counted) - set(UNITS)
        and not any(fault for number in counted.values() for fault in span({"value": number}))
    )


def _times(version: Version) -> Iterator[Says]:
    if len(said := [field for field in TIMES if field in version]) > 1:
        yield N_("{fields} exclude one another; keep one"), {"fields": ", ".join(said)}
    at, minus = version.get("at", [MIDNIGHT]), version.get("minus", 0)
    if not isinstance(at, list) or not at or not all(CLOCK.fullmatch(str(text)) or text == MIDNIGHT for text in at):
        yield N_("at must be a list of times of day, such as {example}"), {"example": '["17:30", "24:00"]'}
    is_minutes = isinstance(minus, int) and not isinstance(minus, bool) and 0 <= minus < DAY
    if "minus" in version and not ("at_figure" in version and is_minutes):
        yield N_("minus must be minutes before at_figure, a whole number from 0 to {most}"), {"most": DAY - 1}
    if "each" in version or "between" in version:
        yield from _each(version.get("each"), version.get("between"))


def _each(each: object, between: object) -> Iterator[Says]:
    is_span = isinstance(between, list) and len(between) == 2 and all(CLOCK.fullmatch(str(end)) for end in between)
    if not isinstance(each, int) or isinstance(each, bool) or not 0 < each <= DAY or not is_span:
        yield N_("each (minutes) and between (two times of day) belong together"), {}
    elif isinstance(between, list) and between[0] > between[1]:
        yield N_("between ends at {end}, before it begins at {begin}"), {"begin": between[0], "end": between[1]}
