"""`receipt log · list · show · import`; the other verbs stand in `movements_cli`."""

from typing import Annotated

import typer

from salesctl.console.arguments import (
    CustomerName,
    DateFormat,
    Day,
    Encoding,
    Map,
    Mapping,
    SourceFile,
    completing,
    day,
)
from salesctl.console.show import show
from salesctl.console.view import View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.policy.units import parse_money, yuan
from salesctl.receivables import receipts, received
from salesctl.receivables.cli import Again, Contract, NewCustomers
from salesctl.receivables.movements_cli import COLUMNS, Number, app, receipt_view

Overpayment = Annotated[
    bool, typer.Option("--overpayment", help=_("What pays no debt stays as the customer's credit."))
]


@app.command()
def log(
    ctx: typer.Context,
    which: CustomerName,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("What was received, in yuan."))],
    came: Annotated[str, Day("--date", help=_("The day it came, if it was not today."))] = "",
    contract: Contract = "",
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="NUMBER[=AMOUNT]",
            help=_("The receivable it pays, instead of the oldest due; may be repeated."),
            autocompletion=completing("receivable", "number", "number"),
        ),
    ] = None,
    number: Annotated[
        str, typer.Option(metavar="NUMBER", help=_("The bank's reference, or a number of your own, instead of M-12."))
    ] = "",
    overpayment: Overpayment = False,
    again: Again = False,
) -> None:
    """Record money received. It pays the oldest debts first, unless --to names others.

    Whoever serves the customer gives the bank's reference as its number; or somebody else records it.

    Example: salesctl receipt log 云帆 50000 --to R-3=20000 --to R-4
    """
    desk: Desk = ctx.obj
    new = receipts.NewReceipt(
        which, parse_money(amount), day(came, desk), contract, tuple(to or ()), number, overpayment, again
    )
    done = receipts.log(desk, new)
    notes = [
        _("{amount} to {debt}, {left} left of it.").format(amount=yuan(part), debt=debt.number, left=yuan(debt.open))
        for debt, part in done.paid
    ]
    if done.receipt.credit:
        notes.append(_("{amount} stays as credit.").format(amount=yuan(done.receipt.credit)))
    _show(
        desk, done.receipt.number, *notes, _("The customer still owes {amount}.").format(amount=yuan(done.still_open))
    )


@app.command("list")
def list_(
    ctx: typer.Context,
    which: Annotated[
        str,
        typer.Option(
            "--customer", metavar="CUSTOMER", help=_("One customer's."), autocompletion=completing("customer")
        ),
    ] = "",
    credit: Annotated[bool, typer.Option("--credit", help=_("Only those with money that pays no debt."))] = False,
) -> None:
    """List the money received by today or --as-of, as it stood on that day, the newest last.

    Example: salesctl receipt list --customer 云帆 --credit
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = received.received(view, desk.today, which, is_credit=credit)
    show(View(COLUMNS[:-2], rows), desk)


@app.command("show")
def show_(
    ctx: typer.Context,
    number: Number,
) -> None:
    """Show one receipt and the debts it paid.

    Example: salesctl receipt show M-12
    """
    _show(ctx.obj, number)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: SourceFile,
    columns: Map = None,
    date_format: DateFormat = "",
    encoding: Encoding = "",
    mapping: Mapping = "",
    create: NewCustomers = False,
    overpayment: Overpayment = False,
) -> None:
    """Take in receipts from a file: number, customer, amount, date, to (a receivable). All of it or nothing.

    Example: salesctl receipt import bank.csv --map date=收款日期 --map to=发票号
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.mappings.actions import mapped
    from salesctl.receivables import imports, receipt_imports

    source = mapped(desk, "receipt", Source(file, columns or (), date_format, encoding), mapping)
    with listed(desk):
        taken = receipt_imports.receipts(desk, source, is_creating=create, may_overpay=overpayment)
    show(imports.said(taken), desk)


def _show(desk: Desk, number: str, *notes: str) -> None:
    with desk.ledger.reading() as view:
        stands = received.receipt(view, number, desk.today)
    show(receipt_view(stands, *notes), desk)
