"""The ceiling of the law, where a claim may be posted, and how a fine goes on, as properties (L-1 to L-22, K-10)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, builds, integers, sampled_from, text

from salesctl.errors import Unknown
from salesctl.fines.deciding_rules import Concern, Judge, may_decide
from salesctl.fines.rules import Claim, Ruling, deduction_ceiling, next_state, posting, warnings
from salesctl.policy.policy import Policy, regulations, shipped
from salesctl.policy.timeline import Unset

MAY = date(2012, 5, 31)
REGULATION = Policy(shipped())  # as it comes: no minimum wage is set
STATES = ("proposed", "suspended", "confirmed", "deduction_candidate", "waived", "posted", "blocked_by_law")
KINDS = REGULATION.entry("L.warnings.matter")["version"][0]["rows"]
MATTERS = ("fine", "donation", "shortfall", "loss")
sums = integers(0, 10**8)
claims = builds(Claim, sampled_from(MATTERS), sums, sampled_from(STATES), booleans())
rulings = builds(Ruling, sampled_from(STATES), text(max_size=3), text(max_size=3), booleans(), booleans())


def company(floor: int, place: str = "elsewhere") -> Policy:
    """The packs where the company has set the local minimum wage, in fen."""
    (law,) = (pack for pack in regulations() if pack["code"] == "L")
    least, located = law["entries"]["L.deductions.floor"], law["entries"]["L.deductions.place"]
    value = f"{floor // 100}.{floor % 100:02d}"
    entries = {
        **law["entries"],
        "L.deductions.floor": {**least, "version": [{"value": value, "source": "L-2", "origin": "company"}]},
        "L.deductions.place": {**located, "version": [{**located["version"][0], "value": place}]},
    }
    return Policy([*(pack for pack in regulations() if pack["code"] != "L"), {**law, "entries": entries}])


FLOOR = 350_000
POLICY, SHENZHEN = company(FLOOR), company(FLOOR, "shenzhen")


def ceiling(wage: int, demanded: int, policy: Policy = POLICY) -> int:
    return int(str(deduction_ceiling(wage, demanded, on=MAY, policy=policy).value))


@given(wage=sums, demanded=sums)
def test_never_more_than_a_fifth_and_never_below_the_minimum_wage(wage: int, demanded: int) -> None:
    """L-1, L-2: whatever the wage; below the floor nothing may be taken."""
    most = ceiling(wage, demanded)
    assert 0 <= most <= demanded
    assert most * 5 <= wage
    assert wage - most >= min(wage, FLOOR)


@given(wage=sums, demanded=sums)
def test_one_fen_more_would_break_a_limit(wage: int, demanded: int) -> None:
    """L-1, L-2: the ceiling is no lower than it has to be."""
    more = ceiling(wage, demanded) + 1
    assert more > demanded or more * 5 > wage or wage - more < FLOOR


@given(wage=sums, demanded=sums, more=sums)
def test_it_never_falls_as_the_wage_or_the_fine_grows(wage: int, demanded: int, more: int) -> None:
    assert ceiling(wage + more, demanded) >= ceiling(wage, demanded)
    assert ceiling(wage, demanded + more) >= ceiling(wage, demanded)


@given(wage=sums, demanded=sums, place=sampled_from(["elsewhere", "shenzhen"]))
def test_the_regulations_own_sum_stays_beside_it(wage: int, demanded: int, place: str) -> None:
    """L-1, L-15: nothing is replaced, and the place of work changes no ceiling."""
    outcome = deduction_ceiling(wage, demanded, on=MAY, policy=SHENZHEN if place == "shenzhen" else POLICY)
    steps = {step.name: step.value for step in outcome.steps}
    assert steps["demanded by the regulation"] == demanded
    assert outcome.value == ceiling(wage, demanded)
    assert outcome.value + steps["beyond the ceiling"] == demanded  # type: ignore[operator]
    assert ("share for sanctions" in steps) == (place == "shenzhen")
    assert {"L-1", "L-2", "L-3"} <= set(outcome.clauses)


@given(wage=sums, demanded=sums)
def test_without_a_minimum_wage_no_ceiling_is_guessed(wage: int, demanded: int) -> None:
    """L-2."""
    with pytest.raises(Unset):
        deduction_ceiling(wage, demanded, on=MAY, policy=REGULATION)


@given(claim=claims, wage=sums, taken=sums, policy=sampled_from([REGULATION, POLICY]))
def test_only_what_is_confirmed_free_and_within_the_law_goes_to_payroll(
    claim: Claim, wage: int, taken: int, policy: Policy
) -> None:
    """K-10, K-15, X-7, X-12, X-13, L-1, L-2."""
    answer = posting(claim, wage, taken, on=MAY, policy=policy).value
    if claim.state not in ("confirmed", "deduction_candidate"):
        assert answer == "refused"
    elif claim.is_held:
        assert answer == "on_hold"
    elif claim.matter in ("donation", "shortfall"):
        assert answer == {"donation": "donation_ledger", "shortfall": "employee_receivable"}[claim.matter]
    else:
        together = taken + claim.amount
        is_lawful = policy is POLICY and ceiling(wage, together) == together
        assert answer == ("payroll" if is_lawful else "blocked_by_law")


@given(wage=sums, amount=sums, split=sums)
def test_splitting_a_claim_takes_no_more_from_the_wage(wage: int, amount: int, split: int) -> None:
    """K-15: the second part is held against the ceiling with the first."""
    first = min(split, amount)
    whole = posting(Claim("fine", amount, "confirmed"), wage, on=MAY, policy=POLICY).value
    rest = posting(Claim("fine", amount - first, "confirmed"), wage, first, on=MAY, policy=POLICY).value
    assert whole == rest


@given(state=sampled_from(STATES), ruling=rulings)
def test_every_decision_is_a_named_humans_and_nobodys_own(state: str, ruling: Ruling) -> None:
    """K-10, K-12: nothing follows without a name, in one's own case, or out of an end."""
    answer = next_state(state, ruling, on=MAY, policy=REGULATION).value
    assert answer in (ruling.wanted, "refused")
    if answer != "refused":
        assert ruling.by.strip()
        assert not ruling.is_own
        assert ruling.reason.strip() or answer != "waived"
        assert state not in ("waived", "posted", "blocked_by_law")
        assert (answer == "posted") <= ruling.is_lawful
        assert (answer == "blocked_by_law") <= (not ruling.is_lawful)


