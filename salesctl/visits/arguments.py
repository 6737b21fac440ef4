"""Arguments and options that the verbs of the outing register share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salesctl.console.arguments import Day, completing, day
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, SalesctlError

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk

Companies = Annotated[
    list[str],
    typer.Argument(
        metavar="CUSTOMER...", help=_("Customers, or companies not yet known."), autocompletion=completing("customer")
    ),
]
Number = Annotated[
    str,
    typer.Argument(
        metavar="[NUMBER]",
        help=_("The outing; your latest if not said."),
        autocompletion=completing("outing", "number", "outing_on"),
    ),
]
Case = Annotated[str, typer.Argument(metavar="NUMBER", help=_("An outing (V-12) or an incident (I-3)."))]
At = Annotated[
    str, typer.Option("--at", metavar="TIME", help=_("The time of the outing's day, such as 9:45; now if not said."))
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=_("Why; it is kept with your name and the time."))
]
Of = Annotated[
    str,
    typer.Option(
        "--of", metavar="PERSON", help=_("Whose outings; everybody's if not said."), autocompletion=completing("person")
    ),
]
From = Annotated[str, Day("--from", help=_("The first day; Monday of this week if not said."))]
To = Annotated[str, Day("--to", help=_("The last day; Sunday of this week if not said."))]
Again = Annotated[bool, typer.Option("--again", help=_("It is another outing of the same day and companies."))]


class OneOf(SalesctlError):
    """Options that do not go together, or a choice that is missing."""

    code, status = "visit.options", WRONG
    says = N_("{trouble}.")
    hint = N_("See `salesctl visit {verb} --help`.")


def next_workday(text: str, desk: Desk) -> date:
    """The day typed, or the next working day."""
    from datetime import timedelta

    return day(text, desk) if text else desk.calendar.workday_from(desk.today + timedelta(days=1))


def period(desk: Desk, verb: str | None, since: str, until: str) -> tuple[date, date]:
    """The period typed; this week where nothing is said."""
    from salesctl.visits.register import week_of

    first = day(since, desk) if since else week_of(day(until, desk))[0]
    last = day(until, desk) if until else week_of(max(first, desk.today))[1]
    if last < first:
        raise OneOf(trouble=N_("--to comes before --from"), verb=verb)
    return first, last
