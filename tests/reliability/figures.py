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
from tests.reliability.house import Reached, office

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

    def day(self) -> date:
        """Any day of the dealings."""
        return FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days + 15))

    def ask(self, line: str) -> Any:
        """A report."""
        return self.desk.ask(line, now=NOW)

    def some(self) -> list[Printed]:
        """The figures of one report of one day."""
        kind: list[Printed] = getattr(self, self.chance.choice(KINDS))(self.day())
        return kind

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

    def wrong(self, printed: Printed) -> str:
        """What is wrong with the explanation of a figure; empty where nothing is."""
        answer = self.desk.run(f"why {printed.words} --format json", now=NOW)
        if answer.status:
            return f"{printed}: {answer}"
        parts = answer.json["parts"]
        added = sum(Decimal(part["amount"]) for part in parts)
        if added != Decimal(printed.value):
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
        """Rows that count in the ageing of a day and stand in none of its cells, or in two (no orphan input)."""
        counted: Counter[str] = Counter()
        for line in self.ask(f"aging report --as-of {day}"):
            for column in AGES[:-2]:
                words = f"why aging {line['code']} {column} --as-of {day} --format json"
                for part in self.desk.run(words, now=NOW).json["parts"]:
                    counted[part["row"]] += part["what"] not in ("due day moved",)
        owed: dict[int, int] = {}
        rows = list(self._rows_by(day))
        for _key, debt, amount in rows:
            owed[debt] = owed.get(debt, 0) + amount
        wanted = Counter(key for key, debt, _amount in rows if owed[debt])
        return [f"{day} {key}" for key in (wanted - counted) + (counted - wanted)]

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


AGES = ("not_due", "up_to_2_months", "over_2_months", "over_4_months", "over_6_months", "total", "share")
KINDS = ("aging", "receivable", "receipt", "statement")


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
                kinds[one.words.split()[0].split("-")[0]] += 1
                wrong += filter(None, [reports.wrong(one)])
        for _day in range(3):
            wrong += reports.orphans(reports.day())
    says = f"{sum(kinds.values())} figures of {len(kinds)} reports"
    reached = f"{len(wrong)} wrong {wrong[:1]}"
    return Reached("P15", says, "equal to the fen, no orphan input", reached, not wrong)
