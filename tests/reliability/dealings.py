"""Two years of dealings from one seed: every row that a figure of a report can be added up from is written."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Office

FIRST, LAST = date(2012, 4, 16), date(2013, 12, 20)
OWNED = {"lin": ("云帆", "远大"), "chen": ("易购",)}
OWNER = {customer: person for person, customers in OWNED.items() for customer in customers}
SET_UP = (
    "people add 董事甲 --grade board --alias board --regime A",
    "people add 钱进 --grade finance --superior gm --alias qian --department 财务部 --regime A --regime E",
    "people add 商云 --grade commerce --superior gm --alias shang --department 商务部 --regime A --regime E",
)

HANDED = (
    "departure file lin --last-day 2014-02-28 --as lin",
    "departure approve DP-1 --as zhou",
    "handover start --from lin --to chen --as zhou",
    "handover join H-1 qian --role finance --as zhou",
    "handover join H-1 shang --role commerce --as zhou",
    "handover paper H-1 all --as qian",
    "handover check H-1 all --complete --true --as chen",
    "handover visit H-1 云帆 远大 --signer 王总 --as zhou",
    *(f"handover sign H-1 all --as {who}" for who in ("lin", "chen", "zhou")),
    "handover deliver H-1 --as zhou",
    "handover acknowledge H-1 --as qian",
    "handover acknowledge H-1 --as zhou",
    "handover complete H-1 --as zhou",
)


class Dealings:
    """What happens on each day, by chance of a seed; a step that a rule refuses is part of business."""

    def __init__(self, desk: Office, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.day, self.done = FIRST, 0
        self.debts: list[tuple[str, str]] = []
        self.receipts: list[tuple[str, str, str]] = []  # number, customer, a debt it may pay
        self.contracts: dict[str, str] = {}
        self.counts = {"A": 0, "B": 0, "P": 0, "LS": 0}

    def live(self, steps: int) -> Dealings:
        """So many steps, evenly over the days."""
        for line in SET_UP:
            self._do(f"{line} --from 2012-03-01 --as gm")
        for number, price in enumerate(("120", "45.50", "999.99"), 1):
            self._do(f"sample product G{number} --name 样品{number} --as gm")
            self._do(f"sample price G{number} --price {price} --from 2012-01-01 --as gm")
        span = (LAST - FIRST).days
        for step in range(steps):
            self.day = FIRST + timedelta(days=span * step // steps)
            getattr(self, f"_{self.chance.choices(*zip(*KINDS, strict=True))[0]}")()
        self.day = LAST
        self._hand_over()
        return self

    def _hand_over(self) -> None:
        """林静 leaves: a handover with its papers, what is found wrong in it, her last pay."""
        for line in HANDED:
            self._do(line)
        for debt, customer in self.debts[-25:]:
            if OWNER[customer] == "lin":
                self._lose(f"{debt} --text 对不上 --evidence 对账单", f"--recovered {self._money(2000)}")
        for number in (1, 2, 3):
            self._do(f"sample missing 云帆 G{number} -q 2")
            self._lose(f"--customer 云帆 --product G{number} --text 样品短缺 --evidence 盘点表", "")
        self.day += timedelta(days=4)
        self._do("departure pay DP-1 --wages 6400.10 --bonus 1000 --severance 20000.05 --as gm")

    def _lose(self, what: str, back: str) -> None:
        if self._do(f"loss report {what} --as chen"):
            self.counts["LS"] += 1
            number = f"LS-{self.counts['LS']}"
            self._do(f"loss value {number} {back} --as qian")
            self._do(f"loss split {number} --as qian")
            if self.counts["LS"] % 2 and self._do(f"loss confirm {number} --as gm") and self.counts["LS"] % 3:
                self._do(f"loss reverse {number} --reason 款已收回 --yes --as board")

    def _sign(self) -> None:
        customer = self._customer()
        number = f"HT-{len(self.contracts) + 1}"
        self._do(f"contract add {number} --customer {customer} --amount {self._money(9_000_000)} --signed {self.day}")
        self.contracts[number] = customer

    def _owe(self) -> None:
        customer, number = self._customer(), f"D-{len(self.debts) + 1}"
        due = self.day + timedelta(days=self.chance.randrange(1, 90))
        on = self._contract(customer)
        line = f"receivable log {customer} {self._money(900_000)} --due {due} --number {number} --again{on}"
        if self._do(line):
            self.debts.append((number, customer))

    def _pay(self) -> None:
        number = f"S-{len(self.receipts) + 1}"
        debt, customer = self.chance.choice(self.debts) if self.debts else ("", self._customer())
        to = f" --to {debt}" if debt and self.chance.random() < 0.8 else ""
        on = self._contract(customer) if self.chance.random() < 0.8 else ""
        line = f"receipt log {customer} {self._money(500_000)} --number {number} --overpayment --again{to}{on}"
        if self._do(line):
            self.receipts.append((number, customer, debt))

    def _move(self) -> None:
        if not self.receipts:
            return
        number, customer, debt = self.chance.choice(self.receipts)
        other = self.chance.choice([d for d, of in self.debts if of == customer] or ["D-1"])
        verb = self.chance.choice(("release", "refund", "move", "apply", "reverse"))
        words = {
            "release": f"{debt}={self._money(5000)} --reason 退回",
            "refund": f"{self._money(20_000)} --reason 多付",
            "move": f"{debt} --to {other} --reason 串户",
            "apply": "",
            "reverse": "--reason 录错 --yes",
        }[verb]
        if verb != "reverse" or self.chance.random() < 0.2:
            who = " --as gm" if verb in ("refund", "reverse") else ""
            self._do(f"receipt {verb} {number} {words}{who}")

    def _end(self) -> None:
        if self.debts:
            self._do(f"receivable cancel {self.chance.choice(self.debts[-5:])[0]} --reason 开错 --yes --as gm")

    def _spoil(self) -> None:
        """A debt old enough goes to the board; what it approves is sometimes paid after all."""
        if not self.debts:
            return
        debt, customer = self.chance.choice(self.debts[: len(self.debts) // 2 + 1])
        if self._do(f"baddebt submit {debt} --reason 收不回"):
            self.counts["B"] += 1
            verdict = self.chance.choice(("--approve", "--approve", "--decline"))
            self._do(f"baddebt decide B-{self.counts['B']} {verdict} --minutes 2012-{self.counts['B']} --as board")
            number = f"S-{len(self.receipts) + 1}"
            if self.chance.random() < 0.7 and self._do(
                f"receipt log {customer} {self._money(20_000)} --number {number} --to {debt} --again --overpayment"
            ):
                self.receipts.append((number, customer, debt))

    def _ask(self) -> None:
        """A commission is asked for, granted, paid, and confirmed in full or short."""
        if not self.contracts:
            return
        number, customer = self.chance.choice(list(self.contracts.items()))
        fen, who = self.chance.randrange(100, 100_000), OWNER[customer]
        if not self._do(f"approve commission --contract {number} --amount {_yuan(fen)} --again --as {who}"):
            return
        self.counts["A"] += 1
        asked = f"A-{self.counts['A']}"
        if not self._do(f"approve grant {asked} --as zhou"):
            self._do(f"approve endorse {asked} --as zhou")
            self._do(f"approve grant {asked} --as gm")
        form = f"LW-{self.counts['A']}"
        pays = self.chance.choice((fen, fen // 2 or 1))
        line = f"commission pay {asked} --amount {_yuan(pays)} --payee 客户 --kind customer_company --form {form}"
        if self._do(f"{line} --as qian"):
            self.counts["P"] += 1
            got = self.chance.choice((pays, pays, self.chance.randrange(pays + 1)))
            self._do(f"commission confirm P-{self.counts['P']} --received {_yuan(got)} --evidence 收条 --as xiang")

    def _change(self) -> None:
        """What was asked for is changed or taken back; a due day moves."""
        if not self.counts["A"]:
            return
        asked = f"A-{self.chance.randint(1, self.counts['A'])}"
        for who in OWNED:
            self._do(f"approve withdraw {asked} --reason 不做了 --as {who}")
        number, customer = self.chance.choice(list(self.contracts.items()))
        if self._do(f"approve terms --contract {number} --days 40 --for 缓期 --again --as {OWNER[customer]}"):
            self.counts["A"] += 1
            terms = f"A-{self.counts['A']}"
            self._do(f"approve endorse {terms} --as zhou")
            self._do(f"approve grant {terms} --as gm")
            for debt, of in self.debts:
                if of == customer and self._do(f"approve execute {terms} --receivable {debt} --as {OWNER[customer]}"):
                    break

    def _tell(self) -> None:
        """A statement is printed, or a reminder."""
        customer = self._customer()
        since = self.day - timedelta(days=self.chance.randrange(1, 200))
        told = f"customer statement {customer} --from {since}", f"customer remind {customer} --tone firm"
        self._do(f"{self.chance.choice(told)} --print told.pdf")

    def _place(self) -> None:
        verb = self.chance.choice(("place", "place", "return", "sold", "missing"))
        self._do(f"sample {verb} {self._customer()} G{self.chance.randint(1, 3)} -q {self.chance.randint(1, 20)}")

    def _contract(self, customer: str) -> str:
        known = [number for number, of in self.contracts.items() if of == customer]
        return f" --contract {self.chance.choice(known)}" if known and self.chance.random() < 0.6 else ""

    def _customer(self) -> str:
        return self.chance.choice(list(OWNER))

    def _money(self, most: int) -> str:
        return _yuan(self.chance.randrange(100, most))

    def _do(self, line: str) -> bool:
        by = "" if "--as" in line else " --as xiang"
        answer = self.desk.run(f"{line}{by}", now=f"{self.day}T10:00")
        assert answer.status in (0, 2, 7), f"{self.day} {line}: {answer}"
        self.done += not answer.status
        return not answer.status


KINDS = (
    *(
        ("sign", 6),
        ("owe", 34),
        ("pay", 22),
        ("move", 12),
        ("end", 2),
        ("spoil", 10),
        ("ask", 10),
        ("place", 8),
        ("change", 3),
        ("tell", 4),
    ),
)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
