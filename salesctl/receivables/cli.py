"""`receivable log · list · show · import`; the other verbs stand in `changes_cli`."""

from collections.abc import Iterator
from datetime import date
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
from salesctl.console.inputs import parse_day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.calendar import NoCalendar
from salesctl.policy.units import parse_money, yuan
from salesctl.receivables import actions, history, listing, rules
from salesctl.receivables.changes_cli import Number, app

COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("contract", N_("contract")),
    Column("amount", N_("amount"), "money"),
    Column("paid", N_("paid"), "money"),
    Column("open", N_("open"), "money"),
    Column("issued_on", N_("issued on"), "day"),
    Column("due_on", N_("due on"), "day"),
    Column("age", N_("age"), "word"),
)
ABOUT_ONE = (
    *COLUMNS[:5],
    Column("written_off", N_("written off"), "money"),
    *COLUMNS[5:],
    Column("watched_from", N_("watched from"), "day"),
    Column("stated_from", N_("stated at meetings from"), "day"),
    Column("submittable_from", N_("may be submitted from"), "day"),
    Column("receipts", N_("paid by")),
)
Contract = Annotated[
    str,
    typer.Option(
        "--contract",
        metavar="NUMBER",
        help=_("The contract it belongs to."),
        autocompletion=completing("contract", "number", "number"),
    ),
]
Again = Annotated[bool, typer.Option("--again", help=_("It is another one of the same customer, amount and day."))]
NewCustomers = Annotated[bool, typer.Option("--create-customers", help=_("Take in customers that are not known yet."))]


@app.command()
def log(
    ctx: typer.Context,
    which: CustomerName,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("What is owed, in yuan."))],
    due: Annotated[str, Day("--due", help=_("The day it is due."))],
    issued: Annotated[str, Day("--issued", help=_("The day it was issued, if it was not today."))] = "",
    contract: Contract = "",
    number: Annotated[str, typer.Option(metavar="NUMBER", help=_("A number of your own instead of R-12."))] = "",
    again: Again = False,
) -> None:
    """Record what a customer owes.

    Example: salesctl receivable log 云帆 186000 --due 2012-06-30
    """
    desk: Desk = ctx.obj
    new = actions.NewReceivable(
        which, parse_money(amount), day(issued, desk), parse_day(due, desk.today), contract, number, again
    )
    _show(desk, actions.log(desk, new).number)


@app.command("list")
def list_(
    ctx: typer.Context,
    which: Annotated[
        str,
        typer.Option(
            "--customer", metavar="CUSTOMER", help=_("One customer's."), autocompletion=completing("customer")
        ),
    ] = "",
    all_: Annotated[bool, typer.Option("--all", help=_("Those that are paid too."))] = False,
) -> None:
    """List what is owed today or on --as-of, oldest due first.

    Example: salesctl receivable list --customer 云帆
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        owed = listing.owed(view, desk.today, which, is_paid_too=all_)
    edges = [(edge.name, str(edge.since or "")) for edge in rules.columns(desk.today, desk.policy)]
    sums = [0, 0, 0]
    for one in (listing.Owed(*row) for row in owed):
        sums = [sums[0] + one.amount, sums[1] + one.paid, sums[2] + one.open]
    aged = ((*row, next(name for name, since in edges if row[-1] >= since)) for row in owed)
    total = (_("total"), None, None, *sums, None, None, None)
    show(View(COLUMNS, aged, total=total if owed else None), desk)


@app.command("show")
def show_(
    ctx: typer.Context,
    number: Number,
) -> None:
    """Show one receivable: what paid it, how old it is, and from which day article 8 reaches it.

    Example: salesctl receivable show R-12
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
) -> None:
    """Take in receivables from a file: number, customer, amount, issued, due, contract. All of it or nothing.

    Example: salesctl receivable import invoices.csv --map number=发票号 --date-format %m/%d/%Y
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.mappings.actions import mapped
    from salesctl.receivables import imports

    source = mapped(desk, "receivable", Source(file, columns or (), date_format, encoding), mapping)
    with listed(desk):
        taken = imports.receivables(desk, source, is_creating=create)
    show(imports.said(taken), desk)


def _show(desk: Desk, number: str) -> None:
    with desk.ledger.reading() as view:
        found = history.standing(view, number, desk.today)
    debt, left = found.debt, found.open
    age = rules.bucket(found.due_on, on=desk.today, policy=desk.policy)
    stages, note = _stages(desk, found.due_on) if left else ((None, None, None), "")
    row = (
        debt.number,
        found.customer,
        found.contract,
        debt.amount,
        found.paid,
        found.written_off,
        left,
        debt.issued_on,
        found.due_on,
        age.value if left else None,
        *stages,
        ", ".join(f"{receipt} {yuan(amount)} ({day})" for receipt, amount, day in found.payments),
    )
    show(record(ABOUT_ONE, row, *_happened(found), note, outcome=age if left else None), desk)


def _happened(found: history.Standing) -> Iterator[str]:
    """What else happened to a debt by that day, a line each."""
    for amount, when, receipt in found.bad:
        if receipt:
            yield _("{amount} recovered on {day} by {receipt}.").format(amount=yuan(-amount), day=when, receipt=receipt)
        else:
            yield _("{amount} written off as bad debt on {day} (A-8.4).").format(amount=yuan(amount), day=when)
    for before, request, when in found.moved:
        yield _("Due on {before} until {request} moved it on {day} (A-5.2).").format(
            before=before, request=request, day=when
        )
    for since, until, reason, outcome in found.disputes:
        if until:
            yield _("Contested from {since} until {until}: {reason}; {outcome}.").format(
                since=since, until=until, reason=reason, outcome=outcome
            )
        else:
            yield _("Contested since {since}: {reason}.").format(since=since, reason=reason)
    if found.is_cancelled:
        yield _("Cancelled on {day}: {reason}.").format(day=found.debt.cancelled_on, reason=found.debt.cancelled_why)


def _stages(desk: Desk, due: date) -> tuple[tuple[object, ...], str]:
    """From which days article 8 reaches a debt, and what is to be said of the meeting."""
    policy = desk.policy
    watched, submitted = rules.watched_from(due, policy=policy), rules.may_be_submitted_from(due, policy=policy)
    try:
        stated = rules.first_statement(due, policy=policy, calendar=desk.calendar)
    except NoCalendar as error:  # a debt may be due years ahead
        return (watched.value, None, submitted.value), _(error.says).format(**error.facts)
    return (watched.value, stated.value, submitted.value), _(stated.steps[-1].note)
