"""P19: nobody decides in their own case, whatever they try; asked of the program by chance, many times."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.conftest import Office
from tests.reliability.house import Reached, findings, office

GRADES = ("account_manager", "account_director", "general_manager", "board")
RUNGS = {"account_director": 1, "general_manager": 2}  # of the ladder of requests; the board is beside it
PEOPLE = {"lin": "account_manager", "chen": "account_manager", "zhou": "account_director", "han": "account_director",
          "gm": "general_manager", "gao": "general_manager", "board": "board", "ma": "finance"}  # fmt: skip
MORE = (
    "people add 韩松 --grade account_director --superior gm --alias han",
    "people add 高远 --grade general_manager --alias gao",
    "people add 董事甲 --grade board --alias board",
    "people add 马丽 --grade finance --superior gm --alias ma",
)
OFFICE_FOR = 1500  # attempts in one department: then its journal is long enough


class Trying:
    """One department, and everybody trying to have their own way; the hands are counted here, not by the program."""

    def __init__(self, desk: Office, seed: int) -> None:
        self.desk, self.chance, self.now = desk, random.Random(seed), datetime(2012, 5, 8, 9)
        self.hands: dict[
            str, set[str]
        ] = {}  # of each request, fine and bad debt: who asked, edited, reported, is fined
        self.open: set[str] = set()  # what was not decided yet
        self.edited: dict[str, str] = {}  # who changed it last
        self.asked: dict[str, datetime] = {}  # when it was asked for, or asked for anew
        self.grades = {who: [(datetime.min, grade)] for who, grade in PEOPLE.items()}  # since when, as it was entered
        self.lent: list[tuple[str, str, date, date]] = []  # giver, deputy, from the first day to the one after the last
        self.about: dict[str, tuple[str, date]] = {}  # the customer, whose people are parties, and the day it was asked
        self.theirs = self.others = self.granted = 0
        self.wrong: list[str] = []
        for line in MORE:
            desk.do(f"{line} --regime A --regime E --from 2012-03-01 --as gm")
        desk.do("customer transfer 远大 --to gao --from 2012-05-02 --as gm")  # whose grade decides, but not their own
        self.served = {"云帆": [(date.min, "lin")], "远大": [(date.min, "gao")], "易购": [(date.min, "chen")]}
        for place, customer in enumerate(self.served):
            who = self.owner(customer, self.now.date())
            desk.do(f"contract add HT-{place} --customer {customer} --amount 200000 --signed 2012-04-16 --owner {who}")
            desk.do(f"receipt log {customer} 100000 --contract HT-{place} --overpayment --again")
        self.requests = self.debts = self.bad = self.payments = 0
        for _one in range(12):
            self.ask()
        self.owe()
        self.fine()

    def run(self, line: str) -> int:
        return self.desk.run(line, now=self.now.isoformat(timespec="minutes")).status

    def owner(self, customer: str, day: date) -> str:
        """Who serves a customer on a day."""
        return [who for since, who in self.served[customer] if since <= day][-1]

    def own(self, number: str) -> set[str]:
        """Whose case it is: who had a hand in it, who served the customer that day or its eve, and who does today."""
        customer, day = self.about[number]
        days = (day - timedelta(days=1), day, self.now.date())
        parties = {self.owner(customer, each) for each in days} if customer else set()
        return self.hands[number] | parties | ({self.edited[number]} if number in self.edited else set())

    def rank(self, who: str, at: datetime | None = None) -> int:
        """How high somebody stands on the ladder of requests, now or by what was entered until a moment."""
        (*_before, grade) = [grade for since, grade in self.grades[who] if since <= (at or self.now)]
        return RUNGS.get(grade, 0)

    def is_lawful(self, number: str, who: str) -> bool:
        """Whether somebody, or whoever lent them their grade, may decide a request at all (A-5.4, K-12).

        None of those who have had a hand in it; nobody below a director; and while a general manager who was one when
        it was asked for is still there and free, nobody who was below a director then.
        """
        own, day = self.own(number), self.now.date()
        acting = [who, *(giver for giver, deputy, since, until in self.lent if deputy == who and since <= day < until)]
        free = [one for one in acting if one not in own and self.rank(one) > 0]
        first = [
            one for one in PEOPLE if one not in own and min(self.rank(one), self.rank(one, self.asked[number])) > 1
        ]
        return any(not first or self.rank(one, self.asked[number]) > 0 for one in free)

    def _is_about(self, number: str, customer: str, *hands: str) -> None:
        self.hands[number], self.about[number] = set(hands), (customer, self.now.date())
        self.asked[number] = self.now
        self.open.add(number)

    def ask(self) -> None:
        """Anybody who may ask does, for something beyond them."""
        customer = self.chance.choice(list(self.served))
        who = self.chance.choice((self.owner(customer, self.now.date()), "zhou", "han", "gm", "gao"))
        amount = self.chance.choice((5001, 9999.99, 10_000, 30_000))
        contract = f"HT-{list(self.served).index(customer)}"
        matter = self.chance.choice((f"commission --contract {contract} --amount {amount}",
                                     f"terms --customer {customer} --days {self.chance.randrange(1, 90)} --for 账期",
                                     f"other --customer {customer} --for 样品"))  # fmt: skip
        if self.run(f"approve {matter} --as {who} --again") == 0:
            self.requests += 1
            self._is_about(f"A-{self.requests}", customer, who)

    def owe(self) -> None:
        """A debt put to the board: whoever put it there, or serves the customer, does not decide."""
        self.debts += 1
        who = self.chance.choice(("lin", "board"))
        self.run(f"receivable log 云帆 5 --issued 2011-10-01 --due 2011-10-15 --number D-{self.debts} --again")
        if self.run(f"baddebt submit D-{self.debts} --reason x --as {who}") == 0:
            self.bad += 1
            self._is_about(f"B-{self.bad}", "云帆", who)

    def fine(self) -> None:
        """A shortfall: whoever is fined, and whoever reported it, do not decide."""
        number = self.requests + 1
        if self.run("approve commission --contract HT-2 --amount 10 --as chen --again") == 0:
            self.requests += 1
            self._is_about(f"A-{number}", "易购", "chen")
        words = f"--amount 10 --payee 易购 --kind customer_company --form L-{number}"
        if self.run(f"commission pay A-{number} --as chen {words}") == 0:
            self.payments += 1
            reporter = self.chance.choice(("zhou", "han", "gm"))
            self.run(f"commission confirm P-{self.payments} --received 5 --evidence x --as {reporter}")
            self._is_about(f"F-{self.payments}", "", "chen", reporter)

    def disguise(self) -> None:
        """Anything that could make somebody another, or higher: a grade, a deputy, a login, an owner, an edit."""
        who, other = self.chance.choice(list(PEOPLE)), self.chance.choice(list(PEOPLE))
        day = self.now.date()
        customer, to = self.chance.choice(list(self.served)), self.chance.choice(("lin", "chen"))
        number = f"A-{self.chance.randint(1, max(1, self.requests))}"
        dice = self.chance.randrange(6)
        if dice == 0:
            grade, since = self.chance.choice(GRADES), day - timedelta(days=self.chance.choice((0, 0, 3)))
            if self.run(f"people promote {who} {grade} --from {since} --as gm") == 0:
                self.grades[who].append((self.now, grade))
        elif dice == 1:
            until = day + timedelta(days=3)
            if self.run(f"delegation add {other} --from {day} --until {until} --as {who}") == 0:
                self.lent.append((who, other, day, until))
        elif dice == 2 and self.run(f"customer transfer {customer} --to {to} --as gm") == 0:
            self.served[customer].append((day, to))
        elif dice == 3 and self.run(f"approve revise {number} --for 另用 --text y --as {who}") == 0:
            self.edited[number], self.asked[number] = who, self.now
        elif dice == 4:
            self.ask()
        else:
            self.now += timedelta(hours=self.chance.randrange(1, 30))

    def attempt(self) -> None:
        """A decision by chance, mostly in one's own case."""
        number = self.chance.choice(sorted(self.open) if self.chance.random() < 0.9 else list(self.hands))
        is_own = self.chance.random() < 0.9
        who = self.chance.choice(sorted(self.own(number)) if is_own else list(PEOPLE))
        kind = {
            "A": (f"approve grant {number}", f"approve endorse {number}"),
            "B": (f"baddebt decide {number} --approve --minutes 1",),
            "F": (f"fine confirm {number}", f"fine waive {number} --reason x"),
        }
        verb = self.chance.choice(kind[number[0]])
        day = self.now.date()
        extra = self.chance.choice(("", "", f" --on {day}", " --yes", f" --request-id q{self.chance.random()}"))
        status = self.run(f"{verb} --as {who}{extra}")
        if status == 0 and "endorse" not in verb:  # decided: something else waits in its place
            self.open.discard(number)
            self.ask() if number.startswith("A") else self.owe()
        is_own = who in self.own(number)
        self.theirs, self.others = self.theirs + is_own, self.others + (not is_own)
        self.granted += status == 0
        if is_own and status == 0:
            self.wrong.append(f"{verb} --as {who}{extra}: theirs are {self.own(number)}")
        elif status == 0 and number.startswith("A") and not self.is_lawful(number, who):
            self.wrong.append(f"{verb} --as {who}{extra}: not the grade, or not when it was asked for")


