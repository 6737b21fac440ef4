"""Commission is paid within what was granted and confirmed by the customer; what is short may be fined (A-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals import facts as approvals
from salesctl.approvals.executing import UNDECIDED
from salesctl.approvals.working import take
from salesctl.commissions import answers, facts
from salesctl.commissions.rows import CommissionConfirmation, CommissionPayment
from salesctl.commissions.rules import FORM, NOT_COVERED, NOT_THEIRS, OURS, may_confirm, shortfall_fine
from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.fines import negligence
from salesctl.fines.proposing import Proposal, propose, typist
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.receivables.received import base_on_contract
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.approvals.rows import Request
    from salesctl.commissions.answers import Working
    from salesctl.desk import Desk
    from salesctl.fines.rows import Fine
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen

SHORTFALL, NEGLIGENCE = "A-6.5b", "A-6.5c"
MORE = N_("Ask for what is missing first: salesctl approve commission --contract {contract} --amount YUAN")
WAYS_OUT = {
    OURS: N_("It goes to the customer's side. Is it somebody there of the same name? Write their company with it."),
    FORM: N_("Fill in a 《劳务费申请单》 for this payment and give its number with --form."),
    NOT_COVERED: N_("Ask for the payment itself: salesctl approve commission-payment, on {contract}."),
    **dict.fromkeys(NOT_THEIRS, N_("{who} decided {numbers}: somebody else pays.")),
}


class WrongDay(SalesctlError):
    """A business day on which this cannot have happened."""

    code, status = "commission.day", WRONG
    says = N_("This cannot have happened on {day}: {why} {than}.")
    hint = N_("Correct --on, or leave it out for today.")


class NoCommission(SalesctlError):
    """A request for something else."""

    code, status = "commission.other-matter", WRONG
    says = N_("{number} is no request for a customer commission.")
    hint = N_("`salesctl approve list` shows which requests are.")


class OnAnother(SalesctlError):
    """A payment that was applied for: it lets a commission be paid and is not paid itself."""

    code, status = "commission.other-matter", WRONG
    says = N_("{number} applies for a payment on {contract}; what is paid is the commission granted there.")
    hint = N_("{way_out}")


class NotGranted(Refused):
    """A payment without a decision; the attempt is recorded (A-5.4)."""

    code = "commission.not-granted"
    says = N_("{number} is {state}: only a granted request is paid (A-5.4, A-6.4).")
    hint = N_("`salesctl approve show {number}` says who decides it.")


class NotPaid(Refused):
    """A payment that a rule refuses; the attempt is recorded."""

    code = "commission.refused"
    says = N_("Nothing may be paid on {number} this way: {why} ({clauses}).")
    hint = N_("{way_out}")


class MoreThanPaid(SalesctlError):
    """A customer that would have got more than it was paid."""

    code, status = "commission.more-than-paid", WRONG
    says = N_("The customer cannot have got {received} of {number}: {amount} was paid.")
    hint = N_("Ask again what they got of this payment alone; `salesctl commission list` shows the others.")


class NotConfirmed(Refused):
    """A confirmation by somebody who may not record it; the attempt is recorded."""

    code = "commission.may-not-confirm"
    says = N_("{person} may not record what the customer got of {number}: {why} ({clauses}).")
    hint = N_("Somebody else asks the customer and records it.")


class NewPayment(Record):
    """What is said of a payment."""

    request: str
    amount: Fen
    payee: str
    kind: str
    form: str


def pay(desk: Desk, new: NewPayment) -> Working:
    """Record a payment on a granted request, or that the rules refuse it (A-6.4).

    Raises:
        NotGranted, NotPaid: a rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("commission.pay", desk) as tx:
        on = approvals.request(tx, new.request)
        _expect_commission(tx, on)
        one = _payment(tx, desk, on, new)
        found, refusal = _judged(tx, desk, on, one)
        if refusal is None:
            tx.add(one)
        elif on.state in UNDECIDED and desk.today <= desk.present_day:
            take(tx, desk, on, "attempt")  # check tells the director (T-6)
        tx.record(found, about=on.number if refusal else one.number, request=on.number, form=new.form)
        if refusal is None:
            return answers.working(tx, one, found)
    raise refusal


