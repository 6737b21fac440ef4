"""`ledger backup · restore · confirm-restore · copy · doctor`."""

from datetime import UTC, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND, Invalid
from salesctl.record import Record

PROVED = (
    Column("entries", N_("entries"), "count"),
    Column("rows", N_("rows compared"), "count"),
    Column("head", N_("newest entry")),
    Column("declared", N_("times declared, not read"), "count"),
    Column("held", N_("times held: clock behind"), "count"),
    Column("faults", N_("faults"), "count"),
)


RESTORED = (
    ("file", N_("file")),
    ("newest", N_("newest entry")),
    ("before", N_("newest entry before")),
    ("kept", N_("kept as")),
    ("reason", N_("reason")),
)


class Sheet(Record):
    """How an answer is printed that no ledger has to be read for: it may be held by somebody else."""

    form: str
    output: str
    zone: tzinfo = UTC
    caution: str = ""


def backup(
    ctx: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="FILE", help=_("A new file, or a folder that is there."))],
) -> None:
    """Copy the ledger, whoever writes meanwhile, and prove the copy before it counts.

    Example: salesctl ledger backup /mnt/backup
    """
    from salesctl.rulebook import keeping

    desk: Desk = ctx.obj
    made = keeping.backup(desk, target)
    columns = (Column("file", N_("file")), *PROVED[:3])
    show(record(columns, (str(made.path), made.entries, made.rows, made.head)), desk)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup."))],
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="NOTE", help=_("A file with checkpoints or receipt lines it must agree with.")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Go back behind what is known of the ledger."))] = False,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("The reason; it stays in the journal."))] = "",
) -> None:
    """Put a backup into the place of the ledger; the ledger that was there is kept beside it.

    Until a second person has confirmed it (ledger confirm-restore), every answer says that nobody has.

    Example: salesctl ledger restore /mnt/backup/ledger-2012-07-02-18204.db
    """
    from salesctl.console.inputs import one_line
    from salesctl.rulebook import restoring

    desk: Desk = ctx.obj
    reason = one_line(why) if why else ""
    made = restoring.restore(desk, file, against or [], reason, is_forced=force)
    columns = (
        Column("ledger", N_("ledger")),
        Column("backup", N_("file")),
        Column("head", N_("newest entry of the backup")),
        Column("before", N_("newest entry before")),
        Column("kept", N_("kept as")),
        Column("forced", N_("forced")),
    )
    row = (str(made.ledger), str(made.backup), made.head, made.before, str(made.kept or ""), made.is_forced)
    show(record(columns, row), desk)


def confirm_restore(
    ctx: typer.Context,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("What it was compared with."))] = "",
) -> None:
    """Confirm as a second person that the ledger was restored rightly; until then every answer says that it is not.

    Compare it first: with the receipt lines people kept, with `ledger verify --against` a checkpoint, with the file
    that was kept. Whoever put the backup back does not confirm it (K.ledger.confirmers, K.ledger.confirm_restore).

    Example: salesctl ledger confirm-restore --note "checkpoint of 2 July, receipts of 3 July" --as 沈国栋
    """
    from salesctl.console.inputs import one_line
    from salesctl.rulebook import confirming

    desk: Desk = ctx.obj
    done = confirming.confirm(desk, one_line(note) if note else "")
    columns = (
        Column("entry", N_("no."), "count"),
        Column("at", N_("recorded"), "moment"),
        Column("by", N_("by")),
        *(Column(key, heading) for key, heading in RESTORED),
    )
    rows = [
        (one.seq, one.recorded_at, one.actor or one.login, *(one.said.get(name, "-") for _key, name in RESTORED))
        for one in done.restores
    ]
    show(View(columns, rows, notes=[_("Confirmed.")]), desk)


def copy(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A ledger that is a file."))],
    url: Annotated[str, typer.Argument(metavar="URL", help=_("An empty database: postgresql://user@host/name."))],
) -> None:
    """Carry a ledger from its file into a database of a PostgreSQL server: every row, the journal, the receipts.

    Both are proved, and the copy counts only if it is the same; the file stays as it is.

    Example: salesctl ledger copy sales.db postgresql://salesctl_owner@db.example.com/sales
    """
    from salesctl.ledger.place import Address, place_of
    from salesctl.rulebook import copying

    place = place_of(url)
    if not isinstance(place, Address):
        raise Invalid(value=url, what=N_("the address of a database"), example="postgresql://user@host/name")
    desk: Desk = ctx.obj
    made = copying.copy(file, place, is_dry_run=desk.is_dry_run)
    show(record(PROVED[:3], (made.entries, made.rows, made.head)), desk)


def doctor(ctx: typer.Context) -> None:
    """Name what endangers the ledger, and what to do about it. Exit 5 if there is anything.

    Example: salesctl ledger doctor
    """
    from salesctl.rulebook import doctor as practice

    desk: Desk = ctx.obj
    seen = practice.look(desk)
    columns = (Column("danger", N_("danger"), "word"), Column("says", N_("what")), Column("hint", N_("what to do")))
    is_plain = form_of(desk.form, desk.output) in ("json", "csv")
    said = str if is_plain else _
    rows = [(one.name, said(one.says).format(**one.facts), said(one.hint).format(**one.facts)) for one in seen.dangers]
    if rows or is_plain:
        show(View(columns, rows), Sheet(desk.form, desk.output))
    if rows:
        raise typer.Exit(UNSOUND)
    say(_("Nothing endangers the ledger; {count} conditions were looked at.").format(count=seen.conditions))


def attach(app: typer.Typer) -> None:
    """Put these beside the other commands about the ledger."""
    for command in (backup, restore, confirm_restore, copy, doctor):
        app.command()(command)
