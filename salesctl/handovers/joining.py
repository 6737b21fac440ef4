"""Who takes part in a handover: the roles its channels want, and observers (E-9, E-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.choices import meant
from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.handovers.rows import Handover, HandoverParticipant, HandoverRole
from salesctl.handovers.running import running
from salesctl.people.actions import person, still_here
from salesctl.people.standings import standing
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.people.rows import Person

OBSERVER = "observer"  # of the management centre (E-9), or of finance inspecting the process (E-14)
SALES = "sales"
WORDS = (N_("observer"),)
TAKING = """SELECT t.role, p.code || ' ' || p.name, t.joined_on FROM handover_participant t
    JOIN person p ON p.id = t.person_id WHERE t.handover_id = :handover AND t.joined_on <= :on ORDER BY t.id"""


class TwoRoles(SalesctlError):
    """One person does not stand for two."""

    code, status = "handover.two-roles", WRONG
    says = N_("{person} takes part in {number} as {role} already; one person does not take two roles.")
    hint = N_("Name another person for the role.")


class Role(Record):
    """A role of a handover, the clauses that want it, and who takes it."""

    role: str
    clauses: str
    person: str  # code and name; empty: nobody yet
    joined_on: date | None


class Joined(Record):
    """Somebody who takes part now, and the grade the ledger knows them by."""

    handover: Handover
    role: str
    grade: str


def join(desk: Desk, number: str, who: str, role: str) -> Joined:
    """Record that somebody takes part in a handover, in a role that a channel wants or as an observer.

    Raises:
        Unknown: no channel of this handover wants that role.
        TwoRoles: they have another part in it; only the parties are `sales` as well.
    """
    with desk.ledger.transaction("handover.join", desk) as tx:
        begun = running(tx, desk, number)
        joined = still_here(person(tx, who), desk.today)
        roles = [one.role for one in tx.all(HandoverRole, "handover_id = :handover", handover=begun.key)]
        known = (*dict.fromkeys(roles), OBSERVER)
        named, role = role, meant(role, known)
        if role not in known:
            listing = f"salesctl handover join {begun.number}"
            raise Unknown(what=N_("role"), value=shown(named), candidates=known, listing=listing)
        _refuse_two_roles(tx, begun, joined, role)
        if not tx.find(HandoverParticipant, handover_id=begun.key, role=role, person_id=joined.key):
            tx.add(
                HandoverParticipant(
                    handover_id=begun.key,
                    role=role,
                    person_id=joined.key,
                    joined_on=desk.today,
                    joined_at=tx.now,
                    recorded_by_id=desk.somebody.id,
                )
            )
        return Joined(begun, role, standing(tx, joined.key, "grade", desk.today))


def roles_of(view: Reading, begun: Handover, on: date) -> list[Role]:
    """Every role the channels want, with who takes it by a day; then the observers (E-9, E-10).

    The transferor is of sales, and takes that role where nobody else is named for it.
    """
    from salesctl.ledger.row import typed

    taken: dict[str, list[tuple[str, str]]] = {}
    for role, name, day in view.select(TAKING, handover=begun.key, on=on):
        taken.setdefault(role, []).append((name, day))
    if SALES not in taken:
        transferor = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=begun.transferor_id)
        taken[SALES] = [(transferor, begun.started_on.isoformat())]
    wanted = view.all(HandoverRole, "handover_id = :handover", handover=begun.key)
    named = [(one.role, one.clauses) for one in wanted] + [(OBSERVER, "E-9")] * (OBSERVER in taken)
    return [
        Role(role, clauses, name, typed("date", day))
        for role, clauses in named
        for name, day in taken.get(role, [("", None)])
    ]


def roles_missing(view: Reading, begun: Handover, on: date) -> list[Role]:
    """The roles the channels want and nobody has taken by a day (E-10)."""
    return [one for one in roles_of(view, begun, on) if not one.person]


def _refuse_two_roles(tx: Transaction, begun: Handover, joined: Person, role: str) -> None:
    parties = {begun.transferor_id: "transferor", begun.receiver_id: "receiver"}
    has = parties.get(joined.key, "") if role != SALES else ""
    if joined.key == begun.supervisor_id:
        has = "handover supervisor"
    other = "handover_id = :handover AND person_id = :person AND role <> :role"
    for before in tx.all(HandoverParticipant, other, handover=begun.key, person=joined.key, role=role):
        has = has or before.role.replace("_", " ")
    if has:
        raise TwoRoles(person=joined.name, number=begun.number, role=has)
