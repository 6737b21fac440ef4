"""`why`: the decisions about a number, with the working they were made on, and what their clauses say."""

from collections.abc import Callable
from typing import Annotated

import typer

from salesctl.console import words
from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.decisions import recorded
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.policy import Policy
from salesctl.policy.units import plain_yuan, yuan

app = typer.Typer()

DECIDED = (
    Column("entry", N_("entry")),
    Column("recorded_at", N_("recorded"), "moment"),
    Column("verb", N_("what")),
    Column("by", N_("by")),
    Column("answer", N_("answer"), "words"),
    Column("clauses", N_("clauses"), "lines"),
)
SIGNED = Column("signed", N_("signed with"), "code")
SAID = (Column("clause", N_("clause")), Column("says", N_("what it says")))


@app.command()
def why(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("A-12, P-3, F-1, V-140, H-2 …"))],
) -> None:
    """Explain what was decided about a number: the working as it was recorded, and what its clauses say.

    Example: salesctl why A-12
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = recorded.about(view, number)
    if not found:
        told = _("Nothing was decided about {number}; salesctl ledger history {number} shows its entries.")
        say(told.format(number=number))
        return
    form = form_of(desk.form, desk.output)
    if form != "table":
        money = plain_yuan if form in ("json", "csv") else yuan
        columns: tuple[Column, ...] = DECIDED
        rows, outcomes = [_row(one, money) for one in found], [one.outcome for one in found]
        if any(one.signed for one in found):
            columns = (*DECIDED, SIGNED)
            rows = [(*row, one.signed) for row, one in zip(rows, found, strict=True)]
        show(View(columns, rows, outcomes=outcomes), desk)
        return
    for one in found:
        columns, row = (*DECIDED[:-1], SIGNED), (*_row(one, yuan)[:-1], one.signed)
        show(record(columns, row, title="" if one is found[0] else " ", outcome=one.outcome), desk)
    if said := _said(desk.policy, found):
        show(View(SAID, said), desk)


def _row(one: recorded.Decision, money: Callable[[int], str]) -> tuple[object, ...]:
    outcome = one.outcome
    parts = outcome.value if isinstance(outcome.value, list) else [outcome.value]
    answer = [money(part) if outcome.unit == "fen" and isinstance(part, int) else str(part) for part in parts]
    return (one.receipt, one.recorded_at, one.verb, one.by, answer, list(outcome.clauses))


def _said(policy: Policy, found: list[recorded.Decision]) -> list[tuple[str, str]]:
    """Every clause and reading the decisions rest on, once, in the language of this run."""
    bases = [basis for one in found for basis in one.outcome.bases()]
    clauses = dict.fromkeys(basis.source for basis in bases if basis.source in policy.clauses)
    readings = dict.fromkeys(basis.reading for basis in bases if basis.reading in policy.readings)
    return [
        *((clause, words.of(policy.clauses[clause])) for clause in clauses),
        *((reading, words.of(policy.readings[reading]["chosen"])) for reading in readings),
    ]
