"""`people add · import · list · show · enrol · promote · move · alias · login · email · close`."""

from datetime import date, timedelta
from typing import Annotated

import typer

from salesctl.console.arguments import Day, Encoding, Map, Mapping, PersonName, SourceFile, day, unchanged
from salesctl.console.show import form_of, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.people import actions, emails
from salesctl.people.rows import Person

app = typer.Typer()

COLUMNS = (
    Column("code", N_("code")),
    Column("name", N_("name")),
    Column("grade", N_("grade"), "word"),
    Column("department", N_("department")),
    Column("superior", N_("superior")),
    Column("regimes", N_("regulations")),
    Column("last_day", N_("last day"), "day"),
)


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The person's name."))],
    code: Annotated[str, typer.Option(metavar="CODE", help=_("A code of your own instead of P001 and so on."))] = "",
    grade: Annotated[
        str, typer.Option(metavar="GRADE", help=_("account_manager, account_director, general_manager …"))
    ] = "",
    department: Annotated[str, typer.Option(metavar="TEXT", help=_("Department."))] = "",
    superior: Annotated[str, typer.Option(metavar="PERSON", help=_("The direct superior."))] = "",
    regime: Annotated[
        list[str] | None, typer.Option(metavar="LETTER", help=_("A regulation that binds them: A to E."))
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help=_("Another name they go by."))] = None,
    login: Annotated[str, typer.Option(metavar="LOGIN", help=_("Their login on this machine."))] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help=_("Where letters to them go."))] = "",
    since: Annotated[str, Day("--from", help=_("From which day this holds."))] = "",
) -> None:
    """Take in a person.

    Example: salesctl people add 林静 --grade account_manager --superior 周 --regime A --regime E
    """
    desk: Desk = ctx.obj
    new = actions.Joining(
        name, code, grade, department, superior, tuple(regime or ()), tuple(alias or ()), login, email
    )
    from_day = day(since, desk)
    _show(desk, actions.add(desk, new, from_day), since=from_day)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: SourceFile,
    since: Annotated[str, Day("--from", help=_("From which day this holds."))] = "",
    columns: Map = None,
    encoding: Encoding = "",
    mapping: Mapping = "",
) -> None:
    """Take in people from a file: name, code, grade, department, superior, alias, regime, login, email.

    Example: salesctl people import staff.xlsx --from 2012-03-01
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.mappings.actions import mapped
    from salesctl.people import imports

    source = mapped(desk, "people", Source(file, columns or (), encoding=encoding), mapping)
    with listed(desk):
        taken = imports.people(desk, source, day(since, desk))
    heads = (Column("people", N_("people taken in"), "count"), Column("known", N_("known already"), "count"))
    show(record(heads, taken), desk)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List the staff, with what holds of them today or on --as-of.

    Example: salesctl people list --as-of 2012-04-16
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        people = list(view.all(Person))
        rows = [_row(actions.described(view, who, desk.today)) for who in people]
    names = {who.code: f"{who.code} {who.name}" for who in people} if _is_told(desk) else {}
    place = next(place for place, column in enumerate(COLUMNS) if column.key == "superior")
    show(
        View(COLUMNS, [(*row[:place], names.get(str(row[place]), row[place]), *row[place + 1 :]) for row in rows]), desk
    )


@app.command("show")
def show_(ctx: typer.Context, who: PersonName) -> None:
    """Show one person's standing over time.

    Example: salesctl people show 林静
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        found = actions.person(view, who)
        rows = view.select(
            "SELECT aspect, value, from_on, until_on FROM standing WHERE person_id = :id ORDER BY aspect, from_on",
            id=found.key,
        )
        names = dict(view.select("SELECT code, code || ' ' || name FROM person")) if _is_told(desk) else {}
        rows = [
            (aspect, names.get(value, value) if aspect == "superior" else value, *days) for aspect, value, *days in rows
        ]
        rows += emails.held(view, found.key)
    columns = (
        Column("aspect", N_("aspect"), "word"),
        Column("value", N_("value"), "word"),
        Column("from", N_("from"), "day"),
        Column("until", N_("until"), "day"),
    )
    show(View(columns, rows, title=f"{found.code} {found.name}"), desk)


@app.command()
def enrol(
    ctx: typer.Context,
    who: PersonName,
    regime: Annotated[str, typer.Argument(metavar="LETTER", help=_("A to E."))],
    since: Annotated[str, Day("--from", help=_("From which day this holds."))] = "",
) -> None:
    """Enrol a person in a regulation: its rules reach nobody else.

    Example: salesctl people enrol 林静 A --from 2012-04-16
    """
    desk: Desk = ctx.obj
    from_day = day(since, desk)
    bound = actions.enrol(desk, who, regime, from_day)
    _show(desk, bound, unchanged(desk), since=from_day)


