"""Who acts: the person named, or the one whose login this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.desk import Actor
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.actions import person
from salesctl.people.rows import Person
from salesctl.people.standings import still_here

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading


class Impersonation(SalesctlError):
    """In this ledger people are who their login says they are."""

    code, status = "desk.impersonation", WRONG
    says = N_("This ledger takes people for whom they log in as; {login} cannot act as {value}.")
    hint = N_("Log in as that person, or have your login bound: salesctl people login PERSON LOGIN.")


def identify(view: Reading, desk: Desk) -> Actor | None:
    """Who acts: the person named, or the one this login is bound to; under a proven identity the login alone.

    Raises:
        Impersonation: the ledger believes logins only, and another person was named.
        Gone: that person has left.
    """
    bound = view.all(Person, "id = (SELECT person_id FROM person_login WHERE login = :login)", login=desk.login)
    own = bound[0] if bound else None
    named = person(view, desk.wishes.acting) if desk.wishes.acting and view.value("SELECT 1 FROM person") else own
    if named is None:
        return None  # nobody is named, or there is nobody yet: a department is being set up
    if desk.believes_logins and (own is None or own.key != named.key):
        raise Impersonation(login=desk.login, value=named.name)
    still_here(named, max(desk.today, desk.present_day))  # --on does not bring anybody back
    return Actor(named.key, named.code, named.name)
