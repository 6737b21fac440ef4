"""`receivable cancel · dispute · instalments`."""

from datetime import date
from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing, day
from salesctl.console.inputs import one_line, parse_day
from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import parse_money
from salesctl.policy.units import shown as printable
from salesctl.receivables import changes, history

app = typer.Typer()

MOST = 120  # instalments of one contract: ten years of months
ISSUED = (
    Column("number", N_("number")),
    Column("amount", N_("amount"), "money"),
    Column("issued_on", N_("issued on"), "day"),
    Column("due_on", N_("due on"), "day"),
)
DISPUTED = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("open", N_("open"), "money"),
    Column("from", N_("contested from"), "day"),
    Column("until", N_("until"), "day"),
    Column("reason", N_("reason")),
    Column("outcome", N_("how it ended")),
)
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The receivable."), autocompletion=completing("receivable", "number", "number")
    ),
]
From = Annotated[str, Day("--date", help=_("From which day, if not from today."))]


@app.command()
def cancel(
    ctx: typer.Context,
    number: Number,
    why: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))],
    from_: From = "",
) -> None:
    """End a debt that was recorded by mistake, or credited; it asks first. Nothing is deleted.

    It takes a second person: neither who serves or served the customer nor who recorded it (A.receivables.correctors).
    Money that was paid on it is taken off first. With --date the day of its issue it was owed on no day at all.

    Example: salesctl receivable cancel R-12 --reason "invoice withdrawn, a new one follows"
    """
    desk: Desk = ctx.obj
    reason, from_day = one_line(why), day(from_, desk)
    desk.confirm(_("Cancel {number}?").format(number=number))
    debt = changes.cancel(desk, number, from_day, reason)
    show(View(ISSUED, [(debt.number, debt.amount, debt.issued_on, debt.due_on)], notes=[_("Cancelled.")]), desk)


@app.command()
def dispute(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="[NUMBER]", help=_("The receivable; none lists the contested."))
    ] = "",
    why: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why the customer contests it."))
    ] = None,
    ended: Annotated[str | None, typer.Option("--ended", metavar="TEXT", help=_("How the dispute ended."))] = None,
    from_: From = "",
) -> None:
    """Record that a customer contests a debt, or that it does not any more; without either, list.

    The duties of article 8 stay as they are: the regulation knows no exception for a contested debt.

    Example: salesctl receivable dispute R-12 --reason "two of five mailings not delivered"
    """
    desk: Desk = ctx.obj
    said = [text for text in (why, ended) if text is not None]
    if len(said) > 1 or (said and not number):
        raise Invalid(
            value=printable(said[0]), what=N_("either a reason or an end"), example="--reason TEXT, --ended TEXT"
        )
    if why is not None:
        changes.dispute(desk, number, day(from_, desk), one_line(why))
    elif ended is not None:
        changes.end_dispute(desk, number, day(from_, desk), one_line(ended))
    with desk.ledger.reading() as view:
        rows = history.contested(view, desk.today, number)
    show(View(DISPUTED, rows, notes=[] if rows else [_("Nothing is contested.")]), desk)


@app.command()
def instalments(
    ctx: typer.Context,
    contract: Annotated[
        str,
        typer.Argument(
            metavar="CONTRACT", help=_("The contract."), autocompletion=completing("contract", "number", "number")
        ),
    ],
    parts: Annotated[
        list[str] | None,
        typer.Option("--part", metavar="DAY=AMOUNT", help=_("One instalment: when it is due, how much; repeat it.")),
    ] = None,
    count: Annotated[
        int, typer.Option("--count", metavar="N", help=_("So many equal ones."), min=0, max=MOST, show_default=False)
    ] = 0,
    first: Annotated[str, Day("--first", help=_("The day the first of the equal ones is due."))] = "",
    months: Annotated[
        int, typer.Option("--months", metavar="N", help=_("Months between two of the equal ones."), min=1, max=36)
    ] = 1,
    issued: Annotated[str, Day("--issued", help=_("The day they were issued, if it was not today."))] = "",
) -> None:
    """Record what a contract leaves to be issued as instalments: equal ones, or named one by one.

    Example: salesctl receivable instalments HT-2012-018 --count 3 --first 2012-06-30
    """
    desk: Desk = ctx.obj
    if bool(parts) == bool(count) or (count and not first):
        what = N_("instalments")
        raise Invalid(value=str(count), what=what, example="--count 3 --first 2012-06-30, --part 2012-06-30=20000")
    wanted = changes.Instalments(
        contract,
        day(issued, desk),
        [_part(text, desk) for text in parts or ()],
        count,
        parse_day(first, desk.today) if first else None,
        months,
    )
    made = changes.issue_instalments(desk, wanted)
    total = (_("total"), sum(one.amount for one in made), None, None)
    show(View(ISSUED, [(one.number, one.amount, one.issued_on, one.due_on) for one in made], total=total), desk)


def _part(text: str, desk: Desk) -> tuple[date, int]:
    due, _sign, amount = text.partition("=")
    if not amount:
        raise Invalid(value=printable(text), what=N_("an instalment"), example="2012-06-30=20000")
    return parse_day(due, desk.today), parse_money(amount)
