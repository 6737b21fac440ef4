"""Arguments and options that several commands share: people, customers, days, money."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from salesctl.console.inputs import parse_day
from salesctl.console.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class Calendared(Protocol):
    """Something that knows the business day."""

    @property
    def today(self) -> date: ...  # noqa: D102


class Writing(Protocol):
    """Something that knows what was written."""

    @property
    def is_dry_run(self) -> bool: ...  # noqa: D102
    @property
    def receipts(self) -> list[str]: ...  # noqa: D102


def completing(table: str, column: str = "code", said: str = "name") -> Callable[[Any, str], list[tuple[str, str]]]:
    """Live values for a shell's TAB; it reads, never fails, and offers 50 at most."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        try:
            desk = ctx.obj({"ledger": ctx.params.get("ledger")}, "")
            with desk.ledger.reading() as view:
                rows = view.select(
                    f"SELECT {column}, {said} FROM {table} WHERE {column} LIKE :start OR {said} LIKE :start "
                    f"ORDER BY {column} LIMIT 50",
                    start=incomplete.replace("%", "") + "%",
                )
            return [_offered(str(value), str(text), incomplete) for value, text in rows]
        except Exception:  # noqa: BLE001 - a shell must not be disturbed by a completion
            return []

    return complete


def _offered(code: str, name: str, incomplete: str) -> tuple[str, str]:
    """What the shell puts in: the code, or the name where a name was begun and is one word for the shell."""
    if incomplete and not code.startswith(incomplete) and name.startswith(incomplete) and " " not in name:
        return name, code
    return code, name


def among(*values: str) -> Callable[[Any, str], list[str]]:
    """Fixed values for a shell's TAB."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:  # noqa: ARG001 - the shell's shape
        return [value for value in values if value.startswith(incomplete)]

    return complete


def Day(*flags: str, help: str) -> Any:  # noqa: N802, A002 - reads as the type it is
    """An option that takes a day."""
    return typer.Option(*flags, metavar="DAY", help=help)


def day(text: str, desk: Calendared) -> date:
    """The day typed, or the business day."""
    return parse_day(text, desk.today) if text else desk.today


def unchanged(desk: Writing) -> str:
    """What to say when a write found everything as it should become; empty where something was written."""
    return "" if desk.receipts or desk.is_dry_run else _("It was so already; nothing was written.")


PersonName = Annotated[
    str,
    typer.Argument(metavar="PERSON", help=_("Code, alias or start of the name."), autocompletion=completing("person")),
]
CustomerName = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER", help=_("Code, alias or start of the name."), autocompletion=completing("customer")
    ),
]
SourceFile = Annotated[Path, typer.Argument(metavar="FILE", help=_("CSV, XLSX or XLS."))]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="KEY=HEADING", help=_("Which of the file's columns is which of ours.")),
]
Mapping = Annotated[
    str,
    typer.Option(
        "--mapping",
        metavar="NAME",
        help=_("A saved mapping of this noun (salesctl import map list)."),
        autocompletion=completing("import_map", "name", "noun"),
    ),
]
DateFormat = Annotated[
    str, typer.Option("--date-format", metavar="FORM", help=_("How the file writes days, such as %m/%d/%Y."))
]
Encoding = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help=_("The file's encoding, if it is not recognised."))
]
