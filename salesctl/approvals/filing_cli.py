"""`approve free-test · price · terms · commission · commission-payment · make-good · mismatch · other` (A-5.2)."""

import re
from typing import Annotated

import typer

from salesctl.approvals import filing, shown
from salesctl.approvals.wanted import GROUNDS, Wanted
from salesctl.approvals.working import Working
from salesctl.console.arguments import among, completing
from salesctl.console.inputs import one_line
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import parse_money, parse_price
from salesctl.policy.units import shown as printable

app = typer.Typer()

LINES = ("platform", "database")
BRIBERY = N_("Commission to a person at the customer can be bribery: the payment will ask who receives it (L-14).")
EARLY = N_("Nothing has been received on {contract} yet: this commission comes before any receipt (AMB-A6-c).")
Contract = Annotated[
    str,
    typer.Option(
        "--contract",
        metavar="NUMBER",
        help=_("The contract it is about."),
        autocompletion=completing("contract", "number", "number"),
    ),
]
CustomerOption = Annotated[
    str, typer.Option("--customer", metavar="CUSTOMER", help=_("The customer."), autocompletion=completing("customer"))
]
Amount = Annotated[str, typer.Option("--amount", metavar="YUAN", help=_("How much is to be paid."))]
Units = Annotated[int, typer.Option("--units", metavar="N", help=_("How many units."), min=1, max=10**12)]
For = Annotated[str, typer.Option("--for", metavar="TEXT", help=_("What for, in a few words."))]
Again = Annotated[bool, typer.Option("--again", help=_("It is another one of the same content."))]


@app.command()
def commission(ctx: typer.Context, contract: Contract, amount: Amount, again: Again = False) -> None:
    """Ask for a commission to the customer's side; it is granted at once if you may decide it (A-6.1 to A-6.3).

    Example: salesctl approve commission --contract HT-2012-018 --amount 9300
    """
    desk: Desk = ctx.obj
    filed = filing.file(desk, Wanted("commission", money(amount), contract), is_another=again)
    early = _(EARLY).format(contract=filed.names.contract) if filed.request.base == 0 else ""
    answer(desk, filed, early, _(BRIBERY))


@app.command("commission-payment")
def commission_payment(ctx: typer.Context, contract: Contract, amount: Amount, again: Again = False) -> None:
    """Ask to pay a commission that what was granted, or its authority, no longer holds (A-5.2, AMB-A5-e).

    Example: salesctl approve commission-payment --contract HT-2012-018 --amount 9300
    """
    wanted = Wanted("commission_payment", money(amount), contract)
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again), _(BRIBERY))


@app.command("make-good")
def make_good(
    ctx: typer.Context,
    customer: CustomerOption,
    line: Annotated[
        str,
        typer.Option("--line", metavar="LINE", help=_("platform or database."), autocompletion=among(*LINES)),
    ],
    units: Units,
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help=_("The month that fell short: 2012-05."))],
    ground: Annotated[
        str,
        typer.Option(
            "--ground",
            metavar="GROUND",
            help=_("dissatisfied or company-fault."),
            autocompletion=among("dissatisfied", "company-fault"),
        ),
    ],
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help=_("What shows the company's fault."))
    ] = "",
    again: Again = False,
) -> None:
    """Ask for make-good volume; granted at once if you may decide it (A-4.1 to A-4.4).

    Example: salesctl approve make-good --customer 云帆 --line platform --units 9 --month 2012-05 --ground dissatisfied
    """
    if line not in LINES:
        raise Invalid(value=printable(line), what=N_("a line"), example=", ".join(LINES))
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise Invalid(value=printable(month), what=N_("a month"), example="2012-05")
    if (why := ground.replace("-", "_")) not in GROUNDS:
        raise Invalid(value=printable(ground), what=N_("a ground"), example="dissatisfied, company-fault")
    shows = one_line(evidence, 200) if evidence else ""
    wanted = Wanted("make_good", units, "", customer, month, line, purpose=why, evidence=shows)
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again))


