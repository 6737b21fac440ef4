"""Staff are added, promoted, moved, closed; nobody acts after their last day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.ledger.lookup import Register, exactly, free_code, resolve
from salesctl.people.administering import expect_administrator, expect_first_login
from salesctl.people.emails import reach
from salesctl.people.logins import bind
from salesctl.people.rows import Person, PersonAlias, Standing
from salesctl.people.standings import (
    HOLDS,
    Standings,
    checked,
    hold,
    is_enrolled,
    place_under,
    standing,
    standings,
    still_here,
    superior_of,
    superiors_of,
)
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

STAFF = Register(N_("person"), "person", "person_alias", "person_id", "salesctl people list")


class NameTaken(SalesctlError):
    """Somebody has this name, alias or code already."""

    code, status = "people.taken", WRONG
    says = N_("There is already a person {value!r}: {candidates}.")
    hint = N_("If it is another person of the same name, add them with a code of their own: --code.")


class NothingSaid(SalesctlError):
    """A move to nowhere."""

    code, status = "people.nothing-said", WRONG
    says = N_("A move to where? Neither a department nor a superior is named.")
    hint = N_("Say --department, --superior or both.")


class Joining(Record):
    """What is said of a new person."""

    name: str
    code: str = ""
    grade: str = ""
    department: str = ""
    superior: str = ""
    regimes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    login: str = ""
    email: str = ""


class Described(Record):
    """A person with what holds of them on the business day."""

    person: Person
    held: Standings


class Left(Record):
    """A person who was closed, and what still hangs on them."""

    described: Described
    customers: int  # served on the first day without them
    reports: int  # people whose direct superior they are


def person(view: Reading, text: str) -> Person:
    """The person meant by a code, an alias or the start of a name."""
    return resolve(view, STAFF, Person, text, names.key(text))


def person_named(view: Reading, text: str) -> Person:
    """The person of that very code, name or alias."""
    return exactly(view, STAFF, Person, text, names.key(text))


def described(view: Reading, who: Person, on: date) -> Described:
    """A person with what holds of them on a day."""
    return Described(who, standings(view, who.key, on))


def line_of(view: Reading, person_id: int, on: date) -> list[Person]:
    """The superiors who are here on a day, the direct one first."""
    line = [view.one(Person, id=key) for key in superiors_of(view, person_id, on)]
    return [one for one in line if one.closed_on is None or one.closed_on > on]


def add(desk: Desk, new: Joining, since: date) -> Described:
    """Take in a person, with the standing they start with."""
    with desk.ledger.transaction("people.add", desk) as tx:
        expect_administrator(tx, desk)
        added = take_in(tx, new, since)
        tx.about = added.code
        return described(tx, added, desk.today)


def take_in(tx: Transaction, new: Joining, since: date) -> Person:
    """Write a new person and all that is said of them."""
    name = names.checked(new.name)
    code = names.checked(new.code, names.LONGEST_CODE) if new.code else free_code(tx, "person", "P")
    _refuse_taken(tx, name, code, is_distinct=bool(new.code))
    added = tx.add(Person(code=code, name=name, name_key=names.key(name)))
    become(tx, added, new, since)
    return added


def enrol(desk: Desk, who: str, regime: str, since: date) -> Described:
    """From a day on, one regulation more binds a person."""
    with desk.ledger.transaction("people.enrol", desk) as tx:
        bound = person(tx, who)
        expect_administrator(tx, desk, bound.key)
        hold(tx, bound, "regime", checked("regime", regime), since)
        tx.about = bound.code
        return described(tx, bound, desk.today)


def move(desk: Desk, who: str, to: Joining, since: date, *, verb: str = "people.move") -> Described:
    """From a day on, a person has another grade, department or superior: whatever `to` names, all of it or nothing."""
    with desk.ledger.transaction(verb, desk) as tx:
        moved = person(tx, who)
        expect_administrator(tx, desk, moved.key)
        become(tx, moved, to, since)
        tx.about = moved.code
        return described(tx, moved, desk.today)


def alias(desk: Desk, who: str, other_name: str) -> Described:
    """Another name for a person."""
    with desk.ledger.transaction("people.alias", desk) as tx:
        named = person(tx, who)
        _alias(tx, named, other_name)
        tx.about = named.code
        return described(tx, named, desk.today)


def login(desk: Desk, who: str, account: str) -> Described:
    """Bind a login of the operating system to a person; a person may have several."""
    with desk.ledger.transaction("people.login", desk) as tx:
        bound = still_here(person(tx, who), desk.today)
        expect_administrator(tx, desk, bound.key)
        expect_first_login(tx, desk, bound)
        bind(tx, bound, account, desk.today)
        tx.about = bound.code
        return described(tx, bound, desk.today)


def email(desk: Desk, who: str, address: str) -> Described:
    """Letters to a person go to this address from now on; people may say their own."""
    with desk.ledger.transaction("people.email", desk) as tx:
        reached = still_here(person(tx, who), desk.today)
        if desk.actor is None or desk.actor.id != reached.key:
            expect_administrator(tx, desk)
        reach(tx, reached, address, desk.today)
        tx.about = reached.code
        return described(tx, reached, desk.today)


def close(desk: Desk, who: str, last_day: date) -> Left:
    """A person leaves: what holds of them ends after their last day; the record stays. Said again, it moves the day."""
    with desk.ledger.transaction("people.close", desk) as tx:
        left = person(tx, who)
        expect_administrator(tx, desk, left.key)
        end(tx, left, last_day)
        tx.about = left.code
        return Left(described(tx, left, desk.today), *_left_behind(tx, left, last_day + timedelta(days=1)))


def end(tx: Transaction, left: Person, last_day: date) -> None:
    """What holds of a person ends after their last day; in whatever transaction they leave in."""
    first_away = last_day + timedelta(days=1)
    lasting = "person_id = :person AND (until_on IS NULL OR until_on > :away OR until_on = :before)"
    for held in tx.all(Standing, lasting, person=left.key, away=first_away, before=left.closed_on):
        tx.amend(held, until_on=max(first_away, held.from_on))
    tx.amend(left, closed_on=first_away)


def _left_behind(view: Reading, left: Person, day: date) -> list[int]:
    """How many customers a person serves and how many report to them on a day."""
    return [
        view.value(f"SELECT count(*) FROM {table} WHERE {column} = :person AND {HOLDS}", person=left.key, day=day)
        for table, column in (("ownership", "person_id"), ("standing", "superior_id"))
    ]


def become(tx: Transaction, who: Person, to: Joining, since: date) -> None:
    """From a day on, all that `to` says beside name and code holds of a person."""
    for aspect, value in (("grade", to.grade), ("department", to.department)):
        if value:
            hold(tx, who, aspect, checked(aspect, value), since)
    if to.superior:
        place_under(tx, who, person(tx, to.superior), since)
    for regime in to.regimes:
        hold(tx, who, "regime", checked("regime", regime), since)
    for other_name in to.aliases:
        _alias(tx, who, other_name)
    if to.login:
        bind(tx, who, to.login, since)
    if to.email:
        reach(tx, who, to.email, since)


def _alias(tx: Transaction, who: Person, other_name: str) -> None:
    other = names.checked(other_name)
    key = names.key(other)
    if key == who.name_key or tx.find(PersonAlias, person_id=who.key, alias_key=key):
        return  # a name they have already needs no second row
    _refuse_taken(tx, other, other, is_distinct=False)
    tx.add(PersonAlias(person_id=who.key, alias=other, alias_key=key))


def _refuse_taken(tx: Transaction, name: str, code: str, *, is_distinct: bool) -> None:
    """One code is one person; one name too, unless a code of their own tells two people apart."""
    taken = tx.select(
        "SELECT code, name FROM person WHERE code = :code OR (name_key = :key AND :distinct = 0) UNION "
        "SELECT p.code, p.name FROM person_alias a JOIN person p ON p.id = a.person_id WHERE a.alias_key = :key "
        "AND :distinct = 0",
        code=code,
        key=names.key(name),
        distinct=is_distinct,
    )
    if taken:
        raise NameTaken(value=code if is_distinct else name, candidates=" ".join(taken[0]))


__all__ = [  # beside its own: what other nouns ask of a person's standing
    "is_enrolled",
    "standing",
    "standings",
    "still_here",
    "superior_of",
    "superiors_of",
]
