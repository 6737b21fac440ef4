"""`customer form start · fill · sign · show · list · print` (E-7)."""

from pathlib import Path
from typing import Annotated

import typer

from salesctl.console import words
from salesctl.console.arguments import CustomerName, completing
from salesctl.console.inputs import one_line
from salesctl.console.show import form_of, is_for_people, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.customer_forms import actions, facts
from salesctl.customer_forms.rows import CustomerForm
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.policy.units import shown as printable

app = typer.Typer()

COLUMNS = (
    Column("number", N_("number")),
    Column("customer", N_("customer")),
    Column("state", N_("state")),
    Column("empty", N_("fields empty"), "count"),
    Column("filled_on", N_("filled in on"), "day"),
    Column("salesperson", N_("salesperson")),
    Column("superior", N_("superior")),
    Column("manager", N_("manager")),
)
STATES = {
    "incomplete": N_("not filled in yet"),
    "complete": N_("filled in, signed by nobody"),
    "salesperson": N_("signed by the salesperson"),
    "superior": N_("signed by the superior too"),
    "manager": N_("signed by all three"),
}
Number = Annotated[
    str,
    typer.Argument(
        metavar="FORM",
        help=_("As CF-3, or the customer."),
        autocompletion=completing("customer_form", "number", "number"),
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=TEXT", help=_("What a field says; repeat it. Without a text it is empty.")),
]


@app.command()
def start(ctx: typer.Context, which: CustomerName, fields: Fields = None) -> None:
    """Begin the information form of a new customer; what the ledger knows of it is filled in (E-7).

    `salesctl policy show E.duties.customer_data` lists the fields.

    Example: salesctl customer form start 云帆 --set contact=王敏 --set phone=010-62345678
    """
    desk: Desk = ctx.obj
    told(desk, actions.start(desk, which, _said(fields)).number)


@app.command()
def fill(ctx: typer.Context, number: Number, fields: Fields = None) -> None:
    """Fill in fields of a form; whoever has signed it signs again.

    Example: salesctl customer form fill CF-3 --set tax_number=110108123456789 --set address=北京市海淀区
    """
    desk: Desk = ctx.obj
    if not fields:
        raise Invalid(value="", what=N_("a field with its text"), example="--set contact=王敏")
    told(desk, actions.fill(desk, number, _said(fields)).number)


@app.command()
def sign(ctx: typer.Context, number: Number) -> None:
    """Sign a complete form: the salesperson first, then the superior, then the manager (E-7).

    Who they are follows from who serves the customer and from the reporting line. An incomplete form, or a signature
    out of turn, is refused and recorded.

    Example: salesctl customer form sign CF-3 --as 林静
    """
    desk: Desk = ctx.obj
    told(desk, actions.sign(desk, number).number)


@app.command("show")
def show_(ctx: typer.Context, number: Number) -> None:
    """Show a form: what it says, what is empty, who signed, who signs next.

    Example: salesctl customer form show CF-3
    """
    told(ctx.obj, number)


@app.command("list")
def list_(
    ctx: typer.Context,
    open_: Annotated[bool, typer.Option("--open", help=_("Only those that not all three have signed."))] = False,
) -> None:
    """List the forms of new customers, and how far they are signed today or on --as-of (E-7).

    Example: salesctl customer form list --open
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        forms = view.all(CustomerForm, "filled_on <= :day", day=desk.today)
        found = facts.wholes(view, forms, desk.today, desk.policy)
    is_told = is_for_people(desk)
    rows = [_row(one, is_told=is_told) for one in found if not (open_ and one.state == facts.SIGNERS[-1])]
    show(View(COLUMNS, rows, notes=[] if rows else [_("There is no such form.")]), desk)


@app.command("print")
def print_(
    ctx: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file that ends in .pdf or .xlsx."))],
) -> None:
    """Print the 《客户信息表》, in both languages, to be signed and filed; that it was printed is recorded (E-7).

    Example: salesctl customer form print CF-3 CF-3.pdf
    """
    from salesctl.customer_forms.printing import printed

    desk: Desk = ctx.obj
    told(desk, printed(desk, number, file).form.number)


def told(desk: Desk, number: str) -> None:
    """Show one form with its fields, in the language of this run."""
    with desk.ledger.reading() as view:
        one = facts.whole(view, facts.form(view, number), desk.today, desk.policy)
        named = facts.signers(view, one.customer.key, desk.today)
    labels = facts.labels(desk.today, desk.policy)
    place = 0 if words.language == "zh_CN" else 1
    columns = [Column(name, label[place]) for name, label in labels.items()]
    notes = []
    if one.missing:
        empty = _(", ").join(labels[name][place] for name in one.missing)
        notes.append(_("Still empty: {fields}. An incomplete form is not signed (E-7).").format(fields=empty))
    else:
        done = [mark.signer for mark in one.signed]
        coming = next((name for name in facts.SIGNERS if name not in done), "")
        who = named.get(coming)
        if coming:
            told_next = _("Next signs the {signer}: {person}.")
            notes.append(told_next.format(signer=_(coming), person=f"{who.code} {who.name}" if who else "-"))
    is_told = form_of(desk.form, desk.output) == "table"
    row = (*_row(one, is_told=is_told), *(one.content.get(name, "") for name in labels))
    show(record((*COLUMNS, *columns), row, *notes), desk)


def _row(one: facts.Whole, *, is_told: bool) -> tuple[object, ...]:
    state = _(STATES[one.state]) if is_told else one.state
    signed = {mark.signer: f"{mark.person} {mark.on}" for mark in one.signed}
    places = [signed.get(name, "") for name in facts.SIGNERS]
    return (one.form.number, one.customer.name, state, len(one.missing), one.form.filled_on, *places)


def _said(fields: list[str] | None) -> dict[str, str]:
    said: dict[str, str] = {}
    for text in fields or ():
        name, sign, value = text.replace("＝", "=", 1).partition("=")
        if not sign or not name.strip():
            raise Invalid(value=printable(text), what=N_("a field with its text"), example="--set contact=王敏")
        said[name.strip()] = one_line(value, 200) if value.strip() else ""
    return said
