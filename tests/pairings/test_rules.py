"""Seven to three: exact for every sum, and with whoever stands in the pairing (A-10)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis.strategies import builds, dates, integers, lists, none, sampled_from

from salesctl.pairings.rules import Handover, Pair, ending, may_join, parties, split
from salesctl.policy.policy import Policy, shipped

POLICY = Policy(shipped())
FIRST = date(2012, 3, 1)
JUNE = date(2012, 6, 15)
LARGEST = 10**14 - 1
fen = integers(0, LARGEST)
days = dates(FIRST, date(2030, 12, 31))
people = sampled_from(["lin", "chen", "meng", "xu"])


@given(commission=fen, paired=days | none(), received=days)
def test_the_parts_add_up_and_the_executive_gets_three_tenths_half_up(
    commission: int, paired: date | None, received: date
) -> None:
    """A-10.2, AMB-A10-a, AMB-A10-b: from the day of the pairing on; before it all is the manager's."""
    parts = split(commission, paired, on=received, policy=POLICY).value
    thirty, tenths = divmod(commission * 3, 10)
    executive = thirty + (tenths >= 5) if paired and paired <= received else 0
    assert parts == [commission - executive, executive]


@given(commission=fen, more=fen)
def test_a_larger_commission_lowers_nobodys_part(commission: int, more: int) -> None:
    smaller, larger = (split(sum_, JUNE, on=JUNE, policy=POLICY).value for sum_ in (commission, commission + more))
    assert isinstance(smaller, list)
    assert isinstance(larger, list)
    assert all(before <= after for before, after in zip(smaller, larger, strict=True))


@given(commissions=lists(integers(0, 5_000), max_size=40))
def test_many_small_commissions_are_shared_as_one_large(commissions: list[int]) -> None:
    """A-10.2, K-15: splitting a commission into many gains nobody a fen."""
    given = [0, 0]
    for commission in commissions:
        parts = split(commission, JUNE, given, on=JUNE, policy=POLICY).value
        assert isinstance(parts, list)
        assert sum(parts) == commission
        assert min(parts) >= 0
        given = [before + part for before, part in zip(given, parts, strict=True)]
    assert given == split(sum(commissions), JUNE, on=JUNE, policy=POLICY).value


@given(wanted=people, serving=lists(people, max_size=2))
def test_nobody_joins_where_somebody_else_serves(wanted: str, serving: list[str]) -> None:
    """A-10.1a, AMB-A10-d."""
    is_free = all(one == wanted for one in serving) or wanted in serving
    assert may_join(wanted, serving, on=JUNE, policy=POLICY).value == ("granted" if is_free else "refused")


@given(on=days)
def test_no_day_ends_a_pairing(on: date) -> None:
    """A-10.1b, X-3: only a handover puts somebody else into it."""
    assert ending(False, on=on, policy=POLICY).value == "refused"
    assert ending(True, on=on, policy=POLICY).value == "succeeded"


@given(handovers=lists(builds(Handover, people, people, dates(JUNE, date(2012, 12, 31)) | none())), on=days)
def test_a_pairing_once_made_always_has_two_places(handovers: list[Handover], on: date) -> None:
    """A-10.1b: whoever leaves, a receiver stands in the place; before the pairing the manager is alone."""
    pair = Pair("lin", "meng", JUNE)
    standing = parties(pair, handovers, on=on, policy=POLICY).value
    assert isinstance(standing, list)
    assert len(standing) == (2 if on >= JUNE else 1)


@given(leaves=dates(JUNE, date(2012, 12, 31)), on=dates(FIRST, date(2013, 12, 31)))
def test_the_receiver_shares_from_the_day_the_handover_is_complete(leaves: date, on: date) -> None:
    """X-3, AMB-A10-e: and inherits the place, on either side of the pairing."""
    pair = Pair("lin", "meng", JUNE)
    if on < JUNE:
        return
    executive = parties(pair, [Handover("meng", "xu", leaves)], on=on, policy=POLICY).value
    manager = parties(pair, [Handover("lin", "chen", leaves)], on=on, policy=POLICY).value
    assert executive == ["lin", "xu" if on >= leaves else "meng"]
    assert manager == ["chen" if on >= leaves else "lin", "meng"]
