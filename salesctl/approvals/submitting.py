"""Applications go on their way: the form is made, its letter put into the outbox, and then it waits (A-5.3)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.approvals import facts, letters, trail
from salesctl.approvals.actions import shown
from salesctl.approvals.application import application, lines, subject
from salesctl.approvals.filing import expect_may_touch
from salesctl.approvals.wanted import expect_day
from salesctl.approvals.working import WAITS, expect_step, take, upcoming, working
from salesctl.console.failing import sentence
from salesctl.console.show import say
from salesctl.errors import BUSY, N_, SalesctlError
from salesctl.forms.printing import keep, page
from salesctl.ledger.following import FollowUp
from salesctl.mail.outbox import File, enqueue
from salesctl.mail.sending import deliver  # whoever submits lets the letter go afterwards
from salesctl.people.deciding import decider
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from salesctl.approvals.rows import Request
    from salesctl.approvals.working import Working
    from salesctl.desk import Desk
    from salesctl.forms.form import Form
    from salesctl.ledger.book import Transaction, Writer


class ChangedMeanwhile(SalesctlError):
    """The form that was made is not of what is asked for by now."""

    code, status = "approve.changed", BUSY
    says = N_("{number} was revised while its form was made; nothing was sent.")
    hint = N_("Send what it is now: salesctl approve submit {number}")


def submit(desk: Desk, number: str, writer: Writer | None = None) -> Working:
    """Send a draft on its way: its form goes where it must, and from then on it waits for a decision (A-5.3).

    The form is made before the transaction, and the letter is in the outbox with it or not at all. Where it cannot go
    yet, the application stays a draft.

    Args:
        desk: who submits.
        number: the draft.
        writer: who writes the entry where it is a further one of the same command.
    """
    with desk.ledger.reading() as view:
        one = facts.request(view, number)
        form = application(view, desk, one.copied(state="pending"))
        is_sent = bool(letters.readers(view, desk, one)) and desk.policy.binds("A-5.3", desk.today)
    page = attached(form) if is_sent else None
    read = (one.digest, one.round)
    with desk.ledger.transaction("approve.submit", writer or desk) as tx:
        one, who = facts.request(tx, number), decider(tx, desk)
        if (one.digest, one.round) != read:
            raise ChangedMeanwhile(number=one.number)
        expect_day(desk, trail.newest_step(tx, one), N_("its newest step was on"))
        expect_may_touch(tx, desk, who, one)
        state = expect_step(tx, desk, one, "submit")
        found = letters.verdict(tx, desk, one)
        if found.value == "submitted":
            tx.amend(one, state=state)
            take(tx, desk, one, "submit")
            _enqueue(tx, desk, one, form, page)
        tx.record(found, about=one.number)
        if found.value != "submitted":
            return working(tx, desk, one, Outcome(one.level, unit="grade", steps=found.steps))
        return working(tx, desk, one, upcoming(tx, desk, one, desk.today).needed)


def forwarded(desk: Desk, number: str) -> None:
    """Put the letter about what was endorsed into the outbox, for the general manager who decides it (AMB-A5-d)."""
    if desk.is_dry_run:
        return
    with desk.ledger.reading() as view:
        one = facts.request(view, number)
        form = application(view, desk, one)
    page, read = attached(form), (one.digest, one.round)
    with desk.ledger.transaction("approve.forward", FollowUp(desk)) as tx:
        one = facts.request(tx, number)
        if one.state == "endorsed" and (one.digest, one.round) == read:
            tx.about = one.number
            _enqueue(tx, desk, one, form, page)


def _enqueue(tx: Transaction, desk: Desk, one: Request, form: Form, page: File | None) -> None:
    """The letter of a request that waits, to whoever takes the next step, where anybody can be reached."""
    if page is None or one.state not in WAITS:
        return
    step = "endorse" if upcoming(tx, desk, one, desk.today).step == "endorse" else "grant"
    said = letters.Said(subject(form), lines(form), step, is_to_top=one.state == "endorsed")
    if (letter := letters.letter(tx, desk, one, said, page)).to:
        enqueue(tx, letter)


def sent(desk: Desk, filed: Working) -> Working:
    """Submit what was filed or revised just now; what keeps it here is said, not raised."""
    if filed.request.state != "draft" or desk.is_dry_run:
        return filed
    try:
        submitted = submit(desk, filed.request.number, FollowUp(desk))
    except SalesctlError as error:
        say(sentence(error))
        return filed
    return submitted.but(outcome=filed.outcome)


def printed(desk: Desk, number: str, file: Path) -> Working:
    """Print a request's form to a file; that it was printed is an entry of its own."""
    with desk.ledger.reading() as view:
        one = facts.request(view, number)
        form, found = application(view, desk, one), shown(view, desk, one)
    made = page(form, file)
    with desk.ledger.transaction("approve.print", desk) as tx:
        tx.record(Outcome(file.suffix.lower().removeprefix(".")), about=one.number)
    if not desk.is_dry_run:
        keep(made, file)
    return found


def attached(form: Form) -> File:
    """The form as a file of a letter: PDF where the program can make one, else a workbook."""
    from importlib.util import find_spec

    suffix = "pdf" if find_spec("typst") else "xlsx"
    name = f"{form.zh} {form.number.replace(' / ', '-')}.{suffix}"
    kind = "application/pdf" if suffix == "pdf" else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return File(name, page(form, Path(name)), kind)


__all__ = ["deliver", "forwarded", "printed", "sent", "submit"]
