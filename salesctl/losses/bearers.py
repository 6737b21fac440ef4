"""The tables of article 17, and what wrong figures of finance or commerce make of them (E-20b); pure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Step
from salesctl.policy.shares import Share
from salesctl.policy.units import Rate, apportion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salesctl.policy.outcome import Basis
    from salesctl.policy.policy import Chapter
    from salesctl.policy.units import Fen

UNSETTLED, WITHIN, AFTER = TIERS = ("unsettled", "within", "after")
SUPERVISOR, FINANCE = "handover_supervisor", "finance_or_commerce"


def bearers(tier: str, is_finance_error: bool, chapter: Chapter) -> tuple[list[Share], int | None, list[Step]]:  # noqa: FBT001 - a fact
    """Who bears which share of a loss, the place of whoever takes the remainder, and how that is read."""
    split = chapter.split(tier)
    table = list(split.shares)
    if not is_finance_error or tier == UNSETTLED:
        return table, split.balance, []
    balance = len(table) - 1 if split.balance is None else split.balance
    (share, basis), (reading, read) = chapter.rate("supervisor_error_share"), chapter.text("error_reading")
    return (
        *_aggravated(table, balance, Share(SUPERVISOR, share, basis), reading),
        [Step(N_("share of the supervisor"), reading, "word", (read,))],
    )


def payers(bearer: Share, part: Fen, handling: Sequence[str], chapter: Chapter) -> Iterator[tuple[str, Fen, Basis]]:
    """Who pays one bearer's part: finance or commerce may be two, who share it (AMB-E-g)."""
    if bearer.name == FINANCE:
        roles, basis = chapter.items("payers")
        paying = [role for role in roles if role in handling]
        if len(paying) > 1:
            each = [Rate(1, len(paying), f"1/{len(paying)}")] * len(paying)
            for role, sum_ in zip(paying, apportion(part, each, len(paying) - 1), strict=True):
                yield role, sum_, basis
            return
        yield (paying or [FINANCE])[0], part, bearer.basis
        return
    yield bearer.name, part, bearer.basis


def _aggravated(table: list[Share], balance: int, error: Share, reading: str) -> tuple[list[Share], int]:
    """The table with the supervisor's share for wrong figures, by the three readings of AMB-E-c."""
    rates = {share.name: _exact(share.rate) for share in table}
    own, more = rates.get(SUPERVISOR, Fraction(0)), _exact(error.rate)
    if reading == "of_finance":
        more *= rates.get(FINANCE, 0)
        rates[FINANCE] = rates.get(FINANCE, 0) - more
    bearing = more if reading == "replace" else own + more
    changed = [share.but(rate=_rate(rates[share.name])) for share in table]
    supervisor = error.but(rate=_rate(bearing))
    place = next((n for n, share in enumerate(table) if share.name == SUPERVISOR), None)
    if place is not None:
        changed[place] = supervisor
        return changed, balance
    changed.insert(balance, supervisor)  # after everybody the table names, before the company
    return changed, balance + 1


def _exact(rate: Rate) -> Fraction:
    return Fraction(rate.over, rate.under)


def _rate(share: Fraction) -> Rate:
    return Rate(share.numerator, share.denominator, str(share))
