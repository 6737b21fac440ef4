"""The statement of account (对账单) as a paper that the customer confirms and seals; both languages stand on it.

It says what the customer owes. What the house wrote off is its own affair: no line, no sum and no note of the paper
could be read as a waiver, and what the customer confirms is the whole claim (AMB-A8-k).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.forms.paper import Field, Grid, Head, Paper, Signature
from salesctl.policy.units import yuan
from salesctl.statements.figures import MOST_NAMED

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.policy.units import Fen
    from salesctl.statements.company import Company
    from salesctl.statements.figures import Line
    from salesctl.statements.stating import Stated

LABELS = {
    "invoice": ("应收", "Invoice"),
    "receipt": ("收款", "Receipt"),
    "applied": ("余款抵账", "Credit applied"),
    "moved": ("调整核销", "Moved between debts"),
    "released": ("撤销核销，转为余款", "Taken off a debt, kept as credit"),
    "reversal": ("冲销收款", "Receipt reversed"),
    "refund": ("退款", "Refund"),
    "cancelled": ("作废或冲减", "Cancelled or credited"),
}
AGES = {
    "not_due": ("未到期", "Not due"),
    "up_to_2_months": ("逾期2个月内", "Up to 2 months"),
    "over_2_months": ("逾期超2个月", "Over 2 months"),
    "over_4_months": ("逾期超4个月", "Over 4 months"),
    "over_6_months": ("逾期超6个月", "Over 6 months"),
}
MOVEMENTS = (
    Head("日期", "Date", "day", 19),
    Head("摘要", "What", "text"),
    Head("单号", "Document", "text", 25),
    Head("到期日", "Due", "day", 19),
    Head("应收增加", "Charged", "money", 22),
    Head("应收减少", "Settled", "money", 22),
    Head("应收余额", "Owed", "money", 24),
)
OPEN = (
    Head("单号", "Document", "text"),
    Head("开票日", "Issued", "day", 20),
    Head("到期日", "Due", "day", 20),
    Head("金额", "Amount", "money", 26),
    Head("未结", "Open", "money", 26),
    Head("备注", "Remark", "text", 38),
)
CONFIRM = (
    "请核对以上账目，并盖章确认后交回。 Please check this account and return it signed and sealed.\n"
    "□ 数额相符 We agree.        □ 数额不符，差额及说明 We differ, by and because: __________________"
)


def paper(desk: Desk, one: Stated, number: str, company: Company) -> Paper:
    """The statement as a paper."""
    found, closing = one.account, one.account.closing
    net, payee = closing.owed - closing.held, company.payee_in_both
    fields = [
        Field("客户", "Customer", f"{one.customer.code} {one.customer.name}"),
        Field("对账期间", "Period", f"{one.since} – {one.until}"),
        Field("客户经理", "Account manager", one.manager),
        Field("期初应收余额", "Opening balance", found.opening.owed, "money"),
        Field("期末应收余额", "Closing balance", closing.owed, "money"),
        *([Field("期末余款", "Credit held", closing.held, "money")] if closing.held or found.opening.held else []),
        *([Field("抵余款后应付", "Owed less credit", net, "money")] if closing.held else []),
        *([Field("付款账户", "Pay to", payee)] if payee else []),
    ]
    return Paper(
        zh="对账单",
        en="Statement of account",
        number=number,
        printed_on=desk.present_day,
        dated_on=desk.present_day,
        stated=fields,
        parts=[_movements(one), _ageing(one), _open(one), CONFIRM],
        signatures=[
            Signature("我方经办人", "Prepared by", desk.somebody.name, desk.present_day),
            Signature("我方财务盖章", "Our finance: seal"),
            Signature("客户签字盖章", "Customer: signature and seal"),
        ],
        office=company.name,
        foot=f"编制 By {desk.somebody.code} {desk.somebody.name} · 打印 Printed {desk.present_day}",
    )


def _movements(one: Stated) -> Grid:
    found = one.account
    first = (one.since, "期初余额\nOpening balance", None, None, None, None, found.opening.owed)
    rows = [
        (
            date.fromisoformat(line.day),
            _what(line, held),
            line.number,
            date.fromisoformat(line.due) if line.due else None,
            line.owed if line.owed > 0 else None,
            -line.owed if line.owed < 0 else None,
            owed,
        )
        for line, owed, held in found.running()
    ]
    total = (one.until, "本期合计及期末余额\nTotal and closing balance", None, None, found.charged, found.settled)
    empty = [] if rows else [(None, "本期无往来\nNo movements", None, None, None, None, None)]
    return Grid("往来明细", "Movements", MOVEMENTS, [first, *rows, *empty], (*total, found.closing.owed))


def _what(line: Line, held: Fen) -> str:
    """What a movement was, in both languages, and what its money did."""
    text = " ".join(LABELS[line.kind])
    if line.amount:
        text += f" {yuan(line.amount)}"
    named = "；".join(f"{number} {yuan(amount)}" for number, amount in line.debts[:MOST_NAMED])
    if named:
        more = len(line.debts) - MOST_NAMED
        text += f"\n→ {named}" + (f" … +{more}" if more > 0 else "")
    if line.held:
        text += f"\n余款 Credit {yuan(held)}"
    return text


def _ageing(one: Stated) -> Grid:
    heads = [Head(*AGES.get(name, (name, name)), "money") for name, _amount in one.ages]
    heads.append(Head("合计", "Total", "money"))
    row = [*(amount for _name, amount in one.ages), sum(amount for _name, amount in one.ages)]
    return Grid(f"账龄（{one.until}）", "Ageing of what is open at the end", heads, [row])


def _open(one: Stated) -> Grid:
    rows = [
        (
            debt.number,
            date.fromisoformat(debt.issued_on),
            date.fromisoformat(debt.due_on),
            debt.amount,
            debt.open,
            f"争议 Contested: {debt.contested}" if debt.contested else "",
        )
        for debt in one.account.debts
    ]
    left = sum(debt.open for debt in one.account.debts)
    total = ("合计 Total", None, None, None, left, None) if rows else None
    return Grid(f"期末未结（{one.until}）", "Open at the end", OPEN, rows, total)
