"""Whether a person may decide what concerns another: a request, an absence (A-1.3, A-5.4, K-12); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.policy.policy import Policy

NOBODY = "nobody"  # above the top rung
OWN = (
    N_("nobody decides in their own case"),
    N_("the login of the person concerned does not decide for somebody else"),
    N_("whoever typed it in does not decide it"),
    N_("whoever changed it last does not decide it"),
    N_("whoever serves the customer does not decide it"),
    N_("it is a case of the person whose authority was lent"),
    N_("their grade was entered after it was asked for, and somebody else has had theirs since before"),
)
WORDS = (N_("nobody"), N_("granted"), N_("refused"))


class Filed(Record):
    """Whose case it is, and who has had a hand in it."""

    requester_id: int  # who asked, or whose outing it is
    typist_id: int | None
    is_new: bool  # it is being filed
    editor_id: int | None = None  # who changed it last
    party_ids: list[int] = ()  # type: ignore[assignment] # besides: who has the contract, who serves the customer
    asked_at: datetime | None = None  # grades that came later decide it only where nobody else can; none: no matter


class Decider(Record):
    """Somebody who wants to decide, as they stand on the day."""

    id: int
    grade: str
    is_enrolled: bool  # in regulation A
    is_closed: bool
    typist_id: int | None  # whose login types the decision, where that is known
    giver_id: int | None = None  # who lent them the grade, where it is not their own
    grade_before: str | None = None  # which they, or the giver, had when it was asked for; none: it does not matter


def may_decide(who: Decider, filed: Filed, needed: str, *, clause: str, on: date, policy: Policy) -> Outcome:
    """Whether a person may decide a case, either way; every path that decides asks here (K-12).

    Args:
        who: the person, as they stand on the day.
        filed: whose case it is and who typed it in.
        needed: the lowest grade that may decide.
        clause: the clause that wants the decision, such as A-5.4.
        on: the day of the decision.
        policy: the packs that bind the people concerned; `A.approvals.ladder`.

    Returns:
        `granted` or `refused`; the note of the last step says why.

    Source:
        K-12, X-1, and the clause given.
    """
    ladder, rule = policy.on(on, "A.approvals").items("ladder")
    why = _obstacle(who, filed, needed, ladder)
    rests = (rule.but(source=clause), *((Basis("", "K-12"),) if why in OWN else ()))
    grade = Step(N_("grade of whoever decides"), who.grade or "-", "grade")
    verdict = "refused" if why else "granted"
    return Outcome(verdict, unit="word", steps=(grade, Step(N_("may decide"), not why, "word", rests, why)))


def rank(grade: str, ladder: list[str]) -> int:
    """The rung of a grade; -1 off the ladder."""
    return ladder.index(grade) if grade in ladder else -1


def _obstacle(who: Decider, filed: Filed, needed: str, ladder: list[str]) -> str:
    """What keeps a person from deciding, or nothing. Persons are compared, never grades alone."""
    is_own, held = who.id == filed.requester_id, rank(who.grade, ladder)
    acting = {who.id, who.typist_id or who.id}  # the login of somebody is as good as their name
    involved = {filed.requester_id, filed.typist_id, filed.editor_id, *filed.party_ids}
    obstacles = (
        (is_own and not (filed.is_new and needed == ladder[0]), OWN[0]),
        (not is_own and who.typist_id == filed.requester_id, OWN[1]),
        (not is_own and filed.typist_id in acting, OWN[2]),
        (not is_own and filed.editor_id in acting, OWN[3]),
        (not is_own and needed != ladder[0] and bool(acting & set(filed.party_ids)), OWN[4]),  # theirs to grant anyway
        (who.giver_id is not None and who.giver_id in involved, OWN[5]),
        (who.is_closed, N_("whoever has left decides nothing")),
        (not who.is_enrolled, N_("regulation A does not bind them, so it gives them no authority")),
        (held < 0, N_("their grade is no rung of the ladder")),
        (needed == NOBODY, N_("no level is left above the requester")),
        (held < rank(needed, ladder), N_("their grade is too low")),
        (who.grade_before is not None and rank(who.grade_before, ladder) < rank(needed, ladder), OWN[6]),
    )
    return next((why for is_so, why in obstacles if is_so), "")
