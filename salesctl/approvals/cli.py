"""`approve list · show · inbox · submit · endorse · grant · reject · return · revise · withdraw · execute · print`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from salesctl.approvals import actions, executing, facts, filing, inbox, shown, trail
from salesctl.approvals.actions import Decision
from salesctl.approvals.filing_cli import answer, app, money, price_of
from salesctl.approvals.wanted import Change
from salesctl.console.arguments import completing
from salesctl.console.inputs import one_line
from salesctl.console.show import show
from salesctl.console.view import View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import shown as printable

STATES = (
    *(N_("draft"), N_("pending"), N_("endorsed"), N_("granted"), N_("rejected"), N_("returned")),
    *(N_("withdrawn"), N_("expired"), N_("executed")),
)
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The request, such as A-12."), autocompletion=completing("request", "number", "state")
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why, if there is more to say."))]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))]
Round = Annotated[
    int,
    typer.Option("--round", metavar="N", help=_("Only if it is still this round of it."), min=0, show_default=False),
]


@app.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help=_("Only those of this state."))] = "",
    mine: Annotated[bool, typer.Option("--mine", help=_("Only what you asked for."))] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help=_("Only what waits for you."))] = False,
) -> None:
    """List requests; for one that waits, who must decide it as things stand.

    Example: salesctl approve list --waiting
    """
    desk: Desk = ctx.obj
    if state and state not in STATES:
        raise Invalid(value=printable(state), what=N_("a state"), example=", ".join(STATES))
    with desk.ledger.reading() as view:
        if waiting:
            rows: Iterable[Sequence[object]] = shown.cut(inbox.mine(view, desk))
        else:
            rows = inbox.listed(view, desk, state, is_mine=mine)
    shown.rows(desk, rows)


@app.command("inbox")
def inbox_(
    ctx: typer.Context,
    everybody: Annotated[
        bool, typer.Option("--all", help=_("What waits for anybody; for the general manager and the board."))
    ] = False,
) -> None:
    """List what waits for you, the longest first: since when, for which step, by which clause, what to type (A-5.4).

    Of people who have left it waits for whoever serves their customer now, else for their superior.

    Example: salesctl approve inbox
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = inbox.inbox(view, desk, is_all=everybody)
    shown.inbox(desk, found)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a request with its whole working, and every step it has taken.

    Example: salesctl approve show A-12
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        one = facts.request(view, number)
        found, steps = actions.shown(view, desk, one), trail.steps(view, one)
    shown.whole(desk, found, steps)


@app.command()
def submit(ctx: typer.Context, number: Number) -> None:
    """Send a draft on its way, now that it can go where it must (A-5.3).

    Example: salesctl approve submit A-12
    """
    from salesctl.approvals.submitting import deliver, submit

    desk: Desk = ctx.obj
    shown.one(desk, submit(desk, number))
    deliver(desk)


@app.command()
def endorse(ctx: typer.Context, number: Number, reason: Reason = "", round_: Round = 0) -> None:
    """Endorse, as an account director, what the general manager must decide (A-5.1, AMB-A5-d).

    Example: salesctl approve endorse A-12
    """
    from salesctl.approvals.submitting import deliver, forwarded

    desk: Desk = ctx.obj
    shown.one(desk, actions.decide(desk, number, Decision("endorse", said(reason), round_)))
    forwarded(desk, number)
    deliver(desk)


@app.command()
def grant(
    ctx: typer.Context,
    number: Number,
    reason: Reason = "",
    round_: Round = 0,
    alone: Annotated[
        bool, typer.Option("--alone", help=_("Your own, because there is no second person; every check lists it."))
    ] = False,
) -> None:
    """Grant a request, if you may decide it; if not, the refusal says who may.

    Example: salesctl approve grant A-12
    """
    desk: Desk = ctx.obj
    if alone:
        desk.confirm(_("Grant {number}, your own request, without a second person?").format(number=number))
    shown.one(desk, actions.decide(desk, number, Decision("grant", said(reason), round_, is_alone=alone)))


