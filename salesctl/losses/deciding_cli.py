"""`loss gravity · criticise · confirm · drop · reverse` (E-20a, K-10, K-12)."""

from typing import Annotated

import typer

from salesctl.console.arguments import among
from salesctl.console.choices import meant
from salesctl.console.inputs import one_line
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.losses import deciding, facts, reversing
from salesctl.losses.reporting_cli import Number, app
from salesctl.losses.rules import GRAVITY
from salesctl.losses.shown import shown
from salesctl.policy.units import parse_money, yuan

__all__ = ["app"]


@app.command()
def gravity(
    ctx: typer.Context,
    number: Number,
    how: Annotated[
        str, typer.Argument(metavar="full|half", help=_("How grave it is."), autocompletion=among(*GRAVITY))
    ],
    post_wage: Annotated[str, typer.Option("--post-wage", metavar="YUAN", help=_("The month's post wage."))],
) -> None:
    """Decide whether all or half of the post wage is proposed for wrong figures, beside the share (E-20a).

    Example: salesctl loss gravity LS-3 half --post-wage 4100 --as gm
    """
    word = meant(how, GRAVITY, {"全部": "full", "半": "half"})
    if word not in GRAVITY:
        raise Invalid(value=how, what=N_("how grave it is"), example=GRAVITY)
    one, outcome = deciding.say_gravity(ctx.obj, number, word, parse_money(post_wage))
    shown(ctx.obj, one.number, {}, outcome=outcome)


@app.command()
def criticise(
    ctx: typer.Context,
    number: Number,
    notice: Annotated[
        str, typer.Option("--notice", metavar="TEXT", help=_("Where it was published, such as a number."))
    ],
) -> None:
    """Record that the public criticism for wrong figures was published; its month is that of the finding (E-20a).

    Example: salesctl loss criticise LS-3 --notice 通告2013-05
    """
    one = deciding.criticise(ctx.obj, number, one_line(notice))
    late = _("They were found in {found}: the criticism belonged in that month (E-20a).")
    is_late = one.criticised_in != f"{one.found_on:%Y-%m}"
    shown(ctx.obj, one.number, {}, late.format(found=f"{one.found_on:%Y-%m}") if is_late else "")


@app.command()
def confirm(ctx: typer.Context, number: Number) -> None:
    """Confirm the shares of a loss; nobody who bears one may. Nothing is taken from wages by it (K-10).

    Example: salesctl loss confirm LS-3 --as gm
    """
    one, outcome = deciding.confirm(ctx.obj, number)
    shown(ctx.obj, one.number, {}, outcome=outcome)


@app.command()
def drop(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", "--why", metavar="TEXT", help=_("Why it is none."))],
) -> None:
    """Drop a loss that was none: whoever reported it, or once it is valued whoever may decide on it.

    Once it is confirmed it is reversed instead: `loss reverse`.

    Example: salesctl loss drop LS-3 --reason "the goods were found"
    """
    shown(ctx.obj, deciding.drop(ctx.obj, number, one_line(reason)).number, {})


@app.command()
def reverse(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", "--why", metavar="TEXT", help=_("Why it is none after all."))],
) -> None:
    """Take back a confirmed loss, everybody's share by exactly what was recorded; it asks first. Nothing is deleted.

    It takes a second person: of those who may confirm a loss, one who neither confirmed it nor reported it nor bears a
    share. The days before keep their shares.

    Example: salesctl loss reverse LS-3 --reason "the debt was paid after all" --as board
    """
    desk: Desk = ctx.obj
    why = one_line(reason)
    with desk.ledger.reading() as view:
        one = facts.loss(view, number)
    asked = _("Take back everybody's share of {number}, {net} yuan in all?")
    desk.confirm(asked.format(number=one.number, net=yuan((one.amount or 0) - one.recovered)))
    one, outcome = reversing.reverse(desk, number, why)
    shown(desk, one.number, {}, outcome=outcome)
