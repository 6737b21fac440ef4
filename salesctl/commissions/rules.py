"""Paying a customer commission, and what it costs to pay it short (A-6.4 to A-6.5c, AMB-A5-e); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
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


class Payment(Record):
    """One payment of customer commission that is about to be made."""

    amount: Fen
    granted: Fen  # all commission granted on the contract
    paid_before: Fen  # on the contract
    form: str  # the number of its 《劳务费申请单》; empty where there is none
    payee: str  # the kind of whoever receives it


def payment(paying: Payment, forms_used: list[str], *, on: date, policy: Policy) -> Outcome:
    """Whether a customer commission may be paid (A-6.4, AMB-A5-e).

    Args:
        paying: the sums in fen, its form and its payee.
        forms_used: the forms of the payments before; each payment has one of its own.
        on: the day of the payment.
        policy: the packs; `A.commission.payees`.

    Returns:
        `granted`, or `refused` where the form is missing or was used before, or where the payments together are more
        than what was granted; exactly that is enough. A payee at the customer is a legal warning and no refusal.

    Raises:
        NotInForce: `on` comes before article 6 took effect.
        Unknown: another kind of payee.
    """
    payees, named = policy.on(on, CHAPTER).items("payees")
    if paying.payee not in payees:
        listing = f"salesctl policy show {CHAPTER}.payees"
        raise Unknown(what=N_("payee"), value=shown(paying.payee), candidates=", ".join(payees), listing=listing)
    form, together = paying.form.strip(), paying.paid_before + paying.amount
    obstacle = N_("each payment has a form of its own") if form in ["", *forms_used] else ""
    excess = N_("more than was granted") if together > paying.granted else ""
    steps = [
        Step(N_("labour-fee form"), form or "-", "text", (Basis("", "A-6.4"),), obstacle),
        Step(N_("granted together"), paying.granted, "fen", (Basis("", "A-6.4"), Basis("", "A-5.4"))),
        Step(N_("paid together"), together, "fen", (Basis("", "A-5.2", "AMB-A5-e"),), excess),
        Step(N_("payee"), paying.payee, "word", (named,)),
    ]
    if paying.payee == PERSON:
        note = N_("paying somebody at the customer can be commercial bribery")
        steps.append(Step(N_("legal warning"), "L-14", "text", (Basis("", "L-14"),), note))
    return Outcome("refused" if obstacle or excess else "granted", unit="word", steps=steps)


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
    outcome = outcome.step(N_("incident"), "gross_negligence", "word", Basis("", "A-6.5c"), note=human)
    outcome = outcome.step(N_("legal warning"), "L-3", "text", Basis("", "L-3"), note=doubt)
    return Outcome(multiple * unpaid, unit="fen", steps=outcome.steps)
