"""`aging watch · report-up · state`: what article 8 asks of old debts (A-8.1, A-8.2)."""

from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing
from salesctl.console.inputs import one_line, parse_day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.receivables import watch_list, watching
from salesctl.receivables.watch_list import Watched

app = typer.Typer()

LONGEST = 1000
COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("manager", N_("account manager")),
    Column("open", N_("open"), "money"),
    Column("due_on", N_("due on"), "day"),
    Column("watched_from", N_("watched from"), "day"),
    Column("reported_on", N_("reported on"), "day"),
    Column("reported_by", N_("reported by")),
    Column("age", N_("age"), "word"),
    Column("meeting", N_("statement owed on"), "day"),
    Column("is_stated", N_("stated")),
    Column("made", N_("statements"), "count"),
    Column("missed", N_("missed"), "count"),
    Column("text", N_("last statement")),
)
LISTED = tuple(place for place, column in enumerate(COLUMNS) if column.key not in ("reported_by", "text"))
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The receivable."), autocompletion=completing("receivable", "number", "number")
    ),
]
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What there is to say, in one line."))]


@app.command()
def watch(ctx: typer.Context) -> None:
    """The company's watch list: open debts over two months, with their reports and statements (A-8.1, A-8.2).

    A debt stands on it from its day, whether it was reported or not, until it is paid or the board decided.

    Example: salesctl aging watch --as-of 2012-12-31
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = watch_list.listed(view, desk)
    total = ["" if place else _("total") for place in range(len(COLUMNS))]
    total[3] = sum(one.open for one in rows)  # type: ignore[call-overload]
    columns = [COLUMNS[place] for place in LISTED]
    note = [] if rows else [_("No debt is on the watch list.")]
    show(View(columns, [_cut(one) for one in rows], total=_cut(total) if rows else None, notes=note), desk)


@app.command("report-up")
def report_up(ctx: typer.Context, number: Number, text: Text) -> None:
    """Report a debt that is over two months for the company's watch list; the duty stays open until then (A-8.1).

    Example: salesctl aging report-up R-12 --text "the customer waits for its own customer's money"
    """
    desk: Desk = ctx.obj
    debt = watching.report_up(desk, number, one_line(text, LONGEST))
    _show(desk, debt.number, _("Reported for the watch list (A-8.1)."))


@app.command()
def state(
    ctx: typer.Context,
    number: Number,
    text: Text,
    meeting: Annotated[str, Day("--meeting", help=_("The meeting it is for, if not the next one."))] = "",
) -> None:
    """State for the next weekly meeting how collecting a debt over four months goes (A-8.2).

    Example: salesctl aging state R-12 --text "half is promised for the 20th"
    """
    desk: Desk = ctx.obj
    when = parse_day(meeting, desk.today) if meeting else None
    debt, day = watching.state(desk, number, one_line(text, LONGEST), when)
    _show(desk, debt.number, _("Stated for the meeting of {day} (A-8.2).").format(day=day))


def _cut(row: Watched | list[str]) -> list[object]:
    return [row[place] for place in LISTED]


def _show(desk: Desk, number: str, note: str) -> None:
    with desk.ledger.reading() as view:
        rows = watch_list.listed(view, desk, number)
    show(record(COLUMNS, rows[0], note), desk)
