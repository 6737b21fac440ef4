"""Whom the form of an application goes to, whether it can go there, and what the letter says (A-5.3, AMB-A5-d)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rules import submission
from salesctl.approvals.rungs import DIRECTOR, TOP
from salesctl.console.values import listed
from salesctl.console.words import _
from salesctl.people.actions import line_of, standing
from salesctl.people.emails import email_of
from salesctl.people.rows import Person
from salesctl.people.rules import rank
from salesctl.people.standings import HOLDS
from salesctl.policy.checklist import WANTING
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.approvals.rows import Request
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.mail.outbox import Draft, File
    from salesctl.policy.outcome import Outcome

COPIES = {  # a copy as the lists of article 5 name it -> the grade of whoever gets it
    "cc_supervisor": "support_supervisor",
    "cc_ae_manager": "ae_manager",
    "cc_support_staff": "support_staff",
}


class Reader(Record):
    """Somebody who gets the form, as the lists of article 5 name the paper, and their address."""

    paper: str
    person: Person
    address: str


class Said(Record):
    """What a letter says: its subject, the form as lines, and the step that comes next."""

    subject: str
    lines: list[str]
    step: str  # endorse, grant
    is_to_top: bool = False  # it has been endorsed, and goes on to the general manager


def verdict(view: Reading, desk: Desk, one: Request) -> Outcome:
    """Whether an application may count as submitted: whether its form can go where it must (A-5.3)."""
    grade = standing(view, one.asked_by_id, "grade", desk.today)
    if grade != TOP and _addressee(view, desk, one) == TOP:
        grade = DIRECTOR  # whoever asks, the general manager is written to
    papers = ["form", *(reader.paper for reader in readers(view, desk, one) if reader.address)]
    return submission(one.matter, grade, papers, on=max(desk.today, desk.present_day), policy=desk.policy)


def readers(view: Reading, desk: Desk, one: Request, *, is_to_top: bool = False) -> list[Reader]:
    """Who gets the form: the director, or of a director's own the general manager, and the copies the matter wants."""
    to = TOP if is_to_top else _addressee(view, desk, one)
    copies = COPIES if one.matter in _delivery(desk) else list(COPIES)[:1]
    wanted = {f"to_{to.removeprefix('account_')}": to, **{paper: COPIES[paper] for paper in copies}}
    found = ((paper, _holder(view, desk, one, grade, is_copy=paper in COPIES)) for paper, grade in wanted.items())
    return [Reader(paper, person, email_of(view, person.key)) for paper, person in found if person is not None]


def wanting(view: Reading, desk: Desk, one: Request) -> str:
    """What keeps an application a draft, in the language of this run."""
    missing = [_(step.name) for step in verdict(view, desk, one).steps if step.note == WANTING]
    if not missing:
        return _("It is a draft. Send it on its way: salesctl approve submit {number}").format(number=one.number)
    text = _("It stays a draft until there is: {missing} (A-5.3). Then: salesctl approve submit {number}")
    said = text.format(missing=listed(missing), number=one.number)
    mute = [reader.person for reader in readers(view, desk, one) if not reader.address]
    reach = _("No e-mail address of {person} is known: salesctl people email {code} ADDRESS")
    return "\n".join([said, *(reach.format(person=person.name, code=person.code) for person in mute)])


def letter(view: Reading, desk: Desk, one: Request, said: Said, form: File) -> Draft:
    """The letter that carries an application's form, and the commands that answer it."""
    from salesctl.mail.outbox import Addressee, Draft

    reached = [reader for reader in readers(view, desk, one, is_to_top=said.is_to_top) if reader.address]
    to, cc = (
        tuple(
            Addressee(reader.person.name, reader.address, reader.person.key)
            for reader in reached
            if reader.paper.startswith(kind)
        )
        for kind in ("to_", "cc_")
    )
    typed = f"salesctl approve {{step}} {one.number} --round {one.round}"
    asked = [*said.lines, "", _("To answer, type one of these; a reply to this letter decides nothing:")]
    refusals = ("return", "reject") if said.step == "grant" else ("return",)
    steps = [typed.format(step=said.step), *(f'{typed.format(step=step)} --reason "..."' for step in refusals)]
    return Draft(to, said.subject, "\n".join([*asked, *steps]), cc, (form,), one.number)


def _addressee(view: Reading, desk: Desk, one: Request) -> str:
    """The grade an application is sent to: a director writes to the general manager, all others to the director.

    Where nobody is a director the next level up is written to (K-14).
    """
    ladder = desk.policy.on(desk.today, "A.approvals").items("ladder")[0]
    grade = standing(view, one.asked_by_id, "grade", desk.today)
    is_above = rank(grade, ladder) >= rank(DIRECTOR, ladder)
    return TOP if is_above or _holder(view, desk, one, DIRECTOR) is None else DIRECTOR


def _delivery(desk: Desk) -> list[str]:
    """The matters that change the delivery; before article 5 nothing is demanded of any."""
    is_bound = desk.policy.binds("A-5.3", desk.today)
    return desk.policy.on(desk.today, "A.approvals").items("delivery")[0] if is_bound else []


def _holder(view: Reading, desk: Desk, one: Request, grade: str, *, is_copy: bool = False) -> Person | None:
    """The nearest of a grade above the requester, else whoever holds it, whoever can be reached first.

    Nobody writes to themselves; a copy may be the requester's own, where the support supervisor asks.
    """
    above = line_of(view, one.asked_by_id, desk.today)
    near = [person for person in above if standing(view, person.key, "grade", desk.today) == grade]
    held = (
        "(id <> :requester OR :copy = 1) AND (closed_on IS NULL OR closed_on > :day) AND id IN "
        f"(SELECT person_id FROM standing WHERE aspect = 'grade' AND value = :grade AND {HOLDS})"
    )
    asked = {"requester": one.asked_by_id, "copy": is_copy, "grade": grade, "day": desk.today}
    others = view.all(Person, held, **asked)
    found = [*near, *others]
    return next((person for person in found if email_of(view, person.key)), next(iter(found), None))
