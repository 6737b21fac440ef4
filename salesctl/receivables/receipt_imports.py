"""Receipts from a file, each with the debts it pays: every row checked, all of them or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.intake import Field
from salesctl.errors import N_, SalesctlError, Unknown
from salesctl.policy.units import shown, yuan
from salesctl.receivables.actions import NumberTaken, checked_number
from salesctl.receivables.allocating import Allocating, Debt
from salesctl.receivables.imports import Taken, TwiceInFile
from salesctl.receivables.intake import Cells, Intake, money
from salesctl.receivables.receipts import NotYet, overpaid
from salesctl.receivables.rows import Receipt, Receivable
from salesctl.receivables.undoing import NoReference, reference_of, served
from salesctl.record import Record

if TYPE_CHECKING:
    from typing import Any

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.policy.units import Fen

FIELDS = (
    Field("number", ("收款单号", "流水号", "收据号"), is_needed=False),
    Field("customer", ("客户", "客户名称", "客户编号", "客户公司", "付款单位")),
    Field("amount", ("收款金额", "金额", "到账金额")),
    Field("date", ("收款日期", "到账日期", "received_on")),
    Field("to", ("核销单号", "核销发票", "发票号"), is_needed=False),
)
EARLIER = "+m.id < :first AND substr(m.number, 1, 2) = 'M-'"  # the plus: this must not lead the plan
PAYING = (
    "SELECT r.number, m.id, m.customer_id, m.amount, m.received_on FROM allocation a "
    "JOIN receipt m ON m.id = a.receipt_id JOIN receivable r ON r.id = a.receivable_id "
    f"WHERE a.receivable_id IN :these AND {EARLIER}"
)
ALIKE = (
    "WITH wanted (customer, amount, day) AS (VALUES {marks}) SELECT '', m.id, m.customer_id, m.amount, m.received_on "
    "FROM wanted w JOIN receipt m ON m.customer_id = w.customer AND m.received_on = w.day AND m.amount = w.amount "
    f"WHERE {EARLIER}"
)


class Payment(Record):
    """One row of the file that is right so far."""

    line: int
    number: str
    customer_id: int
    amount: Fen
    day: str
    to: str


def receipts(desk: Desk, source: Source, *, is_creating: bool = False, may_overpay: bool = False) -> Taken:
    """Take in every receipt of a file, or none; those in the ledger with the same content are left alone."""
    with desk.ledger.transaction("receipt.import", desk) as tx:
        intake = Intake(tx, desk, source, FIELDS, is_creating=is_creating)
        payments, taken = _Payments(intake, desk, may_overpay=may_overpay), 0
        for batch in intake.batches():
            taken += payments.take(batch)
        intake.sheet.expect_no_faults()
        return Taken(taken, intake.sheet.row_count - taken, intake.created)


class _Payments:
    """The file's rows as receipts and allocations."""

    def __init__(self, intake: Intake, desk: Desk, *, may_overpay: bool) -> None:
        self._intake, self._may_overpay = intake, may_overpay
        self._allocating = Allocating(intake.tx)
        self._named: dict[str, Debt] = {}
        self._first = intake.tx.next_id(Receipt)
        self._seen = bytearray(self._first)  # of each earlier receipt, whether a row of this file is it
        self._today = intake.clock_day
        self._who = desk.actor.name if desk.actor else ""
        self._own = served(intake.tx, desk)  # money of theirs needs the bank's reference

    def take(self, batch: list[Cells]) -> int:
        """Write the receipts of a batch that are right and new, what they pay, and what is left of the debts."""
        tx, allocating = self._intake.tx, self._allocating
        right = [payment for line, cells in batch if (payment := self._payment(line, cells))]
        known = self._intake.numbered(Receivable, list({payment.to for payment in right if payment.to}))
        payments = self._new(right, {number: row[0] for number, row in known.items()})
        named = {payment.to for payment in payments}
        self._named = {number: allocating.name(row) for number, row in known.items() if number in named}
        number = tx.next_id(Receipt)
        rows: list[tuple[object, ...]] = []
        allocations: list[tuple[object, ...]] = []
        for payment in payments:
            parts = self._parts(payment)
            if parts is None:
                continue
            credit = payment.amount - sum(part for _debt, part in parts)
            name = payment.number or f"M-{number}"
            rows.append((name, payment.customer_id, None, payment.amount, credit, payment.day, 0))
            allocations += allocating.take(number, payment.day, parts)
            number += 1
        taken = tx.add_many(Receipt, rows)
        allocating.write(tx, allocations)
        return taken

    def _payment(self, line: int, cells: list[str]) -> Payment | None:
        """One row of the file, or None where it is refused."""
        number, customer, amount, day, to = cells
        intake = self._intake
        try:
            came = intake.days.get(day) or intake.day(day)
            customer_id = intake.customers.get(customer) or intake.customer(customer)
            payment = Payment(line, number and checked_number(number), customer_id, money(amount), came, to)
        except SalesctlError:
            self._explain(line, cells)
            return None
        if came > self._today:
            intake.refuse(line, "date", NotYet(day=came), day)
            return None
        if customer_id in self._own and not reference_of(number):
            intake.refuse(line, "number", NoReference(person=self._who, customer=intake.name_of(customer_id)), number)
            return None
        return payment

    def _explain(self, line: int, cells: list[str]) -> None:
        """Everything that is wrong with a row, cell by cell."""
        number, customer, amount, day, _to = cells
        read = self._intake.read
        if number:
            read(line, "number", number, checked_number)
        read(line, "customer", customer, self._intake.customer)
        read(line, "amount", amount, money)
        read(line, "date", day, self._intake.day)

    def _new(self, payments: list[Payment], debts: dict[str, int]) -> list[Payment]:
        """Those that are not in the ledger yet."""
        by_number: dict[str, Payment] = {}
        for payment in payments:
            if payment.number and by_number.setdefault(payment.number, payment) is not payment:
                self._intake.refuse(payment.line, "number", TwiceInFile(value=payment.number))
        known = self._intake.numbered(Receipt, list(by_number))
        for number, (kept, _number, customer_id, _contract, amount, _credit, day, _returned) in known.items():
            payment = by_number[number]
            if kept >= self._first:
                self._intake.refuse(payment.line, "number", TwiceInFile(value=number))
            elif (customer_id, amount, day) != payment[2:5]:
                said = NumberTaken(value=number, taken=f"{yuan(amount)}, {day}")
                self._intake.refuse(payment.line, "number", said)
        fresh = [payment for payment in payments if payment.number not in known]
        return fresh if self._first == 1 else self._unseen(fresh, debts)

    def _unseen(self, payments: list[Payment], debts: dict[str, int]) -> list[Payment]:
        """Without those that have no number of their own and were taken in earlier: one receipt for one row.

        Such a payment is known by its customer, amount and day, and by the debt it names, if it names one.
        """
        alike: dict[tuple[object, ...], set[int]] = {}
        for debt, key, *rest in self._earlier([one for one in payments if not one.number], debts):
            if not self._seen[key]:
                alike.setdefault((*rest, debt), set()).add(key)
        left = {wanted: iter(sorted(keys)) for wanted, keys in alike.items()}
        unseen = []
        for payment in payments:
            found = next(left.get(payment[2:], iter(())), 0) if not payment.number else 0
            if found:
                self._seen[found] = 1
            else:
                unseen.append(payment)
        return unseen

    def _earlier(self, payments: list[Payment], debts: dict[str, int]) -> list[tuple[Any, ...]]:
        """Earlier receipts that pay a debt these name, and those just like the ones that name none."""
        tx, rows = self._intake.tx, []
        if ids := {debts[one.to] for one in payments if one.to in debts}:
            rows += tx.among(PAYING, sorted(ids), first=self._first)
        if keys := sorted({one[2:5] for one in payments if not one.to}):
            marks = ", ".join(f"(:c{place}, :a{place}, :d{place})" for place in range(len(keys)))
            values = {
                f"{'cad'[part]}{place}": value for place, key in enumerate(keys) for part, value in enumerate(key)
            }
            rows += tx.select(ALIKE.format(marks=marks), first=self._first, **values)
        return rows

    def _parts(self, payment: Payment) -> list[tuple[Debt, Fen]] | None:
        """What a payment pays of which debts, or None where it is refused."""
        _line, _number, customer_id, amount, day, to = payment
        if to:
            parts = self._intake.read(payment.line, "to", payment, self._to_named)
        else:
            parts = self._allocating.to_oldest(customer_id, amount, day)
        rest = amount - sum(part for _debt, part in parts or ())
        if parts is not None and rest and not self._may_overpay:
            error = overpaid(rest, amount, self._intake.name_of(customer_id))
            self._intake.refuse(payment.line, "amount", error, yuan(amount))
            return None
        return parts

    def _to_named(self, payment: Payment) -> list[tuple[Debt, Fen]]:
        _line, _number, customer_id, amount, day, to = payment
        if to not in self._named:
            raise Unknown(what=N_("receivable"), value=shown(to))
        debt = self._named[to]
        return [(debt, self._allocating.to(debt, customer_id, amount, day))]
