"""Questions to one moment of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from salesctl.errors import N_, Unknown
from salesctl.ledger.row import Row, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from salesctl.ledger.kept import Kept

R = TypeVar("R", bound=Row)
T = TypeVar("T")

WORDS = (  # what a table's rows are called
    N_("person"), N_("customer"), N_("contract"), N_("outing"), N_("incident"), N_("request"), N_("receivable"),
    N_("receipt"), N_("handover"),
)  # fmt: skip


class Reading:
    """Queries on one moment of the ledger. Values are bound by name: `:customer_id`."""

    def __init__(self, db: Any, engine: Any) -> None:
        self._db, self.engine = db, engine
        self._asked: dict[tuple[object, ...], Any] = {}

    def select(self, query: str, /, **values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query, as tuples of stored values."""
        rows: list[tuple[Any, ...]] = self._run(query, values).fetchall()
        return rows

    def among(self, query: str, these: Iterable[str | int], /, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query about any number of values, which it names so: `number IN :these`."""
        asked, bound = self.engine.among(query, list(these))
        rows: list[tuple[Any, ...]] = self.engine.run(self._db, asked, {**_stored(values), "these": bound}).fetchall()
        return rows

    def each(self, query: str, /, **values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, for what is too large to hold; read to the end before anything is written."""
        found: Iterator[tuple[Any, ...]] = self.engine.each(self._db, query, _stored(values))
        return found

    def kept(self, query: str, names: Mapping[int, str] | None = None, /, **values: Any) -> Kept:
        """The rows of a query that may have any number, kept until they are printed.

        `names` tells of which table the ids in a column are, to be shown with code and name: each is made once, where
        a join would make it for every row.
        """
        from salesctl.ledger.kept import Kept

        kept = Kept(self.each(query, **values))
        kept.name({place: self._called(table, kept.ids(place)) for place, table in (names or {}).items()})
        return kept

    def once(self, key: tuple[object, ...], ask: Callable[[], T]) -> T:
        """What does not change while this moment is looked at, asked for the first time only."""
        if key not in self._asked:
            self._asked[key] = ask()
        found: T = self._asked[key]
        return found

    def know(self, key: tuple[object, ...], fact: Any) -> None:
        """Keep a fact of many rows that was asked for in one query; `known` answers it row by row."""
        self._asked[key] = fact

    def known(self, key: tuple[object, ...]) -> Any:
        """A fact that was kept so, or None: whoever asks for one row alone looks it up."""
        return self._asked.get(key)

    def value(self, query: str, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self._run(query, values).fetchone()
        return row[0] if row else None

    def all(self, kind: type[R], where: str = "1 = 1", /, **values: Any) -> list[R]:
        """The rows of a table that meet a condition, in the order of their ids unless it says otherwise."""
        order = "" if "ORDER BY" in where else " ORDER BY id"
        query = f"SELECT {', '.join(kind.columns)} FROM {kind.table} WHERE {where}{order}"
        return [kind.read(row) for row in self.select(query, **values)]

    def find(self, kind: type[R], /, **values: Any) -> R | None:
        """The row with these values, or None."""
        rows = self.all(kind, " AND ".join(f"{name} = :{name}" for name in values), **values)
        return rows[0] if rows else None

    def one(self, kind: type[R], /, **values: Any) -> R:
        """The row with these values.

        Raises:
            Unknown: there is none.
        """
        row = self.find(kind, **values)
        if row is None:
            value = next(iter(values.values()))
            near = [str(number) for (number,) in self._near(kind, next(iter(values)))]
            raise Unknown(
                what=kind.table.replace("_", " "),
                value=value,
                candidates=", ".join(near) or "-",
                listing=f"salesctl {kind.table} list",
            )
        return row

    def write_as_stored(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Put in rows that another ledger holds, with the journal that vouches for them; for whoever copies one."""
        self.engine.insert_many(self._db, table, columns, rows)

    def _called(self, table: str, ids: set[Any] | None) -> dict[Any, str]:
        only = "" if ids is None else f" WHERE id IN ({', '.join(map(str, ids - {None})) or 'NULL'})"
        return dict(self.each(f"SELECT id, code || ' ' || name FROM {table}{only}"))

    def _run(self, query: str, values: dict[str, Any]) -> Any:
        return self.engine.run(self._db, query, _stored(values))

    def _near(self, kind: type[R], column: str) -> list[tuple[Any, ...]]:
        return self.select(f"SELECT {column} FROM {kind.table} ORDER BY id DESC LIMIT 5")


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    return {name: stored(value) for name, value in values.items()}
