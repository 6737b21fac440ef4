"""Staff are added, promoted, moved, closed; their standing on any day can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salesctl.console import names
from salesctl.desk import Actor
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.ledger.lookup import Register, resolve
from salesctl.people.rows import Person, PersonAlias, PersonLogin, Standing
from salesctl.policy.kinds import GRADES

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

STAFF = Register(N_("person"), "person", "person_alias", "person_id", "salesctl people list")
STAFF_GRADES = (
    *GRADES,
    "support_supervisor",
    "support_staff",
    "account_executive",
    "ae_manager",
    "finance",
    "commerce",
    "assistant",
    "hr",
    "board",
    "administration",
    "property_consultant",
    "sales_manager",
)
REGIMES = ("A", "B", "C", "D", "E")


class NameTaken(SalesctlError):
    """Somebody has this name or code already."""

    code, status = "people.taken", WRONG
    says = N_("There is already a person {value!r}: {candidates}.")
    hint = N_("If it is another person of the same name, add them with a code of their own: --code.")


class Impersonation(SalesctlError):
    """In this ledger people are who the operating system says they are."""

    code, status = "desk.impersonation", WRONG
    says = N_("This ledger takes people for whom they log in as; {login} cannot act as {value}.")
    hint = N_("Log in as that person, or have your login bound: salesctl people login PERSON LOGIN.")


class BackDated(SalesctlError):
    """A change that would begin before what it replaces."""

    code, status = "people.back-dated", WRONG
    says = N_("{aspect} of {person} is {value} since {since}; a change on {day} would rewrite what held before.")
    hint = N_("Give a later day with --from.")


class Circle(SalesctlError):
    """Superiors must lead upwards."""

    code, status = "people.circle", WRONG
    says = N_("{superior} reports to {person}, directly or not; the reporting line would run in a circle.")
    hint = N_("Name another superior.")


class Standings(NamedTuple):
    """What holds of a person on one day."""

    grade: str
    department: str
    superior: str
    regimes: str


def person(view: Reading, text: str) -> Person:
    """The person meant by a code, an alias or the start of a name."""
    return resolve(view, STAFF, Person, text, names.key(text))


def identify(view: Reading, desk: Desk) -> Actor | None:
    """Who acts: the person named, or the one this login is bound to; under `identity = os` the login alone.

    Raises:
        Impersonation: the ledger believes logins only, and another person was named.
    """
    bound = view.select(
        "SELECT p.id, p.code, p.name FROM person_login l JOIN person p ON p.id = l.person_id WHERE l.login = :login",
        login=desk.login,
    )
    own = Actor(*bound[0]) if bound else None
    if not desk.wishes.acting:
        return own
    named = person(view, desk.wishes.acting)
    if desk.settings.get("identity") == "os" and (own is None or own.id != named.key):
        raise Impersonation(login=desk.login, value=named.name)
    return Actor(named.key, named.code, named.name)


def standing(view: Reading, person_id: int, aspect: str, on: date) -> str:
    """The grade, department, superior's code or regulation that holds of a person on a day; empty where none does."""
    return (
        view.value(
            "SELECT value FROM standing WHERE person_id = :person AND aspect = :aspect AND from_on <= :day "
            "AND (until_on IS NULL OR until_on > :day) ORDER BY from_on DESC LIMIT 1",
            person=person_id,
            aspect=aspect,
            day=on,
        )
        or ""
    )


def is_enrolled(view: Reading, person_id: int, regime: str, on: date) -> bool:
    """Whether a regulation binds a person on a day (X-1)."""
    return (
        view.value(
            "SELECT 1 FROM standing WHERE person_id = :person AND aspect = 'regime' AND value = :regime "
            "AND from_on <= :day AND (until_on IS NULL OR until_on > :day)",
            person=person_id,
            regime=regime,
            day=on,
        )
        is not None
    )


def superior_of(view: Reading, person_id: int, on: date) -> int | None:
    """The direct superior's id on a day."""
    return view.value(
        "SELECT superior_id FROM standing WHERE person_id = :person AND aspect = 'superior' AND from_on <= :day "
        "AND (until_on IS NULL OR until_on > :day)",
        person=person_id,
        day=on,
    )


def superiors_of(view: Reading, person_id: int, on: date) -> list[int]:
    """The reporting line upwards, the direct superior first."""
    line: list[int] = []
    above = superior_of(view, person_id, on)
    while above is not None and above not in line:
        line.append(above)
        above = superior_of(view, above, on)
    return line


def standings(view: Reading, person_id: int, on: date) -> Standings:
    """All that holds of a person on a day."""
    rows = view.select(
        "SELECT aspect, value FROM standing WHERE person_id = :person AND from_on <= :day "
        "AND (until_on IS NULL OR until_on > :day) ORDER BY aspect, value",
        person=person_id,
        day=on,
    )
    held: dict[str, list[str]] = {}
    for aspect, value in rows:
        held.setdefault(aspect, []).append(value)
    return Standings(*(", ".join(held.get(aspect, ())) for aspect in ("grade", "department", "superior", "regime")))


