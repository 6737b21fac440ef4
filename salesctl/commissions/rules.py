"""Paying a customer commission, and what it costs to pay it short (A-6.4 to A-6.5c, AMB-A5-e, K-12, K-15); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rules import approver
from salesctl.errors import N_, Unknown
from salesctl.people.rules import NOBODY, rank
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "A.commission"
WORDS = (
    *(N_("customer company"), N_("intermediary"), N_("person at the customer")),
    *(N_("granted"), N_("refused"), N_("gross negligence")),
)
PERSON = "person_at_the_customer"
FORM = N_("each payment has a form of its own")
OURS = N_("its payee is one of our own people")
EXCESS, BEYOND = N_("more than was granted"), N_("more than its request")
NOT_COVERED = N_("the payment needs an application of its own")
NOT_THEIRS = (
    N_("whoever decided on it does not pay it"),
    N_("the login of whoever decided on it does not pay it in another name"),
    N_("whoever decided on a payment that was applied for does not make it"),
    N_("the login of whoever decided on a payment that was applied for does not make it in another name"),
)
REFUSALS = (FORM, OURS, EXCESS, BEYOND, NOT_COVERED, *NOT_THEIRS)


class Payment(Record):
    """One payment of customer commission that is about to be made."""

    amount: Fen
    granted: Fen  # all commission granted on the contract
    paid_before: Fen  # on the contract
    form: str  # the number of its 《劳务费申请单》; empty where there is none
    payee: str  # the kind of whoever receives it
    left: Fen | None = None  # of the request it is paid on, before it; none where only the contract is asked about
    is_ours: bool = False  # whoever receives it has the name of one of our own people


class Grant(Record):
    """A decision that covers payments on a contract."""

    grade: str  # whose authority it used: of whoever decided, or of the requester's own discretion
    covers: Fen  # all commission on the contract that it saw, its own included


class Decision(Record):
    """Who decided that a commission may be paid."""

    decided_by: int  # on the request
    is_own_discretion: bool  # it was granted at once, within the requester's own discretion
    applied_by: list[int]  # on payments that were applied for, by another than whoever decided


class Acting(Record):
    """Whoever pays, or records what the customer says."""

    id: int
    login_id: int = 0  # whose login types, where that is known


def payment(paying: Payment, forms_used: list[str], *, on: date, policy: Policy) -> Outcome:
    """Whether a customer commission may be paid (A-6.4, AMB-A5-e).

    Args:
        paying: the sums in fen, its form and its payee.
        forms_used: the forms of the payments before; each payment has one of its own.
        on: the day of the payment.
        policy: the packs; `A.commission.payees`.

    Returns:
        `granted`, or `refused` where the form is missing or was used before, or where the payments together are more
        than what was granted, on the contract or on the request; exactly that is enough; and where one of our own
        people would receive it: it is the customer's side that does. A payee at the customer is a legal warning and no
        refusal.

    Raises:
        NotInForce: `on` comes before article 6 took effect.
        Unknown: another kind of payee.
    """
    payees, named = policy.on(on, CHAPTER).items("payees")
    if paying.payee not in payees:
        listing = f"salesctl policy show {CHAPTER}.payees"
        raise Unknown(
            what=N_("kind of payee"), value=shown(paying.payee), candidates=", ".join(payees), listing=listing
        )
    form, together = paying.form.strip(), paying.paid_before + paying.amount
    obstacle = FORM if form in ["", *forms_used] else ""
    excess, ours = EXCESS if together > paying.granted else "", OURS if paying.is_ours else ""
    steps = [
        Step(N_("labour-fee form"), form or "-", "text", (Basis("", "A-6.4"),), obstacle),
        Step(N_("granted together"), paying.granted, "fen", (Basis("", "A-6.4"), Basis("", "A-5.4"))),
        Step(N_("paid together"), together, "fen", (Basis("", "A-5.2", "AMB-A5-e"),), excess),
        Step(N_("payee"), paying.payee, "word", (named, Basis("", "A-6.1")) if ours else (named,), ours),
    ]
    beyond = BEYOND if paying.left is not None and paying.amount > paying.left else ""
    if paying.left is not None:
        steps.insert(2, Step(N_("left of its request"), paying.left, "fen", (Basis("", "A-5.4"),), beyond))
    if paying.payee == PERSON:
        note = N_("paying somebody at the customer can be commercial bribery")
        steps.append(Step(N_("legal warning"), "L-14", "text", (Basis("", "L-14"),), note))
    is_refused = any((obstacle, excess, beyond, ours))
    return Outcome("refused" if is_refused else "granted", unit="word", steps=steps)


def shortfall_fine(approved: Fen, confirmed: Fen, *, on: date, policy: Policy) -> Outcome:
    """The fine proposed for a customer commission that was not paid in full (A-6.5a to A-6.5c).

    Args:
        approved: what was to be paid, in fen; one payment, as paying too much elsewhere does not help (AMB-A6-f).
        confirmed: what the customer confirms to have got of it, in fen.
        on: the day of the short payment, not the day it came to light (AMB-A6-g).
        policy: the packs; `A.commission.shortfall_fine`.

    Returns:
        The fine in fen, to be confirmed by a human: a multiple of what the customer did not get, which stays owed
        besides it (AMB-A6-e). Nothing where it was paid in full, or before article 6 took effect.
    """
    unpaid = max(approved - confirmed, 0)
    outcome = Outcome(0, unit="fen").step(N_("approved"), approved, "fen").step(N_("confirmed"), confirmed, "fen")
    if not policy.binds("A-6.5b", on):
        note = N_("before the first day")
        return outcome.step(N_("paid on"), on, "day", Basis("", "A-6.5b", "AMB-A6-g"), Basis("", "A-6.6"), note=note)
    outcome = outcome.step(N_("not paid"), unpaid, "fen", Basis("", "A-6.5a", "AMB-A6-f"))
    if not unpaid:
        return outcome
    multiple, basis = policy.on(on, CHAPTER).figure("shortfall_fine")
    human, doubt = N_("what follows is decided by a human"), N_("no national rule lets an employer fine")
    outcome = outcome.step(N_("times"), multiple, "count", basis)
    outcome = outcome.step(N_("still owed to the customer"), unpaid, "fen", Basis("", "A-6.5a", "AMB-A6-e"))
    outcome = outcome.step(N_("treated as"), "gross_negligence", "word", Basis("", "A-6.5c"), note=human)
    outcome = outcome.step(N_("legal warning"), "L-3", "text", Basis("", "L-3"), note=doubt)
    return Outcome(multiple * unpaid, unit="fen", steps=outcome.steps)


def authority(together: Fen, received: Fen, grants: list[Grant], *, on: date, policy: Policy) -> Outcome:
    """Whether what was granted still covers a payment on the receipts of its moment (A-6.1 to A-6.3, AMB-A5-e, K-15).

    Args:
        together: all commission paid on the contract in fen, this payment included.
        received: the money received on it by then, in fen; a refund lowers it (AMB-A6-d).
        grants: the decisions on the contract; one covers payments up to all that it saw.
        on: the day of the payment.
        policy: the packs; `A.commission.authority` and `A.approvals.ladder`.

    Returns:
        `granted` where the grade that holds this much now is not above the highest grade whose decision covers it;
        otherwise `refused`: the payment is applied for on its own.

    Raises:
        NotInForce: `on` comes before article 6 took effect.
    """
    ladder, listed = policy.on(on, "A.approvals").items("ladder")
    needed = approver(together, received, on=on, policy=policy)
    covering = [grant.grade for grant in grants if grant.covers >= together]
    covered = max(covering, key=lambda grade: rank(grade, ladder), default=NOBODY)
    is_over = rank(str(needed.value), ladder) > rank(covered, ladder)
    why = NOT_COVERED if is_over else ""
    steps = (
        *needed.steps,
        Step(N_("grade now needed"), needed.value, "grade", (Basis("", "A-5.4"),)),
        Step(N_("grade that granted it"), covered, "grade", (listed.but(source="A-5.2", reading="AMB-A5-e"),), why),
    )
    return Outcome("refused" if is_over else "granted", unit="word", steps=steps)


def may_pay(payer: Acting, decision: Decision) -> Outcome:
    """Whether somebody may pay a commission: not whoever decided on it (A-6.4, K-12).

    Args:
        payer: whoever pays, by id.
        decision: who decided, by id; within their own discretion (A-6.1) the requester decided and may pay, whether
            it was a commission or a payment that was granted so.

    Returns:
        `granted` or `refused`; the note of the last step says why. Persons are compared, never grades.
    """
    others = [] if decision.is_own_discretion else [decision.decided_by]
    applied = decision.applied_by
    cases = (payer.id in others, payer.login_id in others, payer.id in applied, payer.login_id in applied)
    why = next((note for note, is_so in zip(NOT_THEIRS, cases, strict=True) if is_so), "")
    outcome = Outcome("refused" if why else "granted", unit="word")
    outcome = outcome.step(N_("within own discretion"), decision.is_own_discretion, "word", Basis("", "A-6.1"))
    return outcome.step(N_("may pay"), not why, "word", Basis("", "A-6.4"), Basis("", "K-12"), note=why)


def may_confirm(recorder: Acting, requester_id: int, payer_id: int = 0) -> Outcome:
    """Whether somebody may record what the customer got: not whoever asked for it or paid it (A-6.5a, K-12).

    Args:
        recorder: whoever records it, by id.
        requester_id: who asked for the commission.
        payer_id: who paid it; 0 where that is nobody's concern.

    Returns:
        `granted` or `refused`; the note of the step says why.
    """
    persons = [person for person in (recorder.id, recorder.login_id) if person]
    obstacles = (
        (requester_id in persons, N_("whoever asked for it does not record what the customer got")),
        (payer_id in persons, N_("whoever paid it does not record what the customer got")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    outcome = Outcome("refused" if why else "granted", unit="word")
    return outcome.step(N_("may record it"), not why, "word", Basis("", "A-6.5a"), Basis("", "K-12"), note=why)
