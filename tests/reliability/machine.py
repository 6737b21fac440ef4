"""P12: whatever is typed in whatever order, the program does what a small model of the department does.

The model is a few dictionaries; it knows nothing of the program. After every step what the program lists is compared
with it, and the journal has grown by what the step was to write, or not at all.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.reliability.house import findings, journal, office, salesctl

AMOUNTS = st.integers(1, 500_000)  # fen
CUSTOMERS = st.sampled_from(("云帆", "远大", "易购"))
REASON = "--reason 测试"


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


class Department(RuleBasedStateMachine):
    """The department as a model, beside the program."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.desk = self.stack.enter_context(office())
        self.now = datetime(2012, 5, 8, 9)
        self.debts: dict[str, dict[str, Any]] = {}  # number -> customer, amount, open
        self.receipts: dict[str, dict[str, Any]] = {}  # number -> customer, credit, held: debt -> fen, refunded
        self.requests: dict[str, str] = {}  # number -> state
        self.granted = 0  # commission granted on the one contract, in fen
        self.entries = len(journal(self.desk.ledger))
        self.asked = 0  # request ids used
        self.backups: list[tuple[Any, ...]] = []

    @initialize()
    def contract(self) -> None:
        self._do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin")
        self._do("receipt log 云帆 100000 --contract HT-1 --overpayment --number G-0")
        self.receipts["G-0"] = {"customer": "云帆", "credit": 10_000_000, "held": {}}

    def _run(self, line: str) -> Any:
        return self.desk.run(line, now=self.now.isoformat(timespec="minutes"))

    def _do(self, line: str, *, process: bool = False) -> None:
        """A command that must be done, here or as a process of its own; it is written once."""
        if process:
            self.desk._patch.setenv("SALESCTL_NOW", self.now.isoformat(timespec="minutes"))
            status = salesctl(*line.split(), stdout=-3, stderr=-3).wait()
            assert status == 0, line
        else:
            answer = self._run(line)
            assert answer.status == 0, f"{line}: {answer}"
        grown = len(journal(self.desk.ledger)) - self.entries
        assert grown >= 1, line
        self.entries += grown

    def _refuse(self, line: str, *statuses: int) -> None:
        answer = self._run(line)
        assert answer.status in statuses, f"{line}: {answer}"
        if answer.status != 7:
            assert len(journal(self.desk.ledger)) == self.entries, line
        self.entries = len(journal(self.desk.ledger))

    @rule(who=CUSTOMERS, amount=AMOUNTS, process=st.integers(0, 30))
    def owe(self, who: str, amount: int, process: int) -> None:
        number = f"D-{len(self.debts) + 1}"
        self._do(f"receivable log {who} {yuan(amount)} --issued 2012-04-01 --due 2012-04-30 --number {number} --again",
                 process=process == 0)  # fmt: skip
        self.debts[number] = {"customer": who, "amount": amount, "open": amount}

    @precondition(lambda self: any(one["open"] for one in self.debts.values()))
    @rule(data=st.data())
    def pay(self, data: Any) -> None:
        debt = data.draw(st.sampled_from(sorted(n for n, one in self.debts.items() if one["open"])))
        amount = data.draw(st.integers(1, self.debts[debt]["open"]))
        number = f"G-{len(self.receipts)}"
        who = self.debts[debt]["customer"]
        self._do(f"receipt log {who} {yuan(amount)} --to {debt} --number {number} --again")
        self.debts[debt]["open"] -= amount
        self.receipts[number] = {"customer": who, "credit": 0, "held": {debt: amount}}

    @precondition(lambda self: any(one["open"] for one in self.debts.values()))
    @rule(data=st.data(), more=AMOUNTS)
    def pay_too_much(self, data: Any, more: int) -> None:
        """It needs --overpayment, and without it nothing is written."""
        debt = data.draw(st.sampled_from(sorted(n for n, one in self.debts.items() if one["open"])))
        amount = self.debts[debt]["open"]
        line = f"receipt log {self.debts[debt]['customer']} {yuan(amount + more)} --to {debt}={yuan(amount)} --again"
        self._refuse(line, 2)
        number = f"G-{len(self.receipts)}"
        self._do(f"{line} --overpayment --number {number}")
        self.debts[debt]["open"] = 0
        self.receipts[number] = {"customer": self.debts[debt]["customer"], "credit": more, "held": {debt: amount}}

    @precondition(lambda self: any(one["held"] for one in self.receipts.values()))
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        number = data.draw(st.sampled_from(sorted(n for n, one in self.receipts.items() if one["held"])))
        debt = data.draw(st.sampled_from(sorted(self.receipts[number]["held"])))
        amount = data.draw(st.integers(1, self.receipts[number]["held"][debt]))
        self._do(f"receipt release {number} {debt}={yuan(amount)} {REASON}")
        self._let_go(number, debt, amount)
        self.receipts[number]["credit"] += amount

    @precondition(lambda self: any(one["held"] for one in self.receipts.values()))
    @rule(data=st.data())
    def reverse(self, data: Any) -> None:
        number = data.draw(st.sampled_from(sorted(n for n, one in self.receipts.items() if one["held"])))
        self._refuse(f"receipt reverse {number} {REASON}", 2)  # it asks, and nobody answers
        if self.receipts[number].get("refunded"):  # money that went back cannot be taken back
            self._refuse(f"receipt reverse {number} {REASON} --yes", 2)
            return
        self._do(f"receipt reverse {number} {REASON} --yes --as xiang")
        for debt, amount in list(self.receipts[number]["held"].items()):
            self._let_go(number, debt, amount)
        self.receipts[number]["credit"] = 0

    def _let_go(self, number: str, debt: str, amount: int) -> None:
        held = self.receipts[number]["held"]
        held[debt] -= amount
        if not held[debt]:
            del held[debt]
        self.debts[debt]["open"] += amount

    @precondition(lambda self: any(one["credit"] for one in self.receipts.values()))
    @rule(data=st.data())
    def refund(self, data: Any) -> None:
        number = data.draw(st.sampled_from(sorted(n for n, one in self.receipts.items() if one["credit"])))
        credit = self.receipts[number]["credit"]
        amount = data.draw(st.integers(1, credit))
        self._refuse(f"receipt refund {number} {yuan(credit + 1)} {REASON}", 2)
        if number != "G-0":  # the money the commission is measured against stays
            self._do(f"receipt refund {number} {yuan(amount)} {REASON} --as xiang")
            self.receipts[number]["credit"] -= amount
            self.receipts[number]["refunded"] = True

    @precondition(lambda self: len(self.requests) < 12)
    @rule(amount=st.integers(1, 2_000_000))
    def ask(self, amount: int) -> None:
        """A-6: 5 % of 100 000.00 through is the manager's, below 10 % the director's, then the general manager's."""
        number = f"A-{len(self.requests) + 1}"
        self._do(f"approve commission --contract HT-1 --amount {yuan(amount)} --as lin --again")
        together = self.granted + amount
        if together <= 500_000:
            self.requests[number] = "granted"
            self.granted = together
        else:
            self.requests[number] = "pending"

    def _waiting(self) -> list[str]:
        return sorted(number for number, state in self.requests.items() if state in ("pending", "returned"))

    @precondition(lambda self: bool(self._waiting()))
    @rule(data=st.data(), how=st.sampled_from(("withdraw", "reject", "return")))
    def end(self, data: Any, how: str) -> None:
        number = data.draw(
            st.sampled_from([n for n in self._waiting() if self.requests[n] == "pending"] or self._waiting())
        )
        if self.requests[number] == "returned" and how != "withdraw":
            return
        self._refuse(f"approve grant {number} --as lin", 7, 2)  # her own, and over her limit
        who = "lin" if how == "withdraw" else "gm"
        self._do(f"approve {how} {number} {REASON} --as {who}")
        self.requests[number] = {"withdraw": "withdrawn", "reject": "rejected", "return": "returned"}[how]

    @precondition(lambda self: any(state in ("rejected", "withdrawn") for state in self.requests.values()))
    @rule(data=st.data(), verb=st.sampled_from(("grant", "withdraw", "reject")))
    def too_late(self, data: Any, verb: str) -> None:
        over = sorted(number for number, state in self.requests.items() if state in ("rejected", "withdrawn"))
        self._refuse(f"approve {verb} {data.draw(st.sampled_from(over))} {REASON} --as gm", 2, 7)

    @rule(line=st.sampled_from(("receipt log nobody 5", "receivable log 云帆 1e5", "approve grant A-99 --as gm",
                                "receipt log 云帆 100.005", "customer add 云帆", "people add 张三 --superior nobody",
                                "receivable log 云帆 5 --due 2012-02-30", "receipt reverse G-99")))  # fmt: skip
    def mistype(self, line: str) -> None:
        self._refuse(line, 2)

    @rule(who=CUSTOMERS, amount=AMOUNTS)
    def rehearse(self, who: str, amount: int) -> None:
        answer = self._run(
            f"receivable log {who} {yuan(amount)} --issued 2012-04-01 --due 2012-04-30 --dry-run --again"
        )
        assert answer.status == 0, answer
        assert len(journal(self.desk.ledger)) == self.entries

    @rule(amount=AMOUNTS)
    def ask_again(self, amount: int) -> None:
        """The same request id twice: written once."""
        self.asked += 1
        line = f"customer volume 云帆 {amount} --month 2012-04-01 --request-id q{self.asked}"
        self._do(line)
        answer = self._run(line)
        assert answer.status == 0, answer
        assert len(journal(self.desk.ledger)) == self.entries

    @rule(minutes=st.integers(1, 60 * 24 * 3))
    def wait(self, minutes: int) -> None:
        self.now = min(self.now + timedelta(minutes=minutes), datetime(2012, 6, 28, 18))

    @rule()
    def copied(self) -> None:
        """A copy put back is the same ledger, and one entry longer."""
        name = f"b{self.entries}.db"
        self._do(f"ledger backup {name}")
        answer = self._run(f"ledger restore {name} --yes")
        assert answer.status == 0, answer
        for left in self.desk.folder.glob("*.before-restore-*"):
            left.unlink()
        self.entries = len(journal(self.desk.ledger))

    @invariant()
    def the_same_debts(self) -> None:
        listed = {one["number"]: one["open"] for one in self._run("receivable list --format json").json}
        assert listed == {number: yuan(one["open"]) for number, one in self.debts.items() if one["open"]}

    @invariant()
    def the_same_requests(self) -> None:
        listed = {one["number"]: one["state"] for one in self._run("approve list --format json").json}
        assert listed == self.requests

    def teardown(self) -> None:
        try:
            assert findings(self.desk.ledger) == []
        finally:
            self.stack.close()
