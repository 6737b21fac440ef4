"""Payments of commission and the fine for a short one, as properties (A-6.4, A-6.5)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from

from salesctl.commissions.rules import Payment, payment, shortfall_fine
from salesctl.policy.policy import Policy, shipped

MAY = date(2012, 5, 8)
FIRST = date(2012, 4, 13)
POLICY = Policy(shipped())
fen = integers(0, 10**12)


@given(approved=fen, confirmed=fen)
def test_the_fine_is_five_times_what_the_customer_did_not_get(approved: int, confirmed: int) -> None:
    """A-6.5b, AMB-A6-e, AMB-A6-f: the debt itself stays owed; paying too much is no shortfall."""
    found = shortfall_fine(approved, confirmed, on=MAY, policy=POLICY)
    unpaid = approved - confirmed if approved > confirmed else 0
    assert found.value == 5 * unpaid
    steps = {step.name: step.value for step in found.steps}
    assert steps.get("still owed to the customer", 0) == unpaid
    assert ("treated as" in steps) == (unpaid > 0)


@given(approved=integers(1, 10**12), days=integers(-400, 400))
def test_only_what_was_paid_short_under_article_6_is_fined(approved: int, days: int) -> None:
    """A-6.6, AMB-A6-g."""
    fine = shortfall_fine(approved, approved - 1, on=FIRST + timedelta(days=days), policy=POLICY).value
    assert fine == (5 if days >= 0 else 0)


@given(amounts=lists(integers(1, 10**9), min_size=1, max_size=6), granted=integers(0, 10**10))
def test_payments_together_never_exceed_what_was_granted(amounts: list[int], granted: int) -> None:
    """AMB-A5-e: split as they may be, each with its own form (A-6.4)."""
    paid = 0
    forms: list[str] = []
    for number, amount in enumerate(amounts):
        one = Payment(amount, granted, paid, f"L-{number}", "customer_company")
        answer = payment(one, forms, on=MAY, policy=POLICY).value
        assert answer == ("granted" if paid + amount <= granted else "refused")
        if answer == "granted":
            paid += amount
            forms.append(one.form)
    assert paid <= granted


@given(form=sampled_from(["L-1", " L-1 ", "", " "]), used=lists(sampled_from(["L-1", "L-2"])))
def test_a_form_serves_one_payment(form: str, used: list[str]) -> None:
    """A-6.4: a blank form is none, and a used one is used."""
    answer = payment(Payment(1, 1, 0, form, "intermediary"), used, on=MAY, policy=POLICY).value
    assert answer == ("granted" if form.strip() and "L-1" not in used else "refused")
