"""P15: any figure of any report is taken apart into entries and clauses, and adds up again by hand."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.reliability.dealings import FIRST, LAST, Dealings
from tests.reliability.house import Reached, findings, office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tests.conftest import Office

NOW = "2014-01-06T09:00"
SUMMED = ("receivable", "allocation", "write_off", "receipt", "receipt_return")  # rows that have one sum, `amount`


class Printed(NamedTuple):
    """A figure as a report prints it, and the words after `why` that ask for it."""

    words: str
    value: str | int


class Journal:
    """What the journal alone says of every row: its sum, and the entry that added it."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.entries: dict[str, set[str]] = {}
        with closing(sqlite3.connect(path)) as db:
            for seq, digest, body in db.execute("SELECT seq, hash, body FROM journal ORDER BY seq"):
                for _what, table, columns, images in json.loads(body)["rows"]:
                    for image in images:
                        row = dict(zip(columns, image, strict=True))
                        key = f"{table}:{row['id']}"
                        self.rows.setdefault(key, {}).update(row)
                        self.entries.setdefault(key, set()).add(f"#{seq} {digest[:8]}")

    def of(self, *tables: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows of tables by their keys."""
        return ((key, row) for key, row in self.rows.items() if key.partition(":")[0] in tables)


class Reports:
    """Every report of a ledger, on days by chance."""

    def __init__(self, desk: Office, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.journal = Journal(desk.ledger)
        self.kind = ""

    def day(self) -> date:
        """Any day of the dealings."""
        return FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days + 15))

    def ask(self, line: str) -> Any:
        """A report."""
        return self.desk.ask(line, now=NOW)

    def some(self) -> list[Printed]:
        """The figures of one report of one day; the reports take turns."""
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)] if self.kind else KINDS[0]
        found: list[Printed] = getattr(self, self.kind)(self.day())
        return found

    def aging(self, day: date) -> list[Printed]:
        """`aging report`, by any group; its totals too."""
        by = self.chance.choice(("customer", "manager", "department", "contract", "channel"))
        names = {"customer": "code", "contract": "contract"}
        report = self.ask(f"aging report --by {by} --as-of {day}")
        found = []
        for line in report:
            name = line[names.get(by, by)]
            if name != "-":  # of several lines that have none, the sum is explained
                found += [
                    Printed(f"aging --by {by} {str(name).split()[0]} {column} --as-of {day}", line[column])
                    for column in line
                    if column in AGES
                ]
        sums = {column: sum(Decimal(line[column]) for line in report) for column in AGES[:-1]}
        return found + [Printed(f"aging {c} --by {by} --as-of {day}", f"{v:.2f}") for c, v in sums.items()]

    def totals(self, day: date) -> list[Printed]:
        """Whole columns of the reports: a kind of row that no line counts is missed here, whoever's it is."""
        report = self.ask(f"sales report --as-of {day}")
        names = ("contracts", "signed", "received", "bad_debts", "recovered", "counted", "sales")
        sums = {name: sum(Decimal(line[name]) for line in report) for name in names}
        found = [Printed(f"sales {name} --as-of {day}", str(value)) for name, value in sums.items()]
        return found + self.aging(day)[1 - len(AGES) :]

    def receivable(self, day: date) -> list[Printed]:
        """`receivable list --all`, each line and the totals of what is open."""
        found = [
            Printed(f"{one['number']} {name} --as-of {day}", one[name])
            for one in self.ask(f"receivable list --all --as-of {day}")
            for name in ("amount", "paid", "open")
        ]
        for customer in ("云帆", "远大", "易购"):
            listed = self.ask(f"receivable list --customer {customer} --as-of {day}")
            for name in ("amount", "paid", "open"):
                value = sum(Decimal(one[name]) for one in listed)
                found.append(Printed(f"receivable {customer} {name} --as-of {day}", f"{value:.2f}"))
        return found

    def receipt(self, day: date) -> list[Printed]:
        """`receipt list`."""
        return [
            Printed(f"{one['number']} {name} --as-of {day}", one[name])
            for one in self.ask(f"receipt list --as-of {day}")
            for name in ("amount", "allocated", "credit")
        ]

    def statement(self, day: date) -> list[Printed]:
        """`customer statement` over some weeks."""
        customer = self.chance.choice(("云帆", "远大", "易购"))
        days = f"--from {day - timedelta(days=self.chance.randrange(200))} --until {day}"
        lines = self.ask(f"customer statement {customer} {days}")
        charged, settled = (sum(Decimal(one[name] or 0) for one in lines[1:-1]) for name in ("charged", "settled"))
        values = {
            "opening": lines[0]["owed"],
            "closing": lines[-1]["owed"],
            "credit": lines[-1]["credit"],
            "charged": f"{charged:.2f}",
            "settled": f"{settled:.2f}",
        }
        return [Printed(f"statement {customer} {name} {days}", value) for name, value in values.items()]

    def printed(self, _day: date) -> list[Printed]:
        """Statements that were printed, and reminders, as they stand on their papers."""
        stated = self.ask("customer statement")
        reminded = self.ask("customer remind")
        found = [Printed(f"{one['number']} {n}", one[n]) for one in stated for n in ("opening", "closing", "credit")]
        return found + [Printed(f"{one['number']} amount", one["amount"]) for one in reminded]

    def sales(self, day: date) -> list[Printed]:
        """`sales report`, by either group and any period; a line's sums too."""
        by, period = self.chance.choice(("manager", "department")), self.chance.choice(("month", "quarter", "year"))
        return [
            Printed(f"sales --by {by} {line[by].split()[0]} {line['period']} {name} --as-of {day}", line[name])
            for line in self.ask(f"sales report --by {by} --period {period} --as-of {day}")
            for name in ("contracts", "signed", "received", "bad_debts", "recovered", "counted", "sales")
        ]

    def baddebt(self, day: date) -> list[Printed]:
        """`baddebt list`."""
        listed = self.ask(f"baddebt list --as-of {day}")
        found = [Printed(f"{one['number']} amount --as-of {day}", one["amount"]) for one in listed]
        return found + [Printed(f"{o['number']} recovered --as-of {day}", o["recovered"] or "0") for o in listed]

    def approve(self, _day: date) -> list[Printed]:
        """`approve show`: what a request is decided on, as its working says it."""
        found = []
        for one in self.chance.sample(listed := self.ask("approve list"), min(5, len(listed))):
            steps = {step["name"]: step for step in self.ask(f"approve show {one['number']}")["working"]["steps"]}
            for name in ("granted before", "this request", "money received"):
                if name in steps and steps[name]["value"] is not None:
                    value = steps[name]["value"]
                    said = f"{Decimal(value) / 100:.2f}" if steps[name]["unit"] == "fen" else value
                    found.append(Printed(f"{one['number']} '{name}'", said))
        return found

    def commission(self, day: date) -> list[Printed]:
        """`commission list`, and the sums each payment was let through on."""
        found = []
        for one in self.ask(f"commission list --as-of {day}"):
            found += [
                Printed(f"{one['number']} {name} --as-of {day}", one[name] or "0")
                for name in ("amount", "confirmed", "owed")
            ]
            steps = self.ask(f"commission show {one['number']}")["working"]["steps"] if not found[8:] else ()
            found += [
                Printed(f"{one['number']} '{step['name']}'", f"{Decimal(step['value']) / 100:.2f}")
                for step in steps
                if step["name"] in ("granted together", "money received")
            ]
        return found

    def fine(self, _day: date) -> list[Printed]:
        """`fine list` and `fine incidents`."""
        fines, grave = self.ask("fine list"), self.ask("fine incidents")
        return [Printed(f"{one['number']} amount", one["amount"]) for one in (*fines, *grave)]

    def sample(self, day: date) -> list[Printed]:
        """`sample list --all`."""
        return [
            Printed(
                f"sample {line['customer'].split()[0]} {line['product'].split()[0]} {name} --as-of {day}", line[name]
            )
            for line in self.ask(f"sample list --all --as-of {day}")
            for name in ("placed", "returned", "sold", "missing", "held", "price", "worth")
        ]

    def handover(self, _day: date) -> list[Printed]:
        """The papers of the handover, as they were issued, and its checklist."""
        with closing(sqlite3.connect(self.desk.ledger)) as db:
            papers = db.execute("SELECT place, content FROM handover_paper WHERE kind = 'made'").fetchall()
        found = []
        for place, content in papers:
            paper = json.loads(content)
            sums = [(n, c[0], c[3]) for n, c in enumerate(paper["columns"]) if c[3] in ("money", "count")]
            for row in paper["rows"]:
                line = row[1] if paper["columns"][0][0] == "kind" else row[0]
                line = f"{line} {row[2]}" if paper["columns"][2][0] == "product_code" else line
                found += [
                    Printed(f"H-1/{place} {line} {name}", f"{Decimal(row[n]) / 100:.2f}" if kind == "money" else row[n])
                    for n, name, kind in sums
                    if row[n] is not None
                ]
        items = [one for one in self.ask("handover show H-1")["items"] if one["amount"]]
        return found + [Printed(f"H-1 {one['about']} amount", one["amount"]) for one in items]

    def loss(self, _day: date) -> list[Printed]:
        """`loss list`, and who bears what."""
        found = []
        for one in self.ask("loss list"):
            found += [Printed(f"{one['number']} {n}", one[n] or "0") for n in ("amount", "recovered", "net")]
            is_shared = one["state"] in ("split", "confirmed", "reversed")
            shares = self.ask(f"loss show {one['number']}").get("shares", ()) if is_shared else ()
            found += [
                Printed(f"{one['number']} {share['party']} {name}", share[name])
                for share in shares
                for name in ("amount", "recorded", "taken_back")
                if share[name]
            ]
        return found

    def others(self, _day: date) -> list[Printed]:
        """Contracts, and the last pay of whoever leaves."""
        pay = self.ask("departure show DP-1")
        found = [Printed(f"DP-1 {name}", pay[name]) for name in ("payable", "may_wait")]
        return found + [Printed(f"{one['number']} amount", one["amount"]) for one in self.ask("contract list")]

    def wrong(self, printed: Printed) -> str:
        """What is wrong with the explanation of a figure; empty where nothing is."""
        answer = self.desk.run(f"why {printed.words} --format json", now=NOW)
        if answer.status:
            return f"{printed}: {answer}"
        parts = answer.json["parts"]
        added = sum(Decimal(part["amount"]) for part in parts)
        if added != Decimal(printed.value or 0):
            return f"{printed.words}: {printed.value}, and its parts come to {added}"
        twice = [of for of, count in Counter((part["row"], part["what"]) for part in parts).items() if count > 1]
        if any(row for row, _what in twice):
            return f"{printed.words}: {twice} counts twice"
        return next(filter(None, (self._unfounded(part) for part in parts)), "")

    def _unfounded(self, part: dict[str, Any]) -> str:
        """What the journal says against a part; a step of a rule cites its clause or says how it is reckoned."""
        if not part["row"]:
            return "" if part["clause"] or part["reckoned"] else f"{part} rests on nothing"
        row = self.journal.rows.get(part["row"])
        if row is None or part["entry"] not in self.journal.entries[part["row"]]:
            return f"{part} is no row of the journal"
        table = part["row"].partition(":")[0]
        is_other = table in SUMMED and abs(Decimal(part["amount"])) * 100 != abs(row["amount"])
        return f"{part} is {row['amount']} in the journal" if is_other else ""

    @cached_property
    def issued(self) -> dict[str, int]:
        """Every debt's number and id."""
        return {row["number"]: row["id"] for _key, row in self.journal.of("receivable")}

    def orphans(self, day: date) -> list[str]:
        """Rows that count in a report of a day and stand in none of its cells, or in two (no orphan input)."""
        ages = [
            f"aging {line['code']} {column} --as-of {day}"
            for line in self.ask(f"aging report --as-of {day}")
            for column in AGES[:-2]
        ]
        stated = [f"statement {customer} closing --until {day}" for customer in ("云帆", "远大", "易购")]
        kept = [f"statement {customer} credit --until {day}" for customer in ("云帆", "远大", "易购")]
        lines = {line["manager"].split()[0] for line in self.ask(f"sales report --as-of {day}")}
        sold = [f"sales {who} {n} --as-of {day}" for who in lines for n in ("signed", "received", "counted")]
        owed: dict[int, int] = {}
        rows = list(self._rows_by(day))
        for _key, debt, amount in rows:
            owed[debt] = owed.get(debt, 0) + amount
        return [
            *self._apart(ages, Counter(key for key, debt, _amount in rows if owed[debt])),
            *self._apart(stated, Counter(key for key, _debt, _amount in rows)),
            *self._apart(kept, Counter(self._dated(day, "receipt", "allocation", "receipt_return"))),
            *self._apart(
                sold, Counter(self._dated(day, "contract", "receipt", "receipt_return", "write_off", year=True))
            ),
        ]

    def _apart(self, figures: list[str], wanted: Counter[str]) -> list[str]:
        """What stands in the parts of these figures and should not, or the other way round."""
        counted: Counter[str] = Counter()
        for words in figures:
            for part in self.desk.run(f"why {words} --format json", now=NOW).json["parts"]:
                counted[part["row"]] += part["what"] != "due day moved"
        return [f"{figures[0]} … {key}" for key in (wanted - counted) + (counted - wanted)]

    def _dated(self, day: date, *tables: str, year: bool = False) -> Iterator[str]:
        """The rows of some tables that are of a day or before, or of its year until then."""
        first = f"{day.year}-01-01" if year else ""
        for key, row in self.journal.of(*tables):
            if first <= row[DAYS[key.partition(":")[0]]] <= day.isoformat():
                yield key

    def _rows_by(self, day: date) -> Iterator[tuple[str, int, int]]:
        """Every row that moves what a debt comes to by a day: its key, the debt, by how much."""
        until = day.isoformat()
        for key, row in self.journal.of("receivable"):
            if row["issued_on"] <= until:
                yield key, row["id"], row["amount"]
            if row["cancelled_on"] and row["cancelled_on"] <= until:
                yield key, row["id"], -row["amount"]
        for key, row in self.journal.of("allocation"):
            if row["allocated_on"] <= until:
                yield key, row["receivable_id"], -row["amount"]
        for key, row in self.journal.of("write_off"):
            if row["booked_on"] <= until:
                yield key, row["receivable_id"], -row["amount"]


DAYS = {
    "contract": "signed_on",
    "receipt": "received_on",
    "allocation": "allocated_on",
    "receipt_return": "returned_on",
    "write_off": "booked_on",
}
AGES = ("not_due", "up_to_2_months", "over_2_months", "over_4_months", "over_6_months", "total", "share")
KINDS = (
    *("aging", "receivable", "receipt", "statement", "printed", "sales", "baddebt", "approve", "commission", "fine"),
    *("sample", "handover", "loss", "others"),
)


def explained(figures: int, steps: int, seed: int = 1) -> Reached:
    """Random figures of all reports on random days, added up again from the entries of the journal alone."""
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    with office() as desk:
        Dealings(desk, seed).live(steps)
        reports = Reports(desk, seed)
        while sum(kinds.values()) < figures:
            printed = reports.some()
            for one in reports.chance.sample(printed, min(len(printed), 8)):
                kinds[reports.kind] += 1
                wrong += filter(None, [reports.wrong(one)])
        for _day in range(1 + figures // 300):
            wrong += reports.orphans(day := reports.day())
            wrong += filter(None, (reports.wrong(one) for on in (day, LAST) for one in reports.totals(on)))
        wrong += [f"{one.where} {one.says}" for one in findings(desk.ledger)]
    says = f"{sum(kinds.values())} figures of {len(kinds)} reports"
    reached = f"{len(wrong)} wrong {wrong[:1]}"
    return Reached("P15", says, "equal to the fen, no orphan input", reached, not wrong)
