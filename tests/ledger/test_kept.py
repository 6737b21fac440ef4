"""Rows of any number are kept until they are printed, and memory does not grow with them."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from salesctl.ledger.kept import BATCH, MOST, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(count: int) -> Iterator[tuple[int, str, None]]:
    return ((number, f"云帆 {number}", None) for number in range(count))


@pytest.mark.parametrize("count", [0, 1, MOST - 1, MOST, MOST + 1, MOST + BATCH, MOST + 3 * BATCH + 7])
def test_what_is_kept_is_what_was_read_as_often_as_it_is_asked(count: int) -> None:
    kept = Kept(rows(count))
    assert bool(kept) is (count > 0)
    assert list(kept) == list(rows(count))
    assert list(kept) == list(rows(count))


def test_two_readers_do_not_disturb_each_other() -> None:
    kept = Kept(rows(MOST + 2 * BATCH))
    assert all(one == other for one, other in zip(kept, kept, strict=True))


def test_memory_does_not_grow_with_the_rows() -> None:
    """Five times the rows take the same memory, while they are taken in and while they are read."""
    peaks = []
    for count in (2 * MOST, 10 * MOST):
        tracemalloc.start()
        kept = Kept(rows(count))
        assert sum(1 for _row in kept) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
