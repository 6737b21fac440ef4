"""What a new customer's form says, who signed it, and who signs next (E-7)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.customer_forms.rows import CustomerForm, CustomerFormSignature
from salesctl.customer_forms.rules import incomplete
from salesctl.customers.actions import customer_or_none, owner_on
from salesctl.customers.rows import Customer
from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.managing import department_managers
from salesctl.people.rows import Person
from salesctl.people.standings import superior_of
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy

FORMS = Series(N_("customer form"), "CF", "salesctl customer form list")
SIGNERS = ("salesperson", "superior", "manager")  # as E.duties.customer_form orders them
SIGNED = """SELECT s.form_id, s.signer, p.code || ' ' || p.name, s.signed_on FROM customer_form_signature s
    JOIN customer_form f ON f.id = s.form_id AND f.digest = s.digest JOIN person p ON p.id = s.person_id
    WHERE s.signed_on <= :on ORDER BY s.id"""
WORDS = (N_("incomplete"), N_("complete"))


class Signed(Record):
    """A signature that holds: it is on what the form says now."""

    signer: str
    person: str  # code and name
    on: str  # ISO


class Whole(Record):
    """One form with its customer, its fields and the signatures that hold."""

    form: CustomerForm
    customer: Customer
    content: dict[str, str]
    missing: list[str]
    signed: list[Signed]

    @property
    def state(self) -> str:
        """`incomplete`, `complete`, or whoever signed last (SM-26)."""
        if self.signed:
            return self.signed[-1].signer
        return "incomplete" if self.missing else "complete"


class NoForm(SalesctlError):
    """A customer without a form."""

    code, status = "customer-form.none", WRONG
    says = N_("{customer} has no form yet.")
    hint = N_("salesctl customer form start {customer_code}")


def form(view: Reading, text: str) -> CustomerForm:
    """The form of that number, or of that customer: `CF-3`, `3`, `云帆`.

    Raises:
        NoForm: the customer has none.
        Unknown: it is neither a form nor a customer.
    """
    try:
        return numbered(view, CustomerForm, FORMS, text)
    except Unknown:
        of = customer_or_none(view, text)
        if of is None:
            raise
    found = view.find(CustomerForm, customer_id=of.key)
    if found is None:
        raise NoForm(customer=of.name, customer_code=of.code)
    return found


def labels(on: date, policy: Policy) -> dict[str, tuple[str, str]]:
    """The fields of the form in their order, each with its name in Chinese and in English."""
    items = policy.on(on, "E.duties").checklist("customer_data").items
    return {item.name: (item.text.get("zh_CN", item.name), item.text.get("en", item.name)) for item in items}


def content_of(one: CustomerForm) -> dict[str, str]:
    """What each field of a form says."""
    said: dict[str, str] = json.loads(one.content)
    return said


def digest(number: str, content: dict[str, str], filled_at: datetime) -> str:
    """What signatures bind: the content of this form as it was filled in at that moment; filled in anew, another."""
    from hashlib import sha256

    said = json.dumps([number, content, filled_at.isoformat()], ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()


def whole(view: Reading, one: CustomerForm, on: date, policy: Policy) -> Whole:
    """One form as it stands on a day."""
    return wholes(view, [one], on, policy)[0]


def wholes(view: Reading, forms: Iterable[CustomerForm], on: date, policy: Policy) -> list[Whole]:
    """Forms as they stand on a day; the number of queries does not grow with them."""
    signed: dict[int, list[Signed]] = {}
    for form_id, *said in view.select(SIGNED, on=on):
        signed.setdefault(form_id, []).append(Signed(*said))
    customers = {one.key: one for one in view.all(Customer, "id IN (SELECT customer_id FROM customer_form)")}
    asked: dict[tuple[str, ...], list[str]] = {}  # most forms fill in the same fields: each set is asked once
    found = []
    for one in forms:
        content = content_of(one)
        fields = tuple(content)
        if fields not in asked:
            asked[fields] = incomplete(list(fields), on=on, policy=policy).value  # type: ignore[assignment] # names
        found.append(Whole(one, customers[one.customer_id], content, asked[fields], signed.get(one.key, [])))
    return found


def signers(view: Reading, customer_id: int, on: date) -> dict[str, Person | None]:
    """Who signs the form of a customer on a day, in order.

    The salesperson is whoever serves the customer, the superior theirs, and the manager leads their department; where
    that is the superior already, whoever stands above. Nobody above: the superior signs once more, as the manager.
    """
    owner = owner_on(view, customer_id, on)
    if owner is None:
        return dict.fromkeys(SIGNERS)
    above = superior_of(view, owner, on)
    line = department_managers(view, owner, on)
    superior = view.one(Person, id=above) if above else None
    manager = next((one for one in line if one.key != above), superior)
    return dict(zip(SIGNERS, (view.one(Person, id=owner), superior, manager), strict=True))


def signatures(view: Reading, one: CustomerForm) -> list[str]:
    """Who has signed what the form says now, in order, whatever the day."""
    rows = view.all(CustomerFormSignature, "form_id = :form AND digest = :digest", form=one.key, digest=one.digest)
    return [row.signer for row in rows]
