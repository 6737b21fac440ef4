"""Old debts are put to management, the board decides, and what is bad lowers sales (A-8.3, A-8.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.bad_debts.rows import BadDebt
from salesctl.bad_debts.rules import Handover, bearer, decision
from salesctl.customers.actions import owner_on, owners_between
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.listed import disputed_in
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.deciding import decider
from salesctl.people.standings import standing
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.receivables import rules
from salesctl.receivables.rows import Receivable, WriteOff
from salesctl.receivables.watching import expect_come, open_debt
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

BAD_DEBTS = Series(N_("bad debt"), "B", "salesctl baddebt list")
OWN = N_("whoever submitted the debt, or serves the customer, does not decide on it")
GONE = N_("they have left")


class TooYoung(Refused):
    """A debt that is not over six months."""

    code = "baddebt.too-early"
    says = N_("{number} may be put to management from {since} on: it is due since {due} (A-8.3).")
    hint = N_("Until then its progress is stated at every meeting: salesctl aging state {number} --text TEXT")


class SubmittedAlready(SalesctlError):
    """One submission of a debt waits at a time."""

    code, status = "baddebt.submitted", WRONG
    says = N_("{debt} was submitted on {day} as {number} and waits for the board.")


class DecidedAlready(SalesctlError):
    """The board decides once."""

    code, status = "baddebt.decided", WRONG
    says = N_("{number} was {state} on {day}, minutes {minutes}.")
    hint = N_("Should it be put to the board again, submit the receivable again.")


class NotTheBoard(Refused):
    """Somebody who may not decide on it; the attempt is recorded."""

    code = "baddebt.refused"
    says = N_("{person} may not decide on {number}: {why} (A-8.3).")
    hint = N_("The board decides, and whoever records it acts as its member: --as PERSON, with --minutes.")


class BeforeSubmission(SalesctlError):
    """A decision on what was not submitted yet."""

    code, status = "baddebt.day", WRONG
    says = N_("{number} was submitted on {submitted}; it cannot be decided on {day}.")
    hint = N_("Correct the day: --on.")


class ChangedSince(SalesctlError):
    """A decision dated back to before money was taken off the debt: more would be written off than was open then."""

    code, status = "baddebt.day", WRONG
    says = N_("{debt} changed on {since}; {number} cannot be decided as it stood on {day}.")
    hint = N_("Correct the day: --on.")


class Borne(Record):
    """Whose sales an approved debt is taken off, and why it is theirs where it is not whoever serves the customer."""

    person_id: int | None
    since: date  # a day on which they were here
    steps: tuple[Step, ...]


class Verdict(Record):
    """What the board decided, and in which meeting."""

    is_approved: bool
    minutes: str
    said: str = ""


def submit(desk: Desk, number: str, reason: str) -> BadDebt:
    """Put a debt to management as bad; refused, and recorded, before it is over six months (A-8.3).

    Raises:
        NothingOpen, SubmittedAlready: there is nothing to submit.
        TooYoung: it may not be yet.
    """
    with desk.ledger.transaction("baddebt.submit", desk) as tx:
        debt, who = open_debt(tx, desk, number), decider(tx, desk)
        since = rules.may_be_submitted_from(debt.due_on, policy=desk.policy)
        waiting = tx.all(BadDebt, "receivable_id = :debt AND state = 'submitted'", debt=debt.key)
        if waiting:
            raise SubmittedAlready(debt=debt.number, day=waiting[0].submitted_on, number=waiting[0].number)
        is_early = min(desk.today, desk.present_day) < since.day
        answer = Outcome("refused" if is_early else "submitted", unit="word", steps=since.steps)
        answer = answer.step(N_("may be submitted from"), since.value, "day", Basis("", "A-8.3"))
        if is_early:
            tx.record(answer, debt.number[:40])
        else:
            expect_come(desk)
            submitted = tx.add(
                BadDebt(
                    number=f"B-{tx.next_id(BadDebt)}",
                    receivable_id=debt.key,
                    amount=debt.open,
                    reason=reason,
                    submitted_on=desk.today,
                    submitted_at=tx.now,
                    submitted_by_id=desk.somebody.id,
                    typed_by_id=who.typist_id,
                )
            )
            tx.record(answer, submitted.number)
    if is_early:
        raise TooYoung(number=debt.number, since=since.day, due=debt.due_on)
    return submitted


def decide(desk: Desk, number: str, verdict: Verdict) -> BadDebt:
    """Record the board's decision; what it approves is written off, and lowers the sales of whom the customer has.

    Raises:
        DecidedAlready, BeforeSubmission, NothingOpen: there is nothing to decide.
        ChangedSince: on that day less was open than would be written off.
        NotTheBoard: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("baddebt.decide", desk) as tx:
        one, debt = _undecided(tx, desk, number)
        who, borne = decider(tx, desk), bearing(tx, desk, debt)
        asked = decision(who.grade, debt.due_on, one.submitted_on, on=desk.today, policy=desk.policy)
        until = max(desk.today, desk.present_day)
        served = owners_between(tx, debt.customer_id, debt.issued_on, until)  # former managers too (K-12)
        concerned = {one.submitted_by_id, one.typed_by_id, borne.person_id, *served} - {None}
        own = OWN if concerned & {who.id, who.typist_id} else GONE if who.is_closed else ""
        why = own or next((step.note for step in asked.steps if step.note), "")
        state = "approved" if verdict.is_approved else "declined"
        answer = Outcome("refused" if why else state, unit="word", steps=(*asked.steps, *borne.steps))
        tx.record(answer.step(N_("concerned"), bool(own), "word", Basis("", "K-12"), note=own), one.number)
        if not why:
            amount, left = debt.open, {"minutes": verdict.minutes, "said": verdict.said}
            if verdict.is_approved:
                _write_off(tx, desk, debt, borne)
            by = {"decided_on": desk.today, "decided_at": tx.now, "decided_by_id": desk.somebody.id}
            tx.amend(one, state=state, amount=amount, **by, **left)
    if why:
        raise NotTheBoard(person=desk.somebody.name, number=one.number, why=why)
    return one


