"""The ageing report of a past day: what was printed on that day is what is printed of it later (A-8)."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesctl.customers.transfers import transfer
from salesctl.errors import SalesctlError
from salesctl.people.actions import Joining, move
from salesctl.policy.policy import Policy, shipped
from salesctl.receivables import actions, ageing, ageing_debts, changes, rules
from salesctl.receivables.ageing_groups import GROUPS
from salesctl.receivables.history import standing
from tests.conftest import Office
from tests.receivables.test_movements import FIRST, MOVES, Books, _board, steps

if TYPE_CHECKING:
    from salesctl.ledger.book import Reading

POLICY = Policy(shipped())
NOW = "2012-12-31T10:00"
MORE = ("transfer", "department", "dispute", "settle", "old", "other")
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
on_the_day = st.lists(
    st.tuples(
        st.sampled_from((*MOVES, *MORE)), st.integers(1, 5), st.integers(1, 4), st.integers(1, 900), st.integers(0, 5)
    ),
    min_size=3,
    max_size=16,
)


class Days(Books):
    """The same, where nothing is dated back, and people and disputes change too."""

    def take(self, what: str, debt: int, receipt: int, amount: int, back: int) -> None:
        desk = self.desk()
        try:
            if what == "transfer":
                transfer(desk, "云帆", ("chen", "lin")[back % 2], self.day)
            elif what == "department":
                move(desk, ("chen", "lin")[back % 2], Joining("", department=f"{amount % 3}部"), self.day)
            elif what == "dispute":
                changes.dispute(desk, f"R-{debt}", self.day, "x")
            elif what == "settle":
                changes.end_dispute(desk, f"R-{debt}", self.day, "x")
            elif what in ("old", "other"):
                who, due = ("云帆", "易购")[what == "other"], self.day - timedelta(days=amount % 250)
                actions.log(desk, actions.NewReceivable(who, amount * 100, due, due, is_another=True))
            else:
                super().take(what, debt, receipt, amount, back * 40)  # forty days back are none
        except SalesctlError:
            pass


def printed(view: Reading, on: date) -> list[Any]:
    """All that a report can say of a day."""
    lines = [ageing.report(view, on, by, POLICY).lines for by in GROUPS]
    return [*lines, list(ageing_debts.debts(view, on))]


def copied(office: Office, factory: pytest.TempPathFactory) -> Path:
    path = factory.mktemp("books") / "ledger.db"
    shutil.copy(office.ledger, path)
    _board(path)
    return path


@settings(max_examples=40, suppress_health_check=SLOW)
@given(plan=on_the_day)
def test_a_past_day_is_shown_as_it_was_shown_then(
    office: Office, plan: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Payments, releases, refunds, reversals, write-offs, recoveries, cancellations, moved due days, owners: undone."""
    books = Days(copied(office, tmp_path_factory))
    kept: dict[date, list[Any]] = {}
    for step in (("debt", 1, 1, 500, 0), ("old", 1, 1, 700, 0), ("receipt", 1, 1, 600, 1), *plan):
        books.day += timedelta(days=1)
        books.take(*step)
        with books.desk().ledger.reading() as view:
            kept[books.day] = printed(view, books.day)
    with books.desk().ledger.reading() as view:
        for day, said in kept.items():
            # A debt that is recorded later but was issued before counts from its issue, so it may only be added.
            known = {row[0] for row in said[-1]}
            now = printed(view, day)
            assert [row for row in now[-1] if row[0] in known] == said[-1], day
            if not {row[0] for row in now[-1]} - known:
                assert now == said, day


