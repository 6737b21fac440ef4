"""A reminder before it goes: what is past due and not contested, and what it says of that, as text and as a paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.console.words import _, speaking
from salesctl.customers.actions import owner_on
from salesctl.customers.emails import contact_of
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.forms.paper import Grid, Head, Paper, Signature
from salesctl.policy.units import yuan
from salesctl.record import Record
from salesctl.statements.company import company_of
from salesctl.statements.figures import open_debts
from salesctl.statements.stating import NotOver
from salesctl.statements.wording import SUBJECTS, WORDINGS, filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.customers.emails import Contact
    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen
    from salesctl.statements.company import Company
    from salesctl.statements.figures import Debt

TITLES = {
    "friendly": ("付款提醒函", "Payment reminder"),
    "firm": ("催款函", "Second reminder"),
    "final": ("最后催款函", "Final demand"),
}
DUE = (
    Head("单号", "Document"),
    Head("开票日", "Issued", "day", 22),
    Head("到期日", "Due", "day", 22),
    Head("金额", "Amount", "money", 28),
    Head("未付", "Unpaid", "money", 28),
    Head("逾期天数", "Days late", "count", 18),
)
APART = (*DUE[:3], DUE[4], Head("说明", "Remark", "text", 46))


class NothingOverdue(SalesctlError):
    """A customer who need not be reminded."""

    code, status = "reminder.nothing", WRONG
    says = N_("{customer} owes nothing on {day} that is past due and not contested.")
    hint = N_("Contested: {contested}; not due yet: {ahead}. `salesctl receivable list --customer {code}` lists them.")


class Wish(Record):
    """What somebody wants to be said to a customer."""

    customer: str  # the code
    tone: str
    by: date | None = None  # until when it is to be paid
    wording: str = ""  # the text of a wording of their own
    is_again: bool = False  # another letter in this tone on one day is meant
    language: str = ""  # of the letter; that of the settings where nothing is said


class Draft(Record):
    """A reminder as it would go out."""

    number: str
    tone: str
    customer: str
    contact: Contact
    manager: str
    manager_id: int | None
    subject: str
    parts: Sequence[str]  # texts, and the names of blocks between them
    debts: Sequence[Debt]
    contested: Sequence[Debt]
    ahead: Sequence[Debt]  # not due yet
    on: date
    company: Company
    language: str

    @property
    def amount(self) -> Fen:
        """What is past due and not contested."""
        return sum(debt.open for debt in self.debts)

    def late(self, debt: Debt) -> int:
        """How many days a debt is past its due day."""
        return (self.on - date.fromisoformat(debt.due_on)).days

    def text(self) -> str:
        """The letter as plain text."""
        blocks = {"debts": self._debts, "not_asked": self._not_asked, "bank": self._bank}
        with speaking(self.language):
            said = [blocks[part]() if part in blocks else part for part in self.parts]
        return "\n\n".join(filter(None, said)) + "\n"

    def _debts(self) -> str:
        line = _("{number}: {amount} yuan unpaid, issued on {issued}, due on {due}, {days} days late")
        lines = [
            line.format(number=d.number, amount=yuan(d.open), issued=d.issued_on, due=d.due_on, days=self.late(d))
            for d in self.debts
        ]
        return "\n".join([*lines, _("In all: {amount} yuan").format(amount=yuan(self.amount))])

    def _not_asked(self) -> str:
        if not (self.contested or self.ahead):
            return ""
        contested, ahead = _("{number}: {amount} yuan, contested: {reason}"), _("{number}: {amount} yuan, due on {due}")
        lines = [contested.format(number=d.number, amount=yuan(d.open), reason=d.contested) for d in self.contested]
        lines += [ahead.format(number=d.number, amount=yuan(d.open), due=d.due_on) for d in self.ahead]
        return "\n".join([_("Not part of this letter, for your information:"), *lines])

    def _bank(self) -> str:
        return "\n".join(self.company.payee)

    def paper(self, desk: Desk) -> Paper:
        """The letter as a paper."""
        with speaking(self.language):
            bank = self._bank()
        blocks: dict[str, Grid | str] = {"debts": self._debt_grid(), "not_asked": self._apart_grid(), "bank": bank}
        parts = [blocks.get(part, part) for part in self.parts]
        return Paper(
            *TITLES[self.tone],
            number=self.number,
            printed_on=self.on,
            dated_on=self.on,
            stated=(),
            parts=[part for part in parts if part],
            signatures=[Signature("我方盖章", "Company: seal"), Signature("客户签收", "Received by the customer")],
            office=self.company.name,
            foot=f"编制 By {desk.somebody.code} {desk.somebody.name} · 日期 Date {self.on}",
        )

    def _debt_grid(self) -> Grid:
        rows = [
            (d.number, date.fromisoformat(d.issued_on), date.fromisoformat(d.due_on), d.amount, d.open, self.late(d))
            for d in self.debts
        ]
        return Grid("逾期未付", "Past due", DUE, rows, ("合计 Total", None, None, None, self.amount, None))

    def _apart_grid(self) -> Grid | str:
        rows = [
            (d.number, date.fromisoformat(d.issued_on), date.fromisoformat(d.due_on), d.open, said)
            for d, said in (
                *((d, f"争议 Contested: {d.contested}") for d in self.contested),
                *((d, "未到期 Not due yet") for d in self.ahead),
            )
        ]
        return Grid("不在本函催款之列", "Not part of this letter", APART, rows) if rows else ""


def drafted(view: Reading, desk: Desk, customer: Customer, wish: Wish) -> Draft:
    """A reminder as it would go out on the business day.

    Raises:
        NotOver: that day has not come.
        NothingOverdue: nothing is to be reminded of.
    """
    on = desk.today
    if on > desk.present_day:
        raise NotOver(day=on)
    debts = open_debts(view, customer.key, on)
    overdue = [debt for debt in debts if not debt.contested and debt.due_on < on.isoformat()]
    contested = [debt for debt in debts if debt.contested]
    ahead = [debt for debt in debts if not debt.contested and debt.due_on >= on.isoformat()]
    if not overdue:
        sums = {"contested": yuan(sum(d.open for d in contested)), "ahead": yuan(sum(d.open for d in ahead))}
        raise NothingOverdue(customer=customer.name, code=customer.code, day=on, **sums)
    owner = owner_on(view, customer.key, on)
    manager = view.value("SELECT name FROM person WHERE id = :id", id=owner) if owner else desk.somebody.name
    number = f"CK-{view.value('SELECT coalesce(max(id), 0) + 1 FROM reminder')}"
    contact, company = contact_of(view, customer.key), company_of(desk)
    language = wish.language or company.letters
    values = {
        "customer": customer.name,
        "contact": contact.name,
        "company": company.name,
        "number": number,
        "day": on.isoformat(),
        "amount": f"¥{yuan(sum(debt.open for debt in overdue))}",
        "count": str(len(overdue)),
        "oldest": str((on - date.fromisoformat(overdue[0].due_on)).days),
        "manager": manager,
    }
    with speaking(language):
        values["contact"] = values["contact"] or _("finance department")
        values["by"] = _("by {day}").format(day=wish.by) if wish.by else _("without delay")
        parts = filled(wish.wording or _(WORDINGS[wish.tone]), values)
        subject = _(SUBJECTS[wish.tone]).format(**values)
    told = (contact, manager, owner, subject, parts, overdue, contested, ahead)
    return Draft(number, wish.tone, customer.name, *told, on, company, language)
