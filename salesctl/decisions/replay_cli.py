"""`replay`: recorded decisions are asked again, and must agree."""

from collections import Counter
from typing import Annotated

import typer

from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND
from salesctl.policy.units import nfkc

app = typer.Typer()

COLUMNS = (
    Column("entry", N_("entry")),
    Column("verb", N_("what")),
    Column("about", N_("about")),
    Column("recorded", N_("answer then"), "word"),
    Column("again", N_("answer now"), "word"),
    Column("differs", N_("what differs"), "words"),
    Column("packs", N_("packs that are not here"), "lines"),
    Column("left", N_("not asked again because"), "word"),
)


@app.command()
def replay(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("A-12, V-140; empty: everything."))] = "",
    every: Annotated[bool, typer.Option("--all", help=_("Also list those that agree."))] = False,
) -> None:
    """Ask recorded decisions again, each on the ledger as it stood then. Exit 5 if one does not agree.

    A decision that was made under packs which are not here is shown, whether it agrees or not. One that cannot be asked
    again is named with the reason: with --all, and in the count of each kind.

    Example: salesctl replay A-12

    Example: salesctl replay --all -o replay.xlsx
    """
    from salesctl.decisions import replaying

    desk: Desk = ctx.obj
    found = replaying.replay(desk, nfkc(number[:40]).strip().upper())
    wanted = [one for one in found if every or number or one.differs or one.packs]
    if wanted or form_of(desk.form, desk.output) != "table":
        rows = [
            (
                *(one.receipt, one.verb, one.about, one.recorded, one.again, list(one.differs), list(one.packs)),
                one.left,
            )
            for one in wanted
        ]
        show(View(COLUMNS, rows), desk)
    asked = [one for one in found if not one.left]
    apart = sum(bool(one.differs) for one in asked)
    text = _("Decisions asked again: {count}; of these {apart} do not agree, {others} were made under other packs.")
    say(text.format(count=len(asked), apart=apart, others=sum(bool(one.packs) for one in asked)))
    for why in dict.fromkeys(one.left for one in found if one.left):
        verbs = Counter(one.verb for one in found if one.left == why)
        left = ", ".join(f"{verb} {count}" for verb, count in sorted(verbs.items()))
        say(_("Not asked again, because {why}: {left}.").format(why=_(why), left=left))
    if apart:
        raise typer.Exit(UNSOUND)
