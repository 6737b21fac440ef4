"""The 《客户信息表》 as it is printed, in both languages (E-7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.customer_forms import facts
from salesctl.forms.form import Field, Form, Signature
from salesctl.forms.printing import keep, page
from salesctl.ledger.decided import decisions
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.customer_forms.facts import Whole
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

PLACES = {
    "salesperson": ("销售人员", "Salesperson"),
    "superior": ("上级主管", "Superior"),
    "manager": ("经理", "Manager"),
}
MADE = ("customer.form-start", "customer.form-fill", "customer.form-sign")


def sheet(view: Reading, desk: Desk, one: Whole) -> Form:
    """The form with its fields in their order; what is empty is written in by hand, what nobody signed is blank."""
    labels = facts.labels(desk.today, desk.policy)
    signed = {mark.signer: mark for mark in one.signed}
    body = [Field("客户编号", "Customer no.", one.customer.code)]
    body += [
        Field(zh, f"{en[:1].upper()}{en[1:]}", one.content.get(name, ""))
        for name, (zh, en) in labels.items()
        if name != "remarks"
    ]
    newest = [entry for entry in decisions(view, one.form.number) if entry.verb in MADE][-1]
    return Form(
        zh="客户信息表",
        en="Customer information form",
        number=one.form.number,
        clause="E-7",
        printed_on=desk.present_day,
        receipt=newest.receipt,
        body=body,
        signatures=[_place(name, signed.get(name)) for name in facts.SIGNERS],
        remarks=one.content.get("remarks", ""),
        asked_on=one.form.filled_on,
    )


def _place(name: str, mark: facts.Signed | None) -> Signature:
    zh, en = PLACES[name]
    return Signature(zh, en, mark.person, date.fromisoformat(mark.on)) if mark else Signature(zh, en)


def printed(desk: Desk, which: str, file: Path) -> Whole:
    """Print a form to a file; that it was printed is an entry of its own."""
    with desk.ledger.reading() as view:
        one = facts.whole(view, facts.form(view, which), desk.today, desk.policy)
        made = page(sheet(view, desk, one), file)
    with desk.ledger.transaction("customer.form-print", desk) as tx:
        tx.record(Outcome(file.suffix.lower().removeprefix(".")), about=one.form.number)
    if not desk.is_dry_run:
        keep(made, file)
    return one
