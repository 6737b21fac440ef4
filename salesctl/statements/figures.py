"""What a customer owed before, what happened to it in a period, and what is owed at its end (A-8).

What is owed is the sum of the open debts, to the fen what the ledger answers for that day. Money that pays no debt is
kept beside it as credit. Inside the house what was written off is no asset any more and was never paid; money that
comes in for it later puts the debt back first, so that the receipt pays it as any other. Towards the customer a
write-off is nothing: they owe what was not paid until it is waived, which is a cancellation (AMB-A8-k).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

KINDS = (  # in the order in which they stand within a day
    "invoice", "recovery", "receipt", "applied", "moved", "released", "reversal", "refund", "bad again", "written off",
    "cancelled",
)  # fmt: skip
INTERNAL = ("recovery", "bad again", "written off")  # moves nothing between us and the customer
MOST_NAMED = 4  # debts of a line


class Line(Record):
    """One movement: what it adds to what is owed and to the credit, and which debts it is about."""

    day: str
    kind: str
    number: str
    owed: Fen
    held: Fen = 0
    due: str | None = None
    amount: Fen = 0  # of a receipt, a refund or a reversal, whatever it pays
    debts: tuple[tuple[str, Fen], ...] = ()


class Sums(Record):
    """How a customer's account stood at the end of a day."""

    owed: Fen
    held: Fen
    bad: Fen  # written off and not recovered


class Debt(Record):
    """One debt that was open at the end of a day."""

    number: str
    issued_on: str
    due_on: str
    amount: Fen
    open: Fen
    contested: str | None  # why, where the customer contests it


class Account(Record):
    """A customer's account over a period."""

    opening: Sums
    lines: Sequence[Line]
    closing: Sums
    debts: Sequence[Debt]

    def running(self) -> Iterator[tuple[Line, Fen, Fen]]:
        """Each line with what was owed and held after it."""
        owed, held = self.opening.owed, self.opening.held
        for line in self.lines:
            owed, held = owed + line.owed, held + line.held
            yield line, owed, held

    @property
    def charged(self) -> Fen:
        """All that was added to what is owed."""
        return sum(line.owed for line in self.lines if line.owed > 0)

    @property
    def settled(self) -> Fen:
        """All that was taken off it."""
        return -sum(line.owed for line in self.lines if line.owed < 0)


def account(view: Reading, customer_id: int, since: date, until: date, *, is_theirs: bool = False) -> Account:
    """A customer's account from the first day through the last; `is_theirs`: as it stands between them and us."""
    before, after = (sums(view, customer_id, day) for day in (since - timedelta(days=1), until))
    lines = sorted(_lines(view, customer_id, since, until), key=lambda one: (one.day, KINDS.index(one.kind)))
    if is_theirs:
        before, after = (one.but(owed=one.owed + one.bad, bad=0) for one in (before, after))
        lines = [line for line in lines if line.kind not in INTERNAL]
    return Account(before, lines, after, open_debts(view, customer_id, until, is_theirs=is_theirs))


def sums(view: Reading, customer_id: int, on: date) -> Sums:
    """What a customer owed, had to its credit and had been written off at the end of a day."""
    issued, paid, bad, received, returned = view.select(
        "SELECT (SELECT coalesce(sum(amount), 0) FROM receivable WHERE customer_id = :of AND issued_on <= :on "
        "AND (cancelled_on IS NULL OR cancelled_on > :on)), "
        "(SELECT coalesce(sum(a.amount), 0) FROM receipt m JOIN allocation a ON a.receipt_id = m.id "
        "WHERE m.customer_id = :of AND a.allocated_on <= :on), "
        "(SELECT coalesce(sum(w.amount), 0) FROM receivable r JOIN write_off w ON w.receivable_id = r.id "
        "WHERE r.customer_id = :of AND w.booked_on <= :on), "
        "(SELECT coalesce(sum(amount), 0) FROM receipt WHERE customer_id = :of AND received_on <= :on), "
        "(SELECT coalesce(sum(b.amount), 0) FROM receipt m JOIN receipt_return b ON b.receipt_id = m.id "
        "WHERE m.customer_id = :of AND b.returned_on <= :on)",
        of=customer_id,
        on=on,
    )[0]
    return Sums(issued - paid - bad, received - paid - returned, bad)


