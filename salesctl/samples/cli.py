"""`sample product · products · price · place · return · sold · missing · list · moves · import · import-prices`."""

from collections.abc import Callable
from typing import Annotated

import typer

from salesctl.console.arguments import (
    CustomerName,
    DateFormat,
    Day,
    Encoding,
    Map,
    Mapping,
    SourceFile,
    completing,
    day,
)
from salesctl.console.inputs import one_line
from salesctl.console.show import is_for_people, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.customers.actions import customer as customer_of
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.ledger.book import Reading
from salesctl.ledger.row import typed
from salesctl.people.actions import person
from salesctl.policy.units import parse_money
from salesctl.samples import actions, listing, products
from salesctl.samples.actions import Wish, parse_units

app = typer.Typer()

LONGEST_NOTE = 200
KINDS = {
    "placed": N_("placed"),
    "returned": N_("came back"),
    "sold": N_("sold"),
    "missing": N_("missing pieces"),
}
PRODUCTS = (
    Column("product", N_("product")),
    Column("name", N_("name")),
    Column("price", N_("selling price"), "money"),
    Column("since", N_("since"), "day"),
)
STOCK = (
    Column("customer", N_("customer")),
    Column("product", N_("product")),
    Column("placed", N_("placed"), "count"),
    Column("returned", N_("came back"), "count"),
    Column("sold", N_("sold"), "count"),
    Column("missing", N_("missing pieces"), "count"),
    Column("held", N_("at the customer"), "count"),
    Column("price", N_("selling price"), "money"),
    Column("worth", N_("worth"), "money"),
)
MOVES = (
    Column("moved_on", N_("on"), "day"),
    Column("customer", N_("customer")),
    Column("product", N_("product")),
    Column("kind", N_("what")),
    Column("units", N_("pieces"), "count"),
    Column("note", N_("note")),
    Column("recorded_by", N_("recorded by")),
    Column("recorded_at", N_("recorded"), "moment"),
)
MOVED = (
    Column("customer", N_("customer")),
    Column("product", N_("product")),
    Column("kind", N_("what")),
    Column("units", N_("pieces"), "count"),
    Column("moved_on", N_("on"), "day"),
    Column("held", N_("at the customer"), "count"),
    Column("note", N_("note")),
)
ProductName = Annotated[
    str,
    typer.Argument(
        metavar="PRODUCT", help=_("Its code, or the start of its name."), autocompletion=completing("product")
    ),
]
Quantity = Annotated[str, typer.Option("--quantity", "-q", metavar="UNITS", help=_("How many units."))]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help=_("What else is to be said, or what shows it."))]
OfCustomer = Annotated[
    str,
    typer.Option(
        "--customer", metavar="CUSTOMER", help=_("Only this customer's."), autocompletion=completing("customer")
    ),
]
OfOwner = Annotated[
    str,
    typer.Option(
        "--owner",
        metavar="PERSON",
        help=_("Only of the customers this person serves on that day."),
        autocompletion=completing("person"),
    ),
]
OfProduct = Annotated[
    str,
    typer.Option("--product", metavar="PRODUCT", help=_("Only this product."), autocompletion=completing("product")),
]


@app.command()
def product(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("Its code, such as SJ-200."))],
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help=_("What it is called."))],
) -> None:
    """Take in a product that is placed as a sample.

    Example: salesctl sample product SJ-200 --name 手机壳样机
    """
    one = products.add(ctx.obj, code, name)
    show(record(PRODUCTS[:2], (one.code, one.name)), ctx.obj)


@app.command("products")
def products_(ctx: typer.Context) -> None:
    """List the products with what each sells for today or on --as-of.

    Example: salesctl sample products --as-of 2013-06-30
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = products.listed(view, desk.today)
    show(View(PRODUCTS, rows, notes=[] if rows else [_("There are no products yet.")]), desk)


@app.command()
def price(
    ctx: typer.Context,
    product: ProductName,
    amount: Annotated[
        str, typer.Option("--price", metavar="YUAN", help=_("What the company sells it for; none: show its prices."))
    ] = "",
    since: Annotated[str, Day("--from", help=_("The first day of the price, if it is not today."))] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why the price entered for that very day was wrong."))
    ] = "",
) -> None:
    """Say what a product sells for from a day on, or show all its prices; losses are valued by them (E-19).

    Example: salesctl sample price SJ-200 --from 2013-07-01 --price 799
    """
    desk: Desk = ctx.obj
    columns = (PRODUCTS[0], Column("since", N_("since"), "day"), Column("price", N_("selling price"), "money"))
    if amount:
        why = one_line(reason) if reason else ""
        made = products.set_price(desk, product, parse_money(amount), day(since, desk), why)
        late = _("It holds on days that have passed; losses valued already stay as they are.")
        row = (made.product.code, made.price.from_on, made.price.price)
        show(record(columns, row, late if made.is_late else ""), desk)
        return
    with desk.ledger.reading() as view:
        one = products.product(view, product)
        rows = [(one.code, row.from_on, row.price) for row in products.prices(view, one)]
    show(View(columns, rows, notes=[] if rows else [_("It has no selling price yet.")]), desk)


@app.command()
def place(
    ctx: typer.Context, customer: CustomerName, product: ProductName, quantity: Quantity, note: Note = ""
) -> None:
    """Record samples that were placed at a customer, today or on --on.

    Example: salesctl sample place 云帆 SJ-200 --quantity 12
    """
    _move(ctx.obj, Wish(customer, product, actions.PLACED, parse_units(quantity), note))


@app.command("return")
def return_(
    ctx: typer.Context, customer: CustomerName, product: ProductName, quantity: Quantity, note: Note = ""
) -> None:
    """Record samples that came back from a customer.

    Example: salesctl sample return 云帆 SJ-200 --quantity 3
    """
    _move(ctx.obj, Wish(customer, product, actions.RETURNED, parse_units(quantity), note))


@app.command()
def sold(ctx: typer.Context, customer: CustomerName, product: ProductName, quantity: Quantity, note: Note = "") -> None:
    """Record samples that were sold to the customer they stood at.

    Example: salesctl sample sold 云帆 SJ-200 --quantity 2 --note HT-2013-018
    """
    _move(ctx.obj, Wish(customer, product, actions.SOLD, parse_units(quantity), note))


@app.command()
def missing(
    ctx: typer.Context, customer: CustomerName, product: ProductName, quantity: Quantity, note: Note = ""
) -> None:
    """Record samples that should stand at a customer and do not (E-19).

    Example: salesctl sample missing 云帆 SJ-200 --quantity 12 --note 盘点表2013-05
    """
    _move(ctx.obj, Wish(customer, product, actions.MISSING, parse_units(quantity), note))


@app.command("list")
def list_(
    ctx: typer.Context,
    customer: OfCustomer = "",
    owner: OfOwner = "",
    product: OfProduct = "",
    everything: Annotated[bool, typer.Option("--all", help=_("Also where nothing is left."))] = False,
) -> None:
    """List what samples stand at the customers today or on --as-of, what became of the others, what they are worth.

    Example: salesctl sample list --owner 林静 --as-of 2013-05-31
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = listing.stock(view, desk.today, _wanted(view, customer, owner, product), is_all=everything)
    show(View(STOCK, rows, notes=[] if rows else [_("No samples stand at a customer.")]), desk)