def _undecided(tx: Transaction, desk: Desk, number: str) -> tuple[BadDebt, Receivable]:
    """A submission the board has not decided, and its debt, where it may be decided as of the business day."""
    one = numbered(tx, BadDebt, BAD_DEBTS, number)
    if one.decided_on:
        raise DecidedAlready(number=one.number, state=one.state, day=one.decided_on, minutes=one.minutes)
    if not one.submitted_on <= desk.today <= desk.present_day:
        raise BeforeSubmission(number=one.number, submitted=one.submitted_on, day=desk.today)
    debt = open_debt(tx, desk, tx.one(Receivable, id=one.receivable_id).number)
    if debt.not_before and desk.today < debt.not_before:
        raise ChangedSince(number=one.number, debt=debt.number, since=debt.not_before, day=desk.today)
    return one, debt


def bearing(view: Reading, desk: Desk, debt: Receivable) -> Borne:
    """Whose sales a debt is taken off: of whoever serves the customer, or of the transferor who left it disputed (X-6).

    What was listed as disputed when a handover was signed stays the transferor's, however often it passes on after.
    """
    now = owner_on(view, debt.customer_id, desk.today)
    passed = disputed_in(view, debt.number, desk.today, desk.policy)
    if passed is None:
        return Borne(now, desk.today, ())
    names = (_said(view, passed.transferor_id), _said(view, now))
    found = bearer(Handover(*names, passed.signed_on, is_disputed=True), on=desk.today)
    return Borne(passed.transferor_id, passed.signed_on or desk.today, found.steps)


def _said(view: Reading, person_id: int | None) -> str:
    return view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=person_id) or "-"


def _write_off(tx: Transaction, desk: Desk, debt: Receivable, borne: Borne) -> None:
    """All that is open, from the day of the decision; later money recovers it, and nothing before that day pays it."""
    manager_id = borne.person_id
    days = (desk.today, borne.since)  # somebody who has left is of the department they handed over in
    held = [standing(tx, manager_id, "department", day) for day in days] if manager_id else []
    department = next(filter(None, held), "")
    tx.add(
        WriteOff(
            receivable_id=debt.key,
            amount=debt.open,
            booked_on=desk.today,
            manager_id=manager_id,
            department=department,
        )
    )
    not_before = max(desk.today, debt.not_before or desk.today)
    tx.amend(debt, open=0, written_off=debt.written_off + debt.open, not_before=not_before)


WORDS = (N_("submitted"), N_("approved"), N_("declined"), N_("refused"))