@app.command()
def promote(
    ctx: typer.Context,
    who: PersonName,
    grade: Annotated[str, typer.Argument(metavar="GRADE", help=_("The new grade."))],
    since: Annotated[str, Day("--from", help=_("From which day this holds."))] = "",
) -> None:
    """Give a person another grade from a day on.

    What was asked for before this is entered goes to those who had such a grade already, as long as there are any.

    Example: salesctl people promote 林静 account_director --from 2013-01-01
    """
    desk: Desk = ctx.obj
    promoted = actions.Joining(who, grade=grade)
    from_day = day(since, desk)
    _show(desk, actions.move(desk, who, promoted, from_day, verb="people.promote"), since=from_day)


@app.command()
def move(
    ctx: typer.Context,
    who: PersonName,
    department: Annotated[str, typer.Option(metavar="TEXT", help=_("The new department."))] = "",
    superior: Annotated[str, typer.Option(metavar="PERSON", help=_("The new direct superior."))] = "",
    since: Annotated[str, Day("--from", help=_("From which day this holds."))] = "",
) -> None:
    """Give a person another department or another superior from a day on.

    Example: salesctl people move 林静 --superior 韩
    """
    desk: Desk = ctx.obj
    if not department and not superior:
        raise actions.NothingSaid
    to = actions.Joining(who, department=department, superior=superior)
    from_day = day(since, desk)
    _show(desk, actions.move(desk, who, to, from_day), since=from_day)


@app.command()
def alias(
    ctx: typer.Context,
    who: PersonName,
    other: Annotated[str, typer.Argument(metavar="NAME", help=_("The other name."))],
) -> None:
    """Give a person another name to be found by.

    Example: salesctl people alias 林静 lin
    """
    desk: Desk = ctx.obj
    named = actions.alias(desk, who, other)
    _show(desk, named, unchanged(desk))


@app.command()
def login(
    ctx: typer.Context,
    who: PersonName,
    account: Annotated[str, typer.Argument(metavar="LOGIN", help=_("A login of this machine."))],
) -> None:
    """Bind a login of this machine to a person.

    Example: salesctl people login 林静 linj
    """
    desk: Desk = ctx.obj
    bound = actions.login(desk, who, account)
    _show(desk, bound, unchanged(desk))


@app.command()
def email(
    ctx: typer.Context,
    who: PersonName,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help=_("The address, or - for none."))],
) -> None:
    """Say where letters to a person go.

    Example: salesctl people email 林静 lin.jing@example.com
    """
    desk: Desk = ctx.obj
    reached = actions.email(desk, who, address)
    with desk.ledger.reading() as view:
        holds = emails.email_of(view, reached.person.key)
    columns = (*COLUMNS, Column("email", N_("e-mail")))
    show(record(columns, (*_row(reached), holds), unchanged(desk)), desk)


@app.command()
def close(
    ctx: typer.Context,
    who: PersonName,
    last_day: Annotated[str, Day("--last-day", help=_("The last day at work."))] = "",
) -> None:
    """Close a person who leaves; their record stays.

    Example: salesctl people close 林静 --last-day 2013-05-31
    """
    desk: Desk = ctx.obj
    last = day(last_day, desk)
    with desk.ledger.reading() as view:
        found = actions.person(view, who)
    desk.confirm(_("Close {code} {name}, whose last day is {day}?").format(code=found.code, name=found.name, day=last))
    left, customers, reports = actions.close(desk, found.code, last)
    notes = []
    if customers:
        told = _(
            "Customers that {person} still serves: {count}. Next: salesctl handover start --from {code} --to PERSON"
        )
        notes.append(told.format(person=left.person.name, count=customers, code=left.person.code))
    if reports:
        told = _("People who report to {person}: {count}. Next: salesctl people move PERSON --superior PERSON")
        notes.append(told.format(person=left.person.name, count=reports))
    _show(desk, left, *notes)


def _show(desk: Desk, one: actions.Described, *notes: str, since: date | None = None) -> None:
    """One person as they stand on the business day; a change that begins later is said so."""
    later = _("This holds from {day}.").format(day=since) if since and since > desk.today else ""
    show(record(COLUMNS, _row(one), *notes, later), desk)


def _is_told(desk: Desk) -> bool:
    """Whether people read the answer: they want a superior's name, where programs want the code alone."""
    return form_of(desk.form, desk.output) == "table"


def _row(one: actions.Described) -> tuple[object, ...]:
    who = one.person
    last_day = who.closed_on - timedelta(days=1) if who.closed_on else None
    return (who.code, who.name, *one.held, last_day)
