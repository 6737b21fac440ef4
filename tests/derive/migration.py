"""Write the next migration from the difference between the newest schema and the tables."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from salesctl.ledger import migrate, sqlite


def main(message: str) -> None:
    """Make a ledger of the newest schema in a temporary folder and write what the tables have beyond it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        sqlite.create(path)
        migrate.upgrade(path)
        number = len(list((migrate.scripts() / "versions").glob("[0-9]*.py"))) + 1
        command.revision(migrate.config(path), message=message, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    main(sys.argv[1])
