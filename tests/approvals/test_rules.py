"""The authority over what is applied for, as properties, and the full matrix of who may decide (A-4 to A-6, K-12)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from

from salesctl.approvals.deciding_rules import Asked, assess, deciding_grade
from salesctl.approvals.rules import (
    approver,
    make_good_level,
    mismatch_level,
    submission,
    unmeasured_level,
)
from salesctl.people.rules import NOBODY, Decider, Filed, may_decide
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.timeline import NotInForce

MAY = date(2012, 5, 8)
POLICY = Policy(shipped())
GRADES = ("account_manager", "account_director", "general_manager")
LARGEST = 10**14 - 1
fen = integers(0, LARGEST)


def decides(commission: int, received: int) -> str:
    return str(approver(commission, received, on=MAY, policy=POLICY).value)


def rank(grade: object) -> int:
    return (*GRADES, NOBODY).index(str(grade))


@given(commission=integers(1, LARGEST), received=fen)
def test_the_level_is_what_exact_fractions_say(commission: int, received: int) -> None:
    """A-6.1 to A-6.3, K-2: up to and with 5 %, below 10 %, all else."""
    if Fraction(commission) <= Fraction(received, 20):
        assert decides(commission, received) == "account_manager"
    elif Fraction(commission) < Fraction(received, 10):
        assert decides(commission, received) == "account_director"
    else:
        assert decides(commission, received) == "general_manager"


@given(received=integers(20, LARGEST))
def test_one_fen_decides_at_both_boundaries(received: int) -> None:
    """AMB-A6-a, AMB-A6-b."""
    assert decides(received // 20, received) == "account_manager"
    assert decides(received // 20 + 1, received) != "account_manager"
    assert decides(-(-received // 10), received) == "general_manager"
    assert decides(-(-received // 10) - 1, received) != "general_manager"


@given(commission=fen, received=fen, more=fen)
def test_asking_for_more_never_goes_to_a_lower_grade(commission: int, received: int, more: int) -> None:
    assert rank(decides(commission, received)) <= rank(decides(commission + more, received))


@given(commission=integers(1, LARGEST), received=fen, more=fen)
def test_more_money_received_never_asks_for_a_higher_grade(commission: int, received: int, more: int) -> None:
    assert rank(decides(commission, received + more)) <= rank(decides(commission, received))


@given(parts=lists(integers(1, 10**9), min_size=1, max_size=6), received=fen, grade=sampled_from(GRADES))
def test_splitting_a_request_gains_nothing(parts: list[int], received: int, grade: str) -> None:
    """K-15, AMB-A6-d: the last part of a split goes to the grade that decides the whole."""
    last = Asked("commission", sum(parts[:-1]), parts[-1], received, grade, is_new=True)
    whole = Asked("commission", 0, sum(parts), received, grade, is_new=True)
    assert assess(last, on=MAY, policy=POLICY).value == assess(whole, on=MAY, policy=POLICY).value


def test_the_rung_that_holds_the_amount_is_shown_with_its_reach() -> None:
    """A-6.2: of 120 000.01 the account manager's 5 % reach 6 000.00, the director's stay below 12 000.001."""
    steps = {step.name: step for step in approver(1200000, 12000001, on=MAY, policy=POLICY).steps}
    assert steps["account manager"].value == 600000
    assert steps["account manager"].rests_on[0][1:3] == ("A-6.1", "AMB-A6-a")
    assert steps["account director"].value == 1200000
    assert "general manager" not in steps


def test_before_its_first_day_article_6_answers_nothing() -> None:
    """A-6.6: in force from 2012-04-13."""
    assert approver(1, 100, on=date(2012, 4, 13), policy=POLICY).value == "account_manager"
    with pytest.raises(NotInForce):
        approver(1, 100, on=date(2012, 4, 12), policy=POLICY)


@pytest.mark.parametrize(
    ("level", "requester", "is_new", "expected"),
    [
        ("account_manager", "account_manager", True, "account_manager"),  # their own discretion
        ("account_manager", "general_manager", True, "account_manager"),
        ("account_manager", "support_staff", True, "account_manager"),
        ("account_manager", "account_manager", False, "account_director"),  # what waits is an application
        ("account_director", "account_manager", True, "account_director"),
        ("account_director", "account_director", True, "general_manager"),  # AMB-A5-d
        ("account_director", "general_manager", True, NOBODY),
        ("general_manager", "account_manager", True, "general_manager"),
        ("general_manager", "account_director", True, "general_manager"),
        ("general_manager", "general_manager", True, NOBODY),
        ("general_manager", "", False, "general_manager"),
        ("board", "account_manager", True, NOBODY),  # a rung the ladder does not have: fail closed
    ],
)
def test_the_next_level_decides_what_somebody_of_the_deciding_grade_asks(
    level: str, requester: str, is_new: bool, expected: str
) -> None:
    """K-12, AMB-A5-d."""
    assert deciding_grade(level, requester, is_new=is_new, on=MAY, policy=POLICY).value == expected


def verdict(who: Decider, filed: Filed, needed: str) -> tuple[object, str]:
    outcome = may_decide(who, filed, needed, clause="A-5.4", on=MAY, policy=POLICY)
    return outcome.value, outcome.steps[-1].note


REQUESTER, TYPIST, OTHER = 1, 2, 3


@pytest.mark.parametrize("needed", [*GRADES, NOBODY])
@pytest.mark.parametrize("grade", [*GRADES, "support_supervisor", "board", ""])
@pytest.mark.parametrize("who", [REQUESTER, TYPIST, OTHER])
def test_the_whole_matrix_of_deciders(who: int, grade: str, needed: str) -> None:
    """K-12, A-5.4: never the requester or the typist, never a grade below, never a grade off the ladder."""
    decider = Decider(who, grade, is_enrolled=True, is_closed=False, typist_id=None)
    answer, why = verdict(decider, Filed(REQUESTER, TYPIST, is_new=False), needed)
    may = who == OTHER and grade in GRADES and needed in GRADES and rank(grade) >= rank(needed)
    assert answer == ("granted" if may else "refused")
    assert bool(why) == (not may)


def test_in_many_random_attempts_nobody_with_a_hand_in_it_decides() -> None:
    """P19: requester, typist, last editor, party, their logins, their deputies; 20 000 draws of a fixed seed."""
    import random

    draw = random.Random(20120409)
    persons, granted = range(1, 7), 0
    for _attempt in range(20_000):
        behind = Filed(
            draw.choice(persons),
            draw.choice((None, *persons)),
            is_new=False,
            editor_id=draw.choice((None, *persons)),
            party_ids=draw.sample(persons, draw.randrange(3)),
        )
        who = Decider(
            draw.choice(persons),
            draw.choice((*GRADES, "board", "")),
            is_enrolled=draw.random() < 0.9,
            is_closed=draw.random() < 0.1,
            typist_id=draw.choice((None, *persons)),
            giver_id=draw.choice((None, None, *persons)),
        )
        needed = draw.choice(GRADES[1:])
        acting = {who.id, who.typist_id, who.giver_id} - {None}
        hands = {behind.requester_id, behind.typist_id, behind.editor_id, *behind.party_ids}
        if verdict(who, behind, needed)[0] == "granted":
            granted += 1
            assert not acting & hands, (who, behind)
            assert who.is_enrolled
            assert not who.is_closed
            assert rank(who.grade) >= rank(needed)
    assert granted > 100  # the draws do reach what is allowed


def test_a_grade_alone_gives_no_authority() -> None:
    """X-1: the regulation reaches only whom it binds, and nobody who has left."""
    filed = Filed(REQUESTER, None, is_new=False)
    here = Decider(OTHER, "general_manager", is_enrolled=True, is_closed=False, typist_id=OTHER)
    assert verdict(here, filed, "account_director")[0] == "granted"
    assert verdict(here.but(is_enrolled=False), filed, "account_director")[0] == "refused"
    assert verdict(here.but(is_closed=True), filed, "account_director")[0] == "refused"


def test_the_requesters_login_does_not_decide_in_another_name() -> None:
    """K-12: whose name is typed does not help, when it is the requester who types."""
    named = Decider(OTHER, "general_manager", is_enrolled=True, is_closed=False, typist_id=REQUESTER)
    assert verdict(named, Filed(REQUESTER, REQUESTER, is_new=False), "account_director")[0] == "refused"


@pytest.mark.parametrize("needed", [*GRADES, NOBODY])
@pytest.mark.parametrize("grade", [*GRADES, "support_supervisor"])
def test_own_discretion_ends_with_the_lowest_rung(grade: str, needed: str) -> None:
    """A-6.1: from 0 to 5 % whoever files decides; above, nobody decides their own."""
    own = Decider(REQUESTER, grade, is_enrolled=True, is_closed=False, typist_id=REQUESTER)
    answer, _why = verdict(own, Filed(REQUESTER, REQUESTER, is_new=True), needed)
    assert answer == ("granted" if needed == "account_manager" and grade in GRADES else "refused")


@given(
    volume=integers(0, LARGEST),
    before=integers(0, LARGEST),
    units=integers(1, LARGEST),
    line=sampled_from(("platform", "database")),
)
def test_make_good_is_held_by_exact_fractions_of_the_volume(volume: int, before: int, units: int, line: str) -> None:
    """A-4.2a to A-4.4, AMB-A4-b, AMB-A4-d: 1 % or 2 %, 5 %, all else; what was granted before counts."""
    together, own = Fraction(before + units), Fraction(1 if line == "platform" else 2, 100)
    wanted = "account_manager" if together <= own * volume else "account_director"
    if together > Fraction(5, 100) * volume:
        wanted = "general_manager"
    assert make_good_level(line, before, units, volume, on=MAY, policy=POLICY).value == wanted


@given(invoiced=integers(0, LARGEST), received=lists(integers(0, LARGEST), max_size=5))
def test_only_an_invoice_paid_to_the_fen_needs_no_application(invoiced: int, received: list[int]) -> None:
    """A-5.2, AMB-A5-f, AMB-A5-a: any difference, either direction; while no limit is set the top decides."""
    for invoice in (invoiced, sum(received), sum(received) + 1, sum(received) - 1):
        found = mismatch_level(invoice, received, on=MAY, policy=POLICY).value
        assert found == ("account_manager" if sum(received) == invoice else "general_manager")


@given(listed=integers(0, 10**6), below=integers(-5, 10**6), limit=integers(0, 10**6))
def test_the_director_decides_within_the_share_the_company_set(listed: int, below: int, limit: int) -> None:
    """A-5.1, A-5.4, AMB-A5-a: exactly the share is within it."""
    version = {"origin": "company", "source": "A-5.1", "value": f"{limit // 10**6}.{limit % 10**6:06d}"}
    own = {"code": "own", "name": {}, "clauses": {}, "readings": {}, "digest": "0" * 64, "extends": "A"}
    set_up = Policy([*shipped(), {**own, "entries": {"A.approvals.director_price": {"version": [version]}}}])
    found = unmeasured_level("price", below, listed, on=MAY, policy=set_up).value
    wanted = "account_director" if below * 10**6 <= limit * listed else "general_manager"
    assert found == (wanted if below > 0 else "account_manager")


@given(
    papers=lists(
        sampled_from(("form", "to_director", "cc_supervisor", "cc_ae_manager", "cc_support_staff")), unique=True
    )
)
def test_only_form_addressee_and_supervisors_copy_make_a_submission(papers: list[str]) -> None:
    """A-5.3, AMB-A5-c: in any order, and the two further copies are no gate."""
    for matter in ("make_good", "terms"):
        found = submission(matter, "account_manager", papers, on=MAY, policy=POLICY)
        assert found.value == ("submitted" if {"form", "to_director", "cc_supervisor"} <= set(papers) else "draft")
        wanted = 5 if matter == "make_good" else 3  # copies where the delivery changes
        assert len(found.steps) == wanted
