"""`policy show · check · explain · adopt`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.show import say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND, Invalid
from salesctl.policy.units import plain_yuan
from salesctl.rulebook import packs, shown

app = typer.Typer()

ANSWERS = {"fen": "money", "grade": "word", "word": "word", "day": "day"}  # unit -> column kind
LISTS = {"grade": "words", "word": "words"}
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=_("The folder of the pack."))]


@app.command("show")
def show_(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help=_("A clause A-6.2, a figure A.commission.authority, a reading AMB-A6-a.")),
    ] = "",
    figures: Annotated[bool, typer.Option("--figures", help=_("List the figures."))] = False,
    readings: Annotated[bool, typer.Option("--readings", help=_("List the readings chosen."))] = False,
) -> None:
    """Show what the regulations say: all clauses, or one clause, figure or reading.

    Example: salesctl policy show A-6.2
    """
    desk: Desk = ctx.obj
    policy = desk.policy
    if name:
        show(shown.found(policy, name, desk.today), desk)
    elif figures:
        show(shown.figures(policy, policy.keys, desk.today), desk)
    elif readings:
        show(shown.readings(policy, policy.readings, desk.today), desk)
    else:
        show(shown.clauses(policy, policy.clauses, desk.today), desk)


@app.command()
def check(
    ctx: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="FOLDER", help=_("Packs to check; none: all that hold here."))
    ] = None,
) -> None:
    """Check packs, and list every fault at once. Exit 5 if there is any.

    Example: salesctl policy check our-pack
    """
    desk: Desk = ctx.obj
    beside = packs.adopted(desk)
    found = (
        [(str(folder), fault) for folder in folders for fault in packs.faults_in(folder, beside)[1]]
        if folders
        else list(packs.all_faults(desk))
    )
    columns = (
        Column("pack", N_("pack")),
        Column("file", N_("file")),
        Column("entry", N_("entry")),
        Column("fault", N_("fault")),
    )
    if found or desk.form or desk.output:
        show(View(columns, [(pack, fault.file, fault.entry, packs.said(fault)) for pack, fault in found]), desk)
    count = len(folders or desk.policy.packs)
    say(_("Packs checked: {count}; faults: {faults}.").format(count=count, faults=len(found)))
    if found:
        raise typer.Exit(UNSOUND)


@app.command()
def explain(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=_("Such as approvals.approver; none: all rules."))] = "",
    given: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help=_("A fact the rule needs; once for each."))
    ] = None,
) -> None:
    """Ask a rule, and show its answer with the working and the clauses.

    Example: salesctl policy explain approvals.approver --given commission=9300 --given received=186000
    """
    from salesctl.rulebook.asking import ask

    desk: Desk = ctx.obj
    if not rule:
        _list_rules(desk)
        return
    outcome = ask(rule, _facts(given or []), on=desk.today, policy=desk.policy, calendar=desk.calendar)
    kind = LISTS.get(outcome.unit, "lines") if isinstance(outcome.value, list) else ANSWERS.get(outcome.unit, "text")
    columns = (
        Column("rule", N_("rule")),
        Column("on", N_("on"), "day"),
        Column("answer", N_("answer"), kind),
        Column("clauses", N_("clauses"), "lines"),
    )
    clauses = [clause for clause in outcome.clauses if clause]
    answer = [_line(part, outcome.unit) for part in outcome.value] if kind == "lines" else outcome.value
    show(record(columns, (rule, desk.today, answer, clauses), outcome=outcome), desk)


def _line(part: object, unit: str) -> str:
    """One part of an answer that has many."""
    return plain_yuan(part) if unit == "fen" and isinstance(part, int) else str(part)


@app.command()
def adopt(ctx: typer.Context, folder: Folder) -> None:
    """Adopt a company's pack: from now on its figures hold. A general manager's step.

    Example: salesctl policy adopt our-pack
    """
    desk: Desk = ctx.obj
    done = packs.adopt(desk, folder)
    columns = (
        Column("pack", N_("pack")),
        Column("extends", N_("extends")),
        Column("digest", N_("digest")),
        Column("figures", N_("figures"), "lines"),
    )
    note = "" if done.is_new else _("This content holds already; nothing was written.")
    row = (done.pack["code"], done.pack["extends"], done.pack["digest"][:12], list(done.pack["entries"]))
    show(record(columns, row, note, outcome=done.outcome), desk)


def _list_rules(desk: Desk) -> None:
    from salesctl.rulebook.asking import parameters, rules

    columns = (Column("rule", N_("rule")), Column("takes", N_("takes")))
    show(View(columns, [(name, ", ".join(parameters(rule))) for name, rule in rules().items()]), desk)


def _facts(given: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for name, sign, value in pairs:
        if not name or not sign:
            raise Invalid(value=f"{name}{sign}{value}", what=N_("a fact"), example="commission=9300")
    return {name.strip(): value for name, _sign, value in pairs}
