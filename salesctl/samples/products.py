"""Products and what each sells for from a day on, so that what is missing can be valued on its day (E-19, AMB-E-f)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.errors import N_, WRONG, Ambiguous, Invalid, SalesctlError, Unknown
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.units import nfkc, shown, yuan
from salesctl.record import Record
from salesctl.samples.rows import Product, ProductPrice

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen

LONGEST_CODE = 40
LISTING = "salesctl sample products"
MOST = 5  # candidates shown


class ProductTaken(SalesctlError):
    """A code that is another product's."""

    code, status = "sample.product-taken", WRONG
    says = N_("There is already a product {value}: {name}.")
    hint = N_("Give the new one a code of its own.")


class PriceTaken(SalesctlError):
    """Another price of the same day."""

    code, status = "sample.price-taken", WRONG
    says = N_("The price of {product} from {day} on is {price} already.")
    hint = N_("Name another day with --from; a price that was entered wrongly is corrected with --reason TEXT.")


class Priced(Record):
    """A price that was recorded."""

    product: Product
    price: ProductPrice
    is_late: bool  # it holds on days that have passed already


def product(view: Reading, text: str) -> Product:
    """The product of that code in any width and case, of that name, or the only one whose name starts so.

    Raises:
        Ambiguous, Unknown: several start so, or none.
    """
    plain = nfkc(text).strip()
    until = plain + "\U0010ffff"
    for where in ("code = :plain", "lower(code) = lower(:plain)", "name = :plain", "name >= :plain AND name < :until"):
        rows = view.all(Product, f"{where} ORDER BY code LIMIT {MOST + 1}", plain=plain, until=until) if plain else []
        if len(rows) > 1:
            said = ", ".join(f"{one.code} {one.name}" for one in rows[:MOST])
            raise Ambiguous(value=shown(text), what=N_("product"), candidates=said)
        if rows:
            return rows[0]
    near = view.select("SELECT code FROM product ORDER BY id DESC LIMIT :most", most=MOST)
    candidates = ", ".join(code for (code,) in near)
    raise Unknown(value=shown(text), what=N_("product"), candidates=candidates or "-", listing=LISTING)


def add(desk: Desk, code: str, name: str) -> Product:
    """Take in a product; the same again changes nothing.

    Raises:
        ProductTaken: the code is another product's.
    """
    with desk.ledger.transaction("sample.product", desk) as tx:
        return take_in(tx, code, name)


def take_in(tx: Transaction, code: str, name: str) -> Product:
    """The product of that code, written if the ledger has none."""
    kept, said = checked_code(code), names.checked(name)
    before = known(tx, kept)
    if before is None:
        tx.about = kept
        return tx.add(Product(code=kept, name=said))
    if before.name != said:
        raise ProductTaken(value=before.code, name=before.name)
    return before


def known(view: Reading, code: str) -> Product | None:
    """The product of exactly that code, in whatever case, or None."""
    found = view.all(Product, "lower(code) = lower(:code)", code=code)
    return found[0] if found else None


def checked_code(text: str) -> str:
    """A product's code as it is kept.

    Raises:
        Invalid: none, or too long.
    """
    code = names.checked(nfkc(text)) if text.strip() else ""
    if not 0 < len(code) <= LONGEST_CODE:
        raise Invalid(value=shown(text), what=N_("a product code of up to 40 characters"), example="SJ-200")
    return code


def set_price(desk: Desk, text: str, price: Fen, since: date, reason: str = "") -> Priced:
    """From a day on, a product sells for this much; earlier prices and what they valued stay as they are.

    Args:
        desk: the desk.
        text: the product.
        price: fen a piece.
        since: the first day.
        reason: why a price of that very day was wrong; without it another price is refused.

    Raises:
        PriceTaken: that day has another price, and no reason is given.
    """
    expect_price(price)
    with desk.ledger.transaction("sample.price", desk) as tx:
        priced = product(tx, text)
        row = tx.find(ProductPrice, product_id=priced.key, from_on=since)
        if row is not None and row.price == price:
            return Priced(priced, row, is_late=False)
        answer = Outcome(price, unit="fen").step(N_("selling price since"), since, "day", Basis("", "E-19", "AMB-E-f"))
        if row is None:
            row = tx.add(ProductPrice(product_id=priced.key, from_on=since, price=price))
        elif not reason:
            raise PriceTaken(product=priced.code, day=since, price=yuan(row.price))
        else:
            answer = answer.step(N_("price before"), row.price, "fen").step(N_("reason"), reason)
            tx.amend(row, price=price)
        tx.record(answer, priced.code)
        return Priced(priced, row, is_late=since < desk.present_day)


def expect_price(price: Fen) -> Fen:
    """The same price, which is something.

    Raises:
        Invalid: it is nothing.
    """
    if price <= 0:
        raise Invalid(value=yuan(price), what=N_("a selling price"), example="399, 1,299.00")
    return price


def prices(view: Reading, one: Product) -> list[ProductPrice]:
    """Every price of a product, the earliest first."""
    return view.all(ProductPrice, "product_id = :product ORDER BY from_on", product=one.key)


def listed(view: Reading, on: date) -> list[tuple[object, ...]]:
    """Code, name, the price on a day and since when it holds, of every product."""
    return view.select(
        "SELECT p.code, p.name, n.price, n.from_on FROM product p LEFT JOIN product_price n ON n.product_id = p.id "
        "AND n.from_on = (SELECT max(m.from_on) FROM product_price m WHERE m.product_id = p.id AND m.from_on <= :on) "
        "ORDER BY p.code",
        on=on,
    )
