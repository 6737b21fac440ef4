"""`check`: what is due or overdue, for cron and for people (T-1, T-2, T-6, T-7, T-10, T-32)."""

from typing import Annotated

import typer

from salesctl.agenda import actions
from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk, Due
from salesctl.errors import DUE, N_
from salesctl.mail.sending import deliver
from salesctl.people.rules import NOBODY
from salesctl.people.standings import STAFF_GRADES

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
    """List what is due or overdue, one line each with its clause; letters that wait are sent first.

    Nothing else is written, and with --dry-run or a question about another day nothing at all.

    Example: salesctl check --as-of 2012-05-08 --fail-on-due
    """
    desk: Desk = ctx.obj
    if desk.today == desk.present_day:
        deliver(desk)
    listed, form = actions.due(desk), form_of(desk.form, desk.output)
    if listed or form != "table":
        show(View(COLUMNS, [_row(one, is_plain=form in ("json", "csv")) for one in listed]), desk)
    if not listed:
        say(_("Nothing is due on {day}.").format(day=desk.today))
    elif fail_on_due:
        raise typer.Exit(DUE)


def _row(one: Due, *, is_plain: bool) -> tuple[object, ...]:
    """One line; what programs read is never translated."""
    is_grade = one.who in (*STAFF_GRADES, NOBODY)
    who = _(one.who.replace("_", " ")) if is_grade and not is_plain else one.who
    return (one.rule, one.clause, one.subject, who, one.due_on, one.state, one.said() if is_plain else one.said(_))
