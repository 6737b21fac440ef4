"""`visit log · leave · return · add-stop · plan · file · list · audit · confirm · overrule · import`."""

from typing import Annotated

import typer

from salesctl.console.arguments import DateFormat, Day, Encoding, Map, Mapping, SourceFile
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.visits import actions
from salesctl.visits.arguments import (
    Again,
    At,
    Case,
    Companies,
    From,
    Number,
    Of,
    OneOf,
    Reason,
    To,
    next_workday,
    period,
)
from salesctl.visits.outings import CAUSES, state_of
from salesctl.visits.shown import (
    DECIDED,
    INCIDENT,
    RETURNED,
    STANDING,
    STATE,
    UNTIL,
    answered,
    decided,
    decision,
    heads,
    listed,
)

app = typer.Typer()


@app.command()
def log(
    ctx: typer.Context,
    names: Companies,
    leave: Annotated[str, typer.Option("--leave", metavar="TIME", help=_("When you leave today, such as 9:45."))] = "",
    direct: Annotated[bool, typer.Option("--direct", help=_("Straight from home (A-1.4)."))] = False,
    on_day: Annotated[str, Day("--date", help=_("The day of a direct visit; the next working day if not said."))] = "",
    again: Again = False,
) -> None:
    """Fill in the outing register before leaving, one word or name per company (A-1.1, A-1.4).

    Example: salesctl visit log 云帆 --leave 9:45
    """
    desk: Desk = ctx.obj
    if direct and leave:
        raise OneOf(trouble=N_("a visit straight from home does not leave the company"), verb="log")
    if on_day and not direct:
        raise OneOf(trouble=N_("--date is for visits straight from home: add --direct"), verb="log")
    meant = next_workday(on_day, desk) if direct else desk.today
    answered(desk, actions.log(desk, actions.Filing(names, meant, direct, leave, again)))


@app.command()
def plan(
    ctx: typer.Context,
    names: Companies,
    on_day: Annotated[str, Day("--date", help=_("The day of the visit; the next working day if not said."))] = "",
    again: Again = False,
) -> None:
    """Note a visit meant to start from home; `check` reminds of filing it (A-1.4).

    Example: salesctl visit plan 云帆 --date 周五
    """
    desk: Desk = ctx.obj
    noted = actions.Filing(names, next_workday(on_day, desk), is_direct=True, is_another=again)
    answered(desk, actions.plan(desk, noted))


@app.command()
def file(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=_("The planned visit, or the outing without an entry."))
    ],
    names: Annotated[list[str] | None, typer.Argument(metavar="[CUSTOMER]...", help=_("Companies to add."))] = None,
) -> None:
    """Fill in the register for a planned visit, or late for an outing without an entry.

    Example: salesctl visit file V-12
    """
    answered(ctx.obj, actions.file(ctx.obj, number, names or []))


@app.command()
def add_stop(
    ctx: typer.Context,
    names: Companies,
    number: Annotated[
        str, typer.Option("--outing", metavar="NUMBER", help=_("The outing; your latest of today if not said."))
    ] = "",
) -> None:
    """Name one more company: before leaving, or on the road (AMB-A1-f).

    Example: salesctl visit add-stop 远大
    """
    answered(ctx.obj, actions.add_stop(ctx.obj, names, number))


@app.command()
def leave(ctx: typer.Context, number: Number = "", at: At = "") -> None:
    """Leave the company; without a clear entry an absence is proposed (A-1.1, A-1.3).

    Example: salesctl visit leave
    """
    answered(ctx.obj, actions.leave(ctx.obj, number, at))


@app.command("return")
def return_(ctx: typer.Context, number: Number = "", at: At = "") -> None:
    """Return to the company.

    Example: salesctl visit return --at 11:30
    """
    answered(ctx.obj, actions.come_back(ctx.obj, number, at))


