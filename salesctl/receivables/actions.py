"""What customers owe is recorded (A-8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.contracts.actions import contract as contract_named
from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown, yuan
from salesctl.receivables.rows import Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from typing import Any

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen

AGAIN = timedelta(minutes=10)  # a second recording within it is asked about
LONGEST = 60  # of a number


class NothingToRecord(SalesctlError):
    """An amount of zero."""

    code, status = "receivables.amount", WRONG
    says = N_("{value} is not more than zero; a receivable or a receipt is never zero or negative.")
    hint = N_("Give what is owed or received. A receipt that was wrong is reversed, not recorded as a negative one.")


class DueBeforeIssue(SalesctlError):
    """A debt cannot be due before it exists."""

    code, status = "receivables.due-before-issue", WRONG
    says = N_("Due on {due}, which is before it was issued on {issued}.")
    hint = N_("Correct one of the two days: --due, --issued.")


class NotIssued(SalesctlError):
    """A debt of a day that has not come."""

    code, status = "receivables.future", WRONG
    says = N_("{day} has not come yet; a debt is recorded once it is issued.")
    hint = N_("Correct the day: --issued.")


class NumberTaken(SalesctlError):
    """A number names one thing."""

    code, status = "receivables.number-taken", WRONG
    says = N_("The number {value} is taken: {taken}.")
    hint = N_("Give another with --number, or none.")


class BadNumber(SalesctlError):
    """A number that could not be typed again."""

    code, status = "receivables.number", WRONG
    says = N_("{value!r} cannot be a number: it is empty, too long, or has characters that cannot be seen.")
    hint = N_("Use {longest} visible characters at most.")


class OtherCustomer(SalesctlError):
    """A paper of another customer."""

    code, status = "receivables.other-customer", WRONG
    says = N_("{number} belongs to {owner}, not to {customer}.")
    hint = N_("Correct the number or the customer.")


class RecordedJustNow(SalesctlError):
    """The same again within ten minutes: probably a repetition, perhaps not."""

    code, status = "receivables.again", WRONG
    says = N_("{number}, of the same customer, amount and day, was recorded less than ten minutes ago.")
    hint = N_("If this is another one, add --again.")


class NewReceivable(Record):
    """What is said of a new debt."""

    customer: str
    amount: Fen
    issued_on: date
    due_on: date
    contract: str = ""
    number: str = ""
    is_another: bool = False


def log(desk: Desk, new: NewReceivable) -> Receivable:
    """Record a debt."""
    refuse_nothing(new.amount)
    if new.issued_on > desk.present_day:
        raise NotIssued(day=new.issued_on)
    if new.due_on < new.issued_on:
        raise DueBeforeIssue(due=new.due_on, issued=new.issued_on)
    with desk.ledger.transaction("receivable.log", desk) as tx:
        owing = customer(tx, new.customer)
        contract_id = contract_of(tx, new.contract, owing)
        if not new.is_another:
            refuse_repetition(tx, "receivable", "open > 0 AND due_on = :day", owing, (new.amount, new.due_on))
        number = number_of(tx, Receivable, new.number, "R")
        added = Receivable(
            number=number,
            customer_id=owing.key,
            contract_id=contract_id,
            amount=new.amount,
            open=new.amount,
            issued_on=new.issued_on,
            due_on=new.due_on,
        )
        tx.about = number[:40]
        return tx.add(added)


def refuse_nothing(amount: Fen) -> None:
    """Raise unless the amount is something."""
    if amount <= 0:
        raise NothingToRecord(value=yuan(amount))


def number_of(tx: Transaction, kind: Any, wanted: str, letter: str) -> str:
    """The number asked for, or the next one of ours; each names one row."""
    number = checked_number(wanted) if wanted else free_number(tx, kind, letter, tx.next_id(kind))
    taken = tx.select(
        f"SELECT c.name, t.amount FROM {kind.table} t JOIN customer c ON c.id = t.customer_id WHERE t.number = :number",
        number=number,
    )
    if taken:
        raise NumberTaken(value=number, taken=f"{taken[0][0]}, {yuan(taken[0][1])}")
    return number


def free_number(view: Reading, kind: Any, letter: str, ours: int) -> str:
    """The first number of ours from `R-ours` on that nobody has typed in before us."""
    number = f"{letter}-{ours}"
    while view.value(f"SELECT 1 FROM {kind.table} WHERE number = :number", number=number):
        ours += 1
        number = f"{letter}-{ours}"
    return number


def checked_number(text: str) -> str:
    """A number as it is kept.

    Raises:
        BadNumber: empty, too long, or with characters that cannot be seen.
    """
    number = text.strip()
    if not 0 < len(number) <= LONGEST or not number.isprintable():
        raise BadNumber(value=shown(text), longest=LONGEST)
    return number


def contract_of(tx: Reading, number: str, of: Customer) -> int | None:
    """The id of the customer's contract of that number; None where none is named."""
    if not number:
        return None
    contract = contract_named(tx, number)
    if contract.customer_id != of.key:
        owner = tx.value("SELECT name FROM customer WHERE id = :id", id=contract.customer_id)
        raise OtherCustomer(number=contract.number, owner=owner, customer=of.name)
    return contract.key


def refuse_repetition(tx: Transaction, table: str, same_day: str, of: Customer, said: tuple[Fen, date]) -> None:
    """Ask before recording the same customer, amount and day twice within ten minutes.

    Raises:
        RecordedJustNow: it was recorded; the person may have lost the answer.
    """
    number = tx.value(
        f"SELECT t.number FROM {table} t JOIN journal j ON j.about = substr(t.number, 1, 40) "
        f"WHERE t.customer_id = :customer AND {same_day} AND t.amount = :amount "
        "AND j.verb = :verb AND j.recorded_at >= :since ORDER BY t.id DESC LIMIT 1",
        customer=of.key,
        amount=said[0],
        day=said[1],
        verb=f"{table}.log",
        since=tx.now - AGAIN,
    )
    if number:
        raise RecordedJustNow(number=number)
