"""`handover deliver · acknowledge · complete · cancel`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from salesctl.console.inputs import one_line
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.handovers import completing, delivering
from salesctl.handovers.papers_cli import app
from salesctl.handovers.visiting_cli import Number
from salesctl.policy.units import add_months

__all__ = ["app"]

DELIVERED = (
    Column("receiver", N_("delivered to"), "word"),
    Column("delivered_on", N_("delivered on"), "day"),
    Column("acknowledged_on", N_("acknowledged on"), "day"),
    Column("by", N_("acknowledged by")),
)
PASSED = (
    Column("number", N_("number")),
    Column("state", N_("state"), "word"),
    Column("receiver", N_("receiver")),
    Column("from", N_("theirs from"), "day"),
    Column("customers", N_("customers that pass on"), "count"),
    Column("contracts", N_("contracts that pass on"), "count"),
    Column("receivables", N_("open receivables"), "count"),
    Column("owed", N_("open"), "money"),
    Column("requests", N_("open requests"), "count"),
)
OVER = (
    Column("number", N_("number")),
    Column("state", N_("state"), "word"),
    Column("planned_on", N_("planned completion"), "day"),
    Column("ended_on", N_("over since"), "day"),
    Column("why", N_("why")),
)
Why = Annotated[str, typer.Option("--why", "--reason", metavar="TEXT", help=_("Why."))]


@app.command()
def deliver(ctx: typer.Context, number: Number) -> None:
    """Deliver the signed papers, as the supervisor, to finance or commerce and to the department manager (E-4f).

    A paper that changes afterwards has to be signed and delivered again.

    Example: salesctl handover deliver H-3 --as 周岚
    """
    desk: Desk = ctx.obj
    _begun, made = delivering.deliver(desk, number)
    _show(desk, made, [_("Each acknowledges them: salesctl handover acknowledge (E-4f).")])


@app.command()
def acknowledge(ctx: typer.Context, number: Number) -> None:
    """Acknowledge the delivered papers, as finance or commerce, or as the department manager (E-4f).

    Example: salesctl handover acknowledge H-3 --as 马丽
    """
    desk: Desk = ctx.obj
    begun, made, role = delivering.acknowledge(desk, number)
    notes = [_("Acknowledged as: {role}.").format(role=_(role))]
    if all(one.acknowledged_on for one in made):
        notes.append(
            _("See whether anything is missing: salesctl handover show {number} --missing").format(number=begun.number)
        )
    _show(desk, made, notes)


@app.command()
def complete(ctx: typer.Context, number: Number) -> None:
    """Declare a handover complete, as the supervisor, once nothing is missing (E-4g, E-16).

    Its customers, contracts, debts and open requests are the receiver's from the business day on; whoever is paired
    stays paired, with the receiver in the leaver's place (X-3). Nothing else changes.

    Example: salesctl handover complete H-3 --as 周岚
    """
    desk: Desk = ctx.obj
    passed = completing.complete(desk, number)
    with desk.ledger.reading() as view:
        receiver = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=passed.handover.receiver_id)
    begun = passed.handover
    row = (begun.number, begun.state, receiver, begun.ended_on, *passed[2:])
    told = _("Losses found through {day} are shared by the first table of E-17.")
    months = desk.policy.on(desk.today, "E.losses").figure("months")[0]
    day = add_months(begun.signed_on or desk.today, months)
    show(record(PASSED, row, told.format(day=day), outcome=passed.outcome), desk)


@app.command()
def cancel(ctx: typer.Context, number: Number, why: Why) -> None:
    """End a handover that will not be completed; it asks first. Everything stays with the transferor.

    Example: salesctl handover cancel H-3 --why "离职申请已撤回" --as 周岚
    """
    desk: Desk = ctx.obj
    reason = one_line(why)
    desk.confirm(_("Cancel {number}?").format(number=number))
    begun = completing.cancel(desk, number, reason)
    show(record(OVER, (begun.number, begun.state, begun.planned_on, begun.ended_on, begun.ended_why)), desk)


def _show(desk: Desk, made: Sequence[delivering.Delivery], notes: Sequence[str]) -> None:
    show(View(DELIVERED, made, notes=notes), desk)
