"""Who decides on a customer commission (A-5.1, A-5.4, A-6.1 to A-6.3, K-12); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.people.rules import NOBODY, rank
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

WORDS = (
    N_("account manager"),
    N_("account director"),
    N_("general manager"),
)


class Asked(Record):
    """What a commission request is decided on."""

    granted_before: Fen  # on this contract, all requests (AMB-A6-d)
    amount: Fen
    received: Fen  # on this contract, so far (AMB-A6-c)
    requester_grade: str
    is_new: bool  # it is being filed; what waits already is an application


def approver(commission: Fen, received: Fen, *, on: date, policy: Policy) -> Outcome:
    """Which grade's authority holds a customer commission (A-6.1 to A-6.3).

    Args:
        commission: all commission on the contract in fen, this one included (AMB-A6-d).
        received: all money received on that contract so far, in fen.
        on: the day of the decision.
        policy: the packs that bind the people concerned.

    Returns:
        A grade. Exactly 5 % stays on the first rung (AMB-A6-a), exactly 10 % leaves the second (AMB-A6-b). When
        nothing has been received, any commission at all goes to the top (AMB-A6-c).

    Raises:
        NotInForce: `on` comes before article 6 took effect.
    """
    ladder = policy.on(on, "A.commission").bands("authority")
    rung = ladder.place(commission, of=received)  # cross-multiplied: no percentage is rounded (K-2)
    early = "" if received else N_("nothing yet: this commission comes before any receipt")
    steps = [
        Step(N_("commission together"), commission, "fen", (rung.basis.but(reading="AMB-A6-d"),)),
        Step(N_("money received"), received, "fen", (rung.basis.but(reading="AMB-A6-c"),), early),
    ]
    for band in ladder.rungs[: ladder.rungs.index(rung) + 1]:
        held = N_("may decide this much, and it is within it")
        if band.limit is None:
            held = N_("decides whatever is more")
        elif band is not rung:
            held = N_("may decide this much, and it is over it")
        reach = band.reach(received)
        reach = reach if reach is None else max(reach, 0)  # "below" a share of nothing
        steps.append(Step(band.name.replace("_", " "), reach, "fen", (band.basis,), held))
    return Outcome(rung.name, unit="grade", steps=steps)


def deciding_grade(level: str, requester_grade: str, *, is_new: bool, on: date, policy: Policy) -> Outcome:
    """Which grade must decide a request of somebody of a grade (A-5.1, A-5.4, K-12).

    Own discretion exists on the lowest rung alone, and only while the request is being filed. Whatever waits is an
    application: a requester who holds the deciding grade, or a higher one, leaves it to the next rung (AMB-A5-d).

    Args:
        level: the grade whose authority holds the amount.
        requester_grade: the requester's grade on the day; empty or off the ladder for others.
        is_new: whether it is being filed.
        on: the day of the decision.
        policy: the packs that bind the people concerned.

    Returns:
        A grade, or `nobody` above the top rung.
    """
    ladder, rule = policy.on(on, "A.approvals").items("ladder")
    held, needed = rank(requester_grade, ladder), rank(level, ladder)
    if needed < 0:
        return _grade(NOBODY, N_("the grade that holds it is no rung of the ladder"), rule)
    if is_new and needed == 0 <= held:
        return _grade(level, N_("within the discretion of whoever files it"))
    if held < needed:
        return _grade(level, N_("before it is carried out"), rule, rule.but(source="A-5.4"))
    above = ladder[held + 1] if held + 1 < len(ladder) else NOBODY
    lifted = rule.but(source="A-5.4", reading="AMB-A5-d")
    return _grade(above, N_("nobody decides their own request, the next level does"), rule, lifted)


def assess(asked: Asked, *, on: date, policy: Policy) -> Outcome:
    """Which grade must decide a commission request, from the money to the grade (A-6.1 to A-6.3, A-5.4).

    Args:
        asked: amounts in fen, and who asks.
        on: the day of the decision.
        policy: the packs that bind the people concerned.

    Returns:
        A grade, or `nobody`; the working begins with the amounts that make the sum.

    Raises:
        NotInForce: `on` comes before article 6 took effect.
    """
    level = approver(asked.granted_before + asked.amount, asked.received, on=on, policy=policy)
    grade = deciding_grade(str(level.value), asked.requester_grade, is_new=asked.is_new, on=on, policy=policy)
    amounts = (
        Step(N_("granted before"), asked.granted_before, "fen"),
        Step(N_("this request"), asked.amount, "fen"),
    )
    return Outcome(grade.value, unit="grade", steps=(*amounts, *level.steps, *grade.steps))


def _grade(grade: str, note: str, *rests_on: Basis) -> Outcome:
    return Outcome(grade, unit="grade", steps=(Step(N_("decides"), grade, "grade", rests_on, note),))
