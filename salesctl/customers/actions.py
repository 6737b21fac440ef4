"""Customers are taken in once, found by any of their names, and pass from one account manager to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.choices import meant
from salesctl.customers.rows import Customer, CustomerAlias, MonthlyVolume, Ownership
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.ledger.lookup import NotExact, Register, exactly, found, free_code, resolve
from salesctl.people.actions import person, still_here
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.people.rows import Person

CUSTOMERS = Register(N_("customer"), "customer", "customer_alias", "customer_id", "salesctl customer list")
KINDS = (N_("platform"), N_("database"))
MOST_NEAR = 5  # shown
CHANNELS = (N_("it"), N_("peripheral"), N_("web"), N_("stores"))  # E-10
ALSO = {  # as the regulation and offices call them
    "IT": "it",
    "IT渠道": "it",
    "IT(外围)渠道": "it",
    "外围": "peripheral",
    "外围渠道": "peripheral",
    "网销渠道": "web",
    "卖场": "stores",
    "3C卖场渠道": "stores",
    "平台发送客户": "platform",
    "数据库客户": "database",
}


class Duplicate(SalesctlError):
    """The company is in the register already."""

    code, status = "customer.duplicate", WRONG
    says = N_("{value!r} is in the register: {candidates}.")
    hint = N_("Use that code, or add the spelling as an alias: salesctl customer alias CODE NAME.")


class NearMatch(SalesctlError):
    """A company that may be one in the register under another spelling."""

    code, status = "customer.near-match", WRONG
    says = N_("{value!r} looks like {candidates}.")
    hint = N_("If it is another company, say so with --distinct; if it is the same, add an alias.")


class SameOwner(SalesctlError):
    """A transfer to whoever serves the customer already, or before they did."""

    code, status = "customer.owner", WRONG
    says = N_("{customer} is served by {owner} since {since}; nothing changes on {day}.")
    hint = N_("Name another person, or a later day with --from.")


class NewCustomer(Record):
    """What is said of a new customer."""

    name: str
    code: str = ""
    owner: str = ""
    kind: str = "platform"
    channel: str = "peripheral"
    aliases: tuple[str, ...] = ()
    is_distinct: bool = False  # a person has looked at the near matches


class Described(Record):
    """A customer, who serves it on the business day, and its other names."""

    customer: Customer
    owner: str
    aliases: str


def customer(view: Reading, text: str) -> Customer:
    """The customer meant by a code, an alias, the name, or the start of one of them."""
    return resolve(view, CUSTOMERS, Customer, text, names.company_key(text))


def customer_or_none(view: Reading, text: str) -> Customer | None:
    """The same, or None where no name starts so; several are an error."""
    return found(view, CUSTOMERS, Customer, text, names.company_key(text))


def customer_named(view: Reading, text: str) -> Customer:
    """The customer of that very code, name or alias; a bare code must be spelt as it is kept.

    Raises:
        Ambiguous: it is the name of several.
        NotExact: it is nobody's.
    """
    one = exactly(view, CUSTOMERS, Customer, text, names.company_key(text))
    if not names.is_code(text) or text in (one.code, one.name):
        return one
    if view.find(CustomerAlias, customer_id=one.key, alias=text) is None:
        raise NotExact(value=text, what=CUSTOMERS.what)
    return one


def owner_on(view: Reading, customer_id: int, on: date) -> int | None:
    """The id of whoever serves a customer on a day."""
    owner: int | None = view.value(
        "SELECT person_id FROM ownership WHERE customer_id = :customer AND from_on <= :day "
        "AND (until_on IS NULL OR until_on > :day)",
        customer=customer_id,
        day=on,
    )
    return owner


def owners_between(view: Reading, customer_id: int, since: date, until: date) -> list[int]:
    """The ids of everybody who served a customer on any day of these, the first and the last among them."""
    owners = view.select(
        "SELECT DISTINCT person_id FROM ownership WHERE customer_id = :customer AND from_on <= :until "
        "AND (until_on IS NULL OR until_on > :since) ORDER BY person_id",
        customer=customer_id,
        since=since,
        until=until,
    )
    return [person_id for (person_id,) in owners]


def customers_of(view: Reading, person_id: int, on: date) -> list[Customer]:
    """The customers a person serves on a day, in the order of their codes."""
    return view.all(
        Customer,
        "id IN (SELECT customer_id FROM ownership WHERE person_id = :person AND from_on <= :day "
        "AND (until_on IS NULL OR until_on > :day)) ORDER BY code",
        person=person_id,
        day=on,
    )


def described(view: Reading, one: Customer, on: date) -> Described:
    """A customer with who serves it on a day, and its other names."""
    owner = owner_on(view, one.key, on)
    said = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=owner) if owner else ""
    aliases = view.select("SELECT alias FROM customer_alias WHERE customer_id = :id ORDER BY id", id=one.key)
    return Described(one, said, ", ".join(name for (name,) in aliases))


def add(desk: Desk, new: NewCustomer) -> Described:
    """Take in a customer; the same company under another spelling is refused, a similar one asked about."""
    with desk.ledger.transaction("customer.add", desk) as tx:
        return described(tx, take_in(tx, new, desk.today), desk.today)


def take_in(tx: Transaction, new: NewCustomer, since: date) -> Customer:
    """Write a new customer and all that is said of it."""
    name = names.checked(new.name)
    key = names.company_key(name)
    _refuse_duplicates(tx, name, key, new)
    code = names.checked(new.code, names.LONGEST_CODE) if new.code else free_code(tx, "customer", "C")
    kind, channel = kind_of(new.kind), channel_of(new.channel)
    added = tx.add(Customer(code=code, name=name, name_key=key, kind=kind, channel=channel, created_on=since))
    if new.owner:
        owner = still_here(person(tx, new.owner), since)
        tx.add(Ownership(customer_id=added.key, person_id=owner.key, from_on=since))
    for alias in new.aliases:
        also_known(tx, added, alias)
    tx.about = code
    return added


def kind_of(text: str) -> str:
    """A kind of customer, as it is kept."""
    word = meant(text, KINDS, ALSO)
    if word not in KINDS:
        raise Invalid(value=text, what=N_("a kind of customer"), example=KINDS)
    return word


def channel_of(text: str) -> str:
    """A channel, as it is kept."""
    word = meant(text, CHANNELS, ALSO)
    if word not in CHANNELS:
        raise Invalid(value=text, what=N_("a channel"), example=CHANNELS)
    return word


def _refuse_duplicates(tx: Transaction, name: str, key: str, new: NewCustomer) -> None:
    same = tx.select(
        "SELECT code, name FROM customer WHERE name_key = :key OR code = :code UNION SELECT c.code, c.name "
        "FROM customer_alias a JOIN customer c ON c.id = a.customer_id WHERE a.alias_key = :key",
        key=key,
        code=new.code,
    )
    if same:
        raise Duplicate(value=new.code if new.code == same[0][0] else name, candidates=" ".join(same[0]))
    if not new.is_distinct and (near := _near(tx, key)):
        raise NearMatch(value=name, candidates=", ".join(near))


def _near(tx: Transaction, key: str) -> list[str]:
    """Customers spelt almost so, by their name or an alias."""
    spelt = tx.select(
        "SELECT name_key, code || ' ' || name FROM customer UNION ALL SELECT a.alias_key, c.code || ' ' || c.name "
        "FROM customer_alias a JOIN customer c ON c.id = a.customer_id ORDER BY 2"
    )
    return list(dict.fromkeys(names.near(key, spelt)))[:MOST_NEAR]


def alias(desk: Desk, which: str, other_name: str) -> Described:
    """Another name for a customer."""
    with desk.ledger.transaction("customer.alias", desk) as tx:
        named = customer(tx, which)
        also_known(tx, named, other_name)
        tx.about = named.code
        return described(tx, named, desk.today)


def also_known(tx: Transaction, named: Customer, other_name: str) -> None:
    """Write another name for a customer; one it has already needs no second row."""
    alias = names.checked(other_name)
    key = names.company_key(alias)
    taken = tx.select(
        "SELECT id, code, name FROM customer WHERE name_key = :key UNION SELECT c.id, c.code, c.name "
        "FROM customer_alias a JOIN customer c ON c.id = a.customer_id WHERE a.alias_key = :key",
        key=key,
    )
    if not taken:
        tx.add(CustomerAlias(customer_id=named.key, alias=alias, alias_key=key))
    elif taken[0][0] != named.key:
        raise Duplicate(value=alias, candidates=" ".join(taken[0][1:]))


def volume(desk: Desk, which: str, line: str, month: date, units: int) -> MonthlyVolume:
    """What was sent for a customer in a month on one line (A-4.2); a correction is a newer row."""
    with desk.ledger.transaction("customer.volume", desk) as tx:
        served = customer(tx, which)
        word = meant(line, KINDS, ALSO)
        if word not in KINDS:
            raise Invalid(value=line, what=N_("a line"), example=KINDS)
        tx.about = served.code
        return tx.add(MonthlyVolume(customer_id=served.key, line=word, month=month.replace(day=1), units=units))


def hand_to(tx: Transaction, served: Customer, receiver: Person, since: date) -> None:
    """Close the open ownership and begin the receiver's.

    Raises:
        Gone: the receiver has left by that day.
        SameOwner: nothing would change, or what was before would.
    """
    still_here(receiver, since)
    for held in tx.all(Ownership, "customer_id = :customer AND until_on IS NULL", customer=served.key):
        if held.person_id == receiver.key or held.from_on >= since:
            owner = tx.value("SELECT name FROM person WHERE id = :id", id=held.person_id)
            raise SameOwner(customer=served.name, owner=owner, since=held.from_on, day=since)
        tx.amend(held, until_on=since)
    tx.add(Ownership(customer_id=served.key, person_id=receiver.key, from_on=since))
