"""`customer add · list · show · alias · email · volume · transfer · import`."""

from typing import Annotated

import typer

from salesctl.console.arguments import CustomerName, Day, Encoding, Map, Mapping, SourceFile, completing, day, unchanged
from salesctl.console.inputs import parse_count
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.customers import actions, emails, transfers
from salesctl.customers.rows import Customer
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.people.actions import person

app = typer.Typer()

COLUMNS = (
    Column("code", N_("code")),
    Column("name", N_("name")),
    Column("kind", N_("kind"), "word"),
    Column("channel", N_("channel"), "word"),
    Column("owner", N_("served by")),
    Column("aliases", N_("also called")),
)
Owner = Annotated[
    str, typer.Option("--owner", metavar="PERSON", help=_("Who serves it."), autocompletion=completing("person"))
]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The company's full name."))],
    code: Annotated[str, typer.Option(metavar="CODE", help=_("A code of your own instead of C001 and so on."))] = "",
    owner: Owner = "",
    kind: Annotated[str, typer.Option(metavar="KIND", help=_("platform or database (A-4.2)."))] = "platform",
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("it, peripheral, web or stores (E-10)."))
    ] = "peripheral",
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help=_("Another name it goes by."))] = None,
    distinct: Annotated[bool, typer.Option("--distinct", help=_("It is not the similar company."))] = False,
) -> None:
    """Take in a customer. Similar names are shown before anything is written.

    Example: salesctl customer add 北京云帆网络科技有限公司 --owner 林静 --alias 云帆
    """
    desk: Desk = ctx.obj
    new = actions.NewCustomer(name, code, owner, kind, channel, tuple(alias or ()), distinct)
    try:
        added = actions.add(desk, new)
    except actions.NearMatch as near:
        if not desk.is_attended:
            raise
        desk.confirm(_("{value!r} looks like {candidates}. Is it another company?").format(**near.facts))
        added = actions.add(desk, new.but(is_distinct=True))
    _show(desk, added)


@app.command("list")
def list_(ctx: typer.Context, owner: Owner = "") -> None:
    """List the customers and who serves them today or on --as-of.

    Example: salesctl customer list --owner 林静
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        if owner:
            served = actions.customers_of(view, person(view, owner).key, desk.today)
        else:
            served = view.all(Customer, "1 = 1 ORDER BY code")
        rows = [_row(actions.described(view, one, desk.today)) for one in served]
    show(View(COLUMNS, rows), desk)


@app.command("show")
def show_(ctx: typer.Context, which: CustomerName) -> None:
    """Show one customer.

    Example: salesctl customer show 云帆
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = actions.described(view, actions.customer(view, which), desk.today)
    _show(desk, found)


@app.command()
def alias(
    ctx: typer.Context,
    which: CustomerName,
    other: Annotated[str, typer.Argument(metavar="NAME", help=_("The other name."))],
) -> None:
    """Give a customer another name to be found by.

    Example: salesctl customer alias C001 云帆
    """
    desk: Desk = ctx.obj
    named = actions.alias(desk, which, other)
    _show(desk, named, unchanged(desk))


@app.command()
def email(
    ctx: typer.Context,
    which: CustomerName,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help=_("The address, or - for none."))],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help=_("Whom letters are addressed to there, such as 王会计."))
    ] = "",
) -> None:
    """Say where letters to a customer go, such as reminders.

    Example: salesctl customer email 云帆 finance@yunfan.example.com --name 王会计
    """
    desk: Desk = ctx.obj
    said, reached = emails.reach(desk, which, address, name)
    columns = (Column("customer", N_("customer")), Column("name", N_("addressed to")), Column("email", N_("e-mail")))
    show(record(columns, (said, reached.name, reached.address), unchanged(desk)), desk)


@app.command()
def volume(
    ctx: typer.Context,
    which: CustomerName,
    units: Annotated[str, typer.Argument(metavar="UNITS", help=_("Units sent."))],
    line: Annotated[str, typer.Option(metavar="LINE", help=_("platform or database."))] = "platform",
    month: Annotated[str, Day("--month", help=_("Any day of the month."))] = "",
) -> None:
    """Record what was sent for a customer in a month.

    Example: salesctl customer volume 云帆 1200000 --month 2012-04-01
    """
    desk: Desk = ctx.obj
    kept = actions.volume(desk, which, line, day(month, desk), parse_count(units))
    columns = (
        Column("line", N_("line"), "word"),
        Column("month", N_("month"), "day"),
        Column("units", N_("units"), "count"),
    )
    show(record(columns, (kept.line, kept.month, kept.units)), desk)


@app.command()
def transfer(
    ctx: typer.Context,
    which: CustomerName,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="PERSON", help=_("Who serves it from then on."), autocompletion=completing("person")
        ),
    ],
    since: Annotated[str, Day("--from", help=_("From which day this holds."))] = "",
) -> None:
    """Let somebody else serve a customer from a day on.

    Example: salesctl customer transfer 云帆 --to 陈 --from 2012-07-01
    """
    desk: Desk = ctx.obj
    since_day = day(since, desk)
    served = transfers.transfer(desk, which, to, since_day)
    later = _("This holds from {day}.").format(day=since_day) if since_day > desk.today else ""
    _show(desk, served, later)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: SourceFile,
    columns: Map = None,
    encoding: Encoding = "",
    mapping: Mapping = "",
) -> None:
    """Take in customers from a file: name, code, owner, kind, channel, alias.

    Example: salesctl customer import customers.xlsx
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.customers import imports
    from salesctl.mappings.actions import mapped

    source = mapped(desk, "customer", Source(file, columns or (), encoding=encoding), mapping)
    with listed(desk):
        taken = imports.customers(desk, source)
    heads = (Column("customers", N_("customers taken in"), "count"), Column("known", N_("known already"), "count"))
    show(record(heads, taken), desk)


def _show(desk: Desk, one: actions.Described, *notes: str) -> None:
    show(record(COLUMNS, _row(one), *notes), desk)


def _row(one: actions.Described) -> tuple[object, ...]:
    found = one.customer
    return (found.code, found.name, found.kind, found.channel, one.owner, one.aliases)
