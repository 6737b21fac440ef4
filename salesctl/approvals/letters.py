"""Whom the form of an application goes to, and whether it can go there (A-5.3, AMB-A5-c, AMB-A5-d)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rules import submission
from salesctl.approvals.rungs import DIRECTOR, TOP
from salesctl.console.values import listed
from salesctl.console.words import _
from salesctl.people.actions import line_of, standing
from salesctl.people.rows import Person
from salesctl.people.rules import rank
from salesctl.people.standings import HOLDS
from salesctl.policy.checklist import WANTING
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.approvals.rows import Request
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.outcome import Outcome

SUPERVISOR, STAFF, EXECUTIVES = "support_supervisor", "support_staff", "ae_manager"


class Addressees(Record):
    """Who gets the form, by what the regulation calls them; none where nobody holds the post."""

    to: Person | None
    supervisor: Person | None
    executives: Person | None  # the manager of the account executives, where delivery changes
    staff: Person | None  # the support colleague, where delivery changes

    def papers(self, addressee: str) -> list[str]:
        """What the application has, as the lists of article 5 name it; the form itself is filled from the ledger."""
        there = {
            f"to_{addressee.removeprefix('account_')}": self.to,
            "cc_supervisor": self.supervisor,
            "cc_ae_manager": self.executives,
            "cc_support_staff": self.staff,
        }
        return ["form", *(paper for paper, person in there.items() if person is not None)]


def submitted(tx: Transaction, desk: Desk, one: Request) -> Outcome:
    """Whether an application counts as submitted; where it does, its letter is in the outbox."""
    grade = standing(tx, one.asked_by_id, "grade", desk.today)
    found = addressees(tx, desk, one)
    return submission(one.matter, grade, found.papers(addressee(desk, grade)), on=desk.today, policy=desk.policy)


def wanting(view: Reading, desk: Desk, one: Request) -> str:
    """What keeps an application a draft, in the language of this run."""
    grade = standing(view, one.asked_by_id, "grade", desk.today)
    papers = addressees(view, desk, one).papers(addressee(desk, grade))
    found = submission(one.matter, grade, papers, on=desk.today, policy=desk.policy)
    missing = [_(step.name) for step in found.steps if step.note == WANTING]
    text = _("It stays a draft until there is: {missing} (A-5.3). Then: salesctl approve submit {number}")
    return text.format(missing=listed(missing), number=one.number)


def addressee(desk: Desk, requester_grade: str) -> str:
    """The grade an application is sent to: a director writes to the general manager, all others to the director."""
    ladder = desk.policy.on(desk.today, "A.approvals").items("ladder")[0]
    return TOP if rank(requester_grade, ladder) >= rank(DIRECTOR, ladder) else DIRECTOR


def addressees(view: Reading, desk: Desk, one: Request) -> Addressees:
    """Who gets the form of a request: the nearest of that grade above the requester, else whoever holds it."""
    grade = standing(view, one.asked_by_id, "grade", desk.today)
    return Addressees(
        _holder(view, desk, one, addressee(desk, grade)),
        _holder(view, desk, one, SUPERVISOR),
        _holder(view, desk, one, EXECUTIVES),
        _holder(view, desk, one, STAFF),
    )


def _holder(view: Reading, desk: Desk, one: Request, grade: str) -> Person | None:
    above = line_of(view, one.asked_by_id, desk.today)
    near = (person for person in above if standing(view, person.key, "grade", desk.today) == grade)
    if (person := next(near, None)) is not None:
        return person
    held = (
        "id <> :requester AND (closed_on IS NULL OR closed_on > :day) AND id IN "
        f"(SELECT person_id FROM standing WHERE aspect = 'grade' AND value = :grade AND {HOLDS})"
    )
    return next(iter(view.all(Person, held, requester=one.asked_by_id, grade=grade, day=desk.today)), None)
