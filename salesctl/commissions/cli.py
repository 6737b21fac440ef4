"""`commission pay · confirm · list · show · print`."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.commissions import actions, answers, facts
from salesctl.commissions.actions import NewPayment
from salesctl.commissions.answers import Working
from salesctl.commissions.rules import PERSON
from salesctl.console import names
from salesctl.console.arguments import among, completing
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.contracts.actions import contract as contract_named
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import parse_money, shown, yuan

app = typer.Typer()

KINDS = ("customer_company", "intermediary", PERSON)
COLUMNS = (
    Column("number", N_("number")),
    Column("request", N_("request")),
    Column("contract", N_("contract")),
    Column("customer", N_("customer")),
    Column("asked_by", N_("asked by")),
    Column("amount", N_("amount"), "money"),
    Column("payee", N_("payee")),
    Column("payee_kind", N_("kind of payee"), "word"),
    Column("form", N_("labour-fee form")),
    Column("paid_on", N_("paid on"), "day"),
    Column("paid_by", N_("payer")),
    Column("state", N_("state"), "word"),
    Column("confirmed", N_("confirmed"), "money"),
    Column("confirmed_on", N_("confirmed on"), "day"),
    Column("owed", N_("still owed to the customer"), "money"),
    Column("fine", N_("fine")),
    Column("negligence", N_("gross negligence")),
    Column("said", N_("what the customer said"), "lines"),
)
LEFT_OUT = ("customer", "asked_by", "payee_kind", "paid_by", "negligence", "said")
LISTED = tuple(place for place, column in enumerate(COLUMNS) if column.key not in LEFT_OUT)
LONGEST = 500
WAIVABLE = ("proposed", "suspended", "confirmed", "deduction_candidate")
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help=_("The payment, such as P-3."),
        autocompletion=completing("commission_payment", "number", "payee"),
    ),
]
BRIBERY = N_(
    "Paying somebody at the customer can be commercial bribery; have it looked at before the money goes (L-14)."
)


@app.command()
def pay(
    ctx: typer.Context,
    request: Annotated[
        str,
        typer.Argument(
            metavar="REQUEST",
            help=_("The granted request, such as A-12."),
            autocompletion=completing("request", "number", "state"),
        ),
    ],
    amount: Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("How much is paid."))],
    payee: Annotated[str, typer.Option("--payee", metavar="NAME", help=_("Who receives it."))],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=_("What they are: customer_company, intermediary or person_at_the_customer."),
            autocompletion=among(*KINDS),
        ),
    ],
    paper: Annotated[str, typer.Option("--form", metavar="NUMBER", help=_("The number of its 《劳务费申请单》."))],
) -> None:
    """Record a payment of customer commission, on the day it is made (A-6.4).

    It must lie within what was granted, and within the authority that granted it on the money received by then. It goes
    to the customer's side and not to our own people. Whoever decided on the request does not pay it, unless it was
    within the requester's own discretion.

    Example: salesctl commission pay A-12 --amount 7300 --payee 云帆 --kind customer_company --form 2012-031
    """
    desk: Desk = ctx.obj
    fen = parse_money(amount)
    if fen == 0:
        raise Invalid(value=shown(amount), what=N_("an amount above zero"), example="7300, 7,300.00")
    number = names.checked(paper, names.LONGEST_CODE) if paper.strip() else ""
    slug = kind.strip().casefold().replace("-", "_").replace(" ", "_")
    one = actions.pay(desk, NewPayment(request, fen, names.checked(payee), slug, number))
    ask = _(
        "Have the customer confirm what they got: salesctl commission confirm {number} --received YUAN --evidence TEXT"
    )
    _show(desk, one, _(BRIBERY) if slug == PERSON else "", ask.format(number=one.payment.number))


@app.command()
def confirm(
    ctx: typer.Context,
    number: Number,
    received: Annotated[str, typer.Option("--received", metavar="YUAN", help=_("What the customer says it got."))],
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help=_("Who confirmed it and how: a receipt, a mail, a call."))
    ],
) -> None:
    """Record what the customer got of a payment; what is short is proposed as a fine and as gross negligence (A-6.5).

    Somebody other than whoever asked for the commission or paid it records it. Said again, the later word corrects the
    earlier; both are kept.

    Example: salesctl commission confirm P-3 --received 7300 --evidence "signed receipt of 8 May"
    """
    desk: Desk = ctx.obj
    fen = parse_money(received)
    if not evidence.strip():
        raise Invalid(value=evidence, what=N_("evidence in one line"), example='--evidence "signed receipt of 8 May"')
    if len(evidence) > LONGEST or not evidence.isprintable():
        raise Invalid(value=shown(evidence), what=N_("evidence in one line"), example='"signed receipt of 8 May"')
    one = actions.confirm(desk, number, fen, evidence.strip())
    _show(desk, one, *_said(one))


@app.command("list")
def list_(
    ctx: typer.Context,
    unconfirmed: Annotated[
        bool, typer.Option("--unconfirmed", help=_("Only what the customer has not confirmed yet."))
    ] = False,
    contract: Annotated[
        str,
        typer.Option(
            "--contract",
            metavar="NUMBER",
            help=_("Only of this contract."),
            autocompletion=completing("contract", "number", "number"),
        ),
    ] = "",
) -> None:
    """List the payments of customer commission, what the customer confirmed, and what is still owed.

    Example: salesctl commission list --unconfirmed
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        of = contract_named(view, contract).key if contract else None
        found = answers.listed(view, desk, of, is_unconfirmed=unconfirmed)
    rows = [[_row(one)[place] for place in LISTED] for one in found]
    show(View([COLUMNS[place] for place in LISTED], rows), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a payment with the working it was let through on, and every word of the customer.

    Example: salesctl commission show P-3
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        one = answers.recorded(view, desk, facts.payment(view, number))
    _show(desk, one)


@app.command("print")
def print_(
    ctx: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
) -> None:
    """Print the 《劳务费申请单》 of a payment, to be signed and filed; that it was printed is recorded (A-6.4).

    Example: salesctl commission print P-3 P-3.pdf
    """
    from salesctl.commissions.labour_fee import printed

    _show(ctx.obj, printed(ctx.obj, number, file))


def _said(one: Working) -> list[str]:
    """What follows from the customer's newest word: the fine, and the gross negligence beside it."""
    fine, grave = one.fine, one.negligence
    if one.owed and fine:
        text = _("{owed} is still owed to the customer; {fine} of {amount} is {state}. A human decides on it (K-10).")
        fill = {"owed": yuan(one.owed), "fine": fine.number, "amount": yuan(fine.amount)}
        held = _("{number}: gross negligence is {state}; a human upholds or drops it (A-6.5c).")
        return [
            text.format(**fill, state=_(fine.state.replace("_", " "))),
            held.format(number=grave.number, state=_(grave.state)) if grave else "",
        ]
    said = []
    if fine and fine.state in WAIVABLE:
        text = _(
            "{fine} stays {state} all the same; whoever decides may waive it: salesctl fine waive {fine} --reason TEXT"
        )
        said.append(text.format(fine=fine.number, state=_(fine.state.replace("_", " "))))
    if grave and grave.state != "dropped":
        text = _(
            "{number} stays {state} all the same; whoever decides may drop it: salesctl fine drop {number} --why TEXT"
        )
        said.append(text.format(number=grave.number, state=_(grave.state)))
    return said


def _show(desk: Desk, one: Working, *notes: str) -> None:
    show(record(COLUMNS, _row(one), *notes, outcome=one.outcome), desk)


def _row(one: Working) -> tuple[object, ...]:
    paid, said, confirmed = one.payment, one.names, one.confirmed
    return (
        paid.number,
        said.request,
        said.contract,
        said.customer,
        said.requester,
        paid.amount,
        paid.payee,
        paid.payee_kind,
        paid.form,
        paid.paid_on,
        said.paid_by,
        one.state,
        confirmed.received if confirmed else None,
        confirmed.confirmed_on if confirmed else None,
        one.owed,
        one.fine.number if one.fine else "",
        one.negligence.number if one.negligence else "",
        [f"{each.confirmed_on}  {yuan(each.received)}  {each.evidence}" for each in one.confirmations],
    )
