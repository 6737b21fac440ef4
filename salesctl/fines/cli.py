"""`fine list · show · confirm · waive · suspend · post`; `incidents · uphold · drop` stand in `negligence_cli`."""

from collections.abc import Callable
from typing import Annotated

import typer

from salesctl.console.arguments import among, completing
from salesctl.console.show import form_of, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.fines import actions, facts
from salesctl.fines.actions import Wage, Working
from salesctl.fines.negligence_cli import app
from salesctl.fines.rules import BLOCKED
from salesctl.policy.units import parse_money, shown, yuan

STATES = ("proposed", "suspended", "confirmed", "waived", "deduction_candidate", "posted", "blocked_by_law")
COLUMNS = (
    Column("number", N_("number")),
    Column("clause", N_("clause")),
    Column("matter", N_("matter"), "word"),
    Column("person", N_("person")),
    Column("amount", N_("amount"), "money"),
    Column("about", N_("about")),
    Column("occurred_on", N_("occurred on"), "day"),
    Column("proposed_on", N_("proposed on"), "day"),
    Column("reported_by", N_("reported by")),
    Column("state", N_("state"), "word"),
    Column("ceiling", N_("ceiling by law"), "money"),
    Column("steps", N_("steps"), "lines"),
)
LISTED = tuple(place for place, column in enumerate(COLUMNS) if column.key not in ("reported_by", "ceiling", "steps"))
LONGEST_REASON = 500
Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER", help=_("The fine, such as F-3."), autocompletion=completing("fine", "number", "state")
    ),
]


@app.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str,
        typer.Option("--state", metavar="STATE", help=_("Only fines of this state."), autocompletion=among(*STATES)),
    ] = "",
) -> None:
    """List fines: what a rule proposed, and what people made of it (K-10).

    Example: salesctl fine list --state proposed
    """
    desk: Desk = ctx.obj
    wanted = state.strip().replace("-", "_").replace(" ", "_")
    if wanted and wanted not in STATES:
        raise Invalid(value=shown(state), what=N_("a state of a fine"), example=", ".join(STATES))
    with desk.ledger.reading() as view:
        found = actions.listed(view, desk, wanted)
    rows = [[_row(one)[place] for place in LISTED] for one in found]
    show(View([COLUMNS[place] for place in LISTED], rows), desk)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a fine with its steps and what the law has to say of its kind.

    Example: salesctl fine show F-3
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        one = actions.working(view, desk, facts.fine(view, number))
    _show(desk, one)


@app.command()
def confirm(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why, if there is more to say."))] = "",
) -> None:
    """Confirm a fine, if you may decide on it; it is still posted nowhere.

    Example: salesctl fine confirm F-3
    """
    one = actions.decide(ctx.obj, number, "confirmed", _reason(reason))
    _show(ctx.obj, one, _next(one))


@app.command()
def waive(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why it is let go."))],
) -> None:
    """Waive a fine that is not posted yet, with a reason; that ends it (K-10).

    Example: salesctl fine waive F-3 --reason "the customer was paid the rest"
    """
    _show(ctx.obj, actions.decide(ctx.obj, number, "waived", _given(reason)))


@app.command()
def suspend(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("What it waits for."))],
) -> None:
    """Suspend a proposed fine: nobody has decided yet, and it waits for something.

    Example: salesctl fine suspend F-3 --reason "the customer is asked again"
    """
    _show(ctx.obj, actions.decide(ctx.obj, number, "suspended", _given(reason)))


@app.command()
def post(
    ctx: typer.Context,
    number: Number,
    wage: Annotated[
        str, typer.Option("--wage", metavar="YUAN", help=_("The wage of the month, sales commission with it (L-21)."))
    ],
    taken: Annotated[
        str,
        typer.Option(
            "--taken", metavar="YUAN", help=_("What was taken from it before, if it is more than the ledger knows.")
        ),
    ] = "0",
    held: Annotated[
        bool, typer.Option("--held", help=_("Wages are held for a handover, or a notice's window is open."))
    ] = False,
) -> None:
    """Bring a confirmed fine towards its ledger, within the law (L-1 to L-4); no money moves by itself.

    The first time it becomes a candidate. Once it is booked, say it again: it is marked as posted, or as blocked where
    the law does not let so much be taken from that wage.

    Example: salesctl fine post F-3 --wage 9000
    """
    one = actions.post(ctx.obj, number, Wage(parse_money(wage), parse_money(taken), held))
    demanded = _("The regulation asks {amount}; the law lets {ceiling} be taken from this wage.")
    unset = _(
        "The regulation asks {amount}; the share of this wage lets {share} be taken (L-1), and what the minimum wage "
        "leaves of it is not known: {key} is not set (L-2)."
    )
    fill = {
        "amount": yuan(one.fine.amount),
        "ceiling": yuan(one.ceiling or 0),
        "share": yuan(one.share),
        "key": actions.FLOOR,
    }
    said = (unset if one.ceiling is None else demanded).format(**fill)
    goes = _("It is booked in: {ledger}.").format(ledger=_(one.answer.replace("_", " ")))
    _show(ctx.obj, one, said, goes if one.answer != BLOCKED else "", _next(one))


def _next(one: Working) -> str:
    """What may follow, for whoever has just decided."""
    number = one.fine.number
    if one.fine.state == "confirmed":
        return _("Posting asks the law first: salesctl fine post {number} --wage YUAN").format(number=number)
    if one.fine.state != actions.CANDIDATE:
        return ""
    if one.answer == BLOCKED:
        text = _("As things stand the law blocks it: said again, {number} is marked as blocked for good.")
    else:
        text = _("Nothing was taken. When it is booked, say it again: {number} is then marked as posted.")
    return text.format(number=number)


def _given(text: str) -> str:
    if not text.strip():
        raise Invalid(value=text, what=N_("a reason"), example='--reason "the customer was paid the rest"')
    return _reason(text)


def _reason(text: str) -> str:
    if len(text) > LONGEST_REASON or not text.isprintable():
        raise Invalid(value=shown(text), what=N_("a reason of one line"), example='"the customer was paid the rest"')
    return text.strip()


def _show(desk: Desk, one: Working, *notes: str) -> None:
    word = str if form_of(desk.form, desk.output) in ("json", "csv") else _in_words
    show(record(COLUMNS, _row(one, word), *notes, outcome=one.outcome), desk)


def _row(one: Working, word: Callable[[str], str] = str) -> tuple[object, ...]:
    fine, names = one.fine, one.names
    return (
        fine.number,
        fine.clause,
        fine.matter,
        names.person,
        fine.amount,
        fine.about,
        fine.occurred_on,
        fine.proposed_on,
        names.reporter,
        fine.state,
        one.ceiling,
        [_step(done, word) for done in one.steps],
    )


def _step(done: facts.Done, word: Callable[[str], str]) -> str:
    """A step in one line: day, state, who, sum, where it is booked, why, entry; programs read nothing translated."""
    step = done.step
    said = (str(step.decided_on), word(step.state), done.who, yuan(step.amount), word(step.booked_in), step.reason)
    return "  ".join(part for part in (*said, done.entry) if part)


def _in_words(slug: str) -> str:
    return _(slug.replace("_", " ")) if slug else ""
