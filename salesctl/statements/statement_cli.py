"""`customer statement`: a customer's account over a period, listed, or printed as a 对账单."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing, day
from salesctl.console.inputs import parse_day
from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.customers.actions import customer
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import yuan
from salesctl.statements import statement as actions
from salesctl.statements.stating import Stated, stated

app = typer.Typer()

WORDS = (  # the kinds of movement, for the catalogue
    N_("invoice"), N_("recovery"), N_("receipt"), N_("applied"), N_("moved"), N_("released"), N_("reversal"),
    N_("refund"), N_("bad again"), N_("written off"), N_("cancelled"), N_("opening balance"), N_("closing balance"),
)  # fmt: skip
COLUMNS = (
    Column("day", N_("day"), "day"),
    Column("kind", N_("what"), "word"),
    Column("number", N_("number")),
    Column("due_on", N_("due on"), "day"),
    Column("amount", N_("amount"), "money"),
    Column("charged", N_("charged"), "money"),
    Column("settled", N_("taken off"), "money"),
    Column("owed", N_("owed"), "money"),
    Column("credit", N_("credit held"), "money"),
)
PRINTED = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("from", N_("from"), "day"),
    Column("until", N_("until"), "day"),
    Column("opening", N_("opening balance"), "money"),
    Column("closing", N_("closing balance"), "money"),
    Column("credit", N_("credit held"), "money"),
    Column("printed_on", N_("printed on"), "day"),
    Column("printed_by", N_("printed by")),
)


@app.command()
def statement(
    ctx: typer.Context,
    which: Annotated[
        str,
        typer.Argument(
            metavar="[CUSTOMER]",
            help=_("Code, alias or start of the name; nobody lists what was printed."),
            autocompletion=completing("customer"),
        ),
    ] = "",
    since: Annotated[str, Day("--from", help=_("First day; the first of the last day's month, if not said."))] = "",
    until: Annotated[str, Day("--until", help=_("Last day, if it is not today."))] = "",
    file: Annotated[
        Path | None,
        typer.Option("--print", metavar="FILE", help=_("Print it to FILE.pdf or FILE.xlsx, with a number.")),
    ] = None,
) -> None:
    """State a customer's account over a period: what was owed, every movement, what is owed, how old that is.

    With --print it becomes a 对账单 to be confirmed and sealed by the customer; that it was printed is recorded. It
    states all that is not paid: writing off is internal and waives nothing, so it does not stand there (AMB-A8-k).

    Example: salesctl customer statement 云帆 --from 2012-04-01 --until 2012-06-30 --print 对账单.pdf
    """
    desk: Desk = ctx.obj
    if not which:
        if since or until or file:
            raise Invalid(value="", what=N_("a customer to state the account of"), example="云帆 --from 2012-04-01")
        with desk.ledger.reading() as view:
            rows = actions.listed(view, desk.today)
        show(View(PRINTED, rows, notes=[] if rows else [_("No statement was printed.")]), desk)
        return
    last = day(until, desk)
    first = parse_day(since, desk.today) if since else last.replace(day=1)
    with desk.ledger.reading() as view:
        found = stated(view, desk, customer(view, which), first, last)
    notes = [*_notes(found)]
    if file is not None:
        desk.spare(str(file))
        row = actions.printed(desk, found, file)
        notes.append(_("Printed as {number} to {file}.").format(number=row.number, file=file))
    total = (_("total"), None, None, None, None, found.account.charged, found.account.settled, None, None)
    show(View(COLUMNS, _rows(found), total=total, notes=notes), desk)


def _rows(found: Stated) -> Iterator[tuple[object, ...]]:
    opening, closing = found.account.opening, found.account.closing
    yield (found.since, "opening balance", "", None, None, None, None, opening.owed, opening.held)
    for line, owed, held in found.account.running():
        charged, settled = max(line.owed, 0) or None, max(-line.owed, 0) or None
        yield (line.day, line.kind, line.number, line.due, line.amount or None, charged, settled, owed, held)
    yield (found.until, "closing balance", "", None, None, None, None, closing.owed, closing.held)


def _notes(found: Stated) -> Iterator[str]:
    closing = found.account.closing
    ages = _(", ").join(f"{_(name.replace('_', ' '))} {yuan(amount)}" for name, amount in found.ages if amount)
    told = _("{customer} owed {amount} on {day}: {ages}.") if ages else _("{customer} owed nothing on {day}.")
    yield told.format(customer=found.customer.name, amount=yuan(closing.owed), day=found.until, ages=ages)
    if closing.held:
        yield _("{amount} of the customer's money pays no debt.").format(amount=yuan(closing.held))
    if closing.bad:
        yield _("{amount} is written off as bad debt, and was not paid (A-8.4).").format(amount=yuan(closing.bad))
        theirs = _("The customer still owes it: a printed statement closes at {amount} (AMB-A8-k).")
        yield theirs.format(amount=yuan(closing.owed + closing.bad))
