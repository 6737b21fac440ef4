"""`receipt log · list · show · import`."""

from typing import Annotated

import typer

from salesctl.console.arguments import CustomerName, DateFormat, Day, Encoding, Map, SourceFile, completing, day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.units import parse_money, yuan
from salesctl.receivables import listing, receipts
from salesctl.receivables.cli import Again, Contract, NewCustomers

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("contract", N_("contract")),
    Column("amount", N_("amount"), "money"),
    Column("allocated", N_("allocated"), "money"),
    Column("credit", N_("credit"), "money"),
    Column("received_on", N_("received on"), "day"),
    Column("paid", N_("paid")),
)
Overpayment = Annotated[
    bool, typer.Option("--overpayment", help=_("What pays no debt stays as the customer's credit."))
]


@app.command()
def log(
    ctx: typer.Context,
    which: CustomerName,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("What was received, in yuan."))],
    received: Annotated[str, Day("--date", help=_("The day it came, if it was not today."))] = "",
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
    number: Annotated[str, typer.Option(metavar="NUMBER", help=_("A number of your own instead of M-12."))] = "",
    overpayment: Overpayment = False,
    again: Again = False,
) -> None:
    """Record money received. It pays the oldest debts first, unless --to names others.

    Example: salesctl receipt log 云帆 50000 --to R-3=20000 --to R-4
    """
    desk: Desk = ctx.obj
    new = receipts.NewReceipt(
        which, parse_money(amount), day(received, desk), contract, tuple(to or ()), number, overpayment, again
    )
    done = receipts.log(desk, new)
    notes = [
        _("{amount} to {number}, {left} left of it.").format(
            amount=yuan(part), number=debt.number, left=yuan(debt.open)
        )
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
) -> None:
    """List the money received by today or --as-of, the newest last.

    Example: salesctl receipt list --customer 云帆
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = listing.received(view, desk.today, which)
    show(View(COLUMNS[:-1], rows), desk)


@app.command("show")
def show_(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", help=_("The receipt."), autocompletion=completing("receipt", "number", "number")
        ),
    ],
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
    create: NewCustomers = False,
    overpayment: Overpayment = False,
) -> None:
    """Take in receipts from a file: number, customer, amount, date, to (a receivable). All of it or nothing.

    Example: salesctl receipt import bank.csv --map date=收款日期 --map to=发票号
    """
    desk: Desk = ctx.obj
    from salesctl.console.intake import Source
    from salesctl.receivables import imports, receipt_imports

    source = Source(file, columns or (), date_format, encoding)
    taken = receipt_imports.receipts(desk, source, is_creating=create, may_overpay=overpayment)
    show(imports.said(taken), desk)


def _show(desk: Desk, number: str, *notes: str) -> None:
    with desk.ledger.reading() as view:
        row = listing.receipt(view, number)
    show(record(COLUMNS, row, *notes), desk)
