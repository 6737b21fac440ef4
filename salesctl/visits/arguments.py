"""Arguments and options that the verbs of the outing register share."""

from __future__ import annotations

from typing import Annotated

import typer

from salesctl.console.arguments import Day, completing
from salesctl.console.words import _

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
