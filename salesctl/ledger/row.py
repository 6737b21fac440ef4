"""The light form of a table's row, generated from `tables.py`: what one-record commands read and write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self, dataclass_transform

STAMP = "%Y-%m-%d %H:%M:%S.%f"  # how SQLAlchemy keeps an instant in SQLite; always UTC


@dataclass_transform(kw_only_default=True)
class Row:
    """One row; a subclass names its table and annotates its columns."""

    table: ClassVar[str]
    columns: ClassVar[tuple[str, ...]] = ()
    types: ClassVar[dict[str, str]] = {}
    id: int | None = None

    def __init_subclass__(cls, table: str) -> None:
        cls.table = table
        cls.types = {"id": "int | None", **cls.__annotations__}
        cls.columns = tuple(cls.types)

    def __init__(self, **values: Any) -> None:
        if unknown := values.keys() - self.types.keys():
            raise TypeError(f"{self.table} has no column {sorted(unknown)}")
        self.__dict__.update(values)
        for column in self.columns:
            if not hasattr(self, column):
                raise TypeError(f"{self.table}.{column} is missing")

    @property
    def key(self) -> int:
        """The primary key of a row that is in the ledger."""
        if self.id is None:
            raise ValueError(f"this {self.table} is not in the ledger yet")
        return self.id

    def copied(self, **changes: Any) -> Self:
        """The same row with other values, not in the ledger."""
        return type(self)(**{**{column: getattr(self, column) for column in self.columns}, **changes})

    def image(self) -> dict[str, Any]:
        """The row as the database and the journal keep it."""
        return {column: stored(getattr(self, column)) for column in self.columns}

    @classmethod
    def read(cls, values: tuple[Any, ...]) -> Any:
        """The row behind a `SELECT` of all columns in their order."""
        return cls(**{name: typed(kind, value) for (name, kind), value in zip(cls.types.items(), values, strict=True)})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{c}={getattr(self, c)!r}' for c in self.columns)})"


def stored(value: Any) -> Any:
    """A Python value as SQLite keeps it."""
    if value is None or isinstance(value, (str, int)):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(STAMP)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a value of the ledger")


def typed(kind: str, value: Any) -> Any:
    """A stored value as the Python type of its column."""
    if value is None or kind.startswith(("int", "str")):
        return value
    if kind.startswith("bool"):
        return bool(value)
    if kind.startswith("datetime"):
        return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
    return date.fromisoformat(value) if isinstance(value, str) else value
