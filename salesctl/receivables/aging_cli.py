"""`aging report`; the other verbs stand in `watch_cli`."""

from typing import Annotated

import typer

from salesctl.console.arguments import among
from salesctl.console.show import show
from salesctl.console.view import View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.receivables import ageing, ageing_view
from salesctl.receivables.ageing_groups import GROUPS, only
from salesctl.receivables.watch_cli import app


@app.command()
def report(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="GROUP",
            help=_("customer, manager, department, contract or channel."),
            autocompletion=among(*GROUPS),
        ),
    ] = "customer",
    of: Annotated[
        str, typer.Option("--of", metavar="NAME", help=_("One line alone, with every debt behind it; - for nobody's."))
    ] = "",
    debts: Annotated[bool, typer.Option("--debts", help=_("Every debt instead of the lines."))] = False,
) -> None:
    """What is outstanding today or on --as-of, by calendar months past the due day, as everything stood on that day.

    Example: salesctl aging report --by manager --as-of 2012-12-31
    Example: salesctl aging report --by manager --of 林静
    """
    desk: Desk = ctx.obj
    if by not in GROUPS:
        raise Invalid(value=by, what=N_("a way to group the report"), example=", ".join(GROUPS))
    if of or debts:
        show(_debts(desk, by, of), desk)
        return
    with desk.ledger.reading() as view:
        found = ageing.report(view, desk.today, by, desk.policy)
    show(ageing_view.lines(desk, found, by), desk)


def _debts(desk: Desk, by: str, of: str) -> View:
    from salesctl.receivables import ageing_debts

    with desk.ledger.reading() as view:
        line = only(view, by, of) if of else None
        rows = ageing_debts.debts(view, desk.today, line)
    return ageing_view.debts(desk, rows, line.said if line else "")
