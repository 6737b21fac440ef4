"""A customer's account over a period, and how old what is open at its end is (A-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import owner_on
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.receivables.rules import columns
from salesctl.record import Record
from salesctl.statements.figures import account

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen
    from salesctl.statements.figures import Account


class NotOver(SalesctlError):
    """A statement of days that have not come."""

    code, status = "statement.future", WRONG
    says = N_("{day} has not come yet; an account is stated for days that are over or for today.")
    hint = N_("Correct the day: --until.")


class Upside(SalesctlError):
    """A period that ends before it begins."""

    code, status = "statement.period", WRONG
    says = N_("The period ends on {until}, before it begins on {since}.")
    hint = N_("Correct --from or --until.")


class Stated(Record):
    """A customer's account over a period, and how old what is open at its end is."""

    customer: Customer
    manager: str
    since: date
    until: date
    account: Account
    ages: Sequence[tuple[str, Fen]]


def stated(
    view: Reading, desk: Desk, customer: Customer, since: date, until: date, *, is_theirs: bool = False
) -> Stated:
    """A customer's account over a period; `is_theirs`: as they are told it, with what was written off inside.

    Raises:
        NotOver, Upside: it cannot be stated.
    """
    if until > desk.present_day:
        raise NotOver(day=until)
    if since > until:
        raise Upside(since=since, until=until)
    found = account(view, customer.key, since, until, is_theirs=is_theirs)
    owner = owner_on(view, customer.key, until)
    manager = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=owner) if owner else ""
    return Stated(customer, manager, since, until, found, _ages(desk, found, until))


def _ages(desk: Desk, found: Account, on: date) -> list[tuple[str, Fen]]:
    """What is open in each of the ageing columns (A-8.1 to A-8.3)."""
    edges = [(edge.name, edge.since.isoformat() if edge.since else "") for edge in columns(on, desk.policy)]
    sums = dict.fromkeys((name for name, _since in edges), 0)
    for debt in found.debts:
        sums[next(name for name, since in edges if debt.due_on >= since)] += debt.open
    return list(sums.items())
