"""How a proposed fine goes on, and what the law lets be taken from wages for it (K-10, X-7, X-12, L-1 to L-4); pure.

The regulation's own sum is never changed: the ceiling of the law stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.cautions import caution
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "L.deductions"
PAYROLL, HELD, REFUSED = "payroll", "on_hold", "refused"
WAIVED, POSTED, BLOCKED, DROPPED = "waived", "posted", "blocked_by_law", "dropped"
DUE = ("confirmed", "deduction_candidate")
WORDS = (
    *(N_("proposed"), N_("suspended"), N_("confirmed"), N_("waived"), N_("nothing"), N_("upheld"), N_("dropped")),
    *(N_("deduction candidate"), N_("posted"), N_("blocked by law"), N_("on hold"), N_("refused")),
    *(N_("payroll"), N_("donation ledger"), N_("employee receivable"), N_("elsewhere"), N_("shenzhen")),
    *(N_("fine"), N_("shortfall"), N_("loss"), N_("donation"), N_("dismissal"), N_("quota dismissal"), N_("leaving")),
    *(N_("wage hold"), N_("customer commission"), N_("invoices"), N_("absence"), N_("bar"), N_("recording")),
    *(N_("working hours"), N_("house rules"), N_("records")),
)


class Ruling(Record):
    """What somebody wants to become of a fine."""

    wanted: str  # the state it is to have
    by: str = ""
    reason: str = ""
    is_own: bool = False  # whether it is their own fine
    is_lawful: bool = False  # whether `posting` answered `payroll`


class Claim(Record):
    """Money that somebody owes under a regulation, as far as it has come."""

    matter: str  # fine, donation, shortfall, loss: a figure of `K.bookings`
    amount: Fen
    state: str
    is_held: bool = False  # wages held for a handover, or a notice whose window is open


def next_state(state: str, ruling: Ruling, of: str = "state", *, on: date, policy: Policy) -> Outcome:
    """The state of a fine, or of gross negligence, after a decision (K-10, K-12).

    Args:
        state: the state it has, as `K.fines.state` or `K.fines.negligence` lists them.
        ruling: who wants which state, and why. Whether they may decide is asked of `may_decide`.
        of: `state` of a fine, or `negligence`.
        on: the day of the decision.
        policy: the packs; `K.fines`.

    Returns:
        The wanted state; `refused` where it does not follow, where nobody is named, in one's own case, where it is
        waived or dropped without a reason, and where it is posted or blocked against the answer of `posting`.

    Raises:
        Unknown: there is no such state.
    """
    following, basis = policy.on(on, "K.fines").row(of, state)
    obstacles = (
        (ruling.wanted not in following, N_("it does not follow on that state")),
        (not ruling.by.strip(), N_("a named human decides")),
        (ruling.is_own, N_("nobody decides in their own case")),
        (ruling.wanted == WAIVED and not ruling.reason.strip(), N_("waiving wants a reason")),
        (ruling.wanted == DROPPED and not ruling.reason.strip(), N_("dropping it wants a reason")),
        (ruling.wanted == POSTED and not ruling.is_lawful, N_("the law is asked before it is posted")),
        (ruling.wanted == BLOCKED and ruling.is_lawful, N_("the law does not block it")),
    )
    why = next((note for is_so, note in obstacles if is_so), "")
    outcome = Outcome(REFUSED if why else ruling.wanted, unit="word").step(N_("state"), state, "word", basis)
    outcome = outcome.step(N_("decided by"), ruling.by.strip() or "-", "text", Basis("", "K-12"))
    return outcome.step(N_("wanted state"), ruling.wanted, "word", basis, note=why)


def deduction_ceiling(wage: Fen, demanded: Fen, matter: str = "fine", *, on: date, policy: Policy) -> Outcome:
    """The most that may be taken from a month's wage, beside what a regulation demands (L-1, L-2, L-15, X-14).

    Args:
        wage: the wage of the month in fen, sales commission with it (L-21).
        demanded: all that the regulation takes in the month, in fen; it stays as it is.
        matter: what it is for, as a row of `L.warnings.matter`; the warnings of that row are steps.
        on: any day of the month.
        policy: the packs; `L.deductions`.

    Returns:
        Fen: the least of the share of the wage, rounded down (K-3), of what lies above the minimum wage, never below
        nothing, and of what is demanded. What is beyond is said and not carried over.

    Raises:
        Unset: the company has not set the local minimum wage.
        Unknown: there is no such matter.
    """
    most, steps = _ceiling(wage, demanded, on, policy)
    return Outcome(most, unit="fen", steps=(*steps, *_warned(matter, on, policy)))


def deduction_share(wage: Fen, taken: Fen = 0, *, on: date, policy: Policy) -> Outcome:
    """The most that the share of the wage lets be taken, whatever the minimum wage leaves of it (L-1, K-15).

    Args:
        wage: the wage of the month in fen.
        taken: what was taken from it before, in fen; it counts.
        on: any day of the month.
        policy: the packs; `L.deductions.cap`.

    Returns:
        Fen, rounded down (K-3) and never below nothing. The law may let less be taken: `deduction_ceiling` asks the
        minimum wage too.
    """
    cap, capped = policy.on(on, CHAPTER).rate("cap")
    share = cap.limit(wage)
    outcome = Outcome(max(share - taken, 0), unit="fen").step(N_("share of the wage"), share, "fen", capped)
    return outcome.step(N_("taken before"), taken, "fen", Basis("", "K-15"))


def posting(claim: Claim, wage: Fen, taken: Fen = 0, *, on: date, policy: Policy) -> Outcome:
    """Where a claim on somebody may be posted, if anywhere (K-10, X-7, X-11 to X-14, L-2).

    Args:
        claim: what for, how much and how far.
        wage: the wage of the month in fen.
        taken: what was taken from it before, in fen; both together are held against the ceiling (K-15).
        on: any day of the month.
        policy: the packs; `K.bookings` and `L.deductions`.

    Returns:
        `payroll`, `donation_ledger` or `employee_receivable`; `refused` what is not confirmed, `on_hold` what is held.
        `blocked_by_law` what would go to payroll beyond the ceiling, or while the minimum wage is not set; the working
        names the ceiling, and a human may ask for less.

    Raises:
        Unknown: there is no such matter.
    """
    ledger, basis = policy.on(on, "K.bookings").text(claim.matter)
    answer, steps = ledger, _warned(claim.matter, on, policy)
    if claim.state not in DUE:
        answer = REFUSED
    elif claim.is_held:
        answer, steps = HELD, [*steps, *_warned("wage_hold", on, policy)]
    elif ledger == PAYROLL:
        answer, lines = _payroll(claim, wage, taken, on, policy)
        steps = [*lines, *steps]
    known = (
        Step(N_("state"), claim.state, "word", (Basis("", "K-10"),)),
        Step(N_("on hold"), claim.is_held, "word", (Basis("", "X-7"), Basis("", "X-11"))),
        Step(N_("booked in"), ledger, "word", (basis,)),
    )
    return Outcome(answer, unit="word", steps=(*known, *steps))


def warnings(matter: str, *, on: date, policy: Policy) -> Outcome:
    """What the law has to say about a kind of matter; no legal advice, and no amount changes (L-1 to L-22).

    Args:
        matter: a row of `L.warnings.matter`, such as `dismissal`.
        on: the day asked about.
        policy: the packs; `L.warnings`.

    Returns:
        The warnings' ids; each is a step with its short text.

    Raises:
        Unknown: there is no such matter.
    """
    steps = _warned(matter, on, policy)
    return Outcome([step.value for step in steps], steps=steps)


def _payroll(claim: Claim, wage: Fen, taken: Fen, on: date, policy: Policy) -> tuple[str, list[Step]]:
    """Whether the law lets a claim go to payroll, and why."""
    if not policy.on(on, CHAPTER).is_set("floor"):
        note = N_("not set, so nothing goes to payroll")
        share = deduction_share(wage, taken, on=on, policy=policy).steps
        return BLOCKED, [*share, Step(N_("minimum wage"), None, "fen", (Basis(f"{CHAPTER}.floor", "L-2"),), note)]
    before = Step(N_("taken before"), taken, "fen", (Basis("", "K-15"),))
    most, steps = _ceiling(wage, taken + claim.amount, on, policy)
    return PAYROLL if most == taken + claim.amount else BLOCKED, [before, *steps]


def _ceiling(wage: Fen, demanded: Fen, on: date, policy: Policy) -> tuple[Fen, list[Step]]:
    """The ceiling of a month, and how it comes about."""
    chapter = policy.on(on, CHAPTER)
    (cap, capped), (floor, floored) = chapter.rate("cap"), chapter.amount("floor")
    share, above = cap.limit(wage), max(wage - floor, 0)
    most = min(share, above, demanded)
    note = N_("not carried over to another month") if most < demanded else ""
    return most, [
        Step(N_("wage of the month"), wage, "fen", (Basis("", "L-21"),)),
        Step(N_("demanded by the regulation"), demanded, "fen", (), N_("stays as it is")),
        Step(N_("share of the wage"), share, "fen", (capped,)),
        Step(N_("minimum wage"), floor, "fen", (floored,)),
        Step(N_("above the minimum wage"), above, "fen", (floored,)),
        Step(N_("ceiling by law"), most, "fen", (capped, floored)),
        Step(N_("beyond the ceiling"), demanded - most, "fen", (Basis("", "X-14"),), note),
        *_sanction_share(wage, on, policy),
    ]


def _sanction_share(wage: Fen, on: date, policy: Policy) -> list[Step]:
    """In Shenzhen, what all money sanctions of the month may come to at most (L-15)."""
    place, located = policy.on(on, CHAPTER).text("place")
    if place != "shenzhen":
        return []
    cap, capped = policy.on(on, CHAPTER).rate("shenzhen_cap")
    return [
        Step(N_("place of work"), place, "word", (located,)),
        Step(N_("share for sanctions"), cap.limit(wage), "fen", (capped,), N_("single and together; one act, once")),
    ]


def _warned(matter: str, on: date, policy: Policy) -> list[Step]:
    """The warnings that a kind of matter carries, each in a few words."""
    chapter = policy.on(on, "L.warnings")
    in_short = {item.basis.source: item.text["en"] for item in chapter.checklist("in_short").items}
    return [caution(law, in_short[law]) for law in chapter.row("matter", matter)[0]]
