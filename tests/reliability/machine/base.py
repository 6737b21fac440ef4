"""What every part of the model needs: the program, the model's dictionaries, and how the two are compared."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from salesctl.ledger import sqlite
from tests.reliability.house import office, salesctl

AMOUNTS = st.integers(1, 500_000)  # fen
CUSTOMERS = st.sampled_from(("云帆", "远大", "易购"))
REASON = "--reason 测试"
LAST = datetime(2012, 9, 28, 18)  # the clock goes no further: nothing due on 30 April is six months over by then
LISTS = {  # what a list is made of: a step that wrote to none of these tables cannot have changed it
    "receivable": ("receivable", "allocation", "write_off", "receipt_return"),
    "receipt": ("receipt", "allocation", "receipt_return"),
    "approve": ("request", "request_step"),
    "commission": ("commission_payment", "commission_confirmation"),
    "fine": ("fine", "fine_step"),
    "baddebt": ("bad_debt", "write_off", "receivable"),
    "customer": ("customer", "customer_alias", "customer_owner"),
    "visit": ("visit",),
    "handover": ("handover",),
}
ALWAYS = ("receivable", "approve")  # compared after every step, whatever it wrote


def yuan(fen: int) -> str:
    """An amount as it is typed and shown in JSON."""
    return f"{fen // 100}.{fen % 100:02d}"


class Modelled(RuleBasedStateMachine):
    """The program beside dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.desk = self.stack.enter_context(office())
        self.now = datetime(2012, 5, 8, 9)
        self.debts: dict[str, dict[str, Any]] = {}  # number -> customer, amount, open, bad, is_old, submitted
        self.receipts: dict[str, dict[str, Any]] = {}  # number -> customer, credit, held and bad: debt -> fen, refunded
        self.requests: dict[str, dict[str, Any]] = {}  # number -> state, amount, level, endorsed, decider
        self.payments: dict[str, dict[str, Any]] = {}  # number -> request, amount, confirmed, fine
        self.fines: dict[str, str] = {}  # number -> state
        self.bad: dict[str, str] = {}  # number -> state
        self.customers: dict[str, dict[str, Any]] = {}  # name -> owner, since: those registered here
        self.visits: dict[str, dict[str, Any]] = {}  # number -> who, state, day
        self.handovers: dict[str, dict[str, Any]] = {}  # number -> state, stage, customers
        self.asked = 0  # request ids used
        self.entries = self.seen = self._head()
        self.is_another_time = True
        self.every = 0

    def _head(self) -> int:
        with closing(sqlite.connect(self.desk.ledger)) as db:
            return int(db.execute("SELECT max(seq) FROM journal").fetchone()[0])

    def _run(self, line: str) -> Any:
        return self.desk.run(line, now=self._clock())

    def _clock(self) -> str:
        return self.now.isoformat(timespec="minutes")

    def _do(self, line: str, *, process: bool = False) -> None:
        """A command that must be done, here or as a process of its own; it is written once."""
        if process:
            self.desk._patch.setenv("SALESCTL_NOW", self._clock())
            status = salesctl(*line.split(), stdout=-3, stderr=-3).wait()
            assert status == 0, line
        else:
            answer = self._run(line)
            assert answer.status == 0, f"{line}: {answer}"
        grown = self._head() - self.entries
        assert grown >= 1, line
        self.entries += grown

    def _refuse(self, line: str, *statuses: int) -> None:
        """A command that must be refused: by a rule with one entry about it, otherwise without any."""
        answer = self._run(line)
        assert answer.status in statuses, f"{line}: {answer}"
        grown = self._head() - self.entries
        assert grown == (answer.status == 7), f"{line}: {grown} entries, {answer}"
        self.entries += grown

    def _touched(self) -> list[str]:
        """The lists that may have changed since they were last compared; all of them, when the time has."""
        with closing(sqlite.connect(self.desk.ledger)) as db:
            bodies = db.execute("SELECT body FROM journal WHERE seq > ?", (self.seen,)).fetchall()
        written = {table for (body,) in bodies for _what, table, *_more in json.loads(body)["rows"]}
        self.seen, self.every = self.entries, self.every + 1
        if self.is_another_time or self.every % 10 == 0:
            self.is_another_time = False
            return list(LISTS)
        return [name for name, tables in LISTS.items() if name in ALWAYS or written & set(tables)]

    def _listed(self, name: str) -> Any:
        words = " --from 2012-05-01 --to 2012-12-31" if name == "visit" else ""
        rows = self._run(f"{name} list{words} --format json").json
        return LISTED[name](rows)

    def _expected(self, name: str) -> Any:
        return EXPECTED[name](self)


def _code(shown: str) -> str:
    """Of a person as shown, their name."""
    return shown.split()[1]


NAMES = {"lin": "林静", "chen": "陈涛", "hu": "胡萍"}
FIRST = {"北京云帆网络科技有限公司": "林静", "上海远大传媒有限公司": "林静", "广州易购电子商务有限公司": "陈涛"}
PAYMENT = ("request", "amount", "confirmed", "fine")
LISTED: dict[str, Any] = {
    "receivable": lambda rows: {one["number"]: (one["open"], one["paid"]) for one in rows},
    "receipt": lambda rows: {one["number"]: one["credit"] for one in rows},
    "approve": lambda rows: {one["number"]: (one["state"], one["amount"]) for one in rows},
    "commission": lambda rows: {one["number"]: tuple(one[name] for name in PAYMENT) for one in rows},
    "fine": lambda rows: {one["number"]: one["state"] for one in rows},
    "baddebt": lambda rows: {one["number"]: one["state"] for one in rows},
    "customer": lambda rows: {one["name"]: _code(one["owner"]) for one in rows},
    "visit": lambda rows: {one["number"]: (one["person"], one["state"]) for one in rows},
    "handover": lambda rows: {one["number"]: one["state"] for one in rows},
}  # fmt: skip


def _paid(debt: dict[str, Any]) -> int:
    return int(debt["amount"] - debt["open"] - debt["bad"])


def _payment(one: dict[str, Any]) -> tuple[str | None, ...]:
    confirmed = None if one["confirmed"] is None else yuan(one["confirmed"])
    return one["request"], yuan(one["amount"]), confirmed, one["fine"]


EXPECTED: dict[str, Any] = {
    "receivable": lambda own: {n: (yuan(one["open"]), yuan(_paid(one))) for n, one in own.debts.items() if one["open"]},
    "receipt": lambda own: {n: yuan(one["credit"]) for n, one in own.receipts.items()},
    "approve": lambda own: {n: (one["state"], yuan(one["amount"])) for n, one in own.requests.items()},
    "commission": lambda own: {n: _payment(one) for n, one in own.payments.items()},
    "fine": lambda own: own.fines,
    "baddebt": lambda own: own.bad,
    "customer": lambda own: FIRST | {n: NAMES[one["owner"]] for n, one in own.customers.items()},
    "visit": lambda own: {n: (NAMES[one["who"]], one["state"]) for n, one in own.visits.items()},
    "handover": lambda own: {n: one["state"] for n, one in own.handovers.items()},
}  # fmt: skip
