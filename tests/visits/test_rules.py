"""The words of an entry and the instant of a departure, which no worked example can ask for alone (A-1.1, A-1.2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes

from salesctl.policy.policy import Policy, shipped
from salesctl.policy.schedule import ZONE
from salesctl.visits.rules import after_filler, end_of

POLICY = Policy(shipped())
FIRST = date(2012, 4, 16)


@pytest.mark.parametrize(
    ("token", "rest"),
    [
        ("见客户北京云帆", "北京云帆"),  # a place stays: it may be part of the name
        ("客户处云帆", "云帆"),  # the longest word that fits, not 客户 alone
        ("云帆公司", "云帆公司"),  # only at the beginning
        ("去见客户", ""),
    ],
)
def test_what_an_entry_begins_with_leads_to_a_name(token: str, rest: str) -> None:
    """A-1.2: from the first day on; before it nothing is removed (A-1.5)."""
    assert after_filler(token, on=FIRST, policy=POLICY) == rest
    assert after_filler(token, on=FIRST - timedelta(days=1), policy=POLICY) == token


@given(left=datetimes(datetime(2012, 4, 16), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=ZONE)))
def test_only_a_departure_to_the_minute_stands_for_the_minute(left: datetime) -> None:
    """K-13: one known more exactly is that instant."""
    minute = left.replace(second=0, microsecond=0)
    assert end_of(minute) == minute + timedelta(seconds=59, microseconds=999_999)
    for exact in (minute + timedelta(seconds=1), minute + timedelta(microseconds=1)):
        assert end_of(exact) == exact
