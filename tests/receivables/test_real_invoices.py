"""2,466 real invoices of 100 customers: the ageing of each customer equals an independent computation, to the fen."""

from __future__ import annotations

import calendar
import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from salesctl.ledger.book import Ledger
from salesctl.statements.figures import account
from tests.conftest import Office

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "accounts-receivable-2012-2013.csv"
NOW = "2014-02-10T09:00"
MAPPED = "--map customer=customerID --map amount=InvoiceAmount --date-format %m/%d/%Y"
BANDS = ("not_due", "up_to_2_months", "over_2_months", "over_4_months", "over_6_months")
DAYS = (  # month ends, a leap day, the days around corresponding days, before the first and after the last
    "2012-01-02", "2012-02-29", "2012-03-31", "2012-04-13", "2012-05-31", "2012-06-30", "2012-08-31",
    "2012-10-01", "2012-12-31", "2013-02-28", "2013-03-01", "2013-04-30", "2013-07-15", "2013-11-30",
    "2013-12-31", "2014-01-09", "2014-02-10",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the shared file of real invoices is not here")


def day_of(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def band_of(due: date, on: date) -> str:
    if on <= due:
        return "not_due"
    passed = sum(on > months_later(due, months) for months in (2, 4, 6))
    return BANDS[1 + passed]


def expected(on: date, *, is_settled: bool) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(BANDS, 0))
    with FILE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            is_open = day_of(row["InvoiceDate"]) <= on and not (is_settled and day_of(row["SettledDate"]) <= on)
            if is_open:
                yuan, _, decimals = row["InvoiceAmount"].partition(".")
                fen = int(yuan) * 100 + int(decimals.ljust(2, "0"))
                sums[row["customerID"]][band_of(day_of(row["DueDate"]), on)] += fen
    return dict(sums)


def reported(office: Office, on: str) -> dict[str, dict[str, int]]:
    rows = office.ask(f"aging report --as-of {on}", now=NOW)
    return {row["code"]: {band: int(row[band].replace(".", "")) for band in BANDS} for row in rows}


@pytest.fixture
def invoiced(empty_office: Office) -> Office:
    taken = empty_office.ask(
        f"receivable import {FILE} {MAPPED} --map number=invoiceNumber --map issued=InvoiceDate --map due=DueDate "
        "--create-customers",
        now=NOW,
    )
    assert taken == {"taken": 2466, "skipped": 0, "customers": 100}
    return empty_office


def test_unpaid_invoices_age_by_calendar_months(invoiced: Office) -> None:
    """A-8.1 to A-8.3: on each of these days every customer's debts stand in the columns the calendar says."""
    for on in DAYS:
        assert reported(invoiced, on) == expected(date.fromisoformat(on), is_settled=False), on


def test_settled_invoices_leave_the_report_on_the_day_they_were_paid(invoiced: Office) -> None:
    """AMB-A8-c, AMB-A8-i: outstanding is what dated allocations leave, on every past day too."""
    taken = invoiced.ask(f"receipt import {FILE} {MAPPED} --map to=invoiceNumber --map date=SettledDate", now=NOW)
    assert taken["taken"] == 2466
    for on in DAYS:
        assert reported(invoiced, on) == expected(date.fromisoformat(on), is_settled=True), on
    assert reported(invoiced, "2014-02-10") == {}
    invoiced.do("ledger verify", now=NOW)


def test_the_same_file_again_changes_nothing(invoiced: Office) -> None:
    again = invoiced.ask(
        f"receivable import {FILE} {MAPPED} --map number=invoiceNumber --map issued=InvoiceDate --map due=DueDate",
        now=NOW,
    )
    assert again == {"taken": 0, "skipped": 2466, "customers": 0}


def test_the_whole_file_goes_in_by_saved_mappings_with_disputes_and_settlements(empty_office: Office) -> None:
    """The commands an office would type: two mappings, saved once; the same file twice; nothing is left open."""
    for line in (
        "import map save tutorial --noun receivable --map number=invoiceNumber --map customer=customerID "
        "--map amount=InvoiceAmount --map issued=InvoiceDate --map due=DueDate --map disputed=Disputed "
        "--map disputed_until=SettledDate --date-format %m/%d/%Y",
        "import map save tutorial --noun receipt --map customer=customerID --map amount=InvoiceAmount "
        "--map date=SettledDate --map to=invoiceNumber --date-format %m/%d/%Y",
    ):
        empty_office.do(line, now=NOW)
    for again in (0, 2466):
        taken = empty_office.ask(f"receivable import {FILE} --mapping tutorial --create-customers", now=NOW)
        assert (taken["taken"], taken["skipped"]) == (2466 - again, again)
        paid = empty_office.ask(f"receipt import {FILE} --mapping tutorial", now=NOW)
        assert (paid["taken"], paid["skipped"]) == (2466 - again, again)
    assert empty_office.ask("receivable list", now=NOW) == []
    empty_office.do("ledger verify", now=NOW)


def test_every_statement_of_every_customer_ends_with_what_the_ledger_says_is_open(invoiced: Office) -> None:
    """Over the two years, quarter by quarter: closing is the open sum, and the next quarter opens with it."""
    invoiced.do(f"receipt import {FILE} {MAPPED} --map to=invoiceNumber --map date=SettledDate", now=NOW)
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for year in (2012, 2013) for month in (3, 6, 9, 12)]
    with Ledger(invoiced.ledger).reading() as view:
        codes = dict(view.select("SELECT id, code FROM customer"))
        since = date(2012, 1, 1)
        for end in ends:
            wanted = expected(end, is_settled=True)
            for customer_id, code in codes.items():
                found = account(view, customer_id, since, end)
                assert found.closing.owed == sum(wanted.get(code, {}).values()), (code, end)
                assert found.opening.owed + found.charged - found.settled == found.closing.owed
            since = end + timedelta(days=1)
