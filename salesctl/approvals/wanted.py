"""What somebody asks for, with the facts of its matter looked up (A-4.1, A-5.2, AMB-A4-a, AMB-A5-f)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.approvals import facts
from salesctl.approvals.mismatches import apart
from salesctl.approvals.rows import Request
from salesctl.contracts.actions import contract
from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.ledger.journal import fingerprint
from salesctl.ledger.lookup import numbered
from salesctl.policy.units import price
from salesctl.receivables.listing import RECEIVABLES
from salesctl.receivables.rows import Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.people.rules import Decider

GROUNDS = ("dissatisfied", "company_fault")  # of a make-good
FITTING = {  # matter -> the option that says how much
    "commission": "amount",
    "commission_payment": "amount",
    "price": "price",
    "make_good": "quantity",
    "free_test": "quantity",
    "terms": "quantity",
}
OF_A_CUSTOMER = ("make_good", "free_test")  # always, and of no contract
OF_AN_INVOICE = "mismatch"  # which tells the customer
CONTENT = ("matter", "contract_id", "customer_id", "about", "line", "amount", "purpose", "evidence")


class WrongDay(SalesctlError):
    """A business day on which this cannot have happened."""

    code, status = "approve.day", WRONG
    says = N_("This cannot have happened on {day}: {why} {than}.")
    hint = N_("Correct --on, or leave it out for today.")


class NoVolume(SalesctlError):
    """A make-good is measured against a volume that is not known."""

    code, status = "approve.no-volume", WRONG
    says = N_("The volume of {customer} in {month} on the line {line} is not recorded (A-4.2a, AMB-A4-a).")
    hint = N_("Record it: salesctl customer volume {code} UNITS --line {line} --month {month}-01")


class NoEvidence(SalesctlError):
    """A ground that wants evidence."""

    code, status = "approve.no-evidence", WRONG
    says = N_("A make-good for the company's fault wants evidence of it (A-4.1).")
    hint = N_('Say --evidence "what shows it".')


class NothingApart(SalesctlError):
    """Nothing to apply for."""

    code, status = "approve.nothing-apart", WRONG
    says = N_("What was received for {number} is what was invoiced, to the fen: nothing is applied for (AMB-A5-f).")


class Wanted(Record):
    """What somebody asks for, as they typed it."""

    matter: str
    amount: int = 0
    contract: str = ""
    customer: str = ""
    about: str = ""
    line: str = ""
    base: int = 0
    purpose: str = ""
    evidence: str = ""


class Change(Record):
    """What is to be asked for instead: of these what fits the matter."""

    amount: int | None = None  # fen
    price: int | None = None  # ten-thousandths of a yuan
    quantity: int | None = None  # units or days
    purpose: str = ""
    answer: str = ""  # to what was asked back; it stands in the trail


def changed(one: Request, asked: Change) -> dict[str, object]:
    """The columns a revision changes.

    Raises:
        Invalid: money where units are asked for, or the other way; a price that is none; nothing else at all.
    """
    options = {"amount": asked.amount, "price": asked.price, "quantity": asked.quantity}
    said = {name: value for name, value in options.items() if value is not None}
    fits = FITTING.get(one.matter, "")
    if (strange := [name for name in said if name != fits]) or not (said or asked.purpose or asked.answer):
        what = N_("another price, amount, quantity or text, as the matter has one")
        example = ", ".join(filter(None, (f"--{fits} ..." if fits else "", '--for "..."', '--text "..."')))
        raise Invalid(value=" ".join(f"--{name}" for name in strange) or "-", what=what, example=example)
    new: dict[str, object] = {"purpose": asked.purpose} if asked.purpose else {}
    if asked.purpose and one.matter == "make_good":
        raise Invalid(value="--for", what=N_("another quantity or an answer"), example='--quantity ..., --text "..."')
    if asked.price is not None:
        if not asked.price < one.base:
            what = N_("a price below the listed one")
            raise Invalid(value=price(asked.price), what=what, example=f"--price < {price(one.base)}")
        return {**new, "amount": one.base - asked.price}
    return {**new, "amount": said[fits]} if said else new


def requested(tx: Transaction, desk: Desk, wanted: Wanted, who: Decider) -> Request:
    """The request as it will be written, with the facts of its matter looked up."""
    is_customers = wanted.customer or wanted.matter in OF_A_CUSTOMER
    is_contracts = wanted.contract or not (is_customers or wanted.matter == OF_AN_INVOICE)  # an empty one is none
    on = contract(tx, wanted.contract) if is_contracts else None
    if on is not None:
        expect_day(desk, on.signed_on, N_("the contract was signed on"))
    expect_day(desk, None, "")
    one = Request(
        number=f"A-{tx.next_id(Request)}",
        matter=wanted.matter,
        contract_id=on.key if on else None,
        customer_id=None if on or not is_customers else customer(tx, wanted.customer).key,
        about=wanted.about,
        line=wanted.line,
        amount=wanted.amount,
        purpose=wanted.purpose,
        evidence=wanted.evidence,
        asked_on=desk.today,
        asked_by_id=who.id,
        asked_at=tx.now,
        typed_by_id=who.typist_id,
        granted_before=0,
        base=wanted.base,
        level="",
    )
    if wanted.matter == OF_AN_INVOICE:
        _fill_mismatch(tx, desk, one)
    if wanted.matter == "make_good":
        _expect_ground(tx, desk, one)
    return one


def _fill_mismatch(tx: Transaction, desk: Desk, one: Request) -> None:
    """How far what was received for an invoice is from it (AMB-A5-f)."""
    debt = numbered(tx, Receivable, RECEIVABLES, one.about)
    differs = apart(tx, debt.number, desk.today)
    if not differs:
        raise NothingApart(number=debt.number)
    one.__dict__.update(customer_id=debt.customer_id, about=debt.number, amount=differs, base=debt.amount)


def _expect_ground(tx: Transaction, desk: Desk, one: Request) -> None:
    """The ground of a make-good, and the volume it is measured against (A-4.1, AMB-A4-a)."""
    wanted = desk.policy.on(desk.today, "A.make_good").checklist(one.purpose)
    done = ["request", *(["evidence"] if one.evidence else [])]
    if wanted.missing([item.name for item in wanted.items if item.name in done]).value:
        raise NoEvidence
    served = facts.customer_id(tx, one)
    if not facts.volume(tx, served, one.line, one.about):
        code, name = tx.select("SELECT code, name FROM customer WHERE id = :id", id=served)[0]
        raise NoVolume(customer=name, code=code, month=one.about, line=one.line)


def expect_day(desk: Desk, first: date | None, why: str) -> None:
    """Refuse a business day before something happened, or one that has not come."""
    if first is not None and desk.today < first:
        raise WrongDay(day=desk.today, why=why, than=first)
    if desk.today > desk.present_day:
        raise WrongDay(day=desk.today, why=N_("today is"), than=desk.present_day)


def digest(one: Request) -> str:
    """The fingerprint of what is asked for; whoever decides, decides on this."""
    content = {name: getattr(one, name) for name in CONTENT}
    if one.matter == "price":
        content["base"] = one.base
    return fingerprint(json.dumps(content, ensure_ascii=False, sort_keys=True))