class Tried(NamedTuple):
    """What became of many attempts."""

    own: int
    others: int
    granted: int  # of others' cases
    wrong: list[str]


def tried(count: int, seed: int) -> Tried:
    """So many attempts at one's own case, and some at others', in departments of their own."""
    own = others = granted = 0
    wrong: list[str] = []
    while own < count:
        seed += 1
        with office() as desk:
            trying = Trying(desk, seed)
            for number in range(min(OFFICE_FOR, 2 * count)):
                if number % 12 == 11:
                    trying.disguise()
                trying.attempt()
            own, others, granted = own + trying.theirs, others + trying.others, granted + trying.granted
            wrong += trying.wrong
            wrong += [one.says for one in findings(desk.ledger)]
    return Tried(own, others, granted, wrong)


def told(all_tried: list[Tried], asked: int) -> Reached:
    """P19: none of those at one's own case was let through, and some at others' were."""
    own, others, granted = (sum(one[place] for one in all_tried) for place in range(3))  # type: ignore[misc]
    wrong = [text for one in all_tried for text in one.wrong]
    says = f"{own} attempts at one's own case, {others} at others' ({granted} of them let through)"
    holds = not wrong and granted > 0 and own >= asked
    return Reached("P19", says, f"0 of {asked} decided their own", f"{len(wrong)} {wrong[:2]}", holds)
