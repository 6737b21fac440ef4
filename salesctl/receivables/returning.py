"""Money that went back to the customer, and receipts that were none: by a second person alone (K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import yuan
from salesctl.receivables.movements import Done, NoCredit, receipt_to_move, taken_off, told_of
from salesctl.receivables.rows import Receipt, Return
from salesctl.receivables.undoing import NotTakenBack, refused, undoing

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen
    from salesctl.receivables.movements import Moved


class WentBack(SalesctlError):
    """A receipt of which money was paid back was no mistake."""

    code, status = "receipt.went-back", WRONG
    says = N_("{returned} of {number} went back to the customer already; it cannot be reversed.")
    hint = N_("What is left of it can be moved or refunded.")


def refund(desk: Desk, moved: Moved, amount: Fen) -> Done:
    """Record that money went back to the customer; only what no debt holds can.

    Raises:
        NoCredit: less of it is free.
        NotTakenBack: the rule refuses whoever acts; the refusal is recorded.
    """
    with desk.ledger.transaction("receipt.refund", desk) as tx:
        receipt = receipt_to_move(tx, desk, moved)
        if not 0 < amount <= receipt.credit:
            raise NoCredit(number=receipt.number, credit=yuan(receipt.credit), amount=yuan(amount))
        verdict = undoing(tx, desk, "receipt", receipt, receipt.customer_id, receipt.received_on)
        if is_theirs := verdict.value == "granted":
            _back(tx, receipt, "refund", amount, moved)
            verdict = told_of("refunded", moved, [(receipt.number, -amount)], verdict.steps)
        tx.record(verdict, receipt.number[:40])
    if not is_theirs:
        raise refused(NotTakenBack, desk, receipt.number, verdict)
    return Done(receipt, ())


def reverse(desk: Desk, moved: Moved) -> Done:
    """Take back a receipt that was recorded by mistake: off every debt it pays, and then altogether.

    Raises:
        WentBack: part of it was refunded, so the money was there.
        NotTakenBack: the rule refuses whoever acts; the refusal is recorded.
    """
    with desk.ledger.transaction("receipt.reverse", desk) as tx:
        receipt = receipt_to_move(tx, desk, moved)
        if receipt.returned:
            raise WentBack(number=receipt.number, returned=yuan(receipt.returned))
        verdict = undoing(tx, desk, "receipt", receipt, receipt.customer_id, receipt.received_on)
        parts: list[tuple[Fen, str, Fen]] = []
        if is_theirs := verdict.value == "granted":
            parts = [taken_off(tx, receipt, number, moved.day) for (number,) in _debts_of(tx, receipt)]
            _back(tx, receipt, "reversal", receipt.amount, moved)
            told = [*((debt, -part) for part, debt, _left in parts), (receipt.number, -receipt.amount)]
            verdict = told_of("reversed", moved, told, verdict.steps)
        tx.record(verdict, receipt.number[:40])
    if not is_theirs:
        raise refused(NotTakenBack, desk, receipt.number, verdict)
    return Done(receipt, parts)


def _back(tx: Transaction, receipt: Receipt, kind: str, amount: Fen, moved: Moved) -> None:
    tx.add(Return(receipt_id=receipt.key, kind=kind, amount=amount, returned_on=moved.day, reason=moved.reason))
    tx.amend(receipt, credit=receipt.credit - amount, returned=receipt.returned + amount)


def _debts_of(view: Reading, receipt: Receipt) -> list[tuple[str]]:
    """The numbers of the debts a receipt pays."""
    return view.select(
        "SELECT r.number FROM allocation a JOIN receivable r ON r.id = a.receivable_id WHERE a.receipt_id = :id "
        "GROUP BY r.id, r.number HAVING sum(a.amount) > 0 ORDER BY r.id",
        id=receipt.key,
    )


WORDS = (N_("refunded"), N_("reversed"))
