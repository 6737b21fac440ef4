"""A debt that changes after it was issued: cancelled, contested, due on another day; and a contract's instalments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.contracts.actions import contract as contract_named
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.lookup import numbered
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import Rate, add_months, apportion, yuan
from salesctl.receivables.actions import DueBeforeIssue, NotIssued, free_number
from salesctl.receivables.listing import RECEIVABLES
from salesctl.receivables.movements import TooEarly
from salesctl.receivables.rows import Dispute, DueChange, Receivable
from salesctl.receivables.undoing import NotUndone, refused, undoing
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.policy.units import Fen


class WasPaid(SalesctlError):
    """Only a debt that nothing was paid on can be cancelled."""

    code, status = "receivables.paid", WRONG
    says = N_("{paid} of {number} were paid or written off; it cannot be cancelled.")
    hint = N_("Take the money off it first: salesctl receipt release RECEIPT {number} --reason TEXT")


class WasCancelled(SalesctlError):
    """Nothing more happens to a debt that was cancelled."""

    code, status = "receivables.cancelled", WRONG
    says = N_("{number} was cancelled on {day}: {reason}.")


class Contested(SalesctlError):
    """A dispute that is open already."""

    code, status = "receivables.disputed", WRONG
    says = N_("{number} is contested since {since}: {reason}.")
    hint = N_("End that first: salesctl receivable dispute {number} --ended TEXT")


class NotContested(SalesctlError):
    """No dispute to be ended."""

    code, status = "receivables.not-disputed", WRONG
    says = N_("{number} is not contested.")
    hint = N_("Say why it is: salesctl receivable dispute {number} --reason TEXT")


class NotThere(SalesctlError):
    """A day to come: nobody knows today what is contested or cancelled then."""

    code, status = "receivables.not-there", WRONG
    says = N_("{day} has not come yet; what becomes of {number} is recorded from the day it is so.")
    hint = N_("Correct the day: --date.")


class MoreThanContract(SalesctlError):
    """Instalments beyond what the contract is about."""

    code, status = "receivables.more-than-contract", WRONG
    says = N_("{contract} is about {amount}, {issued} of it is issued; {more} more would be too much.")
    hint = N_("Correct the amounts.")


class AllIssued(SalesctlError):
    """Instalments of a contract that leaves nothing to be issued."""

    code, status = "receivables.all-issued", WRONG
    says = N_("Nothing is left to be issued of {contract}: all its {amount} is.")
    hint = N_("`salesctl contract show {contract}` shows it.")


class TooSmall(SalesctlError):
    """Less than a fen for each of the equal parts."""

    code, status = "receivables.too-small", WRONG
    says = N_("{amount} cannot be shared into {count} instalments of a fen or more.")
    hint = N_("Name fewer of them: --count N")


class Instalments(Record):
    """How what a contract leaves to be issued falls due."""

    contract: str
    issued_on: date
    parts: Sequence[tuple[date, Fen]] = ()  # named one by one, or
    equal: int = 0  # so many equal ones
    first: date | None = None
    months: int = 1  # between two of them


def cancel(desk: Desk, number: str, day: date, reason: str) -> Receivable:
    """End a debt that was recorded by mistake or credited: from that day on nothing of it is owed.

    Raises:
        NotThere, TooEarly, WasPaid, WasCancelled: it cannot be.
        NotUndone: the rule refuses whoever acts; the refusal is recorded.
    """
    with desk.ledger.transaction("receivable.cancel", desk) as tx:
        debt = living(tx, number)
        _expect_day(desk, debt, day, max(debt.issued_on, debt.not_before or debt.issued_on))
        if debt.paid or debt.written_off:
            raise WasPaid(number=debt.number, paid=yuan(debt.paid + debt.written_off))
        verdict = undoing(tx, desk, "receivable", debt, debt.customer_id, debt.issued_on)
        if is_theirs := verdict.value == "granted":
            tx.amend(debt, open=0, cancelled_on=day, cancelled_why=reason)
            told = Outcome("cancelled", unit="word", steps=verdict.steps).step(N_("from"), day, "day")
            verdict = told.step(debt.number, -debt.amount, "fen").step(N_("reason"), reason, "text")
        tx.record(verdict, debt.number[:40])
    if not is_theirs:
        raise refused(NotUndone, desk, debt.number, verdict)
    return debt


def dispute(desk: Desk, number: str, day: date, reason: str) -> Dispute:
    """Record that the customer contests a debt from a day on; what the regulation asks of it stays as it is."""
    with desk.ledger.transaction("receivable.dispute", desk) as tx:
        debt = living(tx, number)
        _expect_day(desk, debt, day, debt.issued_on)
        tx.about = debt.number[:40]
        for before in tx.all(Dispute, "receivable_id = :debt", debt=debt.key):
            if before.until_on is None:
                raise Contested(number=debt.number, since=before.from_on, reason=before.reason)
            if day < before.until_on:
                raise TooEarly(day=day, number=debt.number, since=before.until_on)
        return tx.add(Dispute(receivable_id=debt.key, from_on=day, reason=reason))


def end_dispute(desk: Desk, number: str, day: date, outcome: str) -> Dispute:
    """Record that a debt is not contested any more from a day on, and how that came."""
    with desk.ledger.transaction("receivable.dispute", desk) as tx:
        debt = numbered(tx, Receivable, RECEIVABLES, number)
        tx.about = debt.number[:40]
        running = tx.all(Dispute, "receivable_id = :debt AND until_on IS NULL", debt=debt.key)
        if not running:
            raise NotContested(number=debt.number)
        _expect_day(desk, debt, day, running[0].from_on)
        return tx.amend(running[0], until_on=day, outcome=outcome)


def redate(tx: Transaction, number: str, due: date, request: str, day: date) -> DueChange:
    """Move the due day of a debt, as a granted request for other terms says (A-5.2); in the request's transaction.

    Raises:
        WasCancelled: nothing of it is owed.
        DueBeforeIssue: the new day comes before the debt was issued.
        TooEarly: it was moved after that day already.
    """
    debt = living(tx, number)
    if due < debt.issued_on:
        raise DueBeforeIssue(due=due, issued=debt.issued_on)
    since = tx.value("SELECT max(changed_on) FROM due_change WHERE receivable_id = :debt", debt=debt.key)
    if day.isoformat() < (since or debt.issued_on.isoformat()):
        raise TooEarly(day=day, number=debt.number, since=since or debt.issued_on)
    change = DueChange(receivable_id=debt.key, request=request, due_before=debt.due_on, due_after=due, changed_on=day)
    tx.amend(debt, due_on=due)
    return tx.add(change)


def issue_instalments(desk: Desk, wanted: Instalments) -> list[Receivable]:
    """Record what a contract leaves to be issued as several debts, each with its due day.

    Raises:
        MoreThanContract: the parts and what is issued already come to more than the contract is about.
        TooSmall: there are more equal parts than fen.
        NotIssued, DueBeforeIssue: as for one debt.
    """
    if wanted.issued_on > desk.present_day:
        raise NotIssued(day=wanted.issued_on)
    with desk.ledger.transaction("receivable.instalments", desk) as tx:
        contract = contract_named(tx, wanted.contract)
        issued = int(
            tx.value(
                "SELECT coalesce(sum(amount), 0) FROM receivable WHERE contract_id = :id AND cancelled_on IS NULL",
                id=contract.key,
            )
        )
        if not wanted.parts and issued >= contract.amount:
            raise AllIssued(contract=contract.number, amount=yuan(contract.amount))
        parts = wanted.parts or _equal(wanted, max(0, contract.amount - issued))
        more = sum(amount for _due, amount in parts)
        if more > contract.amount - issued or not more:
            of = {"amount": yuan(contract.amount), "issued": yuan(issued), "more": yuan(more)}
            raise MoreThanContract(contract=contract.number, **of)
        tx.about = contract.number[:40]
        return [_issue(tx, wanted, contract.key, contract.customer_id, part) for part in parts]


def _equal(wanted: Instalments, amount: Fen) -> list[tuple[date, Fen]]:
    """Equal parts, a number of months apart; the fen that cannot be shared go to the first ones."""
    if 0 < amount < wanted.equal:
        raise TooSmall(amount=yuan(amount), count=wanted.equal)
    first = wanted.first or wanted.issued_on
    shares = apportion(amount, [Rate(1, wanted.equal, f"1/{wanted.equal}")] * wanted.equal)
    return [(add_months(first, place * wanted.months), share) for place, share in enumerate(shares)]


def _issue(
    tx: Transaction, wanted: Instalments, contract_id: int, customer_id: int, part: tuple[date, Fen]
) -> Receivable:
    due, amount = part
    if due < wanted.issued_on:
        raise DueBeforeIssue(due=due, issued=wanted.issued_on)
    return tx.add(
        Receivable(
            number=free_number(tx, Receivable, "R", tx.next_id(Receivable)),
            customer_id=customer_id,
            contract_id=contract_id,
            amount=amount,
            open=amount,
            issued_on=wanted.issued_on,
            due_on=due,
        )
    )


def living(tx: Transaction, number: str) -> Receivable:
    """A debt that was not cancelled."""
    debt = numbered(tx, Receivable, RECEIVABLES, number)
    if debt.cancelled_on:
        raise WasCancelled(number=debt.number, day=debt.cancelled_on, reason=debt.cancelled_why)
    return debt


def _expect_day(desk: Desk, debt: Receivable, day: date, since: date) -> None:
    if day > desk.present_day:
        raise NotThere(day=day, number=debt.number)
    if day < since:
        raise TooEarly(day=day, number=debt.number, since=since)


WORDS = (N_("cancelled"),)
