"""Allocation: which debts a payment pays, the named one or the oldest due; read a page at a time (AMB-A8-c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import yuan
from salesctl.receivables import rules
from salesctl.receivables.actions import OtherCustomer
from salesctl.receivables.rows import Allocation, Receivable, WriteOff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen

PAGE = 200  # debts of a customer in memory at once
NEXT = (
    f"SELECT {', '.join(Receivable.columns)} FROM receivable WHERE customer_id = :customer AND open > 0 "
    "AND (:contract IS NULL OR contract_id = :contract) "
    "AND (due_on > :due_on OR (due_on = :due_on AND id > :id)) ORDER BY due_on, id LIMIT :page"
)


class BeforeIssue(SalesctlError):
    """A payment for what was not owed yet."""

    code, status = "receipt.before-issue", WRONG
    says = N_("{number} was issued on {issued}; money of {day} cannot pay it.")
    hint = N_("Correct --date, or name another receivable with --to.")


class MoreThanOpen(SalesctlError):
    """More for one debt than is left of it."""

    code, status = "receipt.more-than-open", WRONG
    says = N_("{number} has {open} left; {amount} cannot go to it.")
    hint = N_("Give less after the equals sign: --to {number}=AMOUNT.")


class Debt:
    """A receivable while payments are allocated to it."""

    __slots__ = (
        *("customer_id", "due_on", "id", "is_listed", "issued_on", "not_before", "number", "open", "paid"),
        "written_off",
    )

    id: int
    open: Fen
    paid: Fen
    written_off: Fen

    def __init__(self, row: Iterable[Any]) -> None:
        (
            self.id,
            self.number,
            self.customer_id,
            _contract,
            _amount,
            self.paid,
            self.open,
            self.issued_on,
            self.due_on,
            self.written_off,
            self.not_before,
            _cancelled_on,
            _cancelled_why,
        ) = row
        self.is_listed = False

    @property
    def payable(self) -> Fen:
        """What money may still be allocated: what is open, and what was written off, which is then recovered."""
        return self.open + self.written_off

    def day(self, day: str) -> str:
        """The day from which money of a day pays this debt: not before part of it was taken back or written off."""
        return max(day, self.not_before or day)


class Open:
    """A customer's open debts, oldest due first, as far as they have been read."""

    def __init__(self) -> None:
        self.debts: list[Debt] = []
        self.after = ("", 0)
        self.is_read = False


class Allocating:
    """The debts that payments go to. What is not written back yet is known here, and here is what counts."""

    def __init__(self, view: Reading, contract_id: int | None = None) -> None:
        self._view, self._contract_id = view, contract_id  # where a contract is given, only its debts count as oldest
        self._open: dict[int, Open] = {}
        self._known: dict[int, Debt] = {}
        self._named: list[Debt] = []
        self._changed: dict[int, Debt] = {}
        self._recovered: list[tuple[int, Fen, str, int]] = []

    def name(self, row: Iterable[Any]) -> Debt:
        """The debt behind a row of the ledger that payments name."""
        debt = Debt(row)
        self._named.append(self._known.setdefault(debt.id, debt))
        return self._named[-1]

    def to(self, debt: Debt, payer_id: int, amount: Fen, day: str, wish: Fen | None = None) -> Fen:
        """How much of an amount goes to one debt: what is wished, else as much as it takes.

        Raises:
            OtherCustomer: it is another customer's.
            BeforeIssue: it was issued after the money came.
            MoreThanOpen: less is left of it.
        """
        if debt.customer_id != payer_id:
            owner, payer = (self._customer(row) for row in (debt.customer_id, payer_id))
            raise OtherCustomer(number=debt.number, owner=owner, customer=payer)
        if day < debt.issued_on:
            raise BeforeIssue(number=debt.number, issued=debt.issued_on, day=day)
        part = min(amount, debt.payable) if wish is None else wish
        if not 0 < part <= debt.payable:
            raise MoreThanOpen(number=debt.number, open=yuan(debt.payable), amount=yuan(part or amount))
        return part

    def to_oldest(self, payer_id: int, amount: Fen, day: str) -> list[tuple[Debt, Fen]]:
        """What of an amount goes to the payer's debts, oldest due first; what they do not take is for the caller."""
        return rules.oldest_first(amount, self._payable(payer_id, day))

    def take(self, receipt_id: int, day: str, parts: Iterable[tuple[Debt, Fen]]) -> list[tuple[Any, ...]]:
        """Count these parts as paid by a receipt from a day on; the rows of `Allocation` that say so."""
        allocations = []
        for debt, part in parts:
            recovered = max(0, part - debt.open)  # of what was written off (AMB-A8-g)
            if recovered:
                self._recovered.append((debt.id, recovered, debt.day(day), receipt_id))
            debt.open -= part - recovered
            debt.written_off -= recovered
            debt.paid += part
            self._changed[debt.id] = debt
            allocations.append((receipt_id, debt.id, part, debt.day(day)))
        return allocations

    def write(self, tx: Transaction, allocations: Iterable[tuple[Any, ...]]) -> None:
        """Write allocations, what became of the debts since this was last asked, and what was recovered of bad ones."""
        tx.add_many(Allocation, allocations)
        if self._recovered:
            tx.add_many(WriteOff, [_recovery(tx, *one) for one in self._recovered])
        changed = [(debt.id, debt.paid, debt.open, debt.written_off) for debt in self._changed.values()]
        tx.amend_many(Receivable, ("paid", "open", "written_off"), changed)
        for debt in self._named:
            if not debt.is_listed:
                self._known.pop(debt.id, None)
        self._named, self._changed, self._recovered = [], {}, []

    def _payable(self, payer_id: int, day: str) -> Iterator[Debt]:
        """The open debts that money of a day may pay, oldest due first; those that are paid are forgotten."""
        listed, place = self._open.setdefault(payer_id, Open()), 0
        while place < len(listed.debts) or self._read_on(listed, payer_id):
            debt = listed.debts[place]
            if not debt.open:
                self._known.pop(listed.debts.pop(place).id, None)
                continue
            place += 1
            if debt.issued_on <= day:
                yield debt

    def _read_on(self, listed: Open, payer_id: int) -> bool:
        """Read the next page of a customer's debts; whether there was one."""
        if listed.is_read:
            return False
        due_on, last = listed.after
        rows = self._view.select(NEXT, customer=payer_id, contract=self._contract_id, due_on=due_on, id=last, page=PAGE)
        for row in rows:
            debt = self._known.setdefault(row[0], Debt(row))
            debt.is_listed = True
            listed.debts.append(debt)
            listed.after = (debt.due_on, debt.id)
        listed.is_read = len(rows) < PAGE
        return bool(rows)

    def _customer(self, customer_id: int) -> str:
        return str(self._view.value("SELECT name FROM customer WHERE id = :id", id=customer_id))


def _recovery(view: Reading, receivable_id: int, amount: Fen, day: str, receipt_id: int) -> tuple[Any, ...]:
    """What came in of a bad debt goes to whose sales it was taken from: a row of `WriteOff`."""
    manager_id, department = view.select(
        "SELECT manager_id, department FROM write_off WHERE receivable_id = :id AND receipt_id IS NULL "
        "ORDER BY id DESC LIMIT 1",
        id=receivable_id,
    )[0]
    return receivable_id, -amount, day, manager_id, department, receipt_id
