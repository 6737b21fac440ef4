"""`loss list · show · print`; the other verbs stand in `reporting_cli` and `deciding_cli`."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import completing
from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers.actions import handover as handover_of
from salesctl.losses import listing
from salesctl.losses.deciding_cli import app
from salesctl.losses.reporting_cli import Number, Wages, wages_of
from salesctl.losses.shown import shown, stated
from salesctl.people.actions import person
from salesctl.policy.units import parse_money
from salesctl.policy.units import shown as said_back

LISTED = (
    Column("number", N_("number")),
    Column("handover", N_("handover")),
    Column("state", N_("state")),
    Column("found_on", N_("found on"), "day"),
    Column("about", N_("about")),
    Column("customer", N_("customer")),
    Column("product", N_("product")),
    Column("units", N_("pieces"), "count"),
    Column("amount", N_("loss"), "money"),
    Column("recovered", N_("recovered"), "money"),
    Column("net", N_("to be shared"), "money"),
    Column("confirmed_on", N_("confirmed on"), "day"),
    Column("reversed_on", N_("reversed on"), "day"),
    Column("text", N_("what was lost")),
)
STATES = ("reported", "valued", "split", "confirmed", "reversed", "dropped")


@app.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str,
        typer.Option(
            "--state", metavar="STATE", help=_("Only these: reported, valued, split, confirmed, reversed, dropped.")
        ),
    ] = "",
    handover: Annotated[
        str,
        typer.Option(
            "--handover",
            metavar="NUMBER",
            help=_("Only of this handover."),
            autocompletion=completing("handover", "number", "state"),
        ),
    ] = "",
    who: Annotated[
        str,
        typer.Option(
            "--person",
            metavar="PERSON",
            help=_("Only those this person bears a share of."),
            autocompletion=completing("person"),
        ),
    ] = "",
) -> None:
    """List the losses found until today or --as-of, as they stand.

    Example: salesctl loss list --state split
    """
    desk: Desk = ctx.obj
    if state and state not in STATES:
        raise Invalid(value=said_back(state), what=N_("a state of a loss"), example=", ".join(STATES))
    with desk.ledger.reading() as view:
        of = handover_of(view, handover).key if handover else 0
        rows = listing.listed(view, desk.today, listing.Wanted(state, of, person(view, who).key if who else 0))
    say = stated(desk)
    said = ((*row[:2], say(row[2]), *row[3:]) for row in rows)
    show(View(LISTED, said, notes=[] if rows else [_("No losses.")]), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number, wage: Wages = None) -> None:
    """Show a loss: who bears what by which clause, the ceiling of the law beside it, and what is still to be done.

    Example: salesctl loss show LS-3 --wage 陈涛=6000
    """
    shown(ctx.obj, number, wages_of(wage))


@app.command("print")
def print_(
    ctx: typer.Context,
    number: Number,
    who: Annotated[
        str, typer.Argument(metavar="PERSON", help=_("Who bears a share."), autocompletion=completing("person"))
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
    wage: Annotated[
        str, typer.Option("--wage", metavar="YUAN", help=_("Their wage of the month, to print the ceiling of the law."))
    ] = "",
) -> None:
    """Print the statement of what one person bears, in both languages; that it was printed is recorded.

    Example: salesctl loss print LS-3 陈涛 LS-3.pdf --wage 6000
    """
    from salesctl.losses.statement import printed

    desk: Desk = ctx.obj
    printed(desk, number, who, file, parse_money(wage) if wage else None)
    shown(desk, number, {})
