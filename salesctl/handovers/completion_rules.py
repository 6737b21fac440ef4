"""What a handover still misses, who may sign, and what becomes of problems (E-4 to E-7, E-10, E-13 to E-16); pure."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.handovers.rules import demanded, roles
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy

CHAPTER = "E.handover"
WORDS = (
    *(N_("planned completion"), N_("month end"), N_("granted"), N_("refused"), N_("disputed")),
    *(N_("settled"), N_("open"), N_("planned"), N_("carried"), N_("unsettled")),
    *(N_("salesperson"), N_("superior"), N_("manager")),
)


class Paper(Record):
    """A paper that is handed over, its category (E-5), and the parties who have signed it."""

    name: str
    category: str
    signed_by: list[str]


class Visit(Record):
    """A visit to a customer: the parties who were there, and whether the customer signed the papers."""

    customer: str
    day: date
    parties: list[str]
    has_signed: bool


def unsigned(papers: list[Paper], *, on: date, policy: Policy) -> Outcome:
    """What the papers of a handover still miss (E-4e, E-5).

    Args:
        papers: what is handed over; a category without anything has a paper as well that says so.
        on: the day the handover starts.
        policy: the packs; `E.handover.categories` and `E.handover.parties`.

    Returns:
        Each category without a paper, then each signature that is missing, as `paper: party`; nothing where every paper
        is signed by all three.

    Raises:
        Unknown: a paper of no such category.
    """
    chapter = policy.on(on, CHAPTER)
    (categories, held), (parties, signing) = chapter.items("categories"), chapter.items("parties")
    for paper in papers:
        if paper.category not in categories:
            candidates, listing = ", ".join(categories), "salesctl policy show E.handover.categories"
            raise Unknown(what=N_("category"), value=shown(paper.category), candidates=candidates, listing=listing)
    empty = [category for category in categories if category not in {paper.category for paper in papers}]
    wanting = [(paper.name, party) for paper in papers for party in parties if party not in paper.signed_by]
    needed = len(papers) * len(parties)
    steps = (
        Step(N_("categories without a paper"), ", ".join(empty) or "-", "text", (held,)),
        Step(N_("signatures needed"), needed, "count", (signing,)),
        Step(N_("signatures given"), needed - len(wanting), "count", (signing,)),
    )
    return Outcome([*empty, *(f"{name}: {party}" for name, party in wanting)], steps=steps)


def unverified(customers: list[str], visits: list[Visit], waived: list[str], *, on: date, policy: Policy) -> Outcome:
    """The customers that still have to be visited or to sign (E-6a, E-6b).

    Args:
        customers: everybody who is handed over.
        visits: what visits were made; only one at which all three were together counts.
        waived: customers the department manager has waived with evidence; they hold up nothing and stay unverified
            (AMB-E-i), so that the receiver may refuse to sign.
        on: the day asked about; later visits do not count yet.
        policy: the packs; `E.handover.parties`.

    Returns:
        Their names, in order.
    """
    parties, _basis = policy.on(on, CHAPTER).items("parties")
    known = [visit for visit in visits if visit.day <= on]
    together = {visit.customer for visit in known if set(parties) <= set(visit.parties)}
    signed = {visit.customer for visit in known if visit.has_signed}
    done = together & signed
    closed = done.union(waived)
    left = [customer for customer in customers if customer not in closed]
    not_met = [customer for customer in customers if customer not in together]
    unsaid = [customer for customer in customers if customer not in signed]
    steps = (
        Step(N_("customers"), len(customers), "count", (Basis("", "E-6a"),)),
        Step(N_("not visited by all three together"), ", ".join(not_met) or "-", "text", (Basis("", "E-6a"),)),
        Step(N_("not signed by the customer"), ", ".join(unsaid) or "-", "text", (Basis("", "E-6b"),)),
        Step(
            N_("waived, still unverified"),
            ", ".join(one for one in waived if one not in done) or "-",
            "text",
            (Basis("", "E-6b", "AMB-E-i"),),
        ),
    )
    return Outcome(left, steps=steps)


def absent(channels: list[str], taking_part: list[str], *, on: date, policy: Policy) -> Outcome:
    """The roles that have still to take part in the handover of customers of these channels (E-10).

    Args:
        channels: the customers' channels.
        taking_part: the roles that took part.
        on: the day the handover starts.
        policy: the packs; `E.handover.roles`.

    Returns:
        The roles, in the order of the regulation.

    Raises:
        Unknown: the regulation has no such channel.
    """
    needed = roles(channels, on=on, policy=policy)
    return Outcome([role for role in demanded(needed) if role not in taking_part], unit="word", steps=needed.steps)


def may_sign(party: str, has_checked: bool, refusal: str) -> Outcome:  # noqa: FBT001 - a fact
    """Whether a party may sign a paper (E-4b, E-4c).

    Args:
        party: `transferor`, `receiver` or `handover_supervisor`.
        has_checked: whether they have checked it.
        refusal: why the receiver will not sign; empty where nothing is unclear.

    Returns:
        `refused` to the receiver before the check; `disputed` where the receiver says what is unclear: nobody can
        force that signature. Otherwise `granted`; only the receiver has the right to refuse.
    """
    is_receiver, why = party == "receiver", refusal.strip()
    answer = "granted"
    if is_receiver and (why or not has_checked):
        answer = "disputed" if why else "refused"
    outcome = Outcome(answer, unit="word").step(N_("party"), party, "word", Basis("", "E-4e"))
    outcome = outcome.step(N_("has checked the paper"), has_checked, "word", Basis("", "E-4b"))
    note = N_("nobody signs in the receiver's place") if answer == "disputed" else ""
    return outcome.step(N_("refusal"), why or "-", "text", Basis("", "E-4c"), note=note)


def may_sign_form(signer: str, signed: list[str], is_complete: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact
    """Whether somebody may sign a new customer's form now (E-7, SM-26).

    Args:
        signer: `salesperson`, `superior` or `manager`, as the list names them.
        signed: who has signed, in order.
        is_complete: whether the form is filled in.
        on: the day of the signature.
        policy: the packs; `E.duties.customer_form`.

    Returns:
        `granted` to the next on the list, for a complete form; else `refused`.

    Raises:
        Unknown: nobody of that name signs the form.
    """
    form = policy.on(on, "E.duties").checklist("customer_form")
    left = form.missing([*signed, signer])
    before = form.missing(signed)
    is_next = isinstance(before.value, list) and before.value[:1] == [signer]
    why = "" if is_complete else N_("the form is not complete")
    turn = "" if is_next else N_("out of its order")
    outcome = Outcome("granted" if is_complete and is_next else "refused", unit="word", steps=left.steps)
    outcome = outcome.step(N_("form complete"), is_complete, "word", Basis("", "E-7"), note=why)
    return outcome.step(N_("signs now"), signer, "word", Basis("", "E-7"), note=turn)


def issue(
    due_on: date | None, done: list[str], settled_on: date | None, planned_on: date, *, on: date, policy: Policy
) -> Outcome:
    """What becomes of a problem found in a handover (E-13, E-15a, E-15b, E-16, SM-23).

    Args:
        due_on: the day it can be settled on or falls due, such as a debt's; none where it can be settled now.
        done: what was done about it, of the list `E.duties.issue`.
        settled_on: the day it was settled; none where it is not.
        planned_on: the planned completion of the handover.
        on: the day asked about.
        policy: the packs; `E.handover.period` says how far the current period reaches (AMB-E-e).

    Returns:
        `settled`; `carried` where it falls due after the period: the receiver goes on with it, the transferor bears
        nothing; otherwise `open`, and `planned` once there is a plan and its report, which keep the handover from being
        complete, and `unsettled` from the day after the period on: then the loss is the transferor's.

    Raises:
        Unknown: something was done that is not on the list.
    """
    period, basis = policy.on(on, CHAPTER).text("period")
    month_end = planned_on.replace(day=monthrange(planned_on.year, planned_on.month)[1])
    last = planned_on if period == "planned_completion" else month_end
    plan = policy.on(on, "E.duties").checklist("issue").missing(done)
    is_carried = due_on is not None and due_on > last
    is_settled = settled_on is not None and settled_on <= on
    answer, source = "open" if plan.value else "planned", "E-15a"
    if is_settled or is_carried:
        answer, source = ("settled", "E-15a") if is_settled else ("carried", "E-16")
    elif on > last:
        answer, source = "unsettled", "E-15b"
    steps = (
        Step(N_("current period ends on"), last, "day", (basis,)),
        Step(N_("can be settled on"), due_on, "day", (basis.but(source=source),)),
        *plan.steps,
        Step(N_("settled on"), settled_on, "day", (Basis("", source),)),
    )
    return Outcome(answer, unit="word", steps=steps)