class Joining(NamedTuple):
    """What is said of a new person."""

    name: str
    code: str = ""
    grade: str = ""
    department: str = ""
    superior: str = ""
    regimes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    login: str = ""


def add(desk: Desk, new: Joining, since: date) -> Person:
    """Take in a person, with the standing they start with."""
    with desk.ledger.transaction("people.add", desk) as tx:
        added = take_in(tx, new, since)
        tx.about = added.code
    return added


def take_in(tx: Transaction, new: Joining, since: date) -> Person:
    """Write a new person and all that is said of them."""
    name = names.checked(new.name)
    code = names.checked(new.code) if new.code else f"P{tx.next_id(Person):03d}"
    taken = tx.select(
        "SELECT code, name FROM person WHERE code = :code OR (name_key = :key AND :own = '')",
        code=code,
        key=names.key(name),
        own=new.code,
    )
    if taken:
        raise NameTaken(value=new.code or name, candidates=" ".join(taken[0]))
    added = tx.add(Person(code=code, name=name, name_key=names.key(name)))
    held = [("grade", new.grade), ("department", new.department), ("superior", new.superior)]
    for aspect, value in held + [("regime", regime) for regime in new.regimes]:
        if value:
            _hold(tx, added, aspect, value, since)
    for alias in new.aliases:
        _alias(tx, added, alias)
    if new.login:
        tx.add(PersonLogin(person_id=added.key, login=names.checked(new.login)))
    return added


def move(desk: Desk, who: str, aspect: str, value: str, since: date) -> Person:
    """From a day on, a person has another grade, department, superior, or one regulation more."""
    with desk.ledger.transaction(f"people.{aspect}", desk) as tx:
        moved = person(tx, who)
        _hold(tx, moved, aspect, value, since)
        tx.about = moved.code
    return moved


def alias(desk: Desk, who: str, other_name: str) -> Person:
    """Another name for a person."""
    with desk.ledger.transaction("people.alias", desk) as tx:
        named = person(tx, who)
        _alias(tx, named, other_name)
        tx.about = named.code
    return named


def login(desk: Desk, who: str, account: str) -> Person:
    """Bind a login of the operating system to a person; a person may have several."""
    with desk.ledger.transaction("people.login", desk) as tx:
        bound = person(tx, who)
        tx.add(PersonLogin(person_id=bound.key, login=names.checked(account)))
        tx.about = bound.code
    return bound


def close(desk: Desk, who: str, last_day: date) -> Person:
    """A person leaves: what holds of them ends after their last day; the record stays."""
    from datetime import timedelta

    with desk.ledger.transaction("people.close", desk) as tx:
        left, first_away = person(tx, who), last_day + timedelta(days=1)
        for held in tx.all(Standing, "person_id = :person AND until_on IS NULL", person=left.key):
            tx.amend(held, until_on=max(first_away, held.from_on + timedelta(days=1)))
        tx.amend(left, closed_on=first_away)
        tx.about = left.code
    return left


def _hold(tx: Transaction, who: Person, aspect: str, value: str, since: date) -> None:
    value, superior_id = _checked(tx, who, aspect, value, since)
    open_now = tx.all(
        Standing,
        "person_id = :person AND aspect = :aspect AND until_on IS NULL AND (aspect <> 'regime' OR value = :value)",
        person=who.key,
        aspect=aspect,
        value=value,
    )
    for held in open_now:
        if held.value == value:
            return
        if held.from_on >= since:
            raise BackDated(aspect=aspect, person=who.name, value=held.value, since=held.from_on, day=since)
        tx.amend(held, until_on=since)
    tx.add(Standing(person_id=who.key, aspect=aspect, value=value, superior_id=superior_id, from_on=since))


def _checked(tx: Transaction, who: Person, aspect: str, value: str, since: date) -> tuple[str, int | None]:
    if aspect == "superior":
        superior = person(tx, value)
        if superior.key == who.key or who.key in superiors_of(tx, superior.key, since):
            raise Circle(superior=superior.name, person=who.name)
        return superior.code, superior.key
    known = {"grade": STAFF_GRADES, "regime": REGIMES}.get(aspect)
    if known and value not in known:
        raise Invalid(
            value=value, what=N_("a grade") if aspect == "grade" else N_("a regulation"), example=", ".join(known)
        )
    return (value if known else names.checked(value)), None


def _alias(tx: Transaction, who: Person, other_name: str) -> None:
    alias = names.checked(other_name)
    tx.add(PersonAlias(person_id=who.key, alias=alias, alias_key=names.key(alias)))
