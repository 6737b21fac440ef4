"""Whose review a contract needs, and how test data price it (A-2.1 to A-2.3, A-2.5 to A-2.7, A-3.1 to A-3.5); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.contracts.campaign import Data  # noqa: TC001 - whoever asks a rule finds its compound values here
from salesctl.errors import N_, Unknown
from salesctl.people.rules import rank
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import Rate, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.policy.policy import Policy

CHAPTER, TESTS = "A.contracts", "A.tests"
ACTS = ("edited", "reviewed")
WORDS = (
    *(N_("edited"), N_("reviewed"), N_("in review"), N_("director ok"), N_("final"), N_("no duty"), N_("handed in")),
    *(N_("fits"), N_("application"), N_("keep running"), N_("suspend"), N_("resumed"), N_("suspended"), N_("open")),
    *(N_("support supervisor"), N_("changed"), N_("stamped by customer"), N_("final review")),
    *(N_("only when changed"), N_("always")),
)


class Draft(Record):
    """A contract's text before it is printed."""

    is_on_template: bool  # anything else counts as changed
    is_edited: bool  # outside the blanks (AMB-A2-b)
    is_within_prices: bool  # every price and term of payment
    is_stamped_by_customer: bool = False


class Act(Record):
    """What was done to a draft: it was edited, or reviewed by a role."""

    at: datetime
    what: str
    by: str


def reviews(draft: Draft, *, on: date, policy: Policy) -> Outcome:
    """Who must review a draft before it is printed, or before the company's seal (A-2.1 to A-2.3, A-2.5).

    Args:
        draft: what became of the text, the prices and the customer's stamp.
        on: the day of the review.
        policy: the packs; `A.contracts.reviews` names the roles in their order.

    Returns:
        The roles in the order in which they review. Nobody reviews an unchanged template with prices inside the
        price system (AMB-A2-a), unless the customer stamped it first (AMB-A2-d).

    Raises:
        NotInForce: `on` comes before article 2 took effect.
    """
    chapter = policy.on(on, CHAPTER)
    choice, always = chapter.text("final_review")
    prices, further = Basis("", "A-2.2"), ""
    if not draft.is_within_prices:
        prices, further = prices.but(reading="AMB-A2-f"), N_("an application of article 5 is needed as well")
    steps = (
        Step(N_("on the company's template"), draft.is_on_template, "word", (Basis("", "A-2.1"),)),
        Step(N_("within the price system"), draft.is_within_prices, "word", (prices,), further),
        Step(N_("edited outside the blanks"), draft.is_edited, "word", (Basis("", "A-2.3", "AMB-A2-b"),)),
        Step(N_("stamped by the customer"), draft.is_stamped_by_customer, "word", (Basis("", "A-2.5", "AMB-A2-d"),)),
        Step(N_("final review"), choice, "word", (always,)),
    )
    row = "changed"
    if draft.is_on_template and draft.is_within_prices and not draft.is_edited:
        row = "stamped_by_customer" if draft.is_stamped_by_customer else "final_review" if choice == "always" else ""
    wanted, basis = chapter.row("reviews", row) if row else ([], always)
    roles = (Step(N_("reviews"), role, "word", (basis,)) for role in wanted)
    return Outcome(wanted, unit="word", steps=(*steps, *roles))


