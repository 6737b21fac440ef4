"""`handover start · show · list`; the other verbs stand in modules of their own, one after another."""

import sys
from typing import Annotated, Any

import typer

from salesctl.console.arguments import Day, completing
from salesctl.console.inputs import parse_day
from salesctl.console.show import form_of, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers import actions
from salesctl.handovers.items import Item
from salesctl.handovers.papers_cli import app
from salesctl.handovers.rows import Handover
from salesctl.policy.outcome import Outcome

WORDS = (
    N_("open"),
    N_("complete"),
    N_("cancelled"),
    N_("transferor"),
    N_("receiver"),
    N_("handover supervisor"),
)
COLUMNS = (
    Column("number", N_("number")),
    Column("state", N_("state"), "word"),
    Column("transferor", N_("transferor")),
    Column("receiver", N_("receiver")),
    Column("supervisor", N_("handover supervisor")),
    Column("deviation", N_("deviation from E-4d")),  # the reading it rests on
    Column("started_on", N_("started on"), "day"),
    Column("leaving_on", N_("last day"), "day"),
    Column("planned_on", N_("planned completion"), "day"),
    Column("signed_on", N_("last signature"), "day"),
    Column("ended_on", N_("over since"), "day"),
)
ROLES = Column("roles", N_("takes part"), "lines")
ITEMS = (
    Column("category", N_("category"), "word"),
    Column("kind", N_("what"), "word"),
    Column("about", N_("number")),
    Column("customer", N_("customer")),
    Column("amount", N_("amount"), "money"),
    Column("dated", N_("day"), "day"),
    Column("said", N_("note")),
    Column("waits_for", N_("waits for"), "words"),
)


@app.command()
def start(
    ctx: typer.Context,
    transferor: Annotated[
        str,
        typer.Option("--from", metavar="PERSON", help=_("Who hands over."), autocompletion=completing("person")),
    ],
    receiver: Annotated[
        str, typer.Option("--to", metavar="PERSON", help=_("Who takes over."), autocompletion=completing("person"))
    ],
    customers: Annotated[
        str, typer.Option(metavar="LIST", help=_("Customers with commas between them, or all."))
    ] = "all",
    leaving: Annotated[str, Day("--leaving", help=_("The transferor's last day at work, if they leave."))] = "",
) -> None:
    """Start a handover: its supervisor, who takes part, and the checklist of everything that passes on (E-4 to E-10).

    Example: salesctl handover start --from 林静 --to 陈涛 --leaving 2012-06-30
    """
    desk: Desk = ctx.obj
    named = _names(customers)
    last_day = parse_day(leaving, desk.today) if leaving else None
    started = actions.start(desk, actions.Wish(transferor, receiver, named, last_day))
    _show(desk, started.whole, started.outcome, _notes(started))


