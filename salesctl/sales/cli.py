"""`sales report` (A-8.4)."""

from typing import Annotated

import typer

from salesctl.bad_debts.rules import CHAPTER, PERIODS
from salesctl.console.arguments import among
from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.timeline import NotInForce
from salesctl.policy.units import shown
from salesctl.sales import figures

app = typer.Typer()

BASES = {
    "contracts": N_("Sales are what contracts signed in the period come to (A.bad_debts.base)."),
    "receipts": N_("Sales are what was received in the period, less what was paid back (A.bad_debts.base)."),
}
VERSIONS = {
    "year": N_("Bad debts lower the year alone: article 8 in its earlier version, A1 (AMB-A0)."),
    "any": N_("Bad debts lower the month, the quarter and the year: article 8 in its later version, A2 (AMB-A0)."),
}
WHO = {
    "manager": (Column("manager", N_("account manager")), Column("department", N_("department"))),
    "department": (Column("department", N_("department")),),
}
MONEY = (
    Column("contracts", N_("number of contracts"), "count"),
    Column("signed", N_("signed"), "money"),
    Column("received", N_("received"), "money"),
    Column("bad_debts", N_("bad debts"), "money"),
    Column("recovered", N_("recovered"), "money"),
    Column("counted", N_("counted in the period"), "money"),
    Column("sales", N_("sales"), "money"),
)


@app.command()
def report(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option("--by", metavar="GROUP", help=_("manager or department."), autocompletion=among(*figures.GROUPS)),
    ] = "manager",
    period: Annotated[
        str,
        typer.Option("--period", metavar="PERIOD", help=_("month, quarter or year."), autocompletion=among(*PERIODS)),
    ] = "month",
) -> None:
    """Sales of this year until today, or of the year of --as-of until that day, with bad debts taken off (A-8.4).

    Example: salesctl sales report --by department --period quarter --as-of 2012-12-31
    """
    desk: Desk = ctx.obj
    if by not in figures.GROUPS:
        raise Invalid(value=shown(by), what=N_("a way to group the report"), example=", ".join(figures.GROUPS))
    if period not in PERIODS:
        raise Invalid(value=shown(period), what=N_("a period"), example=", ".join(PERIODS))
    with desk.ledger.reading() as view:
        lines = figures.report(view, desk.today, by, period, policy=desk.policy)
    columns = (*WHO[by], Column("period", N_("period")), *MONEY)
    names = len(WHO[by])
    rows = [(*line[:names], *line[2:]) for line in lines]
    sums = [sum(row[place] for row in rows) for place in range(names + 1, len(columns))]
    total = (_("total"), *[""] * names, *sums) if rows else None
    show(View(columns, rows, _title(desk), total, notes=_notes(desk)), desk)


def _title(desk: Desk) -> str:
    return _("Sales of {year} until {day}, in {currency}").format(
        year=desk.today.year, day=desk.today, currency=desk.settings.get("currency", "CNY")
    )


def _notes(desk: Desk) -> list[str]:
    """What sales are here, and which version of article 8 counts."""
    base = _(BASES[figures.base_of(desk.policy, desk.today)])
    try:
        period, _basis = desk.policy.on(desk.today, CHAPTER).text("period")
    except NotInForce:
        return [base]
    return [base, _(VERSIONS[period])]
