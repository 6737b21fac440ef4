"""`handover paper · papers · check · sign · refuse`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from salesctl.console.arguments import Day, among, unchanged
from salesctl.console.choices import meant
from salesctl.console.inputs import one_line, parse_day
from salesctl.console.show import form_of, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers import checking, papers, signing
from salesctl.handovers.actions import handover
from salesctl.handovers.cases import PARTIES
from salesctl.handovers.contents import MADE
from salesctl.handovers.issues_cli import app
from salesctl.handovers.visiting_cli import Number

__all__ = ["Number", "app"]  # the nouns' other verbs are added to the same app

LONGEST_TITLE = 200
LISTED = (
    Column("paper", N_("paper")),
    Column("category", N_("category"), "word"),
    Column("kind", N_("kind"), "word"),
    Column("title", N_("name of the paper")),
    Column("as_of", N_("as of"), "day"),
    Column("version", N_("version"), "count"),
    Column("transferor", N_("transferor"), "day"),
    Column("receiver", N_("receiver"), "day"),
    Column("supervisor", N_("handover supervisor"), "day"),
    Column("refusal", N_("refused because")),
    Column("digest", N_("fingerprint"), "code"),
)
FEW, REFUSAL = (0, 1, 3, 4, 6, 7, 8), 9  # places in it of what a terminal shows
CHECKED = (
    Column("category", N_("category"), "word"),
    Column("items", N_("items"), "count"),
    Column("checked", N_("checked"), "count"),
    Column("doubtful", N_("incomplete or untrue"), "count"),
)
CATEGORIES = ("all", "customer_data", "receivables_detail", "sample_detail", "work_papers", *MADE)
PaperName = Annotated[str, typer.Argument(metavar="PAPER", help=_("As H-3/2, or 2, or all of them."))]


@app.command()
def paper(
    ctx: typer.Context,
    number: Number,
    what: Annotated[
        str,
        typer.Argument(
            metavar="CATEGORY",
            help=_("One of the four categories, one list of it such as statement, or all."),
            autocompletion=among(*CATEGORIES),
        ),
    ],
    dated: Annotated[str, Day("--dated", help=_("The day whose state it shows, if not today."))] = "",
    none: Annotated[bool, typer.Option("--none", help=_("It says that there is nothing of this category."))] = False,
    outside: Annotated[
        str, typer.Option("--outside", metavar="TITLE", help=_("A paper from outside, by its title."))
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help=_("Its file: the fingerprint is kept."))
    ] = None,
) -> None:
    """Issue papers of a handover, made from the ledger as of a day, or from outside (E-5, E-14).

    Statement, receivables and samples are drawn up by finance or commerce; customer data and work papers by the
    parties as well. Where a category has nothing, its paper says so. A paper that changes loses its signatures.

    Example: salesctl handover paper H-3 all --as 马丽

    Example: salesctl handover paper H-3 work_papers --outside "客户档案袋" --file 档案.pdf
    """
    desk: Desk = ctx.obj
    title = one_line(outside, LONGEST_TITLE) if outside else ""
    what = meant(what, CATEGORIES, papers.ALSO)
    if (none or title) and (what in ("all", *MADE) or (none and title)):
        raise Invalid(value=what, what=N_("one category for a paper from outside, or for none"), example="work_papers")
    if file and not title:
        raise Invalid(value=str(file), what=N_("the file of a paper from outside"), example='--outside "客户档案袋"')
    day = parse_day(dated, desk.today) if dated else desk.today
    wanted = papers.Wanted(what, day, none, title, _fingerprint(file), file.name if file else "")
    begun, _issued = papers.issue(desk, number, wanted)
    _show(desk, begun.number, [unchanged(desk) or _("Each waits for three signatures: salesctl handover sign (E-4e).")])


@app.command("papers")
def papers_(ctx: typer.Context, number: Number) -> None:
    """List the papers of a handover and who has signed them.

    Example: salesctl handover papers H-3
    """
    _show(ctx.obj, number, [])


@app.command()
def check(
    ctx: typer.Context,
    number: Number,
    item: Annotated[
        str,
        typer.Argument(metavar="[ITEM]", help=_("Its number, a category, or all; none shows how far the check is.")),
    ] = "",
    complete: Annotated[
        bool | None, typer.Option("--complete/--incomplete", help=_("Whether everything is there."))
    ] = None,
    true: Annotated[bool | None, typer.Option("--true/--untrue", help=_("Whether it is as the paper says."))] = None,
    why: Annotated[
        str, typer.Option("--why", "--reason", metavar="TEXT", help=_("What is missing, or what is not so."))
    ] = "",
) -> None:
    """Record that the receiver checked items for being complete and true (E-4b, E-12).

    Said again, it replaces what was said.

    Example: salesctl handover check H-3 all --complete --true --as 陈涛

    Example: salesctl handover check H-3 R-12 --complete --untrue --why "客户只认 8000 元" --as 陈涛
    """
    desk: Desk = ctx.obj
    notes = []
    if item:
        if complete is None or true is None:
            what = N_("both answers: complete or not, true or not")
            raise Invalid(value=_answered(complete, true) or item, what=what, example="--complete --true")
        if not (why or (complete and true)):
            raise checking.NoRemark
        found = checking.Found(complete, true, one_line(why) if why else "")
        begun, count, cleared = checking.check(desk, number, item, found)
        number = begun.number
        notes = [unchanged(desk) or _("Recorded for {count} items.").format(count=count)]
        if cleared:
            told = _("{count} of them had been found incomplete or untrue; that does not hold any more.")
            notes.append(told.format(count=cleared))
    elif complete is not None or true is not None or why:
        raise Invalid(value="", what=N_("an item, a category, or all"), example="all --complete --true")
    with desk.ledger.reading() as view:
        rows = list(checking.progress(view, handover(view, number)).values())
    show(View(CHECKED, rows, notes=notes), desk)


def _answered(complete: bool | None, true: bool | None) -> str:
    """The one answer that was given, as it was typed."""
    if complete is not None:
        return "--complete" if complete else "--incomplete"
    return "" if true is None else "--true" if true else "--untrue"


@app.command()
def sign(
    ctx: typer.Context,
    number: Number,
    which: PaperName,
    evidence: Annotated[
        str,
        typer.Option(
            "--evidence",
            metavar="TEXT",
            help=_("As the supervisor: where the transferor, who has left, signed by hand."),
        ),
    ] = "",
) -> None:
    """Sign a paper as transferor, receiver or handover supervisor, whichever you are (E-4e).

    The signature holds for what the paper says now. The receiver signs after the check (E-4b).

    Example: salesctl handover sign H-3 all --as 林静

    Example: salesctl handover sign H-3 all --evidence "signed on paper on 2012-08-07, file 3" --as 周岚
    """
    desk: Desk = ctx.obj
    begun, found, new = signing.sign(desk, number, which, one_line(evidence) if evidence else "")
    missing = sum(len(PARTIES) - len(one.signed) for one in found)
    told = _("{count} signatures are still missing (E-4e).").format(count=missing)
    done = _("Every paper is signed by all three; the supervisor delivers them: salesctl handover deliver (E-4f).")
    _show(desk, begun.number, ["" if new else _("You had signed it before."), told if missing else done])


@app.command()
def refuse(
    ctx: typer.Context,
    number: Number,
    which: PaperName,
    why: Annotated[str, typer.Option("--why", "--reason", metavar="TEXT", help=_("What is unclear."))],
) -> None:
    """Refuse to sign a paper, as the receiver, because something is unclear (E-4c); it is disputed until you sign.

    Example: salesctl handover refuse H-3 2 --why "R-12 与客户对账不符" --as 陈涛
    """
    desk: Desk = ctx.obj
    begun, _found = signing.refuse_to_sign(desk, number, which, one_line(why))
    _show(desk, begun.number, [_("Disputed: nobody signs in the receiver's place (E-4c).")])


def _fingerprint(file: Path | None) -> str:
    """The SHA-256 of a file."""
    if file is None:
        return ""
    from hashlib import sha256

    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        raise Invalid(value=str(file), what=N_("a file that can be read"), example="档案.pdf") from None


def _show(desk: Desk, number: str, notes: Sequence[str]) -> None:
    with desk.ledger.reading() as view:
        found = signing.states(view, handover(view, number))
    is_table = form_of(desk.form, desk.output) == "table" and not desk.output and sys.stdout.isatty()
    rows: list[Sequence[Any]] = [
        (
            one.number,
            one.paper.category,
            one.paper.kind,
            _(papers.titled(one.paper)) if is_table else one.paper.title,
            one.paper.as_of,
            one.paper.version,
            *(one.signed.get(party) for party in PARTIES),
            one.refusal,
            one.paper.digest[:12],
        )
        for one in found
    ]
    columns: Sequence[Column] = LISTED
    if is_table:  # without what few ask for: the kind, the version, the fingerprint; refusals where there are any
        few = [*FEW, *([REFUSAL] if any(one.refusal for one in found) else [])]
        columns, rows = [LISTED[place] for place in few], [[row[place] for place in few] for row in rows]
    show(View(columns, rows, notes=[note for note in notes if note]), desk)