def confirm(desk: Desk, number: str, received: Fen, evidence: str) -> Working:
    """Keep what the customer says it got; what is short is proposed as a fine and as gross negligence (A-6.5).

    Raises:
        MoreThanPaid: the customer cannot have got that.
        NotConfirmed: whoever asked for the commission or paid it may not record it; the refusal is recorded.
    """
    with desk.ledger.transaction("commission.confirm", desk) as tx:
        one = facts.payment(tx, number)
        names = facts.names(tx, one)
        _expect_day(desk, one.paid_on, N_("it was paid on"))
        if received > one.amount:
            raise MoreThanPaid(received=yuan(received), number=one.number, amount=yuan(one.amount))
        verdict = may_confirm(facts.acting(tx, desk), names.requester_id, one.paid_by_id)
        if is_theirs := verdict.value == "granted":
            found = shortfall_fine(one.amount, received, on=one.paid_on, policy=desk.policy)
            fine = _proposed(tx, desk, one, names.requester_id, int(str(found.value)), received)
            said = CommissionConfirmation(
                payment_id=one.key,
                received=received,
                evidence=evidence,
                confirmed_on=desk.today,
                recorded_at=tx.now,
                recorded_by_id=desk.somebody.id,
                typed_by_id=typist(tx, desk),
                fine_id=fine.key if fine else None,
            )
            tx.add(said)
            verdict = Outcome(found.value, unit="fen", steps=(*found.steps, *verdict.steps))
        tx.record(verdict, about=one.number)
        done = answers.working(tx, one, verdict)
    if not is_theirs:
        why, clauses = verdict.steps[-1].note, ", ".join(verdict.clauses)
        raise NotConfirmed(person=desk.somebody.name, number=one.number, why=why, clauses=clauses)
    return done


def _expect_commission(view: Reading, on: Request) -> None:
    if on.matter == approvals.COMMISSION:
        return
    if on.matter != facts.APPLIED:
        raise NoCommission(number=on.number)
    contract, granted = _contract(view, on), facts.payable(view, on.contract_id)
    if granted:
        way_out = _("Pay the commission it is about, with `salesctl commission pay`: {numbers}")
    else:
        way_out = _("None is granted there yet: salesctl approve commission --contract {contract} --amount YUAN")
    said = way_out.format(numbers=in_line(granted), contract=contract)
    raise OnAnother(number=on.number, contract=contract, way_out=said)


def _contract(view: Reading, on: Request) -> str:
    return str(view.value("SELECT number FROM contract WHERE id = :id", id=on.contract_id))


def _payment(tx: Transaction, desk: Desk, on: Request, new: NewPayment) -> CommissionPayment:
    """The payment that is asked for, with the sums its rules are asked with."""
    contract = on.contract_id or 0  # a commission is always of a contract
    return CommissionPayment(
        number=f"P-{tx.next_id(CommissionPayment)}",
        request_id=on.key,
        contract_id=contract,
        amount=new.amount,
        payee=new.payee,
        payee_kind=new.kind,
        form=new.form,
        form_key=facts.form_key(new.form),
        paid_on=desk.today,
        paid_at=tx.now,
        paid_by_id=desk.somebody.id,
        typed_by_id=typist(tx, desk),
        granted=approvals.granted_on_contract(tx, contract),
        paid_before=facts.paid(tx, "contract_id", contract),
        received=base_on_contract(tx, contract, desk.today),
    )


def _judged(tx: Transaction, desk: Desk, on: Request, one: CommissionPayment) -> tuple[Outcome, Refused | None]:
    """What the rules say of a payment together, and the refusal of the first that says no."""
    if on.decided_on is None or on.state != "granted":
        return Outcome("refused", unit="word"), NotGranted(number=on.number, state=on.state)
    _expect_day(desk, on.decided_on, N_("it was granted on"))
    taken = tx.find(CommissionPayment, form_key=one.form_key)
    covers = facts.covers(tx, on)
    answered = answers.asked(tx, desk, one, covers, [one.form] if taken else [])
    found = answers.together(answered)
    for answer in answered:
        if answer.value == "refused":
            step = answers.refusing(answer)
            clauses = ", ".join(dict.fromkeys(basis.source for basis in step.rests_on))
            way_out = _way_out(tx, covers, one, step.note)
            return found, NotPaid(number=on.number, why=step.note, clauses=clauses, way_out=way_out)
    return found, None


def _way_out(view: Reading, found: facts.Covers, one: CommissionPayment, why: str) -> str:
    decided = facts.decided_by(found, (one.paid_by_id, one.typed_by_id))
    fill = {
        "contract": _contract(view, found.request),
        "who": in_line(dict.fromkeys(approvals.names(view, each).decided_by for each in decided)),
        "numbers": in_line(each.number for each in decided),
    }
    return _(WAYS_OUT.get(why, MORE)).format(**fill)


def _proposed(
    tx: Transaction, desk: Desk, one: CommissionPayment, person_id: int, amount: Fen, received: Fen
) -> Fine | None:
    """The fine of whoever asked for the commission, where something is short; beside it, the gross negligence."""
    if not amount:
        return None
    short = one.amount - received
    negligence.propose(tx, desk, Proposal(NEGLIGENCE, "gross_negligence", person_id, short, one.number, one.paid_on))
    return propose(tx, desk, Proposal(SHORTFALL, "shortfall", person_id, amount, one.number, one.paid_on))


def _expect_day(desk: Desk, first: date, why: str) -> None:
    if desk.today < first:
        raise WrongDay(day=desk.today, why=why, than=first)
    if desk.today > desk.present_day:
        raise WrongDay(day=desk.today, why=N_("today is"), than=desk.present_day)
