"""What customers owe and pay, and what is written off."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.reliability.machine.base import AMOUNTS, CUSTOMERS, REASON, Modelled, yuan

OLD = "--issued 2011-10-01 --due 2011-10-15"  # over six months from 16 April 2012
YOUNG = "--issued 2012-04-01 --due 2012-04-30"


class Money(Modelled):
    """Receive, release, reverse, refund; write off and recover."""

    def _open(self) -> list[str]:
        return sorted(number for number, one in self.debts.items() if one["open"])

    @rule(who=CUSTOMERS, amount=AMOUNTS, is_old=st.booleans(), process=st.integers(0, 30))
    def owe(self, who: str, amount: int, is_old: bool, process: int) -> None:
        number = f"D-{len(self.debts) + 1}"
        days = OLD if is_old else YOUNG
        self._do(f"receivable log {who} {yuan(amount)} {days} --number {number} --again", process=process == 0)
        self.debts[number] = {"customer": who, "amount": amount, "open": amount, "bad": 0, "is_old": is_old}

    @precondition(lambda self: bool(self._open()))
    @rule(data=st.data())
    def pay(self, data: Any) -> None:
        debt = data.draw(st.sampled_from(self._open()))
        self._received(debt, data.draw(st.integers(1, self.debts[debt]["open"])))

    def _received(self, debt: str, amount: int) -> None:
        number, one = f"G-{len(self.receipts)}", self.debts[debt]
        self._do(f"receipt log {one['customer']} {yuan(amount)} --to {debt} --number {number} --again")
        recovered = max(0, amount - one["open"])
        one["open"] -= amount - recovered
        one["bad"] -= recovered
        bad = {debt: recovered} if recovered else {}
        self.receipts[number] = {"customer": one["customer"], "credit": 0, "held": {debt: amount}, "bad": bad}

    def _oldest(self, customer: str) -> list[str]:
        """What a customer owes, the oldest due first; of two due on one day, the first recorded."""
        owed = [number for number in self._open() if self.debts[number]["customer"] == customer]
        return sorted(owed, key=lambda number: (not self.debts[number]["is_old"], int(number.removeprefix("D-"))))

    def _paid_oldest(self, number: str, amount: int) -> None:
        """Money of a receipt, or its credit, goes to what the customer owes (AMB-A8-c)."""
        one = self.receipts[number]
        for debt in self._oldest(one["customer"]):
            part = min(amount, self.debts[debt]["open"])
            if part:
                one["held"][debt] = one["held"].get(debt, 0) + part
            self.debts[debt]["open"] -= part
            amount -= part
        one["credit"] = amount

    @precondition(lambda self: bool(self._open()))
    @rule(data=st.data(), more=st.sampled_from((0, 0, 1)))
    def pay_oldest(self, data: Any, more: int) -> None:
        customer = self.debts[data.draw(st.sampled_from(self._open()))]["customer"]
        owed = sum(self.debts[number]["open"] for number in self._oldest(customer))
        number, amount = f"G-{len(self.receipts)}", owed + 1 if more else data.draw(st.integers(1, owed))
        self._do(f"receipt log {customer} {yuan(amount)} --number {number} --again --overpayment")
        self.receipts[number] = {"customer": customer, "credit": 0, "held": {}, "bad": {}}
        self._paid_oldest(number, amount)

    def _applicable(self) -> list[str]:
        return sorted(
            n for n, one in self.receipts.items() if n != "G-0" and one["credit"] and self._oldest(one["customer"])
        )

    @precondition(lambda self: bool(self._applicable()))
    @rule(data=st.data())
    def apply(self, data: Any) -> None:
        """What stayed as credit pays what is owed now."""
        number = data.draw(st.sampled_from(self._applicable()))
        self._do(f"receipt apply {number}")
        self._paid_oldest(number, self.receipts[number]["credit"])

    @precondition(lambda self: bool(self._open()))
    @rule(data=st.data(), more=AMOUNTS)
    def pay_too_much(self, data: Any, more: int) -> None:
        """It needs --overpayment, and without it nothing is written."""
        debt = data.draw(st.sampled_from(self._open()))
        one = self.debts[debt]
        amount = one["open"]
        line = f"receipt log {one['customer']} {yuan(amount + more)} --to {debt}={yuan(amount)} --again"
        self._refuse(line, 2)
        number = f"G-{len(self.receipts)}"
        self._do(f"{line} --overpayment --number {number}")
        one["open"] = 0
        self.receipts[number] = {"customer": one["customer"], "credit": more, "held": {debt: amount}, "bad": {}}

    def _holding(self) -> list[str]:
        return sorted(number for number, one in self.receipts.items() if one["held"])

    @precondition(lambda self: bool(self._holding()))
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        number = data.draw(st.sampled_from(self._holding()))
        debt = data.draw(st.sampled_from(sorted(self.receipts[number]["held"])))
        amount = data.draw(st.integers(1, self.receipts[number]["held"][debt]))
        self._do(f"receipt release {number} {debt}={yuan(amount)} {REASON}")
        self._let_go(number, debt, amount)
        self.receipts[number]["credit"] += amount

    @precondition(lambda self: bool(self._holding()))
    @rule(data=st.data())
    def reverse(self, data: Any) -> None:
        number = data.draw(st.sampled_from(self._holding()))
        line = f"receipt reverse {number} {REASON}"
        self._refuse(f"{line} --as ma", 2)  # it asks, and nobody answers
        if self.receipts[number].get("refunded"):  # money that went back cannot be taken back
            self._refuse(f"{line} --as ma --yes", 2)
            return
        self._refuse(f"{line} --yes", 7)  # whoever recorded it does not undo it (A-8.1, K-12)
        self._do(f"{line} --as ma --yes")
        for debt, amount in list(self.receipts[number]["held"].items()):
            self._let_go(number, debt, amount)
        self.receipts[number]["credit"] = 0
        self._refuse(f"{line} --as ma --yes", 2)

    def _let_go(self, number: str, debt: str, amount: int) -> None:
        """What had recovered a bad debt came in last, and is taken back first (AMB-A8-g)."""
        one, held = self.receipts[number], self.receipts[number]["held"]
        held[debt] -= amount
        if not held[debt]:
            del held[debt]
        bad = min(amount, one["bad"].get(debt, 0))
        one["bad"][debt] = one["bad"].get(debt, 0) - bad
        self.debts[debt]["bad"] += bad
        self.debts[debt]["open"] += amount - bad

    @precondition(lambda self: any(one["credit"] for one in self.receipts.values()))
    @rule(data=st.data())
    def refund(self, data: Any) -> None:
        number = data.draw(st.sampled_from(sorted(n for n, one in self.receipts.items() if one["credit"])))
        credit = self.receipts[number]["credit"]
        amount = data.draw(st.integers(1, credit))
        self._refuse(f"receipt refund {number} {yuan(credit + 1)} {REASON} --as ma", 2)
        if number != "G-0":  # the money the commission is measured against stays
            self._refuse(f"receipt refund {number} {yuan(amount)} {REASON}", 7)
            self._do(f"receipt refund {number} {yuan(amount)} {REASON} --as ma")
            self.receipts[number]["credit"] -= amount
            self.receipts[number]["refunded"] = True

    @precondition(lambda self: bool(self._open()))
    @rule(data=st.data(), is_bad=st.booleans())
    def write_off(self, data: Any, is_bad: bool) -> None:
        """A-8.3: after six months, by the board alone; what the board declines stays owed."""
        debt = data.draw(st.sampled_from(self._open()))
        if not self.debts[debt]["is_old"]:
            self._refuse(f"baddebt submit {debt} {REASON} --as lin", 7)
            return
        number = f"B-{len(self.bad) + 1}"
        self._do(f"baddebt submit {debt} {REASON} --as lin")
        self._refuse(f"baddebt submit {debt} {REASON} --as lin", 2)
        for who in ("lin", "gm"):
            self._refuse(f"baddebt decide {number} --approve --minutes 1 --as {who}", 7)
        word = "approve" if is_bad else "decline"
        self._do(f"baddebt decide {number} --{word} --minutes {number} --as board")
        self._refuse(f"baddebt decide {number} --approve --minutes 1 --as board", 2)
        self.bad[number] = "approved" if is_bad else "declined"
        if is_bad:
            self.debts[debt]["bad"] += self.debts[debt]["open"]
            self.debts[debt]["open"] = 0

    @precondition(lambda self: any(one["bad"] for one in self.debts.values()))
    @rule(data=st.data())
    def recover(self, data: Any) -> None:
        """AMB-A8-g: money that comes in later pays what is open first, then recovers what was bad."""
        debt = data.draw(st.sampled_from(sorted(n for n, one in self.debts.items() if one["bad"])))
        self._received(debt, data.draw(st.integers(1, self.debts[debt]["open"] + self.debts[debt]["bad"])))
