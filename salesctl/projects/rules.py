"""What opens the next step of a project: people, a review, a pitch, money (B-1 to B-4); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Invalid, Unknown
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.schedule import nth_workday
from salesctl.policy.units import shown
from salesctl.projects.facts import Attendee, Consent, Contract, Member, Override, Receipt, Seat, Task  # noqa: TC001 - whoever asks a rule finds its compound values here

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

ALLOWED, BLOCKED, REFUSED = "allowed", "blocked", "refused"
WORDS = (
    *(N_("allowed"), N_("blocked"), N_("refused"), N_("production"), N_("creation")),
    *(N_("creative director"), N_("design director"), N_("account director"), N_("film director")),
    *(N_("first meeting"), N_("service group"), N_("pitch"), N_("execution"), N_("our team"), N_("presenter")),
    *(N_("vi manual"), N_("company brochure"), N_("advertising film"), N_("general manager")),
    *(N_("prepayment override"), N_("payment term application")),
)
TERMS = (Basis("", "X-2"), Basis("", "A-5.1"))  # less than the share is a deviation in regulation A as well


def recording(consent: Consent, begins_at: datetime) -> Outcome:
    """Whether a talk may be recorded (B-1.2c): `allowed`, or `refused` without the customer's earlier consent.

    Args:
        consent: the customer's; it needs a name and a time no later than the beginning.
        begins_at: when the recorder is switched on.
    """
    is_named, rests = bool(consent.by.strip()), Basis("", "B-1.2c")
    is_early = consent.at is not None and consent.at <= begins_at
    answer = ALLOWED if consent.is_given and is_named and is_early else REFUSED
    outcome = Outcome(answer, unit="word").step(N_("consent given"), consent.is_given, "word", rests)
    outcome = outcome.step(N_("consent of"), consent.by.strip() or "-", "text", rests)
    outcome = outcome.step(N_("consent at"), consent.at, "time", rests).step(N_("recording from"), begins_at, "time")
    return outcome.step(N_("legal warning"), "L-17", "text", Basis("", "L-17"), note=N_("recording needs consent"))


def promised_day(agreed_on: date, workdays: int, *, calendar: Calendar) -> Outcome:
    """The day a promised next step is due (B-1.7, B-3.4).

    Args:
        agreed_on: the day of the meeting or the pitch; it is day 0 (AMB-B-f).
        workdays: how many were promised, at least one.
        calendar: the working days.

    Returns:
        The last of these workdays; its note says where the calendar of that year is provisional.

    Raises:
        Invalid: no workday at all.
        NoCalendar: a year's working days are not known.
    """
    if workdays < 1:
        raise Invalid(value=workdays, what=N_("a number of workdays"), example="5")
    due, rests = nth_workday(agreed_on, workdays, calendar), Basis("", "B-1.7", "AMB-B-f")
    outcome = Outcome(due, unit="day").step(N_("agreed on"), agreed_on, "day", rests)
    outcome = outcome.step(N_("workdays promised"), workdays, "count", rests)
    return outcome.step(N_("due on"), due, "day", rests, Basis("", "B-3.4", "AMB-B-f"), note=calendar.note(due))


def open_stages(done: list[str], *, on: date, policy: Policy) -> Outcome:
    """Which stages of a project may be entered (AMB-B-h; B-1.7, B-2.0, B-2.5, B-2.6, B-3.4).

    Args:
        done: the names of what is done, as the checklists of `B.stages` call it.
        on: the day somebody wants to enter.
        policy: the packs; `B.stages.order` and one checklist for every stage but the first.

    Returns:
        The stages in their order: all behind, as going back is allowed, and the next one once it waits for nothing.

    Raises:
        Unknown: something was done that no stage waits for.
    """
    chapter = policy.on(on, "B.stages")
    (first, *later), order = chapter.items("order")
    gates = {stage: chapter.checklist(stage) for stage in later}
    known = [item.name for gate in gates.values() for item in gate.items]
    if strange := [name for name in done if name not in known]:
        listing = "salesctl policy show B.stages"
        raise Unknown(what=N_("item"), value=shown(strange[0]), candidates=", ".join(known), listing=listing)
    steps, entered, is_open = [Step(first, True, "word", (order,))], [first], True
    for stage, gate in gates.items():
        waits = gate.missing([item.name for item in gate.items if item.name in done])
        is_open = is_open and not waits.value
        entered += [stage] if is_open else []
        steps += [*waits.steps, Step(stage, is_open, "word", (order,))]
    return Outcome(entered, unit="word", steps=steps)


def service_group(members: list[Member], *, on: date, policy: Policy) -> Outcome:
    """Whether a project service group is complete (B-2.0): `allowed`, or `blocked` while a department has nobody.

    Args:
        members: people with their departments; people of other departments may belong as well.
        on: the day the group is formed.
        policy: the packs; `B.group.departments`.
    """
    departments, basis = policy.on(on, "B.group").items("departments")
    people = {
        department: {_same(member.person) for member in members if member.department == department and member.person}
        for department in departments
    }
    steps = [Step(department, len(found), "count", (basis,)) for department, found in people.items()]
    return Outcome(ALLOWED if all(people.values()) else BLOCKED, unit="word", steps=steps)


def work_schedule(tasks: list[Task]) -> Outcome:
    """Whether a schedule divides the work (B-2.3): `allowed`, or `blocked` where a task has no owner or there is none.

    Args:
        tasks: the lines of the schedule; one without a day stays an open question.
    """
    rests, unowned = Basis("", "B-2.3"), [task.name for task in tasks if not task.owner.strip()]
    undated = [task.name for task in tasks if task.due_on is None]
    outcome = Outcome(ALLOWED if tasks and not unowned else BLOCKED, unit="word")
    outcome = outcome.step(N_("tasks"), len(tasks), "count", rests)
    outcome = outcome.step(N_("tasks without an owner"), ", ".join(unowned) or "-", "text", rests)
    note = N_("it stays an open question") if undated else ""
    return outcome.step(N_("tasks without a day"), ", ".join(undated) or "-", "text", rests, note=note)


def review(stage: str, seats: list[Seat], *, on: date, policy: Policy) -> Outcome:
    """Whether an internal review holds (B-2.4, B-4.5): `allowed`, or `refused`.

    Args:
        stage: `pitch` for the first draft, `execution` for every later one.
        seats: roles with the person who filled them, or the reason why nobody did; one person may fill two
            (AMB-B-e), other members may come besides.
        on: the day of the review.
        policy: the packs; `B.group.reviewers`.

    Returns:
        `refused` while a role is neither filled nor excused, and where nobody came at all.

    Raises:
        Unknown: a stage without a review.
    """
    roles, basis = policy.on(on, "B.group").row("reviewers", stage)
    steps, filled, came = [], 0, False
    for role in roles:
        people = [seat.person.strip() for seat in seats if seat.role == role and seat.person.strip()]
        excuses = [seat.excuse.strip() for seat in seats if seat.role == role and seat.excuse.strip()]
        note = "" if people else N_("excused with a reason") if excuses else N_("neither there nor excused")
        steps.append(Step(role.replace("_", " "), ", ".join(people or excuses) or "-", "text", (basis,), note))
        filled, came = filled + bool(people or excuses), came or bool(people)
    nobody = "" if came else N_("nobody came, so there was no review")
    steps.append(Step(N_("roles filled or excused"), filled, "count", (basis,), nobody))
    return Outcome(ALLOWED if came and filled == len(roles) else REFUSED, unit="word", steps=steps)


def pitch_team(attendees: list[Attendee], presenter: str = "", *, on: date, policy: Policy) -> Outcome:
    """Whether enough of our people are at a pitch, the first or a later one (B-2.7, B-3.2, B-4.8).

    Args:
        attendees: whoever is there when it starts; the customer's people, and the same person again, do not count.
        presenter: who is named to present, if anybody yet; one of our people there.
        on: the day of the pitch.
        policy: the packs; `B.pitch.least_team`.

    Returns:
        `allowed`, or `blocked`.
    """
    least, basis = policy.on(on, "B.pitch").figure("least_team")
    ours = {_same(one.person) for one in attendees if one.is_ours and one.person.strip()}
    presents = not presenter.strip() or _same(presenter) in ours
    outcome = Outcome(ALLOWED if len(ours) >= least and presents else BLOCKED, unit="word")
    outcome = outcome.step(N_("our people"), len(ours), "count", basis, basis.but(key="", source="B-4.8"))
    outcome = outcome.step(N_("at least"), least, "count", basis)
    note = "" if presents else N_("the presenter is one of our people there")
    return outcome.step(N_("presenter"), presenter.strip() or "-", "text", Basis("", "B-3.2"), note=note)


def start_of_work(
    contract: Contract, receipts: list[Receipt], override: Override, *, on: date, policy: Policy
) -> Outcome:
    """Whether substantive work may start (B-4.2b, B-4.2d, B-4.3a).

    Args:
        contract: its total in fen, and the day it was signed.
        receipts: money received, in fen; it counts from the signature on, and before it when credited (AMB-B-b).
        override: a recorded decision to start with less; it needs a reason and a grade the packs name (AMB-B-a).
        on: the day work would start; the task notice's signature is its first act (AMB-B-c).
        policy: the packs; `B.execution.prepayment` and `B.execution.prepayment_override`.

    Returns:
        `allowed` from the share on, rounded up to the fen (K-3), or with an override; otherwise `blocked`. An
        unsigned contract is always `blocked`.
    """
    chapter = policy.on(on, "B.execution")
    (share, basis), (grades, override_basis) = chapter.rate("prepayment"), chapter.items("prepayment_override")
    is_signed = contract.signed_on is not None and contract.signed_on <= on
    needed, counted = share.least(contract.total), sum(_counted(receipt, contract, on) for receipt in receipts)
    is_overridden = override.grade in grades and bool(override.reason.strip())
    is_open = is_signed and (counted >= needed or is_overridden)
    of, unsigned = basis.but(reading="AMB-B-b"), "" if is_signed else N_("nothing counts before the signature")
    outcome = Outcome(ALLOWED if is_open else BLOCKED, unit="word")
    outcome = outcome.step(N_("contract total"), contract.total, "fen", of)
    outcome = outcome.step(N_("signed on"), contract.signed_on, "day", Basis("", "B-4.2b"), note=unsigned)
    outcome = outcome.step(N_("prepayment needed"), needed, "fen", basis, Basis("", "B-4.3a", "AMB-B-c"))
    outcome = outcome.step(N_("received so far"), counted, "fen", of)
    if counted >= needed or not override.grade:
        return outcome
    note = "" if is_overridden else N_("this grade may not, or no reason is recorded")
    outcome = outcome.step(N_("prepayment override"), override.grade, "grade", override_basis, note=note)
    lower = N_("terms below the share are applied for as well")
    return outcome.step(N_("payment term application"), True, "word", *TERMS, note=lower) if is_overridden else outcome


def payment_terms(total: Fen, prepaid: Fen, *, on: date, policy: Policy) -> Outcome:
    """What a contract's payment terms need besides the signature (B-4.2d, X-2).

    Args:
        total: the contract total in fen, tax included.
        prepaid: what the terms let the customer pay before work, in fen.
        on: the day of the contract.
        policy: the packs; `B.execution.prepayment`.

    Returns:
        Nothing from the share on. Below it an application under article 5 of regulation A, and the override as well.
    """
    share, basis = policy.on(on, "B.execution").rate("prepayment")
    needed = share.least(total)
    papers = ["payment_term_application", "prepayment_override"] if prepaid < needed else []
    outcome = Outcome(papers, unit="word").step(N_("contract total"), total, "fen")
    outcome = outcome.step(N_("prepayment needed"), needed, "fen", basis).step(N_("agreed prepayment"), prepaid, "fen")
    note = N_("a term beyond the account manager's authority") if papers else N_("nothing departs from the terms")
    return outcome.step(N_("terms of payment"), not papers, "word", *TERMS, note=note)


def _counted(receipt: Receipt, contract: Contract, on: date) -> Fen:
    """What of a receipt counts on a day (AMB-B-b)."""
    if contract.signed_on is None or receipt.received_on > on:
        return 0
    return receipt.amount if receipt.is_credited or receipt.received_on >= contract.signed_on else 0


def _same(person: str) -> str:
    """A person as two mentions of them compare."""
    return person.strip().casefold()
