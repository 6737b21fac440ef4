"""`check`: what is due or overdue, for cron and for people (T-1, T-2, T-6, T-10)."""

from __future__ import annotations

from typing import Annotated

import typer

from salesctl.agenda import actions
from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import DUE, N_

app = typer.Typer()

WORDS = (N_("due"), N_("overdue"))
COLUMNS = (
    Column("rule", N_("rule")),
    Column("clause", N_("clause")),
    Column("subject", N_("about")),
    Column("who", N_("who")),
    Column("due_on", N_("due on"), "day"),
    Column("state", N_("state"), "word"),
    Column("says", N_("what")),
)


@app.command()
def check(
    ctx: typer.Context,
    fail_on_due: Annotated[
        bool, typer.Option("--fail-on-due", help=_("Exit with status 8 when anything is listed."))
    ] = False,
) -> None:
    """List what is due or overdue, one line each with its clause; nothing is written.

    Example: salesctl check --as-of 2012-05-08 --fail-on-due
    """
    desk: Desk = ctx.obj
    listed = actions.due(desk)
    if listed or form_of(desk.form, desk.output) != "table":
        show(View(COLUMNS, listed), desk)
    if not listed:
        say(_("Nothing is due on {day}.").format(day=desk.today))
    elif fail_on_due:
        raise typer.Exit(DUE)
