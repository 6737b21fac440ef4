"""`policy show · check · explain · coverage · compare · new · adopt`."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console import words
from salesctl.console.show import say, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND, Invalid, Unknown
from salesctl.policy.units import plain_yuan
from salesctl.rulebook import packs, shown
from salesctl.rulebook.rehearsing_cli import app

ANSWERS = {"fen": "money", "grade": "word", "word": "word", "day": "day"}  # unit -> column kind
LISTS = {"grade": "words", "word": "words"}
COVERAGE = (
    Column("clause", N_("clause"), "code"),
    Column("kind", N_("kind"), "word"),
    Column("state", N_("state"), "word"),
    Column("figures", N_("figures"), "lines"),
    Column("rules", N_("rules"), "lines"),
    Column("cases", N_("cases"), "count"),
    Column("commands", N_("commands"), "lines"),
)
COMPARED = (
    Column("what", N_("what"), "word"),
    Column("name", N_("figure or case")),
    Column("from", N_("from")),
    Column("until", N_("until")),
    Column("first", N_("first"), "lines"),
    Column("second", N_("second"), "lines"),
)
WORDS = (N_("figure"), N_("case"))
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=_("The folder of the pack."))]


@app.command("show")
def show_(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help=_("A clause A-6.2, a figure A.commission.authority, a reading, a pack A.")),
    ] = "",
    figures: Annotated[bool, typer.Option("--figures", help=_("List the figures."))] = False,
    readings: Annotated[bool, typer.Option("--readings", help=_("List the readings chosen."))] = False,
) -> None:
    """Show what the regulations say: all clauses, or one clause, figure, reading or pack.

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
    answer = outcome.value
    if isinstance(answer, list) and kind == "lines":
        answer = [_line(part, outcome.unit) for part in answer]
    show(record(columns, (rule, desk.today, answer, clauses), outcome=outcome), desk)


def _line(part: object, unit: str) -> str:
    """One part of an answer that has many."""
    return plain_yuan(part) if unit == "fen" and isinstance(part, int) else str(part)


@app.command()
def coverage(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("A regulation A, an article A-6, a clause."))] = "",
    still_open: Annotated[bool, typer.Option("--open", help=_("Only what nothing keeps yet."))] = False,
) -> None:
    """Show how each clause is kept: by which figures, rules, worked examples and commands.

    Example: salesctl policy coverage A-6
    """
    from salesctl.rulebook import coverage as covering

    desk: Desk = ctx.obj
    found = [line for line in covering.lines(desk.policy) if line.is_of(name)]
    if not found:
        raise Unknown(what=N_("clause"), value=name, candidates="", listing="salesctl policy show")
    rows = [line for line in found if line.state == "open" or not still_open]
    if rows or desk.form or desk.output:
        show(View(COVERAGE, rows), desk)
    counts = {state: sum(line.state == state for line in found) for state in ("covered", "no_behaviour", "open")}
    say(_("Clauses covered: {covered}; without behaviour: {no_behaviour}; open: {open}.").format(**counts))


@app.command()
def compare(
    ctx: typer.Context,
    first: Annotated[str, typer.Argument(metavar="PACK", help=_("now, the code of a pack, or a pack's folder."))],
    second: Annotated[str, typer.Argument(metavar="PACK", help=_("The one it is compared with."))],
    with_cases: Annotated[bool, typer.Option("--cases", help=_("The worked examples that change, too."))] = False,
) -> None:
    """Show which figures two packs state differently, and which worked examples they answer differently.

    Example: salesctl policy compare A A2 --cases
    """
    from salesctl.rulebook import comparing

    desk: Desk = ctx.obj
    pair = [comparing.packs_under(name, desk) for name in (first, second)]
    rows = [
        ("figure", value.figure, value.since, value.until, value.first, value.second)
        for value in comparing.values(pair[0], pair[1], shown.spoken, words.of)
    ]
    if with_cases:
        changed = comparing.changed_cases(pair[0], pair[1], desk.calendar)
        rows += [("case", case.says, None, None, [case.first], [case.second]) for case in changed]
    unset = [_("not in force")]
    show(View(COMPARED, [(*row[:4], row[4] or unset, row[5] or unset) for row in rows]), desk)
    say(_("Different: {count}.").format(count=len(rows)))


@app.command()
def new(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="NAME", help=_("A new folder; its name is the pack's code."))],
    extends: Annotated[str, typer.Option("--from", metavar="REGULATION", help=_("Whose figures it will set: A to E."))],
) -> None:
    """Start a company's own pack: every figure it may set stands there as a comment.

    Example: salesctl policy new our-figures --from A
    """
    from salesctl.rulebook.starting import start

    desk: Desk = ctx.obj
    files = start(desk, folder, extends)
    columns = (Column("folder", N_("folder")), Column("files", N_("files"), "lines"))
    note = _("Nothing is set yet. Edit the files, then: salesctl policy check {folder}").format(folder=folder)
    show(record(columns, (str(folder), files), note), desk)


@app.command()
def adopt(ctx: typer.Context, folder: Folder) -> None:
    """Adopt a company's pack: from now on its figures hold. A general manager's step.

    A request that waits is decided by the figures there were when it was asked for.

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
