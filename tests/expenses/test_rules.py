"""Expense windows, accounts and forms: what holds of every month and every sum (A-9, A-10.3, A-10.4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, lists, none, sampled_from

from salesctl.agenda.rules import due_moments
from salesctl.expenses.accounts import RateOutOfReach
from salesctl.expenses.claims import Booking, Claim, ExecutiveClaim, Invoices, Month
from salesctl.expenses.rules import (
    charge,
    commission_allowance,
    executive_claim,
    executive_claim_standing,
    forms,
    may_submit,
    phone,
    sales_expense_allowance,
    window,
)
from salesctl.policy.calendar import Calendar
from salesctl.policy.policy import Policy, shipped

POLICY = Policy(shipped())
CALENDAR = Calendar()
LARGEST = 10**14 - 1
fen = integers(0, LARGEST)
days = dates(date(2012, 4, 8), date(2025, 11, 30))
ACCOUNTS = ("sales_expense", "sales_commission")


@given(spent=days, later=integers(0, 70))
def test_a_claim_is_accepted_from_the_25th_to_the_30th_of_its_month(spent: date, later: int) -> None:
    """A-9.1, AMB-A9-a: of the 31st in the month after; never before the money was spent."""
    on = spent + timedelta(days=later)
    months = (on.year - spent.year) * 12 + on.month - spent.month
    is_inside = months == (1 if spent.day == 31 else 0) and 25 <= on.day <= 30
    assert may_submit(spent, on=on, policy=POLICY).value == ("accepted" if is_inside else "refused")


@given(spent=days)
def test_every_expense_has_one_window_that_never_holds_the_31st(spent: date) -> None:
    """A-9.1: no expense comes after its window's last day, and February's window is the shortest."""
    found = window(spent, on=spent, policy=POLICY).value
    assert isinstance(found, list)
    first, last = found
    assert spent <= last
    assert (first.year, first.month, first.day) == (last.year, last.month, 25)
    assert last.day == min(30, monthrange(last.year, last.month)[1])


@given(received=fen)
def test_account_1_is_the_most_that_is_not_over_two_per_cent(received: int) -> None:
    """A-9.2a, K-3: one fen more would be."""
    allowed = sales_expense_allowance(Month(received), on=date(2012, 5, 8), policy=POLICY).value
    assert isinstance(allowed, int)
    assert Fraction(allowed) <= Fraction(received, 50) < Fraction(allowed + 1)


@given(received=fen, millionths=integers(0, 300_000))
def test_account_2_takes_every_rate_through_ten_per_cent_and_none_above(received: int, millionths: int) -> None:
    """A-9.2b, AMB-A9-d: the ends themselves are inside."""
    rate = f"0.{millionths:06d}"
    if millionths > 100_000:
        with pytest.raises(RateOutOfReach):
            commission_allowance(received, rate, on=date(2012, 5, 8), policy=POLICY)
        return
    allowed = commission_allowance(received, rate, on=date(2012, 5, 8), policy=POLICY)
    assert allowed.value == int(Fraction(received * millionths, 1_000_000))
    assert "L-13" in allowed.clauses


@given(
    on=dates(date(2012, 5, 8), date(2013, 12, 31)),
    bookings=lists(builds(Booking, dates(date(2012, 4, 8), date(2013, 12, 31)), fen, fen)),
    account=sampled_from(ACCOUNTS),
)
def test_all_that_is_left_may_be_claimed_and_not_a_fen_more(on: date, bookings: list[Booking], account: str) -> None:
    """A-9.2a, AMB-A9-e: what was allowed this year by that day, less what was claimed."""
    left = sum(one.allowed - one.claimed for one in bookings if one.booked_on.year == on.year and one.booked_on <= on)

    def asked(amount: int) -> object:
        return charge(Claim(account, amount), bookings, on=on, policy=POLICY).value

    assert asked(max(left, 0) + 1) == "refused"
    assert asked(max(left, 0)) == ("accepted" if left >= 0 else "refused")
    customer = Claim(account, max(left, 0), is_customer_commission=True)
    assert charge(customer, bookings, on=on, policy=POLICY).value == "refused"


@given(
    invoices=lists(
        builds(Invoices, sampled_from(["taxi", "meal", "hotel"]), sampled_from(ACCOUNTS), integers(1, 9)), max_size=12
    )
)
def test_there_is_one_form_and_one_sheet_for_each_kind_and_account(invoices: list[Invoices]) -> None:
    """A-9.4, AMB-A9-f: however the invoices are listed, each is on one form."""
    pairs = sorted((one.kind, one.account, one.pieces) for one in invoices)
    groups = {key: sum(one[2] for one in group) for key, group in groupby(pairs, key=lambda one: one[:2])}
    outcome = forms(invoices, on=date(2012, 5, 8), policy=POLICY)
    assert outcome.value == [len(groups), len(groups)]
    listed = sorted(str(step.value) for step in outcome.steps if step.unit == "text")
    assert listed == sorted(f"{kind}: {pieces}" for (kind, _account), pieces in groups.items())


@given(amount=fen, is_agreed=booleans(), is_handover_open=booleans())
def test_an_executive_gets_all_of_an_agreed_expense_and_nothing_of_another(
    amount: int,
    is_agreed: bool,
    is_handover_open: bool,
) -> None:
    """A-9.3, A-10.3, X-26: an open handover changes nothing."""
    claim = ExecutiveClaim(amount, is_agreed, is_handover_open)
    found = executive_claim(claim, on=date(2012, 5, 8), policy=POLICY)
    assert found.value == (amount if is_agreed else 0)
    assert ("X-26" in found.clauses) == is_handover_open


def test_an_executive_is_not_taken_for_a_leaver() -> None:
    """X-26: what nobody said of a handover is not said of it."""
    claim = ExecutiveClaim(100, is_agreed=True)
    assert "X-26" not in executive_claim(claim, on=date(2012, 5, 8), policy=POLICY).clauses


@given(claimed=days, later=integers(0, 20))
def test_an_executives_claim_is_overdue_after_one_working_day(claimed: date, later: int) -> None:
    """A-9.3, AMB-A9-g, T-12: the rule and the schedule name the same day."""
    on = claimed + timedelta(days=later)
    passed = [day for n in range(1, later + 1) if CALENDAR.is_workday(day := claimed + timedelta(days=n))]
    is_over = bool(passed) and passed[0] < on
    state = executive_claim_standing(claimed, on=on, policy=POLICY, calendar=CALENDAR).value
    assert state == ("overdue" if is_over else "due")
    span = (claimed, claimed + timedelta(days=40))
    moments = due_moments("T-12", *span, claimed, policy=POLICY, calendar=CALENDAR).value
    assert isinstance(moments, list)
    assert is_over == (datetime.fromisoformat(moments[0]).date() <= on)


@given(receipts=lists(fen | none(), min_size=1, max_size=4))
def test_a_phone_costs_the_department_one_hundred_at_most_a_month(receipts: list[int | None]) -> None:
    """A-10.4, AMB-A10-f: the first receipt counts, whatever comes after it."""
    paid = [
        phone(bool(place), receipt, on=date(2012, 5, 25), policy=POLICY).value for place, receipt in enumerate(receipts)
    ]
    first = receipts[0]
    assert paid[0] == (10_000 if first is None or first >= 10_000 else first)
    assert not any(paid[1:])
