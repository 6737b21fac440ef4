"""A loss is reported with evidence; the handover it belongs to, and whether it was known, follow from the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.handovers.actions import handover
from salesctl.handovers.issues import ISSUES
from salesctl.handovers.listed import Listed, listed
from salesctl.handovers.rows import Handover, HandoverIssue
from salesctl.ledger.lookup import numbered
from salesctl.losses import facts, rules
from salesctl.losses.rows import Loss
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.units import nfkc
from salesctl.receivables.listing import RECEIVABLES
from salesctl.receivables.rows import Receivable
from salesctl.record import Record
from salesctl.samples.listing import missing_units
from salesctl.samples.products import product as product_named

if TYPE_CHECKING:
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

OF_CUSTOMER = """state <> 'cancelled' AND started_on <= :on AND id IN (SELECT handover_id FROM handover_item
    WHERE kind = 'customer' AND customer_id = :customer)
    ORDER BY (signed_on IS NOT NULL AND signed_on <= :on) DESC, signed_on DESC, id DESC LIMIT 1"""


class NoHandover(SalesctlError):
    """A loss that no handover covers."""

    code, status = "loss.no-handover", WRONG
    says = N_("No handover covers {customer} on {day}; only what is handed over is shared by regulation E (E-17).")
    hint = N_("`salesctl handover list` shows the handovers; name one with --handover.")


class NotInIt(SalesctlError):
    """Something that was not handed over in the handover named."""

    code, status = "loss.not-handed-over", WRONG
    says = N_("{what} was not handed over in {number}.")
    hint = N_("`salesctl handover show {number}` shows what was; leave out --handover to have it found.")


class Cancelled(SalesctlError):
    """A handover that was cancelled hands nothing over."""

    code, status = "loss.cancelled", WRONG
    says = N_("{number} was cancelled, so nothing was handed over in it.")
    hint = N_("Name another handover with --handover.")


class NothingMissing(SalesctlError):
    """Samples of which none is recorded as missing, and no number is named."""

    code, status = "loss.none-missing", WRONG
    says = N_("No {product} is recorded as missing at {customer} that no other loss counts.")
    hint = N_("Say how many with --units, or record them first: salesctl sample missing {code} {product} --quantity N")


class Finding(Record):
    """What is said of a loss."""

    text: str
    evidence: str
    about: str = ""  # the number of a handover, a receivable or an issue
    handover: str = ""
    customer: str = ""
    product: str = ""
    units: int | None = None
    is_known: bool = False
    is_finance_error: bool = False


class Reported(Record):
    """A loss that was reported, by which table it will be shared, and what says that it was known."""

    loss: Loss
    handover: Handover
    outcome: Outcome
    known: Listed
    others: list[str]  # other losses about the same
    recorded_missing: int | None  # of samples, at that customer
    entered: str  # the table by the day it was entered, where that is another one; else empty


class _Subject(Record):
    about: str = ""
    customer: Customer | None = None
    debt: Receivable | None = None
    handover: Handover | None = None


def report(desk: Desk, finding: Finding) -> Reported:
    """Report a loss; the day of the report is the day it was found (AMB-E-a).

    Raises:
        NoHandover, NotInIt, Cancelled: it belongs to no handover.
        NothingMissing: of samples, where nothing says how many.
        WrongDay: before that handover began, or on a day to come.
    """
    with desk.ledger.transaction("loss.report", desk) as tx:
        subject = _subject(tx, finding)
        if finding.product and subject.debt:
            raise Invalid(value=subject.debt.number, what=N_("where goods are missing"), example="H-3, --customer 云帆")
        begun = _handover(tx, desk, finding, subject)
        facts.expect_day(desk, begun.started_on)
        known = listed(tx, begun, subject.about, desk.today, desk.policy) if subject.about else Listed(is_known=False)
        was_carried = bool(known.where) and not known.is_known  # it passed on by E-16, known as it was
        is_known = known.is_known or (finding.is_known and not was_carried)
        what = product_named(tx, finding.product).code if finding.product else ""
        missing = _missing(tx, desk, what, subject)
        others = _others(tx, subject.about, what, desk.today)
        units = _units(tx, finding.but(product=what), subject, missing, desk.today)
        signed = begun.signed_on if begun.signed_on and begun.signed_on <= desk.today else None
        answer = rules.tier(signed, is_known, on=desk.today, policy=desk.policy)
        answer = answer.step(N_("listed in"), known.where or "-", "text", Basis("", "E-15b", "AMB-E-n"))
        reported = tx.add(
            Loss(
                number=f"LS-{tx.next_id(Loss)}",
                handover_id=begun.key,
                found_on=desk.today,
                reported_at=tx.now,
                reported_by_id=desk.somebody.id,
                text=finding.text,
                evidence=finding.evidence,
                about=subject.about,
                product=what,
                units=units,
                is_known=is_known,
                is_finance_error=finding.is_finance_error,
            )
        )
        tx.record(answer, reported.number)
        late = str(rules.tier(signed, is_known, on=desk.present_day, policy=desk.policy).value)
        return Reported(reported, begun, answer, known, others, missing, late if late != answer.value else "")


def _subject(view: Reading, finding: Finding) -> _Subject:
    """What a loss is about: a handover as a whole, a receivable, an issue, or a customer."""
    text = nfkc(finding.about).strip()
    bought = customer(view, finding.customer) if finding.customer else None
    if not text:
        return _Subject(bought.code if bought else "", bought)
    start, _dash, count = text.upper().partition("-")
    if start == "H" and count.isdecimal():
        return _Subject(bought.code if bought else "", bought, handover=handover(view, text))
    if start == "HI" and count.isdecimal():
        issue = numbered(view, HandoverIssue, ISSUES, text)
        return _Subject(issue.number, bought, handover=view.one(Handover, id=issue.handover_id))
    debt = numbered(view, Receivable, RECEIVABLES, text)
    of = view.value("SELECT code FROM customer WHERE id = :id", id=debt.customer_id)
    return _Subject(debt.number, customer(view, of), debt)


def _handover(view: Reading, desk: Desk, finding: Finding, subject: _Subject) -> Handover:
    """The handover named, else the newest signed one that passed the customer on, else one under way (AMB-E-m)."""
    begun = handover(view, finding.handover) if finding.handover else subject.handover
    if begun is not None and subject.handover is not None and begun.key != subject.handover.key:
        raise NotInIt(what=subject.about or subject.handover.number, number=begun.number)
    if begun is None:
        if subject.customer is None:
            raise Invalid(value="", what=N_("what the loss is about"), example="H-3, R-12, HI-2, --customer 云帆")
        found = view.all(Handover, OF_CUSTOMER, customer=subject.customer.key, on=desk.today)
        if not found:
            raise NoHandover(customer=subject.customer.name, day=desk.today)
        begun = found[0]
    if begun.state == "cancelled":
        raise Cancelled(number=begun.number)
    _expect_in(view, begun, subject)
    return begun


def _expect_in(view: Reading, begun: Handover, subject: _Subject) -> None:
    """The customer passes on in it, and a debt was there when it was signed."""
    passed = "SELECT 1 FROM handover_item WHERE handover_id = :id AND kind = 'customer' AND customer_id = :customer"
    if subject.customer and not view.value(passed, id=begun.key, customer=subject.customer.key):
        raise NotInIt(what=subject.about, number=begun.number)
    if subject.debt and begun.signed_on and subject.debt.issued_on > begun.signed_on:
        raise NotInIt(what=subject.debt.number, number=begun.number)


def _others(view: Reading, about: str, product: str, on: date) -> list[str]:
    """Other losses about the same, neither dropped nor reversed by a day; an issue and the debt it is about are one."""
    if not about:
        return []
    root = view.value("SELECT about FROM handover_issue WHERE number = :about AND about <> ''", about=about) or about
    same = (
        "(about IN (:about, :root) OR about IN (SELECT number FROM handover_issue WHERE about = :root)) "
        f"AND product = :product AND state <> 'dropped' AND id NOT IN ({facts.REVERSED})"
    )
    return [one.number for one in view.all(Loss, same, about=about, root=root, product=product, on=on)]


def _missing(view: Reading, desk: Desk, product: str, subject: _Subject) -> int | None:
    if not product or subject.customer is None or subject.debt:
        return None
    return missing_units(view, subject.customer.key, product_named(view, product).key, desk.today)


def _units(view: Reading, finding: Finding, subject: _Subject, missing: int | None, on: date) -> int | None:
    """How many pieces: those named, else those recorded as missing there that no other loss counts by a day."""
    product = finding.product
    if not product or finding.units is not None:
        return finding.units if product else None
    counted = view.value(
        "SELECT coalesce(sum(units), 0) FROM loss WHERE about = :about AND product = :product AND state <> 'dropped' "
        f"AND id NOT IN ({facts.REVERSED})",
        about=subject.about,
        product=product,
        on=on,
    )
    left = (missing or 0) - int(counted)
    if left <= 0:
        at = subject.customer
        raise NothingMissing(product=product, customer=at.name if at else "-", code=at.code if at else "CUSTOMER")
    return left
