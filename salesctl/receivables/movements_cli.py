"""`receipt apply · release · move · refund · reverse`."""

from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing, day
from salesctl.console.inputs import one_line
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.units import parse_money, yuan
from salesctl.receivables import received
from salesctl.receivables.movements import Done, Moved, apply, move, release
from salesctl.receivables.received import Standing
from salesctl.receivables.returning import refund, reverse

app = typer.Typer()

WORDS = (N_("refund"), N_("reversal"))

COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("contract", N_("contract")),
    Column("amount", N_("amount"), "money"),
    Column("allocated", N_("allocated"), "money"),
    Column("credit", N_("credit"), "money"),
    Column("returned", N_("paid back"), "money"),
    Column("received_on", N_("received on"), "day"),
    Column("paid", N_("paid")),
    Column("moved", N_("taken back")),
)
Number = Annotated[
    str,
    typer.Argument(metavar="NUMBER", help=_("The receipt."), autocompletion=completing("receipt", "number", "number")),
]
Debt = Annotated[
    str,
    typer.Argument(
        metavar="DEBT[=AMOUNT]",
        help=_("The receivable, all of what the receipt pays of it or an amount."),
        autocompletion=completing("receivable", "number", "number"),
    ),
]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))]
From = Annotated[str, Day("--date", help=_("From which day, if not from today."))]


@app.command("apply")
def apply_(
    ctx: typer.Context,
    number: Number,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="NUMBER[=AMOUNT]",
            help=_("The receivable it pays, instead of the oldest due; may be repeated."),
            autocompletion=completing("receivable", "number", "number"),
        ),
    ] = None,
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("Not all of the credit."))] = "",
    from_: From = "",
) -> None:
    """Pay debts from what a receipt left as the customer's credit.

    Example: salesctl receipt apply M-12 --to R-9
    """
    desk: Desk = ctx.obj
    moved, wish = Moved(number, day(from_, desk)), parse_money(amount) if amount else None
    _show(desk, apply(desk, moved, to or (), wish), _("{amount} to {debt}, {left} left of it."))


@app.command("release")
def release_(
    ctx: typer.Context,
    number: Number,
    debts: Annotated[
        list[str],
        typer.Argument(metavar="DEBT[=AMOUNT]…", autocompletion=completing("receivable", "number", "number")),
    ],
    why: Why,
    from_: From = "",
) -> None:
    """Take money off debts again; it stays as the customer's credit. The days before keep their state.

    Example: salesctl receipt release M-12 R-3=2000 --reason "meant for another invoice"
    """
    desk: Desk = ctx.obj
    done = release(desk, Moved(number, day(from_, desk), one_line(why)), debts)
    _show(desk, done, _("{amount} off {debt}, {left} left of it."))


@app.command("move")
def move_(
    ctx: typer.Context,
    number: Number,
    debt: Debt,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="NUMBER",
            help=_("The receivable it pays instead."),
            autocompletion=completing("receivable", "number", "number"),
        ),
    ],
    why: Why,
    from_: From = "",
) -> None:
    """Take money off one debt and pay another with it.

    Example: salesctl receipt move M-12 R-3 --to R-4 --reason "the customer named R-4"
    """
    desk: Desk = ctx.obj
    done = move(desk, Moved(number, day(from_, desk), one_line(why)), debt, to)
    (off, old, old_left), *paid = done.parts
    said = _("{amount} off {debt}, {left} left of it.").format(amount=yuan(off), debt=old, left=yuan(old_left))
    _show(desk, done.but(parts=paid), _("{amount} to {debt}, {left} left of it."), said)


@app.command("refund")
def refund_(
    ctx: typer.Context,
    number: Number,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("What went back, in yuan."))],
    why: Why,
    from_: From = "",
) -> None:
    """Record that money went back to the customer: what no debt holds, so release it first.

    It takes a second person: neither who serves or served the customer nor who recorded it (A.receivables.correctors).

    Example: salesctl receipt refund M-12 500 --reason "paid twice"
    """
    desk: Desk = ctx.obj
    done = refund(desk, Moved(number, day(from_, desk), one_line(why)), parse_money(amount))
    _show(desk, done, "")


@app.command("reverse")
def reverse_(ctx: typer.Context, number: Number, why: Why, from_: From = "") -> None:
    """Take back a receipt that was recorded by mistake; it asks first. Nothing is deleted.

    It takes a second person: neither who serves or served the customer nor who recorded it (A.receivables.correctors).
    With --date its own day it counts on no day at all; otherwise the days before keep their state.

    Example: salesctl receipt reverse M-12 --reason "typed twice" --date 2012-05-07
    """
    desk: Desk = ctx.obj
    reason, from_day = one_line(why), day(from_, desk)
    desk.confirm(_("Take back {number} and all it pays?").format(number=number))
    _show(desk, reverse(desk, Moved(number, from_day, reason)), _("{amount} off {debt}, {left} left of it."))


def receipt_view(stands: Standing, *notes: str) -> View:
    """One receipt: its sums, what it pays, what was taken back."""
    back = (
        f"{_(what)} {yuan(amount)} ({when}{', ' * bool(why)}{why})" for what, amount, when, why in stands.taken_back
    )
    paid = ", ".join(f"{debt} {yuan(amount)}" for debt, amount in stands.paid)
    return record(COLUMNS, (*stands.row, paid, ", ".join(back)), *notes)


def _show(desk: Desk, done: Done, says: str, *before: str) -> None:
    said = [says.format(amount=yuan(amount), debt=debt, left=yuan(left)) for amount, debt, left in done.parts]
    with desk.ledger.reading() as view:
        stands = received.receipt(view, done.receipt.number, desk.today)
    show(receipt_view(stands, *before, *said), desk)
