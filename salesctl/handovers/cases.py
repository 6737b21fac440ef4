"""Who acts in a case, and what is refused to whom (E-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.rows import HandoverPaper
from salesctl.people.actions import line_of, still_here
from salesctl.people.deciding import holds
from salesctl.people.rows import Person
from salesctl.policy.outcome import Basis, Outcome

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading, Transaction

PARTIES = ("transferor", "receiver", "handover_supervisor")
FINANCE = ("finance", "commerce")  # the grades that stand for finance or commerce (AMB-E-g)
WORDS = (N_("finance or commerce"), N_("department manager"))


class BeforePaper(SalesctlError):
    """A signature of a day before the paper."""

    code, status = "handover.before-paper", WRONG
    says = N_("{paper} was issued on {issued}; nobody signed it on {day}.")
    hint = N_("Correct the day: --on.")


class NotTheirs(Refused):
    """A step that somebody else takes; the attempt is recorded."""

    code = "handover.not-theirs"
    says = N_("{person} may not do this in {number}: {why} ({clause}).")
    hint = N_("Whoever it is does it in their own name: --as PERSON; here {who}.")


def party(begun: Handover, person_id: int) -> str:
    """Which of the three parties a person is; empty for anybody else."""
    ids = (begun.transferor_id, begun.receiver_id, begun.supervisor_id)
    return PARTIES[ids.index(person_id)] if person_id in ids else ""


def person_of(begun: Handover, name: str) -> int:
    """The id of one of the three parties."""
    return (begun.transferor_id, begun.receiver_id, begun.supervisor_id)[PARTIES.index(name)]


INVOLVED = "SELECT 1 FROM handover_participant WHERE handover_id = :handover AND person_id = :person"


def is_involved(view: Reading, desk: Desk, begun: Handover, person_id: int) -> bool:
    """Whether somebody has a part in a case: one of the three, a participant, or a superior of the transferor's."""
    if party(begun, person_id) or view.value(INVOLVED, handover=begun.key, person=person_id):
        return True
    lines = (line_of(view, begun.transferor_id, day) for day in (desk.today, desk.present_day))
    return all(any(one.key == person_id for one in line) for line in lines)


def named(view: Reading, person_id: int | None) -> str:
    """Code and name of a person; empty where there is none."""
    return view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=person_id) or ""


def is_finance(view: Reading, desk: Desk, person_id: int) -> bool:
    """Whether whoever acts is of finance or commerce, on the business day and still today."""
    return holds(view, desk, person_id, FINANCE)


def acting(tx: Transaction, desk: Desk) -> tuple[Person, int | None]:
    """Whoever acts and is still here, and whose login types it, where that is known."""
    who = still_here(tx.one(Person, id=desk.somebody.id), desk.today)
    still_here(who, desk.present_day)
    return who, tx.value("SELECT person_id FROM person_login WHERE login = :login", login=desk.login)


def refuse(tx: Transaction, begun: Handover, why: str, clause: str) -> None:
    """Record that a rule refused a step in a case."""
    tx.record(Outcome("refused", unit="word").step(N_("why"), why, "text", Basis("", clause)), about=begun.number)


def papers_of(view: Reading, begun: Handover) -> list[HandoverPaper]:
    """The papers of a case in their order, without what they say."""
    columns = [f"'' AS {name}" if name == "content" else name for name in HandoverPaper.columns]
    rows = view.select(
        f"SELECT {', '.join(columns)} FROM handover_paper WHERE handover_id = :handover ORDER BY place",
        handover=begun.key,
    )
    return [HandoverPaper.read(row) for row in rows]
