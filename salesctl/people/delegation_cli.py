"""`delegation add · end · list`."""

from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing, day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.people import delegating

app = typer.Typer()

COLUMNS = (
    Column("giver", N_("authority of")),
    Column("deputy", N_("deputy")),
    Column("from_on", N_("from"), "day"),
    Column("until_on", N_("until"), "day"),
)
Deputy = Annotated[
    str,
    typer.Argument(metavar="PERSON", help=_("Who decides in another's place."), autocompletion=completing("person")),
]
Giver = Annotated[
    str,
    typer.Option(
        "--of",
        metavar="PERSON",
        help=_("Whose authority it is; yours without it."),
        autocompletion=completing("person"),
    ),
]


@app.command()
def add(
    ctx: typer.Context,
    deputy: Deputy,
    until: Annotated[str, Day("--until", help=_("The first day it does not hold any more."))],
    since: Annotated[str, Day("--from", help=_("The first day it holds; today without it."))] = "",
    of: Giver = "",
) -> None:
    """Lend your authority to a deputy for a time; neither of you can decide what concerns one of you (K-12).

    Example: salesctl delegation add 韩松 --until 2012-07-16
    """
    desk: Desk = ctx.obj
    _show(desk, delegating.lend(desk, deputy, of, day(since, desk), day(until, desk)))


@app.command()
def end(ctx: typer.Context, deputy: Deputy, of: Giver = "") -> None:
    """Take back today what was lent; what was decided with it stays decided.

    Example: salesctl delegation end 韩松
    """
    desk: Desk = ctx.obj
    _show(desk, delegating.take_back(desk, deputy, of))


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List what is lent on the business day.

    Example: salesctl delegation list
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = delegating.lent(view, desk.today)
    show(View(COLUMNS, [_row(one) for one in found]), desk)


def _show(desk: Desk, one: delegating.Lent) -> None:
    show(record(COLUMNS, _row(one)), desk)


def _row(one: delegating.Lent) -> tuple[object, ...]:
    giver, deputy = (f"{who.code} {who.name}" for who in (one.giver, one.deputy))
    return (giver, deputy, one.loan.from_on, one.loan.until_on)
