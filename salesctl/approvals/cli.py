"""`approve commission · list · show · grant · reject`."""

from typing import Annotated

import typer

from salesctl.approvals import actions, facts
from salesctl.approvals.actions import STATES, Working
from salesctl.console.arguments import completing
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import parse_money, shown

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("matter", N_("matter"), "word"),
    Column("contract", N_("contract")),
    Column("customer", N_("customer")),
    Column("amount", N_("amount"), "money"),
    Column("asked_on", N_("asked on"), "day"),
    Column("asked_by", N_("asked by")),
    Column("level", N_("decides"), "word"),
    Column("state", N_("state"), "word"),
    Column("decided_by", N_("decided by")),
    Column("decided_on", N_("decided on"), "day"),
    Column("reason", N_("reason")),
)
LISTED = tuple(place for place, column in enumerate(COLUMNS) if column.key not in ("matter", "reason"))
WORDS = (N_("commission"),)
LONGEST_REASON = 500
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The request, such as A-12."), autocompletion=completing("request", "number", "state")
    ),
]


@app.command()
def commission(
    ctx: typer.Context,
    contract: Annotated[
        str,
        typer.Option(
            "--contract",
            metavar="NUMBER",
            help=_("The contract it is paid on."),
            autocompletion=completing("contract", "number", "number"),
        ),
    ],
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("How much is to be paid."))],
    again: Annotated[
        bool, typer.Option("--again", help=_("It is another one of the same contract and amount."))
    ] = False,
) -> None:
    """Ask for a commission to the customer's side; it is granted at once if you may decide it (A-6.1 to A-6.3).

    Example: salesctl approve commission --contract HT-2012-018 --amount 9300
    """
    desk: Desk = ctx.obj
    fen = parse_money(amount)
    if fen == 0:
        raise Invalid(value=shown(amount), what=N_("an amount above zero"), example="9300, 9,300.00")
    filed = actions.file_commission(desk, contract, fen, is_another=again)
    early = _("Nothing has been received on {contract} yet: this commission comes before any receipt (AMB-A6-c).")
    bribery = _("Commission to a person at the customer can be bribery: the payment will ask who receives it (L-14).")
    is_early = filed.request.received == 0
    _show(desk, filed, early.format(contract=filed.names.contract) if is_early else "", bribery)


@app.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help=_("pending, granted or rejected."))] = "",
    mine: Annotated[bool, typer.Option("--mine", help=_("Only what you asked for."))] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help=_("Only what you may decide."))] = False,
) -> None:
    """List requests; for one that waits, who must decide it as things stand.

    Example: salesctl approve list --waiting
    """
    desk: Desk = ctx.obj
    if state and state not in STATES:
        raise Invalid(value=shown(state), what=N_("a state"), example=", ".join(STATES))
    with desk.ledger.reading() as view:
        found = actions.listed(view, desk, state, is_mine=mine, is_waiting=waiting)
    rows = [[_row(one)[place] for place in LISTED] for one in found]
    show(View([COLUMNS[place] for place in LISTED], rows), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a request with its whole working.

    Example: salesctl approve show A-12
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        one = actions.working(view, desk, facts.request(view, number))
    _show(desk, one)


@app.command()
def grant(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why, if there is more to say."))] = "",
) -> None:
    """Grant a request, if you may decide it; if not, the refusal says who may.

    Example: salesctl approve grant A-12
    """
    _show(ctx.obj, actions.decide(ctx.obj, number, "granted", _reason(reason)))


@app.command()
def reject(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))],
) -> None:
    """Reject a request, if you may decide it.

    Example: salesctl approve reject A-12 --reason "the customer has not paid"
    """
    if not reason.strip():
        raise Invalid(value=reason, what=N_("a reason"), example='--reason "the customer has not paid"')
    _show(ctx.obj, actions.decide(ctx.obj, number, "rejected", _reason(reason)))


def _reason(text: str) -> str:
    if len(text) > LONGEST_REASON or any(not c.isprintable() for c in text):
        raise Invalid(value=shown(text), what=N_("a reason of one line"), example='"the customer has not paid"')
    return text.strip()


def _show(desk: Desk, one: Working, *notes: str) -> None:
    show(record(COLUMNS, _row(one), one.way_on, *notes, outcome=one.outcome), desk)


def _row(one: Working) -> tuple[object, ...]:
    request, names = one.request, one.names
    return (
        request.number,
        request.matter,
        names.contract,
        names.customer,
        request.amount,
        request.asked_on,
        names.asked_by,
        request.level if request.decided_on else one.outcome.value,
        request.state,
        names.decided_by,
        request.decided_on,
        request.reason,
    )
