"""`aging report`; the other verbs stand in `watch_cli`."""

from typing import Annotated

import typer

from salesctl.console.arguments import among
from salesctl.console.show import form_of, show
from salesctl.console.view import View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import shown
from salesctl.receivables import ageing, ageing_view
from salesctl.receivables.ageing_groups import GROUPS, only
from salesctl.receivables.watch_cli import app

PAGES = (".html", ".htm")


@app.command()
def report(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="GROUP",
            help=_("customer, manager, department, contract or channel."),
            autocompletion=among(*GROUPS),
        ),
    ] = "customer",
    of: Annotated[
        str, typer.Option("--of", metavar="NAME", help=_("One line alone, with every debt behind it; - for nobody's."))
    ] = "",
    debts: Annotated[bool, typer.Option("--debts", help=_("Every debt instead of the lines."))] = False,
    page: Annotated[
        str, typer.Option("--print", metavar="FILE", help=_("Write a page to print or to send: HTML with a chart."))
    ] = "",
) -> None:
    """What is outstanding today or on --as-of, by calendar months past the due day, as everything stood on that day.

    A workbook (-o FILE.xlsx) has live totals: filter it, and they follow.

    Example: salesctl aging report --by manager --as-of 2012-12-31

    Example: salesctl aging report --by manager --of 林静

    Example: salesctl aging report --by manager --print ageing.html
    """
    desk: Desk = ctx.obj
    if by not in GROUPS:
        raise Invalid(value=by, what=N_("a way to group the report"), example=", ".join(GROUPS))
    if page not in ("", "-") and not page.casefold().endswith(PAGES):
        raise Invalid(value=shown(page), what=N_("the name of a page"), example="账龄.html")
    found = _debts(desk, by, of) if of or debts else _lines(desk, by)
    file = page or _page_meant(desk)
    if file:
        from salesctl.receivables import ageing_page

        ageing_page.show(found, desk, file)
    if not file or (desk.form or desk.output not in ("", file)):
        _show(found, desk)


def _page_meant(desk: Desk) -> str:
    """The file of `-o`, where its name says that it is to be a page."""
    return desk.output if not desk.form and desk.output.casefold().endswith(PAGES) else ""


def _show(found: View, desk: Desk) -> None:
    if form_of(desk.form, desk.output) == "xlsx":
        from salesctl.receivables import ageing_book

        ageing_book.show(found, desk)
    else:
        show(found, desk)


def _lines(desk: Desk, by: str) -> View:
    with desk.ledger.reading() as view:
        found = ageing.report(view, desk.today, by, desk.policy)
    return ageing_view.lines(desk, found, by)


def _debts(desk: Desk, by: str, of: str) -> View:
    from salesctl.receivables import ageing_debts

    with desk.ledger.reading() as view:
        line = only(view, by, of) if of else None
        rows = ageing_debts.debts(view, desk.today, line)
    return ageing_view.debts(desk, rows, line.said if line else "")
