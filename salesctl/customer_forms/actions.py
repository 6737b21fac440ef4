"""The form of a new customer is filled in and signed by salesperson, superior and manager, in that order (E-7)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.console import words
from salesctl.console.choices import meant
from salesctl.customer_forms import facts
from salesctl.customer_forms.rows import CustomerForm, CustomerFormSignature
from salesctl.customer_forms.rules import incomplete
from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, Refused, SalesctlError, Unknown
from salesctl.handovers.completion_rules import may_sign_form
from salesctl.people.actions import still_here
from salesctl.people.rows import Person
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

CHANNELS = {  # as they stand on the form, in both languages
    "it": "IT(外围)渠道 IT (peripheral) channel",
    "peripheral": "外围客户 peripheral customer",
    "web": "网销渠道 web-sales channel",
    "stores": "3C卖场 3C store",
}
FIELDS = "salesctl policy show E.duties.customer_data"
NOT_A_SIGNER = N_("neither salesperson, superior nor manager of this customer")


class HasForm(SalesctlError):
    """A customer has one form."""

    code, status = "customer-form.exists", WRONG
    says = N_("{customer} has the form {number} already.")
    hint = N_("salesctl customer form fill {number} --set FIELD=TEXT; its signatures are void then.")


class NothingNew(SalesctlError):
    """A form that would say what it says."""

    code, status = "customer-form.same", WRONG
    says = N_("{number} says that already; nothing was written and its signatures hold.")


class OtherDay(SalesctlError):
    """A day before the newest step of the form, or one to come."""

    code, status = "customer-form.day", WRONG
    says = N_("Nothing can be recorded of {number} for {day}: only from {since}, its newest step, to today.")
    hint = N_("Correct the day: --on.")


class NotNow(Refused):
    """A signature out of turn, on an incomplete form, or by somebody else; the attempt is recorded."""

    code = "customer-form.refused"
    says = N_("{person} may not sign {number} now: {why} (E-7).")
    hint = N_(
        "Next signs the {next}, {who}. Fields still empty: {empty}; `salesctl customer form show {number}` names them."
    )


def start(desk: Desk, which: str, said: Mapping[str, str]) -> CustomerForm:
    """Begin the form of a customer with what the ledger knows of it and whatever is said.

    Raises:
        HasForm: there is one.
        Unknown: a field the form does not have.
    """
    with desk.ledger.transaction("customer.form-start", desk) as tx:
        about = customer(tx, which)
        before = tx.find(CustomerForm, customer_id=about.key)
        if before:
            raise HasForm(customer=about.name, number=before.number)
        _expect_day(desk, f"CF-{tx.next_id(CustomerForm)}", about.created_on)
        content = _known(about) | _named(desk, said)
        number = f"CF-{tx.next_id(CustomerForm)}"
        tx.record(_left(desk, content), about=number)
        return tx.add(
            CustomerForm(
                number=number,
                customer_id=about.key,
                content=_canonical(content),
                digest=facts.digest(number, content, tx.now),
                filled_on=desk.today,
                filled_at=tx.now,
                filled_by_id=desk.somebody.id,
            )
        )


def fill(desk: Desk, which: str, said: Mapping[str, str]) -> CustomerForm:
    """Fill in fields; an empty text empties one. Whoever has signed signs again: it says something else now.

    Raises:
        NothingNew: it says so already.
        Unknown: a field the form does not have.
    """
    with desk.ledger.transaction("customer.form-fill", desk) as tx:
        one = facts.form(tx, which)
        before = facts.content_of(one)
        content = {name: text for name, text in (before | _named(desk, said)).items() if text}
        _expect_day(desk, one.number, _newest(tx, one))
        left = _left(desk, content)
        if content == before:
            raise NothingNew(number=one.number)
        tx.record(left, about=one.number)
        return tx.amend(
            one,
            content=_canonical(content),
            digest=facts.digest(one.number, content, tx.now),
            filled_on=desk.today,
            filled_at=tx.now,
            filled_by_id=desk.somebody.id,
        )


def sign(desk: Desk, which: str) -> CustomerForm:
    """Sign the form in one's own name, as what one is to the customer on the business day.

    Raises:
        NotNow: it is incomplete, out of turn, or not theirs to sign; the attempt is recorded.
    """
    with desk.ledger.transaction("customer.form-sign", desk) as tx:
        one, who = facts.form(tx, which), still_here(tx.one(Person, id=desk.somebody.id), desk.present_day)
        _expect_day(desk, one.number, _newest(tx, one))
        named, signed = facts.signers(tx, one.customer_id, desk.today), facts.signatures(tx, one)
        signer = _signer(named, signed, who)
        missing: list[str] = _left(desk, facts.content_of(one)).value  # type: ignore[assignment] # names
        verdict = _verdict(desk, signer, signed, is_complete=not missing)
        tx.record(verdict, about=one.number)
        if verdict.value == "granted":
            tx.add(
                CustomerFormSignature(
                    form_id=one.key,
                    signer=signer,
                    person_id=who.key,
                    typed_by_id=tx.value("SELECT person_id FROM person_login WHERE login = :name", name=desk.login),
                    digest=one.digest,
                    signed_on=desk.today,
                    signed_at=tx.now,
                )
            )
    if verdict.value != "granted":
        coming = next((signer for signer in facts.SIGNERS if signer not in signed), "")
        of = {"next": coming or "-", "who": getattr(named.get(coming), "name", "-"), "empty": len(missing)}
        raise NotNow(person=desk.somebody.name, number=one.number, why=_why(verdict), **of)
    return one


def _verdict(desk: Desk, signer: str, signed: list[str], *, is_complete: bool) -> Outcome:
    if not signer:
        return Outcome("refused", unit="word").step(N_("signs now"), "-", "text", Basis("", "E-7"), note=NOT_A_SIGNER)
    return may_sign_form(signer, signed, is_complete, on=desk.today, policy=desk.policy)


def _why(verdict: Outcome) -> str:
    """What a refusal rests on: the first of its last steps that says so."""
    return next((step.note for step in verdict.steps[-2:] if step.note), "")


def _signer(named: Mapping[str, Person | None], signed: list[str], who: Person) -> str:
    """As what somebody signs: of what they are to the customer, the first that has not signed."""
    theirs = [signer for signer, person in named.items() if person and person.key == who.key]
    return next((signer for signer in theirs if signer not in signed), theirs[-1] if theirs else "")


def _left(desk: Desk, content: Mapping[str, str]) -> Outcome:
    return incomplete(list(content), on=desk.today, policy=desk.policy)


def _named(desk: Desk, said: Mapping[str, str]) -> dict[str, str]:
    """What is said of each field, under the field's own name: people type it as the form prints it.

    Raises:
        Unknown: a field the form does not have.
    """
    named = facts.labels(desk.today, desk.policy)
    also = {text: name for name, texts in named.items() for text in texts}
    found = {}
    for typed, text in said.items():
        name = meant(typed, named, also)
        if name not in named:
            raise Unknown(what=N_("field"), value=shown(typed), candidates=_fields(named), listing=FIELDS)
        found[name] = text
    return found


def _fields(named: Mapping[str, tuple[str, str]]) -> str:
    """The fields of the form, each as it is typed and, in Chinese, as it is printed."""
    if words.language == "en":
        return ", ".join(named)
    return "、".join(f"{chinese}（{name}）" for name, (chinese, _english) in named.items())


def _known(about: Customer) -> dict[str, str]:
    return {"company": about.name, "channel": CHANNELS[about.channel], "invoice_title": about.name}


def _canonical(content: Mapping[str, str]) -> str:
    return json.dumps(dict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _newest(view: Reading, one: CustomerForm) -> date:
    from salesctl.ledger.row import typed

    newest = "SELECT max(signed_on) FROM customer_form_signature WHERE form_id = :form AND digest = :digest"
    signed = typed("date", view.value(newest, form=one.key, digest=one.digest))
    return max(one.filled_on, signed or one.filled_on)


def _expect_day(desk: Desk, number: str, since: date) -> None:
    if not since <= desk.today <= desk.present_day:
        raise OtherDay(number=number, since=since, day=desk.today)
