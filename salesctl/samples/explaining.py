"""The figures of the list of samples, taken apart: movement by movement, and what they are worth (E-4a, E-19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.customers.actions import customer
from salesctl.errors import N_, Invalid
from salesctl.policy.figure import Figure, Part
from salesctl.policy.units import yuan
from salesctl.samples import listing
from salesctl.samples.products import product

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked

COUNTS = {
    "placed": N_("placed"),
    "returned": N_("came back"),
    "sold": N_("sold"),
    "missing": N_("missing pieces"),
    "held": N_("at the customer"),
}
FIGURES = {**COUNTS, "price": N_("selling price"), "worth": N_("worth")}
PLACES = ("placed", "returned", "sold", "missing", "held", "price", "worth")  # of `listing.stock`, after the names
MOVES = """SELECT kind, units, moved_on, id FROM sample_move WHERE customer_id = :customer AND product_id = :product
    AND moved_on <= :on ORDER BY moved_on, id"""
PRICE = """SELECT price, from_on, id FROM product_price WHERE product_id = :product AND from_on <= :on
    ORDER BY from_on DESC, id DESC LIMIT 1"""


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `sample list`: of a customer and a product, named in this order."""
    name, on = figure_meant(asked.figure, FIGURES), desk.today
    if len(asked.words) < 2:
        raise Invalid(value=" ".join(asked.words), what=N_("a customer and a product"), example="C001 SJ-200 held")
    at, what = customer(view, " ".join(asked.words[:-1])), product(view, asked.words[-1])
    rows = list(listing.stock(view, on, listing.Wanted(at.key, 0, what.key), is_all=True))
    value = dict(zip(PLACES, rows[0][2:], strict=True))[name] if rows else None
    of = moved(view, at.key, what.key, on)
    each = price(view, what.key, on)
    unit = "count" if name in COUNTS else "fen"
    said = f"{at.code} {what.code}"
    if name == "price":
        return Figure(name, said, on, value, each if value is not None else [], unit)
    if name in ("placed", "returned", "sold", "missing"):
        sign = 1 if name == "placed" else -1
        return Figure(
            name, said, on, value, [p.but(amount=sign * p.amount) for p in of if p.what == COUNTS[name]], unit
        )
    if name == "worth":
        fen = each[0].amount if each else 0
        of = [p.but(amount=p.amount * fen, clause="E-19", reckoned=f"{p.amount} x {yuan(fen)}") for p in of if each]
    return Figure(name, said, on, value, of, unit)


def moved(view: Reading, customer_id: int, product_id: int, on: date) -> list[Part]:
    """Every movement of a product at a customer by a day: below zero, what is there no more."""
    code = str(view.value("SELECT code FROM customer WHERE id = :id", id=customer_id))
    rows = view.select(MOVES, customer=customer_id, product=product_id, on=on)
    return [Part(COUNTS[kind], units, day, code, row=f"sample_move {key}") for kind, units, day, key in rows]


def price(view: Reading, product_id: int, on: date) -> list[Part]:
    """The selling price in force on a day; none before the first."""
    code = str(view.value("SELECT code FROM product WHERE id = :id", id=product_id))
    return [
        Part(FIGURES["price"], fen, since, code, clause="E-19", row=f"product_price {key}", column="price")
        for fen, since, key in view.select(PRICE, product=product_id, on=on)
    ]
