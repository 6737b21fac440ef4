"""What may be wrong with the one value of a version: a sum, a share, a number, a time of day, a choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.units import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.fault import Says
    from salesctl.policy.kinds import Version

DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MOST_COUNT = 10**12
MOST_SPAN = 1_200  # months or days that a calendar can count from any day of a ledger


def amount(version: Version) -> Iterator[Says]:
    """A sum of money, as yuan."""
    if not MONEY.fullmatch(str(version.get("value", ""))):
        yield N_("value must be yuan with two decimals at most, such as 500.00"), {}


def rate(version: Version) -> Iterator[Says]:
    """A share, from nothing to the whole."""
    text = str(version.get("value", ""))
    if not DECIMAL.fullmatch(text) or Rate.of(text).over > Rate.of(text).under:
        yield N_("value must be a share of one, such as 0.05 for five per cent"), {}


def count(version: Version) -> Iterator[Says]:
    """A number of things."""
    value = version.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_COUNT:
        yield N_("value must be a whole number that is not negative"), {}


def span(version: Version) -> Iterator[Says]:
    """Months or days."""
    value = version.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_SPAN:
        yield N_("value must be a whole number from 0 to {most}"), {"most": MOST_SPAN}


def clock(version: Version) -> Iterator[Says]:
    """A time of day; 24:00 is none."""
    if not CLOCK.fullmatch(str(version.get("value", ""))):
        yield N_('value must be a time of day such as "18:00"'), {}


def choice(version: Version) -> Iterator[Says]:
    """One of the options."""
    value, options = version.get("value"), version.get("options")
    if not isinstance(options, list) or not options or not all(isinstance(option, str) for option in options):
        yield N_("options must be a list of texts, of which value is one"), {}
    elif value not in options:
        yield N_("{value} is not one of the options: {options}"), {"value": repr(value), "options": ", ".join(options)}
