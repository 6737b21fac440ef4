"""`import map save · list · show · drop`: how other programs' files name their columns."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from salesctl.console.arguments import DateFormat, Encoding, Map, among, completing, unchanged
from salesctl.console.intake import Field, Source
from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.mappings import actions
from salesctl.mappings.actions import NewMap
from salesctl.mappings.rows import ImportMap

NOUNS = {  # noun -> where the columns of its files stand
    "people": ("salesctl.people.imports", "FIELDS"),
    "customer": ("salesctl.customers.imports", "FIELDS"),
    "contract": ("salesctl.contracts.imports", "FIELDS"),
    "receivable": ("salesctl.receivables.imports", "FIELDS"),
    "receipt": ("salesctl.receivables.receipt_imports", "FIELDS"),
    "visit": ("salesctl.visits.paper", "FIELDS"),
    "sample": ("salesctl.samples.imports", "MOVES"),
    "sample-prices": ("salesctl.samples.imports", "PRICES"),
}
VERBS = {"sample-prices": "sample import-prices"}  # of the others: NOUN import
app = typer.Typer()

COLUMNS = (
    Column("noun", N_("noun")),
    Column("name", N_("name")),
    Column("headings", N_("columns"), "lines"),
    Column("date_format", N_("form of days")),
    Column("encoding", N_("encoding")),
    Column("saved_on", N_("saved on"), "day"),
    Column("saved_by", N_("saved by")),
)
FIELDS = (
    Column("key", N_("column")),
    Column("heading", N_("heading in the file")),
    Column("needed", N_("must be there")),
    Column("known", N_("known by itself as")),
)
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help=_("The mapping's name."), autocompletion=completing("import_map", "name", "noun")
    ),
]
Noun = Annotated[
    str,
    typer.Option(
        "--noun",
        metavar="NOUN",
        help=_("Whose files: {nouns}.").format(nouns=", ".join(NOUNS)),
        autocompletion=among(*NOUNS),
    ),
]


@app.command()
def save(
    ctx: typer.Context,
    name: Name,
    noun: Noun,
    columns: Map = None,
    date_format: DateFormat = "",
    encoding: Encoding = "",
) -> None:
    """Save how a program's files name their columns; the same name again replaces it, and the earlier one is kept.

    Example: salesctl import map save erp --noun receivable --map number=发票号 --date-format %Y/%m/%d
    """
    desk: Desk = ctx.obj
    fields = _fields(noun)
    source = Source(Path(), columns or (), date_format, encoding)
    saved, is_new = actions.save(desk, NewMap(noun, name, source), fields)
    used = _("Use it: salesctl {verb} FILE --mapping {name}")
    used = used.format(verb=VERBS.get(noun, f"{noun} import"), name=saved.name)
    show(record(COLUMNS, _row(desk, saved), "" if is_new else unchanged(desk), used), desk)


@app.command("list")
def list_(ctx: typer.Context, noun: Noun = "") -> None:
    """List the mappings that hold today or on --as-of.

    Example: salesctl import map list --noun receivable
    """
    desk: Desk = ctx.obj
    if noun:
        _fields(noun)
    with desk.ledger.reading() as view:
        found = actions.held(view, desk.today, noun)
    show(View(COLUMNS, [_row(desk, one) for one in found]), desk)


@app.command("show")
def show_(ctx: typer.Context, name: Name, noun: Noun) -> None:
    """Show every column of a noun's files: what this mapping calls it, and what it is known as anyway.

    Example: salesctl import map show erp --noun receivable
    """
    desk: Desk = ctx.obj
    fields = _fields(noun)
    with desk.ledger.reading() as view:
        pairs = actions.headings(actions.named(view, noun, name, desk.today))
    rows = [(one.key, pairs.get(one.key, ""), one.is_needed, ", ".join((one.key, *one.headings))) for one in fields]
    show(View(FIELDS, rows), desk)


@app.command()
def drop(ctx: typer.Context, name: Name, noun: Noun) -> None:
    """Drop a mapping; what came in by it stays, and so does the record that there was one.

    Example: salesctl import map drop erp --noun receivable
    """
    desk: Desk = ctx.obj
    _fields(noun)
    dropped = actions.drop(desk, noun, name)
    show(record(COLUMNS, _row(desk, dropped), _("It holds no more.")), desk)


def _fields(noun: str) -> Sequence[Field]:
    """The columns of a noun's files.

    Raises:
        Invalid: no files of that noun come in.
    """
    if noun not in NOUNS:
        raise Invalid(value=noun, what=N_("a noun with an import"), example=", ".join(NOUNS))
    module, fields = NOUNS[noun]
    found: Sequence[Field] = getattr(import_module(module), fields)
    return found


def _row(desk: Desk, one: ImportMap) -> tuple[object, ...]:
    who = None
    if one.saved_by_id:
        with desk.ledger.reading() as view:
            who = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=one.saved_by_id)
    pairs = [f"{key}={heading}" for key, heading in actions.headings(one).items()]
    return (one.noun, one.name, pairs, one.date_format, one.encoding, one.saved_on, who)
