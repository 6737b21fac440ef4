"""`loss report · value · split` (E-15b, E-17, E-19, E-20)."""

from typing import Annotated

import typer

from salesctl.console.arguments import completing
from salesctl.console.choices import meant
from salesctl.console.inputs import one_line
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.losses import reporting, splitting, valuing
from salesctl.losses.facts import PARTIES
from salesctl.losses.shown import shown
from salesctl.policy.units import Fen, parse_money
from salesctl.policy.units import shown as said_back
from salesctl.samples.actions import parse_units

app = typer.Typer()

Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help=_("As LS-3."), autocompletion=completing("loss", "number", "text"))
]
Wages = Annotated[
    list[str] | None,
    typer.Option("--wage", metavar="PERSON=YUAN", help=_("A wage of the month, to see what the law lets be taken.")),
]


@app.command()
def report(
    ctx: typer.Context,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What was lost."))],
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help=_("What shows it."))],
    about: Annotated[
        str, typer.Argument(metavar="[NUMBER]", help=_("A handover, a receivable or an issue: H-3, R-12, HI-2."))
    ] = "",
    customer: Annotated[
        str,
        typer.Option("--customer", metavar="CUSTOMER", help=_("Where it was."), autocompletion=completing("customer")),
    ] = "",
    product: Annotated[
        str,
        typer.Option(
            "--product", metavar="PRODUCT", help=_("Goods that are missing."), autocompletion=completing("product")
        ),
    ] = "",
    units: Annotated[
        str,
        typer.Option("--units", metavar="UNITS", help=_("How many, if not all that are recorded as missing there.")),
    ] = "",
    handover: Annotated[
        str,
        typer.Option(
            "--handover",
            metavar="NUMBER",
            help=_("Of which handover, if not the newest of that customer."),
            autocompletion=completing("handover", "number", "state"),
        ),
    ] = "",
    known: Annotated[
        bool, typer.Option("--known", help=_("The transferor knew of it before the signatures (E-15b)."))
    ] = False,
    finance_error: Annotated[
        bool, typer.Option("--finance-error", help=_("Finance or commerce had drawn up wrong figures (E-20)."))
    ] = False,
) -> None:
    """Report a loss with evidence; the day of the report decides by which table it is shared (E-15b, E-17).

    Example: salesctl loss report --customer 云帆 --product SJ-200 --text 样品短缺 --evidence 盘点表2013-05
    """
    desk: Desk = ctx.obj
    finding = reporting.Finding(
        one_line(text),
        one_line(evidence),
        about,
        handover,
        customer,
        product,
        parse_units(units) if units else None,
        known,
        finance_error,
    )
    made = reporting.report(desk, finding)
    shown(desk, made.loss.number, {}, *_of_report(made), outcome=made.outcome)


@app.command()
def value(
    ctx: typer.Context,
    number: Number,
    amount: Annotated[
        str, typer.Option("--amount", metavar="YUAN", help=_("What it comes to, if the ledger does not know or less."))
    ] = "",
    units: Annotated[
        str, typer.Option("--units", metavar="UNITS", help=_("How many pieces, if not as reported."))
    ] = "",
    recovered: Annotated[
        str, typer.Option("--recovered", metavar="YUAN", help=_("What has come back of the amount."))
    ] = "0",
) -> None:
    """Value a loss today or on --on: goods at the selling price of that day, a debt at what nobody paid (E-19, X-5).

    Example: salesctl loss value LS-3 --on 2013-07-01
    """
    desk: Desk = ctx.obj
    said = valuing.Sum(
        parse_money(amount) if amount else None, parse_units(units) if units else None, parse_money(recovered)
    )
    made = valuing.value(desk, number, said)
    shown(desk, made.loss.number, {}, outcome=made.outcome)


@app.command()
def split(
    ctx: typer.Context,
    number: Number,
    bearer: Annotated[
        list[str] | None,
        typer.Option("--bearer", metavar="PARTY=PERSON", help=_("Who stands for a party, such as finance=钱进.")),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", metavar="PARTY=TEXT", help=_("What shows somebody's own fault (L-12).")),
    ] = None,
    error_by: Annotated[
        str,
        typer.Option("--error-by", metavar="PARTY", help=_("Whose figures were wrong, where two took part (E-20).")),
    ] = "",
    wage: Wages = None,
) -> None:
    """Share a valued loss by the table of the day it was found; the parts are the whole, to the fen (E-17, E-20).

    Example: salesctl loss split LS-3 --bearer finance=钱进 --fault receiver="did not count the samples"
    """
    desk: Desk = ctx.obj
    people = {meant(party, PARTIES): name for party, name in _pairs(bearer, "finance=钱进")}
    faults = {meant(party, PARTIES): one_line(text) for party, text in _pairs(fault, 'receiver="did not count"')}
    made = splitting.split(desk, number, splitting.Named(people, faults, meant(error_by, PARTIES)))
    shown(desk, made.loss.number, wages_of(wage), outcome=made.outcome)


def _of_report(made: reporting.Reported) -> list[str]:
    """What the ledger adds to a report: what says that it was known, what counts it already, an entry made later."""
    notes, one = [], made.loss
    if made.known.is_known:
        text = _("It was listed before the signatures: {where}. It is the transferor's (E-15b, AMB-E-n).")
        notes.append(text.format(where=_(made.known.where)))
    elif made.known.where:
        text = _("It was carried on past the period: {where}. The transferor bears nothing of it for that (E-16).")
        notes.append(text.format(where=made.known.where))
    if made.entered:
        text = _("By today, when it was entered, another table would hold ({table}); the evidence must show the day.")
        notes.append(text.format(table=_(made.entered)))
    if made.others:
        notes.append(_("Other losses are about the same: {numbers}.").format(numbers=", ".join(made.others)))
    if made.recorded_missing is not None and (one.units or 0) > made.recorded_missing:
        text = _("Only {units} are recorded as missing there: salesctl sample missing")
        notes.append(text.format(units=made.recorded_missing))
    return notes


def _pairs(given: list[str] | None, example: str) -> list[tuple[str, str]]:
    """`PARTY=TEXT` pairs."""
    pairs = []
    for text in given or ():
        name, sign, value = text.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise Invalid(value=said_back(text), what=N_("a name and what belongs to it"), example=example)
        pairs.append((name.strip(), value.strip()))
    return pairs


def wages_of(given: list[str] | None) -> dict[str, Fen]:
    """`PERSON=YUAN` pairs."""
    return {name: parse_money(wage) for name, wage in _pairs(given, "陈涛=6000")}
