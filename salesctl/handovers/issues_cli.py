"""`handover issue · plan · report-issue · settle · carry · issues`; the visits stand in `visiting_cli`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import Day, among, completing
from salesctl.console.choices import meant
from salesctl.console.inputs import one_line, parse_day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers import issues as problems
from salesctl.handovers.actions import handover
from salesctl.handovers.finding import ALSO, KINDS, Found, find
from salesctl.handovers.running import schedule
from salesctl.handovers.split_view import part, preview
from salesctl.handovers.visiting_cli import Number, app
from salesctl.policy.units import parse_money, yuan
from salesctl.policy.units import shown as printable

__all__ = ["app"]

STATES = (("open", N_("not settled")), ("planned", N_("plan reported")))
COLUMNS = (
    Column("number", N_("number")),
    Column("state", N_("state"), "word", STATES),
    Column("about", N_("about")),
    Column("text", N_("problem")),
    Column("amount", N_("amount"), "money"),
    Column("due_on", N_("can be settled on"), "day"),
    Column("found_on", N_("found on"), "day"),
    Column("plan", N_("plan of action")),
    Column("reported_to", N_("reported to")),
    Column("settled_on", N_("settled on"), "day"),
    Column("settlement", N_("how it was settled")),
    Column("carried_on", N_("taken on by the receiver on"), "day"),
)
PLANNED = (
    Column("number", N_("number")),
    Column("started_on", N_("started on"), "day"),
    Column("planned_on", N_("to be complete on"), "day"),
)
Issue = Annotated[
    str,
    typer.Argument(metavar="ISSUE", help=_("As HI-2."), autocompletion=completing("handover_issue", "number", "text")),
]


@app.command()
def issue(
    ctx: typer.Context,
    number: Number,
    about: Annotated[
        str, typer.Argument(metavar="ABOUT", help=_("A customer of the handover, or a number of its checklist."))
    ],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What is wrong."))],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=_("current or cross-period; else its day says."),
            autocompletion=among(*KINDS),
        ),
    ] = "",
    due: Annotated[str, Day("--due", help=_("The day it can be settled on, if that is not now."))] = "",
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("What is at stake."))] = "",
) -> None:
    """Record a problem: a current one is settled before the handover, a cross-period one is carried on (E-13 to E-16).

    Current is what can be settled until the planned completion, or the last day at work (AMB-E-e).

    Example: salesctl handover issue H-3 R-12 --text "invoice of 2,150.00 is wrong" --kind current
    """
    desk: Desk = ctx.obj
    word = meant(kind, KINDS, ALSO)
    if kind and word not in KINDS:
        raise Invalid(value=printable(kind), what=N_("a kind of problem"), example=KINDS)
    day = parse_day(due, desk.today) if due else None
    money = parse_money(amount) if amount else None
    _show(desk, find(desk, number, Found(about, one_line(text), word, day, money)))


@app.command()
def plan(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(
            metavar="[HANDOVER]", help=_("As H-3."), autocompletion=completing("handover", "number", "state")
        ),
    ] = "",
    issue: Annotated[str, typer.Argument(metavar="[ISSUE]", help=_("As HI-2."))] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=_("What the three agreed to do, by whom, by when."))
    ] = "",
    by: Annotated[str, Day("--by", help=_("When the handover is to be complete."))] = "",
    transferor: Annotated[
        str, typer.Option("--from", metavar="PERSON", help=_("Whose customers."), autocompletion=completing("person"))
    ] = "",
    split: Annotated[
        list[str] | None,
        typer.Option("--split", metavar="PERSON=LIST", help=_("A receiver and their customers, or rest; repeat it.")),
    ] = None,
) -> None:
    """Record the plan of action for a problem (E-13), or --by when all is to be complete; --split previews receivers.

    A plan counts once it is reported: salesctl handover report-issue. What can be settled until the planned
    completion is a current problem (AMB-E-e). A preview of a portfolio for several receivers writes nothing.

    Example: salesctl handover plan --from 林静 --split 陈涛=云帆,远大 --split 赵敏=rest
    """
    desk: Desk = ctx.obj
    if number and by and not (issue or text or split or transferor):
        planned = schedule(desk, number, parse_day(by, desk.today))
        show(record(PLANNED, (planned.number, planned.started_on, planned.planned_on)), desk)
    elif split and transferor and not (number or issue or text or by):
        preview(desk, transferor, [part(one) for one in split])
    elif number and issue and text and not (split or transferor or by):
        _show(desk, problems.plan(desk, number, issue, one_line(text)))
    else:
        example = "H-3 HI-2 --text TEXT, H-3 --by DAY, --from PERSON --split PERSON=LIST"
        raise Invalid(value=number, what=N_("a problem with its plan, or a portfolio to be split"), example=example)


@app.command("report-issue")
def report_issue(
    ctx: typer.Context,
    number: Number,
    issue: Issue,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=_("The responsible department."))],
) -> None:
    """Record that the plan for a problem was reported to the responsible department; only then it counts (E-13).

    Example: salesctl handover report-issue H-3 HI-2 --to 销售管理部
    """
    desk: Desk = ctx.obj
    _show(desk, problems.report(desk, number, issue, one_line(to, 200)))


@app.command("print-plan")
def print_plan(
    ctx: typer.Context,
    number: Number,
    issue: Issue,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
) -> None:
    """Print the 《处理方案》 of a problem, in both languages, for the three to sign and to be reported (E-13).

    Example: salesctl handover print-plan H-3 HI-2 HI-2.pdf
    """
    from salesctl.handovers.plan_sheet import printed

    desk: Desk = ctx.obj
    _show(desk, printed(desk, number, issue, file))


@app.command()
def settle(
    ctx: typer.Context,
    number: Number,
    issue: Issue,
    how: Annotated[str, typer.Option("--how", metavar="TEXT", help=_("How it was settled."))],
) -> None:
    """Record that a problem is settled, on today or --on (E-15a).

    Example: salesctl handover settle H-3 HI-2 --how "a corrected invoice was issued"
    """
    desk: Desk = ctx.obj
    stands = problems.settle(desk, number, issue, one_line(how))
    with desk.ledger.reading() as view:
        left = view.value("SELECT open FROM receivable WHERE number = :about", about=stands.issue.about) or 0
    told = _("{about} still has {amount} open in the ledger.").format(about=stands.issue.about, amount=yuan(left))
    _show(desk, stands, told if left else "")


@app.command()
def carry(ctx: typer.Context, number: Number, issue: Issue) -> None:
    """Take on, as the receiver, what falls due after the current period (E-16); a current problem is refused.

    Example: salesctl handover carry H-3 HI-2 --as 陈涛
    """
    desk: Desk = ctx.obj
    _show(desk, problems.carry(desk, number, issue))


@app.command()
def issues(ctx: typer.Context, number: Number) -> None:
    """List the problems found in a handover, as they stand today or on --as-of (E-13 to E-16).

    Example: salesctl handover issues H-3
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = problems.listed(view, handover(view, number), desk.today, desk.policy)
    blocking = sum(one.state in problems.BLOCKING for one in found)
    notes = [] if found else [_("No problem was recorded.")]
    if blocking:
        notes.append(_("Still in the way of completion (E-15a): {count}.").format(count=blocking))
    rows = [_row(one, desk.today) for one in found]
    show(View(COLUMNS, rows, notes=notes, outcomes=[one.outcome for one in found]), desk)


def _row(stands: problems.Standing, on: date) -> tuple[object, ...]:
    """A problem as it stood on a day: a step of a later day is not shown."""
    one = stands.issue
    plan = one.plan if one.planned_on and one.planned_on <= on else ""
    reported = one.reported_to if one.reported_on and one.reported_on <= on else ""
    is_settled = one.settled_on is not None and one.settled_on <= on
    settled = (one.settled_on, one.settlement) if is_settled else (None, "")
    carried = one.carried_on if one.carried_on and one.carried_on <= on else None
    about = (one.number, stands.state, one.about, one.text, one.amount, one.due_on, one.found_on)
    return (*about, plan, reported, *settled, carried)


def _show(desk: Desk, stands: problems.Standing, more: str = "") -> None:
    told = {
        "open": _("It keeps the handover from being complete until it is settled (E-15a)."),
        "planned": _("It keeps the handover from being complete until it is settled (E-15a)."),
        "unsettled": _("It was not settled in its period: its loss is the transferor's (E-15b)."),
        "carried": _("It runs past the period: the receiver carries it on (E-16)."),
    }
    show(record(COLUMNS, _row(stands, desk.today), told.get(stands.state, ""), more, outcome=stands.outcome), desk)
