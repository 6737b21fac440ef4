"""A few named values as one immutable value.

What `typing.NamedTuple` is, without compiling a constructor for every class each time the program starts: a
one-record command defines twenty of them before it does anything.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record(tuple[Any, ...]):
    """A subclass annotates its fields, those with a default last."""

    __slots__ = ()
    fields: ClassVar[tuple[str, ...]] = ()
    defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        cls.fields = tuple(cls.__annotations__)
        cls.defaults = {name: cls.__dict__[name] for name in cls.fields if name in cls.__dict__}
        for place, name in enumerate(cls.fields):
            setattr(cls, name, property(itemgetter(place)))

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """Take values by place, then by name, then by default."""
        left = cls.fields[len(values) :]
        given = {**cls.defaults, **named}
        values += tuple(given[name] for name in left if name in given)
        if named.keys() - set(left) or len(values) != len(cls.fields):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls.fields)}")
        return tuple.__new__(cls, values)

    def but(self, **changes: Any) -> Self:
        """The same with other values for some fields."""
        return type(self)(**{**self.by_name(), **changes})

    def by_name(self) -> dict[str, Any]:
        """The values by their fields."""
        return dict(zip(self.fields, self, strict=True))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.by_name().items())})"
