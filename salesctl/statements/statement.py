"""Statements that are printed: each has a number, and the sums it states are recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import BUSY, N_, SalesctlError
from salesctl.forms.printing import keep, paper_page
from salesctl.policy.outcome import Basis, Outcome
from salesctl.statements.company import company_of
from salesctl.statements.figures import account
from salesctl.statements.rows import Statement
from salesctl.statements.statement_paper import paper
from salesctl.statements.stating import stated

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.statements.stating import Stated

THEIRS = Basis("", "A-8.4", "AMB-A8-k")
MOST_TRIES = 5  # to print what nobody changes meanwhile


class Moving(SalesctlError):
    """An account that others keep writing to."""

    code, status = "statement.moving", BUSY
    says = N_("The account changes while it is printed; nothing was printed.")
    hint = N_("Try again in a moment.")


def printed(desk: Desk, wanted: Stated, file: Path) -> Statement:
    """Print a statement; that it was, and the sums it states, are recorded under its number.

    It states what the customer owes: what was written off inside the house is owed all the same (AMB-A8-k).
    The page is made outside of the transaction, which then looks whether the account still stands as printed.

    Raises:
        Moving: others kept writing to this account.
    """
    company = company_of(desk)
    for _again in range(MOST_TRIES):
        with desk.ledger.reading() as view:
            now = stated(view, desk, wanted.customer, wanted.since, wanted.until, is_theirs=True)
            number = f"DZ-{view.value('SELECT coalesce(max(id), 0) + 1 FROM statement')}"
        made = paper_page(paper(desk, now, number, company), file)
        if row := _recorded(desk, now, number):
            if not desk.is_dry_run:
                keep(made, file)
            return row
    raise Moving


def _recorded(desk: Desk, one: Stated, number: str) -> Statement | None:
    """Record a page that was made, or None where its number was taken or the account moved meanwhile."""
    opening, closing = one.account.opening, one.account.closing
    with desk.ledger.transaction("customer.statement", desk) as tx:
        is_same = account(tx, one.customer.key, one.since, one.until, is_theirs=True) == one.account
        if not is_same or number != f"DZ-{tx.next_id(Statement)}":
            return None
        row = tx.add(
            Statement(
                number=number,
                customer_id=one.customer.key,
                from_on=one.since,
                until_on=one.until,
                opening=opening.owed,
                closing=closing.owed,
                held=closing.held,
                printed_on=desk.present_day,
                printed_at=tx.now,
                printed_by_id=desk.somebody.id,
            )
        )
        told = Outcome("statement printed", unit="word").step(N_("opening balance"), opening.owed, "fen", THEIRS)
        tx.record(told.step(N_("closing balance"), closing.owed, "fen", THEIRS), row.number)
        return row


def listed(view: Reading, on: date) -> Kept:
    """The statements that were printed by a day."""
    return view.kept(
        "SELECT s.number, c.name, s.from_on, s.until_on, s.opening, s.closing, s.held, s.printed_on, "
        "p.code || ' ' || p.name FROM statement s JOIN customer c ON c.id = s.customer_id "
        "JOIN person p ON p.id = s.printed_by_id WHERE s.printed_on <= :on ORDER BY s.id",
        on=on,
    )


WORDS = (N_("statement printed"),)
