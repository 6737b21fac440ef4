"""The two forms of the customer department, filled in as an office would."""

from __future__ import annotations

from datetime import date

from salesctl.forms.form import Field, Form, Signature

DISCOUNT = Form(
    zh="2012公司测试数量及价格折扣申请表",
    en="Application for test quantity and price discount",
    number="A-12",
    clause="A-5.3",
    printed_on=date(2012, 5, 9),
    receipt="#12 3408859c",
    body=(
        Field("申请事项", "Matter", "合作价格 Price"),
        Field("合同编号", "Contract", "HT-2012-018"),
        Field("客户", "Customer", "北京云帆网络科技有限公司"),
        Field("合同金额", "Contract price", 18600000, "money"),
        Field("申请内容", "Requested", "发送单价由 0.045 元降至 0.040 元，期限自签订之日起十二个月，全部平台发送适用"),
        Field("月发送量", "Monthly volume", 1200000, "count"),
        Field("答复期限", "Answer by", date(2012, 5, 15)),
        Field("主送", "To", "周岚 客户总监 <zhoulan@example.com>"),
        Field("抄送", "Copy to", "向红 客户支持主管；孟瑞 客户执行经理"),
        Field("邮件编号", "Message id", "<CAF=b7kQ2mXq9sT0aLkz8-pVwG5dY3nHfRjUeB1cMoIxK4iSZyPtA@mail.example.com>"),
    ),
    signatures=(
        Signature("申请人", "Applicant", "林静", date(2012, 5, 8)),
        Signature("客户总监", "Account director", "周岚", date(2012, 5, 9)),
        Signature("总经理", "General manager"),
    ),
    remarks="客户上年度发送量居本部门第三。\n折扣不累计。",
    office="北京某传媒有限公司 · 客户部",
    asked_on=date(2012, 5, 8),
)

LABOUR = Form(
    zh="劳务费申请单",
    en="Labour-fee application",
    number="LF-7",
    clause="A-6.4",
    printed_on=date(2012, 5, 9),
    receipt="#31 90ab12ef",
    body=(
        Field("收款人", "Payee", "李䶮"),
        Field("客户", "Customer", "上海远大传媒有限公司"),
        Field("佣金申请", "Commission request", "A-12"),
        Field("付款方式", "Paid by"),
    ),
    signatures=(
        Signature("申请人", "Applicant", "林静", date(2012, 5, 8)),
        Signature("客户总监", "Account director"),
        Signature("总经理", "General manager"),
        Signature("财务", "Finance"),
    ),
    amount=1302000,
    office="客户部",
)

NASTY = '#let x = 1; #sys.inputs *b* _i_ $x^2$ <b>粗</b> `raw` = h \\ "q" -- // @ref [y] &amp; =cmd'


def with_body(*values: str, form: Form = LABOUR) -> Form:
    """The form with these values only."""
    return form.but(body=tuple(Field("内容", "Text", value) for value in values))
