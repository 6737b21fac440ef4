"""What is due stands in one order however much it is, and most of it is not in memory."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesctl.agenda import ordered
from salesctl.desk import Due

DAY = date(2012, 5, 8)


def one(number: int, days: int, rule: str = "T-10", state: str = "due") -> Due:
    facts = {"number": f"R-{number}", "day": DAY, "missed": number, "who": None}
    return Due(
        rule, "A-8.1", f"R-{number}", "lin 林静", DAY + timedelta(days=days), state, "{number} since {day}", facts
    )


DUES = st.builds(
    one, st.integers(1, 300), st.integers(-9, 9), st.sampled_from(("T-6", "T-10")), st.sampled_from(("due", "overdue"))
)


@given(st.lists(DUES, max_size=80))
def test_it_is_the_order_of_a_list_that_is_sorted_at_once(found: list[Due]) -> None:
    """Overdue first, then by day, rule and number; equal ones as they were found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordered, "PIECE", 7)
        patch.setattr(ordered, "BATCH", 2)
        kept = ordered.Ordered(iter(found))
        assert list(kept) == list(kept) == sorted(found, key=ordered.place)
        assert bool(kept) == bool(found)


def test_most_of_it_is_not_in_memory() -> None:
    """Thirty thousand lines need little more than three thousand do."""
    import tracemalloc

    def needed(many: int) -> int:
        tracemalloc.start()
        try:
            assert sum(1 for _each in ordered.Ordered(one(place, place % 90) for place in range(many))) == many
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordered, "PIECE", 1_000)
        assert needed(30_000) < 3 * needed(3_000)
