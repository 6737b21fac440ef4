"""A ledger moves from a file to a server: every row as it is stored, the chain with it, proved before it counts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from salesctl.errors import N_, UNSOUND, SalesctlError
from salesctl.ledger import migrate, sqlite
from salesctl.ledger.book import Ledger
from salesctl.ledger.reading import Reading
from salesctl.ledger.transaction import MOST_ROWS
from salesctl.ledger.verify import Report, verify
from salesctl.rulebook.ledgers import Exists

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.ledger.place import Address


class Unsound(SalesctlError):
    """What is not proved is not carried on."""

    code, status = "ledger.unsound", UNSOUND
    says = N_("The ledger {path} is not as it was written: {where}: {trouble}. Nothing was copied.")
    hint = N_("Look at it with `salesctl ledger verify`; go back to a backup that is sound.")


def copy(file: Path, place: Address, *, is_dry_run: bool = False) -> Report:
    """Carry a ledger from its file into an empty database, in one transaction there; the file stays as it is.

    Args:
        file: the ledger.
        place: the database.
        is_dry_run: do all of it, prove it, and undo it.

    Raises:
        Exists: there is a ledger in the database already.
        Unsound: the file is not what its journal says, or the copy is not what the file is.
    """
    source, target = Ledger(file), Ledger(place)
    try:
        with source.reading() as view:
            proved = _proved(verify(view, migrate.schema_like(source)), file)
            with target.making() as session:
                if session is None:
                    raise Exists(path=place)
                migrate.make(session)
                _carry(view, Reading(session, target.engine))
                copied = _proved(verify(Reading(session, target.engine), migrate.schema_like(target)), place)
                if (copied.head, copied.rows) != (proved.head, proved.rows):
                    raise Unsound(path=place, where=copied.head, trouble=N_("it is not what the file is"))
                if not is_dry_run:  # closing undoes what was only rehearsed
                    session.execute("COMMIT")
    finally:
        source.close()
        target.close()
    return copied


def _carry(view: Reading, into: Reading) -> None:
    for table in migrate.tables():
        columns = tuple(column for column, _default in sqlite.columns(view, table))
        rows = view.each(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")
        while batch := list(islice(rows, MOST_ROWS)):
            into.write_as_stored(table, columns, batch)


def _proved(report: Report, path: object) -> Report:
    if report.findings:
        first = report.findings[0]
        raise Unsound(path=path, where=first.where, trouble=first.says)
    return report
