"""Samples and prices from a file: all of it or nothing; the same file again changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.inputs import one_line
from salesctl.console.intake import Field, Sheet
from salesctl.customers.actions import customer_named
from salesctl.errors import N_, Invalid
from salesctl.ledger.row import stored
from salesctl.policy.units import nfkc, parse_money, shown, yuan
from salesctl.samples import products
from salesctl.samples.actions import KINDS, PLACED, NotThere, NotYet, parse_units
from salesctl.samples.rows import ProductPrice, SampleMove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction

MOVES = (
    Field("customer", ("客户", "客户名称", "客户编号", "客户公司")),
    Field("product", ("产品", "产品编号", "型号", "品名")),
    Field("kind", ("类型", "类别", "事项"), is_needed=False),
    Field("quantity", ("数量", "铺样数量", "件数", "units")),
    Field("date", ("日期", "铺样日期", "moved_on")),
    Field("note", ("备注", "说明"), is_needed=False),
)
PRICES = (
    Field("product", ("产品编号", "型号", "编号", "code")),
    Field("name", ("产品", "产品名称", "品名", "名称"), is_needed=False),
    Field("price", ("价格", "销售价格", "单价", "售价")),
    Field("from", ("生效日期", "起始日期", "日期", "from_on")),
)
SPELT = {  # as an office writes them
    **{kind: kind for kind in KINDS},
    "": PLACED,
    "铺样": PLACED,
    "铺货": PLACED,
    "投放": PLACED,
    "退回": "returned",
    "收回": "returned",
    "售出": "sold",
    "已售": "sold",
    "销售": "sold",
    "缺失": "missing",
    "短缺": "missing",
    "丢失": "missing",
}
LONGEST_NOTE = 200


def samples(desk: Desk, source: Source) -> tuple[int, int]:
    """Take in every movement, or none; how many were new and how many were known."""
    sheet = Sheet(source, MOVES)
    with desk.ledger.transaction("sample.import", desk) as tx:
        moves = _Moves(tx, sheet, desk)
        fresh = list(moves.fresh())
        moves.expect_there(fresh)
        sheet.expect_no_faults()
        tx.about = sheet.about
        at, by = stored(tx.now), desk.somebody.id
        taken = tx.add_many(SampleMove, ((*row[:5], at, by, row[5]) for _line, row in fresh))
    return taken, sheet.row_count - taken


class _Moves:
    """The file's rows as movements of the ledger."""

    def __init__(self, tx: Transaction, sheet: Sheet, desk: Desk) -> None:
        self.tx, self.sheet, self.today = tx, sheet, desk.present_day
        columns = "customer_id, product_id, kind, units, moved_on, note"
        self._before: list[tuple[object, ...]] = tx.select(f"SELECT {columns} FROM sample_move")

    def fresh(self) -> Iterator[tuple[int, tuple[int, int, str, int, str, str]]]:
        """Line and row of what is new: as many of the same as the file has beyond those the ledger has."""
        known = Counter(self._before)
        for line, cells in self.sheet:
            row = self._read(line, cells)
            if row is None:
                continue
            if known[row] > 0:
                known[row] -= 1
            else:
                yield line, row

    def expect_there(self, fresh: list[tuple[int, tuple[int, int, str, int, str, str]]]) -> None:
        """Refuse each line that takes what is not there on its day or later."""
        stock: dict[tuple[object, object], Counter[str]] = defaultdict(Counter)
        for customer, product, _kind, units, day, _note in (*self._before, *(row for _line, row in fresh)):
            stock[customer, product][str(day)] += int(str(units))
        short = {pair: day for pair, days in stock.items() if (day := _below(days))}
        for line, (customer, product, kind, units, day, _note) in fresh:
            first = short.get((customer, product))
            if first and kind != PLACED and day <= first:
                left = sum(n for when, n in stock[customer, product].items() if when <= first)
                self.sheet.refuse(line, "quantity", self._not_there(customer, product, first, (left, units)))

    def _not_there(self, customer: int, product: int, day: str, counts: tuple[int, int]) -> NotThere:
        code, name = self.tx.select("SELECT code, name FROM customer WHERE id = :id", id=customer)[0]
        of = self.tx.value("SELECT code FROM product WHERE id = :id", id=product)
        left, units = counts
        return NotThere(customer=name, code=code, product=of, day=day, left=left - units, units=-units)

    def _read(self, line: int, cells: list[str]) -> tuple[int, int, str, int, str, str] | None:
        customer, product, kind, quantity, day, note = cells
        read = self.sheet.read
        at = read(line, "customer", customer, self._customer)
        what = read(line, "product", product, self._product)
        moved = read(line, "kind", kind, _kind)
        units = read(line, "quantity", quantity, parse_units)
        on = read(line, "date", day, self._day)
        said = read(line, "note", note, lambda text: one_line(text, LONGEST_NOTE) if text else "")
        if at is None or what is None or moved is None or units is None or on is None or said is None:
            return None
        return at, what, moved, units if moved == PLACED else -units, on, said

    def _customer(self, text: str) -> int:
        return self.tx.once(("customer", text), lambda: customer_named(self.tx, text).key)

    def _product(self, text: str) -> int:
        return self.tx.once(("product", text), lambda: products.product(self.tx, text).key)

    def _day(self, text: str) -> str:
        day = self.sheet.day(text)
        if day > self.today:
            raise NotYet(day=day)
        return day.isoformat()


def _below(days: Counter[str]) -> str:
    """The first day on which less than nothing is left; empty where there is none."""
    ordered = sorted(days)
    left = accumulate(days[day] for day in ordered)
    return next((day for day, units in zip(ordered, left, strict=True) if units < 0), "")


def _kind(text: str) -> str:
    kind = SPELT.get(nfkc(text).strip().casefold())
    if kind is None:
        raise Invalid(value=shown(text), what=N_("what became of samples"), example=KINDS)
    return kind


def prices(desk: Desk, source: Source) -> tuple[int, int]:
    """Take in every price, or none, and the products that are new; how many prices were new and how many known."""
    sheet = Sheet(source, PRICES)
    with desk.ledger.transaction("sample.import-prices", desk) as tx:
        taken = tx.add_many(ProductPrice, list(_prices(tx, sheet)))
        sheet.expect_no_faults()
        tx.about = sheet.about
    return taken, sheet.row_count - taken


def _prices(tx: Transaction, sheet: Sheet) -> Iterator[tuple[object, ...]]:
    """The prices that are new."""
    rows = tx.select("SELECT product_id, from_on, price FROM product_price")
    known = {(product, day): price for product, day, price in rows}
    for line, (code, name, price, since) in sheet:
        what = sheet.read(line, "product", (code, name), lambda said: tx.once(said, lambda: _taken_in(tx, *said)))
        each = sheet.read(line, "price", price, lambda text: products.expect_price(parse_money(text)))
        day: date | None = sheet.read(line, "from", since, sheet.day)
        if what is None or each is None or day is None:
            continue
        key = what, day.isoformat()
        before = known.get(key)
        if before is None:
            known[key] = each
            yield *key, each
        elif before != each:
            sheet.refuse(line, "price", products.PriceTaken(product=code, day=day, price=yuan(before)))


def _taken_in(tx: Transaction, code: str, name: str) -> int:
    """The product of a row; one that is new has a name."""
    if name:
        return products.take_in(tx, code, names.checked(name)).key
    return products.product(tx, code).key
