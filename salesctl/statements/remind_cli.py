"""`customer remind`: a letter about what is past due, shown, printed or mailed; without a tone, those that went."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import Day, among, completing
from salesctl.console.inputs import parse_day
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import LANGUAGES, _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import shown as printable
from salesctl.policy.units import yuan
from salesctl.statements import reminding, wording
from salesctl.statements.drafts import Draft, Wish
from salesctl.statements.wording import TONES

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("tone", N_("tone"), "code"),
    Column("amount", N_("past due"), "money"),
    Column("debts", N_("debts"), "count"),
    Column("subject", N_("subject")),
    Column("text", N_("text"), "lines"),
)
SENT = (
    *COLUMNS[:4],
    Column("reminded_on", N_("reminded on"), "day"),
    Column("reminded_by", N_("reminded by")),
    Column("letter", N_("letter")),
)


@app.command()
def remind(
    ctx: typer.Context,
    which: Annotated[
        str,
        typer.Argument(
            metavar="[CUSTOMER]", help=_("Code, alias or start of the name."), autocompletion=completing("customer")
        ),
    ] = "",
    tone: Annotated[
        str,
        typer.Option(
            "--tone",
            metavar="TONE",
            help=_("friendly, firm or final; without it the reminders that went are listed."),
            autocompletion=among(*TONES),
        ),
    ] = "",
    by: Annotated[str, Day("--by", help=_("Until when it is to be paid; without delay, if not said."))] = "",
    words: Annotated[
        Path | None,
        typer.Option("--wording", metavar="FILE", help=_("A wording of your own, with slots such as {debts}.")),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--print", metavar="FILE", help=_("Print it: FILE.pdf or FILE.xlsx."))
    ] = None,
    mail: Annotated[bool, typer.Option("--mail", help=_("Send it to the customer's address."))] = False,
    again: Annotated[bool, typer.Option("--again", help=_("Another letter in this tone today is meant."))] = False,
    language: Annotated[
        str,
        typer.Option(
            "--letter",
            metavar="LANG",
            help=_("The letter's language, zh_CN or en, if not that of the settings; --lang is the screen's."),
            autocompletion=among(*LANGUAGES),
        ),
    ] = "",
) -> None:
    """Remind a customer of what is past due; without --print or --mail it is only shown, and nothing is recorded.

    The letter is in Chinese unless letters = "en" stands in the table [company] of salesctl.toml, or --letter says so.
    What is contested or not due yet is not asked for, and named apart. A wording of your own may have the slots
    {customer} {contact} {company} {number} {day} {amount} {count} {oldest} {by} {debts} {not_asked} {bank} {manager}.

    Example: salesctl customer remind 云帆 --tone friendly --by 2012-07-15 --mail
    """
    desk: Desk = ctx.obj
    if not (which and tone):
        _list(desk, which, has_wishes=bool(tone or by or words or file or mail or language))
        return
    until = _until(desk, tone, by, language)
    wish = Wish(which, tone, until, wording.read(words) if words else "", again, language)
    if not (file or mail):
        made = reminding.draft(desk, wish)
        _show(desk, made, _("Nothing went out, nothing is recorded: --print FILE.pdf or --mail."))
        return
    if file is not None:
        desk.spare(str(file))
    made, row = reminding.remind(desk, wish, file, is_mailed=mail)
    notes = [_("{number} is printed to {file}.").format(number=row.number, file=file)] if file else []
    if row.letter:
        told = _("{number} is letter {letter} of the outbox.")
        notes.append(told.format(number=row.number, letter=row.letter))
    _show(desk, made, *notes)
    if row.letter:
        from salesctl.mail.sending import deliver

        deliver(desk)


def _until(desk: Desk, tone: str, by: str, language: str) -> date | None:
    """The day to pay by, where one is named; what cannot be meant is refused."""
    if tone not in TONES:
        raise Invalid(value=tone, what=N_("a tone"), example=", ".join(TONES))
    until = parse_day(by, desk.today) if by else None
    if until and until < desk.today:
        raise Invalid(value=by, what=N_("a day to pay by that is still to come"), example="2012-07-15")
    if language not in ("", *LANGUAGES):
        raise Invalid(value=printable(language), what=N_("a language"), example=", ".join(LANGUAGES))
    return until


def _list(desk: Desk, which: str, *, has_wishes: bool) -> None:
    """The reminders that went out.

    Raises:
        Invalid: something else was wanted, and not all of it said.
    """
    if has_wishes:
        raise Invalid(value=which, what=N_("a reminder: a customer and a tone"), example="云帆 --tone friendly")
    with desk.ledger.reading() as view:
        rows = reminding.listed(view, desk.today, which)
    show(View(SENT, rows, notes=[] if rows else [_("Nobody was reminded.")]), desk)


def _show(desk: Desk, made: Draft, *notes: str) -> None:
    apart = [
        (_("{amount} is contested and not asked for."), sum(debt.open for debt in made.contested)),
        (_("{amount} is not due yet and not asked for."), sum(debt.open for debt in made.ahead)),
    ]
    told = [text.format(amount=yuan(amount)) for text, amount in apart if amount]
    if not made.company.account:
        told.append(_("No bank account is named: set account in the table [company] of salesctl.toml."))
    row = (made.number, made.customer, made.tone, made.amount, len(made.debts), made.subject, made.text().splitlines())
    show(record(COLUMNS, row, *told, *notes), desk)
