"""A rule's second form: the same pack entries as SQL expressions over the rows of a query, on either engine.

Expressions are plain text made of column names and whole numbers; nothing a person types goes into them. Days are
ISO texts in SQLite and dates in PostgreSQL.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Protocol

from salesctl.policy.kinds import bands_of
from salesctl.policy.shares import split_of
from salesctl.policy.timeline import FOREVER
from salesctl.policy.units import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesctl.policy.kinds import Bands, Version
    from salesctl.policy.policy import Policy
    from salesctl.policy.shares import Split
    from salesctl.policy.units import Rate


class Engine(Protocol):
    """What differs between the engines."""

    name: str

    def day(self, iso: str) -> str:
        """A day as a constant."""

    def within_months(self, day: str, months: int, on: str) -> str:
        """Whether `on` is at most so many months after `day`; the corresponding day is still within (K-5)."""


class SQLite:
    """Days are ISO texts; adding months to one runs over the end of a short month."""

    name = "sqlite"

    def day(self, iso: str) -> str:
        """A day as a constant."""
        return f"'{iso}'"

    def within_months(self, day: str, months: int, on: str) -> str:
        """Only a day after the 28th can run over its month's end, and is then held back by the first of the next."""
        later, next_month = f"date({day}, '+{months} months')", f"date({day}, 'start of month', '+{months + 1} months')"
        return f"({on} <= {later} AND (substr({day}, 9) <= '28' OR {on} < {next_month}))"


class PostgreSQL:
    """Days are dates, and adding months ends with the month."""

    name = "postgresql"

    def day(self, iso: str) -> str:
        """A day as a constant."""
        return f"DATE '{iso}'"

    def within_months(self, day: str, months: int, on: str) -> str:
        """The engine's own arithmetic ends with the month."""
        return f"({on} <= cast({day} + INTERVAL '{months} months' AS date))"


def bands(ladder: Bands, part: str, of: str) -> str:
    """The name of the rung that holds `part` of `of`, both columns of whole numbers (K-2: cross-multiplied)."""
    *ends, last = ladder.rungs
    cases = []
    for rung in ends:
        if rung.limit is None:
            raise ValueError(f"{ladder.key}: only the last rung has no end")
        over, under = _reduced(rung.limit)
        sign = "<=" if rung.inclusive else "<"
        cases.append(f"WHEN {_times(part, under)} {sign} {_times(of, over)} THEN '{rung.name}'")
    return f"CASE {' '.join(cases)} ELSE '{last.name}' END" if cases else f"'{last.name}'"


def parts(split: Split, total: str) -> list[str]:
    """What each party gets of `total`, a column of whole numbers that are not negative, in the order of the rule.

    The party that takes the remainder is what the others leave (K-3).

    Raises:
        ValueError: the rule names no such party, or leaves it so little that the others' rounding can take more:
            the largest remainder is no expression of one row.
    """
    if split.balance is None or _can_run_short(split, split.balance):
        raise ValueError(f"{split.key}: no party takes the remainder of every sum")
    rates = [_reduced(share.rate) for share in split.shares]
    named = [f"({_times(total, 2 * over)} + {under}) / {2 * under}" for over, under in rates]
    others = " - ".join(f"({part})" for place, part in enumerate(named) if place != split.balance)
    named[split.balance] = f"{total} - {others}" if others else total
    return [f"({part})" for part in named]


def _times(column: str, factor: int) -> str:
    return column if factor == 1 else f"{column} * {factor}"


def _reduced(rate: Rate) -> tuple[int, int]:
    """A share in its lowest terms, so that twice the largest amount times it is still a whole number of the engine.

    Raises:
        ValueError: it is too fine: a product could leave the 64 bits and be rounded in silence.
    """
    common = gcd(rate.over, rate.under)
    over, under = rate.over // common, rate.under // common
    if 2 * LARGEST * max(over, under) + under >= 2**63:
        raise ValueError(f"{rate.text} is too fine for a query over amounts of twelve digits")
    return over, under


def _can_run_short(split: Split, balance: int) -> bool:
    """Whether everybody else's parts, rounded half up, can be more than some small sum."""
    rest, others = split.shares[balance].rate, [s.rate for n, s in enumerate(split.shares) if n != balance]
    if not rest.over:
        return len(others) > 1
    small = len(others) * rest.under // (2 * rest.over) + 1
    return any(sum(rate.half_up(total) for rate in others) > total for total in range(small))


def by_day(policy: Policy, key: str, day: str, engine: Engine, form: Callable[[Version], str]) -> str:
    """A figure whose version depends on the row's own day: the expression of each version in its days.

    A day before the first version gives NULL: nothing was in force, and a rule never answers a zero instead.
    """
    cases = []
    for version in policy.entry(key)["version"]:
        within = [f"{day} >= {engine.day(version['from'])}"] if "from" in version else []
        if version.get("until", FOREVER) != FOREVER:
            within.append(f"{day} < {engine.day(version['until'])}")
        if not within:
            return form(version)
        cases.append(f"WHEN {' AND '.join(within)} THEN {form(version)}")
    return f"CASE {' '.join(cases)} END"


def ladder_by_day(policy: Policy, key: str, columns: tuple[str, str, str], engine: Engine) -> str:
    """The rung of a ladder for `columns`: the part, its base and the day that chooses the version."""
    part, of, day = columns
    return by_day(policy, key, day, engine, lambda version: bands(bands_of(key, version), part, of))


def split_by_day(
    policy: Policy,
    key: str,
    columns: tuple[str, str],
    engine: Engine,
    use: Callable[[str, int], str] = lambda part, _place: part,
) -> list[str]:
    """The parts for each party, by the split in force on the row's day.

    Args:
        policy: the packs.
        key: a figure of kind `split`.
        columns: what is shared, and the day that chooses the version.
        engine: where the query runs.
        use: what the query makes of a part, by its place in the order of the rule.

    Raises:
        ValueError: versions of other parties: their parts are no columns of one table.
    """
    versions = policy.entry(key)["version"]
    names = [[share["name"] for share in version["shares"]] for version in versions]
    if any(other != names[0] for other in names):
        raise ValueError(f"{key}: the parties change between versions")
    total, day = columns

    def used(place: int) -> str:
        return by_day(policy, key, day, engine, lambda version: use(parts(split_of(key, version), total)[place], place))

    return [used(place) for place in range(len(names[0]))]
