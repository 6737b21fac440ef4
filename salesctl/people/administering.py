"""Who may record what holds of a person: never that person, and under logins only those whose work it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.standings import standing

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

ADMINISTRATORS = ("general_manager", "hr", "administration")


class OwnCase(SalesctlError):
    """Somebody recording their own grade, superior, login or leaving."""

    code, status = "people.own-case", WRONG
    says = N_("{person} cannot record what holds of themselves.")
    hint = N_("Let another person record it.")


class NotAdministrator(SalesctlError):
    """In a ledger that believes logins, a login is a power: not everybody gives it."""

    code, status = "people.not-administrator", WRONG
    says = N_("{person} does not administer staff in this ledger.")
    hint = N_("Ask somebody of the grade general_manager, hr or administration.")


def expect_administrator(view: Reading, desk: Desk, concerned_id: int | None = None) -> None:
    """Refuse a change of staff by the person concerned or, under a proven identity, by anybody but an administrator.

    A department that has no general manager yet is being set up by whoever is there.

    Raises:
        OwnCase: it is about whoever acts.
        NotAdministrator: their grade is none of those whose work it is.
    """
    if desk.actor is None or not view.value("SELECT 1 FROM standing WHERE value = 'general_manager'"):
        return
    if desk.actor.id == concerned_id:
        raise OwnCase(person=desk.actor.name)
    grade = standing(view, desk.actor.id, "grade", desk.present_day)
    if desk.believes_logins and grade not in ADMINISTRATORS:
        raise NotAdministrator(person=desk.actor.name)
