"""The ageing report: its columns, its groups, how it is computed, and that nothing is ever lost from it (A-8)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesctl.ledger.book import Ledger
from salesctl.policy.policy import Policy, shipped
from salesctl.receivables import ageing, rules
from tests.conftest import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY = Policy(shipped())


def columns(office: Office, on: str, by: str = "customer") -> dict[str, list[str]]:
    rows = office.ask(f"aging report --by {by} --as-of {on}")
    bands = ("not_due", "up_to_2_months", "over_2_months", "over_4_months", "over_6_months")
    return {next(iter(row.values())): [row[band] for band in bands] for row in rows}


def test_a_debt_moves_on_the_day_after_its_corresponding_day(office: Office) -> None:
    """A-8.1 to A-8.3, EX-A8-2: due 2012-08-31."""
    office.do("receivable log 云帆 100 --due 2012-08-31 --as lin")
    places = {
        "2012-08-31": 0, "2012-09-01": 1, "2012-10-31": 1, "2012-11-01": 2, "2012-12-31": 2,
        "2013-01-01": 3, "2013-02-28": 3, "2013-03-01": 4,
    }  # fmt: skip
    for on, place in places.items():
        expected = ["0.00"] * 5
        expected[place] = "100.00"
        assert columns(office, on) == {"C001": expected}, on


def test_debts_count_from_the_day_they_were_issued(office: Office) -> None:
    office.do("receivable log 云帆 100 --issued 2012-05-03 --due 2012-06-30 --as lin")
    assert columns(office, "2012-05-02") == {}
    assert columns(office, "2012-05-03") == {"C001": ["100.00", "0.00", "0.00", "0.00", "0.00"]}


def test_a_past_day_does_not_know_of_later_payments(office: Office) -> None:
    """AMB-A8-c: the balance of that day; the age does not start again."""
    office.do("receivable log 云帆 100 --issued 2012-01-01 --due 2012-02-01 --as lin")
    office.do("receipt log 云帆 30 --date 2012-04-10 --as xiang")
    office.do("receipt log 云帆 70 --date 2012-05-02 --as xiang")
    assert columns(office, "2012-04-09")["C001"][2] == "100.00"
    assert columns(office, "2012-04-10")["C001"][2] == "70.00"
    assert columns(office, "2012-05-01")["C001"][2] == "70.00"
    assert columns(office, "2012-05-02") == {}


def test_groups_are_those_of_the_day(office: Office) -> None:
    """A transferred customer's debts stand under whoever served it on the day of the report."""
    office.do("receivable log 云帆 100 --due 2012-05-08 --as lin")
    office.do("receivable log 易购 300 --due 2012-05-08 --as chen")
    office.do("customer transfer 云帆 --to chen --from 2012-06-01")
    assert list(columns(office, "2012-05-31", "manager")) == ["P004 陈涛", "P003 林静"]
    assert columns(office, "2012-06-01", "manager")["P004 陈涛"][1] == "400.00"
    assert list(columns(office, "2012-06-01", "department")) == ["客户部"]


def test_a_customer_nobody_serves_is_still_in_the_report(office: Office) -> None:
    office.do("customer add 深圳无主有限公司")
    office.do("receivable log 深圳无主 100 --due 2012-06-30 --as lin")
    assert list(columns(office, "2012-05-08", "manager")) == ["-"]
    assert list(columns(office, "2012-05-08", "department")) == ["-"]


def test_the_oldest_debts_come_first_and_shares_are_per_cents(office: Office) -> None:
    office.do("receivable log 易购 900 --due 2012-06-30 --as chen")
    office.do("receivable log 云帆 100 --issued 2011-01-01 --due 2011-02-01 --as lin")
    rows = office.ask("aging report")
    assert [(row["code"], row["share"]) for row in rows] == [("C001", "10.0"), ("C003", "90.0")]


def test_an_unknown_grouping_is_refused(office: Office) -> None:
    answer = office.run("aging report --by town")
    assert (answer.status, answer.code) == (2, "input.invalid")


