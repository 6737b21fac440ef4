"""What samples the customers have on a day, what became of the others, and what they sell for (E-4a, E-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept

SUMS = ", ".join(  # what moved, each kind as a number above zero
    f"sum(CASE WHEN m.kind = '{kind}' THEN {sign}m.units ELSE 0 END) AS {kind}"
    for kind, sign in (("placed", ""), ("returned", "-"), ("sold", "-"), ("missing", "-"))
)
STOCK = f"""SELECT c.code || ' ' || c.name, g.code || ' ' || g.name, s.placed, s.returned, s.sold, s.missing,
    s.placed - s.returned - s.sold - s.missing, n.price,
    n.price * (s.placed - s.returned - s.sold - s.missing)
    FROM (SELECT m.customer_id, m.product_id, {SUMS} FROM sample_move m WHERE m.moved_on <= :on
        AND (:customer = 0 OR m.customer_id = :customer) AND (:product = 0 OR m.product_id = :product)
        AND (:owner = 0 OR m.customer_id IN (SELECT o.customer_id FROM ownership o WHERE o.person_id = :owner
            AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on)))
        GROUP BY m.customer_id, m.product_id) AS s
    JOIN customer c ON c.id = s.customer_id JOIN product g ON g.id = s.product_id
    LEFT JOIN product_price n ON n.product_id = g.id AND n.from_on =
        (SELECT max(p.from_on) FROM product_price p WHERE p.product_id = g.id AND p.from_on <= :on)
    WHERE :everything = 1 OR s.placed - s.returned - s.sold <> 0
    ORDER BY c.code, g.code"""
MOVES = """SELECT m.moved_on, c.code || ' ' || c.name, g.code || ' ' || g.name, m.kind, abs(m.units), m.note,
    p.code || ' ' || p.name, m.recorded_at
    FROM sample_move m JOIN customer c ON c.id = m.customer_id JOIN product g ON g.id = m.product_id
    JOIN person p ON p.id = m.recorded_by_id WHERE m.moved_on <= :on
    AND (:customer = 0 OR m.customer_id = :customer) AND (:product = 0 OR m.product_id = :product)
    AND (:owner = 0 OR m.customer_id IN (SELECT o.customer_id FROM ownership o WHERE o.person_id = :owner
        AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on)))
    ORDER BY m.moved_on, m.id"""


class Wanted(Record):
    """Which samples: of a customer, of a person's customers on that day, of a product; 0 where any will do."""

    customer: int = 0
    owner: int = 0
    product: int = 0


def stock(view: Reading, on: date, wanted: Wanted, *, is_all: bool = False) -> Kept:
    """Customer, product, placed, returned, sold, missing, held, price and worth at the end of a day.

    A line whose units all came back or were sold is left out unless `is_all`; what is missing stays visible.
    """
    return view.kept(STOCK, on=on, everything=int(is_all), **wanted.by_name())


def moves(view: Reading, on: date, wanted: Wanted) -> Kept:
    """Every movement until a day: day, customer, product, what, units, note, who recorded it, when."""
    return view.kept(MOVES, on=on, **wanted.by_name())


def missing_units(view: Reading, customer_id: int, product_id: int, on: date) -> int:
    """How many units are recorded as missing at a customer by a day."""
    return -int(
        view.value(
            "SELECT coalesce(sum(units), 0) FROM sample_move WHERE customer_id = :customer "
            "AND product_id = :product AND kind = 'missing' AND moved_on <= :on",
            customer=customer_id,
            product=product_id,
            on=on,
        )
    )
