"""`fine incidents · uphold · drop`: gross negligence beside a fine (A-6.5c)."""

from typing import Annotated

import typer

from salesctl.console.arguments import among, completing
from salesctl.console.inputs import one_line
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.fines import negligence
from salesctl.fines.negligence import Working
from salesctl.policy.units import shown

app = typer.Typer()

STATES = ("proposed", "upheld", "dropped")
COLUMNS = (
    Column("number", N_("number")),
    Column("clause", N_("clause")),
    Column("matter", N_("matter"), "word"),
    Column("person", N_("person")),
    Column("amount", N_("short by"), "money"),
    Column("about", N_("about")),
    Column("occurred_on", N_("occurred on"), "day"),
    Column("proposed_on", N_("proposed on"), "day"),
    Column("reported_by", N_("reported by")),
    Column("state", N_("state"), "word"),
    Column("decided_by", N_("decided by")),
    Column("decided_on", N_("decided on"), "day"),
    Column("reason", N_("reason")),
)
NOTHING_FOLLOWS = N_("It stands on the record. Nothing follows by itself; a dismissal is a decision of its own (L-5).")
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help=_("The record, such as G-2."),
        autocompletion=completing("negligence", "number", "state"),
    ),
]


@app.command()
def incidents(
    ctx: typer.Context,
    state: Annotated[
        str,
        typer.Option("--state", metavar="STATE", help=_("Only those of this state."), autocompletion=among(*STATES)),
    ] = "",
) -> None:
    """List gross negligence that a rule proposed beside a fine, and what people made of it (A-6.5c, K-10).

    Example: salesctl fine incidents --state proposed
    """
    desk: Desk = ctx.obj
    if state and state not in STATES:
        raise Invalid(value=shown(state), what=N_("a state"), example=", ".join(STATES))
    with desk.ledger.reading() as view:
        rows = negligence.listed(view, desk, state)
    show(View(COLUMNS, rows), desk)


@app.command()
def uphold(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why, if there is more to say."))] = "",
) -> None:
    """Uphold gross negligence, if you may decide on it; it brings about nothing by itself (A-6.5c).

    Example: salesctl fine uphold G-2
    """
    found = negligence.decide(ctx.obj, number, "upheld", one_line(reason) if reason else "")
    _show(ctx.obj, found, _(NOTHING_FOLLOWS))


@app.command()
def drop(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", "--why", metavar="TEXT", help=_("Why it is let go."))],
) -> None:
    """Drop gross negligence with a reason, also after it was upheld; that ends it (K-10).

    Example: salesctl fine drop G-2 --why "the bank lost the rest"
    """
    _show(ctx.obj, negligence.decide(ctx.obj, number, "dropped", one_line(reason)))


def _show(desk: Desk, found: Working, *notes: str) -> None:
    show(record(COLUMNS, found.row, *notes, outcome=found.outcome), desk)