def test_nothing_is_posted_that_was_not_confirmed() -> None:
    """K-10: every way to `posted` leads through `confirmed`."""
    rows = REGULATION.entry("K.fines.state")["version"][0]["rows"]
    reached, frontier = {"proposed"}, ["proposed"]
    while frontier:
        for following in rows.get(frontier.pop(), ()):
            if following != "confirmed" and following not in reached:
                reached.add(following)
                frontier.append(following)
    assert "posted" not in reached
    assert set(rows) == set(STATES)


def test_every_warning_has_its_clause_its_short_text_and_a_matter() -> None:
    """L-1 to L-22."""
    named = {law for matter in KINDS for law in warnings(matter, on=MAY, policy=REGULATION).value}  # type: ignore[attr-defined]
    assert named == {clause for clause in REGULATION.clauses if clause.startswith("L-")}
    assert len(named) == 22


@given(matter=text(max_size=8).filter(lambda matter: matter not in KINDS))
def test_no_matter_is_guessed(matter: str) -> None:
    with pytest.raises(Unknown):
        warnings(matter, on=MAY, policy=REGULATION)


GRADES = ["account_manager", "account_director", "general_manager", "hr", ""]
JUDGES = builds(Judge, integers(1, 4), sampled_from(GRADES), booleans(), integers(0, 4))
CONCERNS = builds(Concern, integers(1, 4), integers(0, 4), integers(0, 4))


@given(judge=JUDGES, concern=CONCERNS)
def test_nobody_with_a_part_in_it_decides_on_a_fine(judge: Judge, concern: Concern) -> None:
    """K-10, K-12: not the person fined, the reporter or the typist, in person or by their login."""
    parties = {concern.fined_id, concern.reporter_id, concern.typist_id} - {0}
    is_apart = not parties & {judge.id, judge.login_id}
    is_able = judge.is_bound and judge.grade in ("account_director", "general_manager")
    answer = may_decide(judge, concern, "A-6.5b", on=MAY, policy=REGULATION).value
    assert answer == ("granted" if is_apart and is_able else "refused")
