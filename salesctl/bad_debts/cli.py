"""`baddebt submit · decide · list · show` (A-8.3, A-8.4)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from salesctl.bad_debts import actions, listing
from salesctl.bad_debts.actions import Verdict
from salesctl.bad_debts.rules import CHAPTER
from salesctl.console.arguments import completing
from salesctl.console.inputs import one_line
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import yuan

app = typer.Typer()

LONGEST = 1000
COUNTS = {  # the choices of A.bad_debts.period, as they are told
    "year": N_("It lowers annual sales only (A-8.4, the earlier version A1)."),
    "any": N_("It lowers the sales of the month, the quarter and the year (A-8.4, the later version A2)."),
}
COLUMNS = (
    Column("number", N_("number")),
    Column("receivable", N_("receivable")),
    Column("customer", N_("customer")),
    Column("manager", N_("account manager")),
    Column("amount", N_("amount"), "money"),
    Column("due_on", N_("due on"), "day"),
    Column("submitted_on", N_("submitted on"), "day"),
    Column("state", N_("state"), "word"),
    Column("decided_on", N_("decided on"), "day"),
    Column("minutes", N_("minutes")),
    Column("recovered", N_("recovered"), "money"),
)
ABOUT_ONE = (
    *COLUMNS,
    Column("reason", N_("reason")),
    Column("said", N_("the board said")),
    Column("commission", N_("commission paid on its contract")),
)
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The bad debt, such as B-3."), autocompletion=completing("bad_debt", "number", "state")
    ),
]


@app.command()
def submit(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(
            metavar="RECEIVABLE", help=_("The receivable."), autocompletion=completing("receivable", "number", "number")
        ),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why it will not come in, and what was tried."))
    ],
) -> None:
    """Put a debt that is over six months to management as a bad or dead debt; earlier it is refused (A-8.3).

    Example: salesctl baddebt submit R-12 --reason "the customer was struck off the register"
    """
    desk: Desk = ctx.obj
    _show(desk, actions.submit(desk, number, one_line(reason, LONGEST)).number)


@app.command()
def decide(
    ctx: typer.Context,
    number: Number,
    minutes: Annotated[str, typer.Option("--minutes", metavar="NUMBER", help=_("The number of the board's minutes."))],
    approve: Annotated[bool, typer.Option("--approve", help=_("It is bad: it is written off."))] = False,
    decline: Annotated[bool, typer.Option("--decline", help=_("It is not, and stays owed."))] = False,
    said: Annotated[str, typer.Option("--said", metavar="TEXT", help=_("What else the board said."))] = "",
) -> None:
    """Record what the board decided on a debt; only a member of the board may (A-8.3).

    What is approved is owed no more in the reports, is never shown as paid, and lowers the sales of whoever serves
    the customer and of their department (A-8.4). Money that comes in later recovers it: salesctl receipt log --to.

    Example: salesctl baddebt decide B-3 --approve --minutes 2012-11 --as board
    """
    desk: Desk = ctx.obj
    if approve == decline:
        said_both = "--approve --decline" if approve else "-"
        raise Invalid(value=said_both, what=N_("one decision of the board"), example="--approve, --decline")
    verdict = Verdict(approve, one_line(minutes, 60), one_line(said, LONGEST) if said else "")
    _show(desk, actions.decide(desk, number, verdict).number)


@app.command("list")
def list_(
    ctx: typer.Context,
    waiting: Annotated[bool, typer.Option("--waiting", help=_("Only those the board has not decided."))] = False,
) -> None:
    """List what was put to management as bad, by today or --as-of, and what the board decided.

    Example: salesctl baddebt list --waiting
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = listing.listed(view, desk.today, is_waiting=waiting)
    show(View(COLUMNS, rows), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show one bad debt: whose sales it lowers and under which version, and the commission paid on its contract.

    Example: salesctl baddebt show B-3
    """
    _show(ctx.obj, number)


def _show(desk: Desk, number: str) -> None:
    with desk.ledger.reading() as view:
        found = listing.standing(view, number, desk.today)
    paid = ", ".join(f"{payment} {yuan(amount)} ({day})" for payment, amount, day in found.commission)
    show(record(ABOUT_ONE, (*found.row, found.reason, found.said, paid), *_notes(desk, found)), desk)


def _notes(desk: Desk, found: listing.Standing) -> Iterator[str]:
    state, decided = (str(found.row[place]) for place in (7, 8))
    if state == "submitted":
        yield _("The board decides: salesctl baddebt decide {number} --approve --minutes NUMBER").format(
            number=found.row[0]
        )
    if state == "approved":
        period, _basis = desk.policy.on(date.fromisoformat(decided), CHAPTER).text("period")
        yield _(COUNTS[period])
    if found.commission:
        yield _("Commission was paid on its contract: look at it again.")
    if found.is_handed_over:
        yield _("The debt passed on in a handover: the same debt may be shared as a loss as well (X-5, E-17).")
