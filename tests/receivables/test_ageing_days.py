"""The ageing of 2,466 real invoices on every day of two years, against a reckoning that knows no program of ours."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.ledger.book import Ledger
from salesctl.policy.policy import Policy, shipped
from salesctl.receivables import ageing, ageing_debts
from tests.conftest import Office
from tests.receivables.test_real_invoices import BANDS, FILE, MAPPED, NOW, day_of, invoiced, months_later, pytestmark

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, LAST = date(2012, 1, 1), date(2013, 12, 31)
ONE = timedelta(days=1)
Owed = dict[str, list[int]]
__all__ = ["invoiced", "pytestmark"]


def turns() -> Iterator[tuple[date, str, int, int]]:
    """What changes on which day: so many fen more or less for a customer in a column."""
    with FILE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            issued, due, settled = (day_of(row[name]) for name in ("InvoiceDate", "DueDate", "SettledDate"))
            yuan, _, decimals = row["InvoiceAmount"].partition(".")
            fen, who = int(yuan) * 100 + int(decimals.ljust(2, "0")), row["customerID"]
            starts = [issued, due + ONE, *(months_later(due, months) + ONE for months in (2, 4, 6)), date.max]
            for place in range(len(BANDS)):
                begins, ends = max(starts[place], issued), min(starts[place + 1], settled)
                if begins < ends:
                    yield begins, who, place, fen
                    yield ends, who, place, -fen


def days() -> Iterator[tuple[date, Owed]]:
    """What each customer owes on each day, carried on from the day before."""
    by_day: dict[date, list[tuple[str, int, int]]] = defaultdict(list)
    for day, who, place, fen in turns():
        by_day[max(day, FIRST)].append((who, place, fen))
    owed: Owed = {}
    for passed in range((LAST - FIRST).days + 1):
        day = FIRST + passed * ONE
        for who, place, fen in by_day[day]:
            owed.setdefault(who, [0] * len(BANDS))[place] += fen
        yield day, {who: list(parts) for who, parts in owed.items() if any(parts)}


def test_every_day_of_two_years(invoiced: Office) -> None:
    """A-8.1 to A-8.3, AMB-A8-c: by customer from the index, by contract and debt by debt from the debts themselves."""
    invoiced.do(f"receipt import {FILE} {MAPPED} --map to=invoiceNumber --map date=SettledDate", now=NOW)
    policy, count = Policy(shipped()), 0
    with Ledger(invoiced.ledger).reading() as view:
        for day, expected in days():
            found = ageing.report(view, day, "customer", policy)
            assert {line.names[0]: list(line.amounts) for line in found.lines} == expected, day
            count += len(found.lines)
            if day.day == 1:
                names = dict(view.select("SELECT name, code FROM customer"))
                parts = ageing.report(view, day, "contract", policy).lines
                assert {names[line.names[1]]: list(line.amounts) for line in parts} == expected, day
                ages = ageing_debts.Ages(day, policy)
                sums: Owed = defaultdict(lambda: [0] * len(BANDS))
                for row in ageing_debts.debts(view, day):
                    debt = ageing_debts.Debt(*row)
                    sums[names[debt.customer]][BANDS.index(ages.of(debt.due_on).name)] += debt.open
                assert dict(sums) == expected, day
    assert count > 30_000
