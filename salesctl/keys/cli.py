"""`key new · register · approve · revoke · list · show · allowed-signers`."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import PersonName, completing, unchanged
from salesctl.console.inputs import one_line
from salesctl.console.show import put, say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.keys import actions, signers

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("person", N_("person")),
    Column("state", N_("state"), "word"),
    Column("since", N_("since"), "moment"),
    Column("fingerprint", N_("fingerprint"), "code"),
)
HISTORY = (
    Column("registered_on", N_("registered on"), "day"),
    Column("registered_by", N_("registered by")),
    Column("approved_on", N_("approved on"), "day"),
    Column("approved_by", N_("approved by")),
    Column("revoked_on", N_("revoked on"), "day"),
    Column("revoked_by", N_("revoked by")),
    Column("reason", N_("reason")),
    Column("public", N_("public key"), "code"),
)
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("K-3 or 3."), autocompletion=completing("signing_key", "number", "fingerprint")
    ),
]


@app.command()
def new(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help=_("Where the private key goes; its .pub beside it."))
    ] = None,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help=_("For a machine that signs unattended: whoever has it signs."))
    ] = False,
) -> None:
    """Make a key of your own on this machine; no ledger is needed. The private half never leaves it.

    Example: salesctl key new
    """
    from salesctl.keys.passphrase import chosen
    from salesctl.ledger import keyfile
    from salesctl.ledger.place import file_of

    desk: Desk = ctx.obj
    keyfile.expect_library()
    path = file_of(file or desk.wishes.key)
    keyfile.expect_free(path)
    passphrase = "" if no_passphrase or desk.is_dry_run else chosen(desk)
    if desk.is_dry_run:
        return
    made = keyfile.make(path, passphrase)
    columns = (Column("file", N_("private key")), Column("public", N_("public key")), COLUMNS[-1])
    way_on = _("Have it registered: salesctl key register PERSON {file}").format(file=f"{path}.pub")
    show(record(columns, (str(path), f"{path}.pub", made.fingerprint), way_on), desk)


@app.command()
def register(
    ctx: typer.Context,
    who: PersonName,
    file: Annotated[Path, typer.Argument(metavar="FILE.pub", help=_("An Ed25519 public key of OpenSSH."))],
) -> None:
    """Propose a person's public key; it signs nothing until a second person approves it.

    Example: salesctl key register 林静 ~/.config/salesctl/key.pub
    """
    from salesctl.ledger import keyfile, sshsig
    from salesctl.ledger.place import file_of

    desk: Desk = ctx.obj
    key = sshsig.public_key(keyfile.read(file_of(file)).decode("utf-8", "replace"))
    one = actions.register(desk, who, key)
    text = _("A second person compares the fingerprint with {person} and approves it: salesctl key approve {number}")
    _show(desk, one, text.format(person=one.owner.name, number=one.key.number))


@app.command()
def approve(ctx: typer.Context, number: Number) -> None:
    """Vouch that a key is its owner's: compare the fingerprint with them first, face to face or by telephone (K-12).

    Neither the owner nor whoever registered it may: a general manager, hr or administration does; where there is no
    such second person, an account director.

    Example: salesctl key approve K-3
    """
    desk: Desk = ctx.obj
    _show(desk, actions.approve(desk, number))


@app.command()
def revoke(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why; it stays in the ledger."))],
) -> None:
    """End a key at once: by its owner, or by a general manager, hr or administration. What it signed stays signed.

    Example: salesctl key revoke K-3 --reason "laptop lost"
    """
    desk: Desk = ctx.obj
    _show(desk, actions.revoke(desk, number, one_line(reason)))


@app.command()
def require(ctx: typer.Context) -> None:
    """From now on whoever decides signs it with their key; this does not go back.

    You and a second person who may approve keys must have approved keys. Signed is whatever decides something (endorse,
    grant, reject, execute, confirm, pay, sign) and changes staff, keys or the company's own rules.

    Example: salesctl key require
    """
    desk: Desk = ctx.obj
    if not actions.require(desk):
        say(unchanged(desk))
    elif not desk.is_dry_run:
        say(_("From now on decisions are signed; `salesctl ledger verify` checks every signature."))


@app.command("list")
def list_(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help=_("Those that were revoked, too."))] = False,
) -> None:
    """List the keys that are approved or wait for it.

    Example: salesctl key list
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = [one for one in actions.held(view) if every or one.state != "revoked"]
    rows = [_row(one) for one in found]
    show(View(COLUMNS, rows, notes=() if rows else (_("No keys yet: salesctl key new, then key register."),)), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a key: whose it is, who registered it, approved it, revoked it.

    Example: salesctl key show K-3
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        one = actions.key_of(view, number)
        key = one.key
        by = [actions.called(view, who) for who in (key.registered_by_id, key.approved_by_id, key.revoked_by_id)]
    dated = zip((key.registered_on, key.approved_on, key.revoked_on), by, strict=True)
    told = [part for pair in dated for part in pair]
    show(record((*COLUMNS, *HISTORY), (*_row(one), *told, key.reason, key.public)), desk)


@app.command("allowed-signers")
def allowed_signers(ctx: typer.Context) -> None:
    """Print who signs with which key, from when until when, as `ssh-keygen -Y verify -f` takes it.

    Example: salesctl key allowed-signers -o allowed_signers
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = actions.held(view)
    text = signers.allowed(found)
    put(text, desk.output)
    if not text:
        say(_("No key is approved."))


@app.command()
def signature(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ENTRY", help=_("The entry's number or receipt line: '#18204'."))],
    folder: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help=_("A folder for the text, its .sig and allowed_signers.")),
    ] = None,
) -> None:
    """Show what was signed with an entry, and the signature; --to writes the files that `ssh-keygen -Y verify` takes.

    Example: salesctl key signature '#18204' --to /tmp/proof
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        one, known = signers.signature_of(view, number), actions.held(view)
    if folder is not None and not desk.is_dry_run:
        files = signers.proof(one, known)
        for name, text in files.items():
            put(text, str(folder / name))
        say(signers.command(one, folder))
        return
    told, made = Column("text", N_("signed text"), "lines"), Column("signature", N_("signature"), "lines")
    columns = (Column("entry", N_("entry"), "count"), COLUMNS[1], COLUMNS[-1], told, made)
    owner = f"{one.by.code} {one.by.name}"
    show(record(columns, (one.seq, owner, one.key.fingerprint, one.text.splitlines(), one.made.splitlines())), desk)


def _show(desk: Desk, one: actions.Held, *notes: str) -> None:
    show(record(COLUMNS, _row(one), *notes), desk)


def _row(one: actions.Held) -> tuple[object, ...]:
    owner = f"{one.owner.code} {one.owner.name}"
    return (one.key.number, owner, one.state, actions.since(one.key), one.key.fingerprint)
