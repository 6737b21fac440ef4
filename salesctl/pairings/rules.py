"""Who serves a customer together, and how they share what it earns them (A-10.1, A-10.2); pure."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - whoever asks a rule reads its compound values' kinds here
from typing import TYPE_CHECKING

from salesctl.errors import N_, Invalid
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.units import shown, yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "A.pairings"
WORDS = (N_("account executive"), N_("granted"), N_("refused"), N_("succeeded"), N_("receiver"), N_("account manager"))
EARNED = Basis("", "A-10.2", "AMB-A10-c")
FROM_PAIRING = Basis("", "A-10.1a", "AMB-A10-b")
TOGETHER = Basis("", "K-15")
TWO = (N_("given before: account manager"), N_("given before: account executive"))
NO_END = Basis("", "A-10.1b")
PASSES_ON = Basis("", "X-3")


class Pair(Record):
    """An account manager and the account executive they chose for a customer."""

    account_manager: str
    account_executive: str
    paired_on: date


class Handover(Record):
    """The customer's passing from one person to another."""

    transferor: str
    receiver: str
    completed_on: date | None = None


def may_join(wanted: str, serving: list[str], *, on: date, policy: Policy) -> Outcome:
    """Whether an account manager may choose an account executive for a customer (A-10.1a).

    Args:
        wanted: the executive; the account manager alone decides who.
        serving: the executives who serve the customer already.
        on: the day of the choice.
        policy: the packs; `A.pairings.executives`.

    Returns:
        `granted`, or `refused` where as many as the figure says serve the customer (AMB-A10-d); whoever serves it
        already is no further one.

    Raises:
        NotInForce: `on` comes before article 10 took effect.
    """
    most, basis = policy.on(on, CHAPTER).figure("executives")
    together = sorted({*serving, wanted})
    is_free = len(together) <= most or wanted in serving
    outcome = Outcome("granted" if is_free else "refused", unit="word")
    outcome = outcome.step(N_("executives on one customer"), most, "count", basis)
    note = "" if is_free else N_("another one serves the customer, and that cannot be ended")
    return outcome.step(N_("with this one"), ", ".join(together), "text", basis, NO_END, note=note)


def ending(is_handed_over: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact, not a switch
    """What becomes of a pairing that somebody wants to end (A-10.1b).

    Args:
        is_handed_over: whether the leaver's handover is complete, and with it their place in the pairing.
        on: the day it is asked.
        policy: the packs; `A.pairings.succession`.

    Returns:
        `refused`: once chosen, it stays. `succeeded` where a handover put somebody else in the leaver's place
        (AMB-A10-e, X-3); the pairing itself stays even then.

    Raises:
        NotInForce: `on` comes before article 10 took effect.
    """
    _successor, basis = policy.on(on, CHAPTER).text("succession")
    outcome = Outcome("succeeded" if is_handed_over else "refused", unit="word")
    return outcome.step(N_("handover complete"), is_handed_over, "word", NO_END, basis, PASSES_ON)


def parties(pair: Pair, handovers: list[Handover], *, on: date, policy: Policy) -> Outcome:
    """Who shares the sales commission that a customer earns on a day (A-10.1b, X-3).

    Args:
        pair: who chose whom, and when.
        handovers: those of the customer, or of the executive's work on it, in any order.
        on: the day the money was received.
        policy: the packs; `A.pairings.succession`.

    Returns:
        The account manager, then the account executive; the account manager alone before the pairing (AMB-A10-b). From
        the day a handover is complete the receiver stands in the leaver's place; what was received earlier stays
        with the leaver (AMB-A10-e).

    Raises:
        NotInForce: `on` comes before article 10 took effect.
    """
    successor, basis = policy.on(on, CHAPTER).text("succession")
    manager, executive = pair.account_manager, pair.account_executive
    outcome = Outcome(None).step(N_("paired on"), pair.paired_on, "day", FROM_PAIRING)
    if on < pair.paired_on:
        return Outcome([manager], unit="text", steps=outcome.steps)
    dated = [(over.completed_on, over.transferor, over.receiver) for over in handovers if over.completed_on]
    for completed_on, transferor, receiver in sorted(dated, key=lambda over: over[0]):
        if not pair.paired_on <= completed_on <= on or transferor not in (manager, executive):
            continue
        if transferor == manager:
            manager = receiver
        else:
            executive = receiver if successor == "receiver" else ""
        outcome = outcome.step(N_("handover completed on"), completed_on, "day", basis, PASSES_ON)
        outcome = outcome.step(N_("in the leaver's place"), receiver if receiver in (manager, executive) else "-")
    outcome = outcome.step(N_("shared by"), ", ".join(filter(None, (manager, executive))), "text", NO_END, basis)
    return Outcome([name for name in (manager, executive) if name], unit="text", steps=outcome.steps)


def split(
    commission: Fen, paired_on: date | None, given: list[Fen] | None = None, *, on: date, policy: Policy
) -> Outcome:
    """What the account manager and the account executive get of a sales commission (A-10.2).

    Args:
        commission: the salesperson's commission on the customer in fen, before personal expenses (AMB-A10-c).
        paired_on: the day the executive was chosen; none where the manager serves the customer alone.
        given: what manager and executive were given of this customer's commissions since the pairing, in fen; many
            small sums then come to the same as one large one (K-15).
        on: the day the money was received.
        policy: the packs that bind the people concerned.

    Returns:
        Two sums in fen, the manager's first; the executive's is rounded half up and the manager takes the rest
        (AMB-A10-a). What came in before the pairing stays with the manager (AMB-A10-b).

    Raises:
        NotInForce: `on` comes before article 10 took effect.
        Invalid: not one sum for each of the two was given.
    """
    if given and len(given) != len(TWO):
        raise Invalid(
            value=shown(", ".join(map(yuan, given))), what=N_("what each of the two was given"), example="70.00,30.00"
        )
    shares = policy.on(on, CHAPTER).split("split")
    if paired_on is None or on < paired_on:
        alone = Outcome([commission, 0], unit="fen").step(N_("sales commission"), commission, "fen", EARNED)
        return alone.step(N_("paired on"), paired_on, "day", FROM_PAIRING, shares.shares[0].basis)
    parts = shares.outcome(commission, given)
    paired = Outcome(parts.value, unit="fen").step(N_("sales commission"), commission, "fen", EARNED)
    paired = paired.step(N_("paired on"), paired_on, "day", FROM_PAIRING)
    for name, sum_ in zip(TWO, given or (), strict=False):
        paired = paired.step(name, sum_, "fen", TOGETHER)
    return Outcome(parts.value, unit="fen", steps=(*paired.steps, *parts.steps))