@app.command("moves")
def moves_(ctx: typer.Context, customer: OfCustomer = "", owner: OfOwner = "", product: OfProduct = "") -> None:
    """List every movement of samples until today or --as-of, day by day.

    Example: salesctl sample moves --customer 云帆
    """
    desk: Desk = ctx.obj
    with desk.ledger.reading() as view:
        rows = listing.moves(view, desk.today, _wanted(view, customer, owner, product))
    say = _kinds(desk)
    said = ((*row[:3], say(row[3]), *row[4:-1], typed("datetime", row[-1])) for row in rows)
    show(View(MOVES, said, notes=[] if rows else [_("No samples have moved.")]), desk)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: SourceFile,
    columns: Map = None,
    date_format: DateFormat = "",
    encoding: Encoding = "",
    mapping: Mapping = "",
) -> None:
    """Take in movements of samples from a file: customer, product, kind, quantity, date, note.

    The kind is placed, returned, sold or missing; without one, placed. A row the ledger has already, with the same
    content, is passed over: two that are alike want different notes.

    Example: salesctl sample import 铺样明细.xlsx
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.mappings.actions import mapped
    from salesctl.samples import imports

    source = mapped(desk, "sample", Source(file, columns or (), date_format, encoding), mapping)
    with listed(desk):
        taken, known = imports.samples(desk, source)
    _taken(desk, Column("moves", N_("movements taken in"), "count"), taken, known)


@app.command("import-prices")
def import_prices(
    ctx: typer.Context,
    file: SourceFile,
    columns: Map = None,
    date_format: DateFormat = "",
    encoding: Encoding = "",
    mapping: Mapping = "",
) -> None:
    """Take in selling prices from a file: product, name, price, from; a product that is new needs its name.

    Example: salesctl sample import-prices 价格表.xlsx
    """
    desk: Desk = ctx.obj
    from salesctl.console.faults import listed
    from salesctl.console.intake import Source
    from salesctl.mappings.actions import mapped
    from salesctl.samples import imports

    source = mapped(desk, "sample-prices", Source(file, columns or (), date_format, encoding), mapping)
    with listed(desk):
        taken, known = imports.prices(desk, source)
    _taken(desk, Column("prices", N_("prices taken in"), "count"), taken, known)


def _taken(desk: Desk, new: Column, taken: int, known: int) -> None:
    show(record((new, Column("known", N_("known already"), "count")), (taken, known)), desk)


def _wanted(view: Reading, customer: str, owner: str, product: str) -> listing.Wanted:
    return listing.Wanted(
        customer_of(view, customer).key if customer else 0,
        person(view, owner).key if owner else 0,
        products.product(view, product).key if product else 0,
    )


def _move(desk: Desk, wish: Wish) -> None:
    made = actions.move(desk, wish.but(note=one_line(wish.note, LONGEST_NOTE) if wish.note else ""))
    at, what = (f"{one.code} {one.name}" for one in (made.customer, made.product))
    row = (at, what, _kinds(desk)(made.move.kind), abs(made.move.units), made.move.moved_on, made.left, made.move.note)
    next_ = _("Who bears it: salesctl loss report --customer {customer} --product {product}")
    said = next_.format(customer=made.customer.code, product=made.product.code)
    show(record(MOVED, row, said if wish.kind == actions.MISSING else ""), desk)


def _kinds(desk: Desk) -> Callable[[str], str]:
    """How a movement is written: for programs as it is kept, for people as they say it."""
    return (lambda kind: _(KINDS[kind])) if is_for_people(desk) else str
