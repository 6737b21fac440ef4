"""The 《劳务费申请单》 of a payment, filled from the ledger, as it is printed and signed (A-6.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.commissions import answers, facts
from salesctl.forms.form import Field, Form, Signature
from salesctl.forms.printing import keep, page
from salesctl.ledger.decided import decisions
from salesctl.policy.outcome import Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.commissions.answers import Working
    from salesctl.commissions.rows import CommissionPayment
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

KINDS = {
    "customer_company": "客户公司 customer company",
    "intermediary": "中间人 intermediary",
    "person_at_the_customer": "客户方个人 person at the customer",
}
OWN = "本人权限内 within own discretion"
GRANTED = (  # what stood granted at the moment of the payment, whatever became of the request since
    "SELECT q.number, s.by_id = q.asked_by_id, "
    "p.code || ' ' || p.name || coalesce(' (' || g.code || ' ' || g.name || ')', ''), s.made_on "
    "FROM request_step s JOIN request q ON q.id = s.request_id JOIN person p ON p.id = s.by_id "
    "LEFT JOIN person g ON g.id = s.for_id WHERE s.what = 'grant' AND s.made_at <= :at "
)


class Grant(Record):
    """A decision that a payment rests on."""

    request: str
    is_own: bool  # within the requester's own discretion
    who: str  # whoever lent the authority stands beside who used it
    on: date

    @property
    def said(self) -> str:
        """The decision in one line of the form."""
        return "  ".join((self.request, self.who, self.on.isoformat(), *([OWN] if self.is_own else [])))


def labour_fee(view: Reading, desk: Desk, one: CommissionPayment) -> Form:
    """The form of a payment: who asked, who granted and who paid are named; whoever receives it signs by hand."""
    names, decision = facts.names(view, one), _granted(view, one)
    applied = _applied(view, one)
    asked_on = date.fromisoformat(view.value("SELECT asked_on FROM request WHERE id = :id", id=one.request_id))
    body = [
        Field("申请单号", "Form no.", one.form),
        Field("支付日期", "Paid on", one.paid_on),
        Field("收款人", "Payee", one.payee),
        Field("收款方类别", "Kind of payee", KINDS.get(one.payee_kind, one.payee_kind)),
        Field("客户", "Customer", names.customer),
        Field("合同", "Contract", names.contract),
        Field("当时到账", "Received then", one.received, "money"),
        Field("依据批准", "Granted by", decision.said),
        Field("付款批准", "Payment granted", "\n".join(grant.said for grant in applied)),
        Field("已批佣金", "Granted in all", one.granted, "money"),
        Field("此前已付", "Paid before", one.paid_before, "money"),
    ]
    return Form(
        zh="劳务费申请单",
        en="Labour-fee application",
        number=one.number,
        clause="A-6.4",
        printed_on=desk.present_day,
        receipt=decisions(view, one.number, verb=answers.PAID)[-1].receipt,
        body=[field for field in body if field.value not in (None, "")],
        signatures=[
            Signature("申请人", "Applicant", names.requester, asked_on),
            Signature("批准人", "Approver", decision.who, decision.on),
            Signature("付款人", "Payer", names.paid_by, one.paid_on),
            Signature("收款人", "Payee"),
        ],
        amount=one.amount,
        asked_on=one.paid_on,
    )


def printed(desk: Desk, number: str, file: Path) -> Working:
    """Print a payment's form to a file; that it was printed is an entry of its own."""
    with desk.ledger.reading() as view:
        one = facts.payment(view, number)
        form, found = labour_fee(view, desk, one), answers.recorded(view, desk, one)
    made = page(form, file)
    with desk.ledger.transaction("commission.print", desk) as tx:
        tx.record(Outcome(file.suffix.lower().removeprefix(".")), about=one.number)
    if not desk.is_dry_run:
        keep(made, file)
    return found


def _granted(view: Reading, one: CommissionPayment) -> Grant:
    """The decision on the request a payment was made on."""
    of_request = f"{GRANTED} AND q.id = :request ORDER BY s.id DESC LIMIT 1"
    return _read(view.select(of_request, at=one.paid_at, request=one.request_id)[0])


def _applied(view: Reading, one: CommissionPayment) -> list[Grant]:
    """The decisions on payments of the contract that were applied for on their own."""
    of_contract = f"{GRANTED} AND q.contract_id = :contract AND q.matter = :matter ORDER BY s.id"
    return [
        _read(row) for row in view.select(of_contract, at=one.paid_at, contract=one.contract_id, matter=facts.APPLIED)
    ]


def _read(row: tuple[object, ...]) -> Grant:
    number, is_own, who, on = row
    return Grant(str(number), bool(is_own), str(who), date.fromisoformat(str(on)))
