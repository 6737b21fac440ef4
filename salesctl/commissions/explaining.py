"""The figures of a commission payment, taken apart: paid, confirmed, owed, and the sums it was let through on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.approvals.explaining import granted_on_contract
from salesctl.approvals.facts import COMMISSION
from salesctl.approvals.rows import Request
from salesctl.commissions import answers, facts
from salesctl.commissions.rows import CommissionPayment
from salesctl.console.explain import figure_meant
from salesctl.errors import N_
from salesctl.fines.facts import FINES
from salesctl.fines.negligence import RECORDS
from salesctl.fines.rows import Fine, Negligence
from salesctl.ledger.lookup import numbered
from salesctl.ledger.sources import known_by
from salesctl.policy.figure import Figure, Part
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.receivables import parts

if TYPE_CHECKING:
    from salesctl.commissions.rows import CommissionConfirmation
    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked

FIGURES = {
    "amount": N_("amount"),
    "confirmed": N_("confirmed"),
    "owed": N_("still owed to the customer"),
    "granted": N_("granted together"),
    "paid_before": N_("paid before"),
    "received": N_("money received"),
}
PAID, GOT, MORE = N_("commission paid"), N_("confirmed by the customer"), N_("nothing below zero")
FINED = {"amount": N_("amount")}
MULTIPLE = "A.commission"


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `commission show`, or one of those its rules were asked with."""
    name = figure_meant(asked.figure, FIGURES)
    one = facts.payment(view, " ".join(asked.words))
    found = answers.working(view, one, Outcome(None), desk.today)
    value = {
        "amount": one.amount,
        "confirmed": found.confirmed.received if found.confirmed else None,
        "owed": found.owed,
        "granted": one.granted,
        "paid_before": one.paid_before,
        "received": one.received,
    }[name]
    paper = Part("", 0, about=one.number, row=f"commission_payment {one.key}")
    if name == "received":
        sets = [parts.of_contract(view, one.contract_id, day) for day in (one.paid_on, date.max)]
        sets = [known_by(view, of, paper)[0] for of in sets]
        of = next((of for of in sets if sum(part.amount for part in of) == one.received), sets[0])
    elif name == "granted":
        requests = view.all(Request, "contract_id = :contract AND matter = :matter", contract=one.contract_id,
                            matter=COMMISSION)  # fmt: skip
        of = granted_on_contract(view, requests, paper)
    elif name == "paid_before":
        before = view.all(
            CommissionPayment, "contract_id = :contract AND id < :id", contract=one.contract_id, id=one.key
        )
        of = [_paid(row) for row in before]
    else:
        of = _of_payment(name, one, found.confirmed)
    return Figure(name, one.number, desk.today, value, of)


def fined(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """What a short payment is fined with: a multiple of what the customer did not get (A-6.5b)."""
    name = figure_meant(asked.figure, FINED)
    fine = numbered(view, Fine, FINES, " ".join(asked.words))
    multiple, basis = desk.policy.on(fine.occurred_on, MULTIPLE).figure("shortfall_fine")
    of = _short(view, fine, multiple, basis.source)
    return Figure(name, fine.number, desk.today, fine.amount, of, chapter=f"{MULTIPLE}.shortfall_fine")


def negligence(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """What was paid short in gross negligence (A-6.5c)."""
    name = figure_meant(asked.figure, {"amount": N_("short by")})
    grave = numbered(view, Negligence, RECORDS, " ".join(asked.words))
    return Figure(name, grave.number, desk.today, grave.amount, _short(view, grave, 1, "A-6.5c"))


def _of_payment(name: str, one: CommissionPayment, said: CommissionConfirmation | None) -> list[Part]:
    """What was paid, what of it the customer got, and what is still owed: never below nothing (A-6.5a)."""
    if name == "amount":
        return [_paid(one)]
    if said is None:
        return []
    if name == "confirmed":
        return [_got(one, said, 1)]
    more = min(one.amount - said.received, 0)
    return [_paid(one), _got(one, said, -1), *([Part(MORE, -more, clause="A-6.5a")] if more else [])]


def _short(view: Reading, taken: Fine | Negligence, multiple: int, clause: str) -> list[Part]:
    """What is asked for a payment that was confirmed short: by the word of the customer it was reckoned from."""
    paid = view.all(CommissionPayment, "number = :about", about=taken.about)
    if not paid:
        return [Part(N_("proposed"), taken.amount, row=f"{type(taken).table} {taken.key}", column="amount")]
    one, said = paid[0], facts.confirmations(view, paid[0])
    meant = next((word for word in reversed(said) if (one.amount - word.received) * multiple == taken.amount), said[-1])
    found = ((_paid(one), one.amount), (_got(one, meant, -1), meant.received))
    return [
        part.but(amount=part.amount * multiple, clause=clause, reckoned=f"{multiple} x {yuan(sum_)}")
        for part, sum_ in found
    ]


def _paid(one: CommissionPayment) -> Part:
    day = one.paid_on.isoformat()
    return Part(PAID, one.amount, day, one.number, clause="A-6.4", row=f"commission_payment {one.key}")


def _got(one: CommissionPayment, said: CommissionConfirmation, sign: int) -> Part:
    day, row = said.confirmed_on.isoformat(), f"commission_confirmation {said.key}"
    return Part(GOT, sign * said.received, day, one.number, clause="A-6.5a", row=row)