@app.command("list")
def list_(
    ctx: typer.Context,
    of: Of = "",
    since: From = "",
    until: To = "",
    incidents: Annotated[bool, typer.Option("--incidents", help=_("Only outings with an incident."))] = False,
) -> None:
    """List the outings of a period and their incidents.

    Example: salesctl visit list --of 林静 --from 2012-04-16 --to 2012-04-30
    """
    desk: Desk = ctx.obj
    from salesctl.visits import register

    first, last = period(ctx.obj, ctx.command.name, since, until)
    with desk.ledger.reading() as view:
        found = register.lines(view, first, last, of)
    rows = [
        (*listed(line), line.outing.returned_at, state_of(line.outing), *decision(line.incident)[:3])
        for line in found
        if line.incident or not incidents
    ]
    show(View((*heads(found, desk), RETURNED, STATE, *INCIDENT[:3]), rows), desk)


@app.command()
def audit(ctx: typer.Context, of: Of = "", since: From = "", until: To = "") -> None:
    """Ask the rule again about every outing of a period, and count the absences by cause (A-1.3).

    Example: salesctl visit audit --from 2012-04-16 --to 2012-04-30
    """
    desk: Desk = ctx.obj
    from salesctl.visits import register

    first, last = period(ctx.obj, ctx.command.name, since, until)
    with desk.ledger.reading() as view:
        found = register.lines(view, first, last, of)
        stands = [register.stands(view, desk, line) for line in found]
    rows = [
        (*listed(line), stand, *decided(line), register.absent_until(line, desk))
        for line, stand in zip(found, stands, strict=True)
    ]
    counted = register.by_cause(found, stands)
    sums = {
        state: ", ".join(f"{_(cause)} {of_state[cause]}" for cause in CAUSES) for state, of_state in counted.items()
    }
    note = _("{outings} outings; absences confirmed: {confirmed}; waiting for a decision: {proposed} (0.00 yuan)")
    notes = [note.format(outings=len(found), **sums)]
    show(View((*heads(found, desk), STANDING, *DECIDED, UNTIL), rows, title=f"{first} - {last}", notes=notes), desk)


@app.command()
def confirm(ctx: typer.Context, number: Case, reason: Reason = "") -> None:
    """Confirm a proposed absence, as a director and not in your own case (A-1.3).

    Example: salesctl visit confirm I-3 --reason "没有说明去向"
    """
    from salesctl.visits import decisions

    answered(ctx.obj, decisions.confirm(ctx.obj, number, reason))


@app.command()
def overrule(
    ctx: typer.Context,
    number: Case,
    clear: Annotated[bool, typer.Option("--clear", help=_("The entry is to count: no absence."))] = False,
    unclear: Annotated[bool, typer.Option("--unclear", help=_("The entry is not to count: an absence."))] = False,
    reason: Reason = "",
) -> None:
    """Decide against the rule, as a director and not in your own case (AMB-A1-a).

    Example: salesctl visit overrule I-3 --clear --reason "客户已确认到访"
    """
    from salesctl.visits import decisions

    if clear == unclear:
        raise OneOf(trouble=N_("say either --clear or --unclear"), verb="overrule")
    answered(ctx.obj, decisions.overrule(ctx.obj, number, reason, is_clear=clear))


@app.command("import")
def import_(
    ctx: typer.Context,
    path: SourceFile,
    columns: Map = None,
    date_format: DateFormat = "",
    encoding: Encoding = "",
    mapping: Mapping = "",
    of: Annotated[
        str, typer.Option("--of", metavar="PERSON", help=_("Whose register it is, where the file does not say."))
    ] = "",
) -> None:
    """Take in a paper register: person, company, filed, departed, returned, date, direct.

    Example: salesctl visit import register.xlsx
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.mappings.actions import mapped
    from salesctl.visits import imports

    source = mapped(desk, "visit", Source(path, columns or (), date_format, encoding), mapping)
    with listed(desk):
        taken = imports.visits(desk, source, of)
    heads = (N_("outings taken in"), N_("stops"), N_("known before"), N_("unclear"), N_("late"), N_("missing"))
    keys = ("outings", "stops", "known", *CAUSES)
    show(record([Column(key, head, "count") for key, head in zip(keys, heads, strict=True)], taken), desk)
