"""Samples are placed at customers, come back, are sold there, or are missing; nothing is taken that is not there."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from salesctl.console.inputs import parse_count
from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.policy.units import shown
from salesctl.record import Record
from salesctl.samples.products import product
from salesctl.samples.rows import SampleMove

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.samples.rows import Product

PLACED, RETURNED, SOLD, MISSING = KINDS = ("placed", "returned", "sold", "missing")
MOST_UNITS = 1_000_000_000


class NotThere(SalesctlError):
    """More than the customer has; a later day may have taken it already."""

    code, status = "sample.not-there", WRONG
    says = N_("{customer} has {left} of {product} on {day}, not {units}.")
    hint = N_("`salesctl sample moves --customer {code}` shows what was placed and taken, day by day.")


class NotYet(SalesctlError):
    """A day that is still to come."""

    code, status = "sample.day", WRONG
    says = N_("{day} is still to come; samples are recorded once they have moved.")
    hint = N_("Correct the day: --on.")


class Moved(Record):
    """A movement that was recorded, and what the customer has since."""

    move: SampleMove
    customer: Customer
    product: Product
    left: int


class Wish(Record):
    """Units that were placed, or are taken away."""

    customer: str
    product: str
    kind: str
    units: int
    note: str = ""


def move(desk: Desk, wish: Wish) -> Moved:
    """Record units placed at a customer, or what became of them.

    Raises:
        NotYet: of a day to come.
        NotThere: the customer does not have so many, on that day or a later one.
    """
    with desk.ledger.transaction(f"sample.{wish.kind}", desk) as tx:
        at, what = customer(tx, wish.customer), product(tx, wish.product)
        if desk.today > desk.present_day:
            raise NotYet(day=desk.today)
        signed = wish.units if wish.kind == PLACED else -wish.units
        moves = by_day(tx, at.key, what.key)
        day, left = least_from(moves, desk.today)
        if left + signed < 0:
            facts = {"left": left, "product": what.code, "day": day, "units": wish.units}
            raise NotThere(customer=at.name, code=at.code, **facts)
        tx.about = at.code
        moved = tx.add(
            SampleMove(
                customer_id=at.key,
                product_id=what.key,
                kind=wish.kind,
                units=signed,
                moved_on=desk.today,
                recorded_at=tx.now,
                recorded_by_id=desk.somebody.id,
                note=wish.note,
            )
        )
        return Moved(moved, at, what, sum(moves.values()) + signed)


def by_day(view: Reading, customer_id: int, product_id: int) -> dict[str, int]:
    """What moved of a product at a customer on each day, in order."""
    return dict(
        view.select(
            "SELECT moved_on, sum(units) FROM sample_move WHERE customer_id = :customer AND product_id = :product "
            "GROUP BY moved_on ORDER BY moved_on",
            customer=customer_id,
            product=product_id,
        )
    )


def least_from(moves: Mapping[str, int], day: date) -> tuple[str, int]:
    """The least a customer has from a day on, and the day it is so: no more can be taken on that day.

    Args:
        moves: what moved on each day, in the order of the days.
        day: the first day that counts.
    """
    first = day.isoformat()
    standing = list(zip(moves, accumulate(moves.values()), strict=True))
    before = [left for when, left in standing if when <= first]
    later = [(when, left) for when, left in standing if when > first]
    return min([(first, before[-1] if before else 0), *later], key=lambda one: one[1])


def parse_units(text: str) -> int:
    """How many units: at least one.

    Raises:
        Invalid: none, or no number.
    """
    units = parse_count(text)
    if not 0 < units <= MOST_UNITS:
        raise Invalid(value=shown(text), what=N_("a quantity"), example="12")
    return units