@app.command("show")
def show_(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(metavar="NUMBER", help=_("As H-3."), autocompletion=completing("handover", "number", "state")),
    ],
) -> None:
    """Show a handover: the parties, who takes part, and its checklist.

    Example: salesctl handover show H-3
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        whole = actions.whole(view, desk, actions.handover(view, number))
    _show(desk, whole)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List the handovers.

    Example: salesctl handover list
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = [_row(one, *actions.parties(view, one)) for one in view.all(Handover)]
    show(View(COLUMNS, rows), desk)


def _names(text: str) -> tuple[str, ...]:
    """The customers listed; none for all of them."""
    named = tuple(filter(None, (part.strip() for part in text.replace("，", ",").replace("、", ",").split(","))))
    if not named:
        raise Invalid(value=text, what=N_("a list of customers"), example="云帆,远大, all")
    return () if [name.casefold() for name in named] in (["all"], ["全部"]) else named


def _notes(started: actions.Started) -> list[str]:
    whole, notes = started.whole, []
    if whole.handover.is_deviation:
        told = _("{supervisor} is not the direct superior of both, but the lowest superior both have (E-4d, AMB-E-d).")
        notes.append(told.format(supervisor=whole.supervisor))
    if started.earliest_leaving:
        told = _(
            "A departure report filed today makes {day} the earliest last day (E-8); "
            "the company's approval is no condition of leaving (L-9)."
        )
        notes.append(told.format(day=started.earliest_leaving))
    notes.append(_("The customers stay with the transferor until the handover is complete (E-16)."))
    return notes


def _row(one: Handover, *parties: str) -> tuple[Any, ...]:
    deviation = "AMB-E-d" if one.is_deviation else ""
    return (one.number, one.state, *parties, deviation, one.started_on, one.leaving_on, *_days(one))


def _days(one: Handover) -> tuple[Any, ...]:
    return (one.planned_on, one.signed_on, one.ended_on)


def _show(desk: Desk, whole: actions.Whole, outcome: Outcome | None = None, notes: list[str] | None = None) -> None:
    """The record and its checklist: one object for JSON, the checklist alone for a file, both for people."""
    form = form_of(desk.form, desk.output)
    if form == "json":
        show(_record(whole, _facts(whole), outcome).but(notes=notes or ()), desk)
        return
    if form == "table" and not desk.output:
        show(_record(whole, _told(whole), outcome), desk)
    views = _by_category(whole) if form == "table" and not desk.output and sys.stdout.isatty() else [_checklist(whole)]
    for view in views[:-1]:
        show(view, desk)
    show(views[-1].but(notes=notes or ()), desk)


def _record(whole: actions.Whole, more: dict[Column, Any], outcome: Outcome | None) -> View:
    row = _row(whole.handover, whole.transferor, whole.receiver, whole.supervisor)
    return record((*COLUMNS, *more), (*row, *more.values()), outcome=outcome)


def _counts(whole: actions.Whole) -> dict[Column, Any]:
    recorded = [item.category for item in whole.items if item.kind != "none"]
    return {
        Column(name, name.replace("_", " "), "count"): recorded.count(name)
        for name in dict.fromkeys(item.category for item in whole.items)
    }


def _told(whole: actions.Whole) -> dict[Column, Any]:
    """For people: each role with the clauses that want it."""
    roles = [f"{_(role.role.replace('_', ' '))} ({role.clauses})" for role in whole.roles]
    return {ROLES: roles, **_counts(whole)}


def _facts(whole: actions.Whole) -> dict[Column, Any]:
    """For programs: the roles and the items as they are."""
    keys = [column.key for column in ITEMS]
    items = [dict(zip(keys, (*item.plain(), whole.signers), strict=True)) for item in whole.items]
    roles = [{"role": role.role, "clauses": role.clauses.split(", ")} for role in whole.roles]
    return {ROLES: roles, **_counts(whole), Column("items", N_("checklist")): items}


def _checklist(whole: actions.Whole) -> View:
    return View(ITEMS, [(*item, whole.signers) for item in whole.items])


def _by_category(whole: actions.Whole) -> list[View]:
    """For a terminal: one table for each category, without the columns it does not need."""
    waits = _(", ").join(_(signer.replace("_", " ")) for signer in whole.signers)
    views = []
    for category in dict.fromkeys(item.category for item in whole.items):
        rows = [_said(item)[1:] for item in whole.items if item.category == category]
        used = [place for place in range(len(ITEMS) - 2) if any(row[place] not in ("", None) for row in rows)]
        title = _("{category}: waits for {signers}").format(category=_(category.replace("_", " ")), signers=waits)
        views.append(
            View([ITEMS[1:][place] for place in used], [[row[place] for place in used] for row in rows], f"\n{title}")
        )
    return views


def _said(item: Item) -> Item:
    if item.kind == "none":
        return item.but(said=_('nothing is recorded: a list or a signed "none" is needed (E-5)'))
    return item.but(said="") if item.said == item.customer else item
