"""P15: any figure of a report is explained down to entries and clauses, and adds up again by hand."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.reliability.house import Reached, office
from tests.reliability.year import FIRST, Year

if TYPE_CHECKING:
    from tests.conftest import Office

COLUMNS = ("not_due", "up_to_2_months", "over_2_months", "over_4_months", "over_6_months")
NAMES = {"manager": "manager", "customer": "code"}


def explained(figures: int, days: int, seed: int = 1) -> Reached:
    """Random figures of the ageing report on random days, added up again from the entries of the journal alone."""
    chance = random.Random(seed)
    wrong: list[str] = []
    asked = debts = 0
    with office() as desk:
        year = Year(desk, seed)
        year.live(days)
        entries = _entries(desk)
        while asked < figures:
            day = FIRST + timedelta(days=chance.randrange((year.day - FIRST).days + 90))
            by = chance.choice(list(NAMES))
            report = desk.ask(f"aging report --by {by} --as-of {day}", now="2013-06-28T09:00")
            for line in report:
                key = str(line[NAMES[by]]).split()[0]
                behind = desk.ask(f"aging report --by {by} --of {key} --as-of {day}", now="2013-06-28T09:00")
                debts += len(behind)
                for column in COLUMNS:
                    parts = [_by_hand(one, day, entries) for one in behind if one["age"] == column]
                    asked += 1
                    if sum(parts, Decimal(0)) != Decimal(line[column]):
                        wrong.append(f"{day} {by} {key} {column}: {line[column]} and not {parts}")
                wrong += [f"{one['number']} cites nothing" for one in behind if not _cited(one)]
    says = f"{asked} figures of ageing reports, {debts} debts behind them"
    return Reached(
        "P15", says, "equal to the fen, each cites", f"{len(wrong)} wrong {wrong[:1]}", not wrong and debts > 0
    )


def _by_hand(debt: dict[str, Any], day: date, entries: dict[str, list[tuple[str, int]]]) -> Decimal:
    """What is open of a debt on a day: what the journal says was owed, less what it says was paid by then."""
    return Decimal(sum(amount for on, amount in entries[debt["number"]] if on <= day.isoformat())) / 100


def _cited(debt: dict[str, Any]) -> bool:
    """Whether the working names a clause; what is not due yet rests on its own day alone."""
    return debt["age"] == "not_due" or any(step.get("rests_on") for step in debt["working"]["steps"])


def _entries(desk: Office) -> dict[str, list[tuple[str, int]]]:
    """From the journal alone: for each debt when it changed, and by how much."""
    numbers: dict[int, str] = {}
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with closing(sqlite3.connect(desk.ledger)) as db:
        for (body,) in db.execute("SELECT body FROM journal ORDER BY seq"):
            for what, table, columns, images in json.loads(body)["rows"]:
                if what != "add" or table not in ("receivable", "allocation"):
                    continue
                for image in images:
                    row = dict(zip(columns, image, strict=True))
                    if table == "receivable":
                        numbers[row["id"]] = row["number"]
                        found[row["number"]].append((row["issued_on"], row["amount"]))
                    else:
                        found[numbers[row["receivable_id"]]].append((row["allocated_on"], -row["amount"]))
    return found
