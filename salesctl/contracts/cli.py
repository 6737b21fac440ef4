"""`contract add · list · show · import`."""

from typing import Annotated

import typer

from salesctl.console.arguments import DateFormat, Day, Encoding, Map, Mapping, SourceFile, completing, day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.contracts import actions
from salesctl.customers.actions import customer as buyer
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.people.actions import person
from salesctl.policy.units import parse_money

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("owner", N_("account manager")),
    Column("amount", N_("amount"), "money"),
    Column("signed_on", N_("signed on"), "day"),
)
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The contract's number."), autocompletion=completing("contract", "number", "number")
    ),
]


@app.command()
def add(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The contract's number."))],
    customer: Annotated[
        str,
        typer.Option("--customer", metavar="CUSTOMER", help=_("Who bought."), autocompletion=completing("customer")),
    ],
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("Its price."))],
    owner: Annotated[
        str,
        typer.Option(
            "--owner",
            metavar="PERSON",
            help=_("The account manager concerned, if not whoever serves the customer."),
            autocompletion=completing("person"),
        ),
    ] = "",
    signed: Annotated[str, Day("--signed", help=_("The day it was signed."))] = "",
) -> None:
    """Take in a contract.

    Example: salesctl contract add HT-2012-018 --customer 云帆 --amount 200000 --signed 2012-04-20
    """
    desk: Desk = ctx.obj
    new = actions.NewContract(number, customer, parse_money(amount), day(signed, desk), owner)
    _show(desk, actions.add(desk, new).number)


@app.command("list")
def list_(
    ctx: typer.Context,
    customer: Annotated[
        str,
        typer.Option(
            "--customer", metavar="CUSTOMER", help=_("Only this customer's."), autocompletion=completing("customer")
        ),
    ] = "",
    owner: Annotated[
        str,
        typer.Option("--owner", metavar="PERSON", help=_("Only this person's."), autocompletion=completing("person")),
    ] = "",
) -> None:
    """List the contracts.

    Example: salesctl contract list --owner 林静
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        bought_by = buyer(view, customer).key if customer else None
        rows = actions.listed(view, desk.today, bought_by, person(view, owner).key if owner else None)
    show(View(COLUMNS, rows), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show one contract.

    Example: salesctl contract show HT-2012-018
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
) -> None:
    """Take in contracts from a file: number, customer, owner, amount, date.

    A row that is in the ledger already, with the same content, is passed over.

    Example: salesctl contract import contracts.xlsx
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.contracts import imports
    from salesctl.mappings.actions import mapped

    source = mapped(desk, "contract", Source(file, columns or (), date_format, encoding), mapping)
    with listed(desk):
        taken, known = imports.contracts(desk, source)
    columns_shown = (
        Column("contracts", N_("contracts taken in"), "count"),
        Column("known", N_("known already"), "count"),
    )
    show(record(columns_shown, (taken, known)), desk)


def _show(desk: Desk, number: str) -> None:
    with desk.ledger.reading() as view:
        found = actions.contract(view, number)
        row = next(row for row in actions.listed(view, desk.today, found.customer_id) if row[0] == found.number)
    show(record(COLUMNS, row), desk)
