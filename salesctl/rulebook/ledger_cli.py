"""`ledger init · info · history · upgrade`, and those of `keeping_cli` and `proving_cli`."""

from typing import Annotated

import typer

from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.ledger.book import SCHEMA
from salesctl.policy.units import plain_yuan, yuan
from salesctl.rulebook import keeping_cli, ledgers, proving_cli

app = typer.Typer()


@app.command()
def init(
    ctx: typer.Context,
    identity: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help=_(
                "declared: --as is believed; os: the login alone counts; database: the server's; "
                "key: decisions are signed."
            ),
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
        raise Invalid(value=identity, what=N_("a way to identify people in a file"), example="declared, os, key")
    if identity == "os" and desk.ledger.file is None:  # whoever has a machine has any login on it
        raise Invalid(
            value=identity, what=N_("a way to identify people on a server"), example="declared, database, key"
        )
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
def history(
    ctx: typer.Context,
    about: Annotated[str, typer.Argument(metavar="NUMBER", help=_("A-12, V-3, C001 …; empty: everything."))] = "",
    last: Annotated[int, typer.Option(metavar="N", min=1, max=10**9, help=_("How many entries."))] = 20,
) -> None:
    """Show the journal's newest entries, or those of one number or code: about it, or that wrote its row.

    A debt has the receipts that paid it, a fine the payment it was proposed for, an imported row its file.

    Example: salesctl ledger history A-12
    """
    desk: Desk = ctx.obj
    columns: tuple[Column, ...] = (
        Column("seq", N_("no."), "count"),
        Column("hash", N_("hash")),
        Column("recorded_at", N_("recorded"), "moment"),
        Column("actor", N_("by")),
        Column("login", N_("login")),
        Column("verb", N_("what")),
        Column("about", N_("about")),
        Column("answer", N_("answer"), "word"),
        Column("signed", N_("signed with"), "code"),
    )
    money = plain_yuan if form_of(desk.form, desk.output) in ("json", "csv") else yuan
    rows = ledgers.history(desk, about, last, money)
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    show(View(columns, rows), desk)


@app.command()
def upgrade(ctx: typer.Context) -> None:
    """Bring an older ledger to this program's schema; a copy of it as it was is put beside it first.

    Example: salesctl ledger upgrade
    """
    from salesctl.rulebook import keeping

    desk: Desk = ctx.obj
    before = keeping.upgrade(desk)
    if before and desk.is_dry_run:  # the ledger itself is still an older one, of which nothing can be shown
        say(_("A copy was brought to schema {schema}, proved, and thrown away.").format(schema=SCHEMA))
        return
    if before:
        say(_("The ledger as it was is kept as {path}.").format(path=before))
    _info(desk)


proving_cli.attach(app)
keeping_cli.attach(app)


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
