"""The statement of account (对账单): as a list, and as a paper that the customer confirms and seals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.bad_debts.actions import serving
from salesctl.errors import BUSY, N_, WRONG, SalesctlError
from salesctl.forms.paper import Field, Grid, Head, Paper, Signature
from salesctl.forms.printing import keep, paper_page
from salesctl.ledger.lookup import Series
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.receivables.rules import columns
from salesctl.record import Record
from salesctl.statements.company import company_of
from salesctl.statements.figures import MOST_NAMED, account
from salesctl.statements.rows import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.policy.units import Fen
    from salesctl.statements.figures import Account, Line

STATEMENTS = Series(N_("statement"), "DZ", "salesctl customer statement")
LABELS = {  # both languages stand on the paper
    "invoice": ("应收", "Invoice"),
    "recovery": ("坏账收回，恢复应收", "Bad debt recovered: owed again"),
    "receipt": ("收款", "Receipt"),
    "applied": ("余款抵账", "Credit applied"),
    "moved": ("调整核销", "Moved between debts"),
    "released": ("撤销核销，转为余款", "Taken off a debt, kept as credit"),
    "reversal": ("冲销收款", "Receipt reversed"),
    "refund": ("退款", "Refund"),
    "bad again": ("收回撤销，重列坏账", "Recovery undone: written off again"),
    "written off": ("坏账核销（未收款）", "Written off as bad debt, not paid"),
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
MOST_TRIES = 5
NOTE = "“坏账核销”不表示已收款，我方保留追索权。 What was written off was not paid, and remains claimed."


class NotOver(SalesctlError):
    """A statement of days that have not come."""

    code, status = "statement.future", WRONG
    says = N_("{day} has not come yet; an account is stated for days that are over or for today.")
    hint = N_("Correct the day: --until.")


class Upside(SalesctlError):
    """A period that ends before it begins."""

    code, status = "statement.period", WRONG
    says = N_("The period ends on {until}, before it begins on {since}.")
    hint = N_("Correct --from or --until.")


class Moving(SalesctlError):
    """An account that others keep writing to."""

    code, status = "statement.moving", BUSY
    says = N_("The account changes while it is printed; nothing was printed.")
    hint = N_("Try again in a moment.")


class Stated(Record):
    """A customer's account over a period, and how old what is open at its end is."""

    customer: Customer
    manager: str
    since: date
    until: date
    account: Account
    ages: Sequence[tuple[str, Fen]]


def stated(view: Reading, desk: Desk, customer: Customer, since: date, until: date) -> Stated:
    """A customer's account over a period.

    Raises:
        NotOver, Upside: it cannot be stated.
    """
    if until > desk.present_day:
        raise NotOver(day=until)
    if since > until:
        raise Upside(since=since, until=until)
    found = account(view, customer.key, since, until)
    owner = serving(view, customer.key, until)
    manager = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=owner) if owner else ""
    return Stated(customer, manager, since, until, found, _ages(desk, found, until))


def _ages(desk: Desk, found: Account, on: date) -> list[tuple[str, Fen]]:
    """What is open in each of the ageing columns (A-8.1 to A-8.3)."""
    edges = [(edge.name, edge.since.isoformat() if edge.since else "") for edge in columns(on, desk.policy)]
    sums = dict.fromkeys((name for name, _since in edges), 0)
    for debt in found.debts:
        sums[next(name for name, since in edges if debt.due_on >= since)] += debt.open
    return list(sums.items())


def printed(desk: Desk, wanted: Stated, file: Path) -> Statement:
    """Print a statement; that it was, and the sums it states, are recorded under its number.

    The page is made outside of the transaction, which then looks whether the account still stands as printed.

    Raises:
        Moving: others kept writing to this account.
    """
    company = company_of(desk)
    for _again in range(MOST_TRIES):
        with desk.ledger.reading() as view:
            now = stated(view, desk, wanted.customer, wanted.since, wanted.until)
            number = f"DZ-{view.value('SELECT coalesce(max(id), 0) + 1 FROM statement')}"
        made = paper_page(paper(desk, now, number, company.name, company.payee_in_both), file)
        if row := _recorded(desk, now, number):
            if not desk.is_dry_run:
                keep(made, file)
            return row
    raise Moving


def _recorded(desk: Desk, one: Stated, number: str) -> Statement | None:
    """Record a page that was made, or None where its number was taken or the account moved meanwhile."""
    opening, closing = one.account.opening, one.account.closing
    with desk.ledger.transaction("customer.statement", desk) as tx:
        is_same = account(tx, one.customer.key, one.since, one.until) == one.account
        if not is_same or number != f"DZ-{tx.next_id(Statement)}":
            return None
        row = tx.add(
            Statement(
                number=number,
                customer_id=one.customer.key,
                from_on=one.since,
                until_on=one.until,
                opening=opening.owed,
                closing=closing.owed,
                held=closing.held,
                printed_on=desk.present_day,
                printed_at=tx.now,
                printed_by_id=desk.somebody.id,
            )
        )
        told = Outcome("stated", unit="word").step(N_("opening balance"), opening.owed, "fen")
        tx.record(told.step(N_("closing balance"), closing.owed, "fen"), row.number)
        return row


def paper(desk: Desk, one: Stated, number: str, office: str, payee: str) -> Paper:
    """The statement as a paper."""
    found, closing = one.account, one.account.closing
    net = closing.owed - closing.held
    fields = [
        Field("客户", "Customer", f"{one.customer.code} {one.customer.name}"),
        Field("对账期间", "Period", f"{one.since} – {one.until}"),
        Field("客户经理", "Account manager", one.manager),
        Field("期初应收余额", "Opening balance", found.opening.owed, "money"),
        Field("期末应收余额", "Closing balance", closing.owed, "money"),
        *([Field("期末余款", "Credit held", closing.held, "money")] if closing.held or found.opening.held else []),
        *([Field("抵余款后应付", "Owed less credit", net, "money")] if closing.held else []),
        *(
            [Field("累计坏账核销（未收款）", "Written off to date, not paid", closing.bad, "money")]
            if closing.bad
            else []
        ),
        *([Field("付款账户", "Pay to", payee)] if payee else []),
    ]
    return Paper(
        zh="对账单",
        en="Statement of account",
        number=number,
        printed_on=desk.present_day,
        stated=fields,
        parts=[_movements(one), _ageing(one), _open(one), CONFIRM],
        signatures=[
            Signature("我方经办人", "Prepared by", desk.somebody.name, desk.present_day),
            Signature("我方财务盖章", "Our finance: seal"),
            Signature("客户签字盖章", "Customer: signature and seal"),
        ],
        office=office,
        foot=f"编制 By {desk.somebody.code} {desk.somebody.name} · 打印 Printed {desk.present_day}",
        note=NOTE if closing.bad or any(line.kind == "written off" for line in found.lines) else "",
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


def listed(view: Reading, on: date) -> Kept:
    """The statements that were printed by a day."""
    return view.kept(
        "SELECT s.number, c.name, s.from_on, s.until_on, s.opening, s.closing, s.held, s.printed_on, "
        "p.code || ' ' || p.name FROM statement s JOIN customer c ON c.id = s.customer_id "
        "JOIN person p ON p.id = s.printed_by_id WHERE s.printed_on <= :on ORDER BY s.id",
        on=on,
    )


WORDS = (N_("stated"),)