def standing(draft: Draft, acts: list[Act], *, on: date, policy: Policy) -> Outcome:
    """How far the review of a draft has come (A-2.3).

    Args:
        draft: the text as it stood before the acts.
        acts: edits and reviews; they count in the order of their times.
        on: the day of the review.
        policy: the packs.

    Returns:
        `in_review`, `director_ok`, or `final`: only then it may be printed (A-2.4), or sealed (A-2.5). A review out of
        its order is refused; an edit is a change and voids every review before it (AMB-A2-c).

    Raises:
        Unknown: an act that is neither an edit nor a review.
    """
    is_edited = draft.is_edited or any(act.what == "edited" for act in acts)
    demanded = reviews(draft.but(is_edited=is_edited), on=on, policy=policy)
    wanted = [str(step.value) for step in demanded.steps if step.name == "reviews"]
    done: list[str] = []
    steps = list(demanded.steps)
    for act in sorted(acts, key=lambda act: act.at):
        if act.what not in ACTS:
            listing = "salesctl policy explain contracts.standing"
            raise Unknown(what=N_("act"), value=shown(act.what), candidates=", ".join(ACTS), listing=listing)
        if act.what == "edited":
            done, note = [], N_("every review before it is void")
        elif act.by in wanted[len(done) : len(done) + 1]:
            done, note = [*done, act.by], N_("counts")
        else:
            note = N_("refused: it is not this role's turn")
        reading = "AMB-A2-c" if act.what == "edited" else ""
        steps.append(Step(act.by.replace("_", " "), act.at, "time", (Basis("", "A-2.3", reading),), note))
    state = "final" if done == wanted else "director_ok" if done else "in_review"
    return Outcome(state, unit="word", steps=steps)


def lawyer_contact(role: str, *, on: date, policy: Policy) -> Outcome:
    """Whether somebody of a role may speak with the external lawyer (A-2.6): `granted` or `refused`.

    Args:
        role: the role of whoever wants to.
        on: the day of the contact.
        policy: the packs; `A.contracts.lawyer_contact`.
    """
    roles, basis = policy.on(on, CHAPTER).items("lawyer_contact")
    outcome = Outcome("granted" if role in roles else "refused", unit="word").step(N_("asked by"), role, "grade")
    for one in roles:
        outcome = outcome.step(N_("the only one to speak with the lawyer"), one, "grade", basis)
    return outcome


def handing_in(signed_on: date, contract_on: date | None, form_on: date | None, *, on: date, policy: Policy) -> Outcome:
    """Whether a signed contract has been handed in to customer support with its form (A-2.7).

    Args:
        signed_on: the day of the signature; before article 2 took effect there is no duty (K-9).
        contract_on, form_on: the days either reached customer support; none where it has not.
        on: the day asked about.
        policy: the packs.

    Returns:
        `handed_in` from the later of both days on, `open` before, or `no_duty`. There is no deadline (AMB-A2-e).
    """
    if not policy.binds("A-2.7", signed_on):
        return Outcome("no_duty", unit="word").step(N_("signed on"), signed_on, "day", Basis("", "A-2.8"))
    is_in = contract_on is not None and form_on is not None and max(contract_on, form_on) <= on
    outcome = Outcome("handed_in" if is_in else "open", unit="word").step(N_("signed on"), signed_on, "day")
    outcome = outcome.step(N_("contract received on"), contract_on, "day", Basis("", "A-2.7"))
    return outcome.step(N_("requirement form received on"), form_on, "day", Basis("", "A-2.7", "AMB-A2-e"))


