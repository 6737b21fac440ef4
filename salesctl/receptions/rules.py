"""Receiving a customer, and the table before a negotiation (D-2a to D-2c, D-3); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.cautions import FINE
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.schedule import ZONE
from salesctl.policy.streaks import running
from salesctl.policy.streaks import standing as counted
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.policy.policy import Policy

CHAPTER = "D.receptions"


class Reception(Record):
    """One customer received: what came of it, and whether the sales manager was asked to help."""

    at: datetime
    has_form: bool
    has_deposit: bool
    asked_for_help: bool

    @property
    def is_breach(self) -> bool:
        """Neither form nor deposit, and nobody was asked for help (AMB-D-d)."""
        return not (self.has_form or self.has_deposit or self.asked_for_help)


def unaided_fine(*, has_form: bool, has_deposit: bool, asked_for_help: bool, on: date, policy: Policy) -> Outcome:
    """The fine for a reception that came to nothing without help being asked for (D-2a, D-2b).

    Args:
        has_form: whether the customer filled in the viewing form.
        has_deposit: whether the customer paid the deposit.
        asked_for_help: whether the consultant asked the sales manager to help negotiate.
        on: the day of the reception.
        policy: the packs; `D.receptions.unaided_fine`.

    Returns:
        The fine in fen, a proposal; nothing where any one of the three is so (AMB-D-d).
    """
    amount, basis = policy.on(on, CHAPTER).amount("unaided_fine")
    is_breach = not (has_form or has_deposit or asked_for_help)
    duty = Basis("", "D-2a", basis.reading)
    steps = (
        Step(N_("viewing form filled in"), has_form, "word", (duty,)),
        Step(N_("deposit paid"), has_deposit, "word", (duty,)),
        Step(N_("sales manager asked to help"), asked_for_help, "word", (duty,)),
        Step(
            N_("fine for each"), amount, "fen", (basis,), "" if is_breach else N_("not due: one of the three is enough")
        ),
        *([FINE] if is_breach else []),
    )
    return Outcome(amount if is_breach else 0, unit="fen", steps=steps)


def standing(receptions: list[Reception], *, on: date, policy: Policy) -> Outcome:
    """Whether so many receptions running came to nothing without help that a dismissal is looked at (D-2c).

    Args:
        receptions: all receptions of one consultant since they signed, in any order (AMB-D-g).
        on: the day it is asked.
        policy: the packs; `D.receptions`.

    Returns:
        `dismissal_flag` or `no_flag`. One reception with form, deposit or help asked for begins the count anew
        (AMB-D-f).
    """
    limit, basis = policy.on(on, CHAPTER).figure("running")
    _amount, fined = policy.on(on, CHAPTER).amount("unaided_fine")
    ordered = sorted(receptions, key=lambda one: one.at)
    amounts = [
        policy.on(one.at.astimezone(ZONE).date(), CHAPTER).amount("unaided_fine")[0] for one in ordered if one.is_breach
    ]
    count = running([one.is_breach for one in ordered], limit)
    return counted(count, (sum(amounts), fined), basis, Basis("", "D-2c", "AMB-D-g"))


def materials_fine(on_the_table: list[str], *, on: date, policy: Policy) -> Outcome:
    """The fine for a negotiation that began without all its materials on the table (D-3).

    Args:
        on_the_table: the names of what lay there when the negotiation began.
        on: the day of the negotiation.
        policy: the packs; `D.receptions.materials`, to which a company may add.

    Returns:
        The fine in fen, a proposal; one for the negotiation, however many things are missing (AMB-D-n). No number of
        such negotiations leads to a dismissal.

    Raises:
        Unknown: something that is not on the list.
    """
    chapter = policy.on(on, CHAPTER)
    amount, basis = chapter.amount("materials_fine")
    missing = chapter.checklist("materials").missing(on_the_table)
    fine = Step(N_("fine for the negotiation"), amount if missing.value else 0, "fen", (basis,))
    return Outcome(fine.value, unit="fen", steps=(*missing.steps, fine, *([FINE] if missing.value else [])))
