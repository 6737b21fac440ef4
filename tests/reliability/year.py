"""P13, P14: a year of a department's business from one seed; the same seed gives the same ledger to the last hash."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import NamedTuple

from salesctl.policy.calendar import Calendar
from tests.conftest import Answer, Office
from tests.reliability import trouble
from tests.reliability.house import Reached, findings, journal, office

FIRST = date(2012, 5, 2)
STAFF = ("lin", "chen")
FAULTY = 0.02  # of the commands are sent once more before, and a call to the database fails
OWNED = {"lin": ("云帆", "远大"), "chen": ("易购",)}


class Year:
    """What happens on each day, by chance of a seed; and the sums that must come out."""

    def __init__(self, desk: Office, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.issued = self.paid = 0
        self.debts: list[tuple[str, str, int]] = []
        self.refused: list[str] = []
        self.requests = self.faults = 0
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
        if self.chance.random() < 0.15:
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
        answer = self._failing(line, at) if self.chance.random() < FAULTY else None
        answer = answer or self.desk.run(line, now=f"{self.day}T{at}")
        if answer.status not in (statuses or (0,)):
            self.refused.append(f"{self.day} {line}: {answer}")

    def _failing(self, line: str, at: str) -> Answer | None:
        """A database call of it fails: nothing is written, and it is sent again; None unless it was done anyway."""
        before = journal(self.desk.ledger)
        with trouble.failing(self.chance.randrange(1, 30), self.chance.choice(trouble.NAMES)) as is_met:
            answer = self.desk.run(line, now=f"{self.day}T{at}")
        if not is_met() or answer.status not in (3, 4):
            return answer if answer.status != 6 else answer._replace(status=0)
        self.faults += 1
        if journal(self.desk.ledger) != before:
            self.refused.append(f"{self.day} {line} with a failing call: {answer}")
        return None


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


class Lived(NamedTuple):
    """What became of one seed."""

    seed: int
    head: str
    entries: int
    faults: int
    wrong: list[str]  # invariants that were broken
    unequal: bool  # whether rows were not what the journal says


def lived(seed: int, days: int) -> Lived:
    """One year of a seed, and everything that must hold at its end."""
    with office() as desk:
        year = Year(desk, seed)
        year.live(days)
        known = journal(desk.ledger)
        said = desk.ask("ledger checkpoint", now=f"{year.day}T18:00")["receivables_open"]
        wrong = [f"seed {seed}: {one}" for one in year.refused[:2]]
        if said != _yuan(year.issued - year.paid):
            wrong.append(f"seed {seed}: {said} is open, not {_yuan(year.issued - year.paid)}")
        return Lived(seed, known[max(known)], len(known), year.faults, wrong, bool(findings(desk.ledger)))


def lives(seeds: range, days: int) -> list[Lived]:
    """Several seeds in this process."""
    return [lived(seed, days) for seed in seeds]


def years(seeds: range, days: int) -> list[Reached]:
    """P13, P14: so many seeds in this process; the first is lived twice."""
    return told([*lives(seeds[:1], days), *lives(seeds, days)], days, len(seeds))


def told(all_lived: list[Lived], days: int, asked: int) -> list[Reached]:
    """P13, P14: the sums come out, every row is what the journal says, and a seed replays to the last hash."""
    by_seed: dict[int, set[str]] = {}
    for one in all_lived:
        by_seed.setdefault(one.seed, set()).add(one.head)
    wrong = [text for one in all_lived for text in one.wrong]
    wrong += [f"seed {seed} is {len(heads)} ledgers" for seed, heads in by_seed.items() if len(heads) > 1]
    entries, faults = sum(one.entries for one in all_lived), sum(one.faults for one in all_lived)
    again = len(all_lived) - len(by_seed)
    unequal = sum(one.unequal for one in all_lived)
    holds = not wrong and again > 0 and len(by_seed) >= asked
    says = f"{len(by_seed)} seeds x {days} working days, {entries} entries, {faults} failing database calls"
    return [
        Reached("P13", says, f"0 broken in {asked} seeds, they replay",
                f"{len(wrong)} broken {wrong[:1]}; {again} lived again, the same", holds),
        Reached("P14", "rows rebuilt from the journal after each", "all equal",
                f"{unequal} of {len(all_lived)} unequal", not unequal and len(by_seed) >= asked),
    ]  # fmt: skip
