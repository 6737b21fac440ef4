"""Who vouches for a key, and who takes it away; pure (K-12)."""

from __future__ import annotations

from salesctl.errors import N_
from salesctl.policy.kinds import ADMINISTRATORS
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

SECOND = "account_director"  # vouches where the department has no second administrator
OWN = N_("nobody vouches for their own key")
REGISTERED = N_("whoever registered it does not vouch for it as well")
NOT_THEIRS = N_("their grade does not administer staff")
GONE = N_("whoever has left decides nothing")
WORDS = (N_("approved"), N_("revoked"), N_("proposed"))


class Voucher(Record):
    """Who wants to approve or to revoke a key, and whose key it is."""

    id: int
    grade: str
    is_closed: bool
    owner_id: int
    registrar_id: int | None
    others: int = 0  # administrators beside the owner and the registrar


def may_approve(who: Voucher) -> Outcome:
    """Whether a person may vouch that a key is its owner's (K-12).

    A second person of those who administer staff: neither the owner nor whoever registered it. Where the department has
    no such person, an account director may.

    Returns:
        `approved` or `refused`; the note of the last step says why.
    """
    able = (*ADMINISTRATORS, SECOND) if not who.others else ADMINISTRATORS
    obstacles = (
        (who.id == who.owner_id, OWN),
        (who.id == who.registrar_id, REGISTERED),
        (who.is_closed, GONE),
        (who.grade not in able, NOT_THEIRS),
    )
    return _answer(who, "approved", next((why for is_so, why in obstacles if is_so), ""))


def may_revoke(who: Voucher) -> Outcome:
    """Whether a person may take a key away at once: its owner, or whoever administers staff; it only ends a power.

    Returns:
        `revoked` or `refused`; the note of the last step says why.
    """
    is_able = who.id == who.owner_id or (who.grade in ADMINISTRATORS and not who.is_closed)
    return _answer(who, "revoked", "" if is_able else NOT_THEIRS)


def _answer(who: Voucher, said: str, why: str) -> Outcome:
    grade = Step(N_("grade of whoever decides"), who.grade or "-", "grade")
    may = Step(N_("may decide"), not why, "word", (Basis("", "K-12"),), why)
    return Outcome("refused" if why else said, unit="word", steps=(grade, may))
