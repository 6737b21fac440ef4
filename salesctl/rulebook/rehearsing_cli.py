"""`policy rehearse`."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesctl.console.arguments import Day, day
from salesctl.console.show import say, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from salesctl.rulebook.rehearsing import Elsewhere

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("matter", N_("matter"), "word"),
    Column("customer", N_("customer")),
    Column("amount", N_("amount"), "money"),
    Column("quantity", N_("quantity"), "count"),
    Column("price", N_("price"), "price"),
    Column("asked_on", N_("asked on"), "day"),
    Column("state", N_("state"), "word"),
    Column("current", N_("decides now"), "word"),
    Column("proposed", N_("would decide"), "word"),
)


@app.command()
def rehearse(
    ctx: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="PACK", help=_("The code of a pack, or a pack's folder."))],
    since: Annotated[str, Day("--since", help=_("The first day whose requests are looked at."))],
) -> None:
    """Show which recorded requests another grade would have decided under other figures; nothing is written.

    Example: salesctl policy rehearse our-figures --since 2012-01-01
    """
    from salesctl.approvals.rungs import MONEY
    from salesctl.rulebook import rehearsing

    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = rehearsing.rehearse(view, desk, pack, day(since, desk))
    if found.elsewhere or desk.form or desk.output:
        show(View(COLUMNS, [_row(one) for one in found.elsewhere]), desk)
    money = sum(one.request.amount for one in found.elsewhere if one.request.matter in MONEY)
    said = _("Requests looked at: {count}; would have gone elsewhere: {elsewhere}, {amount} yuan of them in money.")
    say(said.format(count=found.looked_at, elsewhere=len(found.elsewhere), amount=yuan(money)))


def _row(one: "Elsewhere") -> tuple[object, ...]:
    from salesctl.approvals.rungs import measured

    request = one.request
    return (
        request.number,
        request.matter,
        one.names.customer,
        *measured(request.matter, request.amount, request.base),
        request.asked_on,
        request.state,
        one.current,
        one.proposed,
    )
