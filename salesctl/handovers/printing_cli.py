"""`handover print`."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.show import show
from salesctl.console.view import Column, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.handovers import printing
from salesctl.handovers.completing_cli import app
from salesctl.handovers.visiting_cli import Number

__all__ = ["app"]

PRINTED = (
    Column("number", N_("number")),
    Column("papers", N_("papers"), "count"),
    Column("file", N_("file")),
)


@app.command("print")
def print_(
    ctx: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
    paper: Annotated[str, typer.Option("--paper", metavar="PAPER", help=_("This paper alone, as H-3/2 or 2."))] = "",
) -> None:
    """Print the checklist, the visits and every paper of a handover, or one paper, with three places to sign (E-4e).

    Whoever has signed in the ledger is named with the day; the rest is signed by hand. That it was printed is recorded.

    Example: salesctl handover print H-3 交接资料.pdf

    Example: salesctl handover print H-3 应收明细.xlsx --paper 3
    """
    desk: Desk = ctx.obj
    desk.spare(str(file))
    begun, count = printing.printed(desk, number, paper, file)
    show(record(PRINTED, (begun.number, count, str(file))), desk)