def open_debts(view: Reading, customer_id: int, on: date, *, is_theirs: bool = False) -> list[Debt]:
    """A customer's debts that were open at the end of a day, oldest due first; due as they were on that day.

    `is_theirs`: as it stands between them and us, so with what was written off.
    """
    rows = view.select(
        "SELECT * FROM (SELECT r.number, r.issued_on, coalesce((SELECT d.due_before FROM due_change d "
        "WHERE d.receivable_id = r.id AND d.changed_on > :on ORDER BY d.changed_on, d.id LIMIT 1), r.due_on) AS due, "
        "r.amount, r.amount - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.receivable_id = r.id "
        "AND a.allocated_on <= :on), 0) - coalesce((SELECT sum(w.amount) FROM write_off w WHERE :inside = 1 "
        "AND w.receivable_id = r.id AND w.booked_on <= :on), 0) AS left_over, "
        "(SELECT x.reason FROM dispute x WHERE x.receivable_id = r.id AND x.from_on <= :on "
        "AND (x.until_on IS NULL OR x.until_on > :on) LIMIT 1) FROM receivable r WHERE r.customer_id = :of "
        "AND r.issued_on <= :on AND (r.cancelled_on IS NULL OR r.cancelled_on > :on)) AS listed "
        "WHERE left_over > 0 ORDER BY due, number",
        of=customer_id,
        on=on,
        inside=int(not is_theirs),
    )
    return [Debt(*row) for row in rows]


def _lines(view: Reading, customer_id: int, since: date, until: date) -> Iterator[Line]:
    """Everything that happened to the account in a period, in no order."""
    asked = {"of": customer_id, "since": since, "until": until}
    within = "BETWEEN :since AND :until"
    for number, issued, due, amount, cancelled in view.select(
        f"SELECT number, issued_on, due_on, amount, cancelled_on FROM receivable WHERE customer_id = :of "
        f"AND (issued_on {within} OR cancelled_on {within}) ORDER BY id",
        **asked,
    ):
        if since.isoformat() <= issued <= until.isoformat():
            yield Line(issued, "invoice", number, amount, due=due)
        if cancelled and since.isoformat() <= cancelled <= until.isoformat():
            yield Line(cancelled, "cancelled", number, -amount)
    came = {
        (number, day): amount
        for number, day, amount in view.select(
            "SELECT number, received_on, amount FROM receipt WHERE customer_id = :of "
            f"AND received_on {within} ORDER BY id",
            **asked,
        )
    }
    backs = view.select(
        "SELECT m.number, b.returned_on, b.kind, b.amount FROM receipt m JOIN receipt_return b ON b.receipt_id = m.id "
        f"WHERE m.customer_id = :of AND b.returned_on {within} ORDER BY b.id",
        **asked,
    )
    parts = view.select(
        "SELECT m.number, a.allocated_on, r.number, a.amount FROM receipt m JOIN allocation a ON a.receipt_id = m.id "
        "JOIN receivable r ON r.id = a.receivable_id WHERE m.customer_id = :of "
        f"AND a.allocated_on {within} ORDER BY a.id",
        **asked,
    )
    yield from _of_receipts(came, backs, parts)
    for number, day, amount, receipt in view.select(
        "SELECT r.number, w.booked_on, w.amount, m.number FROM receivable r JOIN write_off w ON w.receivable_id = r.id "
        f"LEFT JOIN receipt m ON m.id = w.receipt_id WHERE r.customer_id = :of AND w.booked_on {within} ORDER BY w.id",
        **asked,
    ):
        kind = "written off" if receipt is None else "recovery" if amount < 0 else "bad again"
        yield Line(day, kind, number, -amount)


def _of_receipts(
    came: dict[tuple[str, str], Fen],
    backs: Sequence[tuple[str, str, str, Fen]],
    parts: Iterable[tuple[str, str, str, Fen]],
) -> Iterator[Line]:
    """The lines of receipts: what came on a day, what it paid or gave free later, what went back."""
    paid: dict[tuple[str, str], dict[str, Fen]] = {}
    for receipt, day, debt, amount in parts:
        of = paid.setdefault((receipt, day), {})
        of[debt] = of.get(debt, 0) + amount
    reversed_on = {(receipt, day) for receipt, day, kind, _amount in backs if kind == "reversal"}
    for (receipt, day), amount in came.items():
        debts = paid.pop((receipt, day), {})
        pays = sum(debts.values())
        yield Line(day, "receipt", receipt, -pays, amount - pays, amount=amount, debts=_named(debts))
    for (receipt, day), debts in paid.items():
        pays = sum(debts.values())
        if any(debts.values()) and (receipt, day) not in reversed_on:
            kind = "released" if pays < 0 else "applied" if pays else "moved"
            yield Line(day, kind, receipt, -pays, -pays, debts=_named(debts))
    for receipt, day, kind, amount in backs:
        debts = paid.get((receipt, day), {}) if kind == "reversal" else {}
        pays = sum(debts.values())
        yield Line(day, kind, receipt, -pays, -pays - amount, amount=amount, debts=_named(debts))


def _named(debts: dict[str, Fen]) -> tuple[tuple[str, Fen], ...]:
    return tuple((number, amount) for number, amount in debts.items() if amount)
