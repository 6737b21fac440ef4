"""Who decides on bad debts, and the sales they are taken off, as properties (A-8.3, A-8.4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, lists, sampled_from

from salesctl.bad_debts.rules import Change, Handover, bearer, decision, revenue
from salesctl.policy.policy import Policy, shipped

FIRST = date(2012, 4, 13)
LATER = Policy(shipped())
EARLIER = Policy([pack for pack in shipped() if pack["code"] != "A2"])
days = dates(date(2012, 1, 1), date(2014, 12, 31))
changes = lists(builds(Change, days, integers(1, 10**9), sampled_from(["lin", "chen"]), booleans()), max_size=6)
months = {"month": "%Y-%m", "year": "%Y"}


def label(day: date, period: str) -> str:
    return f"{day.year} q{(day.month + 2) // 3}" if period == "quarter" else day.strftime(months[period])


@given(sales=integers(0, 10**10), changes=changes, on=days, period=sampled_from(["month", "quarter", "year"]))
def test_sales_fall_by_what_the_period_holds(sales: int, changes: list[Change], on: date, period: str) -> None:
    """A-8.4, AMB-A8-d, AMB-A8-g: under A2 any period, under A1 the year alone; nothing before article 8."""
    moved = sum(
        one.amount if one.is_recovery else -one.amount
        for one in changes
        if one.day >= FIRST and label(one.day, period) == label(on, period)
    )
    assert revenue(sales, changes, period, on=on, policy=LATER).value == sales + moved
    assert revenue(sales, changes, period, on=on, policy=EARLIER).value == sales + (moved if period == "year" else 0)


@given(changes=changes, on=days, period=sampled_from(["month", "quarter", "year"]))
def test_the_department_falls_once_by_what_its_managers_fall(changes: list[Change], on: date, period: str) -> None:
    """AMB-A8-e: two entries, and no split."""
    whole = revenue(0, changes, period, on=on, policy=LATER).value
    parts = [revenue(0, changes, period, who, on=on, policy=LATER).value for who in ("lin", "chen")]
    assert [whole] == [sum(int(str(part)) for part in parts)]


@pytest.mark.parametrize(("policy", "wording"), [(LATER, "A2"), (EARLIER, "A1")])
def test_the_working_names_the_version_it_used(policy: Policy, wording: str) -> None:
    """AMB-A0: the dropped word may be a slip of the pen, so nobody reads a figure without it."""
    approved = Change(date(2012, 11, 19), 8000000, "lin")
    found = revenue(30000000, [approved], "month", on=date(2012, 11, 30), policy=policy)
    notes = [step.note for step in found.steps if step.note]
    assert [note for note in notes if note.endswith(wording)] == notes
    assert notes


@given(days=integers(-30, 30), body=sampled_from(["board", "general_manager", "account_director", ""]))
def test_only_the_board_decides_and_only_on_what_was_old_enough(days: int, body: str) -> None:
    """A-8.3, EX-A8-1: due 2012-04-09, from 2012-10-10 on."""
    submitted = date(2012, 10, 10) + timedelta(days=days)
    found = decision(body, date(2012, 4, 9), submitted, on=date(2012, 12, 31), policy=LATER).value
    assert found == ("granted" if body == "board" and days >= 0 else "refused")
    assert decision(body, date(2012, 4, 9), None, on=submitted, policy=LATER).value == "refused"


@given(approved=days, completed=days, is_disputed=booleans())
def test_a_debt_follows_its_customer_unless_it_was_disputed(approved: date, completed: date, is_disputed: bool) -> None:
    """AMB-A8-f, X-6: from the day of completion on."""
    found = bearer(Handover("lin", "chen", completed, is_disputed), on=approved).value
    assert found == ("chen" if approved >= completed and not is_disputed else "lin")
