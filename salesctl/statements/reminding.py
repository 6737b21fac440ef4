"""A reminder goes out: printed, or as a letter of the outbox; when, by whom and in which tone is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.forms.printing import keep, paper_page
from salesctl.mail import outbox
from salesctl.people.emails import email_of
from salesctl.policy.outcome import Outcome
from salesctl.statements.drafts import Wish, drafted
from salesctl.statements.rows import Reminder
from salesctl.statements.statement import MOST_TRIES, Moving

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.ledger.kept import Kept
    from salesctl.statements.drafts import Draft


class NoAddress(SalesctlError):
    """A customer nobody knows the address of."""

    code, status = "reminder.no-address", WRONG
    says = N_("No e-mail address of {customer} is known, so the reminder cannot go to them.")
    hint = N_("Say it first: salesctl customer email {code} ADDRESS; or print the reminder: --print FILE.pdf")


def draft(desk: Desk, wish: Wish) -> Draft:
    """A reminder as it would go out; nothing is recorded."""
    with desk.ledger.reading() as view:
        return drafted(view, desk, customer(view, wish.customer), wish)


class RemindedToday(SalesctlError):
    """The same reminder again."""

    code, status = "reminder.again", WRONG
    says = N_("{customer} was sent {number} in this tone today already.")
    hint = N_("If another letter is meant, add --again.")


def remind(desk: Desk, wish: Wish, file: Path | None, *, is_mailed: bool) -> tuple[Draft, Reminder]:
    """Print a reminder, or put it into the outbox, or both, and record it.

    A page is made outside of the transaction, which then looks whether the letter would still say the same.

    Raises:
        NothingOverdue: nothing is to be reminded of.
        NoAddress: the letter has nowhere to go.
        Moving: others kept writing to this account.
    """
    for _again in range(MOST_TRIES):
        made = draft(desk, wish)
        if is_mailed and not made.contact.address:
            raise NoAddress(customer=made.customer, code=wish.customer)
        page = paper_page(made.paper(desk), file) if file else b""
        if row := _recorded(desk, wish, made, is_mailed=is_mailed):
            if file and not desk.is_dry_run:
                keep(page, file)
            return made, row
    raise Moving


def _recorded(desk: Desk, wish: Wish, made: Draft, *, is_mailed: bool) -> Reminder | None:
    with desk.ledger.transaction("customer.remind", desk) as tx:
        reminded = customer(tx, wish.customer)
        if is_mailed and not wish.is_again:
            _refuse_again(tx, reminded.key, made)
        if drafted(tx, desk, reminded, wish) != made:
            return None
        letter = outbox.enqueue(tx, _letter(tx, made)) if is_mailed else ""
        row = tx.add(
            Reminder(
                number=made.number,
                customer_id=reminded.key,
                tone=made.tone,
                amount=made.amount,
                text=made.text(),
                letter=letter,
                reminded_on=made.on,
                reminded_at=tx.now,
                reminded_by_id=desk.somebody.id,
            )
        )
        told = Outcome("reminded", unit="word").step(N_("tone"), made.tone, "text")
        told = told.step(N_("past due"), made.amount, "fen")
        tx.record(told.step(N_("debts"), len(made.debts), "count"), made.number)
        return row


def _refuse_again(tx: Transaction, customer_id: int, made: Draft) -> None:
    """A customer is not written to twice in the same tone on one day, unless it is said that this is meant."""
    same = "customer_id = :who AND tone = :tone AND reminded_on = :day AND letter <> ''"
    if before := tx.all(Reminder, same, who=customer_id, tone=made.tone, day=made.on):
        raise RemindedToday(number=before[-1].number, customer=made.customer)


def _letter(tx: Transaction, made: Draft) -> outbox.Draft:
    """The letter; whoever serves the customer gets a copy, where they can be reached."""
    to = outbox.Addressee(made.contact.name or made.customer, made.contact.address)
    address = email_of(tx, made.manager_id) if made.manager_id else ""
    cc = (outbox.Addressee(made.manager, address, made.manager_id),) if address else ()
    return outbox.Draft((to,), made.subject, made.text(), cc, about=made.number)


def listed(view: Reading, on: date, which: str = "") -> Kept:
    """The reminders that went out by a day, of all customers or of one."""
    of = customer(view, which).key if which else 0
    return view.kept(
        "SELECT r.number, c.name, r.tone, r.amount, r.reminded_on, p.code || ' ' || p.name, r.letter FROM reminder r "
        "JOIN customer c ON c.id = r.customer_id JOIN person p ON p.id = r.reminded_by_id "
        "WHERE r.reminded_on <= :on AND (:of = 0 OR r.customer_id = :of) ORDER BY r.id",
        on=on,
        of=of,
    )


WORDS = (N_("reminded"),)
