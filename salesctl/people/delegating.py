"""Authority is lent for a time: to one deputy, by whoever has it, and taken back sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.actions import person
from salesctl.people.rows import Delegation, Person
from salesctl.people.standings import standing, still_here
from salesctl.policy.kinds import ADMINISTRATORS
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction


class NotTheirsToLend(SalesctlError):
    """Authority is lent by whoever has it, or by whoever administers people."""

    code, status = "people.lend", WRONG
    says = N_("{giver} lends their own authority; {who} cannot do it for them.")
    hint = N_("{giver} types it; or a general manager, hr or administration does.")


class WrongSpan(SalesctlError):
    """A loan that ends before it begins, or begins in the past."""

    code, status = "people.span", WRONG
    says = N_("Authority cannot be lent from {first} until {until}.")
    hint = N_("It begins today or later, and ends after it begins; --until is the first day without it.")


class ToOneself(SalesctlError):
    """Nobody takes an authority."""

    code, status = "people.lend-to-oneself", WRONG
    says = N_("{deputy} cannot lend an authority to themselves.")
    hint = N_("Whoever has it lends it, or a general manager does for them.")


class NothingLent(SalesctlError):
    """Nothing to take back."""

    code, status = "people.nothing-lent", WRONG
    says = N_("{giver} has lent {deputy} nothing that still holds.")


class Lent(Record):
    """A loan of authority, and both people."""

    loan: Delegation
    giver: Person
    deputy: Person


def lend(desk: Desk, to: str, of: str, first: date, until: date) -> Lent:
    """Lend a person's authority to a deputy, from a day until another."""
    with desk.ledger.transaction("people.lend", desk) as tx:
        giver, deputy = _giver(tx, desk, of), still_here(person(tx, to), first)
        if not desk.present_day <= first < until:
            raise WrongSpan(first=first, until=until)
        if deputy.key in (giver.key, desk.somebody.id):
            raise ToOneself(deputy=deputy.name)
        loan = tx.add(
            Delegation(giver_id=giver.key, deputy_id=deputy.key, from_on=first, until_on=until, lent_at=tx.now)
        )
        tx.about = deputy.code
        return Lent(loan, giver, deputy)


def take_back(desk: Desk, to: str, of: str) -> Lent:
    """End what was lent with today: what was decided with it stays decided."""
    with desk.ledger.transaction("people.take-back", desk) as tx:
        giver, deputy = _giver(tx, desk, of), person(tx, to)
        open_ = tx.all(
            Delegation,
            "giver_id = :giver AND deputy_id = :deputy AND until_on > :day",
            giver=giver.key,
            deputy=deputy.key,
            day=desk.present_day,
        )
        if not open_:
            raise NothingLent(giver=giver.name, deputy=deputy.name)
        for loan in open_:
            tx.amend(loan, until_on=max(loan.from_on, desk.present_day))
        tx.about = deputy.code
        return Lent(open_[-1], giver, deputy)


def lent(view: Reading, day: date) -> list[Lent]:
    """What is lent on a day."""
    loans = view.all(Delegation, "from_on <= :day AND until_on > :day", day=day)
    return [Lent(one, view.one(Person, id=one.giver_id), view.one(Person, id=one.deputy_id)) for one in loans]


def _giver(tx: Transaction, desk: Desk, of: str) -> Person:
    """Whose authority it is: the acting person's, or somebody's for whom an administrator types."""
    who = desk.somebody
    giver = still_here(person(tx, of) if of else tx.one(Person, id=who.id), desk.present_day)
    if giver.key != who.id and standing(tx, who.id, "grade", desk.present_day) not in ADMINISTRATORS:
        raise NotTheirsToLend(giver=giver.name, who=who.name)
    return giver
