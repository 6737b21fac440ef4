"""`ledger verify · checkpoint`: what a ledger proves about itself, and what somebody else keeps of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesctl.console.show import form_of, put, say, show
from salesctl.console.view import Column, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND, Invalid
from salesctl.policy.units import shown
from salesctl.rulebook.keeping_cli import PROVED

if TYPE_CHECKING:
    from salesctl.ledger.checkpoints import Mark, Note
    from salesctl.ledger.keyfile import Signer
    from salesctl.ledger.vouchers import Vouched

SUFFIX = ".sig"


def checkpoint(
    ctx: typer.Context,
    sign: Annotated[bool, typer.Option("--sign", help=_("Sign it with your key; beside FILE it is FILE.sig."))] = False,
) -> None:
    """Note the state of the ledger in a few lines, to be kept by somebody else: printed, mailed, signed.

    Example: salesctl ledger checkpoint --sign -o checkpoint.txt
    """
    from salesctl.rulebook import keeping

    desk: Desk = ctx.obj
    form = form_of(desk.form, desk.output)
    if form == "xlsx" or (sign and form != "table"):  # nobody could compare a ledger with it, or the signature with it
        raise Invalid(
            value=desk.output or form, what=N_("a file for a checkpoint, which is text"), example="-o checkpoint.txt"
        )
    signer = _signer(desk) if sign else None
    is_file = desk.output not in ("", "-")  # what is only printed goes with the terminal; its receipt is a mark too

    def give(note: "Note") -> None:
        made = keeping.signed(note, signer) if signer else ""
        if form != "table":
            _show(note, desk)
            return
        put(note.text() + ("" if is_file or not made else f"\n{made}"), desk.output)
        if is_file and made:
            put(made, f"{desk.output}{SUFFIX}")

    note = keeping.checkpoint(desk, give if is_file else None)
    if not is_file:
        give(note)
    if form == "table":
        say(_("Give it to somebody who cannot change the ledger; salesctl ledger verify --against FILE compares it."))


def _show(note: "Note", desk: Desk) -> None:
    columns = (Column("ledger", N_("ledger")), Column("entries", N_("entries"), "count"), Column("hash", N_("hash")))
    more = [Column(name.replace("-", "_"), name) for name, _value in note.says]
    row = (note.ledger, note.entries, note.head, *(value for _name, value in note.says))
    show(record((*columns, *more), row), desk)


def _signer(desk: Desk) -> "Signer":
    """The key of whoever acts, opened before anything is noted."""
    from salesctl.keys.passphrase import asking
    from salesctl.ledger.keyfile import opened

    return opened(desk.wishes.key, asking(desk))


def verify(
    ctx: typer.Context,
    more: Annotated[
        list[Path] | None, typer.Argument(metavar="NOTE", help=_("More files, as for --against."), show_default=False)
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="NOTE", help=_("A file with checkpoints or receipt lines kept outside the ledger.")),
    ] = None,
    allowed_signers: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help=_("Who signs with which key, as kept outside: a file of OpenSSH.")),
    ] = None,
) -> None:
    """Prove the ledger: file, chain, rows against the journal, notes kept outside. Exit 5 if anything is wrong.

    Example: salesctl ledger verify --against checkpoints/*.txt
    """
    from salesctl.ledger.checkpoints import marks as marks_of
    from salesctl.rulebook import ledgers

    desk: Desk = ctx.obj
    marks = marks_of([*(against or []), *(more or [])])
    report, vouched = ledgers.verified(desk, marks, allowed_signers or [])
    row = (report.entries, report.rows, report.head, report.declared, report.held, len(report.findings))
    told = _("Signatures: {count}, of {keys} keys; each fits its entry.").format(count=report.signed, keys=report.keys)
    is_sound = report.signed and not report.findings
    notes = [*map(_, report.unchecked), *([told] if is_sound else []), *_signed(vouched)]
    notes += _unchecked(report.entries, marks)
    show(record(PROVED, row, *notes), desk)
    for finding in report.findings:
        say(f"  -     {shown(finding.where)}: {_(finding.says)}")
    if report.findings:
        raise typer.Exit(UNSOUND)


def _signed(vouched: "list[Vouched]") -> list[str]:
    """Whose signature stands under which note."""
    text = _("{file} is signed by {person} ({fingerprint}).")
    return [text.format(file=shown(one.source), person=shown(one.by), fingerprint=one.fingerprint) for one in vouched]


def _unchecked(entries: int, marks: "list[Mark]") -> list[str]:
    """What no verification of one file can know, said plainly."""
    if not marks:
        return [
            _("Not checked against anything outside this file: compare the newest entry with a receipt line you kept.")
        ]
    newest = max(mark.seq for mark in marks)
    compared = _("Checkpoints and receipt lines compared: {count}, the newest of #{newest}.")
    said = [compared.format(count=len(marks), newest=newest)]
    if newest < entries:
        text = _("Not checked against anything outside: the {count} entries after it.")
        said.append(text.format(count=entries - newest))
    return [*said, _("No file can show what was never entered, or entered by somebody under another's name.")]


def attach(app: typer.Typer) -> None:
    """Put these beside the other commands about the ledger."""
    for command in (verify, checkpoint):
        app.command()(command)
