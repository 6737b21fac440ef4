"""Payments of commission and the fine for a short one, as properties (A-6.4, A-6.5)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import booleans, builds, integers, lists, sampled_from

from salesctl.approvals.rules import approver
from salesctl.commissions.rules import (
    Acting,
    Decision,
    Grant,
    Payment,
    authority,
    may_confirm,
    may_pay,
    payment,
    shortfall_fine,
)
from salesctl.policy.policy import Policy, shipped

MAY = date(2012, 5, 8)
FIRST = date(2012, 4, 13)
POLICY = Policy(shipped())
fen = integers(0, 10**12)
LADDER = ["account_manager", "account_director", "general_manager"]
grants = lists(builds(Grant, sampled_from(LADDER), fen), max_size=4)
people = integers(1, 4)


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


@given(together=fen, received=fen, decided=grants)
def test_a_payment_is_covered_by_a_grade_no_lower_than_it_needs_now(
    together: int, received: int, decided: list[Grant]
) -> None:
    """AMB-A5-e, K-15: one decision that saw so much, of the grade that would decide it today or a higher one."""
    needed = LADDER.index(str(approver(together, received, on=MAY, policy=POLICY).value))
    is_covered = any(one.covers >= together and LADDER.index(one.grade) >= needed for one in decided)
    answer = authority(together, received, decided, on=MAY, policy=POLICY)
    assert answer.value == ("granted" if is_covered else "refused")


@given(together=fen, received=fen, refunded=fen, more=fen, decided=grants)
def test_a_refund_or_a_larger_sum_never_helps(
    together: int, received: int, refunded: int, more: int, decided: list[Grant]
) -> None:
    """AMB-A6-d: what is refused stays refused when less was received or more is paid."""
    if authority(together, received, decided, on=MAY, policy=POLICY).value == "refused":
        left = max(received - refunded, 0)
        assert authority(together + more, left, decided, on=MAY, policy=POLICY).value == "refused"


@given(received=fen, amount=integers(1, 10**12))
def test_what_was_granted_on_these_receipts_is_covered_on_them(received: int, amount: int) -> None:
    """AMB-A5-e: no second application while nothing has changed."""
    grade = str(approver(amount, received, on=MAY, policy=POLICY).value)
    assert authority(amount, received, [Grant(grade, amount)], on=MAY, policy=POLICY).value == "granted"


@given(payer=people, login=integers(0, 4), decided_by=people, own=booleans(), applied=lists(people, max_size=2))
def test_whoever_decided_does_not_pay(payer: int, login: int, decided_by: int, own: bool, applied: list[int]) -> None:
    """K-12, A-6.1: in person or by their login, unless it was the requester's own discretion."""
    deciders = {*applied, *([] if own else [decided_by])}
    answer = may_pay(Acting(payer, login), Decision(decided_by, own, applied)).value
    assert answer == ("refused" if deciders & {payer, login} else "granted")


@given(recorder=people, login=integers(0, 4), requester=people, payer=integers(0, 4))
def test_whoever_asked_or_paid_does_not_record_the_customers_word(
    recorder: int, login: int, requester: int, payer: int
) -> None:
    """K-12, A-6.5a; 0 is nobody."""
    answer = may_confirm(Acting(recorder, login), requester, payer).value
    assert answer == ("refused" if {requester, payer} & ({recorder, login} - {0}) else "granted")


@given(amount=integers(1, 10**9), left=integers(0, 10**9))
def test_a_payment_never_exceeds_its_request(amount: int, left: int) -> None:
    """A-5.4."""
    one = Payment(amount, 10**12, 0, "L-1", "intermediary", left)
    assert payment(one, [], on=MAY, policy=POLICY).value == ("granted" if amount <= left else "refused")
