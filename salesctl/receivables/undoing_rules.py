"""Who may cancel a debt or take money back: a second person, who serves nobody concerned (K-12); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.receivables.rules import CHAPTER
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy

WORDS = (N_("logged"), N_("refused"))


class Corrector(Record):
    """Somebody who wants to undo what was recorded, as they stand on the day and still today."""

    id: int
    grade: str
    is_closed: bool = False
    login_id: int = 0  # whose login types, where that is known


def may_undo(who: Corrector, serving: list[int], recorders: list[int], *, on: date, policy: Policy) -> Outcome:
    """Whether somebody may cancel a debt, refund or reverse a receipt (K-12).

    Cancelling takes a debt off the watch list of A-8.1 as surely as writing it off, which the board alone may.

    Args:
        who: who wants to, by ids and grade.
        serving: the persons who have served the customer since the debt was issued or the money came.
        recorders: who recorded it, and whose login typed it in.
        on: the day.
        policy: the packs; `A.receivables.correctors`.

    Returns:
        `granted` or `refused`; the note of the last step says why. Persons are compared, never grades alone.
    """
    grades, basis = policy.on(on, CHAPTER).items("correctors")
    hands = (who.id, who.login_id)
    obstacles = (
        (who.is_closed, N_("they have left")),
        (any(hand in serving for hand in hands), N_("whoever serves or served the customer does not undo it")),
        (any(hand in recorders for hand in hands), N_("whoever recorded it does not undo it")),
        (who.grade not in grades, N_("their grade does not correct the books")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    steps = [Step(N_("grade that corrects"), grade, "grade", (basis,)) for grade in grades]
    steps.append(Step(N_("grade of whoever acts"), who.grade or "-", "grade"))
    steps.append(Step(N_("may undo it"), not why, "word", (Basis("", "K-12"),), why))
    return Outcome("refused" if why else "granted", unit="word", steps=steps)


def may_log(is_serving: bool, reference: str) -> Outcome:  # noqa: FBT001 - a fact, not a switch
    """Whether money may be recorded so: whoever serves the customer gives the bank's reference (K-12).

    Args:
        is_serving: whether whoever records it, or whose login types it, serves the customer.
        reference: the receipt's own number, such as the bank's; none, or one of the house's series, is no reference.

    Returns:
        `logged` or `refused`: what nobody else can look up at the bank, somebody else records.
    """
    is_alone = is_serving and not reference
    why = N_("whoever serves the customer gives the bank's reference") if is_alone else ""
    outcome = Outcome("refused" if is_alone else "logged", unit="word")
    outcome = outcome.step(N_("recorded by who serves the customer"), is_serving, "word", Basis("", "K-12"))
    return outcome.step(N_("reference"), reference or "-", "text", Basis("", "K-12", "", "tool-default"), note=why)
