"""Who may record what holds of a person: never that person, and under logins only those whose work it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.desk import HAS_MANAGER
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.standings import standing
from salesctl.policy.kinds import ADMINISTRATORS

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.people.rows import Person


class OwnCase(SalesctlError):
    """Somebody recording their own grade, superior, login or leaving."""

    code, status = "people.own-case", WRONG
    says = N_("{person} cannot record what holds of themselves.")
    hint = N_("Let another person record it.")


class NotAdministrator(SalesctlError):
    """In a ledger that believes logins or keys, a grade and a login are powers: not everybody gives them."""

    code, status = "people.not-administrator", WRONG
    says = N_("{person} does not administer staff in this ledger.")
    hint = N_("Ask somebody of the grade general_manager, hr or administration.")


class FirstLogin(SalesctlError):
    """In a ledger that believes logins, and in which nobody has one yet: the first must be able to bind the others."""

    code, status = "people.first-login", WRONG
    says = N_("Nobody has a login in this ledger yet, and {person} could not bind those of the others.")
    hint = N_("Bind that of a general manager, hr or administration first: salesctl people login PERSON LOGIN")


def expect_first_login(view: Reading, desk: Desk, bound: Person) -> None:
    """Where nobody is known by a login yet, the first one bound is that of somebody who administers people.

    Raises:
        FirstLogin: it would be anybody else's, and nobody could bind another.
    """
    if desk.actor is not None or not desk.believes_logins or view.value("SELECT 1 FROM person_login"):
        return
    if not view.value(HAS_MANAGER):
        return  # a department is being set up
    if standing(view, bound.key, "grade", desk.present_day) not in ADMINISTRATORS:
        raise FirstLogin(person=bound.name)


def expect_administrator(view: Reading, desk: Desk, concerned_id: int | None = None) -> None:
    """Refuse a change of staff by the person concerned or, under a proven identity, by anybody but an administrator.

    A department that has no general manager yet is being set up by whoever is there.

    Raises:
        OwnCase: it is about whoever acts.
        NotAdministrator: their grade is none of those whose work it is.
    """
    if desk.actor is None or not view.value(HAS_MANAGER):
        return
    if desk.actor.id == concerned_id:
        raise OwnCase(person=desk.actor.name)
    grade = standing(view, desk.actor.id, "grade", desk.present_day)
    if desk.proves_people and grade not in ADMINISTRATORS:
        raise NotAdministrator(person=desk.actor.name)