@app.command()
def reject(ctx: typer.Context, number: Number, reason: Why, round_: Round = 0) -> None:
    """Reject a request, if you may decide it.

    Example: salesctl approve reject A-12 --reason "the customer has not paid"
    """
    shown.one(ctx.obj, actions.decide(ctx.obj, number, Decision("reject", one_line(reason), round_)))


@app.command("return")
def return_(ctx: typer.Context, number: Number, reason: Why, round_: Round = 0) -> None:
    """Give a request back with a question; whoever asked answers by revising it.

    Example: salesctl approve return A-12 --reason "for which months?"
    """
    shown.one(ctx.obj, actions.decide(ctx.obj, number, Decision("return", one_line(reason), round_)))


@app.command()
def revise(
    ctx: typer.Context,
    number: Number,
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("Another amount of money."))] = "",
    price: Annotated[str, typer.Option("--price", metavar="YUAN", help=_("Another price."))] = "",
    quantity: Annotated[
        int,
        typer.Option(
            "--quantity",
            metavar="N",
            help=_("Another number of units or days."),
            min=0,
            max=10**12,
            show_default=False,
        ),
    ] = 0,
    purpose: Annotated[str, typer.Option("--for", metavar="TEXT", help=_("Another purpose."))] = "",
    reply: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("The answer to a question."))] = "",
) -> None:
    """Ask for something else under the same number, or answer a question; what was decided before is void (A-5.4).

    Example: salesctl approve revise A-12 --amount 8000
    """
    asked = Change(
        money(amount) if amount else None,
        price_of(price) if price else None,
        quantity or None,
        one_line(purpose) if purpose else "",
        one_line(reply) if reply else "",
    )
    answer(ctx.obj, filing.revise(ctx.obj, number, asked))


@app.command()
def withdraw(ctx: typer.Context, number: Number, reason: Why) -> None:
    """Take a request back before it is carried out; --reason says why, and stands in its trail.

    Example: salesctl approve withdraw A-12 --reason "the customer has decided otherwise"
    """
    shown.one(ctx.obj, filing.withdraw(ctx.obj, number, one_line(reason)))


@app.command()
def execute(
    ctx: typer.Context,
    number: Number,
    reason: Reason = "",
    debts: Annotated[
        list[str] | None,
        typer.Option(
            "--receivable",
            metavar="NUMBER",
            help=_("Where longer terms were granted: the debt that is due later; may be repeated."),
            autocompletion=completing("receivable", "number", "number"),
        ),
    ] = None,
) -> None:
    """Record that what was granted has been carried out; nothing is before it is granted (A-5.4).

    Longer payment terms move the due days of the receivables named, and nothing else moves a due day (A-5.2).

    Example: salesctl approve execute A-12
    """
    shown.one(ctx.obj, executing.execute(ctx.obj, number, said(reason), debts or ()))


@app.command("print")
def print_(
    ctx: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
) -> None:
    """Print the form of a request, to be signed or filed; that it was printed is recorded (A-5.3).

    Example: salesctl approve print A-12 A-12.pdf
    """
    from salesctl.approvals.submitting import printed

    shown.one(ctx.obj, printed(ctx.obj, number, file))


@app.command()
def expire(ctx: typer.Context) -> None:
    """End the requests that have waited longer than A.approvals.expires lets them; for cron.

    Example: salesctl approve expire
    """
    desk: Desk = ctx.obj
    ended = actions.expire(desk)
    told = _("Expired: {numbers}.").format(numbers=", ".join(ended)) if ended else _("Nothing has expired.")
    show(View(shown.STEPS[:1], [[number] for number in ended], notes=[told]), desk)


def said(reason: str) -> str:
    """A reason, where there is one."""
    return one_line(reason) if reason else ""
