"""P13, P14: a year of a department's business from one seed; the same seed gives the same ledger to the last hash."""

from __future__ import annotations

import random
from datetime import date, timedelta

from salesctl.policy.calendar import Calendar
from tests.conftest import Office
from tests.reliability.house import Reached, findings, journal, office

FIRST = date(2012, 5, 2)
STAFF = ("lin", "chen")
OWNED = {"lin": ("云帆", "远大"), "chen": ("易购",)}


class Year:
    """What happens on each day, by chance of a seed; and the sums that must come out."""

    def __init__(self, desk: Office, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.issued = self.paid = 0
        self.debts: list[tuple[str, str, int]] = []
        self.refused: list[str] = []
        self.requests = 0
        self.day = FIRST

    def live(self, days: int) -> None:
        """So many working days, from the second of May on."""
        calendar = Calendar()
        for person in STAFF:
            customer = OWNED[person][0]
            self._do(
                f"contract add HT-{person} --customer {customer} --amount 500000 --signed {FIRST} --owner {person}",
                "08:00",
            )
        for _one in range(days):
            while not calendar.workdays(self.day, self.day):
                self.day += timedelta(days=1)
            self._work()
            self.day += timedelta(days=1)

    def _work(self) -> None:
        person = self.chance.choice(STAFF)
        customer = self.chance.choice(OWNED[person])
        entry = self.chance.choice((customer, customer, "见客户", f"{customer} 网络"))
        self._do(f"visit log {entry} --as {person}", "09:10", 0, 2, 7)
        if self.chance.random() < 0.8:
            self._do(f"visit leave --as {person}", "10:00", 0, 2, 7)
            self._do(f"visit return --as {person}", "15:00", 0, 2, 7)
        if self.chance.random() < 0.6:
            self._owe(customer)
        if self.debts and self.chance.random() < 0.5:
            self._pay()
        if self.chance.random() < 0.25:
            self._ask(person)
        if self.chance.random() < 0.05:
            self._do("receivable log nobody 5", "16:00", 2)
        self._do("check --new --mail", "17:30")
        if self.day.weekday() == 4:
            self._do("ledger checkpoint", "17:45")

    def _owe(self, customer: str) -> None:
        amount, number = self.chance.randrange(100, 9_000_000), f"D-{len(self.debts) + 1}-{self.day}"
        due = self.day + timedelta(days=self.chance.randrange(1, 60))
        self._do(
            f"receivable log {customer} {_yuan(amount)} --issued {self.day} --due {due} --number {number} --again",
            "11:00",
        )
        self.debts.append((number, customer, amount))
        self.issued += amount

    def _pay(self) -> None:
        number, customer, left = self.debts.pop(self.chance.randrange(len(self.debts)))
        amount = self.chance.choice((left, self.chance.randint(1, left)))
        self._do(f"receipt log {customer} {_yuan(amount)} --to {number} --again", "11:30")
        if left - amount:
            self.debts.append((number, customer, left - amount))
        self.paid += amount

    def _ask(self, person: str) -> None:
        amount = self.chance.randrange(1, 3_000_000)
        self._do(f"approve commission --contract HT-{person} --amount {_yuan(amount)} --as {person} --again", "13:00")
        self.requests += 1
        verb = self.chance.choice(("grant", "reject", "endorse"))
        who = self.chance.choice(("zhou", "gm", person))
        reason = " --reason 不合适" if verb == "reject" else ""
        self._do(f"approve {verb} A-{self.requests} --as {who}{reason}", "13:30", 0, 2, 7)

    def _do(self, line: str, at: str, *statuses: int) -> None:
        answer = self.desk.run(line, now=f"{self.day}T{at}")
        if answer.status not in (statuses or (0,)):
            self.refused.append(f"{self.day} {line}: {answer}")


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def years(seeds: range, days: int) -> list[Reached]:
    """P13, P14: the sums come out, every row is what the journal says, and the seed replays."""
    wrong, entries, twice, rows = [], 0, [], 0
    for seed in seeds:
        heads = []
        for _again in range(2 if seed == seeds[0] else 1):
            with office() as desk:
                year = Year(desk, seed)
                year.live(days)
                known = journal(desk.ledger)
                heads.append(known[max(known)])
                entries += len(known)
                said = desk.ask("ledger checkpoint", now=f"{year.day}T18:00")["receivables_open"]
                if said != _yuan(year.issued - year.paid):
                    wrong.append(f"seed {seed}: {said} is open, not {_yuan(year.issued - year.paid)}")
                wrong += [f"seed {seed}: {one}" for one in year.refused[:2]]
                found = findings(desk.ledger)
                rows += bool(found)
        twice.append(len(set(heads)))
    says = f"{len(seeds)} seeds x {days} working days, {entries} entries"
    broken = f"{len(wrong)} broken {wrong[:1]}; the first seed twice: {twice[0]} ledger"
    unequal = f"{rows} of {len(seeds)} unequal"
    return [
        Reached("P13", says, "0 invariants broken, the seed replays", broken, not wrong and twice[0] == 1),
        Reached("P14", "rows rebuilt from the journal after each", "all equal", unequal, rows == 0),
    ]