@app.command("free-test")
def free_test(ctx: typer.Context, units: Units, purpose: For, customer: CustomerOption, again: Again = False) -> None:
    """Ask to send units free of charge, as a test (A-5.2).

    Example: salesctl approve free-test --customer 云帆 --units 5000 --for "new database"
    """
    wanted = Wanted("free_test", units, "", customer, purpose=one_line(purpose))
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again))


@app.command()
def price(
    ctx: typer.Context,
    listed: Annotated[str, typer.Option("--listed", metavar="YUAN", help=_("What the price system says."))],
    asked: Annotated[str, typer.Option("--price", metavar="YUAN", help=_("What is asked for."))],
    purpose: For,
    customer: CustomerOption = "",
    contract: Contract = "",
    again: Again = False,
) -> None:
    """Ask for a price of one unit below the price system, to the hundredth of a fen (A-5.1, A-5.2).

    Example: salesctl approve price --customer 云帆 --listed 0.05 --price 0.045 --for "yearly volume"
    """
    base, wanted_price = price_of(listed), parse_price(asked)
    if wanted_price >= base:
        what = N_("a price below the listed one")
        raise Invalid(value=printable(asked), what=what, example="--listed 300 --price 280")
    of = _one_of(contract, customer)
    wanted = Wanted("price", base - wanted_price, *of, base=base, purpose=one_line(purpose))
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again))


@app.command()
def terms(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", metavar="N", help=_("How many days later."), min=1, max=3_650)],
    purpose: For,
    customer: CustomerOption = "",
    contract: Contract = "",
    again: Again = False,
) -> None:
    """Ask for longer payment terms (A-5.2).

    Example: salesctl approve terms --contract HT-2012-018 --days 30 --for "their budget comes in June"
    """
    wanted = Wanted("terms", days, *_one_of(contract, customer), purpose=one_line(purpose))
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again))


@app.command()
def mismatch(
    ctx: typer.Context,
    receivable: Annotated[
        str,
        typer.Option(
            "--receivable",
            metavar="NUMBER",
            help=_("The invoice that was not paid as it stands."),
            autocompletion=completing("receivable", "number", "number"),
        ),
    ],
    purpose: For,
    again: Again = False,
) -> None:
    """Ask to accept that what was received differs from the invoice, from one fen on (A-5.2, AMB-A5-f).

    Example: salesctl approve mismatch --receivable FP20120011 --for "bank charges"
    """
    wanted = Wanted("mismatch", about=receivable, purpose=one_line(purpose))
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again))


@app.command()
def other(
    ctx: typer.Context, purpose: For, customer: CustomerOption = "", contract: Contract = "", again: Again = False
) -> None:
    """Ask for anything else that is beyond your authority; the general manager decides (A-5.2).

    Example: salesctl approve other --customer 云帆 --for "a second account at the same price"
    """
    wanted = Wanted("other", 1, *_one_of(contract, customer), purpose=one_line(purpose))
    answer(ctx.obj, filing.file(ctx.obj, wanted, is_another=again))


def answer(desk: Desk, filed: Working, *notes: str) -> None:
    """Show what was filed; what waits for a decision is sent on its way first, and its letter goes afterwards."""
    if filed.request.state != "draft":  # granted at once: there is nobody to write to
        shown.one(desk, filed, *notes)
        return
    from salesctl.approvals.submitting import deliver, sent

    found = sent(desk, filed)
    shown.one(desk, found, *notes)
    if found.request.state != "draft":
        deliver(desk)


def money(typed: str) -> int:
    """An amount above zero."""
    fen = parse_money(typed)
    if fen == 0:
        raise Invalid(value=printable(typed), what=N_("an amount above zero"), example="9300, 9,300.00")
    return fen


def price_of(typed: str) -> int:
    """A price above zero, in ten-thousandths of a yuan."""
    found = parse_price(typed)
    if found == 0:
        raise Invalid(value=printable(typed), what=N_("a price above zero"), example="300, 0.045")
    return found


def _one_of(contract: str, customer: str) -> tuple[str, str]:
    """A contract or a customer, one of the two."""
    if bool(contract) == bool(customer):
        said = f"--contract {contract} --customer {customer}"
        raise Invalid(
            value=printable(said), what=N_("a contract or a customer, one of the two"), example="--contract HT-18"
        )
    return contract, customer
