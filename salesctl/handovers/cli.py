"""`handover start · show · list`; the other verbs stand in modules of their own, one after another."""

from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing
from salesctl.console.inputs import parse_day
from salesctl.console.show import show
from salesctl.console.view import View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers import actions, listing
from salesctl.handovers.case_view import COLUMNS, show_case, show_gaps
from salesctl.handovers.gaps import gaps
from salesctl.handovers.printing_cli import app
from salesctl.handovers.visiting_cli import Number

__all__ = ["app"]


@app.command()
def start(
    ctx: typer.Context,
    transferor: Annotated[
        str,
        typer.Option("--from", metavar="PERSON", help=_("Who hands over."), autocompletion=completing("person")),
    ],
    receiver: Annotated[
        str, typer.Option("--to", metavar="PERSON", help=_("Who takes over."), autocompletion=completing("person"))
    ],
    customers: Annotated[
        str, typer.Option(metavar="LIST", help=_("Customers with commas between them, or all."))
    ] = "all",
    leaving: Annotated[str, Day("--leaving", help=_("The transferor's last day at work, if they leave."))] = "",
    planned: Annotated[str, Day("--planned", help=_("When the handover should be complete."))] = "",
) -> None:
    """Start a handover: its supervisor, who takes part, and the checklist of everything that passes on (E-4 to E-10).

    Example: salesctl handover start --from 林静 --to 陈涛 --leaving 2012-06-30
    """
    desk: Desk = ctx.obj
    named = _names(customers)
    last_day, planned_day = (parse_day(text, desk.today) if text else None for text in (leaving, planned))
    started = actions.start(desk, actions.Wish(transferor, receiver, named, last_day, planned_day))
    show_case(desk, started.whole, started.outcome, _notes(started))


@app.command("show")
def show_(
    ctx: typer.Context,
    number: Number,
    missing: Annotated[
        bool, typer.Option("--missing", help=_("Only what is missing: who must act, and the clause."))
    ] = False,
) -> None:
    """Show a handover: the parties, who takes part, and its checklist; or everything it still misses (E-4 to E-16).

    Example: salesctl handover show H-3

    Example: salesctl handover show H-3 --missing
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        begun = actions.handover(view, number)
        found = gaps(view, desk, begun) if missing and begun.state == "open" else []
        whole = None if missing else actions.whole(view, desk, begun)
    if whole is not None:
        told = _("What is still missing: salesctl handover show {number} --missing").format(number=begun.number)
        show_case(desk, whole, notes=[told] if begun.state == "open" else [])
    elif begun.state == "open":
        show_gaps(desk, begun.number, found)
    else:
        told = _("{number} is over since {day}: nothing is asked of anybody any more.")
        show_gaps(desk, begun.number, [], told.format(number=begun.number, day=begun.ended_on))


@app.command("list")
def list_(
    ctx: typer.Context,
    planned: Annotated[str, Day("--planned", help=_("Only open ones that should be complete by this day."))] = "",
) -> None:
    """List the handovers.

    Example: salesctl handover list --planned 2012-06-30
    """
    desk: Desk = ctx.obj
    by = parse_day(planned, desk.today) if planned else None
    with desk.ledger.reading() as view:
        rows = listing.listed(view, by)
    show(View(COLUMNS, rows), desk)


def _names(text: str) -> tuple[str, ...]:
    """The customers listed; none for all of them."""
    named = tuple(filter(None, (part.strip() for part in text.replace("，", ",").replace("、", ",").split(","))))
    if not named:
        raise Invalid(value=text, what=N_("a list of customers"), example="云帆,远大, all")
    return () if [name.casefold() for name in named] in (["all"], ["全部"]) else named


def _notes(started: actions.Started) -> list[str]:
    whole, notes = started.whole, []
    if whole.handover.is_deviation:
        told = _("{supervisor} is not the direct superior of both, but the lowest superior both have (E-4d, AMB-E-d).")
        notes.append(told.format(supervisor=whole.supervisor))
    if started.earliest_leaving:
        told = _(
            "A departure report filed today makes {day} the earliest last day (E-8); "
            "the company's approval is no condition of leaving (L-9)."
        )
        notes.append(told.format(day=started.earliest_leaving))
    notes.append(_("The customers stay with the transferor until the handover is complete (E-16)."))
    return notes
