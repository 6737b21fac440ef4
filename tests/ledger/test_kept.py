"""Rows of any number are kept until they are printed, and memory does not grow with them."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from salesctl.ledger.book import Ledger
from salesctl.ledger.kept import BATCH, MOST, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Office

NUMBERS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < :most) SELECT x, 1 + x % 2 FROM n"


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


@pytest.mark.parametrize("count", [0, 1, 3, MOST - 1, MOST, MOST + 2 * BATCH + 7])
def test_ids_are_shown_as_names_and_what_has_none_stays(count: int) -> None:
    names = {0: "云帆", 1: "远大"}
    kept = Kept((number, number % 3, None if number % 2 else number) for number in range(count))
    kept.name({1: names, 2: {}})
    told = [(number, names.get(number % 3, number % 3), None if number % 2 else number) for number in range(count)]
    assert list(kept) == told
    assert list(kept) == told


def test_few_rows_ask_for_the_names_they_show_alone(office: Office) -> None:
    with Ledger(office.ledger).reading() as view:
        few = view.kept("SELECT id, id FROM customer WHERE id = 1", {1: "customer"})
        none = view.kept("SELECT id, NULL FROM customer WHERE id = 1", {1: "customer"})
        many = view.kept(NUMBERS, {1: "customer"}, most=MOST + 5)
    assert few.ids(1) == {1}
    assert [name.split()[1] for _id, name in few] == ["北京云帆网络科技有限公司"]
    assert list(none) == [(1, None)]
    assert many.ids(1) is None
    assert {name.split()[1] for _id, name in many} == {"北京云帆网络科技有限公司", "上海远大传媒有限公司"}
