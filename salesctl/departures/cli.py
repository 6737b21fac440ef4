"""`departure file · approve · formalities · pay · hold · close · cancel · print · show · list` (E-8, E-18)."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import Day, PersonName, completing
from salesctl.console.inputs import one_line, parse_day
from salesctl.console.show import show
from salesctl.console.view import View
from salesctl.console.words import _
from salesctl.departures import actions, facts, pay, reporting
from salesctl.departures.rows import Departure
from salesctl.departures.shown import COLUMNS, described, row, told
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import parse_money

app = typer.Typer()

Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help=_("The departure, such as DP-3, or whose it is."),
        autocompletion=completing("departure", "number", "reason"),
    ),
]
Yuan = Annotated[str, typer.Option("--severance", metavar="YUAN", help=_("Severance; by law it alone may wait."))]


@app.command("file")
def file_(
    ctx: typer.Context,
    who: PersonName,
    last_day: Annotated[str, Day("--last-day", help=_("The last day at work; for a dismissal, its day."))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why, if that is said."))] = "",
    probation: Annotated[
        bool, typer.Option("--probation", help=_("They are in probation: by law three days of notice (L-9)."))
    ] = False,
    dismissed: Annotated[
        bool, typer.Option("--dismissed", help=_("The company dismisses them: no notice is counted (X-15)."))
    ] = False,
) -> None:
    """File a departure report, on today or --on; a last day before the 30 days of notice are over is refused (E-8).

    The day of the report is day 0, calendar days count, and the thirtieth is soon enough. The company's approval is
    no condition of leaving (L-9).

    Example: salesctl departure file 林静 --last-day 2013-05-31
    """
    desk: Desk = ctx.obj
    if probation and dismissed:
        raise Invalid(value="--probation --dismissed", what=N_("one kind of departure"), example="--probation")
    day = parse_day(last_day, desk.today)
    said = reporting.Report(who, day, one_line(reason) if reason else "", probation, dismissed)
    told(desk, reporting.file(desk, said).number)


@app.command()
def approve(ctx: typer.Context, number: Number) -> None:
    """Agree to a departure for the company; a superior, HR, administration or the general manager does (E-8).

    Example: salesctl departure approve DP-3 --as 周岚
    """
    told(ctx.obj, actions.approve(ctx.obj, number).number)


@app.command()
def formalities(ctx: typer.Context, number: Number) -> None:
    """Go through the company's departure formalities; refused until everything is handed over (E-4g, E-18).

    Example: salesctl departure formalities DP-3 --as 高文
    """
    told(ctx.obj, actions.formalities(ctx.obj, number).number)


@app.command("pay")
def pay_(
    ctx: typer.Context,
    number: Number,
    wages: Annotated[str, typer.Option("--wages", metavar="YUAN", help=_("Wages and commission not paid yet."))],
    bonus: Annotated[str, typer.Option("--bonus", metavar="YUAN", help=_("Bonus not paid yet."))] = "0",
    severance: Yuan = "0",
) -> None:
    """Record what is still owed, and show what is payable: all of it but severance, handover or not (E-18, L-10).

    Expenses to be reimbursed are no wages and are paid as ever (X-26).

    Example: salesctl departure pay DP-3 --wages 6400 --bonus 1000
    """
    desk: Desk = ctx.obj
    one, outcome = pay.pay(desk, number, parse_money(wages), parse_money(bonus), parse_money(severance))
    told(desk, one.number, outcome)


@app.command()
def hold(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why pay is held."))] = "",
    lift: Annotated[bool, typer.Option("--lift", help=_("It is held no more."))] = False,
) -> None:
    """Hold pay until the handover is complete, in your own name and against what the law says; it asks first (L-10).

    The regulation wants wages and bonus held (E-18); the law lets only severance wait.

    Example: salesctl departure hold DP-3 --reason "company laptop not returned" --as 沈国栋
    """
    desk: Desk = ctx.obj
    if bool(reason) == lift:
        raise Invalid(value=reason, what=N_("either a reason or --lift"), example="--reason TEXT, --lift")
    if lift:
        told(desk, pay.lift(desk, number).number)
        return
    said = one_line(reason)
    desk.confirm(_("Wages are due in full at once (L-4, L-10); a hold stands in your name. Hold them?"))
    one, outcome = pay.hold(desk, number, said)
    told(desk, one.number, outcome)


@app.command()
def close(ctx: typer.Context, number: Number) -> None:
    """Record that the employment has ended: an unfinished handover never holds that up (L-9). It asks first.

    Example: salesctl departure close DP-3 --on 2013-05-31 --yes
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = facts.of(view, facts.departure(view, number), desk.today)
    question = _("Close {person}, whose last day is {day}?")
    desk.confirm(question.format(person=found.person, day=found.last_day(desk.policy)))
    told(desk, actions.close(desk, number).number)


@app.command()
def cancel(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", "--why", metavar="TEXT", help=_("Why they stay."))],
) -> None:
    """Take a departure back; a handover under way goes on as a transfer without departure (AMB-E-j).

    Example: salesctl departure cancel DP-3 --reason "stays after all"
    """
    desk: Desk = ctx.obj
    left = actions.cancel(desk, number, one_line(reason))
    goes_on = _(
        "{handovers} goes on as a transfer without departure; if it should not: "
        "salesctl handover cancel {first} --why TEXT"
    )
    with desk.ledger.reading() as view:
        found = facts.of(view, facts.departure(view, number), desk.today)
    show(
        described(desk, found, None, goes_on.format(handovers=_(", ").join(left), first=left[0]) if left else ""), desk
    )


@app.command("print")
def print_(
    ctx: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
) -> None:
    """Print the 《离职报告》, in both languages, to be signed and filed; that it was printed is recorded (E-8).

    Example: salesctl departure print DP-3 DP-3.pdf
    """
    from salesctl.departures.printing import printed

    told(ctx.obj, printed(ctx.obj, number, file).departure.number)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a departure: how far it is, what is not handed over, what is payable.

    Example: salesctl departure show DP-3
    """
    told(ctx.obj, number)


@app.command("list")
def list_(
    ctx: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help=_("Those that are over or withdrawn as well."))] = False,
) -> None:
    """List the departures under way today or on --as-of.

    Example: salesctl departure list --all
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = view.all(Departure, "filed_on <= :day", day=desk.today)
        found = [row(desk, one) for one in facts.gathered(view, rows, desk.today)]
    listed = [one for one in found if all_ or one[2] not in ("left", "withdrawn")]
    show(View(COLUMNS, listed, notes=[] if listed else [_("Nobody is leaving.")]), desk)
