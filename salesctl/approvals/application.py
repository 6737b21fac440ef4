"""The form of an application, filled from the ledger: as it is printed, sent and signed (A-5.3, AMB-A5-b)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from salesctl.approvals import facts, trail
from salesctl.approvals.rungs import MONEY
from salesctl.forms.form import Field, Form, Signature
from salesctl.people.actions import standing

if TYPE_CHECKING:
    from salesctl.approvals.rows import Request
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

TITLE = re.compile("《(.+)》")
MATTERS = {
    "free_test": ("免费测试数量", "free test quantity"),
    "price": ("合作价格", "price"),
    "terms": ("付款条件", "payment terms"),
    "commission": ("客户佣金比例", "customer commission rate"),
    "commission_payment": ("客户佣金支付", "customer commission payment"),
    "make_good": ("客户发送补量", "make-good volume"),
    "mismatch": ("实际支付金额与发票金额不符", "payment and invoice apart"),
    "other": ("其他", "other"),
}
LINES = {"platform": "平台 platform", "database": "数据库 database"}
GROUNDS = {
    "dissatisfied": "客户对服务不满意 customer dissatisfied",
    "company_fault": "我方原因造成损失 company's fault",
}
GRADES = {"account_director": ("客户总监", "Account director"), "general_manager": ("总经理", "General manager")}
STATES = {  # an application that is over, or not on its way yet, says so
    "draft": "草稿 draft",
    "returned": "已退回 returned",
    "withdrawn": "已撤回 withdrawn",
    "expired": "已失效 expired",
    "rejected": "已驳回 rejected",
}
KINDS = {**dict.fromkeys(MONEY, "money"), "price": "price"}  # what the form says an amount is
QUANTITIES = {"terms": ("延长天数", "Days later"), "other": ("", "")}


def application(view: Reading, desk: Desk, one: Request) -> Form:
    """The form of a request as it stands: whoever has decided is named, whoever has not signs by hand."""
    said = facts.names(view, one)
    matter = MATTERS[one.matter]
    unit = KINDS.get(one.matter, "count")
    quantity = QUANTITIES.get(one.matter, ("数量", "Units"))
    body = [
        Field("申请事项", "Matter", " ".join(matter)),
        Field("客户", "Customer", said.customer),
        Field("合同", "Contract", said.contract),
        Field("相关", "About", " ".join(filter(None, (LINES.get(one.line, ""), one.about)))),
        Field(*quantity, one.amount if unit == "count" and quantity[0] else None, "count"),
        Field(*_base(one)),
        Field("申请价格", "Price asked for", one.base - one.amount if unit == "price" else None, "price"),
        Field("此前已批", "Granted before", one.granted_before, unit),
        Field("用途与理由", "What for", GROUNDS.get(one.purpose, one.purpose)),
        Field("证据", "Evidence", one.evidence),
        Field("状态", "State", STATES.get(one.state, "")),
    ]
    signed = {grade: Signature(*GRADES[grade], name, on) for grade, name, on in _signed(view, one) if grade in GRADES}
    return Form(
        zh=_title(desk),
        en="Application",
        number=f"{one.number} / {one.round}",
        clause="A-4.4, A-5.3" if one.matter == "make_good" else "A-5.3",
        printed_on=desk.present_day,
        receipt=trail.entry(view, one.number),
        body=[field for field in body if field.zh and field.value not in (None, "")],
        signatures=[
            Signature("申请人", "Applicant", said.asked_by, one.asked_on),
            *(signed.get(grade, Signature(*names)) for grade, names in GRADES.items()),
        ],
        amount=one.amount if unit == "money" else None,
        remarks=one.reason,
        asked_on=one.asked_on,
    )


def lines(form: Form) -> list[str]:
    """The form as lines of a letter: its title, what it asks for, who asks."""
    asked = [Field("金额", "Amount", form.amount, "money")] if form.amount is not None else []
    body = [*form.body[:2], *asked, *form.body[2:], Field("申请人", "Applicant", form.signatures[0].name)]
    return [f"《{form.zh}》 {form.number}", *(f"{field.zh} {field.en}: {field.said}" for field in body)]


def subject(form: Form) -> str:
    """What a letter about the form is called: what is asked for, how much, for whom."""
    matter, customer = (field.said for field in form.body[:2])
    prices = [field.said for field in form.body if field.en in ("Listed price", "Price asked for")]
    amount = Field("", "", form.amount, "money").said if form.amount is not None else " → ".join(prices)
    return "，".join(filter(None, (f"申请 Application {form.number}：{matter}", amount, customer)))


def _base(one: Request) -> tuple[str, str, int | None, str]:
    """What the amount is measured against, as the form calls it."""
    names = {
        "price": ("标准价格", "Listed price", "price"),
        "mismatch": ("发票金额", "Invoice", "money"),
        "commission": ("已到账金额", "Money received", "money"),
        "commission_payment": ("已到账金额", "Money received", "money"),
        "make_good": ("当月发送量", "Volume of the month", "count"),
    }
    zh, en, kind = names.get(one.matter, ("", "", "count"))
    return zh, en, one.base, kind


def _signed(view: Reading, one: Request) -> list[tuple[str, str, date]]:
    """Who has endorsed or decided this round, by the grade they hold; nobody of what was taken back since."""
    if one.state in ("withdrawn", "expired"):
        return []
    rows = view.select(
        "SELECT s.by_id, p.code || ' ' || p.name, s.made_on FROM request_step s JOIN person p ON p.id = s.by_id "
        "WHERE s.request_id = :id AND s.round = :round AND s.what IN ('endorse', 'grant', 'reject') ORDER BY s.id",
        id=one.key,
        round=one.round,
    )
    return [
        (standing(view, who, "grade", date.fromisoformat(on)), name, date.fromisoformat(on)) for who, name, on in rows
    ]


def _title(desk: Desk) -> str:
    """The form's title as the pack has it, without the brackets; its year is data (AMB-A5-b)."""
    if not desk.policy.binds("A-5.3", desk.today):
        return "客户申请表"
    form = next(item for item in desk.policy.on(desk.today, "A.approvals").checklist("application").items)
    found = TITLE.search(form.text.get("zh_CN", ""))
    return found[1] if found else "客户申请表"
