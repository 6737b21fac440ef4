"""What is known of a fine: who has to do with it, its steps, and what the month took already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.fines.deciding_rules import Concern, Judge
from salesctl.fines.proposing import typist
from salesctl.fines.rows import Fine, FineStep
from salesctl.ledger.decided import entry_of
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.standings import is_enrolled, standing
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.fines.rows import Negligence
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

FINES = Series(N_("fine"), "F", "salesctl fine list")


class Names(Record):
    """What the ids of a fine stand for."""

    person: str
    reporter: str


class Done(Record):
    """A step of a fine, who took it, and the journal's entry of a sum that was proposed."""

    step: FineStep
    who: str
    entry: str = ""


def fine(view: Reading, text: str) -> Fine:
    """The fine of that number; `3` is `F-3`."""
    return numbered(view, Fine, FINES, text)


def said(view: Reading, person_id: int | None) -> str:
    """Code and name of a person; empty for nobody."""
    return view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=person_id) or ""


def names(view: Reading, one: Fine) -> Names:
    """The person fined, and whoever reported it."""
    return Names(said(view, one.person_id), said(view, one.proposed_by_id))


def steps(view: Reading, one: Fine) -> list[Done]:
    """Every sum proposed and what people made of it, in their order; a proposal stands in the entry about its act."""
    done = []
    for step in view.all(FineStep, "fine_id = :fine", fine=one.key):
        entry = entry_of(view, step, about=one.about, at=step.decided_at) if step.reason == one.about else ""
        done.append(Done(step, said(view, step.decided_by_id), entry))
    return done


def concern(one: Fine | Negligence) -> Concern:
    """Who has to do with a fine, or with gross negligence."""
    return Concern(one.person_id, one.proposed_by_id or 0, one.typed_by_id or 0)


def judge(view: Reading, desk: Desk, one: Fine | Negligence) -> Judge:
    """Whoever acts, as they stand on the business day and still today under the regulation it comes from."""
    who, days = desk.somebody.id, {desk.today, desk.present_day}
    grades = {standing(view, who, "grade", day) for day in days}
    is_bound = all(is_enrolled(view, who, one.clause[:1], day) for day in days)
    grade = grades.pop() if len(grades) == 1 else ""  # `--on` lends nobody a grade of another day
    return Judge(who, grade, is_bound, typist(view, desk) or 0)


def taken_this_month(view: Reading, desk: Desk, one: Fine) -> Fen:
    """What fines of the person were posted to the payroll of the business day's month (K-15)."""
    return int(
        view.value(
            "SELECT coalesce(sum(s.amount), 0) FROM fine_step s JOIN fine f ON f.id = s.fine_id "
            "WHERE f.person_id = :person AND s.state = 'posted' AND s.booked_in = 'payroll' "
            "AND substr(s.decided_on, 1, 7) = :month",
            person=one.person_id,
            month=f"{desk.today:%Y-%m}",
        )
    )
