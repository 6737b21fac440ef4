"""`handover visit · waive · visits · join`."""

from typing import Annotated

import typer

from salesctl.console.arguments import completing
from salesctl.console.inputs import one_line
from salesctl.console.intake import listed
from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers import joining, visiting
from salesctl.handovers.actions import handover
from salesctl.handovers.rows import Handover

app = typer.Typer()

WORDS = (N_("verified"), N_("not signed"), N_("not visited"), N_("waived"))
VISITS = (
    Column("code", N_("code")),
    Column("customer", N_("customer")),
    Column("state", N_("state"), "word"),
    Column("visited_on", N_("visited by all three on"), "day"),
    Column("signer", N_("signed for the customer")),
    Column("waived_by", N_("waived by")),
    Column("evidence", N_("grounds or papers")),
)
ROLES = (
    Column("role", N_("role"), "word"),
    Column("clauses", N_("clauses")),
    Column("person", N_("person")),
    Column("joined_on", N_("since"), "day"),
)
Number = Annotated[
    str,
    typer.Argument(metavar="HANDOVER", help=_("As H-3."), autocompletion=completing("handover", "number", "state")),
]
Customers = Annotated[
    list[str],
    typer.Argument(metavar="CUSTOMER", help=_("One customer or several."), autocompletion=completing("customer")),
]


def _each(typed: list[str]) -> list[str]:
    """Customers as they are typed: one word each, or a list with commas, as `handover start --customers` takes it."""
    return [name for text in typed for name in listed(text.replace("，", ","))] or typed


@app.command()
def visit(
    ctx: typer.Context,
    number: Number,
    customers: Customers,
    present: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="PERSON",
            help=_("Who of the three came, if not all; repeat it."),
            autocompletion=completing("person"),
        ),
    ] = None,
    signer: Annotated[
        str, typer.Option("--signer", metavar="NAME", help=_("Who signed the papers for the customer (E-6b)."))
    ] = "",
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help=_("Where the signed papers are, who else came."))
    ] = "",
) -> None:
    """Record a visit to customers on today or --on: transferor, receiver and supervisor together (E-6a, E-6b).

    A visit at which one of the three was missing is kept, and does not count. Said again for a day, it replaces.

    Example: salesctl handover visit H-3 云帆 --on 2012-06-04 --signer 王敏
    """
    desk: Desk = ctx.obj
    if present and len({name.strip().casefold() for name in present}) < len(present):
        raise Invalid(value=", ".join(present), what=N_("a list of different people"), example="--with lin --with chen")
    seen = visiting.Seen(
        _each(customers),
        tuple(present or ()),
        one_line(signer, 200) if signer else "",
        one_line(evidence) if evidence else "",
    )
    _show(desk, visiting.visit(desk, number, seen))


@app.command()
def waive(
    ctx: typer.Context,
    number: Number,
    customers: Customers,
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help=_("Why it cannot be made."))],
) -> None:
    """Waive a visit that cannot be made; only the department manager may, and it stays unverified (AMB-E-i).

    A customer that stays unverified holds up nothing, but the receiver may refuse to sign because of it (E-4c).

    Example: salesctl handover waive H-3 云帆 --evidence "struck off the register, notice of 2012-05-30" --as zhou
    """
    desk: Desk = ctx.obj
    _show(desk, visiting.waive(desk, number, _each(customers), one_line(evidence)))


@app.command()
def visits(ctx: typer.Context, number: Number) -> None:
    """List the customers of a handover: visited by all three, signed by the customer, waived (E-6).

    Example: salesctl handover visits H-3
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        begun = handover(view, number)
    _show(desk, begun)


@app.command()
def join(
    ctx: typer.Context,
    number: Number,
    who: Annotated[
        str,
        typer.Argument(
            metavar="[PERSON]", help=_("Who takes part; nobody lists the roles."), autocompletion=completing("person")
        ),
    ] = "",
    role: Annotated[
        str,
        typer.Option(
            "--role", metavar="ROLE", help=_("A role the customers' channels want (E-10), or observer (E-9).")
        ),
    ] = "",
) -> None:
    """Record that somebody takes part in a handover in a role its channels want; without a person, list the roles.

    Example: salesctl handover join H-3 何静 --role finance
    """
    desk: Desk = ctx.obj
    if bool(who) != bool(role):
        raise Invalid(value=who or role, what=N_("a person with a role"), example="何静 --role finance")
    notes = []
    if who:
        joined = joining.join(desk, number, who, role)
        begun = joined.handover
        expected = joined.role.removeprefix("head_office_")
        if expected in ("finance", "commerce", "assistant") and joined.grade != expected:
            told = _("The ledger knows them as {grade}, not as {role}.")
            grade = _(joined.grade.replace("_", " ")) if joined.grade else "-"
            notes.append(told.format(grade=grade, role=_(expected)))
    with desk.ledger.reading() as view:
        begun = begun if who else handover(view, number)
        rows = joining.roles_of(view, begun, desk.today)
    missing = sum(not one.person for one in rows)
    if missing:
        notes.append(_("Nobody has taken {missing} of the roles yet (E-10).").format(missing=missing))
    show(View(ROLES, rows, notes=notes), desk)


def _show(desk: Desk, begun: Handover) -> None:
    with desk.ledger.reading() as view:
        rows = visiting.states(view, desk, begun)
    left = sum(one.state.startswith("not") for one in rows)
    waived = sum(one.state == "waived" for one in rows)
    notes = [_("{left} of {all} customers have still to be visited or to sign (E-6).")] if left else []
    if waived:
        notes.append(_("{waived} stay unverified: the receiver may refuse to sign because of them (E-4c)."))
    said = [note.format(left=left, all=len(rows), waived=waived) for note in notes]
    show(View(VISITS, rows, notes=said or [_("Every customer was visited by all three and has signed (E-6).")]), desk)
