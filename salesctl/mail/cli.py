"""`mail list · show · send · drop`."""

from typing import Annotated

import typer

from salesctl.console.arguments import completing
from salesctl.console.show import say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, STORAGE, SalesctlError
from salesctl.mail import letters, sending
from salesctl.mail.letters import Whole
from salesctl.mail.posting import Result

app = typer.Typer()

LISTED = (
    Column("number", N_("number")),
    Column("about", N_("about")),
    Column("to", N_("goes to"), "lines"),
    Column("subject", N_("subject")),
    Column("created_at", N_("queued"), "moment"),
    Column("state", N_("state"), "word"),
    Column("sent_at", N_("sent"), "moment"),
    Column("tries", N_("tries"), "count"),
    Column("last_error", N_("last error")),
)
SHOWN = (
    *LISTED[:2],
    Column("to", N_("goes to"), "lines"),
    Column("cc", N_("copy to"), "lines"),
    *LISTED[3:8],
    Column("tried_at", N_("last try"), "moment"),
    Column("last_error", N_("last error")),
    Column("not_reached", N_("not reached"), "lines"),
    Column("dropped_at", N_("dropped"), "moment"),
    Column("dropped_why", N_("reason")),
    Column("message_id", N_("message id")),
    Column("files", N_("files"), "lines"),
    Column("body", N_("body"), "lines"),
)
TRIED = (
    Column("number", N_("number")),
    Column("to", N_("goes to"), "lines"),
    Column("subject", N_("subject")),
    Column("state", N_("state"), "word"),
    Column("place", N_("written to")),
    Column("last_error", N_("last error")),
)
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The letter's number."), autocompletion=completing("letter", "number", "subject")
    ),
]


class NotSent(SalesctlError):
    """Letters that still wait after a try; every try is recorded."""

    code, status = "mail.not-sent", STORAGE
    says = N_("Letters that were not sent: {numbers}.")
    hint = N_("They wait; look at the last error, then `salesctl mail send` again, or give one up with `mail drop`.")


@app.command("list")
def list_(
    ctx: typer.Context,
    waiting: Annotated[bool, typer.Option("--waiting", help=_("Only those that wait."))] = False,
) -> None:
    """List the letters and what became of them.

    Example: salesctl mail list --waiting
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = [_row(one) for one in letters.listed(view, is_waiting=waiting)]
    show(View(LISTED, rows), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show one letter: to whom, with what, and whether it went.

    Example: salesctl mail show M-1
    """
    _show(ctx.obj, number)


@app.command()
def send(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", help=_("Only this one."), autocompletion=completing("letter", "number", "subject")
        ),
    ] = "",
) -> None:
    """Send the letters that wait, or one of them, now.

    Example: salesctl mail send M-1
    """
    desk: Desk = ctx.obj
    if desk.is_dry_run:
        with desk.ledger.reading() as view:
            waiting = letters.listed(view, is_waiting=True)
            wanted = letters.letter(view, number).number if number else ""
        show(View(LISTED, [_row(one) for one in waiting if wanted in ("", one.letter.number)]), desk)
        return
    tried = list(sending.send(desk, number, is_asked=True))
    show(View(TRIED, [_tried(one) for one in tried]), desk)
    if not tried:
        say(_("No letter waits."))
    if failed := [one.whole.letter.number for one in tried if one.state == "failed"]:
        raise NotSent(numbers=", ".join(failed))


@app.command()
def drop(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why it is not to go any more."))],
) -> None:
    """Give up a letter that waits; it stays in the list with the reason.

    Example: salesctl mail drop M-1 --reason 地址有误，已另发
    """
    desk: Desk = ctx.obj
    _show(desk, sending.drop(desk, number, reason).number)


def _show(desk: Desk, number: str) -> None:
    with desk.ledger.reading() as view:
        whole = letters.whole(view, letters.letter(view, number))
    one = whole.letter
    files = [f"{file.name} ({letters.size(file):,})" for file in whole.files]
    show(
        record(
            SHOWN,
            (
                one.number,
                one.about,
                whole.of_kind("to"),
                whole.of_kind("cc"),
                one.subject,
                one.created_at,
                letters.state(one),
                one.sent_at,
                one.tries,
                one.tried_at,
                one.last_error,
                [letters.named(who) for who in whole.left if len(whole.left) < len(whole.addresses)],
                one.dropped_at,
                one.dropped_why,
                one.message_id,
                files,
                one.body.splitlines(),
            ),
        ),
        desk,
    )


def _row(whole: Whole) -> tuple[object, ...]:
    one = whole.letter
    state = letters.state(one)
    to = whole.of_kind("to")
    return (one.number, one.about, to, one.subject, one.created_at, state, one.sent_at, one.tries, one.last_error)


def _tried(result: Result) -> tuple[object, ...]:
    whole = result.whole
    to = [*whole.of_kind("to"), *whole.of_kind("cc")]
    return (whole.letter.number, to, whole.letter.subject, result.state, result.place, result.why)