def signing(kind: str, papers: list[str], is_beyond: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001
    """What the signing of a contract still lacks (A-3.1, A-3.3).

    Args:
        kind: `cps`, `cpa`, or another kind, which needs no test data (AMB-A3-e).
        papers: what there is, by the names of the checklist.
        is_beyond: whether the price is beyond the account manager's authority.
        on: the day of the signature.
        policy: the packs; `A.tests.signing` and `A.tests.signing_beyond`.

    Raises:
        Unknown: a paper that is not on the checklist.
    """
    chapter = policy.on(on, TESTS)
    kinds, basis = chapter.items("kinds")
    asked = Step(N_("kind of contract"), kind, "word", (basis,))
    if kind not in kinds:
        return Outcome([], unit="word", steps=(asked,))
    outcome = chapter.checklist("signing_beyond" if is_beyond else "signing").missing(papers)
    return Outcome(outcome.value, unit="word", steps=(asked, *outcome.steps))


def cpm(data: Data) -> Outcome:
    """The price of a thousand sends that follows from data, in fen, half a fen rounded up (A-3.2, AMB-A3-d).

    Raises:
        NothingSent, Invalid: data without sends, or a rate that is no share.
    """
    over, under = data.per_thousand()
    price = Rate(1, under, "").half_up(over)
    return Outcome(price, unit="fen").step(N_("price of a thousand"), price, "fen", Basis("", "A-3.2", "AMB-A3-d"))


def price_fit(data: Data, *, on: date, policy: Policy) -> Outcome:
    """Whether the price that follows from test data fits the price system (A-3.2, A-3.3).

    Args:
        data: the test's.
        on: the day of the signature.
        policy: the packs; each company sets `A.tests.price_floor`.

    Returns:
        `fits` from the floor on, compared before anything is rounded; below it `application`: the price has to be
        applied for under article 5 before the signing.

    Raises:
        Unset: the company has set no floor.
        NothingSent, Invalid: as in `cpm`.
    """
    floor, basis = policy.on(on, TESTS).amount("price_floor")
    over, under = data.per_thousand()
    is_fit, steps = over >= floor * under, cpm(data).steps
    outcome = Outcome("fits" if is_fit else "application", unit="word", steps=steps)
    outcome = outcome.step(N_("floor"), floor, "fen", basis)
    note = N_("the price is applied for before the signing")
    return outcome if is_fit else outcome.step(N_("below the floor"), True, "word", Basis("", "A-3.3"), note=note)


def gap(test: Data, live: Data, *, on: date, policy: Policy) -> Outcome:
    """Whether a running campaign is to be suspended, as its live data lie far from the test (A-3.4, A-3.5).

    Args:
        test, live: what was sent and earned.
        on: the day of the comparison.
        policy: the packs; `A.tests.variance` is a share of the test's price for a thousand sends.

    Returns:
        `suspend` where the live price differs by more than that share, upwards or downwards (AMB-A3-a); exactly that
        share is `keep_running`. Compared before anything is rounded.

    Raises:
        NothingSent, Invalid: as in `cpm`.
    """
    variance, basis = policy.on(on, TESTS).rate("variance")
    (tested, test_sends), (lived, live_sends) = test.per_thousand(), live.per_thousand()
    apart, whole = abs(lived * test_sends - tested * live_sends), tested * live_sends
    is_near = variance.holds(apart, whole, inclusive=True)
    outcome = Outcome("keep_running" if is_near else "suspend", unit="word")
    outcome = outcome.step(N_("price in the test"), cpm(test).value, "fen", Basis("", "A-3.4", "AMB-A3-d"))
    outcome = outcome.step(N_("price in the live data"), cpm(live).value, "fen", Basis("", "A-3.4", "AMB-A3-d"))
    return outcome.step(N_("may differ by at most"), variance.percent(), "rate", basis)


def resumption(cause: str, grade: str, *, on: date, policy: Policy) -> Outcome:
    """Whether a suspended campaign goes on (A-3.5): `resumed` once its cause is stated and a grade that may decides.

    Args:
        cause: what customer support found; blank while nothing is.
        grade: the grade of whoever decided to go on.
        on: the day of the decision.
        policy: the packs; `A.tests.resumes` is the lowest grade (AMB-A3-c).
    """
    needed, basis = policy.on(on, TESTS).text("resumes")
    ladder, _rule = policy.on(on, "A.approvals").items("ladder")
    is_decided = 0 <= rank(needed, ladder) <= rank(grade, ladder)
    outcome = Outcome("resumed" if cause.strip() and is_decided else "suspended", unit="word")
    outcome = outcome.step(N_("cause"), cause.strip() or "-", "text", Basis("", "A-3.5"))
    return outcome.step(N_("decided by"), grade or "-", "grade").step(N_("at least"), needed, "grade", basis)
