"""What is answered about a payment: the rules asked together, what the customer said, what is due (A-6, T-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.commissions import facts
from salesctl.commissions.rows import CommissionConfirmation, CommissionPayment
from salesctl.commissions.rules import REFUSALS, Acting, Payment, authority, may_pay, payment, shortfall_fine
from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.fines.negligence import record_of
from salesctl.ledger.decided import decisions
from salesctl.people.known import is_one_of_us
from salesctl.policy.outcome import Outcome
from salesctl.policy.schedule import moments
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.fines.rows import Fine, Negligence
    from salesctl.ledger.book import Reading
    from salesctl.policy.outcome import Step
    from salesctl.policy.units import Fen

PAID = "commission.pay"  # the verb of the entry that let a payment through
STATES = (N_("unconfirmed"), N_("confirmed in full"), N_("short"))
ASK = N_(
    "{payee} was paid {amount} yuan on {contract}; have the customer confirm it: salesctl commission confirm {number}"
)
REST = N_(
    "{owed} yuan of it is still owed to {payee} on {contract}; pay the rest, then have the customer confirm it all: "
    "salesctl commission confirm {number}"
)


class Working(Record):
    """A payment, what its ids stand for, what the customer said of it, its fine, and the working of the last answer."""

    payment: CommissionPayment
    names: facts.Names
    confirmations: list[CommissionConfirmation]
    fine: Fine | None
    negligence: Negligence | None
    outcome: Outcome

    @property
    def confirmed(self) -> CommissionConfirmation | None:
        """The newest word of the customer."""
        return self.confirmations[-1] if self.confirmations else None

    @property
    def owed(self) -> Fen | None:
        """What the customer did not get of it; none while nobody has asked them."""
        return max(self.payment.amount - self.confirmed.received, 0) if self.confirmed else None

    @property
    def state(self) -> str:
        """How far it has come (SM-5)."""
        return "unconfirmed" if self.owed is None else "short" if self.owed else "confirmed_in_full"


def working(view: Reading, one: CommissionPayment, outcome: Outcome, on: date | None = None) -> Working:
    """A payment as it stands, or as it stood on a day."""
    said = facts.confirmations(view, one, on)
    names = facts.names(view, one)
    grave = record_of(view, "A-6.5c", one.number, names.requester_id)
    is_known = grave is not None and (on is None or grave.proposed_on <= on)
    return Working(one, names, said, facts.fine_of(view, said), grave if is_known else None, outcome)


def recorded(view: Reading, desk: Desk, one: CommissionPayment) -> Working:
    """A payment with the working it was let through on, and what its newest confirmation means."""
    let_through = decisions(view, one.number, verb=PAID)[-1].outcome
    found = working(view, one, let_through, desk.today)
    if found.confirmed is None:
        return found
    short = shortfall_fine(one.amount, found.confirmed.received, on=one.paid_on, policy=desk.policy)
    return found.but(outcome=Outcome(found.outcome.value, unit="word", steps=(*found.outcome.steps, *short.steps)))


def asked(
    view: Reading, desk: Desk, one: CommissionPayment, covers: facts.Covers, forms_used: list[str]
) -> tuple[Outcome, ...]:
    """The answers on a payment: its form and sums, whoever pays it, the authority behind it."""
    on, policy = one.paid_on, desk.policy
    left = covers.request.amount - facts.paid(view, "request_id", one.request_id)
    is_ours = is_one_of_us(view, one.payee)
    paying = Payment(one.amount, one.granted, one.paid_before, one.form, one.payee_kind, left, is_ours)
    grants = facts.grants(view, covers, policy.on(on, "A.approvals").items("ladder")[0])
    return (
        payment(paying, forms_used, on=on, policy=policy),
        may_pay(Acting(one.paid_by_id, one.typed_by_id or 0), facts.decision(covers)),
        authority(one.paid_before + one.amount, one.received, grants, on=on, policy=policy),
    )


def together(answered: tuple[Outcome, ...]) -> Outcome:
    """Several answers as one: granted where all of them are."""
    is_granted = all(answer.value == "granted" for answer in answered)
    steps = [step for answer in answered for step in answer.steps]
    return Outcome("granted" if is_granted else "refused", unit="word", steps=steps)


def refusing(answer: Outcome) -> Step:
    """The step of a refusal that says why."""
    return next(step for step in answer.steps if step.note in REFUSALS)


def listed(view: Reading, desk: Desk, contract_id: int | None = None, *, is_unconfirmed: bool) -> list[Working]:
    """Payments made until the business day, in their order, as they stood on it."""
    wanted = "paid_on <= :day AND contract_id = coalesce(:contract, contract_id)"
    none = Outcome(None)
    rows = view.all(CommissionPayment, wanted, day=desk.today, contract=contract_id)
    found = [working(view, one, none, desk.today) for one in rows]
    return [one for one in found if not (is_unconfirmed and one.confirmations)]


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Payments a customer has yet to confirm, and those it confirmed short, as they stand on a day (T-7, A-6.5a)."""
    return [*_unconfirmed(view, desk, day), *_owed(view, day)]


def _owed(view: Reading, day: date) -> list[Due]:
    """Payments whose rest the customer has not got: it stays owed until it is confirmed in full (AMB-A6-e)."""
    short = (
        "paid_on <= :day AND amount > (SELECT c.received FROM commission_confirmation c "
        "WHERE c.payment_id = commission_payment.id AND c.confirmed_on <= :day ORDER BY c.id DESC LIMIT 1)"
    )
    found = []
    for one in view.all(CommissionPayment, f"{short} ORDER BY id", day=day):
        stands = working(view, one, Outcome(None), day)
        if stands.confirmed and stands.owed:
            said = stands.names
            fill = {"owed": yuan(stands.owed), "payee": one.payee, "contract": said.contract, "number": one.number}
            since = stands.confirmed.confirmed_on
            found.append(Due("T-7", "A-6.5a", one.number, said.requester, since, "due", REST, fill))
    return found


def _unconfirmed(view: Reading, desk: Desk, day: date) -> list[Due]:
    waiting = (
        "paid_on <= :day AND NOT EXISTS (SELECT 1 FROM commission_confirmation c "
        "WHERE c.payment_id = commission_payment.id AND c.confirmed_on <= :day)"
    )
    found = []
    for one in view.all(CommissionPayment, waiting, day=day):
        schedule, _basis = desk.policy.on(one.paid_on, "A.agenda").schedule("confirmations")
        for moment in moments(schedule, one.paid_on, day, calendar=desk.calendar, event=one.paid_on):
            said, due_on = facts.names(view, one), moment.date()
            fill = {"payee": one.payee, "amount": yuan(one.amount), "contract": said.contract, "number": one.number}
            state = "overdue" if due_on < day else "due"
            found.append(Due("T-7", "A-6.5a", one.number, said.requester, due_on, state, ASK, fill))
    return found
