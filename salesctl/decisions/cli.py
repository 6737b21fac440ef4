"""`why`: the decisions about a number, with the working they were made on, or a figure of a report taken apart."""

from collections.abc import Callable
from typing import Annotated

import typer

from salesctl.console.arguments import Day
from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.decisions import figures, figures_cli, recorded
from salesctl.decisions.figures_cli import SAID, clauses_said
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.units import plain_yuan, yuan

app = typer.Typer()

DECIDED = (
    Column("entry", N_("entry")),
    Column("recorded_at", N_("recorded"), "moment"),
    Column("verb", N_("what")),
    Column("by", N_("by")),
    Column("answer", N_("answer"), "words"),
    Column("clauses", N_("clauses"), "lines"),
    Column("packs", N_("packs"), "lines"),
    Column("other_packs", N_("packs that are not here"), "lines"),
)
SIGNED = Column("signed", N_("signed with"), "code")


@app.command()
def why(
    ctx: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(metavar="NUMBER | REPORT [LINE] FIGURE", help=_("A-12; R-12 open; aging 云帆 over_2_months …")),
    ],
    by: Annotated[str, typer.Option("--by", metavar="GROUP", help=_("How the report was grouped."))] = "",
    since: Annotated[str, Day("--from", help=_("First day of the report, where it has one."))] = "",
    until: Annotated[str, Day("--until", help=_("Last day of the report, where it has one."))] = "",
) -> None:
    """Explain what was decided about a number, or take a figure of a report apart: every entry and clause behind it.

    A number alone: the working as it was recorded, and what its clauses say. A number and a figure, or a report, the
    line and the figure as the report names them: the rows it is added up from, each with its entry. Exit 5 if they do
    not come to the figure.

    Reports: aging, receivable, receipt, statement, reminder, sales, baddebt, approve, commission, fine, negligence,
    contract, sample, handover, loss, departure.

    Example: salesctl why A-12

    Example: salesctl why R-12 open --as-of 2012-06-30

    Example: salesctl why aging 云帆 over_2_months --as-of 2012-12-31

    Example: salesctl why aging --by manager 林静 total

    Example: salesctl why sales 林静 2012-11 sales --as-of 2012-12-31

    Example: salesctl why statement 云帆 closing --from 2012-04-01 --until 2012-06-30

    Example: salesctl why H-3/2 C001 open

    Example: salesctl why LS-3 transferor amount
    """
    desk: Desk = ctx.obj
    if len(what) > 1 or what[0] in figures.REPORTS:
        figures_cli.show_figure(desk, figures.explain(desk, what, by, since, until))
        return
    _decided(desk, what[0])


def _decided(desk: Desk, number: str) -> None:
    with desk.ledger.reading() as view:
        found = recorded.about(view, number)
        report = figures.report_of(view, [number])
    if not found:
        told = _("Nothing was decided about {number}; salesctl ledger history {number} shows its entries.")
        say(told.format(number=number))
    if report and form_of(desk.form, desk.output) == "table":
        told = _("A figure of it is taken apart by: salesctl why {number} FIGURE, such as {example}.")
        say(told.format(number=number, example=figures.REPORTS[report][1]))
    if not found:
        return
    here = {pack["digest"][:12] for pack in desk.policy.packs}
    form = form_of(desk.form, desk.output)
    if form != "table":
        money = plain_yuan if form in ("json", "csv") else yuan
        rows, outcomes = [_row(one, money, here) for one in found], [one.outcome for one in found]
        columns: tuple[Column, ...] = DECIDED
        if any(one.signed for one in found):
            columns, rows = (*DECIDED, SIGNED), [(*row, one.signed) for row, one in zip(rows, found, strict=True)]
        show(View(columns, rows, outcomes=outcomes), desk)
        return
    for one in found:
        title = "" if one is found[0] else " "
        columns = (*DECIDED[:5], *DECIDED[6:], SIGNED)
        row = _row(one.but(packs=(", ".join(one.packs),)), yuan, here)
        show(record(columns, (*row[:5], *row[6:], one.signed), title=title, outcome=one.outcome), desk)
    if said := clauses_said(desk.policy, [basis for one in found for basis in one.outcome.bases()]):
        show(View(SAID, said), desk)


def _row(one: recorded.Decision, money: Callable[[int], str], here: set[str]) -> tuple[object, ...]:
    outcome = one.outcome
    parts = outcome.value if isinstance(outcome.value, list) else [outcome.value]
    answer = [money(part) if outcome.unit == "fen" and isinstance(part, int) else str(part) for part in parts]
    others = [digest for digest in ", ".join(one.packs).split(", ") if digest and digest not in here]
    return (one.receipt, one.recorded_at, one.verb, one.by, answer, list(outcome.clauses), list(one.packs), others)
