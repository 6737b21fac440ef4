"""`ledger init · info · verify · history · upgrade`."""

from typing import Annotated

import typer

from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND, Invalid
from salesctl.policy.units import plain_yuan, yuan
from salesctl.rulebook import ledgers

app = typer.Typer()


@app.command()
def init(
    ctx: typer.Context,
    identity: Annotated[
        str,
        typer.Option(
            metavar="HOW", help=_("declared: --as is believed; os: the login alone counts; database: the server's.")
        ),
    ] = "declared",
    zone: Annotated[str, typer.Option(metavar="ZONE", help=_("Time zone of its days."))] = "Asia/Shanghai",
) -> None:
    """Make a new ledger: a file that only its owner may read, or the tables in a database of a PostgreSQL server.

    Example: salesctl ledger init
    """
    desk: Desk = ctx.obj
    if identity not in ledgers.IDENTITIES:
        raise Invalid(value=identity, what=N_("a way to identify people"), example=", ".join(ledgers.IDENTITIES))
    if identity == "database" and desk.ledger.file is not None:
        raise Invalid(value=identity, what=N_("a way to identify people in a file"), example="declared, os")
    ledgers.init(desk, identity, zone)
    if not desk.is_dry_run:
        _info(desk)


@app.command()
def info(ctx: typer.Context) -> None:
    """Show which ledger this is, and its newest entry.

    Example: salesctl ledger info
    """
    _info(ctx.obj)


@app.command()
def verify(ctx: typer.Context) -> None:
    """Prove the ledger: file, chain, and every row against the journal. Exit 5 if anything is wrong.

    Example: salesctl ledger verify
    """
    desk: Desk = ctx.obj
    report = ledgers.verified(desk)
    columns = (
        Column("entries", N_("entries"), "count"),
        Column("rows", N_("rows compared"), "count"),
        Column("head", N_("newest entry")),
        Column("declared", N_("times declared, not read"), "count"),
        Column("held", N_("times held: clock behind"), "count"),
        Column("faults", N_("faults"), "count"),
    )
    row = (report.entries, report.rows, report.head, report.declared, report.held, len(report.findings))
    note = _("Not checked against anything outside this file: compare the newest entry with a receipt line you kept.")
    show(record(columns, row, note), desk)
    for finding in report.findings:
        say(f"  -     {finding.where}: {_(finding.says)}")
    if report.findings:
        raise typer.Exit(UNSOUND)


@app.command()
def history(
    ctx: typer.Context,
    about: Annotated[str, typer.Argument(metavar="NUMBER", help=_("A-12, V-3, C001 …; empty: everything."))] = "",
    last: Annotated[int, typer.Option(metavar="N", min=1, help=_("How many entries."))] = 20,
) -> None:
    """Show the journal's newest entries, or those about one number.

    Example: salesctl ledger history A-12
    """
    desk: Desk = ctx.obj
    columns = (
        Column("seq", N_("no."), "count"),
        Column("hash", N_("hash")),
        Column("recorded_at", N_("recorded"), "moment"),
        Column("actor", N_("by")),
        Column("login", N_("login")),
        Column("verb", N_("what")),
        Column("about", N_("about")),
        Column("answer", N_("answer"), "word"),
    )
    money = plain_yuan if form_of(desk.form, desk.output) in ("json", "csv") else yuan
    show(View(columns, ledgers.history(desk, about, last, money)), desk)


@app.command()
def copy(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A ledger that is a file."))],
    url: Annotated[str, typer.Argument(metavar="URL", help=_("An empty database: postgresql://user@host/name."))],
) -> None:
    """Carry a ledger from its file into a database of a PostgreSQL server: every row, the journal, the receipts.

    Both are proved, and the copy counts only if it is the same; the file stays as it is.

    Example: salesctl ledger copy sales.db postgresql://salesctl_owner@db.example.com/sales
    """
    place = place_of(url)
    if not isinstance(place, Address):
        raise Invalid(value=url, what=N_("the address of a database"), example="postgresql://user@host/name")
    _report(ctx.obj, copying.copy(file, place), "")


@app.command()
def upgrade(ctx: typer.Context) -> None:
    """Bring an older ledger to this program's schema.

    Example: salesctl ledger upgrade
    """
    desk: Desk = ctx.obj
    ledgers.upgrade(desk)
    _info(desk)


def _info(desk: Desk) -> None:
    columns = (
        Column("path", N_("ledger")),
        Column("id", N_("id")),
        Column("schema", N_("schema")),
        Column("journal_mode", N_("journal mode")),
        Column("identity", N_("identity"), "word"),
        Column("zone", N_("time zone")),
        Column("entries", N_("entries"), "count"),
        Column("head", N_("newest entry")),
        Column("packs", N_("packs")),
        Column("calendar", N_("working days known to")),
    )
    show(record(columns, ledgers.info(desk)), desk)
