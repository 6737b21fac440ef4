"""Which debts the payments of an import pay: read a page at a time, written back a batch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.units import shown, yuan
from salesctl.receivables.actions import OtherCustomer
from salesctl.receivables.receipts import BeforeIssue, MoreThanOpen
from salesctl.receivables.rows import Receivable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from salesctl.ledger.book import Transaction
    from salesctl.policy.units import Fen

PAGE = 200  # debts of a customer in memory at once
NEXT = (
    f"SELECT {', '.join(Receivable.columns)} FROM receivable WHERE customer_id = :customer AND open > 0 "
    "AND (due_on > :due_on OR (due_on = :due_on AND id > :id)) ORDER BY due_on, id LIMIT :page"
)


class Claim:
    """A receivable while payments of this file go to it."""

    __slots__ = ("customer_id", "due_on", "id", "is_queued", "issued_on", "number", "open", "paid")

    id: int
    open: Fen
    paid: Fen

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
        ) = row
        self.is_queued = False

    def take(self, amount: Fen) -> Fen:
        """Pay as much of it as the amount and what is open allow."""
        part = min(amount, self.open)
        self.open -= part
        self.paid += part
        return part


class Queue:
    """A customer's open debts, oldest due first, as far as they have been read."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.after = ("", 0)
        self.is_read = False


class Settling:
    """The debts this file's payments touch. What is not written back yet is known here, and here is what counts."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._queues: dict[int, Queue] = {}
        self._known: dict[int, Claim] = {}
        self._named: dict[str, Claim] = {}
        self._changed: dict[int, Claim] = {}

    def name(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Make the receivables known that the next batch names."""
        for row in rows:
            self._named[row[1]] = self._known.setdefault(row[0], Claim(row))

    def pay_named(self, number: str, customer_id: int, amount: Fen, day: str) -> list[tuple[int, Fen]]:
        """Pay one receivable.

        Raises:
            Unknown: there is none of that number.
            OtherCustomer: it is another customer's.
            BeforeIssue: it was issued after the money came.
            MoreThanOpen: less is left of it.
        """
        claim = self._named.get(number)
        if claim is None:
            raise Unknown(
                what=N_("receivable"), value=shown(number), candidates="-", listing="salesctl receivable list"
            )
        if claim.customer_id != customer_id:
            owner, payer = (self._customer(row) for row in (claim.customer_id, customer_id))
            raise OtherCustomer(number=claim.number, owner=owner, customer=payer)
        if day < claim.issued_on:
            raise BeforeIssue(number=claim.number, issued=claim.issued_on, day=day)
        if amount > claim.open:
            raise MoreThanOpen(number=claim.number, open=yuan(claim.open), amount=yuan(amount))
        return [(claim.id, self._paid(claim, amount))]

    def pay_oldest(self, customer_id: int, amount: Fen, day: str) -> list[tuple[int, Fen]]:
        """Pay the customer's debts, oldest due first, until the amount is used up; the rest is for the caller."""
        queue = self._queues.setdefault(customer_id, Queue())
        parts, place = [], 0
        while amount and (place < len(queue.claims) or self._read_on(queue, customer_id)):
            claim = queue.claims[place]
            if not claim.open:
                self._known.pop(queue.claims.pop(place).id, None)
            elif claim.issued_on > day:
                place += 1
            else:
                part = self._paid(claim, amount)
                parts.append((claim.id, part))
                amount -= part
        return parts

    def write(self) -> None:
        """Write the balances of this batch back."""
        rows = ((claim.id, claim.paid, claim.open) for claim in self._changed.values())
        self._tx.amend_many(Receivable, ("paid", "open"), rows)
        for claim in self._named.values():
            if not claim.is_queued:
                self._known.pop(claim.id, None)
        self._named, self._changed = {}, {}

    def _paid(self, claim: Claim, amount: Fen) -> Fen:
        self._changed[claim.id] = claim
        return claim.take(amount)

    def _read_on(self, queue: Queue, customer_id: int) -> bool:
        """Read the next page of a customer's debts; whether there was one."""
        if queue.is_read:
            return False
        due_on, last = queue.after
        rows = self._tx.select(NEXT, customer=customer_id, due_on=due_on, id=last, page=PAGE)
        for row in rows:
            claim = self._known.setdefault(row[0], Claim(row))
            claim.is_queued = True
            queue.claims.append(claim)
            queue.after = (claim.due_on, claim.id)
        queue.is_read = len(rows) < PAGE
        return bool(rows)

    def _customer(self, customer_id: int) -> str:
        return str(self._tx.value("SELECT name FROM customer WHERE id = :id", id=customer_id))
