"""`aging report`; the other verbs stand in `watch_cli`."""

from typing import Annotated

import typer

from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.receivables import ageing
from salesctl.receivables.watch_cli import app

NAMES = {
    "customer": (Column("code", N_("code")), Column("customer", N_("customer")), Column("manager", N_("served by"))),
    "manager": (Column("manager", N_("account manager")), Column("department", N_("department"))),
    "department": (Column("department", N_("department")),),
}


@app.command()
def report(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="GROUP",
            help=_("customer, manager or department."),
            autocompletion=lambda: list(ageing.GROUPS),
        ),
    ] = "customer",
) -> None:
    """What is outstanding today or on --as-of, by calendar months past the due day.

    Example: salesctl aging report --by manager --as-of 2012-12-31
    """
    desk: Desk = ctx.obj
    if by not in ageing.GROUPS:
        raise Invalid(value=by, what=N_("a way to group the report"), example=", ".join(ageing.GROUPS))
    with desk.ledger.reading() as view:
        found = ageing.report(view, desk.today, by, desk.policy)
    show(_view(desk, found, by), desk)


def _view(desk: Desk, found: ageing.Report, by: str) -> View:
    whole = found.total
    money = [Column(name, name.replace("_", " "), "money") for name in found.columns]
    columns = (*NAMES[by], *money, Column("total", N_("total"), "money"), Column("share", N_("share"), "bar"))
    rows = [(*line.names, *line.amounts, line.total, ageing.share(line.total, sum(whole))) for line in found.lines]
    last = (_("total"), *[""] * (len(NAMES[by]) - 1), *whole, sum(whole), ageing.share(sum(whole), sum(whole)))
    return View(columns, rows, _title(desk), last, notes=[] if rows else [_("Nothing is outstanding.")])


def _title(desk: Desk) -> str:
    packs = [f"{pack['code']} {pack['digest'][:8]}" for pack in desk.policy.stating("A.receivables.ageing")]
    return _("Ageing on {day}, in {currency}, by regulation {packs}").format(
        day=desk.today, currency=desk.settings.get("currency", "CNY"), packs=", ".join(packs)
    )
