"""A record is a value: given by place, by name or by default, and never twice."""

from __future__ import annotations

import pytest

from salesctl.record import Record


class Point(Record):
    x: int
    y: int = 2


def test_values_come_by_place_by_name_and_by_default() -> None:
    assert Point(1) == Point(x=1) == Point(1, y=2) == (1, 2)
    assert Point(1, 3).but(x=5) == (5, 3)
    assert Point(1).by_name() == {"x": 1, "y": 2}
    assert repr(Point(1)) == "Point(x=1, y=2)"


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})])
def test_a_value_too_few_too_many_or_twice_is_a_mistake(values: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="Point takes x, y"):
        Point(*values, **named)


def test_a_record_never_changes() -> None:
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]
