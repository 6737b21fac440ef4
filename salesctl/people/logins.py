"""Which login of the operating system is which person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.rows import Person, PersonLogin

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Transaction


class LoginTaken(SalesctlError):
    """A login is one person."""

    code, status = "people.login-taken", WRONG
    says = N_("The login {value!r} is {person}.")
    hint = N_("Name another login; it can pass on when {person} has left.")


def bind(tx: Transaction, who: Person, account: str, today: date) -> None:
    """A login is bound once; it passes on only from somebody who has left."""
    plain = names.checked(account, names.LONGEST_CODE)
    bound = tx.find(PersonLogin, login=plain)
    if bound is None:
        tx.add(PersonLogin(person_id=who.key, login=plain))
        return
    holder = tx.one(Person, id=bound.person_id)
    if holder.key == who.key:
        return
    if holder.closed_on is None or holder.closed_on > today:
        raise LoginTaken(value=plain, person=holder.name)
    tx.amend(bound, person_id=who.key)