def test_the_plan_reads_the_covering_index_alone(office: Office) -> None:
    """No receivable's row is read for a report of today, however many there are."""
    edges = rules.columns(date(2012, 5, 8), POLICY)
    bound = {f"since{place}": edge.since for place, edge in enumerate(edges) if edge.since}
    with Ledger(office.ledger).reading() as view:
        plan = view.select(f"EXPLAIN QUERY PLAN {ageing.open_query(edges)}", on=date(2012, 5, 8), **bound)
        later = view.select(f"EXPLAIN QUERY PLAN {ageing.later_query(edges)}", on=date(2012, 5, 8), **bound)
    said = [row[-1] for row in plan]
    assert sum("USING COVERING INDEX ix_receivable_open (customer_id=?" in line for line in said) == len(edges)
    assert all(line.startswith(("SCAN c", "CORRELATED", "SEARCH r USING COVERING INDEX")) for line in said), said
    assert any("USING COVERING INDEX ix_allocation_receivable" in row[-1] for row in later), later


@given(due=st.dates(date(2011, 1, 1), date(2014, 12, 31)), on=st.dates(date(2012, 1, 1), date(2014, 12, 31)))
def test_the_report_places_a_debt_where_the_rule_does(due: date, on: date) -> None:
    """The columns' earliest days, computed once a report, answer as the rule that explains one debt."""
    edges = rules.columns(on, POLICY)
    placed = next(edge.name for edge in edges if edge.since is None or due >= edge.since)
    assert placed == rules.bucket(due, on=on, policy=POLICY).value


DAY = st.integers(0, 20)
AMOUNT = st.integers(1, 500)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("owe"), AMOUNT, DAY, st.integers(0, 200)),
        st.tuples(st.just("pay"), AMOUNT, DAY, st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_issued_is_allocated_and_outstanding_on_every_day(
    office: Office, steps: list[tuple[str, int, int, int]]
) -> None:
    """After any debts and receipts, in any order of days: nothing is lost, and balances are what allocations prove."""
    ledger = _fresh(office)
    for what, fen, day, term in steps:
        on = date(2012, 4, 1) + timedelta(days=day)
        said = f"{fen // 100}.{fen % 100:02d}"
        if what == "owe":
            due = on + timedelta(days=term)
            office.do(f"receivable log 云帆 {said} --issued {on} --due {due} --again --as lin --ledger {ledger}")
        else:
            office.do(f"receipt log 云帆 {said} --date {on} --overpayment --again --as xiang --ledger {ledger}")
    with Ledger(ledger).reading() as view:
        for on in _days():
            issued = view.value("SELECT coalesce(sum(amount), 0) FROM receivable WHERE issued_on <= :on", on=on)
            paid = view.value("SELECT coalesce(sum(amount), 0) FROM allocation WHERE allocated_on <= :on", on=on)
            assert issued == paid + sum(ageing.report(view, on, "customer", POLICY).total), on
        wrong = view.select(
            "SELECT r.number FROM receivable r WHERE r.paid <> "
            "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receivable_id = r.id)"
        )
        short = view.select(
            "SELECT m.number FROM receipt m WHERE m.amount - m.credit <> "
            "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receipt_id = m.id)"
        )
    assert (wrong, short) == ([], [])


def _fresh(office: Office) -> Path:
    copy = office.folder / "copy.db"
    copy.write_bytes(office.ledger.read_bytes())
    return copy


def _days() -> Iterator[date]:
    return (date(2012, 3, 31) + timedelta(days=passed) for passed in range(24))


def test_each_edge_rests_on_the_clause_whose_months_it_is() -> None:
    """A-8.1 to A-8.3: two, four and six months are the regulation's, none a default of the tool."""
    steps = rules.bucket(date(2012, 4, 20), on=date(2013, 1, 1), policy=POLICY).steps
    edges = [(step.value, step.rests_on[0].source, step.rests_on[0].origin) for step in steps if step.unit == "months"]
    assert edges == [(2, "A-8.1", "seed"), (4, "A-8.2", "seed"), (6, "A-8.3", "seed")]