@settings(max_examples=40, suppress_health_check=SLOW)
@given(plan=steps)
def test_issued_is_paid_written_off_and_in_the_report_on_every_day(
    office: Office, plan: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Conservation: nothing is lost from any report, and every debt stands in the column its rule says."""
    books = Books(copied(office, tmp_path_factory))
    for step in (("debt", 1, 1, 500, 0), ("receipt", 1, 1, 700, 1), *plan):
        books.day += timedelta(days=1)
        books.take(*step)
    with books.desk().ledger.reading() as view:
        numbers = [number for (number,) in view.select("SELECT number FROM receivable")]
        for passed in range((books.day - FIRST).days + 47):
            day = FIRST + timedelta(days=passed - 45)
            stood = [one for one in (standing(view, number, day) for number in numbers) if one.debt.issued_on <= day]
            owed = [one for one in stood if not one.is_cancelled]
            expected: Counter[str] = Counter()
            for one in owed:
                expected[str(rules.bucket(one.due_on, on=day, policy=POLICY).value)] += one.open
            for by in GROUPS:
                found = ageing.report(view, day, by, POLICY)
                assert dict(zip(found.columns, found.total, strict=True)) == {n: expected[n] for n in found.columns}
            issued = sum(one.debt.amount for one in owed)
            assert issued == sum(one.paid + one.written_off for one in owed) + sum(found.total), day


@pytest.fixture
def lived(office: Office) -> Office:
    """A debt of 1,000 that is paid in parts, moved, written off and recovered; one that is cancelled."""
    office.do("people add 董事甲 --grade board --alias board --regime A --from 2012-03-01 --as gm")
    office.do("receivable log 云帆 1000 --issued 2012-01-05 --due 2012-02-13 --as lin")
    office.do("receivable log 云帆 70 --issued 2012-05-01 --due 2012-05-20 --as lin")
    office.do("receipt log 云帆 300 --to R-1 --date 2012-05-08 --as xiang")
    office.do("receivable cancel R-2 --reason 开错 --yes --as gm", now="2012-06-01T09:00")
    office.do("approve terms --customer 云帆 --days 10 --for 预算 --as lin", now="2012-06-02T09:00")
    office.do("approve endorse A-1 --as zhou", now="2012-06-02T10:00")
    office.do("approve grant A-1 --as gm", now="2012-06-02T11:00")
    office.do("approve execute A-1 --receivable R-1 --as lin", now="2012-06-03T09:00")
    office.do("baddebt submit R-1 --reason 注销 --as lin", now="2012-10-01T09:00")
    office.do("baddebt decide B-1 --approve --minutes 7 --as board", now="2012-10-08T09:00")
    office.do("receipt log 云帆 200 --to R-1 --as xiang", now="2012-11-05T09:00")
    return office


def columns(office: Office, on: str, by: str = "customer") -> list[str]:
    """The columns of the one line there is, in yuan without decimals."""
    rows = office.ask(f"aging report --by {by} --as-of {on}", now=NOW)
    assert len(rows) < 2
    names = ("not_due", "up_to_2_months", "over_2_months", "over_4_months", "over_6_months")
    return [rows[0][name].removesuffix(".00") for name in names] if rows else []


@pytest.mark.parametrize("by", GROUPS)
def test_each_day_of_a_long_life(lived: Office, by: str) -> None:
    """EX-A8-1 (due 2012-02-13), AMB-A8-c, AMB-A8-g, A-5.2: what each event changes, from its day on."""
    assert columns(lived, "2012-04-13", by) == ["0", "1000", "0", "0", "0"]  # two months to the day
    assert columns(lived, "2012-04-14", by) == ["0", "0", "1000", "0", "0"]
    assert columns(lived, "2012-05-07", by) == ["70", "0", "1000", "0", "0"]
    assert columns(lived, "2012-05-08", by) == ["70", "0", "700", "0", "0"]  # paid in part: the age goes on
    assert columns(lived, "2012-05-31", by) == ["0", "70", "700", "0", "0"]
    assert columns(lived, "2012-06-01", by) == ["0", "0", "700", "0", "0"]  # cancelled
    assert columns(lived, "2012-06-23", by) == ["0", "0", "700", "0", "0"]  # due 2012-02-23 now
    assert columns(lived, "2012-06-24", by) == ["0", "0", "0", "700", "0"]
    assert columns(lived, "2012-10-07", by) == ["0", "0", "0", "0", "700"]
    assert columns(lived, "2012-10-08", by) == []  # written off
    assert columns(lived, "2012-11-05", by) == []  # what is recovered was not owed any more


def test_the_day_before_a_moved_due_day_keeps_the_old_age(lived: Office) -> None:
    """A-5.2: granted terms count from the day they are carried out."""
    before, after = (lived.ask(f"aging report --debts --as-of {on}", now=NOW)[0] for on in ("2012-06-02", "2012-06-03"))
    assert (before["due_on"], before["next"], before["next_on"]) == ("2012-02-13", "over_4_months", "2012-06-14")
    assert (after["due_on"], after["next"], after["next_on"]) == ("2012-02-23", "over_4_months", "2012-06-24")


def test_lists_and_the_watch_list_stand_as_they_stood(lived: Office) -> None:
    """AMB-A8-i, AMB-A8-h: on the watch list until the board decided; written off is neither open nor paid."""
    watched = {on: lived.ask(f"aging watch --as-of {on}", now=NOW) for on in ("2012-10-07", "2012-10-08")}
    assert [[row["open"] for row in rows] for rows in watched.values()] == [["700.00"], []]
    assert lived.ask("receivable list --as-of 2012-10-08", now=NOW) == []
    row = lived.ask("receivable list --all --as-of 2012-10-08", now=NOW)[0]
    assert (row["paid"], row["open"]) == ("300.00", "0.00")
    row = lived.ask("receivable list --all --as-of 2012-11-05", now=NOW)[0]
    assert (row["paid"], row["open"]) == ("500.00", "0.00")


def test_a_dispute_is_shown_while_it_lasts(lived: Office) -> None:
    lived.do("receivable dispute R-1 --reason 少投 --date 2012-06-10 --as lin", now="2012-06-10T09:00")
    lived.do("receivable dispute R-1 --ended 认可 --date 2012-06-20 --as lin", now="2012-06-20T09:00")
    said = [
        lived.ask(f"aging report --debts --as-of {on}", now=NOW)[0]["contested"]
        for on in ("2012-06-09", "2012-06-10", "2012-06-19", "2012-06-20")
    ]
    assert said == ["", "yes", "yes", ""]
    rows = lived.ask("receivable dispute --as-of 2012-06-10", now=NOW)
    assert [(row["number"], row["open"]) for row in rows] == [("R-1", "700.00")]  # as it was, not as it is
